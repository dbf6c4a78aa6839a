export const id = 198;
export const ids = [198];
export const modules = {

/***/ 30198:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  attestCommand: () => (/* binding */ attestCommand)
});

// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
// EXTERNAL MODULE: ./packages/formats/build/metrics/exact-decimal.js + 1 modules
var exact_decimal = __webpack_require__(25178);
;// CONCATENATED MODULE: ./packages/evidence/build/confirm-document.js


/** Reads `0.001` and `0.5%`; null for every other text, and for what is below zero. */
function parseTolerance(text) {
    const [, number = '', percent] = /^(\d{1,12}(?:\.\d{1,12})?)(%?)$/.exec(text) ?? [];
    return number === '' ? null : { value: number, relative: percent === '%' };
}
/** Inverse of parseTolerance. */
function formatTolerance({ value, relative }) {
    return `${value}${relative ? '%' : ''}`;
}
/**
 * Whether a document that was measured again confirms one that is claimed: every claimed value is there, for the same
 * slice and as many samples, within the tolerance, and what must be equal for a comparison is equal. What was measured
 * besides is of no concern. Exact decimals; a tie is within.
 */
function confirmDocument(claimed, measured, tolerance) {
    const found = [];
    if ((0,json/* canonicalJson */.d)(claimed.context) !== (0,json/* canonicalJson */.d)(measured.context))
        found.push('its context (dataset, harness, shots) is another');
    const known = new Map(measured.values.map((value) => [keyOf(value), value]));
    for (const value of claimed.values) {
        const again = known.get(keyOf(value));
        const name = nameOf(value);
        if (again === undefined)
            found.push(`${name} was not measured`);
        else {
            if (again.samples !== value.samples)
                found.push(`${name} rests on ${value.samples ?? 'unknown'} samples, and ${again.samples ?? 'unknown'} were measured`);
            found.push(...disagreement(name, value.value, again.value, tolerance));
            found.push(...errorDisagreement(`the standard error of ${name}`, value.stderr, again.stderr, tolerance));
        }
    }
    return found;
}
function keyOf({ key, slice }) {
    return (0,json/* canonicalJson */.d)({ key, slice });
}
function nameOf({ key, slice }) {
    const parts = Object.entries(slice ?? {}).map(([column, value]) => `${column}=${value}`);
    return parts.length === 0 ? key : `${key} of ${parts.join(', ')}`;
}
function errorDisagreement(name, claimed, measured, tolerance) {
    if (claimed === null)
        return [];
    return measured === null ? [`${name} was not measured`] : disagreement(name, claimed, measured, tolerance);
}
function disagreement(name, claimed, measured, { value, relative }) {
    const [left, right, bound] = [claimed, measured, value].map(exact_decimal/* parseExactDecimal */.qV);
    // NaN and N/A confirm nothing, not even each other.
    if (left === null ||
        left === undefined ||
        right === null ||
        right === undefined ||
        bound === null ||
        bound === undefined)
        return [`${name} is ${claimed.slice(0, 40)}, and ${measured.slice(0, 40)} was measured`];
    const distance = (0,exact_decimal/* goodness */.zO)(left, right, 'higher').abs();
    const allowed = relative ? right.abs().times(bound).dividedBy(100) : bound;
    if ((0,exact_decimal/* compareDecimals */.YL)(distance, allowed) <= 0)
        return [];
    return [
        `${name} is ${(0,exact_decimal/* displayDecimal */.OQ)(left)}, and ${(0,exact_decimal/* displayDecimal */.OQ)(right)} was measured: ${(0,exact_decimal/* displayDecimal */.OQ)(distance)} apart, ${value}${relative ? '%' : ''} is allowed`,
    ];
}
//# sourceMappingURL=confirm-document.js.map
// EXTERNAL MODULE: ./packages/evidence/build/statement.js
var statement = __webpack_require__(18989);
// EXTERNAL MODULE: ./packages/manifest/build/manifest-path.js
var manifest_path = __webpack_require__(56311);
// EXTERNAL MODULE: ./packages/versioning/build/identity.js
var build_identity = __webpack_require__(58043);
// EXTERNAL MODULE: ./packages/formats/build/metrics/parse-metric-document.js + 13 modules
var parse_metric_document = __webpack_require__(22946);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/snapshot/take-snapshot.js + 19 modules
var take_snapshot = __webpack_require__(52138);
;// CONCATENATED MODULE: ./packages/flows/build/evidence/attest.js









