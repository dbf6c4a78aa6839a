export const id = 8829;
export const ids = [8829,3787];
export const modules = {

/***/ 58829:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B4: () => (/* binding */ diffCards),
  Xi: () => (/* binding */ makeDocuments),
  f4: () => (/* binding */ readReadme),
  YR: () => (/* binding */ readRecordedDocument),
  rS: () => (/* binding */ readVersionDocuments),
  mt: () => (/* binding */ recordDocuments)
});

// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
;// CONCATENATED MODULE: ./packages/report/build/documents/bom-components.js
/** A name and a value of ours, where the format has no place of its own. */
function property(name, value) {
    return value === null || value === '' ? [] : [{ name: `weighbridge:${name}`, value }];
}
/** Every artifact with its hash. */
function fileComponents({ artifacts, snapshot }) {
    return artifacts.map(({ path, size, sha256 }) => {
        const header = snapshot.artifacts.find((each) => each.sha256 === `sha256:${sha256}`)?.header ?? null;
        return {
            type: 'file',
            'bom-ref': `file:${path}`,
            name: path,
            hashes: [{ alg: 'SHA-256', content: sha256 }],
            properties: [...property('bytes', String(size)), ...property('format', header?.format ?? null)],
        };
    });
}
/** Reference by which the model's card names a data set. */
function dataReference(name) {
    return `data:${name}`;
}
/** Every data set, pinned where it can be. */
function dataComponents({ snapshot }) {
    return snapshot.data.map(({ name, role, ref, pinned }) => {
        const hash = /^sha256:([0-9a-f]{64})$/.exec(pinned ?? '')?.[1];
        return {
            type: 'data',
            'bom-ref': dataReference(name),
            name,
            ...(pinned === null ? {} : { version: pinned.slice(0, 1024) }),
            ...(hash === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: hash }] }),
            data: [{ type: 'dataset', name }],
            properties: [...property('role', role), ...property('reference', ref)],
        };
    });
}
//# sourceMappingURL=bom-components.js.map
;// CONCATENATED MODULE: ./packages/report/build/documents/bom-license.js
/** Identifiers of SPDX by the words of the Hugging Face Hub, where they differ by more than case or not at all. */
const spdx = {
    'afl-3.0': 'AFL-3.0',
    'agpl-3.0': 'AGPL-3.0-only',
    'apache-2.0': 'Apache-2.0',
    'artistic-2.0': 'Artistic-2.0',
    'bsd-2-clause': 'BSD-2-Clause',
    'bsd-3-clause': 'BSD-3-Clause',
    'bsd-3-clause-clear': 'BSD-3-Clause-Clear',
    'bsl-1.0': 'BSL-1.0',
    'cc-by-2.0': 'CC-BY-2.0',
    'cc-by-3.0': 'CC-BY-3.0',
    'cc-by-4.0': 'CC-BY-4.0',
    'cc-by-nc-4.0': 'CC-BY-NC-4.0',
    'cc-by-nc-nd-4.0': 'CC-BY-NC-ND-4.0',
    'cc-by-nc-sa-4.0': 'CC-BY-NC-SA-4.0',
    'cc-by-nd-4.0': 'CC-BY-ND-4.0',
    'cc-by-sa-3.0': 'CC-BY-SA-3.0',
    'cc-by-sa-4.0': 'CC-BY-SA-4.0',
    'cc0-1.0': 'CC0-1.0',
    'ecl-2.0': 'ECL-2.0',
    'epl-1.0': 'EPL-1.0',
    'epl-2.0': 'EPL-2.0',
    'eupl-1.1': 'EUPL-1.1',
    'eupl-1.2': 'EUPL-1.2',
    'gpl-2.0': 'GPL-2.0-only',
    'gpl-3.0': 'GPL-3.0-only',
    isc: 'ISC',
    'lgpl-2.1': 'LGPL-2.1-only',
    'lgpl-3.0': 'LGPL-3.0-only',
    mit: 'MIT',
    'mpl-2.0': 'MPL-2.0',
    'ms-pl': 'MS-PL',
    ncsa: 'NCSA',
    'odc-by': 'ODC-By-1.0',
    'ofl-1.1': 'OFL-1.1',
    odbl: 'ODbL-1.0',
    'osl-3.0': 'OSL-3.0',
    pddl: 'PDDL-1.0',
    postgresql: 'PostgreSQL',
    unlicense: 'Unlicense',
    wtfpl: 'WTFPL',
    zlib: 'Zlib',
};
/** A licence as CycloneDX has it: an SPDX identifier where the word stands for one, else the word itself. */
function licenseChoice(license) {
    const key = license.toLowerCase();
    const id = Object.hasOwn(spdx, key) ? spdx[key] : undefined;
    return { license: id === undefined ? { name: license } : { id } };
}
//# sourceMappingURL=bom-license.js.map
// EXTERNAL MODULE: ./packages/report/build/documents/model-facts.js + 1 modules
var model_facts = __webpack_require__(95787);
;// CONCATENATED MODULE: ./packages/report/build/documents/bom-model.js



