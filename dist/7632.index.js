export const id = 7632;
export const ids = [7632,6882];
export const modules = {

/***/ 3713:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ openStaging)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71880);


/** A staging area before a store. */
function openStaging(surroundings, store) {
    const ingested = new Map();
    const stage = (like) => ({
        async ingest(source, header) {
            const bytes = await store.ingest((0,_progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_0__/* .watchReading */ .U)(surroundings, source, 'Storing'), { header, like });
            ingested.set(bytes.digest, bytes);
            return bytes;
        },
        async commit(digest) {
            try {
                return (await ingested.get(digest)?.commit()) ?? null;
            }
            catch (error) {
                // A collection took some of it meanwhile: it has to be read and sent again.
                if (error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .WeighbridgeError */ .kj && error.code === 'store/collected')
                    return null;
                throw error;
            }
        },
        isNew(digest) {
            const bytes = ingested.get(digest);
            return bytes !== undefined && bytes.storedBytes === bytes.sizeBytes;
        },
        like: stage,
    });
    return stage([]);
}
//# sourceMappingURL=staging.js.map

/***/ }),

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

/***/ 95255:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ planEvidence),
/* harmony export */   O: () => (/* binding */ planBackedDocuments)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24755);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49806);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44531);
/* harmony import */ var _back_documents_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46290);




/** The event that records a document and its proof, by the digests of both. */
function planEvidence(surroundings, about, { id, facts, best }, occasion) {
    const evidence = new Map();
    const remember = (value) => {
        const text = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .d)(value);
        const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .digestBytes */ .QN)(surroundings.sha256, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .utf8 */ .As)(text));
        evidence.set(digest, text);
        return digest;
    };
    const { document, examples } = facts;
    const metrics = remember(examples === undefined ? document : { ...document, examples });
    const event = (0,_events_js__WEBPACK_IMPORTED_MODULE_2__/* .makeEvent */ .Ld)(surroundings.sha256, {
        type: 'evidence-added',
        model: about.candidate.model.manifest.name,
        version: about.version,
        context: about.context,
        occasion,
        body: {
            metrics,
            id,
            level: best?.backing.level ?? 'reported',
            proof: best === null ? null : remember((0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_3__/* .formatProof */ .c)(best.proof)),
        },
    });
    return { events: [event], evidence };
}
/**
 * What registration records beside a version: each document that somebody stands behind, so that promotion finds the
 * proof in the ledger. Reported documents are in the snapshot already.
 */
async function planBackedDocuments(surroundings, trust, about, documents) {
    const planned = [];
    const trusted = trust.keys.length + trust.signers.length + trust.workflows.length > 0;
    for (const [id, facts] of trusted ? Object.entries(documents) : []) {
        const gated = (0,_back_documents_js__WEBPACK_IMPORTED_MODULE_4__/* .gatedDocument */ .hH)(id, facts);
        const { candidate } = about;
        const { proofs } = await (0,_back_documents_js__WEBPACK_IMPORTED_MODULE_4__/* .proofsOf */ .Tq)(surroundings, trust, { candidate, gated });
        const { best } = await (0,_back_documents_js__WEBPACK_IMPORTED_MODULE_4__/* .weighProofs */ .S)(surroundings, trust, { candidate, gated, proofs });
        if (best !== null)
            planned.push(planEvidence(surroundings, about, { id, facts, best }, 0));
    }
    return {
        events: planned.flatMap(({ events }) => events),
        evidence: new Map(planned.flatMap(({ evidence }) => [...evidence])),
    };
}
//# sourceMappingURL=plan-evidence.js.map

/***/ }),

/***/ 79919:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ governByBranch),
/* harmony export */   d: () => (/* binding */ readBranchPolicy)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24755);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(78584);
/* harmony import */ var _governance_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61012);



/**
 * The governance of a commit under the policy of the default branch as it is now, which git tells: with the checkout of
 * an older commit, such as that of a tag, would come the rules of that day. Manifests stay those of the commit. A
 * repository without a default branch in reach, as offline, is governed by what is checked out.
 * @throws flow/no-policy where the branch has none any more, flow/invalid-files
 */
async function governByBranch({ repository, sha256 }, governance, head) {
    const branch = await repository.defaultBranch();
    const tip = branch === null ? null : await repository.branchTip(branch.name);
    if (branch === null || tip === null || tip.id === head.id)
        return { governance, notices: [] };
    const { governed, policy } = await (0,_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .readPolicy */ .T4)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_1__/* .filesAtCommit */ .ao)(repository, tip.id));
    if (!governed)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/no-policy', {});
    const policyDigest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestJson */ .tv)(sha256, policy);
    if (policyDigest === governance.policyDigest)
        return { governance, notices: [] };
    const text = `Judged by the policy of ${branch.name}, which is another than that of commit ${head.id.slice(0, 12)}.`;
    return { governance: { ...governance, policy, policyDigest }, notices: [{ level: 'warning', text }] };
}
/**
 * What removes things goes by the policy of the default branch alone, whatever is checked out. The checkout has to agree
 * with it about ledger and store, because those were opened.
 * @param opened the policy that named them
 * @throws flow/no-policy, flow/policy-outdated, flow/not-collectable where no default branch can be read
 */
async function readBranchPolicy({ repository, sha256 }, opened) {
    // A clone may believe in a branch that is none any more, and a topic branch must not stand in for the default one.
    const branch = await repository.defaultBranch({ ofRemote: true });
    const commit = branch === null ? null : await repository.branchTip(branch.name);
    if (branch === null || commit === null) {
        const reason = 'the default branch, whose policy says what may be removed, cannot be read';
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/not-collectable', { reason });
    }
    const { governed, policy } = await (0,_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .readPolicy */ .T4)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_1__/* .filesAtCommit */ .ao)(repository, commit.id));
    if (!governed)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/no-policy', {});
    const placesOf = ({ ledger, store }) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .canonicalJson */ .d)({ ledger, store });
    if (placesOf(policy) !== placesOf(opened)) {
        const head = await repository.commit('HEAD');
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/policy-outdated', { commit: head?.id.slice(0, 12) ?? 'HEAD', branch: branch.name });
    }
    return { policy, policyDigest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestJson */ .tv)(sha256, policy), commit };
}
//# sourceMappingURL=policy-of-branch.js.map

/***/ }),

/***/ 62191:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ beforePull),
/* harmony export */   P: () => (/* binding */ mergedInto)
/* harmony export */ });
/** The merged pull request that brought a commit into a branch, of several the newest. */
function mergedInto(pulls, branch) {
    const merged = pulls.filter(({ state, base }) => state === 'merged' && base.ref === branch);
    return merged.sort((left, right) => left.number - right.number).at(-1) ?? null;
}
/**
 * Where the branch was before a pull request came into it: by its policy the change is judged. One that was rebased
 * brought several commits, whose parents are the change itself. Null where the history does not tell.
 */
async function beforePull({ repository }, forge, { pull, commit }) {
    const [parent = null, ...others] = (await repository.commit(commit))?.parents ?? [];
    let before = parent;
    for (let left = others.length > 0 ? 0 : pull.commits.length - 1; before !== null && left > 0; left--) {
        const own = (await forge.pullsOfCommit(before)).some(({ number }) => number === pull.number);
        if (!own)
            break;
        if (!(await repository.fetchCommit(before)))
            return null;
        before = (await repository.commit(before))?.parents[0] ?? null;
    }
    return before;
}
//# sourceMappingURL=merged-into.js.map

/***/ }),

/***/ 67466:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ measureSource),
/* harmony export */   T: () => (/* binding */ findSource)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(81103);
/* harmony import */ var _dvc_dvc_source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18199);
/* harmony import */ var _measure_remote_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70169);




/**
 * What lies at the pinned address of a file now: its size and digest as they were, and its header read anew. The bytes
 * are read to their end only where the service does not say their SHA-256, or all of them on request.
 * @throws source/gone, source/changed, source/unread, store/*, formats/*
 */
async function measureSource(surroundings, file, { beside, bytes }) {
    const placed = await Promise.all([file, ...beside.filter((each) => each.source !== null && each !== file)].map(async (each) => ({
        path: each.path,
        // Neighbours are only opened by what needs them.
        file: each === file ? await findSource(surroundings, each) : expected(each),
    })));
    const [own] = placed;
    if (own === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('core/invariant', { reason: 'a file was not among its neighbours' });
    const named = nameOf(file);
    // What DVC calls it is only compared by reading it.
    const looked = bytes === 'all' || named !== null ? { ...own, file: { ...own.file, sha256: null } } : own;
    const reading = { beside: placed, bytes: 'needed', staging: null, ...(named === null ? {} : { named }) };
    const measured = await (0,_measure_remote_js__WEBPACK_IMPORTED_MODULE_1__/* .measureRemote */ .Th)(surroundings, looked, reading);
    if (measured.sha256 !== file.sha256)
        throw changed(file, `its SHA-256 is ${measured.sha256}`);
    return measured;
}
function nameOf({ source }) {
    const from = source === null ? null : (0,_dvc_dvc_source_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDvcSource */ .Qi)(source);
    const parts = source === null || from === null ? null : (0,_dvc_dvc_source_js__WEBPACK_IMPORTED_MODULE_2__/* .partsOfAddress */ .Yj)(source);
    return from === null || parts === null ? null : { ...parts, record: from.record };
}
/** The object at the address of an artifact, if it is of the size and digest that were recorded. */
async function findSource({ remote }, file) {
    const { address, sizeBytes } = expected(file);
    const text = file.source?.address ?? '';
    const listing = await remote?.list(address);
    if (listing === undefined || listing.kind === 'unread') {
        const { because, remedy } = listing ?? { because: 'nobody is asked offline', remedy: 'Run it without --offline.' };
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('source/unread', { reference: text, because, remedy });
    }
    const [found] = listing.kind === 'files' ? listing.files : [];
    if (found === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('source/gone', { address: text });
    if (found.sizeBytes !== sizeBytes)
        throw changed(file, `it has ${found.sizeBytes} bytes instead of ${sizeBytes}`);
    if (found.sha256 !== null && found.sha256 !== file.sha256)
        throw changed(file, `its SHA-256 is ${found.sha256}`);
    return { address, sizeBytes, sha256: found.sha256 };
}
function expected({ size, sha256, source }) {
    const address = source === null ? null : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .readAddress */ .z)(source.address);
    if (address === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('core/invariant', { reason: 'a file without a source was to be found' });
    return { address, sizeBytes: size, sha256 };
}
function changed({ source }, what) {
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('source/changed', { address: source?.address ?? '', what });
}
//# sourceMappingURL=check-source.js.map

/***/ }),

