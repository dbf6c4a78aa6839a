export const id = 828;
export const ids = [828];
export const modules = {

/***/ 5877:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ listRegistered),
/* harmony export */   T: () => (/* binding */ modelsAsked)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70120);
/* harmony import */ var _governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1416);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45016);



/** The files of all versions of all models, in the order of registration. */
async function listRegistered({ ledger }) {
    const listed = [];
    for (const model of await ledger.models()) {
        for (const registered of (await ledger.catalogue(model))?.versions ?? []) {
            const { version, entry, store, released } = registered;
            for (const { path, size, sha256 } of await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__/* .artifactsOf */ .Ns)(ledger, registered)) {
                const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(`sha256:${sha256}`);
                const kept = { store, releasedAt: released?.time ?? null };
                listed.push({ model, version, entry, path, sizeBytes: size, digest, ...kept });
            }
        }
    }
    return listed.sort((left, right) => left.entry - right.entry);
}
/** The models of a list of names, all of them for none, sorted. @throws flow/unknown-model */
function modelsAsked(files, names) {
    const known = [...new Set(files.map(({ model }) => model))].sort();
    const unknown = names.find((name) => !known.some((model) => model === name));
    if (unknown !== undefined)
        throw (0,_governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_2__/* .unknownModel */ .w)(unknown, known);
    return names.length === 0 ? known : known.filter((model) => names.includes(model));
}
//# sourceMappingURL=registered-files.js.map

/***/ }),

/***/ 36313:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readMoved),
/* harmony export */   l: () => (/* binding */ isElsewhere)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/**
 * Reads from a store. Of bytes that it lacks and that were registered in another one it says so: the policy names
 * another store since. @throws flow/store-moved instead of store/missing
 */
async function readMoved({ address }, where, read) {
    try {
        return await read();
    }
    catch (cause) {
        throw isElsewhere(cause, address, where.store) ? storeMoved(cause, address, where) : cause;
    }
}
/** Whether an error says that a store lacks what was registered in another one. */
function isElsewhere(cause, address, registered) {
    const isMissing = cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && cause.code === 'store/missing';
    return isMissing && registered !== null && registered !== address;
}
function storeMoved(cause, address, { model, version, store }) {
    const digest = String(cause.fields['digest'] ?? '');
    const about = { model, version, registered: store ?? '', address, digest };
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/store-moved', about, { cause });
}
//# sourceMappingURL=moved-store.js.map

/***/ }),

