export const id = 7090;
export const ids = [7090];
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

/***/ 97090:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gateCommand: () => (/* binding */ gateCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var build_verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/flows/build/pull/reconcile.js
var reconcile = __webpack_require__(50142);
// EXTERNAL MODULE: ./packages/manifest/build/stricter.js
var stricter = __webpack_require__(67644);
// EXTERNAL MODULE: ./packages/flows/build/assessment/assess-models.js + 5 modules
var assess_models = __webpack_require__(60023);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var reading_files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-lines.js
var stage_lines = __webpack_require__(87522);
// EXTERNAL MODULE: ./packages/flows/build/governing/stage-origin.js
var stage_origin = __webpack_require__(86771);
// EXTERNAL MODULE: ./packages/flows/build/registry/not-registered.js
var not_registered = __webpack_require__(27332);
;// CONCATENATED MODULE: ./packages/flows/build/transition/gate.js










/**
 * Judges models that changed for entering the first stage, and every line of stages.yaml that asks for something new by
 * the gate of its stage: new against the base where one is named, else against the ledger and what was applied last.
 * Writes nothing.
 */
async function gateModels(surroundings, question) {
    const checkout = await (0,governing_governance/* readGovernance */.r3)((0,reading_files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const { governance, base, notices } = await governByBase(surroundings, checkout, question.base);
    const gating = { surroundings, governance, base, assumptions: question.assumptions };
    if (question.to !== null)
        return judgeMove(gating, { ...question, to: question.to });
    const decisions = [];
    if (question.models.length === 0)
        await refuseRemoved(surroundings, governance);
    const models = (0,governing_governance/* selectModels */.H8)(governance, question.models);
    for (const weighed of await (0,assess_models/* assessModels */.fn)(surroundings, governance, models, { depth: 'bytes' })) {
        notices.push(...weighed.notices);
        const entry = await judgeEntry(gating, weighed);
        if (entry !== null)
            decisions.push(entry);
        const moves = await judgeStagesFile(gating, weighed);
        decisions.push(...moves.decisions);
        notices.push(...moves.notices);
    }
    return { decisions, notices };
}
/** A manifest may go when no stage runs the model any more. @throws flow/model-removed-in-stage */
async function refuseRemoved(surroundings, governance) {
    const present = new Set(governance.models.map((model) => model.manifest.name));
    const first = governance.policy.stages[0];
    for (const name of await surroundings.ledger.models()) {
        if (present.has(name))
            continue;
        const stages = Object.entries((await surroundings.ledger.catalogue(name))?.stages ?? {});
        const held = stages.find(([stage, version]) => stage !== first && version !== null);
        if (held !== undefined)
            throw (0,error/* weighbridgeError */.q)('flow/model-removed-in-stage', { model: name, stage: held[0], version: held[1] ?? '' });
    }
}
/** Manifests of the checkout under the policy of the base: a change cannot loosen its own gate. */
async function governByBase(surroundings, checkout, base) {
    if (base === null)
        return { governance: checkout, base: null, notices: [] };
    const { repository, sha256 } = surroundings;
    const known = (await repository.commit(base)) ?? (await repository.commit(`refs/remotes/origin/${base}`));
    const commit = known ?? ((await repository.fetchCommit(base)) ? await repository.commit(base) : null);
    if (commit === null)
        throw (0,error/* weighbridgeError */.q)('flow/base-missing', { base });
    const files = (0,reading_files/* filesAtCommit */.ao)(repository, commit.id);
    const { policy, governed } = await (0,governing_governance/* readPolicy */.T4)(files);
    if (!governed) {
        const text = 'The base branch has no weighbridge.yaml: not governed yet, verdicts are a preview and block nothing.';
        const governance = { ...checkout, policy: { ...checkout.policy, mode: 'warn' } };
        return { governance, base: files, notices: [{ level: 'notice', text, file: 'weighbridge.yaml' }] };
    }
    const before = await (0,governing_governance/* readGovernance */.r3)(files, sha256);
    const models = checkout.models.map((model) => {
        const old = before.models.find(({ manifest }) => manifest.name === model.manifest.name);
        return { ...model, manifest: (0,stricter/* stricter */.R)(old?.manifest ?? null, model.manifest) };
    });
    return { governance: { ...checkout, models, policy }, base: files, notices: [] };
}
async function judgeEntry({ surroundings, governance, assumptions }, { assessment, model, history, snapshot, files }) {
    if (assessment.next === null)
        return null;
    return (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        model,
        catalogue: history.catalogue,
        candidate: { version: assessment.next, snapshot, identity: assessment.identity, registered: null, files },
        from: null,
        to: governance.policy.stages[0] ?? 'development',
        assumptions,
    });
}
/** Each line that asks for something new. An asked version must be registered. @throws flow/invalid-files */
async function judgeStagesFile(gating, { model, history }) {
    const { governance, base } = gating;
    const { catalogue } = history;
    const path = (0,stage_lines/* stagesPathOf */.aw)(model);
    const before = base === null ? (catalogue?.applied ?? null) : await (0,stage_lines/* readStages */.ir)(base, path);
    const after = await (0,stage_lines/* readStages */.ir)(model.files, path);
    const lines = (0,stage_lines/* changedLines */.MA)(before, after);
    const known = governance.policy.stages;
    const strange = (0,stage_lines/* strangeStages */._M)(after, known);
    const untouched = strange.filter((stage) => !lines.some((line) => line.stage === stage));
    // A slip is told at its place, of lines of this change alone: what stood there before moves nothing.
    if (untouched.length < strange.length)
        await (0,stage_lines/* readStages */.ir)(model.files, path, [...untouched, ...known]);
    const decisions = [];
    for (const { stage, version } of lines) {
        if (catalogue?.stages[stage] === version)
            continue;
        const move = { model, catalogue, stage, version };
        decisions.push(await (0,stage_lines/* judgedAt */.D7)(model.files, { path, stage, version }, () => decideMove(gating, move)));
    }
    return { decisions, notices: (0,stage_lines/* strangeNotices */.S0)(untouched, { path, known }) };
}
async function decideMove({ surroundings, governance, assumptions }, move) {
    const { model, catalogue, stage } = move;
    const known = (0,registry_history/* findVersion */.Am)(model.manifest.name, catalogue, move.version);
    return (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        model,
        catalogue,
        candidate: await (0,decide_transition/* registeredCandidate */.Ms)(surroundings, known),
        from: catalogue === null ? null : (0,stage_origin/* originOf */.yv)(governance, catalogue, { version: known, to: stage }),
        to: stage,
        assumptions,
    });
}
async function judgeMove(gating, question) {
    const { surroundings, governance } = gating;
    (0,stage_origin/* checkStage */.RT)(governance, question.to);
    const decisions = [];
    const names = question.models.length === 0 ? governance.models.map((model) => model.manifest.name) : question.models;
    for (const name of names) {
        const model = (0,governing_governance/* findModel */.P6)(governance, name);
        const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
        const version = question.version ?? catalogue?.versions.filter((known) => !known.archived).at(-1)?.version;
        if (version === undefined)
            throw await (0,not_registered/* notRegistered */.O)(surroundings, name);
        decisions.push(await decideMove(gating, { model, catalogue, stage: question.to, version }));
    }
    return { decisions, notices: [] };
}
//# sourceMappingURL=gate.js.map
// EXTERNAL MODULE: ./packages/formats/build/metrics/exact-decimal.js + 1 modules
var exact_decimal = __webpack_require__(25178);
// EXTERNAL MODULE: ./packages/gates/build/time.js
var build_time = __webpack_require__(88772);
;// CONCATENATED MODULE: ./packages/gates/build/assume/parse-assumption.js



/** How each kind is written, as help and errors show it. */
const examples = {
    'approved-by': 'approved-by=alice',
    metric: 'metric=eval.accuracy:0.95, or metric=eval.accuracy[language=de]:0.95 for a slice',
    waived: 'waived=accuracy',
    check: 'check=ci / tests:success',
    stage: 'stage=staging, or stage=staging@2026-05-01T00:00:00Z',
    time: 'time=2026-12-01T09:00:00Z',
};
const maxLength = 500;
/**
 * Reads `approved-by=alice`, `metric=eval.accuracy:0.95`, `waived=accuracy`, `check=ci / tests:success`,
 * `stage=staging` or `time=2026-12-01T09:00:00Z`.
 * @throws gates/assumption
 */
function parseAssumption(text) {
    const at = text.indexOf('=');
    const [kind, rest] = at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    const isKind = Object.hasOwn(examples, kind);
    if (!isKind)
        refuse(text, `"${shorten(kind)}" is nothing that can be assumed`, Object.values(examples).join('; '));
    if (rest === '' || text.length > maxLength)
        refuse(text, 'a value was expected', examples[kind]);
    const parsed = readers[kind](rest);
    if (typeof parsed === 'string')
        refuse(text, parsed, examples[kind]);
    return { text, ...parsed };
}
function refuse(text, reason, example) {
    throw (0,error/* weighbridgeError */.q)('gates/assumption', { found: shorten(text), reason, example });
}
function shorten(text) {
    return text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 80);
}
const readers = {
    'approved-by': (rest) => {
        const login = rest.replace(/^@/, '');
        if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/.test(login))
            return `"${shorten(rest)}" is no login`;
        return { kind: 'approved-by', login };
    },
    metric: readMetric,
    waived: (rest) => ({ kind: 'waived', gate: rest }),
    check: (rest) => {
        const at = rest.lastIndexOf(':');
        const [name, state] = [rest.slice(0, Math.max(at, 0)).trim(), rest.slice(at + 1).trim()];
        if (name === '')
            return 'a check and its state were expected';
        if (state !== 'success' && state !== 'failure' && state !== 'running') {
            return `"${shorten(state)}" is none of success, failure and running`;
        }
        return { kind: 'check', name, state };
    },
    stage: (rest) => {
        const [stage = '', since = null] = rest.split('@');
        if (since !== null && (0,build_time/* readTime */.aQ)(since) === null)
            return `"${shorten(since)}" is no time`;
        return { kind: 'stage', stage, since };
    },
    time: (rest) => {
        const time = /^\d{4}-\d{2}-\d{2}$/.test(rest) ? `${rest}T00:00:00Z` : rest;
        return (0,build_time/* readTime */.aQ)(time) === null ? `"${shorten(rest)}" is no date or time` : { kind: 'time', time };
    },
};
function readMetric(rest) {
    const at = rest.lastIndexOf(':');
    const value = rest.slice(at + 1).trim();
    const name = /^(?<metric>[^.\s]+\.[^[\]]+?)(?:\[(?<column>[^=\]]+)=(?<slice>[^\]]+)\])?$/.exec(rest.slice(0, Math.max(at, 0)).trim())?.groups;
    if (name === undefined)
        return 'a metric and its value were expected';
    if ((0,exact_decimal/* parseExactDecimal */.qV)(value) === null)
        return `"${shorten(value)}" is no number`;
    const { metric = '', column, slice } = name;
    const only = column === undefined || slice === undefined ? null : { column, value: slice };
    return { kind: 'metric', metric, value, slice: only };
}
//# sourceMappingURL=parse-assumption.js.map
// EXTERNAL MODULE: ./packages/report/build/render-verdict.js
var render_verdict = __webpack_require__(4971);
// EXTERNAL MODULE: ./packages/host/build/event.js
var build_event = __webpack_require__(30007);
// EXTERNAL MODULE: ./packages/host/build/pull-hint.js
var pull_hint = __webpack_require__(66208);
// EXTERNAL MODULE: ./packages/host/build/commands/gate-pull.js + 17 modules
var gate_pull = __webpack_require__(43139);
;// CONCATENATED MODULE: ./packages/host/build/commands/gate.js