/***/ 98828:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ approvalsOf)
/* harmony export */ });
/** The approvals that fill the seats of a decision, with the accounts that the forge told, for the record. */
function approvalsOf(decision, pull) {
    if (pull === null)
        return [];
    const accounts = new Map([...pull.reviews, ...pull.comments].flatMap(({ author }) => author === null ? [] : [[author.login.toLowerCase(), author.id]]));
    return decision.requirements.flatMap((node) => seatedPeople(node).map(({ person, roster }) => ({
        id: accounts.get(person.login.toLowerCase()) ?? person.login,
        login: person.login,
        review: person.id,
        commit: person.commit ?? pull.head.commit,
        submittedAt: wholeSeconds(person.at ?? decision.time),
        roster,
    })));
}
function seatedPeople(node) {
    if (node.kind !== 'reviewers' && node.kind !== 'amendment')
        return [];
    const facts = node.facts;
    const approved = new Set(facts?.approved ?? []);
    const people = (facts?.people ?? []).filter(({ login }) => approved.has(login));
    return people.map((person) => ({ person, roster: facts?.from ?? node.id }));
}
function wholeSeconds(time) {
    return new Date(Date.parse(time)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=approvals.js.map

/***/ }),

/***/ 68203:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ planPolicyEntry)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44531);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15206);



/**
 * The entry that begins a ledger, or tells of another policy; none when the ledger knows this policy. `newLedger`
 * begins one although something speaks of an earlier one. @throws flow/ledger-missing
 */
async function planPolicyEntry(surroundings, governance, context, { newLedger = false } = {}) {
    const head = await surroundings.ledger.head();
    if (head.size === 0 && !newLedger)
        await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_0__/* .requireNoLostLedger */ .e)(surroundings);
    const known = head.size === 0 ? null : await surroundings.ledger.policy();
    const stages = governance.policy.stages;
    if (known !== null && known.policy === governance.policyDigest)
        return [];
    return [
        (0,_events_js__WEBPACK_IMPORTED_MODULE_1__/* .makeEvent */ .Ld)(surroundings.sha256, {
            type: 'policy-changed',
            model: null,
            version: null,
            context,
            body: { policy: governance.policyDigest, stages: [...stages] },
            occasion: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .digestJson */ .tv)(surroundings.sha256, known ?? { first: true }),
        }),
    ];
}
//# sourceMappingURL=policy-entry.js.map

/***/ }),

/***/ 23891:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readCatalogues)
/* harmony export */ });
/* harmony import */ var _version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45016);

/** Every model of the ledger, with the files of its versions. */
async function readCatalogues({ ledger }) {
    const catalogues = [];
    for (const model of await ledger.models()) {
        const catalogue = await ledger.catalogue(model);
        if (catalogue !== null)
            catalogues.push(await (0,_version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeCatalogue */ .JM)(ledger, catalogue));
    }
    return catalogues;
}
//# sourceMappingURL=read-catalogues.js.map

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

/***/ 2127:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bn: () => (/* binding */ makeSignature),
/* harmony export */   CA: () => (/* binding */ planSignature),
/* harmony export */   VI: () => (/* binding */ requireGood),
/* harmony export */   rx: () => (/* binding */ planSigning)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(24755);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63216);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56324);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(18989);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(44531);
/* harmony import */ var _check_signatures_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(46408);




/**
 * Signs a version and verifies what came of it by the policy, so that nothing is recorded that gates would refuse.
 * @throws signing/no-signer, signing/not-good, signing/not-signable, evidence/keyless
 */
async function makeSignature(surroundings, tools, trust, signed) {
    if (tools.signer === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('signing/no-signer', { model: signed.model });
    const resources = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__/* .resourcesOf */ .F3)(signed.artifacts, signed.model);
    const statement = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__/* .formatModelStatement */ .Cy)(surroundings.sha256, signed.model, resources);
    const bundle = await tools.signer.sign((0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .utf8 */ .As)(statement), _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__/* .statementPayloadType */ .Q7);
    return { bundle, good: await requireGood(surroundings, tools, { trust, bundle, signed }) };
}
/** What a bundle proves of a version. @throws signing/not-good, signing/not-signable */
async function requireGood(surroundings, tools, about) {
    const { trust, bundle, signed } = about;
    const { model, version } = signed;
    const judged = await (0,_check_signatures_js__WEBPACK_IMPORTED_MODULE_5__/* .judgeBundle */ .GY)(surroundings, tools, {
        trust,
        bundle,
        resources: (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__/* .resourcesOf */ .F3)(signed.artifacts, model),
    });
    if ('fault' in judged)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('signing/not-good', { model, version, reason: judged.fault });
    return judged.value;
}
/** The entry that names a good signature. */
function planSignature({ sha256 }, about, { bundle, good }) {
    const text = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .canonicalJson */ .d)(bundle);
    const signature = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestBytes */ .QN)(sha256, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .utf8 */ .As)(text));
    const kind = good.signer.kind === 'key' ? 'key' : 'workflow';
    const body = { signature, root: good.statement.root, kind, signer: good.signerId };
    const { model, version, context } = about;
    const event = (0,_events_js__WEBPACK_IMPORTED_MODULE_7__/* .makeEvent */ .Ld)(sha256, { type: 'signed', model, version, context, body });
    return { events: [event], evidence: new Map([[signature, text]]) };
}
/**
 * What registration adds where the policy has versions signed: nothing for what has no artifact, and nothing in a dry
 * run, since what a log once holds stays there. @throws as makeSignature
 */
