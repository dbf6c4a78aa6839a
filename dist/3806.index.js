export const id = 3806;
export const ids = [3806];
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

/***/ 62191:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ beforePull),
/* harmony export */   P: () => (/* binding */ mergedInto)
/* harmony export */ });
/** The merged pull request that brought a commit into a branch, of several the newest. */
function mergedInto(pulls, branch) {
    const merged = pulls.filter(({ state, base }) => state === 'merged' && base.ref === branch);
    return merged.sort((left, right) => left.number - right.number).at(-1) ?? null;
}
/**
 * Where the branch was before a pull request came into it: by its policy the change is judged. One that was rebased
 * brought several commits, whose parents are the change itself. Null where the history does not tell.
 */
async function beforePull({ repository }, forge, { pull, commit }) {
    const [parent = null, ...others] = (await repository.commit(commit))?.parents ?? [];
    let before = parent;
    for (let left = others.length > 0 ? 0 : pull.commits.length - 1; before !== null && left > 0; left--) {
        const own = (await forge.pullsOfCommit(before)).some(({ number }) => number === pull.number);
        if (!own)
            break;
        if (!(await repository.fetchCommit(before)))
            return null;
        before = (await repository.commit(before))?.parents[0] ?? null;
    }
    return before;
}
//# sourceMappingURL=merged-into.js.map

/***/ }),

/***/ 98828:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ approvalsOf)
/* harmony export */ });
/** The approvals that fill the seats of a decision, with the accounts that the forge told, for the record. */
function approvalsOf(decision, pull) {
    if (pull === null)
        return [];
    const accounts = new Map([...pull.reviews, ...pull.comments].flatMap(({ author }) => author === null ? [] : [[author.login.toLowerCase(), author.id]]));
    return decision.requirements.flatMap((node) => seatedPeople(node).map(({ person, roster }) => ({
        id: accounts.get(person.login.toLowerCase()) ?? person.login,
        login: person.login,
        review: person.id,
        commit: person.commit ?? pull.head.commit,
        submittedAt: wholeSeconds(person.at ?? decision.time),
        roster,
    })));
}
function seatedPeople(node) {
    if (node.kind !== 'reviewers' && node.kind !== 'amendment')
        return [];
    const facts = node.facts;
    const approved = new Set(facts?.approved ?? []);
    const people = (facts?.people ?? []).filter(({ login }) => approved.has(login));
    return people.map((person) => ({ person, roster: facts?.from ?? node.id }));
}
function wholeSeconds(time) {
    return new Date(Date.parse(time)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=approvals.js.map

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

/***/ 7761:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ planMove)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24755);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44531);


/** The move itself, after the waivers that it used. Names the version that it replaces, so that only one move wins. */
async function planMove(surroundings, move) {
    const { catalogue, version, from, to, decision } = move;
    const time = surroundings.clock.now();
    const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
    const context = (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .eventContext */ .Wl)(surroundings, { commit, justification: move.reason, time });
    const about = { model: catalogue.model, version: version.version, context, occasion: catalogue.entries };
    const waived = usedWaivers(move, time).map(({ gate, expires, rule, reason }) => (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .makeEvent */ .Ld)(surroundings.sha256, {
        type: 'waived',
        ...about,
        body: { gate, identity: version.identity, expires, rule, reason, approvedBy: [] },
    }));
    if (to === move.policy.stages.at(-1)) {
        // What another version has taken the place of leaves no stage any more.
        const left = from !== null && catalogue.stages[from] === version.version ? from : null;
        const archived = (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .makeEvent */ .Ld)(surroundings.sha256, { type: 'archived', ...about, body: { from: left } });
        return { events: [...waived, archived], evidence: new Map(), after: leaveAll(catalogue.stages, version.version) };
    }
    const text = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .d)(decision);
    const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .digestBytes */ .QN)(surroundings.sha256, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text));
    const transitioned = (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .makeEvent */ .Ld)(surroundings.sha256, {
        type: 'transitioned',
        ...about,
        body: {
            from,
            to,
            replaces: catalogue.stages[to] ?? null,
            identity: version.identity,
            decision: digest,
            verdict: decision.verdict,
            approvals: move.approvals,
            pull: move.pull,
        },
    });
    const after = { ...catalogue.stages, [to]: version.version };
    return { events: [...waived, transitioned], evidence: new Map([[digest, text]]), after };
}
/**
 * Waivers of the policy that carried a requirement, or lift a freeze, and that the ledger does not know yet. One that it
 * knows lifts what came before it; a later freeze asks for another line.
 */
