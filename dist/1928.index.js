export const id = 1928;
export const ids = [1928];
export const modules = {

/***/ 18322:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ applyPlan)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(81103);
/* harmony import */ var _registry_own_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(35914);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77669);
/* harmony import */ var _progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71880);
/* harmony import */ var _referenced_measure_remote_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(70169);






/** Jobs that take counters of one model at the same time, at most. */
const maxCounterTries = 20;
/**
 * Applies the effects in order. Each one can be repeated, so a run that was ended anywhere is finished by the next run
 * of the same command. @throws ledger/offline before the first effect
 */
async function applyPlan(surroundings, plan, observe = () => { }, staging = null) {
    await requireWritable(surroundings, plan);
    const receipts = [];
    for (const [index, effect] of plan.effects.entries()) {
        observe({ index, when: 'before', effect });
        receipts.push(await applyEffect(surroundings, effect, staging));
        observe({ index, when: 'after', effect });
    }
    return receipts;
}
/** Entries and tags belong to the remote that keeps the ledger: offline, none of their plan is done. */
async function requireWritable({ ledger }, plan) {
    if (!plan.effects.some(({ kind }) => kind === 'append' || kind === 'tag'))
        return;
    const remote = await ledger.readOnly();
    if (remote !== null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('ledger/offline', { remote });
}
async function applyEffect(surroundings, effect, staging) {
    const receipt = (present) => ({
        effect: effect.kind,
        outcome: present ? 'present' : 'done',
        summary: present ? `already there: ${(0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .describeEffect */ .x)(effect)}` : (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .describeEffect */ .x)(effect),
    });
    switch (effect.kind) {
        case 'store':
            return receipt(await storeArtifact(surroundings, effect, staging));
        case 'append': {
            const evidence = new Map([...effect.evidence].map(([digest, text]) => [digest, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text)]));
            const namesBytes = effect.events.some(({ type, body }) => type === 'registered' && body.store !== null);
            // Before the entry, so that no other repository takes the bytes for its own; after it where it begins the ledger.
            if (namesBytes)
                await (0,_registry_own_store_js__WEBPACK_IMPORTED_MODULE_3__/* .ownStore */ .Q)(surroundings);
            const entries = await surroundings.ledger.append(effect.events, evidence);
            if (namesBytes && entries.some(({ index }) => index === 0))
                await (0,_registry_own_store_js__WEBPACK_IMPORTED_MODULE_3__/* .ownStore */ .Q)(surroundings);
            return receipt(entries.every((entry) => entry.outcome === 'present'));
        }
        case 'tag':
            return receipt((await createTag(surroundings, effect)) === 'present');
        case 'write':
            await surroundings.workTree.write(effect.path, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(effect.text));
            return receipt(false);
    }
}
/**
 * Counters of stage tags are shared by all stages of a model: where another job took ours, the next free one serves.
 * A version tag at another commit is an error.
 */
async function createTag(surroundings, effect) {
    const parsed = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .parseTag */ .ED)(effect.name);
    if (parsed === null || !('counter' in parsed))
        return surroundings.repository.createTag(effect);
    for (let tries = 0;; tries++) {
        try {
            const name = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .formatTag */ ._3)({ ...parsed, counter: parsed.counter + tries });
            return await surroundings.repository.createTag({ ...effect, name });
        }
        catch (error) {
            const taken = error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && error.code === 'git/tag-exists';
            if (!taken || tries >= maxCounterTries)
                throw error;
        }
    }
}
/** What is archived was verified when it was stored, and cannot be read now. */
async function verifyUnlessArchived(store, digest) {
    try {
        await store.verify(digest);
    }
    catch (error) {
        if (!(error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj) || error.code !== 'store/archived')
            throw error;
    }
}
/** True when the store had it. What was staged is there but for its name, and was verified on the way. */
async function storeArtifact(surroundings, effect, staging) {
    const staged = (await staging?.commit(effect.digest)) ?? null;
    if (staged !== null)
        return staged === 'present';
    const store = surroundings.store;
    if (store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-store', { path: effect.path });
    if (await store.has(effect.digest)) {
        await verifyUnlessArchived(store, effect.digest);
        await store.keep(effect.digest);
        return true;
    }
    const source = await openEffect(surroundings, effect);
    if (source === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/artifact-missing', { path: effect.path });
    try {
        return ((await store.put((0,_progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_5__/* .watchReading */ .U)(surroundings, source, 'Storing'), { expected: effect.digest })).outcome ===
            'present');
    }
    finally {
        await source.close();
    }
}
function openEffect(surroundings, { path, address, sizeBytes, digest }) {
    const reference = address === undefined ? null : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_6__/* .readAddress */ .z)(address);
    if (reference === null)
        return surroundings.workTree.open(path);
    return (0,_referenced_measure_remote_js__WEBPACK_IMPORTED_MODULE_7__/* .openRemote */ .d3)(surroundings, { path, file: { address: reference, sizeBytes, sha256: digest } });
}
//# sourceMappingURL=apply-plan.js.map

/***/ }),