async function planSigning(surroundings, governance, about) {
    const { signing } = governance.policy;
    const { signed, context, dryRun } = about;
    if (signing?.when !== 'register' || signed.artifacts.length === 0 || dryRun)
        return { events: [], evidence: new Map() };
    const tools = surroundings.signing;
    if (tools === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('signing/no-signer', { model: signed.model });
    const trust = { signing, files: surroundings.workTree };
    return planSignature(surroundings, { ...signed, context }, await makeSignature(surroundings, tools, trust, signed));
}
//# sourceMappingURL=make-signature.js.map

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

/***/ 77632:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  registerCommand: () => (/* binding */ registerCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/tag.js
var build_tag = __webpack_require__(30882);
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/core/build/version.js
var version = __webpack_require__(55334);
// EXTERNAL MODULE: ./packages/gates/build/rules/metadata.js
var rules_metadata = __webpack_require__(37020);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/assessment/assess-models.js + 5 modules
var assess_models = __webpack_require__(60023);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/governing/part-order.js
var part_order = __webpack_require__(32756);
// EXTERNAL MODULE: ./packages/flows/build/governing/policy-of-branch.js
var policy_of_branch = __webpack_require__(79919);
// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/ledger/build/evidence/artifact-list.js
var artifact_list = __webpack_require__(38049);
// EXTERNAL MODULE: ./packages/ledger/build/event.js
var build_event = __webpack_require__(17152);
// EXTERNAL MODULE: ./packages/lineage/build/dependencies.js
var build_dependencies = __webpack_require__(40339);
// EXTERNAL MODULE: ./packages/flows/build/registration/approvals.js
var registration_approvals = __webpack_require__(98828);
// EXTERNAL MODULE: ./packages/flows/build/registry/gate-facts.js
var gate_facts = __webpack_require__(70429);
// EXTERNAL MODULE: ./packages/flows/build/documents/version-documents.js + 5 modules
var version_documents = __webpack_require__(58829);
// EXTERNAL MODULE: ./packages/flows/build/documents/version-record.js
var version_record = __webpack_require__(58987);
;// CONCATENATED MODULE: ./packages/flows/build/documents/document-registration.js



/** The documents of a version that is about to be registered, from the files at hand. */
async function documentRegistration(surroundings, weighed, { version, context, decision, approvals, pull, to, ...body }) {
    const { assessment, snapshot, previous, model } = weighed;
    const record = {
        model: model.manifest.name,
        version,
        tag: body.tag,
        commit: context.commit,
        registeredAt: context.time,
        bump: body.bump,
        previous: previous === null ? null : { version: previous.version.version, identity: previous.version.identity },
        changes: assessment.changes,
        digests: { identity: body.identity, evidence: body.evidence, record: body.record },
        snapshot,
        artifacts: body.artifacts,
        store: body.store,
        evidence: (0,gate_facts/* evidenceOfSnapshot */.TV)(snapshot, context.time),
        moves: [
            {
                to,
                time: context.time,
                actor: context.actor.login,
                justification: context.justification,
                pull,
                approvals: approvals.map(({ login, roster }) => ({ login, roster })),
                decision,
            },
        ],
        repository: (0,version_record/* repositoryAddress */.n6)(surroundings),
        run: context.run?.url ?? null,
    };
    return (0,version_documents/* makeDocuments */.Xi)(surroundings, record, await (0,version_documents/* readReadme */.f4)(model));
}
//# sourceMappingURL=document-registration.js.map
// EXTERNAL MODULE: ./packages/flows/build/events.js
var build_events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/evidence/plan-evidence.js
var plan_evidence = __webpack_require__(95255);
// EXTERNAL MODULE: ./packages/flows/build/registry/policy-entry.js
var policy_entry = __webpack_require__(68203);
// EXTERNAL MODULE: ./packages/ledger/build/log/prepare.js + 1 modules
var prepare = __webpack_require__(8186);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
;// CONCATENATED MODULE: ./packages/flows/build/registration/record-size.js



/**
 * That what a registration says of a version fits beside one append: said before anything is written, and in a dry run.
 * Nothing else than very many files makes it so large. @throws flow/record-too-large
 */
function requireRecordable(evidence, about) {
    const sizeBytes = [...evidence.values()].reduce((sum, text) => sum + (0,build_digest/* utf8 */.As)(text).length, 0);
    if (sizeBytes <= prepare/* maxEvidenceBytes */.DY)
        return;
    throw (0,errors_error/* weighbridgeError */.q)('flow/record-too-large', {
        ...about,
        size: (0,plan/* formatSize */.X)(sizeBytes),
        max: (0,plan/* formatSize */.X)(prepare/* maxEvidenceBytes */.DY),
    });
}
//# sourceMappingURL=record-size.js.map
// EXTERNAL MODULE: ./packages/formats/build/torch/archive-digests.js + 1 modules
var archive_digests = __webpack_require__(29115);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/artifact-file.js
var artifact_file = __webpack_require__(40651);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/measure-file.js
var measure_file = __webpack_require__(26087);
// EXTERNAL MODULE: ./packages/manifest/build/reference/artifact-reference.js
var artifact_reference = __webpack_require__(46102);
// EXTERNAL MODULE: ./packages/flows/build/referenced/find-remote.js
var find_remote = __webpack_require__(21346);
// EXTERNAL MODULE: ./packages/flows/build/referenced/written-references.js
var written_references = __webpack_require__(66232);
;// CONCATENATED MODULE: ./packages/flows/build/referenced/check-listed.js




/**
 * Whether a lock lists all that is behind the references of the manifest: at the commit that they were pinned to, or of
 * object stores now. Of what was copied only commits are asked, as far as this job may: its bytes need not be there any more.
 * @throws flow/lock-differs, source/unread
 */
async function checkListed(surroundings, model) {
    for (const written of (0,written_references/* writtenReferences */.ep)(model))
        await checkReference(surroundings, model, written);
}
async function checkReference(surroundings, model, { written, reference }) {
    const path = 'key' in reference ? reference.key : (reference.path ?? '');
    const entries = (0,written_references/* lockedBehind */.L8)(model, { written, reference });
    if ((0,artifact_reference/* selectRemote */.LI)(path).kind === 'file' || entries.length === 0)
        return;
    const isReferred = model.manifest.store === 'reference';
    const pinned = (0,written_references/* pinnedAt */.wm)(reference, entries);
    if (pinned === null && !isReferred)
        return;
    const listing = await (0,find_remote/* findRemote */._)(surroundings, model, { written, reference: pinned ?? reference });
    if (listing.kind === 'unread' && isReferred) {
        const { because, remedy } = listing;
        throw (0,errors_error/* weighbridgeError */.q)('source/unread', { reference: written, because, remedy });
    }
    const listed = new Set(entries.map((entry) => entry.path));
    const missing = listing.kind === 'files' ? listing.files.find((file) => !listed.has(file.path)) : undefined;
    if (missing === undefined)
        return;
    const what = `it is behind ${written} and not in the lock`;
    throw (0,errors_error/* weighbridgeError */.q)('flow/lock-differs', { path: missing.path, what, ...(0,written_references/* about */.Cv)(model) });
}
//# sourceMappingURL=check-listed.js.map
// EXTERNAL MODULE: ./packages/manifest/build/reference/file-address.js
var file_address = __webpack_require__(81103);
// EXTERNAL MODULE: ./packages/flows/build/referenced/dvc/dvc-source.js
var dvc_source = __webpack_require__(18199);
// EXTERNAL MODULE: ./packages/flows/build/referenced/dvc/read-folder.js
var read_folder = __webpack_require__(21733);
;// CONCATENATED MODULE: ./packages/flows/build/referenced/dvc/check-members.js





/**
 * Files that a lock has of folders at remotes of DVC: each must be what the list of its folder says.
 * @throws flow/lock-differs, source/*
 */
async function checkMembers(surroundings, { model, files }) {
    const lists = new Map();
    for (const file of files) {
        const from = file.source === null ? null : (0,dvc_source/* parseDvcSource */.Qi)(file.source);
        const parts = file.source === null ? null : (0,dvc_source/* partsOfAddress */.Yj)(file.source);
        if (from === null || parts === null || !from.object.endsWith('.dir'))
            continue;
        const address = `${parts.before}${from.object.slice(0, 2)}/${from.object.slice(2)}`;
        const list = lists.get(address) ?? listAt(surroundings, { ...from, address });
        lists.set(address, list);
        const endings = file.path.split('/').map((_, place, all) => `${parts.md5} ${all.slice(place + 1).join('/')}`);
        const members = await list;
        if (endings.some((each) => members.has(each)))
            continue;
        const what = `the list of its folder in ${address} does not name it`;
        throw (0,errors_error/* weighbridgeError */.q)('flow/lock-differs', { path: file.path, what, ...(0,written_references/* about */.Cv)(model) });
    }
}
/** The MD5 and the path of each file. */
async function listAt(surroundings, { record, object, address }) {
    const found = (0,file_address/* readAddress */.z)(address);
    const listing = found === null ? undefined : await surroundings.remote?.list(found);
    const [file] = listing?.kind === 'files' ? listing.files : [];
    if (file === undefined)
        throw (0,errors_error/* weighbridgeError */.q)('source/gone', { address });
    const md5 = object.slice(0, -'.dir'.length);
    const members = await (0,read_folder/* readDvcFolder */.w)(surroundings, { path: address, record, md5, ...file });
    return new Set(members.map((member) => `${member.md5} ${member.path}`));
}
//# sourceMappingURL=check-members.js.map
// EXTERNAL MODULE: ./packages/flows/build/referenced/check-source.js
var check_source = __webpack_require__(67466);
// EXTERNAL MODULE: ./packages/flows/build/data/pin-dvc.js
var pin_dvc = __webpack_require__(66420);
// EXTERNAL MODULE: ./packages/flows/build/snapshot/pin-references.js + 1 modules
var pin_references = __webpack_require__(35670);
// EXTERNAL MODULE: ./packages/flows/build/stored/describe-stored.js
var describe_stored = __webpack_require__(5949);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-catalogues.js
var read_catalogues = __webpack_require__(23891);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
;// CONCATENATED MODULE: ./packages/flows/build/tiers/registering-cold.js






/** Files that the store is asked about for versions that have the archived bytes, in all and at once. */
const maxFilesSearched = 20_000;
const questionsAtOnce = 16;
/** Nothing is read before the first question; then the ledger once, however many files are asked for. */
function openComparedFiles(surroundings, weighed) {
    const { snapshot } = weighed;
    let sharing = null;
    /** The version that had the last file most often has the next one. */
    let fitting = null;
    return {
        async has({ sha256, path }) {
            const name = nameOf(path);
            const told = snapshot.artifacts.filter((each) => each.sha256 === sha256 && nameOf(each.path) === name);
            const isIn = (registered) => told.every((facet) => hasFacet(registered, { facet, of: snapshot }));
            if (told.length === 0)
                return false;
            if (fitting !== null && isIn(fitting))
                return true;
            sharing ??= findSharing(surroundings, weighed);
            for (const version of (await sharing).get(`${sha256}`) ?? []) {
                const registered = await (0,read_snapshot/* readSnapshot */.R)(surroundings, version);
                if (!isIn(registered))
                    continue;
                fitting = registered;
                return true;
            }
            return false;
        },
    };
}
/** By digest of each file, versions in the store that have it: those of the same model first, and the newest of each. */
async function findSharing(surroundings, { model, files }) {
    const sharing = new Map(files.map(({ sha256 }) => [`${sha256}`, []]));
    const own = model.manifest.name;
    const catalogues = await (0,read_catalogues/* readCatalogues */.H)(surroundings);
    const ordered = [
        ...catalogues.filter((each) => each.model === own),
        ...catalogues.filter((each) => each.model !== own),
    ];
    for (const { versions } of ordered)
        for (const version of versions.toReversed()) {
            if (version.store === null)
                continue;
            for (const { sha256 } of version.artifacts)
                sharing.get(`sha256:${sha256}`)?.push(version);
        }
    return sharing;
}
function hasFacet(registered, { facet, of }) {
    return registered.artifacts.some((each) => {
        const facts = ({ path: _path, ...rest }) => (0,json/* canonicalJson */.d)(rest);
        if (nameOf(each.path) !== nameOf(facet.path) || facts(each) !== facts(facet))
            return false;
        // An ONNX file has tensors in files beside it: theirs are other ones beside other files.
        return facet.header?.format !== 'onnx' || besideOf(registered, each) === besideOf(of, facet);
    });
}
/** What lies in the folder of a file, and below. */
function besideOf({ artifacts }, { path }) {
    const folder = path.slice(0, path.length - nameOf(path).length);
    const beside = artifacts.filter((each) => each.path.startsWith(folder));
    return beside
        .map((each) => `${each.path.slice(folder.length)} ${each.sha256}`)
        .sort()
        .join('\n');
}
function nameOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/**
 * The error of a file whose lock has to be compared with bytes that lie in an archive: what restores them. Null when
 * none of the files is archived any more.
 */
async function coldRegistration(surroundings, store, { weighed: { model, files }, file }) {
    const asked = files.flatMap(({ sha256, size }) => (sha256 === null ? [] : [{ digest: sha256, sizeBytes: size }]));
    const cold = await (0,cold_bytes/* findCold */.w1)(store, asked);
    if (cold === null || store.tiers === null)
        return null;
    const parts = await (0,cold_bytes/* lookAtObjects */.JG)(store, store.tiers, asked);
    const archived = parts.filter(({ access }) => access !== 'readable').map(({ object }) => object);
    const holders = await findHolders(store, await (0,read_catalogues/* readCatalogues */.H)(surroundings), archived);
    return (0,errors_error/* weighbridgeError */.q)('flow/lock-cold', {
        path: file.path,
        model: model.manifest.name,
        lock: model.lockPath,
        classes: cold.classes,
        wait: cold.wait,
        how: holders.length === 0
            ? `have ${store.address} restore them, which no version names that was looked at`
            : `run ${holders.map((name) => `"weighbridge store restore ${name}"`).join(' and ')}`,
    });
}
/** Versions that keep their bytes and have some objects between them, `model@version`, as far as is looked: newest first. */
async function findHolders(store, catalogues, objects) {
    const left = new Set(objects);
    const holders = [];
    const kept = catalogues
        .flatMap(({ model, versions }) => versions.map((version) => ({ model, version })))
        .filter(({ version }) => version.store !== null && version.released === undefined)
        .sort((one, other) => other.version.entry - one.version.entry);
    let searched = 0;
    for (const { model, version } of kept) {
        if (left.size === 0 || searched >= maxFilesSearched)
            break;
        const files = (0,cold_bytes/* filesOfEntry */.LK)(version);
        searched += files.length;
        const told = await (0,in_parallel/* inParallel */.H)(files, questionsAtOnce, (each) => (0,describe_stored/* describeStored */.D)(store, each));
        const own = told.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object));
        if (own.filter((object) => left.delete(object)).length > 0)
            holders.push(`${model}@${version.version}`);
    }
    return holders;
}
//# sourceMappingURL=registering-cold.js.map
;// CONCATENATED MODULE: ./packages/flows/build/registration/register-checks.js