/**
 * States what was measured of a model as it is in the checkout: its identity and its artifacts, and every value that
 * gates read. Reads no store and no forge, and the ledger only for bases of this registry.
 * @throws flow/unknown-model, flow/path-not-found, evidence/which-id, evidence/no-metrics, evidence/not-confirmed and as
 * takeSnapshot
 */
async function prepareStatement(surroundings, request) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const only = governance.models.length === 1 ? governance.models[0]?.manifest.name : undefined;
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model ?? only ?? '');
    const { snapshot } = await (0,take_snapshot/* takeSnapshot */.W)(surroundings, model, { depth: 'bytes' });
    const identity = (0,build_digest/* digestJson */.tv)(surroundings.sha256, (0,build_identity/* identityOf */.cu)(snapshot));
    const name = model.manifest.name;
    const documents = await readDocuments(surroundings, { model, snapshot, request });
    if (documents.length === 0)
        throw (0,error/* weighbridgeError */.q)('evidence/no-metrics', { model: name });
    const { recomputed } = request;
    const confirmed = recomputed === null ? null : await attest_confirm(surroundings, name, documents, recomputed);
    const artifacts = snapshot.artifacts.flatMap(({ path, sha256 }) => sha256 === null ? [] : [{ name: path, digest: sha256 }]);
    const evaluation = {
        model: name,
        subjects: [{ name, digest: identity }, ...artifacts],
        // Nobody compared scores by example: what reads them takes a document that was measured again as a whole.
        documents: confirmed === null ? documents : documents.map((document) => ({ ...document, examples: null })),
        dataset: await nameDataset(surroundings, snapshot, request.dataset),
        harness: request.harness,
        commit: (await surroundings.repository.commit('HEAD'))?.id ?? null,
        run: runOf(surroundings),
        claim: confirmed === null ? request.claim : 'recomputed',
        ...(confirmed === null ? {} : { recomputation: confirmed }),
        time: (0,events/* formatTime */.fU)(surroundings.clock.now()),
    };
    return { model: name, identity, evaluation, text: (0,statement/* formatEvaluation */.a)(evaluation) };
}
async function readDocuments(surroundings, reading) {
    const { model, snapshot, request } = reading;
    if (request.metrics.length === 0) {
        return snapshot.metrics.map(({ id, path, digest, format, values, context, examples }) => ({
            id,
            path: (0,manifest_path/* resolveManifestPath */.N)(model.manifestPath, path),
            digest,
            document: { format, values, context },
            examples: examples === undefined ? null : (0,build_digest/* digestJson */.tv)(surroundings.sha256, examples),
        }));
    }
    const documents = [];
    for (const { id, path } of request.metrics) {
        const bytes = await surroundings.workTree.read(path, 64 * governing_governance/* maxFileBytes */.eV);
        if (bytes === null)
            throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path });
        const { format, values, context } = (0,parse_metric_document/* parseMetricDocument */.$)({ name: path, bytes });
        const known = id ?? idOf(model, path);
        // Scores by example are those that the manifest names for the document.
        const examples = snapshot.metrics.find((metric) => metric.id === known)?.examples;
        documents.push({
            id: known,
            path,
            digest: (0,build_digest/* digestBytes */.QN)(surroundings.sha256, bytes),
            document: { format, values, context },
            examples: examples === undefined ? null : (0,build_digest/* digestJson */.tv)(surroundings.sha256, examples),
        });
    }
    return documents;
}
/** @throws evidence/not-confirmed, flow/path-not-found, formats/* */
async function attest_confirm(surroundings, model, documents, { paths, tolerance }) {
    const measured = [];
    if (paths.length !== documents.length) {
        const id = documents.map((document) => document.id).join(', ');
        const reason = `${paths.length} documents were measured for ${documents.length} that are claimed`;
        throw (0,error/* weighbridgeError */.q)('evidence/not-confirmed', { id, model, reason });
    }
    for (const [place, { id, document }] of documents.entries()) {
        const path = paths[place] ?? '';
        const bytes = await surroundings.workTree.read(path, 64 * governing_governance/* maxFileBytes */.eV);
        if (bytes === null)
            throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path });
        const disagreements = confirmDocument(document, (0,parse_metric_document/* parseMetricDocument */.$)({ name: path, bytes }), tolerance);
        if (disagreements.length > 0) {
            const more = disagreements.length > namedDisagreements ? `; and ${disagreements.length - namedDisagreements} more` : '';
            const reason = `${disagreements.slice(0, namedDisagreements).join('; ')}${more}`;
            throw (0,error/* weighbridgeError */.q)('evidence/not-confirmed', { id, model, reason });
        }
        measured.push({ id, digest: (0,build_digest/* digestBytes */.QN)(surroundings.sha256, bytes) });
    }
    return { tolerance: formatTolerance(tolerance), measured };
}
const namedDisagreements = 5;
/** @throws evidence/which-id */
function idOf({ manifest, manifestPath }, path) {
    const known = manifest.metrics.find((metric) => (0,manifest_path/* resolveManifestPath */.N)(manifestPath, metric.path) === path);
    if (known !== undefined)
        return known.id;
    const ids = manifest.metrics.map(({ id }) => id).join(', ') || 'none';
    throw (0,error/* weighbridgeError */.q)('evidence/which-id', { path, model: manifest.name, known: ids });
}
async function nameDataset(surroundings, snapshot, written) {
    if (written === null) {
        const pinned = snapshot.data.flatMap(({ role, pinned: pin }) => (role === 'eval' && pin !== null ? [pin] : []));
        return pinned.length === 0 ? null : pinned.sort().join(' ');
    }
    const bytes = /^[a-z0-9]+:/.test(written) ? null : await surroundings.workTree.read(written, 64 * governing_governance/* maxFileBytes */.eV);
    return bytes === null ? written : (0,build_digest/* digestBytes */.QN)(surroundings.sha256, bytes);
}
function runOf({ run }) {
    if (run === null)
        return null;
    return { url: run.url, workflow: run.workflow, id: run.url.split('/').at(-1) ?? '', attempt: run.attempt };
}
//# sourceMappingURL=attest.js.map
// EXTERNAL MODULE: ./packages/host/build/evidence-signer.js
var evidence_signer = __webpack_require__(96813);
// EXTERNAL MODULE: ./packages/host/build/root-path.js
var root_path = __webpack_require__(15607);
// EXTERNAL MODULE: ./packages/host/build/signing-inputs.js
var signing_inputs = __webpack_require__(48368);
// EXTERNAL MODULE: ./packages/host/build/sha256.js
var sha256 = __webpack_require__(13812);
;// CONCATENATED MODULE: ./packages/evidence/build/model-signature/decision-statement.js