/***/ 90828:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeVerifyCommand: () => (/* binding */ storeVerifyCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/stored/moved-store.js
var moved_store = __webpack_require__(36313);
// EXTERNAL MODULE: ./packages/flows/build/fetch/registered-files.js
var registered_files = __webpack_require__(5877);
// EXTERNAL MODULE: ./packages/flows/build/progress/transfer.js
var transfer = __webpack_require__(77943);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/check-store.js





/** Files at once; the store's buffers bound what they hold. */
const maxFilesAtOnce = 4;
const archivedCode = 'store/archived';
/** Codes that speak of the file and not of the way to it. */
const damageCodes = ['store/missing', 'store/corrupt', 'store/recipe-malformed'];
/**
 * Reads the files of registered versions to their end and compares every segment and every file with its digest.
 * @throws flow/no-store-to-read, flow/unknown-model, and store/* when the store cannot be asked
 */
async function checkStore(surroundings, request) {
    const { store } = surroundings;
    if (store === null)
        throw (0,error/* weighbridgeError */.q)('flow/no-store-to-read', { what: 'the files of versions' });
    const registered = await (0,registered_files/* listRegistered */.F)(surroundings);
    const asked = (0,registered_files/* modelsAsked */.T)(registered, request.models);
    const wanted = registered.filter(({ model }) => asked.includes(model));
    const uses = groupByDigest(wanted.filter(({ store: kept, releasedAt }) => kept !== null && releasedAt === null));
    const chosen = chooseSample([...uses.values()], request);
    const sizeBytes = chosen.reduce((sum, [first]) => sum + (first?.sizeBytes ?? 0), 0);
    const told = (0,transfer/* openTransfer */.ij)(surroundings, { title: 'Checking', files: chosen.length, sizeBytes });
    const checked = await (0,in_parallel/* inParallel */.H)(chosen, maxFilesAtOnce, (files) => checkFile(store, files, told));
    const found = checked.filter((each) => each !== null);
    const faulty = request.quarantine ? await setAllAside(store, found) : found;
    const cold = faulty.filter(({ code }) => code === archivedCode);
    const elsewhere = faulty.filter((each) => each.registeredIn !== null);
    const byReference = wanted.filter((file) => file.store === null).map(({ model, version }) => `${model} ${version}`);
    return {
        checked: chosen.length - cold.length,
        cold: cold.map(({ digest, uses: named }) => ({ digest, uses: named })),
        of: uses.size,
        sizeBytes,
        damaged: faulty.filter(({ code, registeredIn }) => code !== archivedCode && registeredIn === null).map(damageOf),
        elsewhere: elsewhere.map(({ digest, uses, registeredIn }) => ({ digest, uses, store: registeredIn ?? '' })),
        byReference: [...new Set(byReference)],
    };
}
function damageOf({ digest, sizeBytes, uses, code, because, quarantined, notSetAside }) {
    return { digest, sizeBytes, uses, code, because, quarantined, notSetAside };
}
function groupByDigest(files) {
    const groups = new Map();
    for (const file of files)
        groups.set(file.digest, [...(groups.get(file.digest) ?? []), file]);
    return groups;
}
/** So many of a hundred, rounded up, each with the same chance (Knuth's selection sampling); order is kept. */
function chooseSample(all, { samplePercent, random }) {
    let needed = Math.ceil((all.length * samplePercent) / 100);
    return all.filter((_, index) => {
        const isChosen = random() * (all.length - index) < needed;
        if (isChosen)
            needed -= 1;
        return isChosen;
    });
}
async function checkFile(store, uses, told) {
    const [file] = uses;
    if (file === undefined)
        return null;
    const fault = await faultOf(store, file);
    told.endFile();
    told.addBytes(file.sizeBytes);
    if (fault === null)
        return null;
    const isMoved = uses.every(({ store: registered }) => (0,moved_store/* isElsewhere */.l)(fault, store.address, registered));
    return {
        registeredIn: isMoved && !(await store.has(file.digest)) ? file.store : null,
        digest: file.digest,
        sizeBytes: file.sizeBytes,
        uses: uses.map(({ model, version, path }) => ({ model, version, path })),
        code: fault.code,
        because: fault.message,
        quarantined: [],
        notSetAside: null,
    };
}
/** One file after the other: what several of them share is one object, and is set aside once. */
async function setAllAside(store, faulty) {
    const placed = new Map();
    const left = [];
    for (const file of faulty) {
        const isHere = file.code !== archivedCode && file.registeredIn === null;
        const judged = isHere ? await setAside(store, file, placed) : file;
        if (judged !== null)
            left.push(judged);
    }
    return left;
}
/** Null where a second look finds the file whole: somebody mended it, or it was damaged on the way alone. */
async function setAside(store, file, placed) {
    const { digest } = file;
    try {
        for (const [about, place] of await store.quarantine(digest))
            placed.set(about, place);
        const objects = ((await store.describe(digest))?.segments ?? []).map(({ object }) => object);
        const quarantined = [...new Set([digest, ...objects])].flatMap((about) => placed.get(about) ?? []);
        if (quarantined.length > 0)
            return { ...file, quarantined };
        const fault = await faultOf(store, file);
        if (fault === null)
            return null;
        const { code, message: because } = fault;
        return { ...file, code, because, notSetAside: code === 'store/missing' ? null : 'what lies there was found right' };
    }
    catch (cause) {
        if (!(cause instanceof error/* WeighbridgeError */.kj))
            throw cause;
        return { ...file, notSetAside: cause.message };
    }
}
/** What a service answers to every try to read an object is damage, too: its disk or its checksum says so. */
function isUnreadable({ code, fields }) {
    return code === 'store/io' && fields['action'] === 'read';
}
async function faultOf(store, { digest, sizeBytes }) {
    try {
        const found = await store.verify(digest);
        if (found.sizeBytes === sizeBytes)
            return null;
        const actual = `${found.sizeBytes} bytes where the ledger says ${sizeBytes}`;
        return (0,error/* weighbridgeError */.q)('store/corrupt', { path: store.address, expected: digest, actual });
    }
    catch (cause) {
        if (!(cause instanceof error/* WeighbridgeError */.kj))
            throw cause;
        const isTold = damageCodes.includes(cause.code) || cause.code === archivedCode || isUnreadable(cause);
        if (isTold)
            return cause;
        throw cause;
    }
}
//# sourceMappingURL=check-store.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-verify.js


/** More lines help nobody; --json has all of them. */
const maxListed = 20;
const storeVerifyCommand = {
    spec: {
        name: 'store verify',
        summary: 'Read what is stored and compare it with what was registered',
        description: 'Reads the files of all versions, or of a sample, to their end: every piece by its digest, every file by the digest and the size in the ledger. Tells which versions a damaged file belongs to and how to mend it, and which files were stored elsewhere before weighbridge.yaml named another store; exit 1 then. With --quarantine what is damaged is set aside, and nothing else, so that storing the right file again mends it and every other file that shares what was damaged.',
        arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
        inputs: [
            {
                name: 'sample',
                description: 'Read so many of a hundred files, chosen by chance, at least one.',
                type: 'text',
                default: '100',
                placeholder: 'PERCENT',
            },
            {
                name: 'quarantine',
                description: 'Set aside what is damaged; nothing is deleted.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [
            { name: 'verified', description: 'true or false.' },
            { name: 'damaged', description: 'JSON: [{"sha256","uses","code","because","quarantined","not_set_aside"}].' },
        ],
        examples: ['weighbridge store verify', 'weighbridge store verify fraud --sample 10'],
    },
    run: async (inputs, host) => {
        const check = await checkStore(host.surroundings, {
            models: inputs.list('models'),
            samplePercent: samplePercentOf(inputs),
            quarantine: inputs.boolean('quarantine') && !inputs.boolean('dry-run'),
            random: Math.random,
        });
        const { damaged, elsewhere, checked, cold, of, sizeBytes, byReference } = check;
        const verified = damaged.length === 0 && elsewhere.length === 0;
        const told = damaged.map(({ digest, uses, code, because, quarantined, notSetAside }) => {
            const aside = { quarantined: quarantined[0] ?? null, not_set_aside: notSetAside };
            return { sha256: digest, uses, code, because, ...aside };
        });
        const text = tell(check).join('\n');
        return {
            exitCode: verified ? 0 : 1,
            json: {
                verified,
                checked,
                cold: cold.length,
                of,
                size: sizeBytes,
                damaged: told,
                elsewhere: elsewhere.map(({ digest, uses, store }) => ({ sha256: digest, uses, store })),
                not_verified: cold.map(({ digest, uses }) => ({ sha256: digest, uses, because: 'archived' })),
                by_reference: byReference,
            },
            text,
            markdown: text,
            notices: [],
            outputs: { verified: String(verified), damaged: JSON.stringify(told) },
        };
    },
};
/** More than 0 and at most 100. @throws host/input */
function samplePercentOf(inputs) {
    const written = (inputs.text('sample') ?? '100').replace(/%$/, '');
    const percent = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : 0;
    if (percent > 0 && percent <= 100)
        return percent;
    throw (0,error/* weighbridgeError */.q)('host/input', {
        input: 'sample',
        reason: 'write a percentage above 0 and up to 100',
        command: 'store verify',
    });
}
function tell({ damaged, elsewhere, checked, cold, of, sizeBytes, byReference }) {
    const lines = damaged.flatMap(tellDamage);
    const counted = `${checked} of ${(0,format_count/* formatCount */.B)(of, 'file')}, ${(0,plan/* formatSize */.X)(sizeBytes)}`;
    const isRight = damaged.length === 0 && elsewhere.length === 0;
    lines.push(isRight ? `All is right: ${counted}.` : `${damaged.length} damaged of ${counted}.`);
    lines.push(...tellElsewhere(elsewhere));
    lines.push(...tellCold(cold));
    if (byReference.length > 0)
        lines.push(`Not in the store, by reference: ${byReference.join(', ')}.`);
    return lines;
}
/** By the stores that were named when the files were registered. */
function tellElsewhere(elsewhere) {
    const counts = new Map();
    for (const { store } of elsewhere)
        counts.set(store, (counts.get(store) ?? 0) + 1);
    return [...counts].map(([store, count]) => {
        const files = (0,format_count/* formatCount */.B)(count, 'file');
        return `Not in the store that weighbridge.yaml names: ${files} that ${count === 1 ? 'was' : 'were'} stored in ${store}. Copy that store here as docs/storage.md says under "Moving a store", or name it again.`;
    });
}
/** Each file by the first version that names it, which can be restored. */
function tellCold(cold) {
    if (cold.length === 0)
        return [];
    const listed = cold.slice(0, maxListed).map(({ uses: [first] }) => {
        return `  ${first?.path ?? ''} of ${first?.model ?? ''} ${first?.version ?? ''}`;
    });
    const more = cold.length > maxListed ? [`  and ${cold.length - maxListed} more (--json lists all)`] : [];
    const how = 'run "weighbridge store restore MODEL@VERSION" before, to have them read';
    return [`Not verified, archived: ${(0,format_count/* formatCount */.B)(cold.length, 'file')}; ${how}.`, ...listed, ...more];
}
function tellDamage(file) {
    const { because, uses, quarantined, notSetAside } = file;
    const [first] = uses;
    return [
        because,
        ...uses.map(({ model, version, path }) => `  ${path} of ${model} ${version}`),
        ...quarantined.map((place) => `  Set aside as ${place}`),
        ...(notSetAside === null ? [] : [`  Could not be set aside: ${notSetAside}`]),
        `  To mend it, ${before(file)}check out the commit of ${first?.version ?? 'the version'} where the right file is and run "weighbridge store push ${first?.model ?? ''}".`,
    ];
}
/** What has to be done before the right file can take the place of the damage. */
function before({ code, uses: [first], quarantined, notSetAside }) {
    const again = `run "weighbridge store verify ${first?.model ?? ''} --quarantine"`;
    if (notSetAside !== null)
        return `mend that and ${again} again, or take the object out of the store by hand; then `;
    return quarantined.length === 0 && code !== 'store/missing' ? `${again}, then ` : '';
}
//# sourceMappingURL=store-verify.js.map

/***/ })

};
