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
                const kept = { isStored: store !== null, releasedAt: released?.time ?? null };
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

/***/ 90828:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeVerifyCommand: () => (/* binding */ storeVerifyCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 15 modules
var error = __webpack_require__(35097);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
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
    const uses = groupByDigest(wanted.filter(({ isStored, releasedAt }) => isStored && releasedAt === null));
    const chosen = chooseSample([...uses.values()], request);
    const sizeBytes = chosen.reduce((sum, [first]) => sum + (first?.sizeBytes ?? 0), 0);
    const told = (0,transfer/* openTransfer */.ij)(surroundings, { title: 'Checking', files: chosen.length, sizeBytes });
    const found = await (0,in_parallel/* inParallel */.H)(chosen, maxFilesAtOnce, (files) => checkFile(store, files, request.quarantine, told));
    const faulty = found.filter((each) => each !== null);
    const cold = faulty.filter(({ code }) => code === archivedCode);
    const byReference = wanted.filter((file) => !file.isStored).map(({ model, version }) => `${model} ${version}`);
    return {
        checked: chosen.length - cold.length,
        cold: cold.map(({ digest, uses }) => ({ digest, uses })),
        of: uses.size,
        sizeBytes,
        damaged: faulty.filter(({ code }) => code !== archivedCode),
        byReference: [...new Set(byReference)],
    };
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
async function checkFile(store, uses, quarantine, told) {
    const [file] = uses;
    if (file === undefined)
        return null;
    const fault = await faultOf(store, file);
    told.endFile();
    told.addBytes(file.sizeBytes);
    if (fault === null)
        return null;
    return {
        digest: file.digest,
        uses: uses.map(({ model, version, path }) => ({ model, version, path })),
        code: fault.code,
        because: fault.message,
        quarantined: quarantine && fault.code !== archivedCode ? await setAside(store, file.digest, fault) : null,
    };
}
/** Null where there is nothing, and where what is there cannot be read to be put elsewhere. */
async function setAside(store, digest, fault) {
    if (fault.code === 'store/missing' && !(await store.has(digest)))
        return null;
    try {
        return await store.quarantine(digest);
    }
    catch (cause) {
        if (cause instanceof error/* WeighbridgeError */.kj && (cause.code === archivedCode || isUnreadable(cause)))
            return null;
        throw cause;
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
        description: 'Reads the files of all versions, or of a sample, to their end: every piece by its digest, every file by the digest and the size in the ledger. Tells which versions a damaged file belongs to and how to mend it; exit 1 then. With --quarantine what is damaged is set aside, so that storing the right file again mends it.',
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
            { name: 'damaged', description: 'JSON: [{"sha256","uses","code","because","quarantined"}].' },
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
        const { damaged, checked, cold, of, sizeBytes, byReference } = check;
        const verified = damaged.length === 0;
        const told = damaged.map(({ digest, uses, code, because, quarantined }) => {
            return { sha256: digest, uses, code, because, quarantined };
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
function tell({ damaged, checked, cold, of, sizeBytes, byReference }) {
    const lines = damaged.flatMap(tellDamage);
    const counted = `${checked} of ${(0,format_count/* formatCount */.B)(of, 'file')}, ${(0,plan/* formatSize */.X)(sizeBytes)}`;
    lines.push(damaged.length === 0 ? `All is right: ${counted}.` : `${damaged.length} damaged of ${counted}.`);
    lines.push(...tellCold(cold));
    if (byReference.length > 0)
        lines.push(`Not in the store, by reference: ${byReference.join(', ')}.`);
    return lines;
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
function tellDamage({ because, code, uses, quarantined }) {
    const [first] = uses;
    const isKept = quarantined === null && code !== 'store/missing';
    const aside = isKept ? `run "weighbridge store verify ${first?.model ?? ''} --quarantine", then ` : '';
    return [
        because,
        ...uses.map(({ model, version, path }) => `  ${path} of ${model} ${version}`),
        ...(quarantined === null ? [] : [`  Set aside as ${quarantined}`]),
        `  To mend it, ${aside}check out the commit of ${first?.version ?? 'the version'} where the right file is and run "weighbridge store push ${first?.model ?? ''}".`,
    ];
}
//# sourceMappingURL=store-verify.js.map

/***/ })

};