function usedWaivers({ policy, catalogue, version, decision }, time) {
    const today = time.toISOString().slice(0, 10);
    const carried = new Set(waivedIds(decision.requirements));
    if (catalogue.frozen.some((frozen) => frozen.identity === version.identity))
        carried.add('freeze');
    return policy.waivers
        .filter(({ model, digest, expires }) => model === catalogue.model && digest === version.identity && expires >= today)
        .filter(({ gate }) => carried.has(gate))
        .filter((waiver) => !isRecorded(catalogue, version, waiver));
}
function waivedIds(nodes) {
    return nodes.flatMap(({ id, verdict, children = [] }) => [
        ...(verdict === 'waived' ? [id] : []),
        ...waivedIds(children),
    ]);
}
function isRecorded(catalogue, { identity }, { gate, expires }) {
    return catalogue.waivers.some((known) => known.gate === gate && known.identity === identity && known.expires === expires);
}
/** An archived version leaves every stage that it holds. */
function leaveAll(stages, version) {
    return Object.fromEntries(Object.entries(stages).map(([stage, held]) => [stage, held === version ? null : held]));
}
//# sourceMappingURL=plan-move.js.map

/***/ }),

/***/ 10128:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ planStageTags),
/* harmony export */   q: () => (/* binding */ planVersionTag)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49302);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44531);
/* harmony import */ var _registry_history_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63518);
/* harmony import */ var _registry_model_tags_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(33173);




/**
 * The stage tags that bring GTO's view of a model in line with the pointers given: an assignment for each stage whose
 * newest tag names another commit, unassignments for each stage that became empty. Nothing when they agree, so that
 * a run that was ended between ledger and tag is finished by the next one.
 */
function planStageTags(model, history, pointers, now) {
    const first = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_0__/* .nextTagCounter */ .qM)(history);
    const start = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_0__/* .nextTagTime */ .Bu)(history, now).getTime();
    const wanted = Object.entries(pointers).flatMap(([stage, version]) => wantedTags(model, history, stage, version));
    return wanted.map(({ event, stage, commit, message }, place) => {
        const name = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .formatTag */ ._3)({ event, model, stage, counter: first + place });
        return { kind: 'tag', name, commit, message, time: (0,_events_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTime */ .fU)(new Date(start + 1000 * place)) };
    });
}
function wantedTags(model, history, stage, version) {
    if (version === null || version.commit === null) {
        // GTO falls back to the assignment before the one that is taken back, so that each commit that has one needs its tag.
        const message = `Unassigning stage ${stage} from artifact ${model}`;
        return assignedCommits(history, stage).map((commit) => ({ event: 'unassigned', stage, commit, message }));
    }
    const newest = (0,_registry_model_tags_js__WEBPACK_IMPORTED_MODULE_3__/* .newestStageTag */ .F)(history.tags, stage);
    if (newest !== null && newest.parsed.event === 'assigned' && newest.commit === version.commit)
        return [];
    const message = `Assigning stage ${stage} to artifact ${model} version v${version.version}`;
    return [{ event: 'assigned', stage, commit: version.commit, message }];
}
/** Commits whose newest tag of the stage assigns it. */
function assignedCommits(history, stage) {
    const counted = history.tags.flatMap(({ parsed, commit }) => 'stage' in parsed && parsed.stage === stage ? [{ commit, event: parsed.event, counter: parsed.counter }] : []);
    const newest = new Map();
    for (const { commit, event } of counted.sort((left, right) => left.counter - right.counter))
        newest.set(commit, event);
    return [...newest].filter(([, event]) => event === 'assigned').map(([commit]) => commit);
}
/** The annotated tag of a version, in GTO's words; nothing when it is there. @throws flow/tag-elsewhere */
function planVersionTag(model, history, version, now) {
    const name = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .formatTag */ ._3)({ event: 'registered', model, version: version.version });
    const existing = history.tags.find((tag) => tag.name === name);
    if (existing !== undefined && existing.commit !== version.commit) {
        const [at, commit] = [existing.commit.slice(0, 12), version.commit.slice(0, 12)];
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('flow/tag-elsewhere', { tag: name, at, commit });
    }
    if (existing !== undefined)
        return [];
    const message = `Registering artifact ${model} version v${version.version}`;
    return [{ kind: 'tag', name, commit: version.commit, message, time: (0,_events_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTime */ .fU)((0,_registry_history_js__WEBPACK_IMPORTED_MODULE_0__/* .nextTagTime */ .Bu)(history, now)) }];
}
//# sourceMappingURL=stage-tags.js.map

/***/ }),

