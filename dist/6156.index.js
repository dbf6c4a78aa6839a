export const id = 6156;
export const ids = [6156,6882];
export const modules = {

/***/ 80310:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ documentName),
/* harmony export */   T: () => (/* binding */ readDocumentFiles)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _version_documents_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58829);


/**
 * Card, bill of materials and release notes of a version. With `recorded`, card and bill of materials are those that
 * registration recorded, where it did: the ledger names their digests. Notes are always those of now.
 * @throws as readVersionDocuments
 */
async function readDocumentFiles(surroundings, question) {
    const made = await (0,_version_documents_js__WEBPACK_IMPORTED_MODULE_0__/* .readVersionDocuments */ .rS)(surroundings, question);
    const { model, version } = made;
    const read = async (kind, now) => question.recorded ? ((await readRecorded(surroundings, { model, version }, kind)) ?? now) : now;
    const named = (suffix) => documentName(model, version, suffix);
    const files = [
        {
            kind: 'model-card',
            name: named('card.md'),
            mediaType: 'text/markdown',
            text: await read('model-card', made.card),
        },
        {
            kind: 'bom',
            name: named('cdx.json'),
            mediaType: 'application/vnd.cyclonedx+json',
            text: await read('bom', made.bom.text),
        },
        { kind: 'notes', name: named('notes.md'), mediaType: 'text/markdown', text: made.notes },
    ];
    return { model: model, version, files, notices: made.notices };
}
/** Name of a file that is about a version; build metadata is set off by a dot, since a forge renames what has a plus. */
function documentName(model, version, suffix) {
    return `${model}-${version.replaceAll('+', '.')}.${suffix}`;
}
/** Null for versions of before documents were recorded. */
async function readRecorded(surroundings, question, kind) {
    try {
        return (await (0,_version_documents_js__WEBPACK_IMPORTED_MODULE_0__/* .readRecordedDocument */ .YR)(surroundings, question, kind)).text;
    }
    catch (error) {
        if (error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .WeighbridgeError */ .kj && error.code === 'flow/no-recorded-document')
            return null;
        throw error;
    }
}
//# sourceMappingURL=document-files.js.map

/***/ }),

/***/ 98186:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ releaseVersions)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/version.js
var build_version = __webpack_require__(55334);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/flows/build/documents/document-files.js
var document_files = __webpack_require__(80310);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/signing/verify-version.js
var verify_version = __webpack_require__(6882);
// EXTERNAL MODULE: ./packages/flows/build/registry/find-registered.js
var find_registered = __webpack_require__(11536);
;// CONCATENATED MODULE: ./packages/flows/build/release/place-notes.js
const opening = '<!-- weighbridge:notes';
const begin = `${opening} made from the record; write above or below -->`;
const end = '<!-- /weighbridge:notes -->';
/** What GitHub takes is 125,000 characters. */
const maxCharacters = 120_000;
/**
 * The text of a release with our notes in it: between two marks, so that what people write above and below stays. Notes
 * that are there are replaced, others come behind what is there. Placing the same notes again changes nothing.
 */
function placeNotes(before, notes) {
    const text = before ?? '';
    const start = text.indexOf(opening);
    const stop = start === -1 ? -1 : text.indexOf(end, start);
    const isMarked = stop !== -1;
    const above = isMarked ? text.slice(0, start) : text.trimEnd() === '' ? '' : `${text.trimEnd()}\n\n`;
    const below = isMarked ? text.slice(stop + end.length) : '';
    const room = maxCharacters - above.length - below.length;
    return `${above}${begin}\n${shortened(notes.trimEnd(), room)}\n${end}${below}`;
}
/** Whole lines, as many as there is room for. */
function shortened(notes, room) {
    if (notes.length <= room)
        return notes;
    const cut = notes.slice(0, Math.max(0, room));
    return `${cut.slice(0, Math.max(0, cut.lastIndexOf('\n')))}\n\nThe rest is in the model card.`.trimStart();
}
//# sourceMappingURL=place-notes.js.map
;// CONCATENATED MODULE: ./packages/flows/build/release/unfinished-mark.js
const unfinished_mark_opening = '<!-- weighbridge:unfinished';
/**
 * The line by which a later run knows a draft that a run of ours began for this very record of a version, and was ended
 * before it had published it. Who takes the line out of a draft keeps it a draft.
 */
