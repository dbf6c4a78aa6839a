export const id = 8101;
export const ids = [8101];
export const modules = {

/***/ 18101:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  adaptersCommand: () => (/* binding */ adaptersCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/model-name.js
var model_name = __webpack_require__(73699);
// EXTERNAL MODULE: ./packages/core/build/version.js
var build_version = __webpack_require__(55334);
// EXTERNAL MODULE: ./packages/manifest/build/reference/parse-reference.js
var parse_reference = __webpack_require__(45737);
// EXTERNAL MODULE: ./packages/versioning/build/adapters/adapter-fit.js + 4 modules
var adapter_fit = __webpack_require__(62172);
// EXTERNAL MODULE: ./packages/versioning/build/json/key-differences.js
var key_differences = __webpack_require__(82878);
// EXTERNAL MODULE: ./packages/versioning/build/difference.js
var difference = __webpack_require__(37382);
;// CONCATENATED MODULE: ./packages/versioning/build/adapters/vllm-limits.js


/** Values that `--max-lora-rank` takes (vLLM, `MaxLoRARanks` in vllm/config/lora.py). */
const vllmRanks = [1, 8, 16, 32, 64, 128, 256, 320, 512];
/** The least value of `--max-lora-rank` that lets a rank in; null where none does. */
function vllmRankFor(rank) {
    return vllmRanks.find((allowed) => rank <= allowed) ?? null;
}
/**
 * Why vLLM would refuse an adapter, or would serve it otherwise than PEFT does; empty when it serves it. It loads LoRA
 * alone, with one rank and one alpha for all layers (vLLM, vllm/lora/peft_helper.py).
 */
function vllmObstacles(config, rank) {
    const found = [];
    const type = (0,key_differences/* memberOf */.C5)(config, 'peft_type');
    if (type === undefined)
        found.push('It has no adapter_config.json among its artifacts.');
    else if (type !== 'LORA')
        found.push(`vLLM serves LoRA adapters only, and this is ${typeof type === 'string' ? type : 'none'}.`);
    if ((0,key_differences/* memberOf */.C5)(config, 'use_dora') === true)
        found.push('vLLM does not serve DoRA (use_dora): merge it into its base.');
    const saved = (0,key_differences/* memberOf */.C5)(config, 'modules_to_save');
    if ((0,key_differences/* isJsonList */.P8)(saved) && saved.length > 0)
        found.push(`vLLM loads no whole layers (modules_to_save: ${(0,difference/* listNames */.Zv)(saved.map(String))}): merge it into its base.`);
    const bias = (0,key_differences/* memberOf */.C5)(config, 'bias') ?? 'none';
    if (bias !== 'none' || (0,key_differences/* memberOf */.C5)(config, 'lora_bias') === true)
        found.push('vLLM loads no biases (bias, lora_bias).');
    for (const key of ['rank_pattern', 'alpha_pattern']) {
        const pattern = (0,key_differences/* memberOf */.C5)(config, key);
        if ((0,key_differences/* isJsonObject */.OW)(pattern) && Object.keys(pattern).length > 0)
            found.push(`vLLM scales every layer by r and lora_alpha and does not read ${key}.`);
    }
    if (rank !== null && vllmRankFor(rank) === null)
        found.push(`vLLM takes ranks up to ${vllmRanks.at(-1)}, and this has ${rank}.`);
    return found;
}
//# sourceMappingURL=vllm-limits.js.map
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/registry/registry-parts.js
var registry_parts = __webpack_require__(31388);
;// CONCATENATED MODULE: ./packages/flows/build/registry/list-adapters.js






/** How many versions of an adapter are looked at, from the newest on, for one that fits. */
const maxVersionsTried = 20;
/**
 * Every LoRA adapter of the registry with the version that can be served on a base, or the reason why none can. Reads the
 * ledger alone.
 * @throws core/model-name, flow/not-registered, flow/unknown-version, flow/evidence-*
 */
async function listAdapters(surroundings, question) {
    const base = await findBase(surroundings, question.base);
    const adapters = [];
    for (const model of await surroundings.ledger.models()) {
        const catalogue = await surroundings.ledger.catalogue(model);
        const found = catalogue === null ? null : await bestOf(surroundings, catalogue, { base, stage: question.stage });
        if (found !== null)
            adapters.push(found);
    }
    return { base, adapters: adapters.sort((left, right) => (left.model < right.model ? -1 : 1)) };
}
async function findBase(surroundings, text) {
    if (text.startsWith('hf://')) {
        const reference = (0,parse_reference/* parseReference */.F)(text);
        const revision = reference.scheme === 'hf' ? reference.revision : null;
        const name = revision === null ? text : text.slice(0, -(revision.length + 1));
        return { name, version: null, revision, identity: null, snapshot: null };
    }
    const [name = '', asked = ''] = text.split(/@(.*)/s);
    const model = (0,model_name/* parseModelName */.s)(name);
    const catalogue = await surroundings.ledger.catalogue(model);
    const found = (0,registry_history/* findVersion */.Am)(model, catalogue, asked === '' ? newestName(catalogue) : asked);
    const { version, identity } = found;
    return { name: model, version, revision: null, identity, snapshot: await (0,read_snapshot/* readSnapshot */.R)(surroundings, found) };
}
function newestName(catalogue) {
    const versions = (0,registry_parts/* usableVersions */._k)(catalogue);
    return (versions.find(({ version }) => !(0,build_version/* isPrerelease */.V1)(version)) ?? versions[0])?.version ?? '';
}
/** Null for what is no adapter, and for one that the stage does not hold. */
async function bestOf(surroundings, catalogue, { base, stage }) {
    let newest = null;
    for (const version of candidatesOf(catalogue, stage)) {
        const snapshot = await (0,read_snapshot/* readSnapshot */.R)(surroundings, version);
        if (snapshot.kind !== 'adapter')
            return newest;
        const listed = judge(catalogue.model, version, snapshot, base);
        if (listed.servable)
            return listed;
        newest ??= listed;
    }
    return newest;
}
function candidatesOf(catalogue, stage) {
    const usable = (0,registry_parts/* usableVersions */._k)(catalogue);
    if (stage === null) {
        const finals = usable.filter(({ version }) => !(0,build_version/* isPrerelease */.V1)(version));
        return finals.slice(0, maxVersionsTried);
    }
    const held = catalogue.stages[stage] ?? catalogue.aliases[stage] ?? null;
    return usable.filter(({ version }) => version === held);
}
function judge(model, { version }, snapshot, base) {
    const fit = (0,adapter_fit/* judgeAdapter */.Lc)(snapshot, base);
    const obstacles = vllmObstacles((0,adapter_fit/* adapterConfig */.AY)(snapshot), fit.rank);
    return { model, version, fit, obstacles, servable: fit.verdict !== 'fail' && obstacles.length === 0 };
}
//# sourceMappingURL=list-adapters.js.map
// EXTERNAL MODULE: ./packages/report/build/table.js
var build_table = __webpack_require__(26983);
;// CONCATENATED MODULE: ./packages/host/build/commands/serve-adapters.js

/** Ready arguments and entries for the adapters that can be served. An adapter is asked for by the name of its model. */
function serveAdapters({ base, adapters }, places) {
    const servable = adapters.filter(({ servable: serves }) => serves);
    const ranks = servable.map(({ fit }) => fit.rank).filter((rank) => rank !== null);
    const rank = ranks.length === 0 ? null : vllmRankFor(Math.max(...ranks));
    const modules = servable.map((adapter) => `${adapter.model}=${fill(places.path, adapter)}`);
    const quantised = servable[0]?.fit.quantisation === 'bitsandbytes' ? ['--quantization', 'bitsandbytes'] : [];
    return {
        vllm: servable.length === 0
            ? []
            : [
                '--enable-lora',
                ...(rank === null ? [] : ['--max-lora-rank', String(rank)]),
                '--max-loras',
                String(servable.length),
                ...quantised,
                ...(base.version === null ? [] : ['--served-model-name', base.name]),
                '--lora-modules',
                ...modules,
            ],
        kserve: { adapters: servable.map((adapter) => ({ name: adapter.model, uri: fill(places.uri, adapter) })) },
    };
}
function fill(place, { model, version }) {
    return place.replaceAll('{model}', model).replaceAll('{version}', version);
}
//# sourceMappingURL=serve-adapters.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/adapters.js





const formats = ['text', 'json', 'vllm', 'kserve'];
const adaptersCommand = {
    spec: {
        name: 'adapters',
        summary: 'List the LoRA adapters that can be served on a base, with arguments for vLLM and KServe',
        description: 'Compares each adapter of the registry with the base by the headers that the ledger keeps: the base and range that it was made for, the layers that it changes and their shapes, its rank, and its tokens. What cannot be served is listed with the reason. --format vllm prints the arguments of "vllm serve", --format kserve the part of an LLMInferenceService, both for what can be served alone.',
        arguments: [],
        inputs: [
            {
                name: 'for',
                description: 'The base: MODEL@VERSION, MODEL@STAGE, or hf://ORG/NAME@REVISION for one outside this registry.',
                type: 'text',
                required: true,
                placeholder: 'BASE',
            },
            {
                name: 'stage',
                description: 'Only the versions that this stage or alias points to; the newest that fit when not given.',
                type: 'text',
                placeholder: 'STAGE',
            },
            {
                name: 'format',
                description: 'text, json, vllm or kserve.',
                type: 'text',
                default: 'text',
                placeholder: 'FORMAT',
            },
            {
                name: 'path',
                description: 'Where the adapters lie on the machine that serves; {model} and {version} stand for theirs.',
                type: 'text',
                default: '/adapters/{model}/{version}',
                placeholder: 'PATH',
            },
            {
                name: 'uri',
                description: 'Where KServe finds them, with the same two words.',
                type: 'text',
                default: 'pvc://adapters/{model}/{version}',
                placeholder: 'URI',
            },
        ],
        outputs: [{ name: 'adapters', description: 'JSON: what can be served and what cannot, with the arguments.' }],
        examples: [
            'weighbridge adapters --for llama-3-1-8b@1.2.0',
            'weighbridge adapters --for llama-3-1-8b@production --stage production --format vllm',
        ],
    },
    run: runAdapters,
};
async function runAdapters(inputs, host) {
    const format = formats.find((known) => known === (inputs.text('format') ?? 'text'));
    if (format === undefined)
        throw (0,error/* weighbridgeError */.q)('host/input', {
            input: 'format',
            reason: `write ${formats.join(', ')}`,
            command: 'adapters',
        });
    const listing = await listAdapters(host.surroundings, {
        base: inputs.text('for') ?? '',
        stage: inputs.text('stage'),
    });
    const serving = serveAdapters(listing, {
        path: inputs.text('path') ?? '/adapters/{model}/{version}',
        uri: inputs.text('uri') ?? 'pvc://adapters/{model}/{version}',
    });
    const json = adaptersJson(listing, serving);
    const shown = {
        text: () => renderListing(listing, serving),
        json: () => `${JSON.stringify(json, null, 2)}\n`,
        vllm: () => `${serving.vllm.map(shellWord).join(' ')}\n`,
        kserve: () => renderKserve(serving),
    }[format]();
    return {
        exitCode: 0,
        json,
        text: shown,
        ...(format === 'text' ? {} : { verbatim: true }),
        markdown: `### Adapters for ${(0,adapter_fit/* nameOfBase */.gK)(listing.base)}\n\n${(0,build_table/* renderMarkdownTable */.I)(rowsOf(listing))}`,
        notices: [],
        outputs: { adapters: JSON.stringify(json) },
    };
}
function adaptersJson({ base, adapters }, { vllm, kserve }) {
    return {
        base: (0,adapter_fit/* nameOfBase */.gK)(base),
        adapters: adapters.map(({ model, version, servable, fit, obstacles }) => ({
            model,
            version,
            servable,
            verdict: fit.verdict,
            rank: fit.rank,
            findings: fit.findings,
            obstacles,
        })),
        vllm: { args: vllm },
        kserve: { lora: kserve },
    };
}
function renderListing(listing, serving) {
    const base = (0,adapter_fit/* nameOfBase */.gK)(listing.base);
    if (listing.adapters.length === 0)
        return `No adapter is registered, so that none can be served on ${base}.`;
    const table = (0,build_table/* renderTextTable */.K)(rowsOf(listing));
    if (serving.vllm.length === 0)
        return `${table}\n\nNothing can be served on ${base}.`;
    const pulls = listing.adapters.filter(({ servable }) => servable).map(({ model, version }) => `${model}@${version}`);
    return [
        table,
        '',
        'vLLM:',
        `  ${serving.vllm.map(shellWord).join(' ')}`,
        '',
        'KServe (LLMInferenceService):',
        ...renderKserve(serving)
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        '',
        `"weighbridge pull ${pulls[0]} --into DIR" brings an adapter to where it is served.`,
    ].join('\n');
}
function rowsOf({ adapters }) {
    const rows = adapters.map((adapter) => [
        adapter.model,
        adapter.version,
        adapter.fit.rank === null ? '' : String(adapter.fit.rank),
        adapter.servable ? (adapter.fit.verdict === 'pass' ? 'yes' : 'yes, not fully known') : 'no',
        whyOf(adapter),
    ]);
    return [['adapter', 'version', 'rank', 'servable', 'because'], ...rows];
}
/** What speaks against it, else what is not known. */
function whyOf({ fit, obstacles }) {
    const of = (verdict) => fit.findings.filter((finding) => finding.verdict === verdict).map(({ because }) => because);
    const against = [...of('fail'), ...obstacles];
    return (against.length > 0 ? against : of('unknown')).join(' ');
}
function renderKserve({ kserve }) {
    // Texts in the spelling of JSON are texts of YAML, whatever is in them.
    const entries = kserve.adapters.flatMap(({ name, uri }) => [
        `        - name: ${JSON.stringify(name)}`,
        `          uri: ${JSON.stringify(uri)}`,
    ]);
    return ['spec:', '  model:', '    lora:', '      adapters:', ...entries, ''].join('\n');
}
/** A word as a POSIX shell reads it whole. */
function shellWord(word) {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
//# sourceMappingURL=adapters.js.map

/***/ })

};