/***/ 63806:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  applyCommand: () => (/* binding */ applyCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var build_events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/registry/policy-entry.js
var policy_entry = __webpack_require__(68203);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-lines.js
var stage_lines = __webpack_require__(87522);
// EXTERNAL MODULE: ./packages/flows/build/transition/revoked-waivers.js
var revoked_waivers = __webpack_require__(52300);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-tags.js
var stage_tags = __webpack_require__(10128);
;// CONCATENATED MODULE: ./packages/flows/build/apply/aliases.js

/**
 * The entries that bring aliases to where stages.yaml asks for them; an alias that goes from the file goes from the
 * ledger. No gate judges an alias; one that is held, or names a version which is not registered, is left alone.
 * `settled` is what counts as applied from now on; null where nothing changed.
 */
function planAliases({ surroundings, catalogue, model, tip }, desired, held) {
    const last = catalogue.applied?.aliases ?? {};
    const settled = { ...last };
    const events = [];
    const context = (0,build_events/* eventContext */.Wl)(surroundings, { commit: tip, justification: null, time: surroundings.clock.now() });
    for (const alias of [...new Set([...Object.keys(last), ...Object.keys(desired.aliases)])].sort()) {
        const wanted = desired.aliases[alias] ?? null;
        if (wanted === (last[alias] ?? null) || held.has(alias))
            continue;
        const version = wanted === null ? null : (catalogue.versions.find((known) => known.version === wanted)?.version ?? null);
        if (wanted !== null && version === null)
            continue;
        const current = catalogue.aliases[alias] ?? null;
        if (version === null)
            delete settled[alias];
        else
            settled[alias] = version;
        if (version === current)
            continue;
        const named = version ?? current;
        if (named === null)
            continue;
        events.push((0,build_events/* makeEvent */.Ld)(surroundings.sha256, {
            type: 'aliased',
            model: model.manifest.name,
            version: named,
            context,
            body: { alias, replaces: current, removed: version === null },
            occasion: catalogue.entries,
        }));
    }
    const changed = Object.keys({ ...last, ...settled }).some((alias) => (last[alias] ?? null) !== (settled[alias] ?? null));
    return { events, settled: changed ? settled : null };
}
//# sourceMappingURL=aliases.js.map
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var build_verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/gates/build/find-amendments.js
var find_amendments = __webpack_require__(57083);
// EXTERNAL MODULE: ./packages/gates/build/teams-to-read.js
var teams_to_read = __webpack_require__(62186);
// EXTERNAL MODULE: ./packages/gates/build/decide-amendments.js
var decide_amendments = __webpack_require__(59726);
// EXTERNAL MODULE: ./packages/flows/build/pull/amendments.js
var pull_amendments = __webpack_require__(20964);
// EXTERNAL MODULE: ./packages/flows/build/pull/merged-into.js
var merged_into = __webpack_require__(62191);
// EXTERNAL MODULE: ./packages/flows/build/pull/review-desk.js + 1 modules
var review_desk = __webpack_require__(61879);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/pull/decide.js + 1 modules
var decide = __webpack_require__(49159);
// EXTERNAL MODULE: ./packages/flows/build/pull/judgement.js
var judgement = __webpack_require__(32481);
// EXTERNAL MODULE: ./packages/flows/build/reading/remembered.js
var remembered = __webpack_require__(58989);
// EXTERNAL MODULE: ./packages/flows/build/governing/stage-origin.js
var stage_origin = __webpack_require__(86771);
;// CONCATENATED MODULE: ./packages/flows/build/apply/line-origin.js

/** Edits of one stages.yaml that are walked back to find the one that brought a line. */
const maxEdits = 50;
/**
 * Finds the commit, along first parents from the branch's tip, that changed what stages.yaml asks of a line; null where
 * the history does not tell (too shallow and not to be fetched, or too many edits since).
 */
async function findLineOrigin(surroundings, where) {
    const { repository } = surroundings;
    const { path, read, version } = where;
    let from = where.tip;
    for (let edits = 0; edits < maxEdits; edits++) {
        const commit = await repository.lastChange(from, path);
        if (commit === null || commit === undefined)
            return null;
        const parent = (await repository.commit(commit))?.parents[0] ?? null;
        if (parent !== null && !(await repository.fetchCommit(parent)))
            return null;
        const before = parent === null ? null : read(await (0,stage_lines/* readStagesAt */.B7)(surroundings, parent, path));
        if (parent === null || before !== version)
            return { commit, parent, before };
        from = parent;
    }
    return null;
}
//# sourceMappingURL=line-origin.js.map
;// CONCATENATED MODULE: ./packages/flows/build/apply/judge-merged-line.js














/**
 * Judges a line that was merged, again and on what is so now: by the policy that stood before the merge, with the
 * reviews of the pull request that brought it. Where no forge is known the gate judges without reviews.
 */
async function judgeMergedLine(applying, { stage, version }) {
    const { surroundings, catalogue, model, tip, branch } = applying;
    const answer = (judged) => ({ stage, version, judged });
    if (catalogue.stages[stage] === version)
        return answer({ outcome: 'already-there' });
    const path = (0,stage_lines/* stagesPathOf */.aw)(model);
    const read = (stages) => stages?.stages[stage] ?? null;
    const origin = await findLineOrigin(surroundings, { tip: tip.id, path, read, version });
    const { forge } = surroundings;
    const judged = await (0,judgement/* catchFault */.g)(async () => {
        if (forge === null) {
            const governance = await governanceBefore(applying, origin?.parent ?? null);
            return judgeAlone(applying, governance, { stage, version, origin });
        }
        const summary = origin === null ? null : (0,merged_into/* mergedInto */.P)(await forge.pullsOfCommit(origin.commit), branch);
        const pull = summary === null ? null : await forge.pull(summary.number, { comments: true, files: false });
        if (origin === null || pull === null)
            return withoutPull(applying, { stage, version, origin });
        const base = await (0,merged_into/* beforePull */.N)(surroundings, forge, { pull, commit: origin.commit });
        const governance = await governanceBefore(applying, base);
        return judgeOnPull({ ...applying, forge, governance }, { stage, version, origin, pull, path, base });
    });
    return answer('value' in judged ? judged.value : { outcome: 'unknown', because: judged.fault.message });
}
/**
 * The policy of the commit before the change: a change never judges itself. Waivers that were taken back since are none
 * any more.
 */
async function governanceBefore({ surroundings, governance }, commit) {
    if (commit === null)
        return governance;
    const before = await (0,judgement/* catchFault */.g)(async () => (0,governing_governance/* readGovernance */.r3)(await (0,files/* openCommitFiles */.th)(surroundings.repository, commit), surroundings.sha256));
    // A policy that could not be read before the merge cannot have judged it: the one that stands now does.
    return 'value' in before && before.value.governed
        ? { ...governance, policy: (0,revoked_waivers/* withoutRevoked */.JJ)(before.value.policy, governance.policy) }
        : governance;
}
function withoutPull({ branch }, { origin }) {
    const because = origin === null
        ? `the history of ${branch} does not tell which commit brought it`
        : `commit ${origin.commit.slice(0, 12)} reached ${branch} without a pull request`;
    return { outcome: 'bypassed', because, origin, pull: null };
}
async function judgeAlone(applying, governance, asked) {
    const { surroundings, model, catalogue } = applying;
    const known = (0,registry_history/* findVersion */.Am)(model.manifest.name, catalogue, asked.version);
    const decision = await (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        model,
        catalogue,
        candidate: await (0,decide_transition/* registeredCandidate */.Ms)(surroundings, known),
        from: (0,stage_origin/* originOf */.yv)(governance, catalogue, { version: known, to: asked.stage }),
        to: asked.stage,
    });
    return { outcome: 'judged', decision, origin: asked.origin, pull: null };
}
async function judgeOnPull({ surroundings, forge, governance, model, catalogue, }, asked) {
    const { stage, version, origin, pull, path } = asked;
    const base = asked.base ?? origin.commit;
    const judging = {
        surroundings,
        forge,
        base,
        governance,
        basePolicy: governance.policy,
        assumptions: [],
        amendments: await (0,pull_amendments/* readMergedAmendments */.J8)(surroundings, governance.policy, { from: base, at: origin.commit }),
        desk: (0,review_desk/* openReviewDesk */.w)(surroundings, forge, pull, { at: origin.commit }),
        checks: (0,remembered/* remembered */.H)((commit) => forge.checks(commit)),
    };
    const line = { stage, version, before: origin.before, tip: origin.before, path };
    const decision = await (0,decide/* judgeLine */.sW)(judging, { model, catalogue }, line);
    if (decision === null)
        return { outcome: 'already-there' };
    return { outcome: 'judged', decision, origin, pull };
}
//# sourceMappingURL=judge-merged-line.js.map
;// CONCATENATED MODULE: ./packages/flows/build/apply/held-aliases.js