function unfinishedMark({ tag, record }) {
    return `${unfinished_mark_opening} ${tag} ${record}; the next run publishes this draft, unless this line is gone -->`;
}
/** The text of a release without such lines. */
function withoutMark(text) {
    return text.replaceAll(new RegExp(`\\n*${unfinished_mark_opening} [^\\n]*-->`, 'g'), '');
}
//# sourceMappingURL=unfinished-mark.js.map
;// CONCATENATED MODULE: ./packages/flows/build/release/release-version.js








/** Documents have some kilobytes; a list of very many files can have some megabytes. */
const maxAssetBytes = 32 * 1024 * 1024;
/**
 * Makes or mends the release of a registered version on the forge: its notes, and as files its model card and bill of
 * materials as they were recorded, and the newest signature that counts. A second run changes what differs and nothing
 * else. Versions with a label are prereleases; one of a pull request stays a draft. A draft that no run of ours left
 * unfinished is published only where its version was asked for.
 * @throws flow/no-forge, forge/not-found where the tag is not at the forge, forge/*, and as readVersionDocuments
 */
async function releaseVersion(surroundings, request) {
    const { forge } = surroundings;
    if (forge === null && !request.dryRun)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-forge', { command: 'release' });
    const { catalogue, version } = await (0,find_registered/* findRegistered */.E)(surroundings, request);
    const { model } = catalogue;
    const question = { model, version: version.version, versioning: request.versioning };
    const documents = await (0,document_files/* readDocumentFiles */.T)(surroundings, { ...question, recorded: true });
    const signature = await readSignature(surroundings, { model, version: version.version });
    const { assets, notices } = assetsOf(documents, signature);
    const prerelease = (0,build_version/* isPrerelease */.V1)(version.version);
    const newest = (0,find_registered/* newestVersion */.R)(catalogue);
    const about = { model, version: version.version, tag: version.tag, prerelease };
    const published = forge === null || request.dryRun
        ? null
        : await publish(forge, {
            ...about,
            draft: request.draft || /-pr(\.|$)/.test(version.version),
            latest: !prerelease && newest === version.version,
            unfinished: unfinishedMark(version),
            leavesDrafts: request.automatic,
            commit: version.commit,
            notes: documents.files.find(({ kind }) => kind === 'notes')?.text ?? '',
            assets,
        });
    const kept = (published?.assets ?? []).filter(({ outcome }) => outcome === 'kept');
    const told = kept.map(({ name }) => {
        const text = `The release of ${version.tag} is immutable, so that ${name} was left as it is, or out.`;
        return { level: 'warning', text };
    });
    if (published?.outcome === 'left')
        told.push(keptDraft(about, published.url));
    const files = assets.map(({ name, bytes }) => ({ name, sizeBytes: bytes.length }));
    return { ...about, files, published, notices: [...documents.notices, ...notices, ...told] };
}
function keptDraft({ model, version, tag }, url) {
    const whose = 'a draft that somebody keeps, or that an earlier release of Weighbridge began';
    const how = `publish it at ${url}, or run "weighbridge release ${model}@${version}"`;
    return { level: 'notice', text: `The release of ${tag} is ${whose}, and was left as it is: ${how}.` };
}
function publish(forge, release) {
    const { model, version, notes, ...rest } = release;
    return forge.publishRelease({
        ...rest,
        title: `${model} ${version}`,
        notes: (before) => placeNotes(before === null ? null : withoutMark(before), notes),
    });
}
/** What is too large is left out and told: a release without it is better than none. */
function assetsOf({ model, version, files }, signature) {
    const all = [
        ...files
            .filter(({ kind }) => kind !== 'notes')
            .map(({ name, mediaType, text }) => ({ name, mediaType, bytes: (0,digest/* utf8 */.As)(text) })),
        ...(signature === null ? [] : [bundleAsset((0,document_files/* documentName */.B)(model, version, 'sigstore.json'), signature)]),
    ];
    const isLarge = ({ bytes }) => bytes.length > maxAssetBytes;
    const notices = all.filter(isLarge).map(({ name, bytes }) => {
        const text = `${name} has ${bytes.length} bytes and was not attached; a file of a release has at most ${maxAssetBytes}.`;
        return { level: 'warning', text };
    });
    return { assets: all.filter((asset) => !isLarge(asset)), notices };
}
/** https://github.com/sigstore/protobuf-specs: the media type of a bundle is one of JSON. */
function bundleAsset(name, text) {
    return { name, mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', bytes: (0,digest/* utf8 */.As)(text) };
}
/** The newest bundle that counts by the policy; null where nobody signs versions, or nobody signed this one. */
async function readSignature(surroundings, question) {
    const { policy, models } = await (0,governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const isGoverned = models.some(({ manifest }) => manifest.name === question.model);
    if (policy.signing === undefined || surroundings.signing === undefined || !isGoverned)
        return null;
    try {
        const { bundle } = await (0,verify_version.verifyVersion)(surroundings, { ...question, files: null });
        return bundle === null ? null : `${JSON.stringify(bundle)}\n`;
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'signing/not-signable')
            return null;
        throw error;
    }
}
//# sourceMappingURL=release-version.js.map
;// CONCATENATED MODULE: ./packages/flows/build/release/release-versions.js


/** Failures that every other version would have, too. */
const ofAll = new Set([
    'flow/no-forge',
    'forge/forbidden',
    'forge/no-token',
    'forge/rate-limited',
    'forge/repository',
    'forge/unauthorized',
    'forge/unavailable',
]);
/**
 * Releases one version after the other. What is wrong with one is no trouble of the others; what would be wrong with all
 * ends the run. Nothing that was done is undone, so that a second run comes to what is left.
 */
async function releaseVersions(surroundings, asked, options) {
    const done = [];
    const failed = [];
    for (const [place, each] of asked.entries()) {
        try {
            done.push(await releaseVersion(surroundings, { ...each, ...options }));
        }
        catch (error) {
            if (!(error instanceof errors_error/* WeighbridgeError */.kj))
                throw error;
            failed.push({ asked: each, error });
            if (ofAll.has(error.code))
                return { done, failed, notBegun: asked.slice(place + 1) };
        }
    }
    return { done, failed, notBegun: [] };
}
//# sourceMappingURL=release-versions.js.map

/***/ }),