const maxMetrics = 1_000;
/** The reference that other parts of the bill name the model by. */
function modelReference({ model, version }) {
    return `model:${model}@${version}`;
}
/** The model itself: what it is, what it came from, what was measured of it. */
function modelComponent(record) {
    const { model, version, snapshot, digests, artifacts } = record;
    const facts = (0,model_facts/* modelFacts */.P)(snapshot);
    const { description } = snapshot.documentation;
    const only = artifacts.length === 1 ? artifacts[0] : undefined;
    const pedigree = pedigreeOf(record);
    const references = externalReferences(record);
    return {
        type: 'machine-learning-model',
        'bom-ref': modelReference(record),
        name: model,
        version,
        ...(description === null ? {} : { description }),
        ...(only === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: only.sha256 }] }),
        ...(facts.license === null ? {} : { licenses: [licenseChoice(facts.license)] }),
        ...(Object.keys(pedigree).length === 0 ? {} : { pedigree }),
        ...(references.length === 0 ? {} : { externalReferences: references }),
        modelCard: modelCard(record, facts),
        properties: [
            ...property('kind', snapshot.kind),
            ...property('tag', record.tag),
            ...property('bump', record.bump),
            ...property('identity', digests.identity),
            ...property('evidence', digests.evidence),
            ...property('record', digests.record),
        ],
    };
}
/** Base and previous version are what it came from; the commit is where. */
function pedigreeOf({ model, previous, snapshot, commit }) {
    const ancestors = [
        ...baseAncestor(snapshot.base),
        ...(previous === null
            ? []
            : [
                {
                    type: 'machine-learning-model',
                    'bom-ref': modelReference({ model, version: previous.version }),
                    name: model,
                    version: previous.version,
                    properties: property('identity', previous.identity),
                },
            ]),
    ];
    return {
        ...(ancestors.length === 0 ? {} : { ancestors }),
        ...(commit === null ? {} : { commits: [{ uid: commit }] }),
    };
}
function baseAncestor(base) {
    if (base === null)
        return [];
    const id = (0,model_facts/* hubId */.l)(base.model, 'model');
    const version = base.version ?? base.revision;
    const purl = id === null ? {} : { purl: hubPurl(id, base.revision) };
    return [
        {
            type: 'machine-learning-model',
            'bom-ref': `base:${base.model}`,
            name: id ?? base.model,
            ...(version === null ? {} : { version }),
            ...purl,
            properties: [...property('reference', base.model), ...property('content', base.content)],
        },
    ];
}
/** `pkg:huggingface/<owner>/<name>@<revision>` (package-url, type huggingface: the revision is in lower case). */
function hubPurl(id, revision) {
    const name = id.split('/').map(encodeURIComponent).join('/');
    return `pkg:huggingface/${name}${revision === null ? '' : `@${encodeURIComponent(revision.toLowerCase())}`}`;
}
function externalReferences({ repository, run }) {
    const references = [
        { type: 'vcs', url: repository },
        { type: 'build-meta', url: run },
    ];
    return references.flatMap(({ type, url }) => (url !== null && isAddress(url) ? [{ type, url }] : []));
}
/** The schema wants an IRI; what is none is left out. */
function isAddress(url) {
    return /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./~%-]*)?$/.test(url);
}
/** CycloneDX model card: parameters and quantitative analysis; values are text in this format. */
function modelCard({ snapshot, evidence }, facts) {
    const datasets = snapshot.data.map(({ name }) => ({ ref: dataReference(name) }));
    const metrics = Object.entries(evidence).flatMap(([id, { document }]) => document.values.map(({ key, value, slice }) => ({
        type: `${id}.${key}`,
        value,
        ...(slice === null ? {} : { slice: nameSlice(slice) }),
    })));
    const parameters = {
        ...(facts.task === null ? {} : { task: facts.task }),
        ...(facts.family === null ? {} : { architectureFamily: facts.family }),
        ...(facts.architecture === null ? {} : { modelArchitecture: facts.architecture }),
        ...(datasets.length === 0 ? {} : { datasets }),
    };
    return {
        ...(Object.keys(parameters).length === 0 ? {} : { modelParameters: parameters }),
        ...(metrics.length === 0 ? {} : { quantitativeAnalysis: { performanceMetrics: metrics.slice(0, maxMetrics) } }),
    };
}
function nameSlice(slice) {
    return Object.entries(slice)
        .map(([column, value]) => `${column}=${value}`)
        .join(', ');
}
//# sourceMappingURL=bom-model.js.map
;// CONCATENATED MODULE: ./packages/report/build/documents/render-bom.js



/**
 * The bill of materials of a version as CycloneDX 1.6 JSON: the model with its card, pedigree and licences, its files with
 * their hashes, and its data. The same record gives the same bytes: the serial number is made from the content (a UUID of
 * version 8, RFC 9562), and the time is that of the registration.
 */
function renderBom(record, sha256) {
    const components = [...fileComponents(record), ...dataComponents(record)];
    const content = {
        $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        version: 1,
        metadata: {
            timestamp: record.registeredAt,
            tools: { components: [{ type: 'application', name: 'weighbridge' }] },
            component: modelComponent(record),
        },
        components,
        dependencies: [
            { ref: modelReference(record), dependsOn: components.map((component) => component['bom-ref'] ?? '') },
        ],
    };
    const bom = { ...content, serialNumber: serialNumber((0,digest/* digestHex */.sU)((0,digest/* digestBytes */.QN)(sha256, (0,digest/* utf8 */.As)((0,json/* canonicalJson */.d)(content))))) };
    return { bom, text: (0,json/* canonicalJson */.d)(bom) };
}
function serialNumber(hex) {
    const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
    return `urn:uuid:${[...parts, hex.slice(20, 32)].join('-')}`;
}
//# sourceMappingURL=render-bom.js.map
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/report/build/render-changes.js + 1 modules
var render_changes = __webpack_require__(5094);
// EXTERNAL MODULE: ./packages/report/build/documents/record-tables.js
var record_tables = __webpack_require__(89551);
// EXTERNAL MODULE: ./packages/report/build/documents/render-card.js
var render_card = __webpack_require__(92095);
;// CONCATENATED MODULE: ./packages/report/build/documents/render-release-notes.js