/***/ 16915:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $5: () => (/* binding */ checkRegistrable),
/* harmony export */   Oz: () => (/* binding */ checkOnBranch),
/* harmony export */   wU: () => (/* binding */ checkSigning)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70120);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78584);
/* harmony import */ var _governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);



/**
 * What must hold before anything is written: a signed ledger where the policy asks for it, and a commit that the
 * default branch or a release branch contains.
 * @throws flow/unsigned, flow/untrusted-key, flow/uncommitted, flow/not-on-branch; flow/branch-not-known in a job
 */
async function checkRegistrable(surroundings, governance, head, command) {
    checkSigning(surroundings, governance, command);
    await checkPolicyCommitted(surroundings);
    const { repository } = surroundings;
    const fallback = await repository.defaultBranch();
    const tips = fallback === null ? [] : [fallback];
    for (const name of governance.policy.release.branches) {
        const commit = (await repository.commit(`refs/remotes/origin/${name}`)) ?? (await repository.commit(`refs/heads/${name}`));
        if (commit !== null)
            tips.push({ name, commit: commit.id });
    }
    if (tips.length === 0)
        return [];
    const answers = [];
    for (const tip of tips)
        answers.push(await repository.isAncestor(head.id, tip.commit));
    if (answers.includes(true))
        return [];
    const branches = tips.map((tip) => tip.name).join(', ');
    if (!answers.includes('unknown')) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-on-branch', { commit: head.id.slice(0, 12), branches });
    }
    if (surroundings.ci)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/branch-not-known', { commit: head.id.slice(0, 12), branches });
    return [{ level: 'warning', text: `The clone is too shallow to tell whether this commit is on ${branches}.` }];
}
/**
 * The same for commands that move what is registered. The policy of HEAD must be the one of the default branch: a tag of
 * a version leads to a commit of the branch as well, and with it would come the rules of that day.
 * @param options.ofRemote asks the remote which branch that is: a clone may believe in one that is none any more
 * @throws flow/no-commit, flow/policy-outdated and as checkRegistrable; flow/default-branch-unread with `ofRemote`
 */
async function checkOnBranch(surroundings, governance, command, { ofRemote = false } = {}) {
    const head = await surroundings.repository.commit('HEAD');
    if (head === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-commit', {});
    const notices = await checkRegistrable(surroundings, governance, head, command);
    await checkPolicyCurrent(surroundings, governance, { head, command, ofRemote });
    return notices;
}
async function checkPolicyCurrent({ repository, sha256 }, { policyDigest }, { head, command, ofRemote }) {
    const branch = await repository.defaultBranch({ ofRemote });
    const tip = branch === null ? null : await repository.branchTip(branch.name);
    if (ofRemote && tip === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/default-branch-unread', { command });
    if (branch === null || tip === null || tip.id === head.id)
        return;
    const { policy } = await (0,_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readPolicy */ .T4)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .filesAtCommit */ .ao)(repository, tip.id));
    if ((0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestJson */ .tv)(sha256, policy) === policyDigest)
        return;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/policy-outdated', { commit: head.id.slice(0, 12), branch: branch.name });
}
/** A policy that nobody committed governs nothing. @throws flow/uncommitted */
async function checkPolicyCommitted({ workTree }) {
    const changed = await workTree.changed([_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .policyPath */ .k1]);
    if (changed.size > 0)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/uncommitted', { paths: _governance_js__WEBPACK_IMPORTED_MODULE_1__/* .policyPath */ .k1 });
}
/**
 * A ledger that must be signed is not begun without a key, and none is written with a key that its readers do not trust.
 * @throws flow/unsigned, flow/untrusted-key
 */