/** The version that a tag names. @throws flow/not-a-version-tag */
function checkTag(tag, model) {
    const parsed = (0,build_tag/* parseTag */.ED)(tag);
    if (parsed === null || parsed.event !== 'registered' || parsed.model !== model) {
        throw (0,errors_error/* weighbridgeError */.q)('flow/not-a-version-tag', { tag });
    }
    return parsed.version;
}
/**
 * The effects that put a model's artifacts into the store, after checking that what is at hand is what the lock says
 * and that everything else that the version is made of is committed.
 * @throws formats/inflation-budget, flow/artifact-ignored, flow/uncommitted, flow/lock-differs, flow/no-store, store/missing, store/corrupt, source/*
 */
async function checkStoreFor(surroundings, weighed) {
    (0,artifact_file/* requireLookedInto */.Om)(weighed.files);
    await checkCommitted(surroundings, weighed);
    checkLock(weighed);
    const unlocked = weighed.files.find(({ from }) => from === 'remote')?.source ?? null;
    if (unlocked !== null) {
        throw (0,errors_error/* weighbridgeError */.q)('source/lock-needed', { ...(0,written_references/* about */.Cv)(weighed.model), reference: unlocked.reference });
    }
    await checkListed(surroundings, weighed.model);
    if (weighed.model.manifest.store === 'reference') {
        await checkReferred(surroundings, weighed);
        return [];
    }
    const effects = [];
    const compared = openComparedFiles(surroundings, weighed);
    for (const file of weighed.files) {
        if (file.sha256 === null)
            continue;
        if (surroundings.store === null)
            throw (0,errors_error/* weighbridgeError */.q)('flow/no-store', { path: file.path });
        if (file.from === 'checkout') {
            effects.push({ kind: 'store', path: file.path, digest: file.sha256, sizeBytes: file.size });
        }
        else {
            await checkStored(surroundings, surroundings.store, { weighed, file, compared });
        }
    }
    return effects;
}
/** Files that were stored before, by a pull request: from now on no collection takes them for forgotten. */
async function keepStored({ store }, { model, files }) {
    if (store === null || model.manifest.store === 'reference')
        return;
    for (const { from, sha256 } of files)
        if (from === 'lock' && sha256 !== null)
            await store.keep(sha256);
}
/**
 * What a manifest only refers to is compared with the lock all the same: where a service keeps it, or where the store
 * happens to have it.
 */
async function checkReferred(surroundings, weighed) {
    const { store } = surroundings;
    await checkMembers(surroundings, weighed);
    const compared = openComparedFiles(surroundings, weighed);
    for (const file of weighed.files) {
        if (file.source !== null) {
            compareWithLock({ weighed, file }, await measureReferred(surroundings, weighed, file), file.source.address);
            continue;
        }
        if (store === null || file.from !== 'lock' || file.sha256 === null || !(await store.has(file.sha256)))
            continue;
        await checkStored(surroundings, store, { weighed, file, compared });
    }
}
/**
 * A header does not tell the digests of tensors that a lock may have, as of weights that were copied before. Where the
 * last version has them of the same bytes they were compared then; else the bytes are read, for a lock that claims the
 * tensors of other weights would make new weights look unchanged.
 */
async function measureReferred(surroundings, { previous, files }, file) {
    const isCompared = (previous?.snapshot.artifacts ?? []).some(({ sha256, tensors }) => sha256 === file.sha256 && (0,json/* canonicalJson */.d)(tensors) === (0,json/* canonicalJson */.d)(file.tensors));
    const hasTensors = Object.keys(file.tensors).length > 0;
    const bytes = hasTensors && !isCompared ? 'all' : 'needed';
    const measured = await (0,check_source/* measureSource */.C)(surroundings, file, { beside: files, bytes });
    if (isCompared)
        return { ...measured, tensors: file.tensors };
    if (hasTensors && measured.unopened !== undefined)
        throw measured.unopened;
    return measured;
}
/**
 * The bytes in the store must be what the lock says of them, header and tensors, too: whoever proposed the change wrote
 * the lock, and the version and its gates rest on it. They are read once, to their end. What lies in an archive cannot
 * be: it needs not to be where it was compared before.
 * @throws flow/lock-cold, flow/lock-differs, store/missing, store/corrupt
 */
async function checkStored(surroundings, store, { weighed, file, compared }) {
    const measured = await measureUnlessCold(surroundings, store, { weighed, file, compared });
    if (measured === null)
        return;
    if (measured.sha256 !== file.sha256) {
        const [expected, actual] = [`${file.sha256}`, `${measured.sha256}`];
        throw (0,errors_error/* weighbridgeError */.q)('store/corrupt', { path: store.address, expected, actual });
    }
    if (measured.unopened !== undefined)
        throw measured.unopened;
    compareWithLock({ weighed, file }, measured, 'the store');
}
/** Null for archived bytes of which the ledger says what the lock says. @throws flow/lock-cold where it does not */
async function measureUnlessCold(surroundings, store, { weighed, file, compared }) {
    try {
        return await (0,measure_file/* measureStored */.gz)(surroundings, store, { file, beside: weighed.files });
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.code !== 'store/archived')
            throw error;
        if (await compared.has(file))
            return null;
        throw (await coldRegistration(surroundings, store, { weighed, file })) ?? error;
    }
}
/** @throws flow/lock-differs */
function compareWithLock({ weighed, file }, measured, place) {
    const { lockPath, manifest } = weighed.model;
    const told = (0,artifact_file/* lockArtifact */.wt)(file, null);
    const found = asFarAs(told, (0,artifact_file/* lockArtifact */.wt)({ ...file, ...measured }, null));
    const parts = { size: 'size', header: 'header', tensors: 'tensors', document: 'content' };
    for (const [part, name] of Object.entries(parts)) {
        const key = part;
        if (key === 'tensors' && tellsNoMembers(told))
            continue;
        if ((0,json/* canonicalJson */.d)(told[key] ?? null) === (0,json/* canonicalJson */.d)(found[key] ?? null))
            continue;
        const what = `its ${name} in ${place} ${name === 'tensors' ? 'are others' : 'is another'}`;
        throw (0,errors_error/* weighbridgeError */.q)('flow/lock-differs', { path: file.path, lock: lockPath, what, model: manifest.name });
    }
}
/**
 * Of a file without a header a lock may leave out what it holds, as older ones do, and of one behind a reference whose
 * header alone was read: then the bytes are compared as a whole.
 */