const maxDescription = 1_000;
/** The text of a version's release on a forge: what changed and why it is that bump, metrics, gate, files, verification. */
function renderReleaseNotes(record) {
    const { model, version, previous, bump, snapshot, moves } = record;
    const move = previous === null ? 'first version' : `${previous.version} → ${version}, ${bump}`;
    const { description } = snapshot.documentation;
    const gate = moves[0]?.decision ?? null;
    const sections = [
        ['What changed', (0,render_changes/* renderChanges */.O)({ ...record, current: previous?.version ?? null })],
        ['Metrics', (0,record_tables/* renderMetricsTable */.My)(record)],
        [`Gate of ${(0,escape_markdown/* escapeMarkdown */.FV)(moves[0]?.to ?? '')}`, gate === null ? '' : (0,record_tables/* renderGateTable */.aN)(gate)],
        ['Files', (0,record_tables/* renderFilesTable */.sJ)(record)],
        ['Get it and verify it', (0,render_card/* renderVerification */.Y)(record)],
    ];
    const told = sections.filter(([, body]) => body !== '').map(([title, body]) => `### ${title}\n\n${body}`);
    const about = description === null ? '' : `: ${(0,escape_markdown/* escapeMarkdown */.FV)((0,escape_markdown/* shorten */.ml)((0,escape_markdown/* oneLine */.TN)(description), maxDescription))}`;
    return `${[`**${model} ${version}** (${move})${about}`, ...told, `Identity \`${record.digests.identity}\`.`].join('\n\n')}\n`;
}
//# sourceMappingURL=render-release-notes.js.map
// EXTERNAL MODULE: ./packages/report/build/documents/compare-cards.js
var compare_cards = __webpack_require__(60607);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/stored-documents.js
var stored_documents = __webpack_require__(39896);
// EXTERNAL MODULE: ./packages/flows/build/registry/find-registered.js
var find_registered = __webpack_require__(11536);
// EXTERNAL MODULE: ./packages/flows/build/documents/version-record.js
var version_record = __webpack_require__(58987);
;// CONCATENATED MODULE: ./packages/flows/build/documents/version-documents.js







/** A README above this is no card. */
const maxReadmeBytes = 1024 * 1024;
/**
 * The documents of a registered version as the ledger knows it now. The card takes over the README that the team kept
 * with the model at the version's commit.
 * @throws core/model-name, flow/unknown-version, flow/not-registered, flow/evidence-missing, flow/evidence-malformed
 */
async function readVersionDocuments(surroundings, question) {
    const found = await (0,find_registered/* findRegistered */.E)(surroundings, question);
    const record = await (0,version_record/* readVersionRecord */.Sn)(surroundings, found, question.versioning);
    const { readme, notices } = await readReadmeAt(surroundings, record);
    return makeDocuments(surroundings, record, { readme, notices });
}
/** The documents of a record. A README whose head cannot be read is left out and told. */
function makeDocuments({ sha256 }, record, { readme, notices }) {
    const { model, version } = record;
    const rendered = tryCard(record, readme);
    const told = rendered.disagreements.map(({ key, card, record: recorded }) => {
        const text = `The model card of ${model} says ${show(card)} of ${key}, and the record of ${version} says ${show(recorded)}. The card keeps what the team wrote; mend one of the two.`;
        return { level: 'warning', text };
    });
    return {
        model,
        version,
        card: rendered.markdown,
        disagreements: rendered.disagreements,
        bom: renderBom(record, sha256),
        notes: renderReleaseNotes(record),
        notices: [...notices, ...rendered.notices, ...told],
    };
}
/** Reads the README beside a manifest, wherever the manifest was read. */
async function readReadme({ files, folder }) {
    const listed = await files.list(folder);
    const path = listed.find((each) => /^readme\.md$/i.test(folder === '' ? each : each.slice(folder.length + 1)));
    if (path === undefined)
        return { readme: null, notices: [] };
    try {
        const bytes = await files.read(path, maxReadmeBytes);
        return { readme: bytes === null ? null : (0,digest/* parseUtf8 */.zK)(bytes), notices: [] };
    }
    catch (error) {
        const isForeign = error instanceof TypeError || (error instanceof errors_error/* WeighbridgeError */.kj && error.exitCode !== 70);
        if (!isForeign)
            throw error;
        return { readme: null, notices: [leftOut(`${path}: ${error.message}`)] };
    }
}
async function readReadmeAt({ repository, sha256 }, { model, commit }) {
    if (commit === null)
        return { readme: null, notices: [] };
    try {
        const { models } = await (0,governance/* readGovernance */.r3)(await (0,files/* openCommitFiles */.th)(repository, commit), sha256);
        const found = models.find(({ manifest }) => manifest.name === model);
        return found === undefined ? { readme: null, notices: [] } : await readReadme(found);
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.exitCode === 70)
            throw error;
        return { readme: null, notices: [leftOut(error.message)] };
    }
}
function tryCard(record, readme) {
    try {
        return { ...(0,render_card/* renderCard */.Tm)(record, readme), notices: [] };
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || !error.code.startsWith('formats/'))
            throw error;
        return { ...(0,render_card/* renderCard */.Tm)(record, null), notices: [leftOut(error.message)] };
    }
}
function leftOut(reason) {
    return {
        level: 'warning',
        text: `The model card is made from the record alone, without the team's words. ${reason}`,
    };
}
function show(value) {
    return value === null ? 'nothing' : (JSON.stringify(value) ?? '');
}
/** Documents as evidence of the entry that registers the version: their texts by digest, and the names of those. */
function recordDocuments({ sha256 }, { card, bom }) {
    const texts = [
        ['model-card', (0,json/* canonicalJson */.d)({ schema: 1, type: 'model-card', text: card })],
        ['bom', bom.text],
    ];
    const named = texts.map(([kind, text]) => ({ kind, digest: (0,digest/* digestBytes */.QN)(sha256, (0,digest/* utf8 */.As)(text)) }));
    return { named, evidence: new Map(named.map(({ digest }, place) => [digest, texts[place]?.[1] ?? ''])) };
}
/** The document that registration recorded, byte for byte. @throws flow/no-recorded-document and as readVersionDocuments */
async function readRecordedDocument(surroundings, question, kind) {
    const { catalogue, version } = await (0,find_registered/* findRegistered */.E)(surroundings, question);
    const digest = (await recordedDigests(surroundings, version))[kind];
    if (digest === undefined) {
        const document = kind === 'bom' ? 'bill of materials' : 'model card';
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-recorded-document', { model: catalogue.model, version: version.version, document });
    }
    const bytes = await surroundings.ledger.evidence(digest);
    if (bytes === null)
        throw (0,errors_error/* weighbridgeError */.q)('flow/evidence-missing', { digest });
    const text = kind === 'bom' ? (0,stored_documents/* parseStoredObject */.mU)(bytes, digest, 'a bill of materials') : (0,stored_documents/* parseStoredCard */.Hz)(bytes, digest);
    return { model: catalogue.model, version: version.version, digest, text };
}
async function recordedDigests(surroundings, version) {
    const event = await (0,version_record/* readEntry */.hB)(surroundings, version.entry);
    const documents = event.type === 'registered' ? (event.body.documents ?? []) : [];
    return Object.fromEntries(documents.map(({ kind, digest }) => [kind, digest]));
}
/** How the cards of two versions differ. @throws as readVersionDocuments */
async function diffCards(surroundings, request) {
    const { model, versioning } = request;
    const from = await readVersionDocuments(surroundings, { model, version: request.from, versioning });
    const to = await readVersionDocuments(surroundings, { model, version: request.to, versioning });
    return (0,compare_cards/* compareCards */.$)(from.card, to.card);
}
//# sourceMappingURL=version-documents.js.map

/***/ }),

/***/ 58987:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sn: () => (/* binding */ readVersionRecord),
/* harmony export */   hB: () => (/* binding */ readEntry),
/* harmony export */   n6: () => (/* binding */ repositoryAddress)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94288);
/* harmony import */ var _weighbridge_versioning__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(23733);
/* harmony import */ var _registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(50773);
/* harmony import */ var _assessment_built_on_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(65069);
/* harmony import */ var _assessment_certain_moves_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(33661);
/* harmony import */ var _registry_gate_facts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70429);
/* harmony import */ var _registry_stored_documents_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(39896);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45016);