const gateCommand = {
    spec: {
        name: 'gate',
        summary: 'Judge models by the gate of the stage they are to enter',
        description: 'A model that changed is judged for entering the first stage; a line of stages.yaml that differs from the ledger is judged by the gate of its stage. The policy is read from the base branch, never from the change itself. Without a pull request the checkout is judged, of which nobody can tell who approved. Exit code 0: pass, waived or warn; 1: anything else. Of a pull request whose status could be set: 0 whatever the verdict, which the status tells.',
        arguments: [
            { name: 'models', description: 'Names of models; every model that changed when none is given.', many: true },
        ],
        inputs: [
            {
                name: 'to',
                description: 'Judge the move of a registered version to this stage instead.',
                type: 'text',
                placeholder: 'STAGE',
            },
            {
                name: 'version',
                description: 'The version for --to; the newest when not given.',
                type: 'text',
                placeholder: 'VERSION',
            },
            {
                name: 'base',
                description: 'Commit or branch whose policy counts; in a pull request its base.',
                type: 'text',
                placeholder: 'REF',
            },
            {
                name: 'pull',
                description: 'Judge this pull request as it is now, from what the forge tells and the objects of git; nothing of it is checked out. In a job, the one that the event names.',
                type: 'integer',
                placeholder: 'NUMBER',
            },
            {
                name: 'assume',
                description: 'What-if: judge as if this were so. approved-by=alice, metric=eval.accuracy:0.95, waived=accuracy, check=ci / tests:success, stage=staging or time=2026-12-01. May be given several times. Nothing is published.',
                type: 'items',
                only: 'command-line',
                placeholder: 'FACT',
            },
            {
                name: 'publish',
                description: 'status, the default in a job: tell the verdict of a pull request as commit status and comment. none, the default elsewhere: only judge.',
                type: 'text',
                placeholder: 'status|none',
            },
            {
                name: 'per-model',
                description: 'Set a status for each model too, such as weighbridge/fraud.',
                type: 'boolean',
                default: 'false',
            },
            {
                name: 'comment',
                description: 'Whether the verdict of a pull request is told in a comment too.',
                type: 'text',
                default: 'true',
                placeholder: 'true|false',
            },
        ],
        outputs: [
            { name: 'verdict', description: 'The worst verdict: pass, waived, warn, inconclusive, pending, fail or error.' },
            { name: 'decisions', description: 'JSON: every decision with its tree of requirements.' },
        ],
        examples: [
            'weighbridge gate',
            'weighbridge gate --pull 12 --assume approved-by=alice',
            'weighbridge gate fraud --to production --version 1.4.0',
        ],
    },
    run: runGate,
};
/** On a pull request the forge is asked; where there is none to ask, the checkout is judged without reviews. */
async function runGate(inputs, host) {
    const hint = hintOf(inputs, host);
    const { forge } = host.surroundings;
    const assumptions = assumptionsOf(inputs);
    if (hint?.kind === 'pull' && forge !== null && assumptions.length > 0)
        return (0,gate_pull/* tellAssumed */.o3)(await (0,reconcile/* judgeAssuming */.bZ)(host.surroundings, forge, hint.number, assumptions), host);
    if (hint !== null && forge !== null)
        return (0,gate_pull/* gatePulls */.AG)(hint, forge, inputs, host);
    if (inputs.integer('pull') !== null)
        throw (0,error/* weighbridgeError */.q)('flow/no-forge', { command: 'gate --pull' });
    return gateCheckout(inputs, host);
}
/** A command line that names a pull request, or the event of a job; none where a move or a version is asked about. */
function hintOf(inputs, host) {
    const number = inputs.integer('pull');
    if (number !== null && (!Number.isSafeInteger(number) || number < 1)) {
        const reason = `"${inputs.text('pull') ?? ''}" is no number of a pull request`;
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'pull', reason, command: 'gate' });
    }
    if (number !== null)
        return { kind: 'pull', number };
    if (inputs.text('to') !== null || inputs.text('base') !== null || inputs.list('models').length > 0)
        return null;
    return (0,pull_hint/* pullHintOf */.k)(host.environment['GITHUB_EVENT_NAME'] ?? '', host.event);
}
function assumptionsOf(inputs) {
    return inputs.items('assume').map(parseAssumption);
}
async function gateCheckout(inputs, host) {
    if (inputs.text('version') !== null && inputs.text('to') === null) {
        const reason = 'it is the version for --to: name the stage, too';
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'version', reason, command: 'gate' });
    }
    const base = inputs.text('base') ?? (0,build_event/* baseOf */.bx)(host.event);
    const event = host.environment['GITHUB_EVENT_NAME'] ?? '';
    if (base === null && ['pull_request', 'pull_request_target', 'merge_group'].includes(event)) {
        const reason = 'the event names no base, and a change is never judged by its own policy';
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'base', reason, command: 'gate' });
    }
    const { decisions, notices } = await gateModels(host.surroundings, {
        models: inputs.list('models'),
        to: inputs.text('to'),
        version: inputs.text('version'),
        base,
        assumptions: assumptionsOf(inputs),
    });
    const verdict = (0,build_verdict/* worstVerdict */.z)(decisions.map((decision) => decision.verdict));
    const quiet = host.governed
        ? 'No governed model changed and no stage is asked to move: nothing to judge.'
        : 'This repository has no weighbridge.yaml: nothing is governed, and nothing is judged. "weighbridge init" begins.';
    return {
        exitCode: (0,build_verdict/* permits */.V)(verdict) ? 0 : 1,
        json: { decisions },
        text: decisions.length === 0 ? quiet : decisions.map(render_verdict/* renderDecisionText */.CS).join('\n\n'),
        markdown: decisions.length === 0 ? quiet : decisions.map(render_verdict/* renderDecisionMarkdown */.Oh).join('\n\n'),
        notices,
        outputs: { verdict, decisions: JSON.stringify(decisions) },
    };
}
//# sourceMappingURL=gate.js.map

/***/ })

};