/** in-toto test-result (github.com/in-toto/attestation, spec/predicates/test-result.md). */
const testResultType = 'https://in-toto.io/attestation/test-result/v0.1';
/** in-toto simple verification result (the same place, svr.md). */
const verificationResultType = 'https://in-toto.io/attestation/svr/v0.1';
/** What the format calls a verdict: nothing that holds a version back is anything but FAILED. */
const results = {
    pass: 'PASSED',
    waived: 'WARNED',
    warn: 'WARNED',
    fail: 'FAILED',
    pending: 'FAILED',
    inconclusive: 'FAILED',
    error: 'FAILED',
};
/** Names whose rules the properties of a verification result follow; another number when the rules change. */
const verifier = 'https://weighbridge.dev/gate/v1';
/**
 * The statement that a gate came to a decision about a version, as canonical JSON. Its subjects are the one of the
 * version's signatures and the identity. As test-result its tests are the requirements, and its configuration is the
 * policy by digest and the decision itself. As svr it has what passed and nothing else: `WEIGHBRIDGE_GATE:<stage>` only
 * where the whole gate passed without a waiver or a warning, and `WEIGHBRIDGE_REQUIREMENT:<id>` for each that did.
 */
function formatDecisionStatement(recorded, as = 'test-result') {
    const { model, version, digests } = recorded.decision;
    const name = version === null ? model : `${model}@${version}`;
    return (0,json/* canonicalJson */.d)({
        _type: statement/* statementType */.qB,
        subject: [
            ...(recorded.root === null ? [] : [{ name: model, digest: decision_statement_sha256(recorded.root) }]),
            { name: `${name}#identity`, digest: decision_statement_sha256(digests.identity) },
        ],
        ...(as === 'svr'
            ? { predicateType: verificationResultType, predicate: verificationResult(recorded) }
            : { predicateType: testResultType, predicate: testResult(recorded) }),
    });
}
function testResult({ decision, digest }) {
    const { transition, requirements, digests, verdict } = decision;
    const named = (result) => requirements.filter((node) => results[node.verdict] === result).map(decision_statement_idOf);
    return {
        result: results[verdict],
        configuration: [
            { name: `policy of ${transition.from ?? 'none'} -> ${transition.to}`, digest: decision_statement_sha256(digests.policy) },
            { name: 'decision', digest: decision_statement_sha256(digest) },
        ],
        passedTests: named('PASSED'),
        warnedTests: named('WARNED'),
        failedTests: named('FAILED'),
    };
}
function verificationResult({ decision, digest }) {
    const { transition, requirements, digests, verdict, time } = decision;
    const passed = requirements.filter((node) => node.verdict === 'pass').map(decision_statement_idOf);
    return {
        verifier: {
            id: verifier,
            // Fields of our own, as the specification allows them here.
            policy: { digest: decision_statement_sha256(digests.policy) },
            decision: { digest: decision_statement_sha256(digest) },
        },
        timeCreated: time,
        properties: [
            ...(verdict === 'pass' ? [`WEIGHBRIDGE_GATE:${transition.to}`] : []),
            ...passed.map((id) => `WEIGHBRIDGE_REQUIREMENT:${id}`),
        ],
    };
}
function decision_statement_sha256(value) {
    return { sha256: (0,build_digest/* digestHex */.sU)(value) };
}
function decision_statement_idOf({ id }) {
    return id;
}
//# sourceMappingURL=decision-statement.js.map
// EXTERNAL MODULE: ./packages/evidence/build/model-signature/model-statement.js
var model_statement = __webpack_require__(56324);
// EXTERNAL MODULE: ./packages/evidence/build/model-signature/resources.js
var resources = __webpack_require__(63216);
// EXTERNAL MODULE: ./packages/ledger/build/audit/history.js
var audit_history = __webpack_require__(94288);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
;// CONCATENATED MODULE: ./packages/flows/build/signing/state-decision.js