/***/ 6882:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verifyVersion: () => (/* binding */ verifyVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(63216);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(78584);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61012);
/* harmony import */ var _registry_history_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63518);
/* harmony import */ var _check_signatures_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46408);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(45016);







/**
 * Verifies the signatures of a registered version against the artifacts that the ledger records, and those against files.
 * @throws signing/nobody-allowed, signing/not-signable, flow/unknown-version
 */
async function verifyVersion(surroundings, request) {
    const governance = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .readGovernance */ .r3)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_1__/* .filesOfWorkTree */ .UH)(surroundings.workTree), surroundings.sha256);
    const { signing } = governance.policy;
    const tools = surroundings.signing;
    if (signing === undefined || tools === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('signing/nobody-allowed', {});
    const model = (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .findModel */ .P6)(governance, request.model).manifest.name;
    const { catalogue, notices } = await (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_3__/* .readHistory */ .Lu)(surroundings, model, null);
    const version = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_3__/* .findVersion */ .Am)(model, catalogue, request.version);
    const trust = { signing, files: surroundings.workTree };
    const { signatures, facts } = await (0,_check_signatures_js__WEBPACK_IMPORTED_MODULE_4__/* .checkSignatures */ .ae)(surroundings, tools, { trust, version, model });
    const newest = signatures.filter(({ judged }) => 'value' in judged).at(-1) ?? null;
    const ignored = newest !== null && 'value' in newest.judged ? newest.judged.value.statement.ignorePaths : [];
    const recorded = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .resourcesOf */ .F3)(await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_6__/* .artifactsOf */ .Ns)(surroundings.ledger, version), model);
    const differences = request.files === null ? null : compareFiles(recorded, request.files, ignored);
    return {
        version,
        signatures: facts,
        differences,
        bundle: newest?.bundle ?? null,
        verified: newest !== null && (differences ?? []).length === 0,
        notices,
    };
}
/** Files that a statement says it left out are passed over, except where the version has them. */
function compareFiles(resources, files, ignored) {
    const names = new Set(resources.map(({ name }) => name));
    const passedOver = [..._weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .excludedNames */ .bL, ...ignored];
    return (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .compareResources */ .TX)(resources, files.filter(({ name }) => names.has(name) || !(0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .isExcluded */ .RF)(name, passedOver)));
}
//# sourceMappingURL=verify-version.js.map

