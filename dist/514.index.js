export const id = 514;
export const ids = [514];
export const modules = {

/***/ 70514:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  impactCommand: () => (/* binding */ impactCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 15 modules
var error = __webpack_require__(35097);
// EXTERNAL MODULE: ./packages/lineage/build/impact/subject.js
var subject = __webpack_require__(563);
// EXTERNAL MODULE: ./packages/lineage/build/impact/find-impact.js + 1 modules
var find_impact = __webpack_require__(45639);
// EXTERNAL MODULE: ./packages/versioning/build/rules/rule-book.js + 2 modules
var rule_book = __webpack_require__(71171);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var reading_files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js + 1 modules
var governance = __webpack_require__(85708);
// EXTERNAL MODULE: ./packages/flows/build/lineage/read-lines.js + 2 modules
var read_lines = __webpack_require__(65776);
// EXTERNAL MODULE: ./packages/flows/build/lineage/read-pipelines.js
var read_pipelines = __webpack_require__(84146);
;// CONCATENATED MODULE: ./packages/flows/build/lineage/ask-impact.js







/**
 * Everything that depends on a reference, a model or a digest, through other models too: by what the manifests of the
 * checkout ask for now, and by what every registered version was made of. Writes nothing but what is kept of the
 * catalogues.
 * @throws flow/unknown-subject, flow/invalid-files, ledger/*
 */
async function askImpact(surroundings, request) {
    const files = (0,reading_files/* filesOfWorkTree */.UH)(surroundings.workTree);
    const { models, policy } = await (0,governance/* readGovernance */.r3)(files, surroundings.sha256);
    const { pipelines, notices } = await (0,read_pipelines/* readPipelines */.K)(files);
    const lines = await (0,read_lines/* readLines */.Se)(surroundings, { models, pipelines });
    const read = (0,subject/* readSubject */.$e)(request.about, lines);
    if (!read.ok)
        throw (0,error/* weighbridgeError */.q)('flow/unknown-subject', { subject: request.about.slice(0, 200), reason: read.reason });
    const subjects = withOwners(read.subject, lines.values());
    const rows = (0,find_impact/* findImpact */.i)({ lines, subjects, bump: request.bump, book: (0,rule_book/* openRuleBook */._h)(policy.versioning) });
    const looked = [...lines.values()].reduce((sum, { versions }) => sum + versions.length, 0);
    return { subjects, named: subjects.map(subject/* formatSubject */.QK), rows, looked, notices };
}
/** Content of a version is a subject together with that version. */
function withOwners(subject, lines) {
    if (subject.kind !== 'digest')
        return [subject];
    const owners = [];
    for (const { model, versions } of lines)
        for (const { version, identity, artifacts } of versions)
            if (identity === subject.digest || artifacts.some((hex) => `sha256:${hex}` === subject.digest))
                owners.push({ kind: 'model', model, version });
    return [subject, ...owners];
}
//# sourceMappingURL=ask-impact.js.map
// EXTERNAL MODULE: ./packages/report/build/lineage/render-impact.js
var render_impact = __webpack_require__(36648);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/word-input.js
var word_input = __webpack_require__(1758);
;// CONCATENATED MODULE: ./packages/host/build/commands/impact.js




const command = 'impact';
const bumpWords = ['patch', 'minor', 'major'];
const formats = ['text', 'markdown', 'json'];
const impactCommand = {
    spec: {
        name: command,
        summary: 'Show what depends on a model, on data or on a digest, and the version each would get',
        description: 'Looks through what every registered version was made of and what the manifests of the checkout ask for, and follows bases and parts from model to model. For each model it tells where the versions stand that rest on it, and the bump that it would get were it made again: data by its role, a base or part by its own bump as far as the range takes its next version. Catalogues that were read before are kept in the clone, so that the cost is that of what changed. Ends with 0, also where nothing depends on it; with --fail-on, 1 when a version in such a stage does.',
        arguments: [
            {
                name: 'about',
                description: 'MODEL, MODEL@VERSION, MODEL@STAGE; a reference as manifests write it, files from the root of the repository (/data/train.csv); or a digest (sha256:…, tree:…, md5:…) of a version, an artifact or data.',
                required: true,
            },
        ],
        inputs: [
            {
                name: 'bump',
                description: 'The bump that a model asked about gets: patch, minor or major.',
                type: 'text',
                default: 'minor',
                placeholder: 'BUMP',
            },
            {
                name: 'fail-on',
                description: 'Stages that nothing may depend on it in: the exit code is 1 else.',
                type: 'list',
                placeholder: 'STAGE',
            },
            { name: 'format', description: 'text, markdown or json.', type: 'text', default: 'text', placeholder: 'FORMAT' },
        ],
        outputs: [
            {
                name: 'models',
                description: 'JSON: [{"model","bump","next","depth","versions"}] of the models that depend on it.',
            },
        ],
        examples: [
            'weighbridge impact fraud --bump major',
            'weighbridge impact hf://meta-llama/Llama-3.1-8B',
            'weighbridge impact /models/fraud/data.csv --fail-on production',
        ],
    },
    run: runImpact,
};
async function runImpact(inputs, host) {
    const bump = (0,word_input/* wordOf */.a)(inputs, { name: 'bump', words: bumpWords, command });
    const format = (0,word_input/* wordOf */.a)(inputs, { name: 'format', words: formats, command });
    const stages = inputs.list('fail-on');
    const unknown = stages.find((stage) => !host.policy.stages.includes(stage));
    if (unknown !== undefined) {
        const reason = `"${unknown}" is none of ${host.policy.stages.join(', ')}`;
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'fail-on', reason, command });
    }
    const impact = await askImpact(host.surroundings, { about: inputs.text('about') ?? '', bump });
    const report = { subjects: impact.named, rows: impact.rows };
    const json = { subjects: impact.named, bump, looked_through: impact.looked, models: impact.rows };
    const markdown = (0,render_impact/* renderImpactMarkdown */.M)(report);
    const texts = { text: (0,render_impact/* renderImpactText */.E)(report), markdown, json: `${JSON.stringify(json, null, 2)}\n` };
    return {
        exitCode: isHeld(impact, stages) ? 1 : 0,
        json,
        text: texts[format],
        ...(format === 'json' ? { verbatim: true } : {}),
        markdown: markdown === '' ? (0,escape_markdown/* escapeMarkdown */.FV)(texts.text) : markdown,
        notices: impact.notices,
        outputs: { models: JSON.stringify(impact.rows) },
    };
}
function isHeld({ rows }, stages) {
    return rows.some(({ versions }) => versions.some(({ places }) => places.some((place) => stages.includes(place))));
}
//# sourceMappingURL=impact.js.map

/***/ }),

/***/ 1758:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ wordOf)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);

/** The word that an input was given. @throws host/input for none and for any other */
function wordOf(inputs, { name, words, command }) {
    const text = inputs.text(name) ?? '';
    const found = words.find((word) => word === text);
    if (found !== undefined)
        return found;
    const reason = `"${text.slice(0, 40)}" is none of ${words.join(', ')}`;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('host/input', { input: name, reason, command });
}
//# sourceMappingURL=word-input.js.map

/***/ })

};