/**
 * Everything that the ledger knows of a version now, with evidence and moves that came after its registration.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
async function readVersionRecord(surroundings, { catalogue, version }, versioning) {
    const snapshot = await (0,_registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .readSnapshot */ .R)(surroundings, version);
    const earlier = catalogue.versions.find((known) => known.version === version.previous) ?? null;
    const registered = await readEntry(surroundings, version.entry);
    const moves = [];
    for (const change of catalogue.history)
        if (change.version === version.version)
            moves.push(await readMove(surroundings, change));
    return {
        model: catalogue.model,
        version: version.version,
        tag: version.tag,
        commit: version.commit,
        registeredAt: version.registeredAt,
        bump: version.bump,
        previous: earlier === null ? null : { version: earlier.version, identity: earlier.identity },
        changes: earlier === null ? [] : await readChanges(surroundings, { earlier, snapshot, versioning }),
        digests: { identity: version.identity, evidence: version.evidence, record: version.record },
        snapshot,
        artifacts: await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_1__/* .artifactsOf */ .Ns)(surroundings.ledger, version),
        store: version.store,
        evidence: await (0,_registry_gate_facts_js__WEBPACK_IMPORTED_MODULE_2__/* .readVersionEvidence */ .U0)(surroundings, version, snapshot),
        moves,
        repository: repositoryAddress(surroundings),
        run: registered.context.run?.url ?? null,
    };
}
/** One entry of the ledger by its index. */
async function readEntry({ ledger }, index) {
    const [event] = (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__/* .readEvents */ .wj)(await ledger.entries(index, index + 1), index);
    if (event === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('core/invariant', { reason: `the ledger has no entry ${index}` });
    return event;
}
/** Where people look at the repository; null where no forge is known. */
function repositoryAddress({ forge }) {
    return forge === null ? null : `https://${forge.address}`;
}
async function readChanges(surroundings, compared) {
    const { earlier, snapshot, versioning } = compared;
    const previous = await (0,_registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .readSnapshot */ .R)(surroundings, earlier);
    return (0,_weighbridge_versioning__WEBPACK_IMPORTED_MODULE_5__/* .assess */ .n)({
        previous: { version: earlier.version, snapshot: previous },
        significant: (0,_assessment_certain_moves_js__WEBPACK_IMPORTED_MODULE_6__/* .certainMoves */ .r)(previous, snapshot, versioning).moves,
        parts: await (0,_assessment_built_on_js__WEBPACK_IMPORTED_MODULE_7__/* .bumpsOfParts */ .RF)(surroundings, previous, snapshot),
        candidate: snapshot,
        policy: versioning,
        existing: [],
        declared: null,
        sha256: surroundings.sha256,
    }).changes;
}
async function readMove(surroundings, change) {
    const event = await readEntry(surroundings, change.entry);
    const moved = event.type === 'transitioned' ? event.body : null;
    const approvals = event.type === 'transitioned' || event.type === 'rolled-back' ? event.body.approvals : [];
    return {
        to: change.stage,
        time: change.time,
        actor: change.actor,
        justification: change.justification,
        pull: change.pull,
        approvals: (approvals ?? []).map(({ login, roster }) => ({ login, roster })),
        decision: moved === null || moved.decision === null ? null : await readDecision(surroundings, moved.decision),
    };
}
async function readDecision({ ledger }, digest) {
    const bytes = await ledger.evidence(digest);
    if (bytes === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('flow/evidence-missing', { digest });
    return (0,_registry_stored_documents_js__WEBPACK_IMPORTED_MODULE_8__/* .parseStoredDecision */ .RS)(bytes, digest);
}
//# sourceMappingURL=version-record.js.map

/***/ }),

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

/***/ }),

/***/ 60607:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ compareCards),
/* harmony export */   y: () => (/* binding */ renderCardDifference)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24755);
/* harmony import */ var _escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6968);
/* harmony import */ var _front_matter_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(18293);
/* harmony import */ var _model_index_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70762);
/* harmony import */ var _render_card_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(92095);





const maxLines = 2_000;
const maxShown = 200;
/**
 * Compares two model cards. Results of the `model-index` are compared one by one; the record of the version is left out,
 * because the comparison of the versions tells it better.
 * @throws formats/yaml-malformed, formats/document-too-large
 */
function compareCards(from, to) {
    const [left, right] = [(0,_front_matter_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCard */ .co)(from), (0,_front_matter_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCard */ .co)(to)];
    const [before, after] = [attributesOf(left.attributes), attributesOf(right.attributes)];
    const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
    const attributes = keys.flatMap((key) => {
        const change = { key, from: before.get(key) ?? null, to: after.get(key) ?? null };
        return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .d)(change.from) === (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .d)(change.to) ? [] : [change];
    });
    return { attributes, prose: compareLines(linesOf(left.body), linesOf(right.body)) };
}
/** For a terminal. Empty text for cards that say the same. */
function renderCardDifference({ attributes, prose }) {
    const show = (value) => value === null ? 'nothing' : (0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)((0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(typeof value === 'string' ? value : JSON.stringify(value)), 200);
    const keys = attributes.map(({ key, from, to }) => `  ${(0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(key)}: ${show(from)} -> ${show(to)}`);
    const lines = prose.slice(0, maxShown).map(({ sign, line }) => `  ${sign} ${(0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(line)}`);
    const more = prose.length > maxShown ? [`  … and ${prose.length - maxShown} more lines`] : [];
    return [...keys, ...lines, ...more].join('\n');
}
function attributesOf(attributes) {
    const found = new Map();
    for (const [key, value] of Object.entries(attributes)) {
        if (key !== 'model-index')
            found.set(key, value);
        else
            for (const each of (0,_model_index_js__WEBPACK_IMPORTED_MODULE_3__/* .indexedMetrics */ .J)(value))
                found.set(`${each.metric} on ${each.dataset}`, each.value);
    }
    return found;
}
function linesOf(body) {
    const { before, after } = (0,_render_card_js__WEBPACK_IMPORTED_MODULE_4__/* .proseOf */ .jv)(body);
    const lines = `${before}\n${after}`.split(/\r?\n/).map((line) => line.trimEnd());
    return lines.filter((line) => line !== '').slice(0, maxLines);
}
/** The longest common subsequence of lines decides what stayed. */
function compareLines(left, right) {
    const width = right.length + 1;
    const lengths = new Uint16Array((left.length + 1) * width);
    const at = (row, column) => lengths[row * width + column] ?? 0;
    for (let row = left.length - 1; row >= 0; row--) {
        for (let column = right.length - 1; column >= 0; column--) {
            const same = left[row] === right[column];
            lengths[row * width + column] = same
                ? at(row + 1, column + 1) + 1
                : Math.max(at(row + 1, column), at(row, column + 1));
        }
    }
    const prose = [];
    let [row, column] = [0, 0];
    while (row < left.length || column < right.length) {
        const [old, fresh] = [left[row], right[column]];
        if (old !== undefined && old === fresh)
            [row, column] = [row + 1, column + 1];
        else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
            prose.push({ sign: '-', line: old });
            row++;
        }
        else {
            prose.push({ sign: '+', line: fresh ?? '' });
            column++;
        }
    }
    return prose;
}
//# sourceMappingURL=compare-cards.js.map

/***/ }),

/***/ 18293:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q0: () => (/* binding */ completeFrontMatter),
  co: () => (/* binding */ parseCard)
});

// UNUSED EXPORTS: recordAttributes

// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/formats/build/documents/model-card.js
var model_card = __webpack_require__(41432);
// EXTERNAL MODULE: ./packages/formats/build/documents/strict-yaml.js
var strict_yaml = __webpack_require__(21231);
// EXTERNAL MODULE: ./packages/report/build/documents/model-facts.js + 1 modules
var model_facts = __webpack_require__(95787);
// EXTERNAL MODULE: ./packages/report/build/documents/model-index.js
var model_index = __webpack_require__(70762);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
;// CONCATENATED MODULE: ./packages/report/build/documents/yaml-text.js