function checkSigning(surroundings, governance, command) {
    const { signing, keys } = governance.policy.ledger;
    if (surroundings.signer === null) {
        if (signing === 'required')
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/unsigned', { command });
    }
    else if (keys.length > 0 && !keys.includes(surroundings.signer)) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/untrusted-key', { key: surroundings.signer });
    }
}
//# sourceMappingURL=check-writing.js.map

/***/ }),

/***/ 15206:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ findLostLedger),
/* harmony export */   e: () => (/* binding */ requireNoLostLedger)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);

/** What to say of a ledger that is not there and must have been; null when nothing speaks of one. */
async function findLostLedger({ repository, ledger, }) {
    if ((await ledger.lastSeen()) !== null)
        return 'this clone saw it';
    // Tags of other tools and of people, who ask for a registration by them, say nothing of a ledger.
    const told = (await repository.tags()).find((tag) => tag.isOurs && (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseTag */ .ED)(tag.name) !== null);
    return told === undefined ? null : `the tag ${told.name} was made after an entry of it`;
}
/** A second ledger would forget all that the first one said. @throws flow/ledger-missing */
async function requireNoLostLedger(surroundings) {
    const because = await findLostLedger(surroundings);
    if (because !== null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/ledger-missing', { because });
}
//# sourceMappingURL=lost-ledger.js.map

/***/ }),

/***/ 35914:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ readOwner),
/* harmony export */   Q: () => (/* binding */ ownStore)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70120);

/**
 * Notes in the store that this ledger names bytes of it, so that no other repository takes them for its own. Nothing
 * where there is no ledger yet.
 */
async function ownStore(surroundings) {
    const collector = surroundings.store?.collector ?? null;
    const owner = collector === null ? null : await readOwner(surroundings);
    if (owner !== null)
        await collector?.own(owner);
}
/**
 * What a store calls this ledger; null where there is none yet. A name is not enough: two repositories can have the same.
 * The first entry of a log never changes.
 */
async function readOwner({ ledger, sha256 }) {
    const { origin, size } = await ledger.head();
    const [first] = size === 0 ? [] : await ledger.entries(0, 1);
    return first === undefined ? null : `${origin}+${(0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .digestHex */ .sU)((0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .digestBytes */ .QN)(sha256, first)).slice(0, 16)}`;
}
//# sourceMappingURL=own-store.js.map

/***/ }),

/***/ 92849:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _5: () => (/* binding */ versionKey),
/* harmony export */   nr: () => (/* binding */ pointedTo),
/* harmony export */   oN: () => (/* binding */ findDue)
/* harmony export */ });
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2968);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1042);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44531);



/** One word for a version of a model. */
function versionKey(model, version) {
    return `${model}@${version}`;
}
/**
 * Versions of one model whose time is over, in the order of their registration, parted into those that nothing keeps and
 * those that a hold or their number keeps. What a stage or an alias points to is neither, nor what a stage may go back to.
 */
