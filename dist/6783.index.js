export const id = 6783;
export const ids = [6783];
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

/***/ 76783:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  showCommand: () => (/* binding */ showCommand)
});

// EXTERNAL MODULE: ./packages/core/build/tag.js
var build_tag = __webpack_require__(30882);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/lost-ledger.js
var lost_ledger = __webpack_require__(15206);
// EXTERNAL MODULE: ./packages/flows/build/registry/tag-notices.js
var tag_notices = __webpack_require__(56618);
;// CONCATENATED MODULE: ./packages/flows/build/registry/show.js





/** Catalogues that are read in one trip: a registry has thousands, and each on its own would be a trip of its own. */
const cataloguesAtOnce = 100;
/**
 * What is registered and what is where, from the ledger. Models that have a manifest and no version yet are
 * listed too. @throws flow/ledger-missing where the ledger is gone
 */
async function showModels(surroundings, names) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const registered = await surroundings.ledger.models();
    if (registered.length === 0)
        await (0,lost_ledger/* requireNoLostLedger */.e)(surroundings);
    const all = new Set([...registered, ...governance.models.map((model) => model.manifest.name)]);
    const wanted = names.length === 0 ? [...all].sort() : [...all].filter((model) => names.includes(model)).sort();
    const tags = wanted.length === 0 ? new Map() : await readTagsByModel(surroundings);
    const shown = [];
    for (let at = 0; at < wanted.length; at += cataloguesAtOnce) {
        const some = wanted.slice(at, at + cataloguesAtOnce);
        const catalogues = await surroundings.ledger.catalogues(some);
        for (const model of some)
            shown.push(showModel(governance, model, { catalogue: catalogues.get(model) ?? null, tags: tags.get(model) ?? [] }));
    }
    return shown;
}
/** Every tag in our grammar, by its model: git is asked once, however many models there are. */
async function readTagsByModel({ repository }) {
    const tags = new Map();
    for (const tag of await repository.tags()) {
        const parsed = (0,build_tag/* parseTag */.ED)(tag.name);
        if (parsed === null)
            continue;
        const own = tags.get(parsed.model);
        if (own === undefined)
            tags.set(parsed.model, [{ ...tag, parsed }]);
        else
            own.push({ ...tag, parsed });
    }
    return tags;
}
function showModel(governance, model, { catalogue, tags }) {
    const order = governance.policy.stages;
    const archive = order.at(-1) ?? null;
    const stages = {};
    for (const stage of order.slice(0, -1))
        stages[stage] = catalogue?.stages[stage] ?? null;
    for (const [stage, version] of Object.entries(catalogue?.stages ?? {}))
        stages[stage] ??= version;
    const versions = (catalogue?.versions ?? []).map((version) => {
        const held = Object.entries(stages).filter(([, pointed]) => pointed === version.version);
        return { ...version, stage: version.archived ? archive : (held.at(-1)?.[0] ?? null) };
    });
    return { model, catalogue, stages, versions, notices: (0,tag_notices/* tagNotices */.q)(model, tags, catalogue) };
}
//# sourceMappingURL=show.js.map
// EXTERNAL MODULE: ./packages/flows/build/governing/unknown-model.js
var unknown_model = __webpack_require__(1416);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/ledger/build/evidence/artifact-list.js
var artifact_list = __webpack_require__(38049);
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
;// CONCATENATED MODULE: ./packages/host/build/commands/show.js