/** Words that some reader of YAML 1.1 or 1.2 takes for something else than text. */
const takenWords = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|~)$/i;
const plain = /^[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;
/**
 * Plain JSON as block YAML that parsers of 1.1 (PyYAML, which the Hub's library uses) and of 1.2 read alike. Text is on
 * one line, and quoted where a reader could take it for anything else; marks that cannot be seen are shown as escapes.
 */
function formatYaml(value) {
    return members(value, '').join('\n');
}
function members(value, pad) {
    return Object.entries(value).flatMap(([key, member]) => {
        const name = `${pad}${scalar(key)}:`;
        const nested = blockOf(member, pad);
        return nested === null ? [`${name} ${scalar(member)}`] : [name, ...nested];
    });
}
/** Lines of a list or a map below their key; null for what stands beside it. */
function blockOf(value, pad) {
    if (typeof value !== 'object' || value === null)
        return null;
    if (!Array.isArray(value)) {
        return Object.keys(value).length === 0 ? null : members(value, `${pad}  `);
    }
    return value.length === 0 ? null : value.flatMap((item) => itemLines(item, pad));
}
function itemLines(item, pad) {
    if (typeof item !== 'object' || item === null || Object.keys(item).length === 0)
        return [`${pad}- ${scalar(item)}`];
    if (Array.isArray(item))
        return [`${pad}-`, ...item.flatMap((inner) => itemLines(inner, `${pad}  `))];
    const [first = '', ...rest] = members(item, `${pad}  `);
    return [`${pad}- ${first.slice(pad.length + 2)}`, ...rest];
}
function scalar(value) {
    if (typeof value === 'number')
        return numberText(value);
    if (typeof value === 'string')
        return yaml_text_text(value);
    if (value === null || typeof value === 'boolean')
        return String(value);
    return Array.isArray(value) ? '[]' : '{}';
}
function yaml_text_text(value) {
    const shown = (0,escape_markdown/* oneLine */.TN)(value).replaceAll(/[\ufffe\uffff]/g, '\ufffd');
    return plain.test(shown) && !takenWords.test(shown) ? shown : JSON.stringify(shown);
}
/** PyYAML takes `1e-7` for text: it wants a point, and a sign after the e. */
function numberText(value) {
    const [digits = '', exponent] = String(value).split('e');
    if (exponent === undefined)
        return digits;
    return `${digits.includes('.') ? digits : `${digits}.0`}e${exponent}`;
}
//# sourceMappingURL=yaml-text.js.map
;// CONCATENATED MODULE: ./packages/report/build/documents/front-matter.js





/** What the record says, by the keys of a model card (hub-docs, modelcard.md), in the order in which they are written. */
function recordAttributes(record) {
    const facts = (0,model_facts/* modelFacts */.P)(record.snapshot);
    const index = (0,model_index/* modelIndex */.A)(record, facts);
    const attributes = {
        license: facts.license,
        language: oneOrList(facts.languages),
        library_name: facts.library,
        pipeline_tag: facts.task,
        base_model: oneOrList(facts.baseModels),
        base_model_relation: facts.relation,
        datasets: facts.datasets.length === 0 ? null : facts.datasets,
        tags: facts.tags.length === 0 ? null : facts.tags,
        'model-index': index,
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}
/**
 * The front matter of the team's card with what it lacks from the record. What the team wrote stays letter for letter,
 * also where the record says something else: that is answered, never decided here.
 */
function completeFrontMatter(own, record) {
    const told = recordAttributes(record);
    const written = own?.attributes ?? {};
    const missing = Object.fromEntries(Object.entries(told).filter(([key]) => !Object.hasOwn(written, key)));
    const both = Object.keys(told).filter((key) => Object.hasOwn(written, key));
    const disagreements = both.flatMap((key) => compare(key, written[key] ?? null, told[key] ?? null));
    return { yaml: append(own, missing), disagreements };
}
/** Splits a card. A file without front matter is all prose. @throws formats/yaml-malformed, formats/document-too-large */
function parseCard(text, name = 'README.md') {
    const parsed = (0,model_card/* parseFrontMatter */.e)(text, name);
    if (parsed === null)
        return { attributes: {}, yaml: '', body: text };
    const head = text
        .slice(0, text.length - parsed.body.length)
        .trimEnd()
        .split(/\r?\n/);
    return { attributes: parsed.attributes, yaml: head.slice(1, -1).join('\n'), body: parsed.body };
}
/** Behind what is there; where that cannot be added to, such as a map in braces, everything is written anew. */
function append(own, missing) {
    if (own === null || own.yaml.trim() === '')
        return formatYaml(missing);
    if (Object.keys(missing).length === 0)
        return own.yaml;
    const whole = { ...own.attributes, ...missing };
    const added = `${own.yaml.trimEnd()}\n${formatYaml(missing)}`;
    return saysTheSame(added, whole) ? added : formatYaml(whole);
}
function saysTheSame(yaml, value) {
    try {
        return (0,json/* canonicalJson */.d)((0,strict_yaml/* parseStrictYaml */.A)(yaml, 'front matter')) === (0,json/* canonicalJson */.d)(value);
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.exitCode !== 70)
            return false;
        throw error;
    }
}
function compare(key, card, record) {
    if (key === 'tags')
        return [];
    if (key === 'model-index')
        return compareIndexes(card, record);
    const [written, told] = [wordsOf(card), wordsOf(record)];
    return [...told].every((word) => written.has(word)) ? [] : [{ key, card, record }];
}
function compareIndexes(card, record) {
    const written = (0,model_index/* indexedMetrics */.J)(card);
    return (0,model_index/* indexedMetrics */.J)(record).flatMap(({ dataset, metric, value }) => {
        const same = written.filter((each) => each.metric === metric && each.dataset === dataset);
        if (same.some((each) => each.value === value))
            return [];
        return [{ key: `model-index ${metric} on ${dataset}`, card: same[0]?.value ?? null, record: value }];
    });
}
function wordsOf(value) {
    const listed = Array.isArray(value) ? value : [value];
    return new Set(listed.map((item) => (typeof item === 'string' ? item.toLowerCase() : JSON.stringify(item))));
}
function oneOrList(texts) {
    return texts.length > 1 ? texts : (texts[0] ?? null);
}
//# sourceMappingURL=front-matter.js.map

/***/ }),

/***/ 95787:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ hubId),
  P: () => (/* binding */ modelFacts)
});