/***/ }),

/***/ 56156:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  releaseCommand: () => (/* binding */ releaseCommand)
});

// EXTERNAL MODULE: ./packages/core/build/tag.js
var build_tag = __webpack_require__(30882);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/release/release-versions.js + 3 modules
var release_versions = __webpack_require__(98186);
// EXTERNAL MODULE: ./packages/ledger/build/audit/history.js
var audit_history = __webpack_require__(94288);
// EXTERNAL MODULE: ./packages/flows/build/registry/find-registered.js
var find_registered = __webpack_require__(11536);
;// CONCATENATED MODULE: ./packages/flows/build/release/unreleased-versions.js


/** Newest entries of the ledger among which versions without a release are looked for: some hundred registrations. */
const maxEntries = 1_024;
/** Newest releases that are listed. */
const maxReleases = 1_000;
/**
 * What a run that names no version releases: the newest version of every model, what was registered at a commit, and what
 * came into the ledger after a version that has a release and has none itself, because the run that was to make it ended,
 * or another took its place. What is older than every release was registered before anybody made any. The oldest comes
 * first; versions that were given up are left out.
 */
async function findUnreleased({ ledger, forge }, { commit }) {
    const catalogues = await ledger.catalogues(await ledger.models());
    const found = new Map();
    const add = (catalogue, version) => {
        const known = catalogue.versions.find((each) => each.version === version);
        if (known === undefined || known.deprecated)
            return;
        found.set(known.tag, { model: catalogue.model, version, entry: known.entry });
    };
    for (const catalogue of catalogues.values()) {
        const newest = (0,find_registered/* newestVersion */.R)(catalogue);
        if (newest !== null)
            add(catalogue, newest);
    }
    const released = forge === null ? null : await forge.releasedTags(maxReleases);
    const registered = released === null && commit === null ? [] : await readRegistrations(ledger);
    const first = registered.findIndex(({ body }) => released?.has(body.tag) === true);
    for (const [place, { model, version, context, body }] of registered.entries()) {
        const isMissed = released !== null && first !== -1 && place > first && !released.has(body.tag);
        const catalogue = model === null ? undefined : catalogues.get(model);
        const isOfCommit = commit !== null && context.commit === commit;
        if ((isMissed || isOfCommit) && catalogue !== undefined && version !== null)
            add(catalogue, version);
    }
    return [...found.values()]
        .sort((left, right) => left.entry - right.entry)
        .map(({ model, version }) => ({ model, version }));
}
/** The newest registrations, the oldest of them first. */
async function readRegistrations(ledger) {
    const { size } = await ledger.head();
    const start = Math.max(0, size - maxEntries);
    const events = (0,audit_history/* readEvents */.wj)(await ledger.entries(start, size), start);
    return events.filter((event) => event.type === 'registered');
}
//# sourceMappingURL=unreleased-versions.js.map
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
// EXTERNAL MODULE: ./packages/host/build/event.js
var build_event = __webpack_require__(30007);
// EXTERNAL MODULE: ./packages/host/build/release-report.js
var release_report = __webpack_require__(94269);
;// CONCATENATED MODULE: ./packages/host/build/commands/release.js