/**
 * States what a gate came to, as the ledger records it: of the decision with this digest, or of the newest that let a
 * version into a stage. @throws signing/no-decision, flow/unknown-model, flow/evidence-missing
 */
async function stateDecision(surroundings, request) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const only = governance.models.length === 1 ? governance.models[0]?.manifest.name : undefined;
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model ?? only ?? '').manifest.name;
    const { catalogue } = await (0,registry_history/* readHistory */.Lu)(surroundings, model, null);
    const digest = await findDecision(surroundings, { model, asked: request.decision });
    const bytes = digest === null ? null : await surroundings.ledger.evidence(digest);
    if (digest === null || bytes === null) {
        throw (0,error/* weighbridgeError */.q)('signing/no-decision', { decision: request.decision.slice(0, 100), model });
    }
    const decision = JSON.parse((0,build_digest/* parseUtf8 */.zK)(bytes));
    const root = await rootOf(surroundings, catalogue, decision);
    const text = formatDecisionStatement({ decision, digest, root }, request.as);
    return { model, version: decision.version, decision: digest, verdict: decision.verdict, text };
}
/** Only what an entry about this model names is a decision of it. */
async function findDecision(surroundings, { model, asked }) {
    const { ledger } = surroundings;
    const events = (0,audit_history/* readEvents */.wj)(await ledger.entries(0, (await ledger.head()).size));
    const decided = events.flatMap((event) => {
        if (event.model !== model)
            return [];
        if (event.type === 'transitioned' && event.body.decision !== null) {
            return [{ digest: event.body.decision, stage: event.body.to }];
        }
        return event.type === 'gate-decided' ? [{ digest: event.body.decision, stage: null }] : [];
    });
    const fitting = decided.filter(({ digest, stage }) => ((0,build_digest/* isDigest */.Bc)(asked) ? digest === asked : stage === asked));
    return fitting.at(-1)?.digest ?? null;
}
/** The subject of the version's signatures; null for what is not registered, or has no artifact. */
async function rootOf({ sha256, ledger }, catalogue, decision) {
    const version = catalogue?.versions.find((known) => known.version === decision.version);
    const artifacts = version === undefined ? [] : await (0,version_artifacts/* artifactsOf */.Ns)(ledger, version);
    return artifacts.length === 0 ? null : (0,model_statement/* rootDigest */.bb)(sha256, (0,resources/* resourcesOf */.F3)(artifacts, decision.model));
}
//# sourceMappingURL=state-decision.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/attest-decision.js