function findDue(catalogue, facts) {
    const retention = facts.policy.retention.versions;
    if (retention === undefined)
        return { due: [], spared: [] };
    const pointed = pointedTo(catalogue, facts.policy);
    const stored = catalogue.versions
        .filter(({ store, released }) => store !== null && released === undefined)
        .sort((left, right) => left.entry - right.entry);
    const newest = new Set(stored.slice(-retention.keepVersions));
    const over = stored.flatMap((version) => {
        const found = pointed.has(version.version) ? null : timeOf(catalogue, version, { ...facts, retention });
        return found === null || found.dueAt > (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTime */ .fU)(facts.now) ? [] : [found];
    });
    const judged = over.map((each) => ({
        ...each,
        because: whyKept(each.version, { newest, retention, now: facts.now }),
    }));
    return {
        due: judged.flatMap(({ because, ...each }) => (because === null ? [each] : [])),
        spared: judged.flatMap(({ because, ...each }) => (because === null ? [] : [{ ...each, because }])),
    };
}
function whyKept(version, { newest, retention, now }) {
    const holds = (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_1__/* .holdsAt */ .wD)(version, (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTime */ .fU)(now));
    if (holds.length > 0)
        return `on hold for ${holds.map(({ matter }) => matter).join(', ')}`;
    return newest.has(version) ? `of the newest ${retention.keepVersions} (retention.keep_versions)` : null;
}
/** What stages and aliases point to, and what each stage behind the first ran before, as many as stay ready for a rollback. */
function pointedTo(catalogue, { rollback, stages }) {
    // Whatever is registered enters the first stage, so that what it ran before is ready for nothing, unless it is all there is.
    const first = stages.length > 2 ? stages[0] : null;
    const pointed = new Set(Object.values(catalogue.aliases));
    const archived = new Set(catalogue.versions.filter((each) => each.archived).map(({ version }) => version));
    for (const [stage, current] of Object.entries(catalogue.stages)) {
        if (current !== null)
            pointed.add(current);
        if (stage === first)
            continue;
        const held = catalogue.history.filter((move) => move.stage === stage).map(({ version }) => version);
        const ready = [...new Set(held.reverse())].filter((each) => each !== null && each !== current);
        for (const each of ready.filter((version) => version !== null && !archived.has(version)).slice(0, rollback.keep))
            if (each !== null)
                pointed.add(each);
    }
    return pointed;
}
function timeOf(catalogue, version, { policy, retention, archivedAt }) {
    const moves = catalogue.history.filter((move) => [move.version, move.previous].includes(version.version));
    const held = new Set(moves.filter((move) => move.version === version.version).map(({ stage }) => stage));
    const furthest = policy.stages.filter((stage) => held.has(stage)).at(-1) ?? 'none';
    const counted = (setting, since, keptMs) => {
        if (since === undefined || keptMs === null || keptMs === undefined)
            return null;
        const dueAt = (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTime */ .fU)(new Date(Date.parse(since) + keptMs));
        const rule = `retention.${setting}: ${(0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a)(keptMs)}`;
        return { model: catalogue.model, version, rule, since, dueAt, entries: catalogue.entries };
    };
    // For what was in a stage that the policy does not know any more, it has no line.
    if ([...held].some((stage) => !policy.stages.includes(stage)))
        return null;
    if (version.archived) {
        const keptMs = Object.hasOwn(retention.archivedMs, furthest) ? retention.archivedMs[furthest] : null;
        return counted(`archived.${furthest}`, archivedAt.get(versionKey(catalogue.model, version.version)), keptMs);
    }
    if ([...held].some((stage) => stage !== policy.stages[0]))
        return null;
    const last = [version.registeredAt, ...moves.map(({ time }) => time)].sort().at(-1);
    return counted('unpromoted', last, retention.unpromotedMs);
}
//# sourceMappingURL=due-versions.js.map

/***/ }),

/***/ 5949:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ describeStored)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/**
 * How a store holds a file of the ledger. One that is a single compressed object tells its size itself, which cannot be
 * read while it is in an archive or when it is damaged: it is that object, with the size that the ledger has.
 * @throws store/recipe-malformed, store/recipe-newer
 */
async function describeStored(store, { digest, sizeBytes }) {
    try {
        return { layout: await store.describe(digest), fault: null };
    }
    catch (cause) {
        const isOfObject = cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && ['store/archived', 'store/corrupt'].includes(cause.code);
        if (!isOfObject)
            throw cause;
        const segments = [{ offset: 0, lengthBytes: sizeBytes, object: digest, objectOffset: 0 }];
        return { layout: { sizeBytes, segments }, fault: cause };
    }
}
//# sourceMappingURL=describe-stored.js.map

/***/ }),

/***/ 94288:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U4: () => (/* binding */ historyRows),
/* harmony export */   bu: () => (/* binding */ catalogueAt),
/* harmony export */   wj: () => (/* binding */ readEvents)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _entry_entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83435);
/* harmony import */ var _log_replay_state_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92431);