/** Leaves a release for a person to publish. */
const draftInput = {
    name: 'draft',
    description: 'Leave new releases drafts, for somebody to publish.',
    type: 'boolean',
    default: 'false',
};
const releaseCommand = {
    spec: {
        name: 'release',
        summary: 'Publish the GitHub release of a registered version',
        description: 'Makes the release of the tag of a version, or brings the one that is there in line: its release notes, and as files the model card, the bill of materials and the newest signature that counts. What people wrote into it stays. It is published when it has everything, and a second run changes nothing that is right. What fails for one version holds back no other, and the next run makes it. A draft that somebody keeps is published only when its version is named. A version with a label such as 2.0.0-rc.1 is a prerelease. Needs no key of the ledger.',
        arguments: [
            {
                name: 'versions',
                description: 'MODEL or MODEL@VERSION; of a model alone the newest release. When none is given: that of the pushed tag; else the newest of every model, what was registered at the commit of the run that started this one, and what was registered after a version that has a release and has none.',
                many: true,
            },
        ],
        inputs: [draftInput],
        outputs: [
            { name: 'releases', description: 'JSON: [{"model","version","tag","url","outcome","draft","assets"}].' },
            { name: 'failed', description: 'JSON: [{"model","version","code","message"}].' },
            {
                name: 'not-begun',
                description: 'JSON: [{"model","version"}], behind a failure that they would have had, too.',
            },
            { name: 'url', description: 'Address of the release, when there is just one.' },
            {
                name: 'outcome',
                description: 'created, updated, same or left (a draft that somebody keeps), when there is just one.',
            },
        ],
        examples: ['weighbridge release fraud@2.0.0', 'weighbridge release --dry-run'],
    },
    run: runRelease,
};
async function runRelease(inputs, host) {
    const dryRun = inputs.boolean('dry-run');
    const words = inputs.list('versions');
    const asked = await askedVersions(words, host);
    const run = await (0,release_versions/* releaseVersions */.Z)(host.surroundings, asked, {
        draft: inputs.boolean('draft'),
        automatic: words.length === 0,
        dryRun,
        versioning: host.policy.versioning,
    });
    const [first, ...others] = run.failed;
    // Nothing came of anything, and nothing is left to tell of: the error says it all.
    const isAlone = others.length === 0 && run.done.length === 0 && run.notBegun.length === 0;
    if (first !== undefined && isAlone)
        throw first.error;
    return outcomeOf(run, dryRun);
}
/** @throws host/input */
async function askedVersions(words, host) {
    if (words.length > 0)
        return words.map(versionOf);
    const pushed = (0,build_event/* pushedTagOf */.Jw)(host.environment);
    const tag = pushed === null ? null : (0,build_tag/* parseTag */.ED)(pushed);
    if (tag?.event === 'registered')
        return [{ model: tag.model, version: tag.version }];
    return findUnreleased(host.surroundings, { commit: (0,build_event/* startingCommitOf */.dG)(host.event) });
}
function versionOf(word) {
    const [, model = '', version = null] = /^([^@]*)(?:@(.+))?$/s.exec(word) ?? [];
    if (model !== '')
        return { model, version };
    const reason = `"${word}" is neither MODEL nor MODEL@VERSION`;
    throw (0,error/* weighbridgeError */.q)('host/input', { input: 'versions', reason, command: 'release' });
}
function outcomeOf(run, dryRun) {
    const json = (0,release_report/* releaseJson */.qu)(run);
    const rows = (0,release_report/* releaseRows */.Pi)(run);
    const only = rows.length === 2 ? json.releases[0] : undefined;
    const isEmpty = rows.length === 1;
    return {
        exitCode: (0,release_report/* releaseExitCode */.Zn)(run),
        json: { dry_run: dryRun, ...json },
        text: isEmpty ? 'Nothing is registered.' : (0,table/* renderTextTable */.K)(rows),
        markdown: isEmpty ? 'Nothing is registered.' : (0,table/* renderMarkdownTable */.I)(rows),
        notices: (0,release_report/* releaseNotices */.tl)(run),
        outputs: {
            releases: JSON.stringify(json.releases),
            failed: JSON.stringify(json.failed),
            'not-begun': JSON.stringify(json.not_begun),
            url: only?.url ?? '',
            outcome: only?.outcome ?? '',
        },
    };
}
//# sourceMappingURL=release.js.map