/** Signs what a gate came to, as the ledger records it: an in-toto statement about the version. */
async function attestDecision(inputs, host, asked) {
    const stated = await stateDecision(host.surroundings, { ...asked, model: inputs.text('model') });
    const signed = await (0,evidence_signer/* signEvidence */.Jm)(host, stated.text, {
        way: asked.way,
        key: inputs.text('evidence-key') ?? (host.environment['WEIGHBRIDGE_EVIDENCE_KEY'] || null),
        services: (0,signing_inputs/* sigstoreServices */.ve)(inputs),
    });
    const { model, version, decision, verdict } = stated;
    const name = inputs.text('output') ?? `${model}-${version ?? 'unnumbered'}.${asked.as}${signed.suffix}`;
    const file = (0,root_path/* rootPath */.w)(host, name, { command: 'attest', input: 'output' });
    const dryRun = inputs.boolean('dry-run');
    if (!dryRun)
        await host.surroundings.workTree.write(file, (0,build_digest/* utf8 */.As)(signed.text));
    const text = `${dryRun ? 'Would write' : 'Wrote'} ${file}: the gate said ${verdict} of ${model} ${version ?? ''} (${decision})`;
    const statement = (0,build_digest/* digestBytes */.QN)(sha256/* sha256 */.sc, (0,build_digest/* utf8 */.As)(stated.text));
    return {
        exitCode: 0,
        json: {
            dry_run: dryRun,
            model,
            version,
            decision,
            verdict,
            files: [file],
            statement,
            verifier_key: signed.verifierKey,
        },
        text,
        markdown: text,
        notices: [],
        outputs: { files: file, identity: '', statement, 'verifier-key': signed.verifierKey ?? '' },
    };
}
//# sourceMappingURL=attest-decision.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/attest.js