const showCommand = {
    spec: {
        name: 'show',
        summary: 'Show what is registered and which version each stage points to',
        description: 'Reads the catalogue, which is the ledger folded to now. MODEL@VERSION tells one version: where it stands, its files with their digests, its metrics and its moves. "audit show --at DATE" tells of the past, "audit log" who did what.',
        arguments: [
            {
                name: 'models',
                description: 'MODEL, MODEL@VERSION, MODEL@STAGE or MODEL@ALIAS; every model when none is given.',
                many: true,
            },
        ],
        inputs: [],
        outputs: [{ name: 'models', description: 'JSON: models with stages, aliases and versions.' }],
        examples: ['weighbridge show', 'weighbridge show fraud --json', 'weighbridge show fraud@production'],
    },
    run: runShow,
};
async function runShow(inputs, host) {
    const asked = inputs.list('models');
    const named = asked.filter((name) => !name.includes('@'));
    const versions = await tellVersions(host, asked.filter((name) => name.includes('@')));
    const shown = asked.length > 0 && named.length === 0 ? [] : await showModels(host.surroundings, named);
    const unknown = named.find((name) => !shown.some(({ model }) => model === name));
    if (unknown !== undefined)
        throw (0,unknown_model/* unknownModel */.w)(unknown, await knownModels(host));
    const models = shown.map(showJson);
    const several = { models, ...(versions.length === 0 ? {} : { versions: versions.map(({ json }) => json) }) };
    const only = asked.length === 1 ? (models[0] ?? versions[0]?.json) : undefined;
    const empty = 'Nothing is registered. "weighbridge init" and "weighbridge register" begin.';
    const texts = [...shown.map(renderModelText), ...versions.map(({ text }) => text)];
    const markdown = shown.map((model) => `### ${model.model}\n\n${(0,table/* renderMarkdownTable */.I)(versionRows(model))}`);
    return {
        exitCode: 0,
        json: only ?? several,
        text: texts.length === 0 ? empty : texts.join('\n\n'),
        markdown: markdown.join('\n\n'),
        notices: shown.flatMap((model) => model.notices),
        outputs: { models: JSON.stringify(models) },
    };
}
/** The list of models needs nothing of what tells a version, and is not to wait until it is loaded. */
async function tellVersions(host, names) {
    const told = [];
    for (const name of names)
        told.push(await (await __webpack_require__.e(/* import() */ 5660).then(__webpack_require__.bind(__webpack_require__, 75660))).tellVersion(host, name));
    return told;
}
async function knownModels({ surroundings }) {
    return (await showModels(surroundings, [])).map(({ model }) => model);
}
function showJson(model) {
    return {
        model: model.model,
        stages: model.stages,
        aliases: model.catalogue?.aliases ?? {},
        frozen: model.catalogue?.frozen ?? [],
        versions: model.versions.map((version) => ({
            version: version.version,
            tag: version.tag,
            commit: version.commit,
            stage: version.stage,
            registered_at: version.registeredAt,
            bump: version.bump,
            identity: version.identity,
            artifacts: version.artifacts,
            // Of very many files a catalogue knows how many they are, and which document lists them.
            ...((0,artifact_list/* isListed */.yy)(version.artifacts) ? { files_by: `weighbridge show ${model.model}@${version.version} --json` } : {}),
            bytes_released_at: version.released?.time ?? null,
        })),
    };
}
function renderModelText(model) {
    if (model.versions.length === 0)
        return `${model.model}: no version registered yet ("weighbridge register ${model.model}")`;
    const stages = Object.entries(model.stages).map(([stage, version]) => `${stage}: ${version ?? '-'}`);
    return `${model.model}   ${stages.join('   ')}\n${(0,table/* renderTextTable */.K)(versionRows(model))}`;
}
function versionRows(model) {
    const rows = model.versions.map((version) => [
        version.version,
        version.bump,
        version.stage ?? '',
        version.registeredAt,
        (version.commit ?? '').slice(0, 10),
        version.released === undefined
            ? (0,plan/* formatSize */.X)((0,artifact_list/* measureArtifacts */.aJ)(version.artifacts).size)
            : `released ${version.released.time.slice(0, 10)}`,
    ]);
    return [['version', 'bump', 'stage', 'registered', 'commit', 'size'], ...rows.reverse()];
}
//# sourceMappingURL=show.js.map

/***/ })

};