function tellsNoMembers({ header, tensors, source }) {
    return (header === null || source !== undefined) && Object.keys(tensors).length === 0;
}
/** What an archive holds beside its tensors is missing in older locks; leaving it out only makes a comparison stricter. */
function asFarAs(told, found) {
    if (Object.hasOwn(told.tensors, archive_digests/* restOfArchive */.WO))
        return found;
    const { [archive_digests/* restOfArchive */.WO]: _rest, ...tensors } = found.tensors;
    return { ...found, tensors };
}
async function checkCommitted(surroundings, weighed) {
    const { workTree } = surroundings;
    const artifacts = weighed.files.filter((file) => file.from === 'checkout').map((file) => file.path);
    const ignored = await workTree.ignored(artifacts);
    const unlocked = [...ignored].filter((path) => !isLocked(weighed, path));
    if (unlocked[0] !== undefined) {
        const model = weighed.model.manifest.name;
        throw (0,errors_error/* weighbridgeError */.q)('flow/artifact-ignored', { path: unlocked[0], model });
    }
    const governed = [
        weighed.model.lockPath,
        ...weighed.sources,
        ...artifacts.filter((path) => !ignored.has(path) && !isLocked(weighed, path)),
    ];
    const changed = [...(await workTree.changed(governed)), ...(await changedData(surroundings, weighed))].sort();
    if (changed.length > 0)
        throw (0,errors_error/* weighbridgeError */.q)('flow/uncommitted', { paths: changed.slice(0, 10).join(', ') });
}
/** Data files of the repository that are not, to the byte, what HEAD has of them. */
async function changedData(surroundings, weighed) {
    const { model, snapshot } = weighed;
    const paths = (0,pin_references/* dataPaths */.v8)(model);
    // Of what DVC tracks, the files that say so count.
    const told = [...paths.values()].flatMap((path) => [`${path}.dvc`, ...(0,pin_dvc/* dvcLocksAbove */.R)(path).map(({ lock }) => lock)]);
    const suspects = await surroundings.workTree.changed([...new Set([...paths.values(), ...told])]);
    const head = suspects.size === 0 ? null : await surroundings.repository.commit('HEAD');
    if (head === null)
        return [...suspects];
    // A folder differs by what git ignores in it, too, which is no part of what was pinned.
    const committed = await (0,pin_references/* pinData */.ob)(surroundings, { ...model, files: (0,files/* filesAtCommit */.ao)(surroundings.repository, head.id) });
    const pins = new Map(committed.data.map(({ name, pinned }) => [name, pinned]));
    const differing = snapshot.data.filter(({ name, pinned }) => pinned !== pins.get(name));
    return differing.flatMap(({ name }) => paths.get(name) ?? []);
}
function isLocked(weighed, path) {
    return weighed.model.lock?.artifacts.some((artifact) => artifact.path === path) ?? false;
}
function checkLock(weighed) {
    const { lock, lockPath, manifest } = weighed.model;
    if (lock === null)
        return;
    for (const file of weighed.files) {
        const locked = lock.artifacts.find((artifact) => artifact.path === file.path);
        if (locked === undefined || file.from === 'lock')
            continue;
        const differs = (what) => (0,errors_error/* weighbridgeError */.q)('flow/lock-differs', { path: file.path, lock: lockPath, what, model: manifest.name });
        if (locked.size !== file.size)
            throw differs(`${file.size} bytes instead of ${locked.size}`);
        if (file.sha256?.replace('sha256:', '') !== locked.sha256.replace('sha256:', ''))
            throw differs('its SHA-256 is another');
    }
}
//# sourceMappingURL=register-checks.js.map
// EXTERNAL MODULE: ./packages/flows/build/signing/make-signature.js
var make_signature = __webpack_require__(2127);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-tags.js
var stage_tags = __webpack_require__(10128);
;// CONCATENATED MODULE: ./packages/flows/build/registration/plan-registration.js














/**
 * What registering a version would do: bytes before the entry that names them, the entry before its tags. Writes nothing.
 * @throws flow/no-store, flow/lock-differs, signing/no-signer, and as the rest of the registration
 */
async function planRegistration({ surroundings, governance, head, weighed, request }, version, { decision, pull }) {
    const { manifest } = weighed.model;
    const now = surroundings.clock.now();
    const stored = await checkStoreFor(surroundings, weighed);
    const evidence = new Map();
    const remember = (value) => {
        const text = (0,json/* canonicalJson */.d)(value);
        const digest = (0,build_digest/* digestBytes */.QN)(surroundings.sha256, (0,build_digest/* utf8 */.As)(text));
        evidence.set(digest, text);
        return digest;
    };
    const contextAt = (commit) => (0,build_events/* eventContext */.Wl)(surroundings, { commit, justification: request.reason, time: now });
    const at = await commitOf({ surroundings, head, weighed }, version);
    const context = contextAt(at);
    const about = { model: manifest.name, version, context };
    const artifacts = weighed.files.map((file) => ({
        path: file.path,
        size: file.size,
        sha256: artifactHex(file.sha256),
        ...(manifest.store === 'reference' && file.source !== null ? { address: file.source.address } : {}),
    }));
    const named = (0,artifact_list/* nameArtifacts */.H1)(surroundings.sha256, artifacts);
    for (const [digest, text] of named.evidence)
        evidence.set(digest, text);
    // Also where a training job stored the bytes before, and the checkout has but the lock.
    const isStored = manifest.store === 'copy' && artifacts.length > 0;
    const store = isStored ? (surroundings.store?.address ?? null) : null;
    const first = governance.policy.stages[0] ?? 'development';
    const held = weighed.history.catalogue?.stages[first] ?? null;
    const body = {
        tag: (0,build_tag/* versionTag */.Vm)(manifest.name, version),
        previous: weighed.previous?.version.version ?? null,
        bump: weighed.assessment.bump,
        identity: weighed.assessment.identity,
        evidence: weighed.assessment.evidence,
        record: weighed.assessment.snapshot,
        snapshot: remember(weighed.snapshot),
        artifacts: named.artifacts,
        store,
        ...listedDependencies(weighed),
    };
    const approvals = (0,registration_approvals/* approvalsOf */.m)(decision, pull);
    const registration = {
        ...body,
        artifacts,
        version,
        context,
        decision,
        approvals,
        pull: pull?.number ?? null,
        to: first,
    };
    const documents = await documentRegistration(surroundings, weighed, registration);
    const { named: documented, evidence: texts } = (0,version_documents/* recordDocuments */.mt)(surroundings, documents);
    for (const [digest, text] of texts)
        evidence.set(digest, text);
    const backed = await (0,plan_evidence/* planBackedDocuments */.O)(surroundings, governance.policy.evidence, {
        candidate: {
            model: weighed.model,
            snapshot: weighed.snapshot,
            identity: body.identity,
            commit: at.id,
            registered: null,
        },
        version,
        context,
    }, (0,gate_facts/* evidenceOfSnapshot */.TV)(weighed.snapshot, null));
    const signed = await (0,make_signature/* planSigning */.rx)(surroundings, governance, {
        signed: { model: manifest.name, version, artifacts },
        context,
        dryRun: request.dryRun,
    });
    for (const [digest, text] of [...backed.evidence, ...signed.evidence])
        evidence.set(digest, text);
    requireRecordable(evidence, { model: manifest.name, files: artifacts.length });
    const events = [
        ...(await (0,policy_entry/* planPolicyEntry */.U)(surroundings, governance, contextAt(head), { newLedger: request.newLedger ?? false })),
        (0,build_events/* makeEvent */.Ld)(surroundings.sha256, { type: 'registered', ...about, body: { ...body, documents: documented } }),
        ...signed.events,
        ...backed.events,
        (0,build_events/* makeEvent */.Ld)(surroundings.sha256, {
            type: 'transitioned',
            ...about,
            body: {
                from: null,
                to: first,
                replaces: held,
                identity: body.identity,
                decision: remember(decision),
                verdict: decision.verdict,
                approvals,
                pull: pull?.number ?? null,
            },
        }),
    ];
    const registered = { ...body, version, commit: at.id };
    const tags = (0,stage_tags/* planVersionTag */.q)(manifest.name, weighed.history, { version, commit: at.id }, now);
    const stageTime = new Date(now.getTime() + 1000 * tags.length);
    const effects = [
        ...stored,
        { kind: 'append', events, evidence },
        ...tags,
        ...(0,stage_tags/* planStageTags */.b)(manifest.name, weighed.history, { [first]: registered }, stageTime),
    ];
    return { plan: { effects }, documents };
}
/** A version that was tagged before there was a ledger keeps its commit: its tag is there and is not moved. */
async function commitOf({ surroundings, head, weighed }, version) {
    const { takenOver } = weighed;
    if (takenOver?.version !== version)
        return head;
    const commit = await surroundings.repository.commit(takenOver.commit);
    (0,errors_error/* invariant */.V1)(commit !== null, 'the commit of a tag that was read is gone');
    return commit;
}
/** Left out where there are so many that they would crowd the entry: the snapshot has them. */
function listedDependencies({ snapshot, model: { manifest, manifestPath } }) {
    const dependencies = (0,build_dependencies/* dependenciesOf */.hk)(snapshot, { path: manifestPath, manifest });
    return dependencies.length > build_event/* maxDependencies */.G6 ? {} : { dependencies };
}
function artifactHex(digest) {
    if (digest === null)
        throw (0,errors_error/* weighbridgeError */.q)('core/invariant', { reason: 'an artifact without a digest was to be registered' });
    return digest.slice('sha256:'.length);
}
//# sourceMappingURL=plan-registration.js.map
// EXTERNAL MODULE: ./packages/flows/build/pull/amendments.js
var pull_amendments = __webpack_require__(20964);
// EXTERNAL MODULE: ./packages/flows/build/pull/judgement.js
var judgement = __webpack_require__(32481);
// EXTERNAL MODULE: ./packages/flows/build/pull/merged-into.js
var merged_into = __webpack_require__(62191);
// EXTERNAL MODULE: ./packages/flows/build/pull/review-desk.js + 1 modules
var review_desk = __webpack_require__(61879);
// EXTERNAL MODULE: ./packages/flows/build/assessment/touched.js
var touched = __webpack_require__(15705);
// EXTERNAL MODULE: ./packages/flows/build/pull/without-credentials.js
var without_credentials = __webpack_require__(63265);
;// CONCATENATED MODULE: ./packages/flows/build/pull/merged-entry.js