const ways = ['key', 'keyless', 'none'];
const predicates = ['test-result', 'svr'];
const attestCommand = {
    spec: {
        name: 'attest',
        summary: 'Sign what was measured of a model',
        description: 'Writes an in-toto statement that binds metric documents to the content of the model, and signs it: keyless through Sigstore where the job has an identity (permissions: id-token: write), else with an Ed25519 key. Gates count it as attested where the policy names the signer. Needs neither the store nor a token.',
        arguments: [{ name: 'model', description: 'The model; may be left out where there is one only.' }],
        inputs: [
            {
                name: 'metrics',
                description: 'Metric documents in the repository, as FILE or ID=FILE; those of the manifest when not given.',
                type: 'list',
                placeholder: 'FILE',
            },
            {
                name: 'dataset',
                description: 'What it was measured on: a reference, or a file that is hashed. Default: the evaluation data of the manifest.',
                type: 'text',
                placeholder: 'REF',
            },
            { name: 'harness', description: 'What measured, such as "lm-eval 0.4.9".', type: 'text', placeholder: 'TEXT' },
            {
                name: 'claim',
                description: 'attested, or recomputed when this job measured again what others reported. The policy decides what counts.',
                type: 'text',
                default: 'attested',
                placeholder: 'LEVEL',
            },
            {
                name: 'recomputed',
                description: 'Documents in the repository that this job measured again, one for each of the metric documents and in their order: only if they confirm those within the tolerance a statement is made, with the claim recomputed.',
                type: 'list',
                placeholder: 'FILE',
            },
            {
                name: 'tolerance',
                description: 'How far a claimed value may be from the measured one: 0.001, or 0.5% of it.',
                type: 'text',
                default: '0',
                placeholder: 'NUMBER',
            },
            {
                name: 'decision',
                description: 'Attest what a gate came to instead: the newest decision of the ledger that let a version into this stage, or a decision by its digest.',
                type: 'text',
                placeholder: 'STAGE',
            },
            {
                name: 'predicate',
                description: 'What a decision is stated as: test-result, with every requirement, or svr (simple verification result), with what passed.',
                type: 'text',
                default: 'test-result',
                placeholder: 'TYPE',
            },
            {
                name: 'output',
                description: 'File in the repository to write; beside each document when not given, where gates look for it.',
                type: 'text',
                placeholder: 'FILE',
            },
            {
                name: 'sign',
                description: 'key, keyless or none (for an artifact of a run that vouches for it). Default: what there is.',
                type: 'text',
                placeholder: 'WAY',
            },
            {
                name: 'evidence-key',
                description: 'Ed25519 key for the signature, from a secret: as "weighbridge init" makes them, or PEM.',
                type: 'text',
                only: 'action',
            },
            ...signing_inputs/* sigstoreInputs */.sq,
        ],
        outputs: [
            { name: 'files', description: 'Files that were written, one a line.' },
            { name: 'identity', description: 'Identity digest of the model.' },
            { name: 'statement', description: 'SHA-256 of the statement.' },
            { name: 'verifier-key', description: 'Key for evidence.keys of the policy; empty for a keyless signature.' },
        ],
        examples: [
            'weighbridge attest fraud --harness "lm-eval 0.4.9"',
            'weighbridge attest fraud --metrics eval=results/eval.json',
            'weighbridge attest fraud --recomputed again/eval.json --tolerance 0.5%',
            'weighbridge attest fraud --decision production --output decision.sigstore.json',
            'weighbridge attest fraud --decision production --predicate svr',
        ],
    },
    run: runAttest,
};
async function runAttest(inputs, host) {
    const decision = inputs.text('decision');
    const way = choiceOf(inputs, 'sign', ways);
    const as = choiceOf(inputs, 'predicate', predicates) === 'svr' ? 'svr' : 'test-result';
    if (decision !== null)
        return attestDecision(inputs, host, { decision, as, way });
    const claim = choiceOf(inputs, 'claim', ['attested', 'recomputed']) === 'recomputed' ? 'recomputed' : 'attested';
    const prepared = await prepareStatement(host.surroundings, {
        model: inputs.text('model'),
        metrics: inputs.list('metrics').map((written) => readMetric(host, written)),
        dataset: inputs.text('dataset'),
        harness: inputs.text('harness'),
        claim,
        recomputed: readRecomputed(inputs, host),
    });
    const signed = await (0,evidence_signer/* signEvidence */.Jm)(host, prepared.text, {
        way,
        key: inputs.text('evidence-key') ?? (host.environment['WEIGHBRIDGE_EVIDENCE_KEY'] || null),
        services: (0,signing_inputs/* sigstoreServices */.ve)(inputs),
    });
    const output = inputs.text('output');
    const beside = prepared.evaluation.documents.map(({ path }) => `${path}${signed.suffix}`);
    const files = output === null ? [...new Set(beside)] : [(0,root_path/* rootPath */.w)(host, output, { command: 'attest', input: 'output' })];
    const dryRun = inputs.boolean('dry-run');
    if (!dryRun)
        for (const file of files)
            await host.surroundings.workTree.write(file, (0,build_digest/* utf8 */.As)(signed.text));
    const { model, identity, evaluation } = prepared;
    const ids = evaluation.documents.map(({ id }) => id);
    const by = signed.verifierKey === null ? (signed.suffix === '.sigstore.json' ? 'Sigstore' : 'nobody') : signed.verifierKey;
    const text = `${dryRun ? 'Would write' : 'Wrote'} ${files.join(', ')}: ${ids.join(', ')} of ${model} (${identity}), signed by ${by}`;
    const statement = (0,build_digest/* digestBytes */.QN)(sha256/* sha256 */.sc, (0,build_digest/* utf8 */.As)(prepared.text));
    return {
        exitCode: 0,
        json: { dry_run: dryRun, model, identity, documents: ids, files, statement, verifier_key: signed.verifierKey },
        text,
        markdown: text,
        notices: [],
        outputs: { files: files.join('\n'), identity, statement, 'verifier-key': signed.verifierKey ?? '' },
    };
}
/** @throws host/input */
function choiceOf(inputs, input, known) {
    const text = inputs.text(input);
    if (text === null || known.includes(text))
        return text;
    throw (0,error/* weighbridgeError */.q)('host/input', {
        input,
        reason: `"${text}" is none of ${known.join(', ')}`,
        command: 'attest',
    });
}
/** @throws host/input */
function readRecomputed(inputs, host) {
    const paths = inputs
        .list('recomputed')
        .map((file) => (0,root_path/* rootPath */.w)(host, file, { command: 'attest', input: 'recomputed' }));
    const text = inputs.text('tolerance') ?? '0';
    const tolerance = parseTolerance(text);
    if (tolerance === null) {
        const reason = `"${text}" is neither a number such as 0.001 nor a percentage such as 0.5%`;
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'tolerance', reason, command: 'attest' });
    }
    return paths.length === 0 ? null : { paths, tolerance };
}
function readMetric(host, written) {
    const [, id = null, file = written] = /^([A-Za-z0-9][A-Za-z0-9_-]{0,62})=(.+)$/s.exec(written) ?? [];
    return { id, path: (0,root_path/* rootPath */.w)(host, file, { command: 'attest', input: 'metrics' }) };
}
//# sourceMappingURL=attest.js.map