/**
 * Aliases that gates compare with and that stay where they are, each with the reason in one clause: nobody who answers
 * for the rules approved the move. Where no forge is known nobody can be asked, and none is held.
 */
async function findHeldAliases(applying, desired) {
    const held = new Map();
    const { forge } = applying.surroundings;
    if (forge === null)
        return held;
    const last = applying.catalogue.applied?.aliases ?? {};
    for (const alias of (0,find_amendments/* baselineAliases */.G)(applying.governance.policy)) {
        const wanted = desired.aliases[alias] ?? null;
        if (wanted === (last[alias] ?? null))
            continue;
        const because = await whyHeld({ ...applying, forge }, alias, wanted);
        if (because !== null)
            held.set(alias, because);
    }
    return held;
}
async function whyHeld(applying, alias, version) {
    const { surroundings, forge, model, tip, branch } = applying;
    const path = (0,stage_lines/* stagesPathOf */.aw)(model);
    const read = (stages) => stages?.aliases[alias] ?? null;
    const origin = await findLineOrigin(surroundings, { tip: tip.id, path, read, version });
    if (origin === null)
        return `the history of ${branch} does not tell which commit changed it`;
    const summary = (0,merged_into/* mergedInto */.P)(await forge.pullsOfCommit(origin.commit), branch);
    const pull = summary === null ? null : await forge.pull(summary.number, { comments: true, files: false });
    if (pull === null)
        return `commit ${origin.commit.slice(0, 12)} changed it without a pull request`;
    const base = (await (0,merged_into/* beforePull */.N)(surroundings, forge, { pull, commit: origin.commit })) ?? origin.commit;
    const { policy } = await governanceBefore(applying, base);
    const amended = await (0,pull_amendments/* readMergedAmendments */.J8)(surroundings, policy, { from: base, at: origin.commit });
    const amendments = amended.filter((one) => one.what === 'alias' && one.path === path);
    if (amendments.length === 0)
        return null;
    const teams = (0,teams_to_read/* teamsToRead */.S)({ rosters: policy.reviewers, owners: policy.owners }, { amendments });
    const review = await (0,review_desk/* openReviewDesk */.w)(surroundings, forge, pull, { at: origin.commit }).amendmentFacts(teams, [path]);
    const facts = { now: (0,build_events/* formatTime */.fU)(surroundings.clock.now()), review, amendments };
    const { verdict, because } = (0,decide_amendments/* decideAmendments */.x)(policy, facts, surroundings.sha256);
    return (0,build_verdict/* permits */.V)(verdict) ? null : `of pull request #${pull.number}, ${because}`;
}
//# sourceMappingURL=held-aliases.js.map
// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/core/build/version.js
var build_version = __webpack_require__(55334);
// EXTERNAL MODULE: ./packages/flows/build/registration/approvals.js
var approvals = __webpack_require__(98828);
// EXTERNAL MODULE: ./packages/flows/build/transition/plan-move.js
var plan_move = __webpack_require__(7761);
;// CONCATENATED MODULE: ./packages/flows/build/apply/plan-line.js






