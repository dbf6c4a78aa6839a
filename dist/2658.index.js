export const id = 2658;
export const ids = [2658];
export const modules = {

/***/ 11536:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ findRegistered),
/* harmony export */   R: () => (/* binding */ newestVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73699);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55334);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63518);
/* harmony import */ var _not_registered_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(27332);



/**
 * The version that is asked for, as findVersion takes it; null for the newest release.
 * @throws core/model-name, flow/unknown-model, flow/unknown-version, flow/not-registered, flow/ledger-missing
 */
async function findRegistered(surroundings, asked) {
    const model = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseModelName */ .s)(asked.model);
    const catalogue = await surroundings.ledger.catalogue(model);
    if (catalogue === null)
        throw await (0,_not_registered_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownOrNotRegistered */ .t)(surroundings, model);
    const wanted = asked.version ?? newestVersion(catalogue);
    if (wanted === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/not-registered', { model });
    return { catalogue, version: (0,_history_js__WEBPACK_IMPORTED_MODULE_3__/* .findVersion */ .Am)(model, catalogue, wanted) };
}
/** The highest release that is not given up; a candidate where there is none; null where all are given up. */
function newestVersion({ versions }) {
    const kept = versions.filter(({ deprecated }) => !deprecated);
    const finals = kept.filter(({ version }) => !(0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .isPrerelease */ .V1)(version));
    const ordered = (finals.length > 0 ? finals : kept).toSorted((left, right) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .compareVersions */ .Zy)(right.version, left.version));
    return ordered[0]?.version ?? null;
}
//# sourceMappingURL=find-registered.js.map

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