/***/ }),

/***/ 96813:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jm: () => (/* binding */ signEvidence),
/* harmony export */   rr: () => (/* binding */ hasIdentity),
/* harmony export */   xN: () => (/* binding */ readIdentity)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18989);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35330);
/* harmony import */ var _weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13835);
/* harmony import */ var _sha256_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(13812);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11414);





const tokenTimeoutMs = 10_000;
/** Signs the bytes of a statement. @throws evidence/no-signer, evidence/keyless, host/signing-key */
async function signEvidence(host, statement, request) {
    const { environment } = host;
    const way = request.way ?? chooseWay(environment, request.key, host.signer !== null);
    if (way === 'none')
        return { text: `${statement}\n`, suffix: '.statement.json', verifierKey: null };
    const payload = new TextEncoder().encode(statement);
    if (way === 'keyless') {
        if (!hasIdentity(environment))
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/no-signer', {});
        const signer = (0,_weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_1__/* .openKeylessSigner */ .f)({ ...request.services, identityToken: () => readIdentity(environment) });
        const bundle = await signer.sign(payload, _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__/* .statementPayloadType */ .Q7);
        return { text: `${JSON.stringify(bundle)}\n`, suffix: '.sigstore.json', verifierKey: null };
    }
    const key = await (0,_signing_key_js__WEBPACK_IMPORTED_MODULE_3__/* .readSigningKey */ .jy)({ text: request.key, privateFolder: null });
    const signer = key ?? host.signer;
    if (signer === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/no-signer', {});
    const { verifierKey } = signer;
    return { text: `${(0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__/* .signEnvelope */ .Yj)(_sha256_js__WEBPACK_IMPORTED_MODULE_5__/* .sha256 */ .sc, payload, signer)}\n`, suffix: '.intoto.jsonl', verifierKey };
}
/** The key that was given, else the identity of the job, else the key of the clone. @throws evidence/no-signer */
function chooseWay(environment, key, hasOwnKey) {
    if (key !== null)
        return 'key';
    if (hasIdentity(environment))
        return 'keyless';
    if (hasOwnKey)
        return 'key';
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/no-signer', {});
}
/** Whether the CI vouches for the job, so that Sigstore can. */
function hasIdentity(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, SIGSTORE_ID_TOKEN: token } = environment;
    return (url ?? '') !== '' || (token ?? '') !== '';
}
/** The identity token of a job: GitHub gives one for an audience, other CIs put it into SIGSTORE_ID_TOKEN. */
async function readIdentity(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, SIGSTORE_ID_TOKEN: given } = environment;
    if (url === undefined || url === '')
        return given ?? '';
    const address = new URL(url);
    address.searchParams.set('audience', 'sigstore');
    const answer = await fetch(address, {
        headers: { authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
        signal: AbortSignal.timeout(tokenTimeoutMs),
    });
    if (!answer.ok)
        throw new Error(`the identity token was refused with status ${answer.status}`);
    const { value } = (await answer.json());
    return value;
}
//# sourceMappingURL=evidence-signer.js.map

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

