export const id = 5563;
export const ids = [5563];
export const modules = {

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

/***/ 27332:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ notRegistered),
/* harmony export */   t: () => (/* binding */ unknownOrNotRegistered)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82275);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);
/* harmony import */ var _governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1416);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78584);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(15206);






/**
 * Why the ledger knows nothing of a model that has a manifest: the ledger itself is gone, or no version of it was
 * registered yet.
 */
async function notRegistered(surroundings, model) {
    return (await ledgerMissing(surroundings)) ?? (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-registered', { model });
}
/** The same of a name that somebody typed: it may be that of another model, registered or with a manifest. */
async function unknownOrNotRegistered(surroundings, typed) {
    const missing = await ledgerMissing(surroundings);
    if (missing !== null)
        return missing;
    const { models } = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readGovernedFiles */ .sC)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .filesOfWorkTree */ .UH)(surroundings.workTree));
    const known = new Set([
        ...(await surroundings.ledger.models()),
        ...models.map(({ manifest }) => manifest.name),
    ]);
    const isTypo = !known.has(typed) && (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .closestWord */ .En)(typed, [...known]) !== null;
    return isTypo ? (0,_governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_4__/* .unknownModel */ .w)(typed, [...known]) : (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-registered', { model: typed });
}
async function ledgerMissing(surroundings) {
    if ((await surroundings.ledger.models()).length > 0)
        return null;
    const because = await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__/* .findLostLedger */ .R)(surroundings);
    return because === null ? null : (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/ledger-missing', { because });
}
//# sourceMappingURL=not-registered.js.map

/***/ }),