const nothing = { asked: {}, pull: null };
/**
 * What the gate of the first stage asks of a forge when a version is registered: the reviews of the pull request whose
 * merge brought this content, which count for the same bytes only, and the checks of the commit. Asks nothing where the
 * gate asks nothing.
 */
async function readMergedEntry(surroundings, governance, { model, parts, commit }) {
    const { forge } = surroundings;
    const stage = governance.policy.stages[0] ?? 'development';
    const gate = Object.hasOwn(governance.policy.gates, stage) ? governance.policy.gates[stage] : undefined;
    if (forge === null || gate === undefined)
        return nothing;
    const checks = gate.checks.length === 0 ? {} : { checks: await forge.checks(commit) };
    const pull = gate.reviewers.length === 0 ? null : await findPull(surroundings, governance, { model, parts, commit });
    if (pull === null)
        return { asked: checks, pull: null };
    const { repository } = surroundings;
    const from = (await (0,merged_into/* beforePull */.N)(surroundings, forge, { pull, commit: pull.merged?.commit ?? commit })) ?? commit;
    const amendments = (await repository.fetchCommit(from))
        ? await (0,pull_amendments/* readMergedAmendments */.J8)(surroundings, governance.policy, { from, at: commit })
        : [];
    const { name, owners } = model.manifest;
    const { fork } = pull.head;
    // Nobody approved what else a fork's commits name: they are read as a check of that fork reads them.
    const reading = fork ? (0,without_credentials/* withoutCredentials */.r)(surroundings) : surroundings;
    const desk = (0,review_desk/* openReviewDesk */.w)(reading, forge, pull, { at: commit, from });
    const reviewing = async (content) => {
        const digests = fork ? await digestsWithout(reading, { commit, model: name }) : content.digests;
        return desk.facts({ ...content, digests, model: name, owners, asked: null }, []);
    };
    return { asked: { ...checks, reviewing, amendments }, pull };
}
/**
 * The digests of what is registered, read as the commits that it is compared with: what credentials alone tell is in
 * neither. Null where it cannot be read so: then no approval of another commit counts.
 */
async function digestsWithout(surroundings, registered) {
    const read = await (0,judgement/* catchFault */.g)(() => (0,assess_models/* readContentDigests */.zG)(surroundings, registered));
    return 'value' in read ? read.value : null;
}
/** Commits of the branch that are looked at for the newest that changed what a model is made of. */
const maxWalked = 100;
/**
 * The merged pull request behind the newest change of what the model is made of, else behind the commit itself. Where a
 * part got its version later than that, whoever changed the part changed the model with it.
 */
async function findPull(surroundings, { models }, { model, parts, commit }) {
    const own = await pullBehind(surroundings, [model], commit);
    const since = own?.merged?.at ?? null;
    if (own === null || since === null)
        return own;
    const moved = await partsSince(surroundings, parts, since);
    const changed = partsBelow(models, moved);
    return changed.length === 0 ? own : ((await pullBehind(surroundings, [model, ...changed], commit)) ?? own);
}
async function pullBehind({ forge, repository }, models, commit) {
    const branch = await repository.defaultBranch();
    if (forge === null || branch === null)
        return null;
    const commits = [...new Set([await newestTouch(repository, models, commit), commit])];
    for (const id of commits) {
        const merged = (0,merged_into/* mergedInto */.P)(await forge.pullsOfCommit(id), branch.name);
        if (merged !== null)
            return forge.pull(merged.number, { comments: true, files: false });
    }
    return null;
}
/** Names of parts whose locked version was registered after a moment. */
async function partsSince({ ledger }, parts, moment) {
    const names = [];
    for (const { model, version } of parts) {
        const known = (await ledger.catalogue(model))?.versions.find((each) => each.version === version);
        if (known === undefined || Date.parse(known.registeredAt) > Date.parse(moment))
            names.push(model);
    }
    return names;
}
/** These models with all that they are built on, as far as they have a manifest here. */
function partsBelow(models, names) {
    const found = new Set();
    const byName = new Map(models.map((model) => [model.manifest.name, model]));
    const visit = (name) => {
        const model = byName.get(name);
        if (model === undefined || found.has(model))
            return;
        found.add(model);
        for (const part of (0,part_order/* partsOf */.CI)(model))
            visit(part);
    };
    for (const name of names)
        visit(name);
    return [...found];
}
/**
 * The newest commit along first parents that changed a folder of the models or anything else that their manifests name:
 * a prompt or code may lie elsewhere.
 */
async function newestTouch(repository, models, commit) {
    if (models.some(({ folder }) => folder === ''))
        return commit;
    const folders = new Set();
    for (const { folder } of models)
        folders.add((await repository.lastChange(commit, folder)) ?? commit);
    let at = commit;
    for (let walked = 0; !folders.has(at) && walked < maxWalked; walked++) {
        const parent = (await repository.commit(at))?.parents[0];
        if (parent === undefined || !(await repository.fetchCommit(parent)))
            break;
        const paths = await repository.changedPaths(parent, at);
        if (models.some((model) => (0,touched/* touchesModel */.B)(model, paths)))
            return at;
        at = parent;
    }
    return folders.has(at) ? at : ([...folders][0] ?? commit);
}
//# sourceMappingURL=merged-entry.js.map
// EXTERNAL MODULE: ./packages/flows/build/registry/registry-parts.js
var registry_parts = __webpack_require__(31388);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/staging.js
var artifacts_staging = __webpack_require__(3713);
;// CONCATENATED MODULE: ./packages/flows/build/registration/register.js


















/** Required fields of the metadata standard that the record of a registration lacks, whether or not a gate asks for them. */
function missingInRecord({ weighed, version }) {
    const { snapshot, model } = weighed;
    const hasMetrics = snapshot.metrics.some(({ values }) => values.length > 0);
    // Nothing is registered without a commit.
    const metadata = (0,decide_transition/* metadataFacts */.pb)(snapshot, 'registered');
    return (0,rules_metadata/* missingMetadata */.q)(model.manifest.kind, { version, metadata, hasMetrics });
}
/**
 * Stores the artifacts, records the version, makes its tag and puts it into the first stage. Each step can be repeated:
 * a version that is recorded already gets what is missing and nothing else. The policy is that of the default branch as it
 * is now, whichever commit a tag names.
 * @throws flow/no-policy, flow/uncommitted, flow/not-on-branch, flow/wrong-tag, flow/lock-differs, flow/no-store,
 * signing/no-signer, signing/not-good
 */
