export const id = 4966;
export const ids = [4966];
export const modules = {

/***/ 36313:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readMoved),
/* harmony export */   l: () => (/* binding */ isElsewhere)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/**
 * Reads from a store. Of bytes that it lacks and that were registered in another one it says so: the policy names
 * another store since. @throws flow/store-moved instead of store/missing
 */
async function readMoved({ address }, where, read) {
    try {
        return await read();
    }
    catch (cause) {
        throw isElsewhere(cause, address, where.store) ? storeMoved(cause, address, where) : cause;
    }
}
/** Whether an error says that a store lacks what was registered in another one. */
function isElsewhere(cause, address, registered) {
    const isMissing = cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && cause.code === 'store/missing';
    return isMissing && registered !== null && registered !== address;
}
function storeMoved(cause, address, { model, version, store }) {
    const digest = String(cause.fields['digest'] ?? '');
    const about = { model, version, registered: store ?? '', address, digest };
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/store-moved', about, { cause });
}
//# sourceMappingURL=moved-store.js.map

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

/***/ 74966:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  promoteCommand: () => (/* binding */ promoteCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var build_events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/registry/not-registered.js
var not_registered = __webpack_require__(27332);
// EXTERNAL MODULE: ./packages/flows/build/transition/plan-move.js
var plan_move = __webpack_require__(7761);
// EXTERNAL MODULE: ./packages/flows/build/registry/policy-entry.js
var policy_entry = __webpack_require__(68203);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/flows/build/governing/rollback-allowed.js
var rollback_allowed = __webpack_require__(74457);
// EXTERNAL MODULE: ./packages/flows/build/governing/stage-origin.js
var stage_origin = __webpack_require__(86771);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-tags.js
var stage_tags = __webpack_require__(10128);
// EXTERNAL MODULE: ./packages/flows/build/transition/stages-file.js
var stages_file = __webpack_require__(5178);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
// EXTERNAL MODULE: ./packages/flows/build/stored/moved-store.js
var moved_store = __webpack_require__(36313);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
;// CONCATENATED MODULE: ./packages/flows/build/transition/promote.js


















/**
 * Moves the pointer of a stage to a version when the stage's gate permits it. The move names the version that it
 * replaces, so of two concurrent promotions of one stage one wins and the other fails.
 * @throws flow/unknown-model, flow/unknown-version, flow/unknown-stage, flow/unsigned, flow/not-allowed,
 * flow/bytes-released, flow/bytes-cold, ledger/conflict
 */
async function promoteModel(surroundings, request, observe) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    if (!governance.governed)
        throw (0,error/* weighbridgeError */.q)('flow/no-policy', {});
    (0,stage_origin/* checkStage */.RT)(governance, request.to);
    const branchNotices = await (0,check_writing/* checkOnBranch */.Oz)(surroundings, governance, 'promote');
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model);
    const tagNotices = await (0,registry_history/* fetchTags */.un)(surroundings);
    const history = await (0,registry_history/* readHistory */.Lu)(surroundings, model.manifest.name, null);
    if (history.catalogue === null)
        throw await (0,not_registered/* notRegistered */.O)(surroundings, model.manifest.name);
    const version = (0,registry_history/* findVersion */.Am)(model.manifest.name, history.catalogue, request.version);
    const { catalogue } = history;
    const promoting = { surroundings, governance, model, history, catalogue, version, request };
    const base = {
        model: model.manifest.name,
        version,
        from: (0,stage_origin/* originOf */.yv)(governance, catalogue, { version, to: request.to }),
        to: request.to,
        replaced: catalogue.stages[request.to] ?? null,
        notices: [...branchNotices, ...tagNotices, ...history.notices],
    };
    const archive = governance.policy.stages.at(-1);
    const there = request.to === archive ? version.archived : catalogue.stages[request.to] === version.version;
    if (there) {
        const plan = { effects: await planFollowUps(promoting, catalogue.stages) };
        const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
        return { ...base, outcome: 'already-there', decision: null, plan, receipts };
    }
    if (request.to === archive)
        await checkArchivable(promoting);
    const decision = await decidePromotion(promoting, base.from);
    if (!(0,verdict/* permits */.V)(decision.verdict)) {
        return { ...base, outcome: 'held-back', decision, plan: { effects: [] }, receipts: [] };
    }
    await checkStored(promoting);
    const plan = await planPromotion(promoting, base.from, decision);
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
    return { ...base, outcome: 'promoted', decision, plan, receipts };
}
/** Archiving what a later stage runs empties that stage, as no gate can see: it is for those who may roll back. */
async function checkArchivable({ surroundings, governance, catalogue, version }) {
    const [, ...later] = governance.policy.stages;
    const runs = later.filter((stage) => catalogue.stages[stage] === version.version);
    if (runs.length > 0)
        await (0,rollback_allowed/* checkAllowed */.F)(surroundings, governance, `archive what ${runs.join(' and ')} runs`);
}
async function planPromotion(promoting, from, decision) {
    const { surroundings, governance, catalogue, version, request } = promoting;
    const { events, evidence, after } = await (0,plan_move/* planMove */.X)(surroundings, {
        policy: governance.policy,
        catalogue,
        version,
        from,
        to: request.to,
        decision,
        approvals: [],
        pull: null,
        reason: request.reason,
    });
    const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
    const context = (0,build_events/* eventContext */.Wl)(surroundings, { commit, justification: request.reason, time: surroundings.clock.now() });
    const policyEntry = await (0,policy_entry/* planPolicyEntry */.U)(surroundings, governance, context);
    return {
        effects: [
            { kind: 'append', events: [...policyEntry, ...events], evidence },
            ...(await planFollowUps(promoting, after)),
        ],
    };
}
async function decidePromotion(promoting, from) {
    const { surroundings, governance, model, catalogue, version, request } = promoting;
    return (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        model,
        catalogue,
        candidate: await (0,decide_transition/* registeredCandidate */.Ms)(surroundings, version),
        from,
        to: request.to,
    });
}
/** A stage must not be given what its store has lost, or what nobody could read. @throws store/missing, flow/store-moved, flow/bytes-cold */
async function checkStored({ surroundings, version, governance, catalogue, request }) {
    const { store } = surroundings;
    if (version.store === null || store === null || request.to === governance.policy.stages.at(-1))
        return;
    const files = (0,cold_bytes/* filesOfEntry */.LK)(await (0,version_artifacts/* wholeVersion */.gJ)(surroundings.ledger, version));
    const about = { model: catalogue.model, version: version.version };
    const where = { ...about, store: version.store };
    for (const { digest } of files)
        if (!(await store.has(digest)))
            await (0,moved_store/* readMoved */.C)(store, where, () => store.verify(digest));
    const isPointed = Object.values(catalogue.stages).includes(version.version);
    if (!isPointed)
        await (0,cold_bytes/* requireReadable */.CM)(store, files, about);
}
async function planFollowUps(promoting, stages) {
    const { surroundings, model, history, catalogue, request } = promoting;
    const pointers = {};
    for (const [stage, held] of Object.entries(stages)) {
        pointers[stage] = catalogue.versions.find((known) => known.version === held) ?? null;
    }
    const effects = (0,stage_tags/* planStageTags */.b)(model.manifest.name, history, pointers, surroundings.clock.now());
    const isArchive = request.to === promoting.governance.policy.stages.at(-1);
    return request.writeStages
        ? [...effects, ...(await (0,stages_file/* planStagesFile */.v)(surroundings, model, stages, isArchive ? null : request.to))]
        : effects;
}
//# sourceMappingURL=promote.js.map
// EXTERNAL MODULE: ./packages/flows/build/transition/propose.js
var propose = __webpack_require__(93616);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var build_plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/report/build/render-checklist.js
var render_checklist = __webpack_require__(17170);
// EXTERNAL MODULE: ./packages/host/build/commands/gate-pull.js + 17 modules
var gate_pull = __webpack_require__(43139);
;// CONCATENATED MODULE: ./packages/host/build/commands/promote.js