/***/ }),

/***/ 94269:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pi: () => (/* binding */ releaseRows),
/* harmony export */   Zn: () => (/* binding */ releaseExitCode),
/* harmony export */   qu: () => (/* binding */ releaseJson),
/* harmony export */   tl: () => (/* binding */ releaseNotices),
/* harmony export */   xe: () => (/* binding */ releaseLines)
/* harmony export */ });
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77669);

/** A run of releases as JSON has it. */
function releaseJson({ done, failed, notBegun }) {
    return {
        releases: done.map(({ model, version, tag, prerelease, files, published }) => ({
            model,
            version,
            tag,
            prerelease,
            url: published?.url ?? null,
            outcome: published?.outcome ?? null,
            draft: published?.draft ?? null,
            assets: published?.assets ?? files.map(({ name, sizeBytes }) => ({ name, size: sizeBytes })),
        })),
        failed: failed.map(({ asked: { model, version }, error: { code, message } }) => ({
            model,
            version,
            code,
            message,
        })),
        not_begun: notBegun.map(({ model, version }) => ({ model, version })),
    };
}
/** Rows about what was done, what failed and what was not begun, below their titles. */
function releaseRows({ done, failed, notBegun }) {
    return [
        ['version', 'release', 'files'],
        ...done.map(rowOf),
        ...failed.map(({ asked, error }) => [nameOf(asked), `failed: ${error.code}`, '']),
        ...notBegun.map((asked) => [nameOf(asked), 'not begun: run it again', '']),
    ];
}
/** The same as lines, for the end of another report; none where all was left as it is. */
function releaseLines(run) {
    return [
        ...run.done.map(({ tag, published }) => {
            const did = published?.outcome === 'left' ? 'Left a draft' : 'Released';
            return `${did} ${tag}: ${published?.outcome}, ${published?.url}`;
        }),
        ...run.failed.map(({ asked, error }) => `Not released: ${nameOf(asked)} (${error.code})`),
        ...run.notBegun.map((asked) => `Release not begun: ${nameOf(asked)}; "weighbridge release" makes it.`),
    ];
}
/** What each release has to say, and each failure with what to do. */
function releaseNotices({ done, failed }) {
    const troubles = failed.map(({ asked, error: { message, remedy } }) => {
        return { level: 'warning', text: `${nameOf(asked)} was not released: ${message} ${remedy}` };
    });
    return [...done.flatMap(({ notices }) => notices), ...troubles];
}
/** 0 where all was done, else the code of the gravest failure. */
function releaseExitCode({ failed }) {
    return failed.reduce((worst, { error }) => (error.exitCode > worst ? error.exitCode : worst), 0);
}
function nameOf({ model, version }) {
    return version === null ? model : `${model}@${version}`;
}
function rowOf({ model, version, files, published }) {
    const listed = files.map(({ name, sizeBytes }) => `${name} (${(0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .X)(sizeBytes)})`).join(', ');
    if (published === null)
        return [nameOf({ model, version }), 'would be made or updated', listed];
    const said = published.outcome === 'left' ? 'left, a draft' : `${published.outcome}${published.draft ? ' (a draft)' : ''}`;
    return [nameOf({ model, version }), `${said}: ${published.url}`, published.outcome === 'left' ? '' : listed];
}
//# sourceMappingURL=release-report.js.map

/***/ })

};