/***/ 92658:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lineageCommand: () => (/* binding */ lineageCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/lineage/build/graph/build-graph.js + 2 modules
var build_graph = __webpack_require__(42925);
// EXTERNAL MODULE: ./packages/lineage/build/graph/neighbourhood.js
var neighbourhood = __webpack_require__(92462);
// EXTERNAL MODULE: ./packages/lineage/build/dependencies.js
var build_dependencies = __webpack_require__(40339);
// EXTERNAL MODULE: ./packages/lineage/build/impact/find-holders.js
var find_holders = __webpack_require__(48166);
// EXTERNAL MODULE: ./packages/flows/build/registry/find-registered.js
var find_registered = __webpack_require__(11536);
// EXTERNAL MODULE: ./packages/flows/build/lineage/read-lines.js + 2 modules
var read_lines = __webpack_require__(65776);
// EXTERNAL MODULE: ./packages/flows/build/lineage/record-version.js
var record_version = __webpack_require__(64908);
;// CONCATENATED MODULE: ./packages/flows/build/lineage/read-lineage.js




/** Versions of one graph: a base of everything has more dependents than anybody looks at. */
const maxVersions = 500;
/** Versions whose snapshots are read in one trip: of each only what a graph needs is kept. */
const versionsAtOnce = 100;
/**
 * The lineage of a registered version from the ledger: what it was made of through bases and parts, and what was made
 * of it. Only looking down reads what other models are made of.
 * @throws core/model-name, flow/not-registered, flow/unknown-version, ledger/*
 */
async function readLineage(surroundings, question) {
    const { direction, depth } = question;
    const found = await (0,find_registered/* findRegistered */.E)(surroundings, question);
    const { model } = found.catalogue;
    const { version } = found.version;
    const recorder = (0,record_version/* openVersionRecorder */.t)(surroundings);
    const recorded = new Map();
    const catalogues = new Map([[model, found.catalogue]]);
    let waiting = [{ model, version }];
    if (direction !== 'up')
        waiting = [...waiting, ...(await usersOf(surroundings, { model, version }))];
    // Step by step, so that the trips to the ledger grow with the length of the path and not with what lies on it.
    while (waiting.length > 0 && recorded.size < maxVersions) {
        const now = waiting.slice(0, Math.min(versionsAtOnce, maxVersions - recorded.size));
        await readCatalogues(surroundings, catalogues, now);
        const read = await recorder.read(now.flatMap((each) => findNamed(catalogues, each)));
        for (const each of read)
            recorded.set((0,build_graph/* versionNodeId */.g)(each.model, each.version), each);
        const origins = direction === 'down' ? [] : read.flatMap(originsOf);
        waiting = distinct([...waiting.slice(now.length), ...origins], recorded);
    }
    const start = (0,build_graph/* versionNodeId */.g)(model, version);
    const graph = (0,neighbourhood/* neighbourhoodOf */.nC)((0,build_graph/* buildLineage */._)([...recorded.values()]), { start, direction, depth });
    const left = waiting.length;
    const more = recorded.size < maxVersions || left === 0
        ? []
        : [
            {
                level: 'warning',
                text: `${left} more versions are left out: "weighbridge impact ${model}" lists them all.`,
            },
        ];
    return { model, version, start, graph, notices: [...recorder.notices(), ...more] };
}
async function readCatalogues({ ledger }, catalogues, named) {
    const unread = [...new Set(named.map(({ model }) => model))].filter((model) => !catalogues.has(model));
    if (unread.length === 0)
        return;
    for (const [model, catalogue] of await ledger.catalogues(unread))
        catalogues.set(model, catalogue);
}
/** None where the ledger does not have it: a pin of a dependency may name a version of elsewhere. */
function findNamed(catalogues, named) {
    const catalogue = catalogues.get(named.model);
    const version = catalogue?.versions.find((other) => other.version === named.version);
    return catalogue === undefined || version === undefined ? [] : [{ catalogue, version }];
}
/** Each once, and none that was read. */
function distinct(named, recorded) {
    const byId = new Map(named.map((each) => [(0,build_graph/* versionNodeId */.g)(each.model, each.version), each]));
    return [...byId].filter(([id]) => !recorded.has(id)).map(([, each]) => each);
}
function originsOf({ dependencies }) {
    return dependencies.flatMap(({ ref, pin }) => {
        const own = (0,build_dependencies/* modelOfRef */.SW)(ref);
        return own === null || pin === null ? [] : [{ model: own, version: pin }];
    });
}
async function usersOf(surroundings, { model, version }) {
    const holders = (0,find_holders/* findHolders */.Z)((0,read_lines/* linesOf */.Dx)(await (0,read_lines/* readLineIndex */.zf)(surroundings)), [{ kind: 'model', model, version }]);
    const users = [...holders].flatMap(([user, versions]) => versions.map((each) => ({ model: user, version: each.version, depth: each.depth })));
    return users.sort((left, right) => left.depth - right.depth);
}
//# sourceMappingURL=read-lineage.js.map
// EXTERNAL MODULE: ./packages/manifest/build/reference/parse-reference.js
var parse_reference = __webpack_require__(45737);
;// CONCATENATED MODULE: ./packages/lineage/build/open-lineage/dataset-name.js

/**
 * The name of a node, after OpenLineage's rules for naming where there is one; files and models of the repository have
 * the repository's address as their namespace. @see https://openlineage.io/docs/spec/naming
 */
function datasetNameOf({ kind, name }, repository) {
    if (kind === 'model')
        return { namespace: repository, name: `models/${name}` };
    const read = (0,parse_reference/* readReference */.W)(name);
    if (!read.ok)
        return { namespace: repository, name };
    const { reference } = read;
    switch (reference.scheme) {
        case 'path':
        case 'dvc':
            return { namespace: repository, name: reference.path.replace(/^\/+/, '') };
        case 's3':
        case 'gs':
        case 'az':
            return { namespace: `${reference.scheme}://${reference.bucket}`, name: reference.key };
        case 'hf': {
            const prefix = reference.type === 'model' ? '' : `${reference.type}s/`;
            const path = reference.path === null ? '' : `/${reference.path}`;
            return { namespace: 'https://huggingface.co', name: `${prefix}${reference.repository}${path}` };
        }
        case 'lakefs':
            return { namespace: `lakefs://${reference.repository}`, name: reference.path };
        case 'vendor':
            return { namespace: `vendor:${reference.provider}`, name: reference.model };
        case 'registry':
            return { namespace: repository, name: `models/${reference.name}` };
        case 'mlflow':
        case 'wandb':
        case 'sha256':
            return { namespace: `${reference.scheme}:`, name: name.slice(reference.scheme.length + 1) };
    }
}
//# sourceMappingURL=dataset-name.js.map
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
;// CONCATENATED MODULE: ./packages/lineage/build/open-lineage/run-id.js

/**
 * A UUID of version 7 (RFC 9562) that is always the same for the same run: its time is that of the run, and what is
 * random elsewhere comes from the SHA-256 of its name.
 */
function runIdOf(sha256, { name, time }) {
    const milliseconds = BigInt(Math.max(0, Date.parse(time) || 0));
    const stamp = milliseconds.toString(16).padStart(12, '0').slice(-12);
    const hash = (0,digest/* bytesToHex */.My)(sha256((0,digest/* utf8 */.As)(name)));
    const variant = ((Number.parseInt(hash[3] ?? '0', 16) & 0x3) | 0x8).toString(16);
    return [
        stamp.slice(0, 8),
        stamp.slice(8),
        `7${hash.slice(0, 3)}`,
        `${variant}${hash.slice(4, 7)}`,
        hash.slice(7, 19),
    ].join('-');
}
//# sourceMappingURL=run-id.js.map
;// CONCATENATED MODULE: ./packages/lineage/build/open-lineage/run-events.js



const specification = 'https://openlineage.io/spec';
/**
 * The jobs of a graph as events: for each, that it started and that it ended. When it started is not on record, so that
 * both have the time at which the version was registered. The same graph gives the same events, ids of runs included.
 * @see https://openlineage.io/spec/2-0-2/OpenLineage.json
 */
function runEventsOf(graph, options) {
    return jobsOf(graph).flatMap((job) => [eventOf(job, 'START', options), eventOf(job, 'COMPLETE', options)]);
}
function eventOf(job, eventType, options) {
    const { repository, producer, sha256 } = options;
    const ended = eventType === 'COMPLETE';
    const dataset = (node) => datasetOf(node, options);
    return {
        eventTime: job.time,
        producer,
        schemaURL: `${specification}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
        eventType,
        run: {
            runId: runIdOf(sha256, { name: `${repository}\n${job.kind}\n${job.node.id}`, time: job.time }),
            facets: {},
        },
        job: { namespace: repository, name: job.name, facets: jobFacets(job, options) },
        inputs: job.inputs.map(dataset),
        outputs: ended ? job.outputs.map(dataset) : [],
    };
}
function jobFacets({ kind, node }, { repository, producer }) {
    const jobType = {
        ...facet('2-0-4', 'JobTypeJobFacet', producer),
        processingType: 'BATCH',
        integration: 'WEIGHBRIDGE',
        jobType: kind,
    };
    const commit = node.version;
    const isWeb = /^https?:\/\//.test(repository);
    const sourceCodeLocation = kind === 'EVALUATION' || commit === null || !isWeb
        ? {}
        : {
            sourceCodeLocation: {
                ...facet('1-1-0', 'SourceCodeLocationJobFacet', producer),
                type: 'git',
                url: `${repository}/tree/${commit}`,
                repoUrl: repository,
                version: commit,
            },
        };
    const { command } = node.detail;
    const documentation = command === undefined
        ? {}
        : { documentation: { ...facet('1-1-0', 'DocumentationJobFacet', producer), description: command } };
    return { jobType, ...sourceCodeLocation, ...documentation };
}
function datasetOf(node, { repository, producer }) {
    const version = node.version === null
        ? {}
        : { version: { ...facet('1-0-1', 'DatasetVersionDatasetFacet', producer), datasetVersion: node.version } };
    const isModel = node.kind === 'model' || node.kind === 'base';
    const datasetType = isModel
        ? { datasetType: { ...facet('1-0-1', 'DatasetTypeDatasetFacet', producer), datasetType: 'MODEL' } }
        : {};
    return { ...datasetNameOf(node, repository), facets: { ...version, ...datasetType } };
}
function facet(version, name, producer) {
    return { _producer: producer, _schemaURL: `${specification}/facets/${version}/${name}.json#/$defs/${name}` };
}
/** Training and processing are nodes; a measurement is what evaluation data and a version have between them. */
function jobsOf(graph) {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const steps = (0,neighbourhood/* indexSteps */.C9)(graph);
    const at = (edges, end) => edges.map((edge) => nodes.get(edge[end])).filter((node) => node !== undefined);
    return graph.nodes.flatMap((node) => {
        if (node.kind === 'training' || node.kind === 'processing') {
            const outputs = at(steps.from(node.id, 'down'), 'to');
            // What a system is put together from goes into it in the job that makes it.
            const parts = outputs.flatMap(({ id }) => steps.from(id, 'up').filter(({ relation }) => relation === 'part'));
            const read = steps.from(node.id, 'up').filter(({ relation }) => relation === 'input' || relation === 'base');
            const kind = node.kind === 'training' ? 'TRAINING' : 'PROCESSING';
            const inputs = at([...read, ...parts], 'from');
            return [{ name: jobName(node), kind, node, time: timeOf(graph, node), inputs, outputs }];
        }
        const measured = steps.from(node.id, 'up').filter(({ relation }) => relation === 'evaluates');
        if (node.kind !== 'model' || measured.length === 0)
            return [];
        const inputs = [node, ...at(measured, 'from')];
        return [
            { name: `evaluation/${node.name}`, kind: 'EVALUATION', node, time: timeOf(graph, node), inputs, outputs: [] },
        ];
    });
}
function jobName({ id, detail, name }) {
    const bare = id.replace(/@[^@]*$/, '');
    return detail['pipeline'] === undefined
        ? bare.replace(':', '/')
        : `${detail['pipeline']}/${name.replace(/^stage /, '')}`;
}
/** When the first version that a job led to was registered. */
function timeOf(graph, node) {
    const { nodes } = (0,neighbourhood/* neighbourhoodOf */.nC)(graph, { start: node.id, direction: 'down', depth: null });
    const times = nodes.flatMap(({ detail }) => detail['registered'] ?? detail['judged'] ?? []);
    return times.sort()[0] ?? '1970-01-01T00:00:00Z';
}
//# sourceMappingURL=run-events.js.map
// EXTERNAL MODULE: ./packages/report/build/lineage/render-lineage-mermaid.js
var render_lineage_mermaid = __webpack_require__(12535);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/report/build/lineage/node-words.js
var node_words = __webpack_require__(25817);
;// CONCATENATED MODULE: ./packages/report/build/lineage/render-lineage-text.js



const maxDetail = 100;
/** Branches can meet again and again: a tree of more lines is told as JSON. */
const maxLines = 2_000;
/**
 * A graph as a tree for a terminal, seen from one node: first what it was made of, then what was made of it. A branch
 * that was shown before is named and not drawn again.
 */
function renderLineageText(graph, start) {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const steps = (0,neighbourhood/* indexSteps */.C9)(graph);
    const root = nodes.get(start);
    if (root === undefined)
        return '';
    const lines = [describeNode(root)];
    for (const [direction, title] of [
        ['up', 'made from'],
        ['down', 'goes to'],
    ]) {
        if (steps.from(start, direction).length === 0)
            continue;
        lines.push('', title);
        drawBranches({ nodes, steps, lines, shown: new Set([start]) }, start, { direction, indent: '' });
    }
    return lines.length <= maxLines
        ? lines.join('\n')
        : [
            ...lines.slice(0, maxLines),
            `… ${lines.length - maxLines} more lines: --depth shows less, --format json all.`,
        ].join('\n');
}
function drawBranches(drawing, id, { direction, indent }) {
    const { nodes, steps, lines, shown } = drawing;
    const edges = steps.from(id, direction);
    for (const [place, edge] of edges.entries()) {
        const node = nodes.get((0,neighbourhood/* otherEnd */.M0)(edge, direction));
        if (node === undefined)
            continue;
        const last = place === edges.length - 1;
        const again = shown.has(node.id) && steps.from(node.id, direction).length > 0;
        lines.push(`${indent}${last ? '└─ ' : '├─ '}${describeBranch(edge, node)}${again ? ' (as above)' : ''}`);
        if (shown.has(node.id) || lines.length > maxLines * 2)
            continue;
        shown.add(node.id);
        drawBranches(drawing, node.id, { direction, indent: `${indent}${last ? '   ' : '│  '}` });
    }
}
function describeBranch({ relation }, node) {
    const plain = relation === 'output' || relation === 'code' || relation === 'environment' || relation === 'deployed';
    return plain ? describeNode(node) : `${relation}: ${describeNode(node)}`;
}
function describeNode(node) {
    const kind = node_words/* nodeKindWords */.Yl[node.kind];
    const title = (0,node_words/* nodeTitle */.TH)(node);
    const named = title.startsWith(kind) ? title : `${title} (${kind})`;
    const { run, since, by, command, files, framework } = node.detail;
    const details = [
        ...(framework === undefined ? [] : [framework]),
        ...(run === undefined ? [] : [`run ${run}`]),
        ...(command === undefined ? [] : [command]),
        ...(files === undefined ? [] : [`${files} files`]),
        ...(since === undefined ? [] : [`since ${since}${by === undefined ? '' : ` by ${by}`}`]),
    ];
    const told = details.map((detail) => (0,escape_markdown/* shorten */.ml)((0,escape_markdown/* oneLine */.TN)(detail), maxDetail)).join(', ');
    return `${(0,escape_markdown/* oneLine */.TN)(named)}${told === '' ? '' : `  ${told}`}`;
}
//# sourceMappingURL=render-lineage-text.js.map
// EXTERNAL MODULE: ./packages/host/build/repository-name.js
var repository_name = __webpack_require__(68311);
// EXTERNAL MODULE: ./packages/host/build/word-input.js
var word_input = __webpack_require__(1758);
// EXTERNAL MODULE: ./packages/host/build/commands/write-document.js
var write_document = __webpack_require__(89527);
;// CONCATENATED MODULE: ./packages/host/build/commands/lineage.js







const command = 'lineage';
const formats = ['text', 'mermaid', 'json', 'openlineage'];
/** What an event of OpenLineage says made it. */
const producer = 'https://github.com/weighbridge-dev/weighbridge';
const lineageCommand = {
    spec: {
        name: command,
        summary: 'Show what a version was made of, and what was made of it',
        description: 'Draws raw data, what pipelines (dvc.lock) made of it, training with its code and environment, the version and where it stands, through bases and parts that are models of this registry, from the ledger and the commits that the clone holds. As a tree; as a Mermaid flow chart of at most 40 nodes, in which whole branches are left out and counted; as JSON; or as events of OpenLineage 2-0-2, one per line, whose run ids are the same each time.',
        arguments: [write_document/* documentArgument */.Ts],
        inputs: [
            { name: 'direction', description: 'up, down or both.', type: 'text', default: 'both', placeholder: 'WAY' },
            {
                name: 'depth',
                description: 'Steps from the version; all when not given.',
                type: 'integer',
                placeholder: 'STEPS',
            },
            {
                name: 'format',
                description: 'text, mermaid, json or openlineage.',
                type: 'text',
                default: 'text',
                placeholder: 'FORMAT',
            },
        ],
        outputs: [
            { name: 'mermaid', description: 'The flow chart.' },
            { name: 'version', description: 'The version that was looked at.' },
        ],
        examples: [
            'weighbridge lineage fraud@production',
            'weighbridge lineage fraud@1.4.0 --direction up --depth 3',
            'weighbridge lineage fraud --format openlineage',
        ],
    },
    run: runLineage,
};
async function runLineage(inputs, host) {
    const direction = (0,word_input/* wordOf */.a)(inputs, { name: 'direction', words: neighbourhood/* lineageDirections */.Ul, command });
    const format = (0,word_input/* wordOf */.a)(inputs, { name: 'format', words: formats, command });
    const depth = inputs.integer('depth');
    if (depth !== null && depth < 1)
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'depth', reason: 'it is at least 1', command });
    const asked = (0,write_document/* askedVersion */.h4)(inputs, command);
    const lineage = await readLineage(host.surroundings, { ...asked, direction, depth });
    const mermaid = (0,render_lineage_mermaid/* renderLineageMermaid */.t)(lineage.graph, lineage.start);
    const markdown = `### Lineage of ${lineage.model} ${lineage.version}\n\n\`\`\`mermaid\n${mermaid}\n\`\`\``;
    const told = { exitCode: 0, markdown, notices: lineage.notices };
    const outputs = { mermaid, version: lineage.version };
    return { ...told, ...(await renderAs(format, lineage, { mermaid, direction, host })), outputs };
}
async function renderAs(format, lineage, { mermaid, direction, host }) {
    const { model, version, start, graph } = lineage;
    const json = { model, version, direction, start, ...graph };
    switch (format) {
        case 'text':
            return { json, text: renderLineageText(graph, start) };
        case 'mermaid':
            return { json, text: `${mermaid}\n`, verbatim: true };
        case 'json':
            return { json, text: `${JSON.stringify(json, null, 2)}\n`, verbatim: true };
        case 'openlineage': {
            const repository = await (0,repository_name/* repositoryNameOf */.f)(host);
            const events = runEventsOf(graph, { repository, producer, sha256: host.surroundings.sha256 });
            return { json: { events }, text: events.map((event) => `${JSON.stringify(event)}\n`).join(''), verbatim: true };
        }
    }
}
//# sourceMappingURL=lineage.js.map

