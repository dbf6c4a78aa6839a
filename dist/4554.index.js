export const id = 4554;
export const ids = [4554];
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

/***/ 4554:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeCollectCommand: () => (/* binding */ storeCollectCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/ledger/build/audit/history.js
var audit_history = __webpack_require__(94288);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/registry/lost-ledger.js
var lost_ledger = __webpack_require__(15206);
// EXTERNAL MODULE: ./packages/flows/build/registry/own-store.js
var own_store = __webpack_require__(35914);
// EXTERNAL MODULE: ./packages/flows/build/governing/policy-of-branch.js
var policy_of_branch = __webpack_require__(79919);
// EXTERNAL MODULE: ./packages/flows/build/retention/due-versions.js
var due_versions = __webpack_require__(92849);
// EXTERNAL MODULE: ./packages/flows/build/retention/named-versions.js
var named_versions = __webpack_require__(87000);
// EXTERNAL MODULE: ./packages/flows/build/retention/release-bytes.js + 1 modules
var release_bytes = __webpack_require__(76203);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
;// CONCATENATED MODULE: ./packages/flows/build/collect.js










/**
 * Gives up the bytes of versions that the policy of the default branch keeps no longer, which is an entry of the ledger,
 * and takes the next step of removing what no version names that keeps its bytes: condemns it, waits, or deletes it.
 * Nothing happens without a ledger that was read whole, at the remote that keeps it.
 * @throws flow/not-collectable, flow/clocks-differ, flow/clock-behind, flow/policy-outdated, flow/no-policy, flow/unsigned, ledger/offline, and as
 * StoreCollector.collect and all reads of the ledger
 */
async function collectStore(surroundings, request) {
    const { store, collector } = requireCollector(surroundings);
    const remote = await surroundings.ledger.readOnly();
    if (remote !== null)
        throw (0,errors_error/* weighbridgeError */.q)('ledger/offline', { remote });
    const owner = await (0,own_store/* readOwner */.A)(surroundings);
    if (owner === null)
        throw await noLedger(surroundings);
    const branch = await (0,policy_of_branch/* readBranchPolicy */.d)(surroundings, request.opened);
    if (request.claim && !request.dryRun)
        await collector.claim(owner);
    // Before a version is given up: that cannot be taken back, and in a store of others nothing would come of it.
    await collector.requireSoleOwner(owner);
    const keepsAll = branch.policy.retention.versions === undefined;
    const now = keepsAll
        ? surroundings.clock.now()
        : await readRetentionTime(surroundings, { store, collector, dryRun: request.dryRun });
    const release = await (0,release_bytes/* planRelease */.F3)(surroundings, store, { branch, now });
    const gives = !request.dryRun && release.due.length > 0;
    const notices = gives ? await compareWithForge(surroundings, now) : [];
    if (gives)
        await (0,release_bytes/* recordRelease */.ty)(surroundings, branch, release.due);
    const foreseen = new Set(release.due.map(({ model, version }) => (0,due_versions/* versionKey */._5)(model, version.version)));
    const { unregisteredMs, graceMs } = branch.policy.retention;
    let live = new Map();
    const outcome = await collector.collect({
        live: async () => {
            live = await readLive(surroundings, request.dryRun ? foreseen : new Set());
            return new Set(live.keys());
        },
        origin: (digest) => originOf(live.get(digest), store),
        owner,
        unregisteredMs,
        graceMs: request.graceMs ?? graceMs,
        dryRun: request.dryRun,
        now: surroundings.clock.now(),
    });
    const untold = outcome.untold.map(({ digest, fault }) => {
        return { digest, version: live.get(digest)?.version ?? '', code: fault.code, because: fault.message };
    });
    return { release, outcome, untold, notices };
}
/**
 * Every file of every version that keeps its bytes, as the ledger says at this moment, and of versions without that word
 * that such a version rests on all the same: it was registered at the moment at which they gave up their bytes. Each
 * with the version that was registered first with it, `model@version`.
 * @param foreseen versions that a dry run takes for given up
 */
async function readLive(surroundings, foreseen) {
    const { ledger } = surroundings;
    if ((await ledger.head()).size === 0)
        throw await noLedger(surroundings);
    const [keeping, given] = [[], []];
    for (const model of await ledger.models()) {
        const catalogue = await ledger.catalogue(model);
        if (catalogue === null)
            throw notCollectable(`the ledger lists the model ${model} and has no catalogue of it`);
        for (const each of (0,named_versions/* versionsOf */.x4)([await (0,version_artifacts/* wholeCatalogue */.JM)(ledger, catalogue)])) {
            const isGiven = each.version.released !== undefined || foreseen.has((0,due_versions/* versionKey */._5)(model, each.version.version));
            (isGiven ? given : keeping).push(each);
        }
    }
    const named = (await (0,named_versions/* findNamed */.n4)(surroundings, keeping, given)).map(({ found }) => found);
    const live = new Map();
    const all = [...keeping, ...named].sort((left, right) => left.version.entry - right.version.entry);
    for (const { model, version } of all)
        for (const { sha256, size } of version.artifacts) {
            const digest = (0,build_digest/* formatDigest */.MO)((0,build_digest/* hexToBytes */.aT)(sha256));
            const before = live.get(digest) ?? { version: (0,due_versions/* versionKey */._5)(model, version.version), sizeBytes: size, stores: [] };
            live.set(digest, { ...before, stores: [...before.stores, ...(version.store === null ? [] : [version.store])] });
        }
    return live;
}
/** A folder is called by another path on another machine, and may be the same one. */
function originOf(file, { address }) {
    if (file === undefined)
        return null;
    const isHere = file.stores.some((store) => store === address || [store, address].every(isFolder));
    return { sizeBytes: file.sizeBytes, isHere };
}
function isFolder(address) {
    return address.startsWith('folder:');
}
/** Clocks of services and of machines that ask one of the time stay within seconds of each other. */
const maxClockDifferenceMs = 5 * 60 * 1000;
/**
 * The time that retention goes by: that of this machine, or of the store, whichever is earlier. A machine whose clock is
 * fast would give up what has years to go. A dry run writes nothing, and so cannot ask the store.
 * @throws flow/clocks-differ, flow/clock-behind
 */
async function readRetentionTime({ clock, ledger }, { store, collector, dryRun }) {
    const own = clock.now();
    const theirs = dryRun ? own : await collector.now();
    if (Math.abs(own.getTime() - theirs.getTime()) > maxClockDifferenceMs) {
        const [here, there] = [(0,events/* formatTime */.fU)(own), (0,events/* formatTime */.fU)(theirs)];
        throw (0,errors_error/* weighbridgeError */.q)('flow/clocks-differ', { here, there, address: store.address });
    }
    const now = own < theirs ? own : theirs;
    await requireNotBehind(ledger, now);
    return now;
}
/** Who is behind the newest entry has a clock that is wrong, or that entry has: either way nothing is given up by it. */
async function requireNotBehind(ledger, now) {
    const { size } = await ledger.head();
    const [newest] = (0,audit_history/* readEvents */.wj)(await ledger.entries(size - 1, size), size - 1);
    const time = newest?.context.time;
    if (time === undefined || Date.parse(time) - now.getTime() <= maxClockDifferenceMs)
        return;
    throw (0,errors_error/* weighbridgeError */.q)('flow/clock-behind', { here: (0,events/* formatTime */.fU)(now), there: time });
}
/**
 * A folder may have the clock of the job, and then nothing tells that it is fast but the forge, which is asked only when
 * bytes are about to be given up. @throws flow/clocks-differ
 */
async function compareWithForge({ forge }, now) {
    if (forge === null)
        return [];
    try {
        const theirs = await forge.time();
        if (theirs === null || now.getTime() - theirs.getTime() <= maxClockDifferenceMs)
            return [];
        const [here, there] = [(0,events/* formatTime */.fU)(now), (0,events/* formatTime */.fU)(theirs)];
        throw (0,errors_error/* weighbridgeError */.q)('flow/clocks-differ', { here, there, address: forge.address });
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.code === 'flow/clocks-differ')
            throw error;
        const text = `The time could not be compared with that of ${forge.address}: ${error.message}`;
        return [{ level: 'warning', text }];
    }
}
function requireCollector({ store }) {
    if (store === null)
        throw notCollectable('weighbridge.yaml names no store');
    if (store.collector === null)
        throw notCollectable(`nothing is ever removed from ${store.address}`);
    return { store, collector: store.collector };
}
async function noLedger(surroundings) {
    const because = await (0,lost_ledger/* findLostLedger */.R)(surroundings);
    return because === null
        ? notCollectable('there is no ledger that could say what is named')
        : (0,errors_error/* weighbridgeError */.q)('flow/ledger-missing', { because });
}
function notCollectable(reason) {
    return (0,errors_error/* weighbridgeError */.q)('flow/not-collectable', { reason });
}
//# sourceMappingURL=collect.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/manifest/build/duration.js
var duration = __webpack_require__(1042);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-collect.js