// EXTERNAL MODULE: ./packages/manifest/build/reference/parse-reference.js
var parse_reference = __webpack_require__(45737);
;// CONCATENATED MODULE: ./packages/report/build/documents/hub-words.js
/** Classes of Transformers end in what they are for; only endings with one pipeline tag are here (hub-docs, tasks). */
const tasksByClass = {
    ForCausalLM: 'text-generation',
    ForSequenceClassification: 'text-classification',
    ForTokenClassification: 'token-classification',
    ForQuestionAnswering: 'question-answering',
    ForMaskedLM: 'fill-mask',
    ForImageClassification: 'image-classification',
    ForObjectDetection: 'object-detection',
    ForCTC: 'automatic-speech-recognition',
    ForAudioClassification: 'audio-classification',
};
const tasksByAdapter = {
    CAUSAL_LM: 'text-generation',
    SEQ_CLS: 'text-classification',
    TOKEN_CLS: 'token-classification',
    QUESTION_ANS: 'question-answering',
    FEATURE_EXTRACTION: 'feature-extraction',
};
/** Frameworks as manifests write them, in the spelling of the Hub's `library_name`. */
const libraries = {
    'scikit-learn': 'sklearn',
    sklearn: 'sklearn',
    pytorch: 'pytorch',
    torch: 'pytorch',
    keras: 'keras',
    transformers: 'transformers',
    peft: 'peft',
    diffusers: 'diffusers',
    'sentence-transformers': 'sentence-transformers',
    timm: 'timm',
    spacy: 'spacy',
    flair: 'flair',
    fastai: 'fastai',
    onnx: 'onnx',
};
/** The pipeline tag that an adapter's task type or a class names; null where it names none for certain. */
function taskOf(adapterTask, architecture) {
    if (adapterTask !== null && Object.hasOwn(tasksByAdapter, adapterTask))
        return tasksByAdapter[adapterTask] ?? null;
    return Object.entries(tasksByClass).find(([ending]) => architecture?.endsWith(ending))?.[1] ?? null;
}
/** The library that loads it: that of the files, else the framework that the manifest names. */
function libraryOf(snapshot, isPeft) {
    if (isPeft)
        return 'peft';
    if (snapshot.artifacts.some(({ document }) => document?.type === 'hf-config'))
        return 'transformers';
    const framework = snapshot.runtime.framework?.toLowerCase() ?? '';
    if (Object.hasOwn(libraries, framework))
        return libraries[framework] ?? null;
    const formats = new Set(snapshot.artifacts.flatMap(({ header }) => header?.format ?? []));
    const [only] = formats;
    return formats.size === 1 && (only === 'gguf' || only === 'onnx') ? only : null;
}
/** How it came from its base: `adapter` by its kind, `quantized` by its tensors; null leaves it to the Hub to infer. */
function relationOf(snapshot) {
    if (snapshot.kind === 'adapter')
        return 'adapter';
    const isQuantized = snapshot.artifacts.some(({ header }) => header?.format === 'gguf' && header.tensors.some(([, dtype]) => /^I?Q\d/.test(dtype)));
    return isQuantized ? 'quantized' : null;
}
//# sourceMappingURL=hub-words.js.map
;// CONCATENATED MODULE: ./packages/report/build/documents/model-facts.js


const maxText = 200;
const maxItems = 100;
/**
 * Facts of a version's snapshot. What the team wrote under `metadata` of the manifest comes first, by the names that model
 * cards use (`license`, `language`, `library_name`, `pipeline_tag`, `base_model_relation`, `datasets`, `tags`), then what
 * the files of the model say of themselves.
 */
function modelFacts(snapshot) {
    const { metadata } = snapshot;
    const peft = documentOf(snapshot, 'peft-adapter');
    const config = objectOf(documentOf(snapshot, 'hf-config')?.['architecture']);
    const card = documentOf(snapshot, 'model-card');
    const architecture = textsOf(config['architectures'])[0] ?? null;
    const baseModels = baseModelsOf(snapshot, card, peft);
    return {
        license: textOf(metadata['license']) ?? textOf(card?.['license']) ?? attributeOf(snapshot, 'general.license'),
        languages: textsOf(metadata['language']),
        library: textOf(metadata['library_name']) ?? textOf(card?.['library']) ?? libraryOf(snapshot, peft !== null),
        task: textOf(metadata['pipeline_tag']) ?? textOf(card?.['task']) ?? taskOf(textOf(peft?.['task_type']), architecture),
        baseModels,
        relation: baseModels.length === 0
            ? null
            : (textOf(metadata['base_model_relation']) ?? textOf(card?.['relation']) ?? relationOf(snapshot)),
        datasets: unique([
            ...textsOf(metadata['datasets']),
            ...snapshot.data.flatMap(({ ref }) => hubId(ref, 'dataset') ?? []),
            ...textsOf(card?.['datasets']),
        ]),
        tags: unique([...textsOf(metadata['tags']), ...textsOf(peft?.['peft_type']).map((type) => type.toLowerCase())]),
        family: textOf(config['model_type']),
        architecture,
    };
}
/** The id of a Hub repository of that type, when the reference names one. */
function hubId(reference, type) {
    if (!reference.startsWith('hf:'))
        return null;
    const parsed = (0,parse_reference/* parseReference */.F)(reference);
    return parsed.scheme === 'hf' && parsed.type === type ? parsed.repository : null;
}
/** The manifest says which base it is; a path of a training machine in an adapter's configuration is none. */
function baseModelsOf(snapshot, card, peft) {
    if (snapshot.base !== null) {
        const id = hubId(snapshot.base.model, 'model');
        return id === null ? [] : [id];
    }
    const told = textsOf(card?.['baseModels']);
    const named = textOf(peft?.['base_model_name_or_path']);
    if (told.length > 0)
        return told;
    return named !== null && /^[\w.-]+\/[\w.-]+$/.test(named) && !named.startsWith('.') ? [named] : [];
}
function documentOf(snapshot, type) {
    return snapshot.artifacts.find(({ document }) => document?.type === type)?.document?.facts ?? null;
}
function attributeOf(snapshot, key) {
    const found = snapshot.artifacts.map(({ header }) => textOf(header?.attributes[key]));
    return found.find((text) => text !== null) ?? null;
}
function objectOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' && value.length <= maxText ? value.trim() : null;
}
function textsOf(value) {
    const listed = Array.isArray(value) ? value : [value ?? null];
    return listed.flatMap((item) => textOf(item) ?? []).slice(0, maxItems);
}
function unique(texts) {
    return [...new Set(texts)];
}
//# sourceMappingURL=model-facts.js.map

/***/ }),

/***/ 70762:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ modelIndex),
/* harmony export */   J: () => (/* binding */ indexedMetrics)
/* harmony export */ });
/* harmony import */ var _model_facts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95787);

const maxMetrics = 200;
/**
 * The results of a version as a `model-index` (hub-docs, modelcard.md): one result for each metric document, with the
 * values of the whole, not of slices. Null where the task is not known, because the format cannot be without one, and
 * where nothing was measured.
 */