/***/ }),

/***/ 89527:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ts: () => (/* binding */ documentArgument),
/* harmony export */   WK: () => (/* binding */ outputInput),
/* harmony export */   ft: () => (/* binding */ writeDocument),
/* harmony export */   h4: () => (/* binding */ askedVersion),
/* harmony export */   nk: () => (/* binding */ recordedInput)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _root_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15607);
/* harmony import */ var _sha256_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(13812);



/** The version that a document is of, as every command of documents takes it. */
const documentArgument = {
    name: 'version',
    description: 'MODEL, MODEL@VERSION, MODEL@STAGE or MODEL@ALIAS; of a model alone the newest release.',
    required: true,
};
/** Where a document goes. */
const outputInput = {
    name: 'output',
    description: 'File in the repository to write; to the terminal when not given.',
    type: 'text',
    placeholder: 'FILE',
};
/** Asks for what registration recorded. */
const recordedInput = {
    name: 'recorded',
    description: 'As it was recorded at registration, byte for byte, without what came later.',
    type: 'boolean',
    default: 'false',
};
/** The model and the version that a command was given. @throws host/input */
function askedVersion(inputs, command) {
    const [, model = '', version = null] = /^([^@]*)(?:@(.+))?$/s.exec(inputs.text('version') ?? '') ?? [];
    if (model !== '')
        return { model, version };
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('host/input', { input: 'version', reason: 'MODEL or MODEL@VERSION was expected', command });
}
/** Writes a document to the file that was asked for, else shows it as it is. @throws host/input, git/path, git/symlink */
async function writeDocument(inputs, host, document) {
    const { command, model, version, text, notices } = document;
    const dryRun = inputs.boolean('dry-run');
    const output = inputs.text('output');
    const file = output === null ? null : (0,_root_path_js__WEBPACK_IMPORTED_MODULE_1__/* .rootPath */ .w)(host, output, { command, input: 'output' });
    if (file !== null && !dryRun)
        await host.surroundings.workTree.write(file, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text));
    const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .digestBytes */ .QN)(_sha256_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text));
    const told = `${dryRun ? 'Would write' : 'Wrote'} ${file ?? ''}: the ${command} of ${model} ${version} (${digest})`;
    return {
        exitCode: 0,
        json: { dry_run: dryRun, model, version, file, digest, ...document.json },
        text: file === null ? text : told,
        ...(file === null ? { verbatim: true } : {}),
        markdown: file === null ? text : told,
        notices,
        outputs: { digest, file: file ?? '' },
    };
}
//# sourceMappingURL=write-document.js.map

/***/ }),

/***/ 68311:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ repositoryNameOf)
/* harmony export */ });
/* harmony import */ var _open_forge_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28609);

/** Address of the repository as people open it; `weighbridge:` and the name of its folder where no forge is known. */
async function repositoryNameOf({ environment, surroundings, root }) {
    const address = (0,_open_forge_js__WEBPACK_IMPORTED_MODULE_0__/* .forgeAddress */ .G)(environment, await surroundings.repository.remoteUrl());
    if (address !== null)
        return `${address.serverUrl}/${address.repository}`;
    return `weighbridge:${encodeURIComponent(root.split(/[\\/]/).at(-1) ?? '')}`;
}
//# sourceMappingURL=repository-name.js.map

/***/ }),

/***/ 15607:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ rootPath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);


/** A path of the command line as a path of the repository, with `/`. @throws host/input outside of it */
function rootPath(host, written, { command, input }) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(host.root, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(host.folder, written));
    if (path.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(path)) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('host/input', {
            input,
            reason: `${written} lies outside the repository`,
            command,
        });
    }
    return path.split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep).join('/');
}
//# sourceMappingURL=root-path.js.map

/***/ }),

/***/ 1758:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ wordOf)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

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