/** More lines help nobody; --json has all of them. */
const maxListed = 20;
const storeCollectCommand = {
    spec: {
        name: 'store collect',
        summary: 'Remove stored bytes that no registered version keeps',
        description: 'Works in two runs: the first one condemns what nothing names and is older than "retention.unregistered"; a later one, when the grace is over, looks again and removes what is still named by nothing. Registering goes on meanwhile. A run that was killed is finished by the next. Versions whose time under "retention.archived" or "retention.unpromoted" is over give up their bytes first, which is an entry of the ledger; their record stays, and legal holds keep their bytes. The policy of the default branch counts, whatever is checked out. Needs the ledger, whole and at its remote. A file of which the store cannot tell how it lies, because it is damaged or archived, is listed and stays; exit 1 when it is damaged. With --dry-run it lists what the next run would do, how much and why.',
        arguments: [],
        inputs: [
            {
                name: 'grace',
                description: 'How long what is condemned now waits, such as 24h; that of "retention" when not given.',
                type: 'text',
                placeholder: 'DURATION',
            },
            {
                name: 'claim',
                description: 'Note first that no other repository keeps bytes in this store. Look before you say so.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [
            { name: 'phase', description: 'nothing, condemned, waiting, deleting (by another run) or deleted.' },
            { name: 'bytes', description: 'Bytes that were condemned or deleted.' },
            { name: 'released', description: 'How many versions gave up their bytes.' },
        ],
        examples: ['weighbridge store collect --dry-run', 'weighbridge store collect --grace 48h'],
    },
    run: async (inputs, host) => {
        const dryRun = inputs.boolean('dry-run');
        const { outcome, release, untold, notices } = await collectStore(host.surroundings, {
            opened: host.policy,
            graceMs: graceOf(inputs),
            dryRun,
            claim: inputs.boolean('claim'),
        });
        const bytes = outcome.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
        const text = [
            ...renderRelease(release, dryRun),
            renderOutcome(outcome, { bytes, dryRun }),
            ...untold.map(({ version, because }) => `${version}: ${because}`),
        ].join('\n');
        return {
            exitCode: untold.some(({ code }) => code === 'store/corrupt') ? 1 : 0,
            json: {
                dry_run: dryRun,
                phase: outcome.phase,
                due_at: outcome.dueAt,
                bytes,
                objects: outcome.objects.map(({ key, sizeBytes }) => ({ key, size: sizeBytes })),
                released: release.due.map(({ bytes, freed, ...each }) => ({ ...versionJson(each), bytes, freed })),
                spared: release.spared.map((each) => ({ ...versionJson(each), because: each.because })),
                kept: { objects: outcome.kept.objects, bytes: outcome.kept.sizeBytes },
                untold: untold.map(({ digest, version, because }) => ({ sha256: digest, version, because })),
            },
            text,
            markdown: text,
            notices,
            outputs: { phase: outcome.phase, bytes: String(bytes), released: String(release.due.length) },
        };
    },
};
function graceOf(inputs) {
    const text = inputs.text('grace');
    if (text === null)
        return null;
    const graceMs = (0,duration/* parseDuration */.E)(text);
    if (graceMs !== null)
        return graceMs;
    const reason = `"${text}" is no duration such as 90m, 24h or 2d`;
    throw (0,errors_error/* weighbridgeError */.q)('host/input', { input: 'grace', reason, command: 'store collect' });
}
function versionJson({ model, version, rule, since, dueAt }) {
    return { model, version: version.version, rule, since, due_at: dueAt };
}
/** Versions whose time is over: which, how much and why, and what keeps the others. */
function renderRelease({ due, spared }, dryRun) {
    const freed = due.reduce((sum, each) => sum + each.freed, 0);
    const did = dryRun ? 'Would give up' : 'Gave up';
    const what = `the bytes of ${(0,format_count/* formatCount */.B)(due.length, 'version')}, ${(0,plan/* formatSize */.X)(freed)} that no other version has`;
    const lines = due
        .slice(0, maxListed)
        .map((each) => `  ${each.model} ${each.version.version} (${(0,plan/* formatSize */.X)(each.freed)}): ${each.rule}, since ${each.since}`);
    const more = due.length > maxListed ? [`  and ${due.length - maxListed} more (--json lists all)`] : [];
    const kept = spared
        .slice(0, maxListed)
        .map(({ model, version, because }) => `Keeps its bytes: ${model} ${version.version}, ${because}.`);
    const others = spared.length - kept.length;
    const rest = others > 0 ? [`Keep their bytes, too: ${(0,format_count/* formatCount */.B)(others, 'version')} (--json lists all).`] : [];
    return [...(due.length === 0 ? [] : [`${did} ${what}.`, ...lines, ...more]), ...kept, ...rest];
}
function renderOutcome({ phase, objects, kept, dueAt }, { bytes, dryRun }) {
    const what = `${(0,format_count/* formatCount */.B)(objects.length, 'object')}, ${(0,plan/* formatSize */.X)(bytes)}`;
    const headline = {
        nothing: 'Everything in the store is of a version that keeps its bytes, or young.',
        condemned: dryRun ? `Would condemn ${what}.` : `Condemned ${what}; run it again after ${dueAt ?? 'the grace'}.`,
        waiting: `Condemned and waiting until ${dueAt ?? 'the end of the grace'}: ${what}.`,
        deleting: 'Another run is deleting; run it again when that has ended.',
        deleted: dryRun ? `Would delete ${what}.` : `Deleted ${what}.`,
    }[phase];
    const listed = objects.slice(0, maxListed).map(({ key, sizeBytes }) => `  ${key} (${(0,plan/* formatSize */.X)(sizeBytes)})`);
    const more = objects.length > maxListed ? [`  and ${objects.length - maxListed} more (--json lists all)`] : [];
    const stays = phase === 'deleting' ? [] : [`Stays: ${(0,format_count/* formatCount */.B)(kept.objects, 'object')}, ${(0,plan/* formatSize */.X)(kept.sizeBytes)}.`];
    return [headline, ...listed, ...more, ...stays].join('\n');
}
//# sourceMappingURL=store-collect.js.map

/***/ })

};