const promoteCommand = {
    spec: {
        name: 'promote',
        summary: 'Move a version to a stage, if the gate of that stage permits',
        description: 'Moves the stage at once, or opens the pull request that asks for it (see --how). At once: judges the version by the gate of the stage and, when it permits, moves the pointer of the stage, records decision and reason in the ledger, tags the move for GTO and brings stages.yaml of the checkout in line for you to commit. The move names the version that it replaces: of two concurrent promotions one wins.',
        arguments: [
            {
                name: 'model',
                description: 'MODEL@VERSION; the version may also be a stage, an alias or sha256:…',
                required: true,
                dispatched: ['model'],
            },
        ],
        inputs: [
            {
                name: 'to',
                description: 'The stage to enter.',
                type: 'text',
                required: true,
                placeholder: 'STAGE',
                dispatched: ['to', 'stage'],
            },
            {
                name: 'version',
                description: 'The version, when it is not part of the model.',
                type: 'text',
                placeholder: 'VERSION',
                dispatched: ['version'],
            },
            {
                name: 'reason',
                description: 'Why, for the record.',
                type: 'text',
                placeholder: 'TEXT',
                dispatched: ['reason'],
            },
            {
                name: 'how',
                description: 'direct: move the pointer now, if the gate permits. pull-request: open the pull request that asks for it, with its status and reviewers. auto: pull-request where a forge is known and the gate of the stage asks for reviewers, else direct.',
                type: 'text',
                default: 'auto',
                placeholder: 'HOW',
            },
        ],
        outputs: [
            { name: 'outcome', description: 'promoted, already-there, held-back or proposed.' },
            { name: 'model', description: 'The model.' },
            { name: 'version', description: 'The version.' },
            { name: 'replaced', description: 'The version that the stage pointed to before; empty when none.' },
            { name: 'verdict', description: 'Verdict of the gate.' },
            { name: 'pull-request', description: 'Number of the pull request that asks for it; empty when none does.' },
        ],
        examples: [
            'weighbridge promote fraud@1.4.0 --to staging',
            'weighbridge promote fraud@staging --to production --reason "passed the soak"',
        ],
    },
    run: runPromote,
};
async function runPromote(inputs, host) {
    const [model = '', written] = (inputs.text('model') ?? '').split(/@(.*)/s);
    const version = written ?? inputs.text('version');
    const to = inputs.text('to');
    if (model === '')
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'model', reason: 'it is missing', command: 'promote' });
    if (version === null || version === '')
        throw (0,error/* weighbridgeError */.q)('host/input', {
            input: 'version',
            reason: `which version of ${model}? write ${model}@VERSION; "weighbridge show ${model}" lists them`,
            command: 'promote',
        });
    if (to === null)
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'to', reason: 'it is missing', command: 'promote' });
    const dryRun = inputs.boolean('dry-run');
    const request = { model, version, to, reason: inputs.text('reason'), dryRun };
    if (chooseHow(inputs.text('how') ?? 'auto', to, host) === 'pull-request')
        return promote_propose(request, inputs, host);
    return renderPromotion(await promoteModel(host.surroundings, { ...request, writeStages: true }), dryRun);
}
/** @throws host/input */
function chooseHow(how, to, { policy, surroundings }) {
    if (how === 'direct' || how === 'pull-request')
        return how;
    if (how !== 'auto') {
        const reason = `"${how}" is none of auto, direct, pull-request`;
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'how', reason, command: 'promote' });
    }
    const reviewed = Object.hasOwn(policy.gates, to) && (policy.gates[to]?.reviewers.length ?? 0) > 0;
    return surroundings.forge !== null && reviewed ? 'pull-request' : 'direct';
}
/** Opens the pull request and sets its status at once: what this job pushes starts no other. */
async function promote_propose(request, inputs, host) {
    const { forge } = host.surroundings;
    const proposal = await (0,propose/* proposePromotion */.Q)(host.surroundings, request);
    const { model, version, to, pull, outcome, asked, refused, replaced, branch } = proposal;
    const judged = pull === null || forge === null
        ? null
        : await (0,gate_pull/* gatePulls */.AG)({ kind: 'pull', number: pull.number }, forge, inputs, host);
    const name = `${model} ${version.version}`;
    const headline = {
        proposed: pull === null
            ? `Would ask for ${name} to enter ${to}, on the branch ${branch}`
            : `Asked for ${name} to enter ${to}: ${pull.url}`,
        present: `A pull request asks for ${name} to enter ${to} already: ${pull?.url ?? ''}`,
        'already-there': `stages.yaml of the default branch asks for ${name} in ${to} already; "weighbridge apply" brings the ledger in line`,
    }[outcome];
    const lines = [
        ...(asked.length > 0 ? [`Asked for a review: ${asked.join(', ')}`] : []),
        ...(refused.length > 0 ? [`Could not be asked for a review: ${refused.join(', ')}`] : []),
    ];
    return {
        exitCode: 0,
        json: {
            dry_run: request.dryRun,
            outcome,
            model,
            version: version.version,
            to,
            replaced,
            branch,
            pull,
            asked,
            refused,
            judged: judged?.json ?? null,
        },
        text: [headline, ...lines.map((line) => `  ${line}`), ...(judged === null ? [] : ['', judged.text])].join('\n'),
        markdown: [
            `### ${(0,escape_markdown/* escapeMarkdown */.FV)(headline)}`,
            ...lines.map((line) => `- ${(0,escape_markdown/* escapeMarkdown */.FV)(line)}`),
            judged?.markdown ?? '',
        ].join('\n\n'),
        notices: judged?.notices ?? [],
        outputs: {
            outcome,
            model,
            version: version.version,
            replaced: replaced ?? '',
            verdict: judged?.outputs['verdict'] ?? '',
            'pull-request': pull === null ? '' : String(pull.number),
        },
    };
}
function renderPromotion(promotion, dryRun) {
    const { model, version, to, replaced, outcome, decision, plan, receipts } = promotion;
    const name = `${model} ${version.version}`;
    const before = replaced === null ? '' : ` (before: ${replaced})`;
    // In mode: warn the tree below says what is not met, and the version moved all the same.
    const despite = decision?.verdict === 'warn' ? ', with a warning: "mode: warn" or "severity: warn" blocks nothing' : '';
    const headline = {
        promoted: `${dryRun ? 'Would promote' : 'Promoted'} ${name} to ${to}${before}${despite}`,
        'already-there': `${name} is in ${to} already`,
        'held-back': `${name} may not enter ${to}: the gate says ${decision?.verdict ?? 'no'}. Nothing was written.`,
    }[outcome];
    const steps = dryRun ? plan.effects.map(build_plan/* describeEffect */.x) : receipts.map((receipt) => receipt.summary);
    const verdict = decision === null ? '' : (0,render_checklist/* renderVerdictText */.rP)(decision.requirements, 1);
    return {
        exitCode: outcome === 'held-back' ? 1 : 0,
        json: {
            dry_run: dryRun,
            outcome,
            model,
            version: version.version,
            to,
            from: promotion.from,
            replaced,
            decision,
            effects: plan.effects.map(build_plan/* describeEffect */.x),
        },
        text: [headline, ...(verdict === '' ? [] : [verdict]), ...steps.map((step) => `  ${step}`)].join('\n'),
        markdown: [`### ${headline}`, '', decision === null ? '' : (0,render_checklist/* renderVerdictMarkdown */.d1)(decision.requirements)].join('\n'),
        notices: promotion.notices,
        outputs: {
            outcome,
            model,
            version: version.version,
            replaced: replaced ?? '',
            verdict: decision?.verdict ?? '',
            'pull-request': '',
        },
    };
}
//# sourceMappingURL=promote.js.map

/***/ })

};