/** A judged line becomes a move, or a record of why there is none. */
async function planLine(applying, merged) {
    const { catalogue } = applying;
    const { judged, stage, version } = merged;
    const line = { stage, version, commit: null, pull: null, decision: null };
    const still = { events: [], evidence: new Map(), after: catalogue.stages };
    switch (judged.outcome) {
        case 'already-there':
            return {
                ...still,
                line: { ...line, outcome: 'already-there', because: `${stage} points to ${version} already` },
            };
        case 'unknown':
            return { ...still, line: { ...line, outcome: 'unknown', because: judged.because } };
        case 'bypassed': {
            const commit = judged.origin?.commit ?? null;
            const told = { ...line, outcome: 'bypassed', because: judged.because, commit, pull: judged.pull };
            return { ...still, line: told, events: [await bypassedEvent(applying, told)] };
        }
        case 'judged': {
            const { decision, pull, origin } = judged;
            const told = {
                ...line,
                because: decision.because,
                commit: origin?.commit ?? null,
                pull: pull?.number ?? null,
                decision,
            };
            return (0,build_verdict/* permits */.V)(decision.verdict)
                ? { ...(await planPermitted(applying, told, { decision, pull })), line: { ...told, outcome: 'applied' } }
                : { ...still, ...(await planHeldBack(applying, told, decision)), line: { ...told, outcome: 'held-back' } };
        }
    }
}
async function planPermitted(applying, told, { decision, pull }) {
    const { surroundings, governance, catalogue } = applying;
    const version = (0,registry_history/* findVersion */.Am)(catalogue.model, catalogue, told.version);
    return (0,plan_move/* planMove */.X)(surroundings, {
        policy: governance.policy,
        catalogue,
        version,
        from: decision.transition.from,
        to: told.stage,
        decision,
        approvals: (0,approvals/* approvalsOf */.m)(decision, pull),
        pull: told.pull,
        reason: told.pull === null ? null : `Pull request #${told.pull}`,
    });
}
async function planHeldBack(applying, told, decision) {
    const { surroundings, catalogue, request } = applying;
    const text = (0,json/* canonicalJson */.d)(decision);
    const digest = (0,build_digest/* digestBytes */.QN)(surroundings.sha256, (0,build_digest/* utf8 */.As)(text));
    const { from, to } = decision.transition;
    const event = (0,build_events/* makeEvent */.Ld)(surroundings.sha256, {
        type: 'gate-decided',
        model: catalogue.model,
        version: decision.version,
        context: await contextOf(applying, told.commit),
        body: {
            transition: `${from ?? 'none'}->${to}`,
            verdict: decision.verdict,
            decision: digest,
            pull: told.pull,
            statusContext: request.statusContext,
            outcome: 'held-back',
        },
        // Held back for the same reasons is the same event, however often somebody looks.
        occasion: `${told.commit ?? ''} ${(0,json/* canonicalJson */.d)(decision.digests)} ${decision.because}`,
    });
    return { events: [event], evidence: new Map([[digest, text]]) };
}
async function bypassedEvent(applying, told) {
    const { surroundings, catalogue, model } = applying;
    const version = (0,build_version/* isVersion */.lF)(told.version) ? told.version : null;
    return (0,build_events/* makeEvent */.Ld)(surroundings.sha256, {
        type: 'bypassed',
        model: catalogue.model,
        version: null,
        context: await contextOf(applying, told.commit),
        body: {
            pull: told.pull,
            commits: told.commit === null ? [] : [told.commit],
            paths: [(0,stage_lines/* stagesPathOf */.aw)(model)],
            because: told.because,
            requested: { [told.stage]: version },
        },
    });
}
async function contextOf({ surroundings, tip }, id) {
    const commit = id === null ? tip : ((await surroundings.repository.commit(id)) ?? tip);
    return (0,build_events/* eventContext */.Wl)(surroundings, { commit, justification: null, time: surroundings.clock.now() });
}
//# sourceMappingURL=plan-line.js.map
;// CONCATENATED MODULE: ./packages/flows/build/apply/tell-unapplied.js

