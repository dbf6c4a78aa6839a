export const id = 4156;
export const ids = [4156];
export const modules = {

/***/ 79919:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ governByBranch),
/* harmony export */   d: () => (/* binding */ readBranchPolicy)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24755);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(78584);
/* harmony import */ var _governance_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61012);



/**
 * The governance of a commit under the policy of the default branch as it is now, which git tells: with the checkout of
 * an older commit, such as that of a tag, would come the rules of that day. Manifests stay those of the commit. A
 * repository without a default branch in reach, as offline, is governed by what is checked out.
 * @throws flow/no-policy where the branch has none any more, flow/invalid-files
 */
async function governByBranch({ repository, sha256 }, governance, head) {
    const branch = await repository.defaultBranch();
    const tip = branch === null ? null : await repository.branchTip(branch.name);
    if (branch === null || tip === null || tip.id === head.id)
        return { governance, notices: [] };
    const { governed, policy } = await (0,_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .readPolicy */ .T4)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_1__/* .filesAtCommit */ .ao)(repository, tip.id));
    if (!governed)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/no-policy', {});
    const policyDigest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestJson */ .tv)(sha256, policy);
    if (policyDigest === governance.policyDigest)
        return { governance, notices: [] };
    const text = `Judged by the policy of ${branch.name}, which is another than that of commit ${head.id.slice(0, 12)}.`;
    return { governance: { ...governance, policy, policyDigest }, notices: [{ level: 'warning', text }] };
}
/**
 * What removes things goes by the policy of the default branch alone, whatever is checked out. The checkout has to agree
 * with it about ledger and store, because those were opened.
 * @param opened the policy that named them
 * @throws flow/no-policy, flow/policy-outdated, flow/not-collectable where no default branch can be read
 */
async function readBranchPolicy({ repository, sha256 }, opened) {
    // A clone may believe in a branch that is none any more, and a topic branch must not stand in for the default one.
    const branch = await repository.defaultBranch({ ofRemote: true });
    const commit = branch === null ? null : await repository.branchTip(branch.name);
    if (branch === null || commit === null) {
        const reason = 'the default branch, whose policy says what may be removed, cannot be read';
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/not-collectable', { reason });
    }
    const { governed, policy } = await (0,_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .readPolicy */ .T4)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_1__/* .filesAtCommit */ .ao)(repository, commit.id));
    if (!governed)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/no-policy', {});
    const placesOf = ({ ledger, store }) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .canonicalJson */ .d)({ ledger, store });
    if (placesOf(policy) !== placesOf(opened)) {
        const head = await repository.commit('HEAD');
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/policy-outdated', { commit: head?.id.slice(0, 12) ?? 'HEAD', branch: branch.name });
    }
    return { policy, policyDigest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestJson */ .tv)(sha256, policy), commit };
}
//# sourceMappingURL=policy-of-branch.js.map

/***/ }),

/***/ 68203:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ planPolicyEntry)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44531);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15206);



/**
 * The entry that begins a ledger, or tells of another policy; none when the ledger knows this policy. `newLedger`
 * begins one although something speaks of an earlier one. @throws flow/ledger-missing
 */
async function planPolicyEntry(surroundings, governance, context, { newLedger = false } = {}) {
    const head = await surroundings.ledger.head();
    if (head.size === 0 && !newLedger)
        await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_0__/* .requireNoLostLedger */ .e)(surroundings);
    const known = head.size === 0 ? null : await surroundings.ledger.policy();
    const stages = governance.policy.stages;
    if (known !== null && known.policy === governance.policyDigest)
        return [];
    return [
        (0,_events_js__WEBPACK_IMPORTED_MODULE_1__/* .makeEvent */ .Ld)(surroundings.sha256, {
            type: 'policy-changed',
            model: null,
            version: null,
            context,
            body: { policy: governance.policyDigest, stages: [...stages] },
            occasion: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .digestJson */ .tv)(surroundings.sha256, known ?? { first: true }),
        }),
    ];
}
//# sourceMappingURL=policy-entry.js.map

/***/ }),

/***/ 23891:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readCatalogues)
/* harmony export */ });
/* harmony import */ var _version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45016);

/** Every model of the ledger, with the files of its versions. */
async function readCatalogues({ ledger }) {
    const catalogues = [];
    for (const model of await ledger.models()) {
        const catalogue = await ledger.catalogue(model);
        if (catalogue !== null)
            catalogues.push(await (0,_version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeCatalogue */ .JM)(ledger, catalogue));
    }
    return catalogues;
}
//# sourceMappingURL=read-catalogues.js.map

/***/ }),