async function registerModels(surroundings, request, observe) {
    const checkedOut = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    if (!checkedOut.governed)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-policy', {});
    const head = await surroundings.repository.commit('HEAD');
    if (head === null)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-commit', {});
    const ruled = await (0,policy_of_branch/* governByBranch */.T)(surroundings, checkedOut, head);
    const { governance } = ruled;
    const tagged = request.tag === null ? null : (0,build_tag/* parseTag */.ED)(request.tag);
    if (request.tag !== null && request.tolerant && !isGoverned(governance, tagged)) {
        const text = `The tag ${request.tag} names no version of a model of this repository: nothing to do.`;
        return { registrations: [], notices: [{ level: 'notice', text }] };
    }
    if (request.tag !== null && tagged?.event !== 'registered') {
        throw (0,errors_error/* weighbridgeError */.q)('flow/not-a-version-tag', { tag: request.tag });
    }
    const models = (0,governing_governance/* selectModels */.H8)(governance, tagged === null ? request.models : [tagged.model]);
    const notices = [
        ...ruled.notices,
        ...(await (0,registry_history/* fetchTags */.un)(surroundings)),
        ...(await (0,check_writing/* checkRegistrable */.$5)(surroundings, governance, head, 'register')),
    ];
    const registrations = [];
    const staging = request.dryRun || surroundings.store === null ? null : (0,artifacts_staging/* openStaging */.g)(surroundings, surroundings.store);
    // Versions that are not in the ledger: those that a dry run would register, and those that are held back.
    const provisional = new Map();
    const within = { ...surroundings, provisional };
    const heldBack = new Set();
    for (const model of (0,part_order/* partsFirst */.ZO)(models)) {
        // One after the other, so that a system is locked to the parts that this very run registers, or in a dry run would.
        const options = { depth: 'bytes', staging, locking: !request.dryRun };
        const [weighed] = await (0,assess_models/* assessModels */.fn)(within, governance, [model], options);
        if (weighed === undefined)
            continue;
        notices.push(...weighed.notices);
        const asked = { surroundings: within, governance, head, weighed, request, observe, staging, heldBack };
        const registration = await registerModel(asked);
        const { outcome } = registration;
        if (outcome === 'held-back')
            heldBack.add(model.manifest.name);
        else if (outcome === 'unchanged' || !request.dryRun)
            provisional.delete(model.manifest.name);
        registrations.push(registration);
        notices.push(...(registration.documents?.notices ?? []));
        if (!request.dryRun)
            notices.push(...(await tellColdBytes(surroundings, registration, staging)));
    }
    return { registrations, notices };
}
/** Bytes that were stored before may lie in an archive, where nobody can read them: said when a version names them. */
async function tellColdBytes({ store }, { outcome, weighed, version }, staging) {
    const { name, store: kept } = weighed.model.manifest;
    if (store === null || outcome !== 'registered' || kept !== 'copy')
        return [];
    const found = weighed.files.flatMap(({ sha256, size }) => sha256 === null || staging?.isNew(sha256) === true ? [] : [{ digest: sha256, sizeBytes: size }]);
    const cold = await (0,cold_bytes/* findCold */.w1)(store, found).catch((error) => {
        if (error instanceof errors_error/* WeighbridgeError */.kj)
            return error;
        throw error;
    });
    if (cold === null)
        return [];
    if (cold instanceof errors_error/* WeighbridgeError */.kj) {
        const text = `Whether bytes of ${name} ${version} lie in cold storage could not be found out: ${cold.message}`;
        return [{ level: 'warning', text }];
    }
    const what = `${cold.size} of ${name} ${version} were stored before and are in cold storage (${cold.classes})`;
    const how = `run "weighbridge store restore ${name}@${version}" before they are read, which takes up to ${cold.wait}`;
    return [{ level: 'warning', text: `${what}: ${how}.` }];
}
function isGoverned(governance, tag) {
    return tag?.event === 'registered' && governance.models.some((model) => model.manifest.name === tag.model);
}
async function registerModel(registering) {
    const { surroundings, weighed, request, observe, staging } = registering;
    const known = knownVersion(weighed, request.tag);
    if (known !== null)
        return finishKnownVersion(registering, known);
    const version = chooseVersion(weighed, request.tag);
    const tag = (0,build_tag/* versionTag */.Vm)(weighed.model.manifest.name, version);
    const nothing = { effects: [] };
    const held = { weighed, outcome: 'held-back', version, tag, plan: nothing, receipts: [], documents: null };
    const heldFor = heldParts(registering);
    if (heldFor.length > 0)
        return { ...held, decision: null, heldFor };
    const { decision, pull } = await decideEntry(registering, version);
    if (!(0,verdict/* permits */.V)(decision.verdict))
        return { ...held, decision, heldFor };
    const { plan, documents } = await planRegistration(registering, version, { decision, pull });
    if (!request.dryRun)
        await keepStored(surroundings, weighed);
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe, staging);
    return { weighed, outcome: 'registered', version, tag, decision, plan, receipts, heldFor, documents };
}
/** It would be locked to what was judged with it, and the ledger has no such versions: an older one is another system. */
function heldParts({ weighed, heldBack, surroundings: { provisional } }) {
    return (0,registry_parts/* lockedParts */.$q)(weighed.snapshot).flatMap(({ model, version }) => heldBack.has(model) && provisional?.get(model)?.version === version ? [`${model} ${version}`] : []);
}
/** The registered version that is asked for, by its tag or by having this very content; null when there is to be a new one. */
function knownVersion(weighed, tag) {
    const { next, sameAs, identity } = weighed.assessment;
    const versions = weighed.history.catalogue?.versions ?? [];
    const previous = weighed.previous?.version ?? null;
    if (tag !== null) {
        const asked = checkTag(tag, weighed.model.manifest.name);
        const found = versions.find((known) => known.version === asked) ?? null;
        return found?.identity === identity || (next === null && found?.version === previous?.version) ? found : null;
    }
    if (next !== null)
        return null;
    return versions.find((known) => known.version === sameAs) ?? previous;
}
/** The version to register. @throws flow/wrong-tag */
function chooseVersion(weighed, tag) {
    const { next } = weighed.assessment;
    const model = weighed.model.manifest.name;
    if (tag === null) {
        if (next === null)
            throw (0,errors_error/* weighbridgeError */.q)('core/invariant', { reason: 'no version to compare and none computed' });
        return next;
    }
    const parsed = checkTag(tag, model);
    const taken = weighed.history.catalogue?.versions.some((known) => known.version === parsed) ?? false;
    const fits = next !== null && (parsed === next || ((0,version/* isPrerelease */.V1)(parsed) && (0,version/* releaseOf */.l7)(parsed) === next));
    if (!fits || taken) {
        const expected = next ?? weighed.assessment.sameAs ?? weighed.previous?.version.version;
        throw (0,errors_error/* weighbridgeError */.q)('flow/wrong-tag', {
            tag,
            model,
            expected: expected === undefined ? 'none' : (0,build_tag/* versionTag */.Vm)(model, expected),
        });
    }
    return parsed;
}
/** Entering the registry is the move from nothing into the first stage. */
async function decideEntry(registering, version) {
    const { surroundings, governance, weighed, head } = registering;
    const { model, snapshot } = weighed;
    const entering = { model, parts: (0,registry_parts/* lockedParts */.$q)(snapshot), commit: head.id };
    const { asked, pull } = await readMergedEntry(surroundings, governance, entering);
    const decision = await (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        ...asked,
        model,
        catalogue: weighed.history.catalogue,
        candidate: { version, snapshot, identity: weighed.assessment.identity, registered: null },
        from: null,
        to: governance.policy.stages[0] ?? 'development',
    });
    return { decision, pull };
}
/** Same content is never a new version; what an ended run left undone for it is done now. */
async function finishKnownVersion(registering, current) {
    const { surroundings, weighed, request, observe, staging } = registering;
    const model = weighed.model.manifest.name;
    const now = surroundings.clock.now();
    const pointers = currentPointers(weighed);
    const tags = current.commit === null
        ? []
        : (0,stage_tags/* planVersionTag */.q)(model, weighed.history, { version: current.version, commit: current.commit }, now);
    const plan = {
        effects: [
            ...tags,
            ...(0,stage_tags/* planStageTags */.b)(model, weighed.history, pointers, new Date(now.getTime() + 1000 * tags.length)),
        ],
    };
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe, staging);
    const { version, tag } = current;
    return { weighed, outcome: 'unchanged', version, tag, decision: null, plan, receipts, heldFor: [], documents: null };
}
function currentPointers(weighed) {
    const catalogue = weighed.history.catalogue;
    const pointers = {};
    for (const [stage, version] of Object.entries(catalogue?.stages ?? {})) {
        pointers[stage] = catalogue?.versions.find((known) => known.version === version) ?? null;
    }
    return pointers;
}
//# sourceMappingURL=register.js.map
// EXTERNAL MODULE: ./packages/flows/build/release/release-versions.js + 3 modules
var release_versions = __webpack_require__(98186);
// EXTERNAL MODULE: ./packages/report/build/render-assessment.js
var render_assessment = __webpack_require__(70106);
// EXTERNAL MODULE: ./packages/report/build/render-checklist.js
var render_checklist = __webpack_require__(17170);
// EXTERNAL MODULE: ./packages/host/build/list-steps.js
var list_steps = __webpack_require__(74101);
// EXTERNAL MODULE: ./packages/host/build/event.js
var host_build_event = __webpack_require__(30007);
// EXTERNAL MODULE: ./packages/host/build/release-report.js
var release_report = __webpack_require__(94269);
// EXTERNAL MODULE: ./packages/host/build/signing-inputs.js
var signing_inputs = __webpack_require__(48368);
// EXTERNAL MODULE: ./packages/host/build/version-signer.js
var version_signer = __webpack_require__(75122);
;// CONCATENATED MODULE: ./packages/host/build/commands/register.js