/**
 * Tells what was merged and not applied: the commit that brought it turns red, so that nobody takes it for done, and what
 * came in without anybody judging it gets an issue. A token that may not open issues leaves the status and the ledger.
 */
async function tellUnapplied({ surroundings, model, request }, lines) {
    const { forge } = surroundings;
    if (forge === null || request.statusContext === null)
        return;
    const { name } = model.manifest;
    for (const line of lines) {
        const { outcome, commit, stage, version } = line;
        if (commit === null || outcome === 'applied' || outcome === 'already-there')
            continue;
        const why = outcome === 'bypassed' ? 'nobody judged the change' : 'its gate does not permit it';
        const description = `${name} ${version} did not enter ${stage}: ${why}`;
        await forge.setStatus({ commit, context: request.statusContext, state: 'failure', description, url: null });
        if (outcome === 'bypassed')
            await openIssue(forge, { name, line, commit });
    }
}
/** One issue for each bypass, however often somebody looks. */
async function openIssue(forge, { name, line, commit }) {
    const { stage, version } = line;
    const marker = `<!-- weighbridge: bypass ${name} ${stage} ${version} ${commit} -->`;
    const body = [
        marker,
        `Commit ${commit} asks for \`${name}\` ${version} in **${stage}**, and reached the branch without a pull request that was judged. Nothing moved, and the ledger has it on record.`,
        '',
        'Either ask for the move in a pull request that changes the line and back, or revert the line of `stages.yaml`. `weighbridge doctor` tells how the change could get in.',
    ].join('\n');
    try {
        await forge.openIssue({ marker, title: `${name} ${version}: ${stage} was changed past its gate`, body });
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || !['forge/forbidden', 'forge/not-found'].includes(error.code))
            throw error;
    }
}
//# sourceMappingURL=tell-unapplied.js.map
;// CONCATENATED MODULE: ./packages/flows/build/apply/apply-stages.js
















/**
 * Moves stages to where stages.yaml of the default branch's tip asks them to be. It is three-way: a line counts when it
 * asks for something else than what was applied last, so that what a rollback set stays until somebody edits the line.
 * Every move is judged again, by the policy that stood before the merge, on the reviews of the pull request that brought
 * it; a decision that does not permit moves nothing and is recorded. Repeating it changes nothing.
 * @throws flow/no-policy, flow/unsigned, flow/untrusted-key, flow/no-commit, flow/invalid-files, ledger/*, forge/*
 */