/***/ 87000:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rw: () => (/* binding */ spareNamed),
/* harmony export */   n4: () => (/* binding */ findNamed),
/* harmony export */   x4: () => (/* binding */ versionsOf)
/* harmony export */ });
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66118);
/* harmony import */ var _registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(50773);
/* harmony import */ var _due_versions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92849);



const readsAtOnce = 16;
/**
 * Spares versions that other versions are made of or use: a LoRA adapter is worth nothing without the bytes of its base.
 * What is spared spares its own bases, too.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
async function spareNamed(surroundings, catalogues, due) {
    const dueKeys = new Set(due.map(keyOf));
    const staying = versionsOf(catalogues).filter((each) => each.version.released === undefined && !dueKeys.has(keyOf(each)));
    const named = await findNamed(surroundings, staying, due);
    const spared = named.map(({ found, by }) => ({ ...found, because: `${by} is made of it` }));
    const sparedKeys = new Set(spared.map(keyOf));
    return { due: due.filter((each) => !sparedKeys.has(keyOf(each))), spared };
}
/**
 * Which of some versions others rest on, and in turn what those rest on, with the version that says so. Reads the
 * snapshots of `by`, unless there is nothing to look for.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
async function findNamed(surroundings, by, sought) {
    const left = new Map(sought.map((each) => [keyOf(each), each]));
    const all = [];
    let next = by;
    while (next.length > 0 && left.size > 0) {
        const named = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_0__/* .inParallel */ .H)(next, readsAtOnce, async (each) => ({
            by: keyOf(each),
            names: namesOf(await (0,_registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_1__/* .readSnapshot */ .R)(surroundings, each.version)),
        }));
        const before = all.length;
        for (const { by: name, names } of named) {
            for (const each of names) {
                const found = left.get(each);
                if (found === undefined)
                    continue;
                left.delete(each);
                all.push({ found, by: name });
            }
        }
        next = all.slice(before).map(({ found }) => found);
    }
    return all;
}
/** Every version of some models. */
function versionsOf(catalogues) {
    return catalogues.flatMap(({ model, versions }) => versions.map((version) => ({ model, version })));
}
/** Versions of this registry that a version rests on, as `versionKey` writes them. */
function namesOf({ base, uses }) {
    const version = base?.version ?? null;
    const name = base?.model.startsWith('registry:') === true ? base.model.slice('registry:'.length) : null;
    const bases = version === null || name === null ? [] : [(0,_due_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .versionKey */ ._5)(name, version)];
    return [...bases, ...uses.flatMap(({ model, version }) => (version === null ? [] : [(0,_due_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .versionKey */ ._5)(model, version)]))];
}
function keyOf({ model, version }) {
    return (0,_due_versions_js__WEBPACK_IMPORTED_MODULE_2__/* .versionKey */ ._5)(model, version.version);
}
//# sourceMappingURL=named-versions.js.map

/***/ }),

/***/ 76203:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F3: () => (/* binding */ planRelease),
  Dm: () => (/* binding */ readArchivings),
  ty: () => (/* binding */ recordRelease)
});

// EXTERNAL MODULE: ./packages/ledger/build/log/prepare.js + 1 modules
var prepare = __webpack_require__(8186);
// EXTERNAL MODULE: ./packages/ledger/build/audit/history.js
var audit_history = __webpack_require__(94288);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var build_events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/registry/policy-entry.js
var policy_entry = __webpack_require__(68203);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-catalogues.js
var read_catalogues = __webpack_require__(23891);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/flows/build/retention/due-versions.js
var due_versions = __webpack_require__(92849);
// EXTERNAL MODULE: ./packages/flows/build/stored/describe-stored.js
var describe_stored = __webpack_require__(5949);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
;// CONCATENATED MODULE: ./packages/flows/build/retention/freed-bytes.js




/** Each answer may name a quarter of a million pieces: so many are held at a time, whatever the number of versions. */
const questionsAtOnce = 8;
/**
 * How much giving up versions frees, in the order of the list. Memory grows with the objects of those versions and the
 * pieces in them, and not with what stays. @throws store/recipe-malformed, store/recipe-newer
 */