const registerCommand = {
    spec: {
        name: 'register',
        summary: 'Store artifacts, record the version, tag it',
        description: 'For each model whose content changed since its last release: artifacts go into the store by digest, the version with its evidence, its model card and its bill of materials into the ledger, an annotated tag in the grammar of GTO onto the commit, and the version into the first stage. Where the policy has versions signed, their artifacts are signed too (OpenSSF Model Signing). Same content is never a new version. Every step can be repeated: a run that was ended anywhere is finished by the next.',
        arguments: [
            { name: 'models', description: 'Names of models; every model that changed when none is given.', many: true },
        ],
        inputs: [
            {
                name: 'tag',
                description: 'The version tag that asks for it, such as fraud@v1.4.0; in a workflow the pushed tag.',
                type: 'text',
                placeholder: 'TAG',
            },
            { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
            {
                name: 'release',
                description: 'Publish the GitHub release of each version too, as "weighbridge release" does.',
                type: 'boolean',
                default: 'false',
            },
            ...signing_inputs/* versionSignerInputs */.AD,
            {
                name: 'new-ledger',
                description: 'Begin a new ledger although tags speak of an earlier one that is gone: what it said is lost for good.',
                type: 'boolean',
                default: 'false',
                only: 'command-line',
            },
        ],
        outputs: [
            { name: 'models', description: 'JSON for a matrix: [{"model","version","tag","outcome"}].' },
            { name: 'model', description: 'Name of the model, when there is just one.' },
            { name: 'version', description: 'Its version.' },
            { name: 'bump', description: 'Its bump.' },
            { name: 'tag', description: 'Its tag.' },
            { name: 'outcome', description: 'registered, unchanged or held-back.' },
            { name: 'notes', description: 'Release notes of what was registered, in Markdown; empty when nothing was.' },
            { name: 'url', description: 'Address of its release, when one was asked for and there is just one.' },
        ],
        examples: ['weighbridge register', 'weighbridge register fraud --dry-run'],
    },
    run: runRegister,
};
async function runRegister(inputs, host) {
    const dryRun = inputs.boolean('dry-run');
    const { registrations, notices } = await registerModels(await (0,version_signer/* withVersionSigner */.n)(inputs, host), {
        models: inputs.list('models'),
        tag: inputs.text('tag') ?? (0,host_build_event/* pushedTagOf */.Jw)(host.environment),
        tolerant: inputs.text('tag') === null,
        reason: inputs.text('reason'),
        dryRun,
        newLedger: inputs.boolean('new-ledger'),
    });
    const released = inputs.boolean('release') && !dryRun ? await release(inRegistry(registrations), host) : nothingReleased;
    const lines = (0,release_report/* releaseLines */.xe)(released);
    const rows = registrations.map(({ weighed, version, tag, outcome }) => ({
        model: weighed.assessment.model,
        version,
        tag,
        outcome,
    }));
    const only = registrations.length === 1 ? registrations[0] : undefined;
    return {
        exitCode: (0,release_report/* releaseExitCode */.Zn)(released) || (registrations.some(({ outcome }) => outcome === 'held-back') ? 1 : 0),
        json: {
            dry_run: dryRun,
            models: registrations.map((registration) => ({
                model: registration.weighed.assessment.model,
                version: registration.version,
                tag: registration.tag,
                outcome: registration.outcome,
                bump: registration.weighed.assessment.bump,
                identity: registration.weighed.assessment.identity,
                effects: registration.plan.effects.map(plan/* describeEffect */.x),
                decision: registration.decision,
                held_for: registration.heldFor,
                notes: registration.documents?.notes ?? null,
                disagreements: registration.documents?.disagreements ?? [],
            })),
            ...(inputs.boolean('release') && !dryRun ? { released: (0,release_report/* releaseJson */.qu)(released) } : {}),
        },
        text: registrations.length === 0
            ? 'Nothing to register.'
            : [...registrations.map((registration) => renderText(registration, dryRun)), ...lines].join('\n\n'),
        markdown: [...registrations.map((registration) => renderMarkdown(registration, dryRun)), ...lines].join('\n\n'),
        notices: [...notices, ...(0,release_report/* releaseNotices */.tl)(released)],
        outputs: {
            models: JSON.stringify(rows),
            model: only?.weighed.assessment.model ?? '',
            version: only?.version ?? '',
            bump: only?.weighed.assessment.bump ?? '',
            tag: only?.tag ?? '',
            outcome: only?.outcome ?? '',
            notes: registrations.flatMap(({ documents }) => documents?.notes ?? []).join('\n'),
            url: released.done.length === 1 ? (released.done[0]?.published?.url ?? '') : '',
        },
    };
}
const nothingReleased = { done: [], failed: [], notBegun: [] };
/** The releases of versions that a registration came to. What fails is told beside what was registered. */
function release(asked, { surroundings, policy }) {
    const { versioning } = policy;
    return (0,release_versions/* releaseVersions */.Z)(surroundings, asked, { draft: false, automatic: true, dryRun: false, versioning });
}
function inRegistry(registrations) {
    return registrations
        .filter(({ outcome }) => outcome !== 'held-back')
        .map(({ weighed, version }) => ({ model: weighed.assessment.model, version }));
}
function conclusion(registration, dryRun) {
    const { outcome, version, weighed, decision, heldFor } = registration;
    const model = weighed.assessment.model;
    if (heldFor.length > 0)
        return `Held back: it is built on ${heldFor.join(' and ')}, held back as well. Nothing was written.`;
    if (outcome === 'held-back')
        return `Held back: the gate of ${decision?.transition.to ?? 'the first stage'} says ${decision?.verdict ?? 'no'}. Nothing was written.`;
    if (outcome === 'unchanged') {
        const measured = weighed.assessment.changes.some(({ facet }) => facet === 'metrics');
        const hint = measured
            ? ` New metrics are recorded for it by "weighbridge evidence add ${model}@${version} FILE".`
            : '';
        return `${model} ${version} is registered already with this content; no new version.${hint}`;
    }
    return dryRun ? `Would register ${model} ${version}:` : `Registered ${model} ${version}:`;
}
function renderText(registration, dryRun) {
    const { weighed, outcome, decision, plan, receipts } = registration;
    const lines = [(0,render_assessment/* headlineOf */.gD)(weighed.assessment)];
    lines.push(conclusion(registration, dryRun));
    const steps = dryRun ? (0,list_steps/* plannedSteps */.iM)(plan.effects) : (0,list_steps/* listSteps */.A1)(receipts);
    for (const step of steps)
        lines.push(`  ${step}`);
    if (decision !== null && outcome === 'held-back')
        lines.push((0,render_checklist/* renderVerdictText */.rP)(decision.requirements, 1));
    if (decision !== null && outcome === 'registered' && decision.verdict === 'warn') {
        lines.push(`Let through with a warning ("mode: warn" or "severity: warn" blocks nothing):`);
        lines.push((0,render_checklist/* renderVerdictText */.rP)(decision.requirements, 1));
    }
    return lines.join('\n');
}
function renderMarkdown(registration, dryRun) {
    const { weighed, outcome, decision, plan } = registration;
    const lines = [(0,render_assessment/* renderAssessmentMarkdown */.Mu)(weighed.assessment), '', conclusion(registration, dryRun), ''];
    for (const step of (0,list_steps/* plannedSteps */.iM)(plan.effects))
        lines.push(`- \`${step.replaceAll('`', "'")}\``);
    if (decision !== null && outcome === 'held-back')
        lines.push('', (0,render_checklist/* renderVerdictMarkdown */.d1)(decision.requirements));
    if (outcome === 'registered')
        lines.push(...renderMissing(registration));
    return lines.join('\n');
}
/** What the metadata standard asks for and nobody knew, for those whose gates do not ask. */
function renderMissing(registration) {
    const missing = missingInRecord(registration);
    if (missing.length === 0)
        return [];
    return [
        '',
        'Required by the metadata standard and not known:',
        '',
        ...missing.map(({ title, supply }) => `- ${title}. ${supply}`),
    ];
}
//# sourceMappingURL=register.js.map

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

/***/ 74101:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ listSteps),
/* harmony export */   R9: () => (/* binding */ toldFiles),
/* harmony export */   iM: () => (/* binding */ plannedSteps)
/* harmony export */ });
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77669);

/** Files that are told one by one. A model of thousands of files would bury everything else that is said. */
const toldFiles = 20;
/** Steps of a plan, as they will be. */
function plannedSteps(effects) {
    return listSteps(effects.map((effect) => ({ effect: effect.kind, summary: (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__/* .describeEffect */ .x)(effect) })));
}
/** A line for each step, files to store first; of very many of these the first, and how many more. */
function listSteps(steps) {
    const stored = steps.filter(({ effect }) => effect === 'store').map(({ summary }) => summary);
    const others = steps.filter(({ effect }) => effect !== 'store').map(({ summary }) => summary);
    // One line more takes no more room than the line that would tell of it.
    if (stored.length <= toldFiles + 1)
        return [...stored, ...others];
    return [...stored.slice(0, toldFiles), `and ${stored.length - toldFiles} more files`, ...others];
}
//# sourceMappingURL=list-steps.js.map

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

/***/ 75122:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ withVersionSigner)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13835);
/* harmony import */ var _ecdsa_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1945);
/* harmony import */ var _evidence_signer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(96813);
/* harmony import */ var _signing_inputs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(48368);







/** The host's surroundings with what signs versions, where there is something. @throws signing/key */
async function withVersionSigner(inputs, host) {
    const { surroundings } = host;
    if (surroundings.signing === undefined)
        return surroundings;
    return { ...surroundings, signing: { ...surroundings.signing, signer: await openSigner(inputs, host) } };
}
/** The key that was given, else the identity of the job where the policy lets workflows sign. */
async function openSigner(inputs, host) {
    const { environment, policy } = host;
    const pem = await readKey(inputs, host);
    if (pem !== null)
        return (0,_ecdsa_key_js__WEBPACK_IMPORTED_MODULE_2__/* .openKeySigner */ .S)(pem);
    if ((policy.signing?.signers ?? []).length === 0 || !(0,_evidence_signer_js__WEBPACK_IMPORTED_MODULE_3__/* .hasIdentity */ .rr)(environment))
        return null;
    return (0,_weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_4__/* .openKeylessSigner */ .f)({ ...(0,_signing_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .sigstoreServices */ .ve)(inputs), identityToken: () => (0,_evidence_signer_js__WEBPACK_IMPORTED_MODULE_3__/* .readIdentity */ .xN)(environment) });
}
async function readKey(inputs, host) {
    const file = inputs.text('model-key-file');
    if (file === null)
        return inputs.text('model-key') ?? (host.environment['WEIGHBRIDGE_MODEL_KEY'] || null);
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(host.folder, file), 'utf8');
    }
    catch (cause) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .weighbridgeError */ .q)('signing/key', { reason: `${file} cannot be read` }, { cause });
    }
}
//# sourceMappingURL=version-signer.js.map

/***/ })

};