async function applyStages(surroundings, request, observe) {
    const { tip, branch } = await findTip(surroundings);
    const governance = await (0,governing_governance/* readGovernance */.r3)(await (0,files/* openCommitFiles */.th)(surroundings.repository, tip.id), surroundings.sha256);
    if (!governance.governed)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-policy', {});
    (0,check_writing/* checkSigning */.wU)(surroundings, governance, 'apply');
    const notices = [...(await (0,registry_history/* fetchTags */.un)(surroundings))];
    const models = [];
    for (const model of (0,governing_governance/* selectModels */.H8)(governance, request.models)) {
        const path = (0,stage_lines/* stagesPathOf */.aw)(model);
        const stages = await (0,stage_lines/* readStages */.ir)(model.files, path);
        const known = governance.policy.stages;
        notices.push(...(0,stage_lines/* strangeNotices */.S0)((0,stage_lines/* strangeStages */._M)(stages, known), { path, known }));
        const history = await (0,registry_history/* readHistory */.Lu)(surroundings, model.manifest.name, null);
        if (history.catalogue === null)
            continue;
        const revoked = (0,revoked_waivers/* findRevoked */.Ix)(governance.policy, history.catalogue, surroundings.clock.now());
        if (stages === null && revoked.length === 0)
            continue;
        const applying = { surroundings, governance, model, history, catalogue: history.catalogue, tip, branch, request };
        const held = stages === null ? new Map() : await findHeldAliases(applying, stages);
        notices.push(...[...held].map(([alias, because]) => heldNotice(applying, alias, because)));
        models.push(await applyModel(applying, { stages, held }, observe));
    }
    return { commit: tip.id, models, notices };
}
/** Where the default branch is now: a run of an older commit must not bring older wishes back. @throws flow/no-commit */
async function findTip({ repository }) {
    const branch = await repository.defaultBranch();
    const tip = branch === null ? null : await repository.branchTip(branch.name);
    if (branch === null || tip === null)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-commit', {});
    return { tip, branch: branch.name };
}
function heldNotice({ model, catalogue }, alias, because) {
    const stays = catalogue.aliases[alias] ?? 'nothing';
    const text = `The alias ${alias} of ${model.manifest.name}, which gates compare with, stays at ${stays}: ${because}`;
    return { level: 'warning', text, file: (0,stage_lines/* stagesPathOf */.aw)(model) };
}
async function applyModel(applying, { stages: desired, held }, observe) {
    const { surroundings, model, request } = applying;
    const lines = [];
    const events = [];
    const evidence = new Map();
    let catalogue = applying.catalogue;
    const context = (0,build_events/* eventContext */.Wl)(surroundings, {
        commit: applying.tip,
        justification: null,
        time: surroundings.clock.now(),
    });
    const revoked = (0,revoked_waivers/* planRevocations */.bs)(surroundings, { policy: applying.governance.policy, catalogue, context });
    events.push(...revoked);
    catalogue = { ...catalogue, entries: catalogue.entries + revoked.length };
    for (const { stage, version } of desired === null ? [] : changedSince(applying, desired)) {
        const merged = await judgeMergedLine({ ...applying, catalogue }, { stage, version });
        const planned = await planLine({ ...applying, catalogue }, merged);
        lines.push(planned.line);
        events.push(...planned.events);
        for (const [digest, text] of planned.evidence)
            evidence.set(digest, text);
        catalogue = { ...catalogue, stages: planned.after, entries: catalogue.entries + planned.events.length };
    }
    const aliases = desired === null ? { events: [], settled: null } : planAliases({ ...applying, catalogue }, desired, held);
    events.push(...aliases.events);
    const settled = settledPointers(applying, lines, aliases.settled);
    if (settled !== null)
        events.push(appliedEvent(applying, settled, lines, context));
    const plan = { effects: await planEffects(applying, { events, evidence, stages: catalogue.stages, context }) };
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
    if (!request.dryRun)
        await tellUnapplied(applying, lines);
    return { model: model.manifest.name, lines, plan, receipts };
}
/** Lines that ask for another version than was applied last, in the order of the stages. */
function changedSince({ governance, catalogue }, desired) {
    const last = catalogue.applied?.stages ?? {};
    const archive = governance.policy.stages.at(-1);
    return governance.policy.stages.flatMap((stage) => {
        const version = desired.stages[stage] ?? null;
        return version === null || version === last[stage] || stage === archive ? [] : [{ stage, version }];
    });
}
/** What counts as applied from now on: what was, and each line that is settled; null where nothing changed. */
function settledPointers({ catalogue }, lines, aliases) {
    const done = lines.filter(({ outcome }) => outcome === 'applied' || outcome === 'already-there');
    if (done.length === 0 && aliases === null)
        return null;
    const stages = Object.fromEntries(done.map(({ stage, version }) => [stage, version]));
    return {
        stages: { ...catalogue.applied?.stages, ...stages },
        aliases: aliases ?? catalogue.applied?.aliases ?? {},
    };
}
function appliedEvent({ surroundings, model, catalogue }, settled, lines, context) {
    const pulls = [...new Set(lines.flatMap(({ pull }) => (pull === null ? [] : [pull])))];
    return (0,build_events/* makeEvent */.Ld)(surroundings.sha256, {
        type: 'applied',
        model: model.manifest.name,
        version: null,
        context,
        body: { ...settled, pull: pulls.length === 1 ? (pulls[0] ?? null) : null },
        occasion: catalogue.entries,
    });
}
async function planEffects({ surroundings, governance, model, history, catalogue }, made) {
    const policy = made.events.length === 0 ? [] : await (0,policy_entry/* planPolicyEntry */.U)(surroundings, governance, made.context);
    const pointers = Object.fromEntries(Object.entries(made.stages).map(([stage, held]) => [
        stage,
        catalogue.versions.find((known) => known.version === held) ?? null,
    ]));
    const tags = (0,stage_tags/* planStageTags */.b)(model.manifest.name, history, pointers, surroundings.clock.now());
    if (made.events.length === 0)
        return tags;
    return [{ kind: 'append', events: [...policy, ...made.events], evidence: made.evidence }, ...tags];
}
//# sourceMappingURL=apply-stages.js.map
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var build_plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/report/build/render-verdict.js
var render_verdict = __webpack_require__(4971);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/commands/gate-pull.js + 17 modules
var gate_pull = __webpack_require__(43139);
;// CONCATENATED MODULE: ./packages/host/build/commands/apply.js