async function measureFreed(store, catalogues, due) {
    const given = due.map(({ version }) => (0,cold_bytes/* filesOfEntry */.LK)(version).map(({ digest }) => digest));
    const files = filesOf(due.map(({ version }) => version));
    const alone = new Set();
    await eachLayout(store, files, (_, { segments }) => {
        for (const { object } of segments)
            alone.add(object);
    });
    await eachLayout(store, stayingFiles(catalogues, due), (_, { segments }) => {
        for (const { object } of segments)
            alone.delete(object);
    });
    const freed = await freedByFile(store, files, alone);
    const taken = new Set();
    return due.map(({ version }, index) => {
        const untaken = (given[index] ?? []).filter((digest) => !taken.has(digest));
        for (const digest of untaken)
            taken.add(digest);
        return {
            bytes: version.artifacts.reduce((sum, { size }) => sum + size, 0),
            freed: [...new Set(untaken)].reduce((sum, digest) => sum + (freed.get(digest) ?? 0), 0),
        };
    });
}
/** What each file has, in their order, of objects that go, and no file before it. */
async function freedByFile(store, files, alone) {
    const counted = new Map();
    const freed = new Map();
    await eachLayout(store, files, (digest, { segments }) => {
        let sum = 0;
        for (const { object, objectOffset, lengthBytes } of segments) {
            if (!alone.has(object))
                continue;
            const places = counted.get(object) ?? new Set();
            if (places.size === 0)
                counted.set(object, places);
            if (places.has(objectOffset))
                continue;
            places.add(objectOffset);
            sum += lengthBytes;
        }
        freed.set(digest, sum);
    });
    return freed;
}
/** Files of the versions that keep their bytes. */
function stayingFiles(catalogues, due) {
    const dueKeys = new Set(due.map(({ model, version }) => (0,due_versions/* versionKey */._5)(model, version.version)));
    const staying = catalogues.flatMap(({ model, versions }) => versions.filter(({ version, store: kept, released }) => kept !== null && released === undefined && !dueKeys.has((0,due_versions/* versionKey */._5)(model, version))));
    return filesOf(staying);
}
/** The files of versions, each once. */
function filesOf(versions) {
    return new Map(versions.flatMap(cold_bytes/* filesOfEntry */.LK).map((file) => [file.digest, file]));
}
/** Runs over the layouts of files in their order; what the store does not hold is left out. */
async function eachLayout(store, files, see) {
    const asked = [...files.values()];
    for (let start = 0; start < asked.length; start += questionsAtOnce) {
        const some = asked.slice(start, start + questionsAtOnce);
        const told = await (0,in_parallel/* inParallel */.H)(some, questionsAtOnce, (file) => (0,describe_stored/* describeStored */.D)(store, file));
        for (const [index, { digest }] of some.entries()) {
            const layout = told[index]?.layout ?? null;
            if (layout !== null)
                see(digest, layout);
        }
    }
}
//# sourceMappingURL=freed-bytes.js.map
// EXTERNAL MODULE: ./packages/flows/build/retention/named-versions.js
var named_versions = __webpack_require__(87000);
;// CONCATENATED MODULE: ./packages/flows/build/retention/release-bytes.js









/** Which versions give up their bytes by the time `now`, by the policy of the default branch. Writes nothing. */
async function planRelease(surroundings, store, { branch: { policy }, now }) {
    if (policy.retention.versions === undefined)
        return { due: [], spared: [] };
    const catalogues = await (0,read_catalogues/* readCatalogues */.H)(surroundings);
    const archivedAt = await readArchivings(surroundings, catalogues);
    const facts = { policy, archivedAt, now };
    const found = catalogues.map((catalogue) => (0,due_versions/* findDue */.oN)(catalogue, facts));
    const kept = found.flatMap(({ spared }) => spared);
    const over = found.flatMap(({ due }) => due);
    if (over.length === 0)
        return { due: [], spared: kept };
    const named = await (0,named_versions/* spareNamed */.Rw)(surroundings, catalogues, over);
    const sizes = await measureFreed(store, catalogues, named.due);
    const due = named.due.map((each, index) => ({ ...each, ...(sizes[index] ?? { bytes: 0, freed: 0 }) }));
    return { due, spared: [...kept, ...named.spared] };
}
/**
 * Records that the bytes of versions are given up: from here on nothing points to them, and a collection may take what
 * no other version has. Whoever promoted, held or rolled back to one in the meantime was first, and this is refused.
 * @throws flow/unsigned, flow/untrusted-key, ledger/conflict, ledger/illegal
 */