/***/ 55563:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollbackCommand: () => (/* binding */ rollbackCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/registry/not-registered.js
var not_registered = __webpack_require__(27332);
// EXTERNAL MODULE: ./packages/flows/build/retention/require-bytes.js
var require_bytes = __webpack_require__(66240);
// EXTERNAL MODULE: ./packages/flows/build/governing/rollback-allowed.js
var rollback_allowed = __webpack_require__(74457);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var build_verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/gates/build/request.js
var request = __webpack_require__(93944);
// EXTERNAL MODULE: ./packages/gates/build/rules/signature.js
var signature = __webpack_require__(86199);
// EXTERNAL MODULE: ./packages/gates/build/waivers.js
var waivers = __webpack_require__(29168);
;// CONCATENATED MODULE: ./packages/gates/build/judge-signature.js


/**
 * The requirement of a signature alone, waivers applied and the policy's mode not; null where the stage asks for none.
 * It is the same rule that the whole gate has, for moves that are not held up by the rest of it.
 */
function judgeSignature(request, facts) {
    const [node] = signature/* signatureRule */.B.judge(request, facts, { waiverUsed: false, requirements: [] });
    return node === undefined ? null : (0,waivers/* applyWaivers */.Kw)(node, request, facts);
}
//# sourceMappingURL=judge-signature.js.map
// EXTERNAL MODULE: ./packages/gates/build/decide.js + 23 modules
var decide = __webpack_require__(34538);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/signing/signature-facts.js
var signature_facts = __webpack_require__(80400);
;// CONCATENATED MODULE: ./packages/flows/build/transition/require-signature.js





/**
 * What the gate of a stage says of the signatures of a version, waivers applied; null when it asks for none. For what
 * moves or fetches versions without going through a whole gate: rollback, pull.
 */
async function judgeStageSignature(surroundings, governance, { model, catalogue, version, stage }) {
    const transition = { from: null, to: stage };
    const policy = (0,request/* policySlice */.dN)(governance.policy, { model: model.manifest.name, transition });
    // Where nothing is asked, nothing may stand in the way of a rollback, a snapshot that cannot be read least of all.
    if (policy.signing === undefined)
        return null;
    const { snapshot, identity } = await (0,decide_transition/* registeredCandidate */.Ms)(surroundings, version);
    const signature = await (0,signature_facts/* signatureFacts */.E)(surroundings, policy, { model, registered: version });
    return judgeSignature({ model: model.manifest.name, version: version.version, transition, policy }, {
        now: (0,events/* formatTime */.fU)(surroundings.clock.now()),
        candidate: {
            identity,
            evidence: version.evidence,
            kind: snapshot.kind,
            impact: model.manifest.impact,
            owners: model.manifest.owners,
        },
        artifacts: snapshot.artifacts.map(({ path }) => ({ path, format: null, imports: [] })),
        waivers: catalogue.waivers.map((waiver) => ({ ...waiver, justification: waiver.reason ?? waiver.justification })),
        ...signature,
    });
}
/**
 * Stops where the gate of a stage asks for a signature and none counts. In mode `warn` it answers what would have
 * stopped it. @throws signing/required
 */
async function requireStageSignature(surroundings, governance, asked) {
    const node = await judgeStageSignature(surroundings, governance, asked);
    if (node === null || (0,build_verdict/* permits */.V)(node.verdict))
        return null;
    const { verdict, because } = (0,decide/* applyMode */.y)(node, governance.policy.mode);
    if ((0,build_verdict/* permits */.V)(verdict))
        return because;
    const { model, version, stage } = asked;
    throw (0,errors_error/* weighbridgeError */.q)('signing/required', {
        model: model.manifest.name,
        version: version.version,
        stage,
        because,
        remedy: node.remedy ?? '',
    });
}
//# sourceMappingURL=require-signature.js.map
// EXTERNAL MODULE: ./packages/flows/build/governing/stage-origin.js
var stage_origin = __webpack_require__(86771);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-tags.js
var stage_tags = __webpack_require__(10128);
// EXTERNAL MODULE: ./packages/flows/build/transition/stages-file.js
var stages_file = __webpack_require__(5178);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
;// CONCATENATED MODULE: ./packages/flows/build/transition/rollback.js
















/**
 * Points a stage back to the last version that completed promotion to it, after its artifacts verified; archives the bad
 * version and freezes its identity, so that the same content cannot come back under any number without a waiver.
 * A second run for the same fault changes nothing: to go further back, name the version.
 * @throws flow/reason-missing, flow/stage-empty, flow/nothing-to-roll-back-to, flow/not-allowed,
 * flow/allowed-unread, flow/bytes-released, flow/bytes-cold, store/missing, store/corrupt, signing/required
 */
async function rollbackModel(surroundings, request, observe) {
    if (request.reason.trim() === '')
        throw (0,errors_error/* weighbridgeError */.q)('flow/reason-missing', { command: 'rollback' });
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    if (!governance.governed)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-policy', {});
    (0,stage_origin/* checkStage */.RT)(governance, request.stage);
    const branchNotices = await (0,check_writing/* checkOnBranch */.Oz)(surroundings, governance, 'rollback');
    await (0,rollback_allowed/* checkAllowed */.F)(surroundings, governance, 'roll back');
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model);
    const tagNotices = await (0,registry_history/* fetchTags */.un)(surroundings);
    const history = await (0,registry_history/* readHistory */.Lu)(surroundings, model.manifest.name, null);
    const rolling = { surroundings, governance, model, history, request };
    const catalogue = history.catalogue;
    const current = catalogue?.stages[request.stage] ?? null;
    if (catalogue === null)
        throw await (0,not_registered/* notRegistered */.O)(surroundings, model.manifest.name);
    if (current === null) {
        throw (0,errors_error/* weighbridgeError */.q)('flow/stage-empty', { model: request.model, stage: request.stage });
    }
    const done = finishedRollback(catalogue, request);
    if (done !== null)
        return finish(rolling, done, observe);
    const target = chooseTarget(rolling, catalogue);
    const unsigned = await requireStageSignature(surroundings, governance, {
        model,
        catalogue,
        version: target,
        stage: request.stage,
    });
    await requireHot(surroundings, target, catalogue.model);
    const verified = await verifyArtifacts(surroundings, target);
    const plan = await planRollback(rolling, catalogue, { current, target });
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
    const base = { model: model.manifest.name, stage: request.stage, from: current, to: target };
    return {
        ...base,
        outcome: 'rolled-back',
        verified,
        plan,
        receipts,
        notices: [
            ...branchNotices,
            ...tagNotices,
            ...history.notices,
            ...(unsigned === null ? [] : [{ level: 'warning', text: unsigned }]),
        ],
    };
}
/** The rollback that a repeated request would repeat: the stage's last move, to the target asked for. */
function finishedRollback(catalogue, request) {
    const last = catalogue.history.filter((change) => change.stage === request.stage).at(-1);
    if (last === undefined || last.kind !== 'rolled-back' || last.version === null || last.previous === null)
        return null;
    const to = catalogue.versions.find((version) => version.version === last.version);
    if (to === undefined)
        return null;
    const named = request.to === null ? null : (0,registry_history/* findVersion */.Am)(catalogue.model, catalogue, request.to);
    return named === null || named.version === to.version ? { from: last.previous, to } : null;
}
async function finish(rolling, done, observe) {
    const { surroundings, request, model, history } = rolling;
    const plan = { effects: await planFollowUps(rolling, history.catalogue?.stages ?? {}) };
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
    const notice = {
        level: 'notice',
        text: `${request.stage} was rolled back from ${done.from} to ${done.to.version} already. To go further back, name the version with --to.`,
    };
    const base = { model: model.manifest.name, stage: request.stage, from: done.from, to: done.to };
    return { ...base, outcome: 'already-there', verified: 0, plan, receipts, notices: [...history.notices, notice] };
}
/** Newest first: versions that the stage pointed to, still usable, other than the one it points to. */
function chooseTarget(rolling, catalogue) {
    const { request } = rolling;
    const current = catalogue.stages[request.stage];
    const held = catalogue.history
        .filter((change) => change.stage === request.stage && change.version !== null && change.version !== current)
        .map((change) => change.version)
        .reverse();
    const refusal = (because) => (0,errors_error/* weighbridgeError */.q)('flow/nothing-to-roll-back-to', { model: catalogue.model, stage: request.stage, because });
    const named = request.to === null ? null : (0,registry_history/* findVersion */.Am)(catalogue.model, catalogue, request.to);
    if (named !== null && named.version === current)
        throw refusal(`it holds ${current} already`);
    if (named !== null && !held.includes(named.version))
        throw refusal(`${named.version} never completed promotion to it`);
    for (const version of named === null ? held : [named.version]) {
        const known = catalogue.versions.find((candidate) => candidate.version === version);
        if (known === undefined)
            continue;
        if (named !== null)
            (0,require_bytes/* requireBytes */.V)(catalogue.model, known);
        if (known.deprecated || known.archived || known.released !== undefined)
            continue;
        if (catalogue.frozen.some((frozen) => frozen.identity === known.identity))
            continue;
        return known;
    }
    throw refusal(named === null
        ? 'no other version completed promotion to it and is still usable'
        : `${named.version} is archived, frozen or deprecated`);
}
/** Before anything is read: half of a version is of no use. @throws flow/bytes-cold */
async function requireHot({ store, ledger }, target, model) {
    if (target.store === null || store === null)
        return;
    await (0,cold_bytes/* requireReadable */.CM)(store, (0,cold_bytes/* filesOfEntry */.LK)(await (0,version_artifacts/* wholeVersion */.gJ)(ledger, target)), { model, version: target.version });
}
async function verifyArtifacts(surroundings, target) {
    if (target.store === null)
        return 0;
    const artifacts = await (0,version_artifacts/* artifactsOf */.Ns)(surroundings.ledger, target);
    if (surroundings.store === null) {
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-store', { path: artifacts[0]?.path ?? 'its artifact' });
    }
    for (const artifact of artifacts) {
        surroundings.progress(`Verifying ${artifact.path}`);
        await surroundings.store.verify((0,digest/* parseDigest */.m)(`sha256:${artifact.sha256}`));
    }
    return artifacts.length;
}
async function planRollback(rolling, catalogue, move) {
    const { surroundings, model, request } = rolling;
    const bad = catalogue.versions.find((version) => version.version === move.current);
    if (bad === undefined)
        throw (0,errors_error/* weighbridgeError */.q)('core/invariant', { reason: `${move.current} holds a stage and is not registered` });
    const { target } = move;
    const commit = target.commit === null ? null : await surroundings.repository.commit(target.commit);
    const context = (0,events/* eventContext */.Wl)(surroundings, { commit, justification: request.reason, time: surroundings.clock.now() });
    const event = (0,events/* makeEvent */.Ld)(surroundings.sha256, {
        type: 'rolled-back',
        model: model.manifest.name,
        version: target.version,
        context,
        occasion: catalogue.entries,
        body: { stage: request.stage, replaces: move.current, identity: target.identity, frozen: bad.identity },
    });
    const after = {};
    for (const [stage, version] of Object.entries(catalogue.stages))
        after[stage] = version === move.current ? null : version;
    after[request.stage] = target.version;
    return {
        effects: [{ kind: 'append', events: [event], evidence: new Map() }, ...(await planFollowUps(rolling, after))],
    };
}
async function planFollowUps(rolling, stages) {
    const { surroundings, model, history, request } = rolling;
    const pointers = {};
    for (const [stage, held] of Object.entries(stages)) {
        pointers[stage] = history.catalogue?.versions.find((known) => known.version === held) ?? null;
    }
    const tags = (0,stage_tags/* planStageTags */.b)(model.manifest.name, history, pointers, surroundings.clock.now());
    if (!request.writeStages)
        return tags;
    return [...tags, ...(await (0,stages_file/* planStagesFile */.v)(surroundings, model, stages, request.stage))];
}
//# sourceMappingURL=rollback.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var build_plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/flows/build/transition/propose.js
var propose = __webpack_require__(93616);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/commands/gate-pull.js + 17 modules
var gate_pull = __webpack_require__(43139);
;// CONCATENATED MODULE: ./packages/host/build/commands/rollback.js