/***/ 48368:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ versionSignerInputs),
/* harmony export */   sq: () => (/* binding */ sigstoreInputs),
/* harmony export */   ve: () => (/* binding */ sigstoreServices)
/* harmony export */ });
const timeoutMs = 30_000;
const publicFulcio = 'https://fulcio.sigstore.dev';
const publicRekor = 'https://rekor.sigstore.dev';
/** Which Sigstore signs, for commands that sign without a key. */
const sigstoreInputs = [
    {
        name: 'fulcio-url',
        description: 'Authority that certifies the identity of the job.',
        type: 'text',
        default: publicFulcio,
        placeholder: 'URL',
    },
    {
        name: 'rekor-url',
        description: 'Transparency log; "none" where a timestamp authority vouches for the time.',
        type: 'text',
        default: publicRekor,
        placeholder: 'URL',
    },
    { name: 'timestamp-url', description: 'Timestamp authority (RFC 3161).', type: 'text', placeholder: 'URL' },
];
/** What signs versions, for commands that do. */
const versionSignerInputs = [
    {
        name: 'model-key',
        description: 'ECDSA private key (PEM, P-256, P-384 or P-521) that signs versions, from a secret; without it the identity of the job signs.',
        type: 'text',
        only: 'action',
    },
    {
        name: 'model-key-file',
        description: 'File with the ECDSA private key that signs versions; WEIGHBRIDGE_MODEL_KEY holds its text instead.',
        type: 'text',
        placeholder: 'FILE',
        only: 'command-line',
    },
    ...sigstoreInputs,
];
/** The Sigstore of these inputs. */
function sigstoreServices(inputs) {
    const rekorUrl = inputs.text('rekor-url') ?? publicRekor;
    return {
        fulcioUrl: inputs.text('fulcio-url') ?? publicFulcio,
        rekorUrl: rekorUrl === 'none' ? null : rekorUrl,
        timestampUrl: inputs.text('timestamp-url'),
        timeoutMs,
    };
}
//# sourceMappingURL=signing-inputs.js.map

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