const applyCommand = {
    spec: {
        name: 'apply',
        summary: 'Move stages to where stages.yaml of the default branch asks them to be',
        description: 'Looks at every line of stages.yaml that asks for something else than what was applied last, judges the move again by the policy that stood before the merge and on the reviews of its pull request, and moves the pointer where the gate permits. What it does not permit, and what came in without a pull request, moves nothing and is recorded. What a rollback set stays until somebody edits the line. Repeating it changes nothing.',
        arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
        inputs: [],
        outputs: [
            { name: 'applied', description: 'JSON: [{"model","stage","version"}] of the stages that moved.' },
            { name: 'outcome', description: 'applied, nothing-to-do or held-back.' },
        ],
        examples: ['weighbridge apply', 'weighbridge apply fraud --dry-run'],
    },
    run: runApply,
};
async function runApply(inputs, host) {
    const dryRun = inputs.boolean('dry-run');
    const applied = await applyStages(host.surroundings, {
        models: inputs.list('models'),
        dryRun,
        statusContext: dryRun ? null : gate_pull/* statusContext */.s,
    });
    return renderApplied(applied, dryRun);
}
function renderApplied({ commit, models, notices }, dryRun) {
    const lines = models.flatMap(({ model, lines: own }) => own.map((line) => ({ model, ...line })));
    const moved = lines.filter(({ outcome }) => outcome === 'applied');
    const open = lines.filter(({ outcome }) => !['applied', 'already-there'].includes(outcome));
    const effects = models.flatMap(({ plan, receipts }) => dryRun ? plan.effects.map(build_plan/* describeEffect */.x) : receipts.map(({ summary }) => summary));
    const told = lines.map((line) => tellLine(line, dryRun));
    const nothing = `stages.yaml of ${commit.slice(0, 12)} asks for nothing that was not applied.`;
    return {
        exitCode: open.length > 0 ? 1 : 0,
        json: { dry_run: dryRun, commit, lines, effects },
        text: lines.length === 0
            ? nothing
            : [...told.map(({ text }) => text), ...effects.map((effect) => `  ${effect}`)].join('\n'),
        markdown: lines.length === 0 ? nothing : told.map(({ markdown }) => markdown).join('\n\n'),
        notices,
        outputs: {
            applied: JSON.stringify(moved.map(({ model, stage, version }) => ({ model, stage, version }))),
            outcome: open.length > 0 ? 'held-back' : moved.length > 0 ? 'applied' : 'nothing-to-do',
        },
    };
}
function tellLine(line, dryRun) {
    const { model, stage, version, outcome, because, pull, decision } = line;
    const name = `${model} ${version}`;
    const from = pull === null ? '' : ` (#${pull})`;
    const headline = {
        applied: `${dryRun ? 'Would move' : 'Moved'} ${name} to ${stage}${from}`,
        'already-there': `${name} is in ${stage} already${from}`,
        'held-back': `${name} may not enter ${stage}${from}: nothing moved, and that is on record`,
        bypassed: `${name} was to enter ${stage}, but ${because}: nothing moved, and that is on record. Ask for it in a pull request, or run "weighbridge promote ${model}@${version} --to ${stage}"`,
        unknown: `${name} cannot enter ${stage}: ${because}`,
    }[outcome];
    const open = decision !== null && outcome === 'held-back' ? decision : null;
    return {
        text: open === null ? headline : `${headline}\n${(0,render_verdict/* renderDecisionText */.CS)(open)}`,
        markdown: `- ${(0,escape_markdown/* escapeMarkdown */.FV)(headline)}${open === null ? '' : `\n\n${(0,render_verdict/* renderDecisionMarkdown */.Oh)(open)}`}`,
    };
}
//# sourceMappingURL=apply.js.map

/***/ })

};