const rollbackCommand = {
    spec: {
        name: 'rollback',
        summary: 'Point a stage back to its last good version',
        description: 'Picks the last version that completed promotion to the stage (or the one named), reads its artifacts back from the store and checks their digests, moves the pointer, archives the bad version and freezes its content, so that it cannot come back under any number without a recorded waiver. Then brings stages.yaml in line: in the checkout, for you to commit, and where a forge is known by a pull request. A second run changes nothing.',
        arguments: [{ name: 'model', description: 'The model.', required: true, dispatched: ['model'] }],
        inputs: [
            {
                name: 'stage',
                description: 'The stage; the one before the archive when not given.',
                type: 'text',
                placeholder: 'STAGE',
                dispatched: ['stage'],
            },
            {
                name: 'reason',
                description: 'What happened. Recorded in the ledger.',
                type: 'text',
                required: true,
                placeholder: 'TEXT',
                dispatched: ['reason'],
            },
            {
                name: 'to',
                description: 'A version; the last one that completed promotion to the stage when not given.',
                type: 'text',
                placeholder: 'VERSION',
                dispatched: ['to'],
            },
        ],
        outputs: [
            { name: 'outcome', description: 'rolled-back or already-there.' },
            { name: 'model', description: 'The model.' },
            { name: 'from', description: 'The bad version, now archived and frozen.' },
            { name: 'version', description: 'The version that the stage points to now.' },
            {
                name: 'pull-request',
                description: 'Number of the pull request that brings stages.yaml in line; empty when none is needed.',
            },
        ],
        examples: ['weighbridge rollback fraud --stage production --reason "false positives doubled"'],
    },
    run: runRollback,
};
async function runRollback(inputs, host) {
    const model = inputs.text('model') ?? '';
    if (model === '')
        throw (0,errors_error/* weighbridgeError */.q)('host/input', { input: 'model', reason: 'it is missing', command: 'rollback' });
    const dryRun = inputs.boolean('dry-run');
    const rollback = await rollbackModel(host.surroundings, {
        model,
        stage: inputs.text('stage') ?? host.policy.stages.at(-2) ?? 'production',
        reason: inputs.text('reason') ?? '',
        to: inputs.text('to'),
        dryRun,
        writeStages: true,
    });
    const { stage, from, to, outcome, verified, plan, receipts, notices } = rollback;
    const { pull: aligned, notices: open } = dryRun
        ? { pull: null, notices: [] }
        : await align(rollback.model, inputs, host);
    const done = dryRun ? 'Would roll back' : 'Rolled back';
    const headline = outcome === 'rolled-back'
        ? `${done} ${stage} of ${rollback.model} from ${from} to ${to.version}`
        : `${stage} of ${rollback.model} was rolled back from ${from} to ${to.version} already`;
    const facts = outcome === 'rolled-back'
        ? [`${(0,format_count/* formatCount */.B)(verified, 'artifact')} read back and verified; ${from} is archived and its content frozen`]
        : [];
    const steps = [
        ...(dryRun ? plan.effects.map(build_plan/* describeEffect */.x) : receipts.map((receipt) => receipt.summary)),
        ...(aligned === null ? [] : [`stages.yaml says otherwise until this is merged: ${aligned.url}`]),
    ];
    return {
        exitCode: 0,
        json: {
            dry_run: dryRun,
            outcome,
            model: rollback.model,
            stage,
            from,
            to: to.version,
            verified,
            effects: plan.effects.map(build_plan/* describeEffect */.x),
            pull: aligned,
        },
        text: [headline, ...[...facts, ...steps].map((line) => `  ${line}`)].join('\n'),
        markdown: [`### ${(0,escape_markdown/* escapeMarkdown */.FV)(headline)}`, '', ...facts.map((fact) => `- ${fact}`)].join('\n'),
        notices: [...notices, ...open],
        outputs: {
            outcome,
            model: rollback.model,
            from,
            version: to.version,
            'pull-request': aligned === null ? '' : String(aligned.number),
        },
    };
}
/**
 * The registry went back first; then the file follows by a pull request, whose status this job sets, since what it pushes
 * starts no other. Where the forge fails, the rollback stands, and what is left to do is told.
 */
async function align(model, inputs, host) {
    const { forge } = host.surroundings;
    if (forge === null)
        return { pull: null, notices: [] };
    const reason = inputs.text('reason') ?? '';
    try {
        const pull = await (0,propose/* proposeAlignment */.A)(host.surroundings, { model, reason });
        if (pull !== null)
            await (0,gate_pull/* gatePulls */.AG)({ kind: 'pull', number: pull.number }, forge, inputs, host);
        return { pull, notices: [] };
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.exitCode !== 3)
            throw error;
        const text = `The rollback is done; the pull request that brings stages.yaml in line could not be opened: ${error.message} ${error.remedy}`;
        return { pull: null, notices: [{ level: 'warning', text }] };
    }
}
//# sourceMappingURL=rollback.js.map

/***/ })

};
