export const id = 3594;
export const ids = [3594];
export const modules = {

/***/ 63594:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  diffCommand: () => (/* binding */ diffCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/model-name.js
var model_name = __webpack_require__(73699);
// EXTERNAL MODULE: ./packages/formats/build/read-header.js + 20 modules
var read_header = __webpack_require__(83998);
// EXTERNAL MODULE: ./packages/formats/build/tensor-digests.js
var tensor_digests = __webpack_require__(48072);
// EXTERNAL MODULE: ./packages/versioning/build/assess.js + 42 modules
var assess = __webpack_require__(23733);
;// CONCATENATED MODULE: ./packages/versioning/build/empty-snapshot.js
/** A full model of which nothing is known but its name: what others are told by their difference from. */
function emptySnapshot(model) {
    return {
        schema: 1,
        model,
        kind: 'model',
        base: null,
        artifacts: [],
        data: [],
        config: [],
        code: [],
        prompts: [],
        retrieval: null,
        interface: null,
        metrics: [],
        runtime: { framework: null, frameworkVersion: null, image: null, lock: null },
        uses: [],
        training: {},
        documentation: { description: null, owners: [], files: [] },
        metadata: {},
    };
}
//# sourceMappingURL=empty-snapshot.js.map
// EXTERNAL MODULE: ./packages/flows/build/assessment/built-on.js
var built_on = __webpack_require__(65069);
// EXTERNAL MODULE: ./packages/flows/build/assessment/certain-moves.js + 1 modules
var certain_moves = __webpack_require__(33661);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/measure-file.js
var measure_file = __webpack_require__(26087);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
;// CONCATENATED MODULE: ./packages/flows/build/assessment/diff.js








/** What changed from one model file to another and the bump that it would be. Needs no repository. @throws flow/not-a-model */
async function diffFiles(request) {
    const left = await sideSnapshot(request, request.left);
    const right = await sideSnapshot(request, request.right);
    return compare(request, left, right);
}
/** What changed between two registered versions, from the ledger alone. @throws flow/unknown-version */
async function diffVersions(surroundings, request) {
    const model = (0,model_name/* parseModelName */.s)(request.model);
    const catalogue = await surroundings.ledger.catalogue(model);
    const from = (0,registry_history/* findVersion */.Am)(model, catalogue, request.from);
    const to = (0,registry_history/* findVersion */.Am)(model, catalogue, request.to);
    const [previous, candidate] = [await (0,read_snapshot/* readSnapshot */.R)(surroundings, from), await (0,read_snapshot/* readSnapshot */.R)(surroundings, to)];
    return (0,assess/* assess */.n)({
        previous: { version: from.version, snapshot: previous },
        candidate,
        significant: (0,certain_moves/* certainMoves */.r)(previous, candidate, request.versioning).moves,
        parts: await (0,built_on/* bumpsOfParts */.RF)(surroundings, previous, candidate),
        policy: request.versioning,
        existing: [],
        declared: null,
        sha256: surroundings.sha256,
    });
}
function compare(request, left, right) {
    return (0,assess/* assess */.n)({
        previous: { version: '1.0.0', snapshot: left },
        candidate: right,
        policy: request.versioning,
        existing: [],
        declared: null,
        sha256: request.sha256,
    });
}
async function sideSnapshot(request, side) {
    const header = await (0,read_header/* readHeader */.ay)(side.source, {
        sha256: request.sha256,
        inflate: request.inflate,
        openBeside: side.openBeside,
    });
    if (header === null)
        throw (0,error/* weighbridgeError */.q)('flow/not-a-model', { path: side.source.name });
    const tensors = {};
    if (request.tensors) {
        const digests = await (0,tensor_digests/* digestTensors */.d)(header, side.openBeside, request.newHash, { inflate: request.inflate });
        for (const [name, digest] of digests)
            tensors[name] = digest;
    }
    const list = header.tensors.map((tensor) => [tensor.name, tensor.dtype, tensor.shape]);
    const { format, attributes, graph, imports } = header;
    return {
        ...emptySnapshot((0,model_name/* parseModelName */.s)('model')),
        artifacts: [
            {
                path: 'model',
                size: side.source.sizeBytes,
                sha256: request.tensors ? await (0,measure_file/* digestSource */.IL)(side.source, request.newHash()) : null,
                header: { format, tensors: list, attributes, graph, imports },
                tensors,
                document: null,
            },
        ],
    };
}
//# sourceMappingURL=diff.js.map
// EXTERNAL MODULE: ./packages/flows/build/documents/version-documents.js + 5 modules
var version_documents = __webpack_require__(58829);
// EXTERNAL MODULE: ./packages/report/build/render-assessment.js
var render_assessment = __webpack_require__(70106);
// EXTERNAL MODULE: ./packages/report/build/documents/compare-cards.js
var compare_cards = __webpack_require__(60607);
// EXTERNAL MODULE: ./packages/stores/build/file-source.js
var file_source = __webpack_require__(56391);
// EXTERNAL MODULE: ./packages/host/build/inflate-stream.js
var inflate_stream = __webpack_require__(9841);
// EXTERNAL MODULE: ./packages/host/build/sha256.js
var sha256 = __webpack_require__(13812);
;// CONCATENATED MODULE: ./packages/host/build/commands/diff.js







const diffCommand = {
    spec: {
        name: 'diff',
        summary: 'Tell what changed between two model files or two versions',
        description: 'Two files of any place need no repository: their headers are compared, and with --tensors every tensor. MODEL@VERSION twice compares two registered versions from the ledger alone.',
        arguments: [
            { name: 'from', description: 'A model file, or MODEL@VERSION', required: true },
            { name: 'to', description: 'Another file, or a version of the same model', required: true },
        ],
        inputs: [
            {
                name: 'tensors',
                description: 'Read all bytes and tell which tensors differ.',
                type: 'boolean',
                default: 'false',
            },
            {
                name: 'cards',
                description: 'Compare the model cards of two versions: front matter, results, and the words of the team.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [],
        examples: [
            'weighbridge diff old.onnx new.onnx',
            'weighbridge diff fraud@1.3.2 fraud@2.0.0',
            'weighbridge diff fraud@1.3.2 fraud@2.0.0 --cards',
        ],
    },
    run: runDiff,
};
async function runDiff(inputs, host) {
    const from = inputs.text('from') ?? '';
    const to = inputs.text('to') ?? '';
    if (inputs.boolean('cards'))
        return diffNamedCards(host, { from, to });
    const left = await openSide(host, from);
    const right = await openSide(host, to);
    try {
        if (left !== null && right !== null) {
            const assessment = await diffFiles({
                left,
                right,
                versioning: host.policy.versioning,
                tensors: inputs.boolean('tensors'),
                sha256: sha256/* sha256 */.sc,
                newHash: sha256/* newHash */.tw,
                inflate: inflate_stream/* inflateStream */.s,
            });
            const text = `${diffTitle(assessment, inputs.boolean('tensors'))}: ${from} -> ${to}\n${(0,render_assessment/* renderAssessmentText */.Gq)(assessment).split('\n').slice(1).join('\n')}`.trimEnd();
            return {
                exitCode: 0,
                json: { from, to, bump: assessment.bump, changes: assessment.changes },
                text,
                markdown: text,
                notices: [],
                outputs: {},
            };
        }
        return await diffNamedVersions(host, { from, to });
    }
    finally {
        await left?.source.close();
        await right?.source.close();
    }
}
function diffTitle({ bump, changes }, tensors) {
    if (bump !== 'none')
        return `A ${bump} change`;
    if (changes.length > 0)
        return 'Nothing that moves a version';
    return tensors ? 'No difference' : 'No difference in the headers (--tensors compares the bytes)';
}
async function diffNamedCards(host, written) {
    const { policy, surroundings } = host;
    const difference = await (0,version_documents/* diffCards */.B4)(surroundings, { ...namedVersions(written), versioning: policy.versioning });
    const told = (0,compare_cards/* renderCardDifference */.y)(difference);
    const text = told === '' ? 'The cards say the same.' : `${written.from} -> ${written.to}\n${told}`;
    return { exitCode: 0, json: { ...written, ...difference }, text, markdown: text, notices: [], outputs: {} };
}
/** The model and its two versions; the second may leave out the model. @throws flow/path-not-found, host/input */
function namedVersions({ from, to }) {
    const [model = '', version] = from.split(/@(.*)/s);
    if (version === undefined)
        throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path: from });
    const [second = '', target = second] = to.split(/@(.*)/s);
    if (to.includes('@') && second !== model) {
        throw (0,error/* weighbridgeError */.q)('host/input', {
            input: 'to',
            reason: `it names another model than ${model}`,
            command: 'diff',
        });
    }
    return { model, from: version, to: target };
}
async function diffNamedVersions(host, { from, to }) {
    const assessment = await diffVersions(host.surroundings, {
        ...namedVersions({ from, to }),
        versioning: host.policy.versioning,
    });
    const text = (0,render_assessment/* renderAssessmentText */.Gq)(assessment);
    return {
        exitCode: 0,
        json: { from, to, bump: assessment.bump, changes: assessment.changes },
        text,
        markdown: (0,render_assessment/* renderAssessmentMarkdown */.Mu)(assessment),
        notices: [],
        outputs: {},
    };
}
/** Null when there is no such file: then it names a version. */
async function openSide(host, written) {
    const path = (0,external_node_path_.resolve)(host.folder, written);
    const source = await (0,file_source/* openFileSourceIfPresent */.g5)(path);
    if (source === null)
        return null;
    const openBeside = async (name) => (0,file_source/* openFileSourceIfPresent */.g5)((0,external_node_path_.basename)(path) === name ? path : (0,external_node_path_.join)((0,external_node_path_.dirname)(path), name));
    return { source, openBeside };
}
//# sourceMappingURL=diff.js.map

/***/ })

};