function modelIndex(record, { task }) {
    if (task === null)
        return null;
    const results = Object.entries(record.evidence).flatMap(([id, facts]) => resultOf(record, { task, id, facts }));
    return results.length === 0 ? null : [{ name: record.model, results }];
}
function resultOf(record, { task, id, facts }) {
    const metrics = facts.document.values
        .filter(({ slice, value }) => slice === null && isNumber(value))
        .slice(0, maxMetrics)
        .map(({ key, value }) => ({ type: key, value: Number(value), name: key }));
    if (metrics.length === 0)
        return [];
    const url = facts.signer?.run ?? record.run;
    return [
        {
            task: { type: task },
            dataset: datasetOf(record, id),
            metrics,
            ...(url === null || url === undefined ? {} : { source: { name: 'Weighbridge', url } }),
        },
    ];
}
/** The evaluation data where the manifest has just one; else the evaluation by the name that the manifest gives it. */
function datasetOf({ snapshot }, id) {
    const evaluated = snapshot.data.filter(({ role }) => role === 'eval');
    const [only] = evaluated;
    if (only === undefined || evaluated.length > 1)
        return { type: id, name: id };
    return {
        type: (0,_model_facts_js__WEBPACK_IMPORTED_MODULE_0__/* .hubId */ .l)(only.ref, 'dataset') ?? only.name,
        name: only.name,
        ...(only.pinned === null ? {} : { revision: only.pinned }),
    };
}
/** Words such as NaN are no value that a card could compare. */
function isNumber(text) {
    return /^[+-]?(?:\d|\.\d)/.test(text) && Number.isFinite(Number(text));
}
/** Every value of a `model-index`; what is not in its form is passed over. */
function indexedMetrics(index) {
    return listOf(index).flatMap((model) => listOf(memberOf(model, 'results')).flatMap((result) => {
        const dataset = memberOf(memberOf(result, 'dataset'), 'type');
        return listOf(memberOf(result, 'metrics')).flatMap((metric) => {
            const type = memberOf(metric, 'type');
            const value = memberOf(metric, 'value');
            if (typeof type !== 'string' || typeof dataset !== 'string' || value === undefined)
                return [];
            return [{ dataset, metric: type, value }];
        });
    }));
}
function listOf(value) {
    return Array.isArray(value) ? value : [];
}
function memberOf(value, key) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return undefined;
    return Object.hasOwn(value, key) ? value[key] : undefined;
}
//# sourceMappingURL=model-index.js.map

/***/ }),

/***/ 89551:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   My: () => (/* binding */ renderMetricsTable),
/* harmony export */   _F: () => (/* binding */ renderLineageTable),
/* harmony export */   aN: () => (/* binding */ renderGateTable),
/* harmony export */   hL: () => (/* binding */ renderImportsTable),
/* harmony export */   sJ: () => (/* binding */ renderFilesTable),
/* harmony export */   xf: () => (/* binding */ renderMovesTable)
/* harmony export */ });
/* harmony import */ var _weighbridge_formats__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69193);
/* harmony import */ var _escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6968);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(26983);
/* harmony import */ var _verdict_marks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82401);




const maxRows = 40;
const maxCell = 300;
/** Every metric of the version, values of the whole before those of slices. Empty text when nothing was measured. */
function renderMetricsTable({ evidence }) {
    const rows = Object.entries(evidence).flatMap(([id, { document, level }]) => {
        const ordered = [...document.values].sort((left, right) => sliceRank(left) - sliceRank(right));
        return ordered.map((value) => [
            `${id}.${value.key}`,
            nameSlice(value),
            value.value,
            value.stderr ?? '',
            value.samples === null ? '' : String(value.samples),
            level,
        ]);
    });
    return cut([['metric', 'slice', 'value', 'standard error', 'samples', 'evidence'], ...rows]);
}
function sliceRank({ slice }) {
    return slice === null ? 0 : 1;
}
function nameSlice({ slice }) {
    return Object.entries(slice ?? {})
        .map(([column, value]) => `${column}=${value}`)
        .join(', ');
}
/** What a gate asked and found. Empty text where it asked nothing. */
function renderGateTable(decision) {
    const rows = decision.requirements.map(({ id, verdict, because }) => [
        id,
        `${_verdict_marks_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownMark */ .VW[verdict]} ${verdict}`,
        because,
    ]);
    return cut([['requirement', 'verdict', 'why'], ...rows]);
}
/** What the version was made from: base, previous version, data, code and training. */
function renderLineageTable(record) {
    const { snapshot, previous, commit } = record;
    const { base, training, runtime } = snapshot;
    const rows = [
        ['base model', base?.model, base?.version ?? base?.revision ?? base?.content],
        ['previous version', previous?.version, previous?.identity],
        ...snapshot.uses.map(({ model, range, version, identity }) => {
            return ['part', `${model} ${version ?? range}`, identity];
        }),
        ...snapshot.data.map(({ name, role, ref, pinned }) => [`${role} data`, `${name}: ${ref}`, pinned]),
        ['code', record.tag, commit],
        ['training run', textOf(training['run']), null],
        ['trained on', textOf(training['hardware']), textOf(training['duration'])],
        [
            'framework',
            runtime.framework ?? textOf(training['framework']),
            runtime.frameworkVersion ?? textOf(training['framework_version']),
        ],
        ['environment', runtime.image ?? runtime.lock?.path, runtime.lock?.digest],
    ];
    const known = rows.filter(([, what, pinned]) => (what ?? '') !== '' || (pinned ?? '') !== '');
    return cut([['what', 'which', 'exactly'], ...known.map(([name, what, pinned]) => [name, what ?? '', pinned ?? ''])]);
}
/** Who moved the version where, and whose reviews that rests on. Empty text for one that never moved. */
function renderMovesTable({ moves }) {
    const rows = moves.map(({ to, time, actor, approvals, pull, decision, justification }) => [
        to,
        time,
        actor,
        decision === null ? '' : `${_verdict_marks_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownMark */ .VW[decision.verdict]} ${decision.verdict}`,
        approvals.map(({ login, roster }) => `${login} (${roster})`).join(', '),
        pull === null ? '' : `pull request ${pull}`,
        justification ?? '',
    ]);
    return cut([['stage', 'when', 'by', 'gate', 'approved by', 'asked for by', 'reason'], ...rows]);
}
/** The files of the version by their digests. Empty text for one without any. */
function renderFilesTable({ artifacts, snapshot }) {
    const formats = new Map(snapshot.artifacts.map(({ path, header }) => [path.replace(/^\//, ''), header?.format ?? '']));
    const rows = artifacts.map(({ path, size, sha256 }) => {
        const format = [...formats].find(([own]) => path === own || path.endsWith(`/${own}`))?.[1] ?? '';
        return [path, String(size), format, sha256];
    });
    return cut([['file', 'bytes', 'format', 'SHA-256'], ...rows]);
}
/** What loading the pickles of the version imports, what can do harm first and marked. Empty text without a pickle. */
function renderImportsTable({ snapshot }) {
    const rows = snapshot.artifacts.flatMap(({ path, header }) => {
        const imports = (header?.imports ?? []).map((name) => ({ name, effect: (0,_weighbridge_formats__WEBPACK_IMPORTED_MODULE_1__/* .markImport */ .V)(name) }));
        const sorted = [
            ...imports.filter(({ effect }) => effect !== null),
            ...imports.filter(({ effect }) => effect === null),
        ];
        return sorted.map(({ name, effect }) => [path, name, effect === null ? '' : `⚠️ ${effect}`]);
    });
    return cut([['file', 'imports', 'which'], ...rows]);
}
/** A table of bounded size; empty text when it has a head alone. Columns that are empty in every row are left out. */
function cut(rows) {
    const [head = [], ...body] = rows;
    if (body.length === 0)
        return '';
    const kept = head.map((_, column) => body.some((row) => (row[column] ?? '') !== ''));
    const shown = [head, ...body.slice(0, maxRows)].map((row) => row.filter((_, column) => kept[column]).map((cell) => (0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)((0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(cell), maxCell)));
    const more = body.length - maxRows;
    return more > 0 ? `${(0,_table_js__WEBPACK_IMPORTED_MODULE_3__/* .renderMarkdownTable */ .I)(shown)}\n\n… and ${more} more.` : (0,_table_js__WEBPACK_IMPORTED_MODULE_3__/* .renderMarkdownTable */ .I)(shown);
}
function textOf(value) {
    return typeof value === 'string' && value !== '' ? value : null;
}
//# sourceMappingURL=record-tables.js.map

/***/ }),

/***/ 92095:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tm: () => (/* binding */ renderCard),
/* harmony export */   Y: () => (/* binding */ renderVerification),
/* harmony export */   jv: () => (/* binding */ proseOf)
/* harmony export */ });
/* harmony import */ var _escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6968);
/* harmony import */ var _render_changes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5094);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(26983);
/* harmony import */ var _front_matter_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(18293);
/* harmony import */ var _record_tables_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89551);