/** The events of entries, in order. Says nothing of signatures: an audit does. @throws ledger/malformed */
function readEvents(entries, start = 0) {
    return entries.map((bytes, place) => {
        const parsed = (0,_entry_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .peekEntry */ .wI)(bytes);
        if ('fault' in parsed)
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('ledger/malformed', { what: `Entry ${start + place}`, reason: parsed.fault });
        return parsed.value.event;
    });
}
/** Rows for `audit log`; `start` is the index of the first entry. @throws ledger/malformed */
function historyRows(entries, start = 0) {
    return readEvents(entries, start).map((event, place) => ({
        index: start + place,
        time: event.context.time,
        type: event.type,
        model: event.model,
        version: event.version,
        what: describeBody(event),
        actor: event.context.actor.login,
        justification: event.context.justification,
        commit: event.context.commit,
        run: event.context.run?.url ?? null,
        id: event.id,
    }));
}
function describeBody(event) {
    switch (event.type) {
        case 'registered':
            return `${event.body.bump}, tag ${event.body.tag}`;
        case 'transitioned':
            return `${event.body.from ?? 'none'} -> ${event.body.to}, replaces ${event.body.replaces ?? 'nothing'}, ${event.body.verdict}${describeApprovals(event.body)}${describePull(event.body)}`;
        case 'rolled-back':
            return `${event.body.stage}, leaves ${event.body.replaces}, which is archived and frozen${describePull(event.body)}`;
        case 'aliased':
            return event.body.removed
                ? `${event.body.alias} removed`
                : `${event.body.alias}, replaces ${event.body.replaces ?? 'nothing'}`;
        case 'archived':
            return event.body.from === null ? 'archived' : `leaves ${event.body.from}`;
        case 'deprecated':
            return `the ${event.body.scope}`;
        case 'approved':
            return `${event.body.transition}, by ${event.body.review.author.login} for ${event.body.review.roster}${describePull(event.body)}`;
        case 'waived':
            return `${event.body.gate}, until ${event.body.expires ?? 'revoked'}${describeReason(event.body)}`;
        case 'waiver-revoked':
            return `${event.body.gate}, which would have held until ${event.body.expires ?? 'revoked'}`;
        case 'gate-decided':
            return `${event.body.transition}: ${event.body.verdict}, ${event.body.outcome}${describePull(event.body)}`;
        case 'evidence-added':
            return `${event.body.id} (${event.body.level})`;
        case 'signed':
            return event.body.kind === 'key' ? `by the key ${event.body.signer.slice(0, 12)}` : `by ${event.body.signer}`;
        case 'deployed':
            return event.body.environment;
        case 'synced':
            return event.body.registry;
        case 'tiered':
            return event.body.tier;
        case 'bytes-released':
            return `bytes given up by ${event.body.rule}, since ${event.body.since}`;
        case 'held':
            return `${event.body.matter}, until ${event.body.until ?? 'released'}`;
        case 'hold-released':
            return event.body.matter;
        case 'policy-changed':
            return `stages ${event.body.stages.join(', ')}`;
        case 'applied':
            return `${describePointers({ ...event.body.stages, ...event.body.aliases })}${describePull(event.body)}`;
        case 'bypassed':
            return `${describePointers(event.body.requested)}: ${event.body.because}${describePull(event.body)}`;
        case 'observed':
        case 'annotated':
            return '';
    }
}
function describeApprovals({ approvals = [] }) {
    const logins = [...new Set(approvals.map(({ login }) => login))];
    return logins.length === 0 ? '' : `, approved by ${logins.join(' and ')}`;
}
function describePull({ pull = null }) {
    return pull === null ? '' : `, #${pull}`;
}
function describeReason({ rule, reason }) {
    return `${rule === undefined ? '' : `, by ${rule}`}${reason === undefined ? '' : `: ${reason}`}`;
}
function describePointers(pointers) {
    const named = Object.entries(pointers).sort(([left], [right]) => (left < right ? -1 : 1));
    return named.map(([name, version]) => `${name} ${version ?? 'empty'}`).join(', ') || 'nothing';
}
/**
 * The log as of a time (RFC 3339, UTC): everything up to the last entry that is not later. An entry with a later time
 * that stands before such an entry was there by then, whatever the clock of its writer said.
 * @throws ledger/malformed, also for an entry that the rules refuse.
 */
function catalogueAt(entries, time) {
    const events = readEvents(entries);
    const size = 1 + events.findLastIndex((event) => event.context.time <= time);
    const catalogues = new Map();
    let policy = null;
    for (const [index, event] of events.slice(0, size).entries()) {
        const step = (0,_log_replay_state_js__WEBPACK_IMPORTED_MODULE_2__/* .foldNext */ .R)({ size: index, policy, catalogues }, event);
        if (step.outcome !== 'folded')
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('ledger/malformed', { what: `Entry ${index}`, reason: step.because });
        policy = step.policy;
        if (step.changed !== null)
            catalogues.set(step.changed.model, step.changed);
    }
    const sorted = [...catalogues].sort(([left], [right]) => (left < right ? -1 : 1));
    return { size, policy, catalogues: new Map(sorted) };
}
//# sourceMappingURL=history.js.map

/***/ })

};