async function recordRelease(surroundings, branch, due) {
    if (due.length === 0)
        return;
    (0,check_writing/* checkSigning */.wU)(surroundings, branch, 'store collect');
    const context = (0,build_events/* eventContext */.Wl)(surroundings, {
        commit: branch.commit,
        justification: null,
        time: surroundings.clock.now(),
    });
    const before = new Map();
    const events = due.map(({ model, version, rule, since, bytes, entries }) => {
        const earlier = before.get(model) ?? 0;
        before.set(model, earlier + 1);
        return (0,build_events/* makeEvent */.Ld)(surroundings.sha256, {
            type: 'bytes-released',
            model,
            version: version.version,
            context,
            body: { rule, policy: branch.policyDigest, since, bytes, entries: entries + earlier },
        });
    });
    const all = [...(await (0,policy_entry/* planPolicyEntry */.U)(surroundings, branch, context)), ...events];
    const groups = Array.from({ length: Math.ceil(all.length / prepare/* maxGroupEntries */.kb) }, (_, index) => all.slice(index * prepare/* maxGroupEntries */.kb, (index + 1) * prepare/* maxGroupEntries */.kb));
    const plan = { effects: groups.map((group) => ({ kind: 'append', events: group, evidence: new Map() })) };
    await (0,apply_plan/* applyPlan */.g)(surroundings, plan);
}
/** When versions were archived: a catalogue says that they are, and the entries say when. */
async function readArchivings({ ledger }, catalogues) {
    const times = new Map();
    if (!catalogues.some(({ versions }) => versions.some(({ archived }) => archived)))
        return times;
    const { size } = await ledger.head();
    for (const event of (0,audit_history/* readEvents */.wj)(await ledger.entries(0, size))) {
        if (event.model === null)
            continue;
        if (event.type === 'archived')
            times.set((0,due_versions/* versionKey */._5)(event.model, `${event.version}`), event.context.time);
        if (event.type === 'rolled-back')
            times.set((0,due_versions/* versionKey */._5)(event.model, event.body.replaces), event.context.time);
    }
    return times;
}
//# sourceMappingURL=release-bytes.js.map

/***/ }),

/***/ 59240:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CM: () => (/* binding */ requireReadable),
/* harmony export */   JG: () => (/* binding */ lookAtObjects),
/* harmony export */   LK: () => (/* binding */ filesOfEntry),
/* harmony export */   pE: () => (/* binding */ waitOf),
/* harmony export */   w1: () => (/* binding */ findCold)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1042);
/* harmony import */ var _describe_stored_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5949);
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66118);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(77669);





const questionsAtOnce = 16;
/** The files of a version as the ledger has them. */
function filesOfEntry({ artifacts }) {
    return artifacts.map(({ sha256, size }) => ({ digest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(`sha256:${sha256}`), sizeBytes: size }));
}
/** Every object of some files, each once, with its class. What the store does not hold is left out. */
async function lookAtObjects(store, tiers, files) {
    const told = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_1__/* .inParallel */ .H)(files, questionsAtOnce, (file) => (0,_describe_stored_js__WEBPACK_IMPORTED_MODULE_2__/* .describeStored */ .D)(store, file));
    const objects = told.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object));
    return [...(await tiers.lookAtAll(objects))].map(([object, found]) => ({ ...found, object }));
}
/** How long a restore of objects takes at most, in words. */
function waitOf(tiers, parts, speed) {
    const waitMs = Math.max(0, ...parts.map(({ storageClass }) => tiers.restoreMs(storageClass, speed)));
    return waitMs === 0 ? 'some hours' : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a)(waitMs);
}
/** What of some files cannot be read now; null when all can. Nothing is asked where nothing is ever archived. */
async function findCold(store, files) {
    const { tiers } = store;
    if (tiers === null || tiers.archives.length === 0 || files.length === 0)
        return null;
    const parts = await lookAtObjects(store, tiers, files);
    const cold = parts.filter(({ access }) => access !== 'readable');
    if (cold.length === 0)
        return null;
    const sizeOf = (some) => (0,_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .formatSize */ .X)(some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    return {
        size: sizeOf(cold),
        of: sizeOf(parts),
        classes: [...new Set(cold.map(({ storageClass }) => storageClass))].join(', '),
        wait: waitOf(tiers, cold, 'standard'),
        isAsked: cold.every(({ access }) => access === 'restoring'),
    };
}
/** Nothing is begun with files of which a part cannot be read now. @throws flow/bytes-cold */
async function requireReadable(store, files, about) {
    const cold = await findCold(store, files);
    if (cold === null)
        return;
    const { isAsked, ...told } = cold;
    const asked = isAsked ? 'was asked for already and takes' : 'takes';
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_5__/* .weighbridgeError */ .q)('flow/bytes-cold', { ...about, ...told, asked });
}
//# sourceMappingURL=cold-bytes.js.map

/***/ }),