const begin = '<!-- weighbridge: record of the version, made from the ledger -->';
const end = '<!-- weighbridge: end of the record -->';
const maxSentence = 1_000;
/**
 * A model card in the form of the Hugging Face Hub: front matter for programs, the team's prose as it is, then the record
 * of the version. A card that was made here before and kept as the README gets its record replaced, not repeated.
 * @param readme the card or README that the team keeps with the model; null for none
 * @throws formats/yaml-malformed, formats/document-too-large when its front matter cannot be read
 */
function renderCard(record, readme) {
    const own = readme === null ? null : (0,_front_matter_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCard */ .co)(readme);
    const { yaml, disagreements } = (0,_front_matter_js__WEBPACK_IMPORTED_MODULE_0__/* .completeFrontMatter */ .q0)(own, record);
    const { before, after } = proseOf(own?.body ?? '');
    const prose = before.trim() === '' && after.trim() === '' ? renderTitle(record) : before.trim();
    const parts = [prose, `${begin}\n\n${renderRecord(record, disagreements)}\n\n${end}`, after.trim()];
    const body = parts.filter((part) => part !== '').join('\n\n');
    const head = yaml === '' ? '' : `---\n${yaml}\n---\n\n`;
    return { markdown: `${head}${body}\n`, disagreements };
}
/** The prose of a card without the record that was made here. */
function proseOf(body) {
    const start = body.indexOf(begin);
    const stop = body.indexOf(end, start);
    if (start === -1 || stop === -1)
        return { before: body, after: '' };
    return { before: body.slice(0, start), after: body.slice(stop + end.length) };
}
function renderTitle({ model, snapshot }) {
    const { description } = snapshot.documentation;
    const title = `# ${model}`;
    return description === null
        ? title
        : `${title}\n\n**${model}**: ${(0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeMarkdown */ .FV)((0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)((0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(description), maxSentence))}`;
}
function renderRecord(record, disagreements) {
    const gates = record.moves.flatMap(({ to, decision }) => {
        const table = decision === null ? '' : (0,_record_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .renderGateTable */ .aN)(decision);
        return table === '' ? [] : [`**Gate of ${(0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeMarkdown */ .FV)(to)}**\n\n${table}`];
    });
    const measured = (0,_record_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .renderMetricsTable */ .My)(record);
    const sections = [
        ['Where this card and the record differ', renderDisagreements(disagreements)],
        [nameChanges(record), (0,_render_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .renderChanges */ .O)({ ...record, current: record.previous?.version ?? null })],
        ['Metrics', [measured, ...gates].filter((part) => part !== '').join('\n\n')],
        ['Lineage', (0,_record_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .renderLineageTable */ ._F)(record)],
        ['Stages and approvals', (0,_record_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .renderMovesTable */ .xf)(record)],
        ['Files', (0,_record_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .renderFilesTable */ .sJ)(record)],
        ['What loading it imports', (0,_record_tables_js__WEBPACK_IMPORTED_MODULE_2__/* .renderImportsTable */ .hL)(record)],
        ['Get it and verify it', renderVerification(record)],
    ];
    const told = sections.filter(([, body]) => body !== '').map(([title, body]) => `### ${title}\n\n${body}`);
    return [`## Version ${record.version}`, renderSummary(record), ...told].join('\n\n');
}
function nameChanges({ previous }) {
    return previous === null ? 'What changed' : `What changed since ${previous.version}`;
}
function renderSummary(record) {
    const { digests } = record;
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_4__/* .renderMarkdownTable */ .I)([
        ['model', 'version', 'bump', 'registered', 'kind'],
        [record.model, record.version, record.bump, record.registeredAt, record.snapshot.kind],
    ]).concat(`\n\nIdentity \`${digests.identity}\`, evidence \`${digests.evidence}\`, record \`${digests.record}\`.`);
}
function renderDisagreements(disagreements) {
    if (disagreements.length === 0)
        return '';
    const rows = disagreements.map(({ key, card, record }) => [key, show(card), show(record)]);
    return (0,_table_js__WEBPACK_IMPORTED_MODULE_4__/* .renderMarkdownTable */ .I)([['what', 'the card says', 'the record says'], ...rows]);
}
function show(value) {
    if (value === null)
        return 'nothing';
    return (0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)((0,_escape_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(typeof value === 'string' ? value : JSON.stringify(value)), maxSentence);
}
/** Commands made of names that their grammars keep harmless. */
function renderVerification({ model, version, tag }) {
    const commands = [
        `git fetch origin tag ${tag} && git checkout ${tag}   # what it was made from`,
        `weighbridge show ${model}                             # where it is now`,
        'weighbridge audit verify                              # that nobody rewrote the record',
        `weighbridge card ${model}@${version} --recorded        # this card as it was recorded`,
        `weighbridge bom ${model}@${version} --recorded         # its bill of materials`,
    ].map((line) => line.replace(/ +# /, '   # '));
    return `The ledger of the repository holds this record; the digests above are those of the bytes.\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\``;
}
//# sourceMappingURL=render-card.js.map

/***/ })

};