/***/ 64156:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeTierCommand: () => (/* binding */ storeTierCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/registry/own-store.js
var own_store = __webpack_require__(35914);
// EXTERNAL MODULE: ./packages/flows/build/governing/policy-of-branch.js
var policy_of_branch = __webpack_require__(79919);
// EXTERNAL MODULE: ./packages/flows/build/progress/transfer.js
var transfer = __webpack_require__(77943);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-catalogues.js
var read_catalogues = __webpack_require__(23891);
// EXTERNAL MODULE: ./packages/flows/build/retention/release-bytes.js + 1 modules
var release_bytes = __webpack_require__(76203);
;// CONCATENATED MODULE: ./packages/flows/build/tiers/arrange-files.js

/**
 * Compresses the objects of files whose tier says so, and expands the others. It comes before objects are moved to
 * classes, since what is in an archive cannot be read. @throws as StoreArranger.arrange
 */
function arrangeFiles(surroundings, arranger, { files, tiers, unregisteredMs, dryRun }) {
    const filesOf = (compress) => [...files].filter(([, { tier }]) => compresses(tiers, tier) === compress).map(([digest]) => digest);
    let told = null;
    return arranger.arrange({
        compressed: filesOf(true),
        plain: filesOf(false),
        unregisteredMs,
        dryRun,
        progress: {
            begin: (objects, sizeBytes) => {
                told = (0,transfer/* openTransfer */.ij)(surroundings, { title: 'Compressing', files: objects, sizeBytes });
            },
            done: (sizeBytes) => {
                told?.endFile();
                told?.addBytes(sizeBytes);
            },
        },
    });
}
function compresses({ warm, cold }, tier) {
    if (tier === 'hot')
        return false;
    return (tier === 'warm' ? warm : cold)?.compress ?? false;
}
//# sourceMappingURL=arrange-files.js.map
// EXTERNAL MODULE: ./packages/flows/build/stored/describe-stored.js
var describe_stored = __webpack_require__(5949);
;// CONCATENATED MODULE: ./packages/flows/build/tiers/gather-moves.js


const questionsAtOnce = 16;
/** Everything that moves are planned from, and what could not be told. @throws store/recipe-malformed */
async function gatherMoveFacts({ store, tiers }, { files, policy, now, dryRun, }) {
    const restored = await tiers.readRestored(now, { prunes: !dryRun });
    const { objectsOf, untold } = await describeFiles(store, files);
    const wanted = new Set([...objectsOf.values()].flat());
    const stored = [];
    for await (const object of tiers.list())
        if (wanted.has(object.object))
            stored.push(object);
    const isArchive = (storageClass) => tiers.restoreMs(storageClass, 'standard') > 0;
    return { facts: { files, objectsOf, stored, restored, tiers: policy, isArchive }, untold };
}
/** What each file is made of, and of which the store cannot tell. @throws store/recipe-malformed */
async function describeFiles(store, files) {
    const objectsOf = new Map();
    const untold = [];
    await (0,in_parallel/* inParallel */.H)([...files], questionsAtOnce, async ([digest, { sizeBytes, version }]) => {
        const { layout, fault } = await (0,describe_stored/* describeStored */.D)(store, { digest, sizeBytes });
        objectsOf.set(digest, [...new Set((layout?.segments ?? []).map(({ object }) => object))]);
        if (fault !== null)
            untold.push({ digest, version, code: fault.code, because: fault.message });
    });
    return { objectsOf, untold };
}
//# sourceMappingURL=gather-moves.js.map
;// CONCATENATED MODULE: ./packages/flows/build/tiers/move-object.js
/** How long a copy of what is archived lasts, in days: time enough for the next nightly run to move it. */
const copyDays = 3;
/** Moves one object. Done again, or by two at once, it ends the same; killed, it leaves the object as it was or moved. */
async function moveObject(tiers, { object, to }) {
    const outcome = await tiers.move(object, to);
    if (outcome !== 'archived')
        return outcome;
    const restored = await tiers.restore(object.object, { days: copyDays, speed: 'cheap' });
    if (restored === 'missing')
        return 'changed';
    return restored === 'readable' && (await tiers.move(object, to)) === 'moved' ? 'moved' : 'restoring';
}
//# sourceMappingURL=move-object.js.map
// EXTERNAL MODULE: ./packages/flows/build/retention/due-versions.js
var due_versions = __webpack_require__(92849);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
;// CONCATENATED MODULE: ./packages/flows/build/tiers/tier-of-version.js

/** Tiers from the hottest on. */
const tierNames = ['hot', 'warm', 'cold'];
/**
 * The tier of every version of a model that keeps its bytes. Hot is what stages and aliases point to, what a stage may go
 * back to, and whatever no rule says more of.
 */
function tierVersions(catalogue, facts) {
    const pointed = (0,due_versions/* pointedTo */.nr)(catalogue, facts.policy);
    return catalogue.versions
        .filter(({ store, released }) => store !== null && released === undefined)
        .map((version) => ({ version, tier: pointed.has(version.version) ? 'hot' : agedTier(catalogue, version, facts) }));
}
function agedTier(catalogue, version, facts) {
    const { tiers } = facts.policy;
    const moves = catalogue.history.filter((move) => [move.version, move.previous].includes(version.version));
    const last = [version.registeredAt, ...moves.map(({ time }) => time)].sort().at(-1);
    const since = version.archived ? facts.archivedAt.get((0,due_versions/* versionKey */._5)(catalogue.model, version.version)) : last;
    if (since === undefined)
        return 'hot';
    const ageMs = facts.now.getTime() - Date.parse(since);
    const isDue = (rule) => {
        const waitMs = version.archived ? rule?.archivedMs : rule?.afterMs;
        return waitMs !== null && waitMs !== undefined && ageMs >= waitMs;
    };
    return isDue(tiers.cold) ? 'cold' : isDue(tiers.warm) ? 'warm' : 'hot';
}
//# sourceMappingURL=tier-of-version.js.map
;// CONCATENATED MODULE: ./packages/flows/build/tiers/plan-moves.js



/** Colder classes charge for at least so much, and for each move: what is smaller stays. */
const leastMovedBytes = 128 * 1024;
/**
 * Which objects are to be moved where. The tier of an object is the hottest of all versions of all models that name any
 * part of it; what no version names is for collections, and is not moved. Of an object that has two forms, none is moved:
 * one of them is about to go. It goes only when the object can be read as it is, so that this form comes out of an
 * archive where the object is wanted warmer.
 */
function planMoves({ files, objectsOf, stored, restored, tiers, isArchive }) {
    const wanted = new Map();
    const held = new Set();
    for (const [file, want] of files) {
        for (const object of objectsOf.get(file) ?? []) {
            keepHottest(wanted, object, want);
            if (restored.has(file))
                held.add(object);
        }
    }
    const moves = [];
    let kept = 0;
    for (const { object, isTwofold } of eachObject(stored)) {
        const want = wanted.get(object.object);
        if (want === undefined)
            continue;
        const { tier, version } = want;
        const move = { object, tier, version, to: classOf(tiers, tier) ?? object.storageClass };
        const waits = isTwofold && (!isArchive(object.storageClass) || isArchive(move.to));
        const about = { isArchive, isFile: files.has(object.object), isHeld: held.has(object.object) };
        if (waits || staysPut(move, about))
            kept++;
        else
            moves.push(move);
    }
    return { moves, kept };
}
/** Each object once: one that has two forms as the first of them. */
function eachObject(stored) {
    const found = new Map();
    for (const object of stored) {
        const before = found.get(object.object);
        found.set(object.object, { object: before?.object ?? object, isTwofold: before !== undefined });
    }
    return found.values();
}
/** The files of all versions with the hottest tier that each is wanted in. */
function wantedFiles(catalogues, facts) {
    const tiered = catalogues
        .flatMap((catalogue) => tierVersions(catalogue, facts).map((each) => ({ ...each, model: catalogue.model })))
        .sort((left, right) => left.version.entry - right.version.entry);
    const files = new Map();
    for (const { model, version, tier } of tiered) {
        const want = { tier, version: (0,due_versions/* versionKey */._5)(model, version.version) };
        for (const { digest, sizeBytes } of (0,cold_bytes/* filesOfEntry */.LK)(version))
            keepHottest(files, digest, { ...want, sizeBytes });
    }
    return files;
}
function keepHottest(wanted, digest, want) {
    const before = wanted.get(digest);
    if (before === undefined || tierNames.indexOf(want.tier) < tierNames.indexOf(before.tier))
        wanted.set(digest, want);
}
function classOf({ hot, warm, cold }, tier) {
    if (tier === 'hot')
        return hot;
    return (tier === 'warm' ? warm : cold)?.class ?? hot;
}
function staysPut({ object, tier, to }, { isArchive, isFile, isHeld }) {
    if (object.storageClass === to)
        return true;
    if (tier === 'hot')
        return false;
    // How long such a file is, only it says itself.
    if (isFile && object.isCompressed && isArchive(to))
        return true;
    // What was archived is not restored to be archived elsewhere.
    return isHeld || object.sizeBytes < leastMovedBytes || (isArchive(object.storageClass) && isArchive(to));
}
//# sourceMappingURL=plan-moves.js.map
;// CONCATENATED MODULE: ./packages/flows/build/tiers/tier-store.js











const movesAtOnce = 16;
/**
 * Compresses and expands the objects of versions and moves them to storage classes, as the policy of the default branch
 * has it. What is to become readable and is archived is asked for, and moved by a later run, which expands it, too.
 * @throws flow/no-tiers, store/not-owned, flow/policy-outdated, flow/no-policy, ledger/offline, store/*, and all reads of the ledger
 */
async function tierStore(surroundings, request) {
    const { store, ledger, clock } = surroundings;
    if (store === null)
        throw (0,error/* weighbridgeError */.q)('flow/no-store-to-read', { what: 'the objects of versions' });
    const { tiers, arranger } = store;
    if (tiers === null && arranger === null) {
        throw noTiers(`${store.address} has no storage classes and compresses nothing, or is not written to from here`);
    }
    const remote = await ledger.readOnly();
    if (remote !== null)
        throw (0,error/* weighbridgeError */.q)('ledger/offline', { remote });
    const owner = await (0,own_store/* readOwner */.A)(surroundings);
    if (owner === null)
        throw noTiers('there is no ledger that could say what is deployed');
    // Another ledger may have deployed what this one archived.
    await store.collector?.requireSoleOwner(owner);
    const { policy } = await (0,policy_of_branch/* readBranchPolicy */.d)(surroundings, request.opened);
    if (policy.tiers === undefined)
        throw noTiers('weighbridge.yaml of the default branch has no "tiers"');
    const catalogues = await (0,read_catalogues/* readCatalogues */.H)(surroundings);
    const archivedAt = await (0,release_bytes/* readArchivings */.Dm)(surroundings, catalogues);
    const facts = { policy: { ...policy, tiers: policy.tiers }, archivedAt, now: clock.now() };
    const files = wantedFiles(catalogues, facts);
    const { dryRun } = request;
    const { unregisteredMs } = policy.retention;
    const wanted = { files, tiers: policy.tiers, unregisteredMs, dryRun };
    const arranged = arranger === null ? null : await arrangeFiles(surroundings, arranger, wanted);
    if (tiers === null)
        return { arranged, kept: 0, moves: [], untold: (await describeFiles(store, files)).untold };
    const about = { files, policy: policy.tiers, now: facts.now, dryRun };
    const { facts: moveFacts, untold } = await gatherMoveFacts({ store, tiers }, about);
    const { moves, kept } = planMoves(moveFacts);
    const outcomes = dryRun
        ? moves.map((move) => ({ ...move, outcome: 'planned' }))
        : await moveAll(surroundings, tiers, moves);
    return { arranged, kept, moves: outcomes, untold };
}
async function moveAll(surroundings, tiers, moves) {
    const sizeBytes = moves.reduce((sum, { object }) => sum + object.sizeBytes, 0);
    const told = (0,transfer/* openTransfer */.ij)(surroundings, { title: 'Moving', files: moves.length, sizeBytes });
    return (0,in_parallel/* inParallel */.H)(moves, movesAtOnce, async (move) => {
        const outcome = await moveObject(tiers, move);
        told.endFile();
        told.addBytes(move.object.sizeBytes);
        return { ...move, outcome };
    });
}
function noTiers(reason) {
    return (0,error/* weighbridgeError */.q)('flow/no-tiers', { reason });
}
//# sourceMappingURL=tier-store.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-tier.js

/** More lines help nobody; --json has all of them. */
const maxListed = 20;
const storeTierCommand = {
    spec: {
        name: 'store tier',
        summary: 'Compress stored bytes and move them to the storage classes that the policy names',
        description: 'What stages and aliases point to, what is ready for a rollback and what is recent is hot; "tiers" in weighbridge.yaml says when the rest becomes warm and cold, and which storage class of the store each tier is and whether bytes lie compressed there. A piece that several versions share is as hot as the hottest of them. What becomes hot again and is archived is restored first, and moved by a later run. A run that was killed is finished by the next. The policy of the default branch counts, whatever is checked out. With --dry-run it lists what would be compressed and moved.',
        arguments: [],
        inputs: [],
        outputs: [
            { name: 'moved', description: 'How many objects were moved, or would be.' },
            { name: 'compressed', description: 'How many objects were compressed, or would be.' },
            { name: 'restoring', description: 'How many are restored first and moved by a later run.' },
        ],
        examples: ['weighbridge store tier --dry-run', 'weighbridge store tier'],
    },
    run: async (inputs, host) => {
        const dryRun = inputs.boolean('dry-run');
        const tiering = await tierStore(host.surroundings, { opened: host.policy, dryRun });
        const countOf = (...outcomes) => tiering.moves.filter(({ outcome }) => outcomes.includes(outcome)).length;
        const [moved, restoring, changed] = [countOf('moved', 'planned'), countOf('restoring'), countOf('changed')];
        const rows = groupMoves(tiering);
        const arranged = tellArranged(tiering, dryRun);
        const lines = rows
            .slice(0, maxListed)
            .map(({ version, from, to, objects, bytes }) => `  ${version}: ${(0,format_count/* formatCount */.B)(objects, 'object')}, ${(0,plan/* formatSize */.X)(bytes)} from ${from} to ${to}`);
        const more = rows.length > maxListed ? [`  and ${rows.length - maxListed} more (--json lists all)`] : [];
        const text = [
            ...(rows.length + arranged.length === 0 ? ['Everything is where the policy wants it.'] : arranged),
            ...(rows.length === 0 ? [] : [`${dryRun ? 'Would move' : 'Moved'} ${(0,format_count/* formatCount */.B)(moved, 'object')}.`]),
            ...lines,
            ...more,
            ...(restoring === 0 ? [] : [`Restored first, to be moved by a later run: ${(0,format_count/* formatCount */.B)(restoring, 'object')}.`]),
            ...(changed === 0 ? [] : [`Changed meanwhile, and left alone: ${(0,format_count/* formatCount */.B)(changed, 'object')}.`]),
            ...tiering.untold.map(({ version, because }) => `${version}: ${because}`),
            ...(tiering.kept === 0 ? [] : [`Stays in its class: ${(0,format_count/* formatCount */.B)(tiering.kept, 'object')}.`]),
        ].join('\n');
        const isDamaged = (tiering.arranged?.damaged ?? []).length > 0 || tiering.untold.some(({ code }) => code === 'store/corrupt');
        return {
            exitCode: isDamaged ? 1 : 0,
            json: {
                dry_run: dryRun,
                moved,
                restoring,
                changed,
                kept: tiering.kept,
                moves: rows,
                arranged: arrangedJson(tiering),
                untold: tiering.untold.map(({ digest, version, because }) => ({ sha256: digest, version, because })),
            },
            text,
            markdown: text,
            notices: [],
            outputs: {
                moved: String(moved),
                compressed: String(tiering.arranged?.compressed.objects ?? 0),
                restoring: String(restoring),
            },
        };
    },
};
function arrangedJson({ arranged }) {
    if (arranged === null)
        return null;
    const { compressed, expanded, incompressible, damaged, mended, waiting, archived } = arranged;
    return {
        compressed: { objects: compressed.objects, plain: compressed.plainBytes, stored: compressed.storedBytes },
        expanded: { objects: expanded.objects, plain: expanded.plainBytes },
        incompressible,
        damaged,
        mended,
        waiting,
        archived,
    };
}
/** Lines about what was compressed and expanded; none when nothing was. */
function tellArranged({ arranged }, dryRun) {
    if (arranged === null)
        return [];
    const { compressed, expanded, incompressible, damaged, mended, waiting, archived } = arranged;
    const [plain, stored] = [(0,plan/* formatSize */.X)(compressed.plainBytes), (0,plan/* formatSize */.X)(compressed.storedBytes)];
    const shrunk = dryRun
        ? `Would compress ${(0,format_count/* formatCount */.B)(compressed.objects, 'object')} of ${plain}.`
        : `Compressed ${(0,format_count/* formatCount */.B)(compressed.objects, 'object')}, ${plain} to ${stored}.`;
    const grown = `${dryRun ? 'Would expand' : 'Expanded'} ${(0,format_count/* formatCount */.B)(expanded.objects, 'object')} of ${(0,plan/* formatSize */.X)(expanded.plainBytes)}.`;
    const lines = [
        [compressed.objects, shrunk],
        [expanded.objects, grown],
        [incompressible, `Hardly smaller when compressed, and left as they are: ${(0,format_count/* formatCount */.B)(incompressible, 'object')}.`],
        [
            waiting,
            `In both forms until a later run, being young or because another process removes: ${(0,format_count/* formatCount */.B)(waiting, 'object')}.`,
        ],
        [archived, `In an archive, and as they are until they are restored: ${(0,format_count/* formatCount */.B)(archived, 'object')}.`],
        [mended, `Damaged compressed forms, written anew from what lies beside them: ${(0,format_count/* formatCount */.B)(mended, 'object')}.`],
        [
            damaged.length,
            `Damaged, and left alone: ${(0,format_count/* formatCount */.B)(damaged.length, 'object')}; run "weighbridge store verify --quarantine".`,
        ],
    ];
    return lines.filter(([count]) => count > 0).map(([, line]) => line);
}
/** Moves by version and by where from and to. */
function groupMoves({ moves }) {
    const groups = new Map();
    for (const { version, tier, to, object } of moves) {
        const from = object.storageClass;
        const key = `${version} ${from} ${to}`;
        const group = groups.get(key) ?? { version, tier, from, to, objects: 0, bytes: 0 };
        groups.set(key, { ...group, objects: group.objects + 1, bytes: group.bytes + object.sizeBytes });
    }
    return [...groups.values()];
}
//# sourceMappingURL=store-tier.js.map

/***/ })

};
