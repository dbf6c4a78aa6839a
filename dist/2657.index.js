export const id = 2657;
export const ids = [2657];
export const modules = {

/***/ 99141:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ showAt),
/* harmony export */   I$: () => (/* binding */ requireRegistered),
/* harmony export */   bV: () => (/* binding */ auditLedger),
/* harmony export */   mI: () => (/* binding */ parseMoment),
/* harmony export */   x6: () => (/* binding */ readLog)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59327);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94288);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15206);
/* harmony import */ var _not_registered_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27332);




/**
 * Replays the whole ledger and compares everything on its branch with that, and with the checkpoint that this clone saw
 * last. Null when there is no ledger and nothing speaks of one. Writes nothing. @throws flow/ledger-missing
 */
async function auditLedger(surroundings, options) {
    const { ledger } = surroundings;
    const paths = await ledger.paths();
    const [kept] = options.otherCheckpoints;
    if (paths.length === 0) {
        if (kept !== undefined)
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/ledger-missing', { because: `the checkpoint ${kept.from} is of it` });
        await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_1__/* .requireNoLostLedger */ .e)(surroundings);
        return null;
    }
    surroundings.progress(`Verifying ${paths.length} files of the ledger`);
    const seen = (await ledger.readOnly()) === null ? await ledger.lastSeen() : null;
    const ownMemory = seen === null ? [] : [{ from: 'the memory of this clone', text: seen }];
    const otherCheckpoints = [...options.otherCheckpoints, ...ownMemory];
    return (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_2__/* .verifyLog */ .I)({ ...options, otherCheckpoints, paths, read: (some) => ledger.files(some) });
}
/** The ledger as of a time. @throws flow/bad-date, flow/ledger-missing */
async function showAt(surroundings, text) {
    const time = parseMoment(text);
    const size = await sizeOf(surroundings);
    return { ...(0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__/* .catalogueAt */ .bu)(await surroundings.ledger.entries(0, size), time), time };
}
/** Models that were named and of which the ledger has nothing are refused. @throws as unknownOrNotRegistered says */
async function requireRegistered(surroundings, models) {
    if (models.length === 0)
        return;
    const known = new Set(await surroundings.ledger.models());
    const missing = models.find((name) => !known.has(name));
    if (missing !== undefined)
        throw await (0,_not_registered_js__WEBPACK_IMPORTED_MODULE_4__/* .unknownOrNotRegistered */ .t)(surroundings, missing);
}
/** Rows of the ledger, oldest first, of the models named or all. @throws as requireRegistered */
async function readLog(surroundings, models) {
    await requireRegistered(surroundings, models);
    const size = await sizeOf(surroundings);
    const rows = (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__/* .historyRows */ .U4)(await surroundings.ledger.entries(0, size));
    return models.length === 0
        ? rows
        : rows.filter((row) => row.model !== null && models.includes(row.model));
}
/** Entries of the ledger. An empty one is an answer only where there was none before. @throws flow/ledger-missing */
async function sizeOf(surroundings) {
    const { size } = await surroundings.ledger.head();
    if (size === 0)
        await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_1__/* .requireNoLostLedger */ .e)(surroundings);
    return size;
}
/** A date means its end; a time means itself. RFC 3339, UTC. @throws flow/bad-date */
function parseMoment(text) {
    const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text;
    const shaped = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(whole);
    const time = shaped ? new Date(whole) : new Date(Number.NaN);
    if (Number.isNaN(time.getTime()))
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/bad-date', { text });
    return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=audit.js.map

/***/ }),

/***/ 92657:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  auditCommands: () => (/* binding */ auditCommands)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/registry/audit.js
var audit = __webpack_require__(99141);
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/ledger/build/audit/rebuild.js + 1 modules
var rebuild = __webpack_require__(49349);
// EXTERNAL MODULE: ./packages/ledger/build/fold/retention.js
var retention = __webpack_require__(2968);
// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
// EXTERNAL MODULE: ./packages/ledger/build/audit/history.js
var audit_history = __webpack_require__(94288);
;// CONCATENATED MODULE: ./packages/ledger/build/audit/export.js


const columns = [
    'index',
    'time',
    'type',
    'model',
    'version',
    'what',
    'actor',
    'justification',
    'commit',
    'run',
    'id',
];
/** One line of JSON an entry: its index and its event, whole. @throws ledger/malformed */
function exportJsonLines(entries, start = 0) {
    return (0,audit_history/* readEvents */.wj)(entries, start)
        .map((event, place) => `${(0,json/* canonicalJson */.d)({ index: start + place, ...event })}\n`)
        .join('');
}
/** RFC 4180 with a header line. Texts that a spreadsheet would run as a formula get an apostrophe. @throws ledger/malformed */
function exportCsv(entries, start = 0) {
    const rows = (0,audit_history/* historyRows */.U4)(entries, start).map((row) => columns.map((column) => formatCell(row[column])).join(','));
    return [columns.join(','), ...rows].map((line) => `${line}\r\n`).join('');
}
function formatCell(value) {
    const text = String(value ?? '');
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
//# sourceMappingURL=export.js.map
// EXTERNAL MODULE: ./packages/report/build/table.js
var build_table = __webpack_require__(26983);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/sha256.js
var sha256 = __webpack_require__(13812);
// EXTERNAL MODULE: ./packages/host/build/signing-key.js
var signing_key = __webpack_require__(11414);
;// CONCATENATED MODULE: ./packages/host/build/commands/audit-mend.js

/** Most paths that the text names; the JSON has all. */
const maxShownPaths = 20;
/** Repairs what is made from the entries; the entries stay. */
const rebuildCommand = {
    spec: {
        name: 'audit rebuild',
        summary: 'Make the files of the ledger anew that are made from its entries',
        description: 'Verifies the whole log as "audit verify" does, and makes catalogues, pages, index and map from its entries in one commit. For a ledger of an earlier version, and after somebody edited such a file by hand. No entry changes, and nothing is done when an entry, a tile or the checkpoint is wrong.',
        arguments: [],
        inputs: [],
        outputs: [{ name: 'changed', description: 'How many files changed.' }],
        examples: ['weighbridge audit rebuild'],
    },
    run: async (inputs, host) => {
        const { ledger } = host.surroundings;
        const dryRun = inputs.boolean('dry-run');
        const changed = await ledger.rebuild({ dryRun });
        const shown = changed.slice(0, maxShownPaths).map((path) => `  ${path}`);
        const more = changed.length > shown.length ? [`  and ${changed.length - shown.length} more`] : [];
        const text = changed.length === 0
            ? 'Every file is what the entries make it: nothing to do.'
            : [`${dryRun ? 'Would make' : 'Made'} ${(0,format_count/* formatCount */.B)(changed.length, 'file')} anew:`, ...shown, ...more].join('\n');
        return outcome({ dry_run: dryRun, changed }, text, { changed: String(changed.length) });
    },
};
/** Drops the memory that a clone has of the ledger. */
const forgetCommand = {
    spec: {
        name: 'audit forget',
        summary: 'Forget which end of the ledger this clone saw last',
        description: 'A clone refuses a ledger that does not go on from what it saw. When a ledger was begun anew on purpose, this makes the clone take it as it is. It changes nothing outside of this clone.',
        arguments: [],
        inputs: [],
        outputs: [{ name: 'forgotten', description: 'true when there was something to forget.' }],
        examples: ['weighbridge audit forget'],
    },
    run: async (inputs, host) => {
        const { ledger } = host.surroundings;
        const dryRun = inputs.boolean('dry-run');
        const known = dryRun ? (await ledger.lastSeen()) !== null : await ledger.forgetSeen();
        const done = dryRun ? 'This clone would forget' : 'This clone forgot';
        const text = known ? `${done} what it saw of the ledger.` : 'This clone has seen nothing of the ledger.';
        return outcome({ dry_run: dryRun, forgotten: known }, text, { forgotten: String(known) });
    },
};
function outcome(json, text, outputs) {
    return { exitCode: 0, json, text, markdown: text, notices: [], outputs };
}
//# sourceMappingURL=audit-mend.js.map
// EXTERNAL MODULE: ./packages/ledger/build/merkle/proof.js
var merkle_proof = __webpack_require__(47325);
// EXTERNAL MODULE: ./packages/ledger/build/merkle/tile.js
var tile = __webpack_require__(61407);
// EXTERNAL MODULE: ./packages/core/build/base64.js
var base64 = __webpack_require__(83411);
;// CONCATENATED MODULE: ./packages/ledger/build/note/tlog-proof.js


const header = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^63 leaves needs no more. */
const maxProofHashes = 63;
/** Inverse of parseTlogProof. File extension `.tlog-proof`. */
function formatTlogProof(proof) {
    const extra = proof.extra === null ? [] : [`extra ${(0,base64/* formatBase64 */.B)(proof.extra)}`];
    return `${[header, ...extra, `index ${proof.index}`, ...proof.hashes.map(base64/* formatBase64 */.B)].join('\n')}\n\n${proof.checkpoint}`;
}
/** Null for every text that is no proof. */
function parseTlogProof(text) {
    const split = text.indexOf('\n\n');
    if (split < 0)
        return null;
    const lines = text.slice(0, split).split('\n');
    if (lines.shift() !== header)
        return null;
    const extraText = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
    const extra = extraText === undefined ? null : parseBase64(extraText);
    const indexText = /^index (0|[1-9]\d{0,14})$/.exec(lines.shift() ?? '')?.[1];
    if (indexText === undefined || lines.length > maxProofHashes || (extraText !== undefined && extra === null))
        return null;
    const hashes = [];
    for (const line of lines) {
        const hash = parseBase64(line);
        if (hash === null || hash.length !== hashBytes)
            return null;
        hashes.push(hash);
    }
    return { index: Number(indexText), hashes, checkpoint: text.slice(split + 2), extra };
}
//# sourceMappingURL=tlog-proof.js.map
;// CONCATENATED MODULE: ./packages/flows/build/registry/prove-entry.js


/** The proof that an entry is in the ledger, by its index or by the id of its event. @throws flow/unknown-entry */
async function proveEntry(surroundings, written) {
    const { ledger } = surroundings;
    const head = await ledger.head();
    const index = await findIndex(surroundings, written, head.size);
    const [entry] = index < head.size ? await ledger.entries(index, index + 1) : [];
    if (entry === undefined)
        throw (0,error/* weighbridgeError */.q)('flow/unknown-entry', { entry: written, size: head.size });
    const plan = (0,merkle_proof/* planInclusion */.U5)(index, head.size);
    const tiles = await ledger.files((0,tile/* tilesOfRanges */.v$)(plan, head.size));
    const hashes = (0,merkle_proof/* readProof */.r$)(surroundings.sha256, tiles, plan, head.size);
    if (hashes === null)
        throw (0,error/* weighbridgeError */.q)('core/invariant', { reason: 'the ledger lacks a tile of its own tree' });
    const proof = formatTlogProof({ index, hashes, checkpoint: head.checkpoint, extra: null });
    return { index, entry: new TextDecoder().decode(entry), proof };
}
async function findIndex(surroundings, written, size) {
    if (!/^[0-9a-f]{64}$/.test(written))
        return Number(written);
    const events = (0,audit_history/* readEvents */.wj)(await surroundings.ledger.entries(0, size));
    const index = events.findIndex((event) => event.id === written);
    return index === -1 ? size : index;
}
//# sourceMappingURL=prove-entry.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/audit-prove.js


const proveCommand = {
    spec: {
        name: 'audit prove',
        summary: 'Print a proof that an entry is in the ledger',
        description: 'A C2SP tlog-proof: the entry, its place, the hashes that lead to the root and the signed checkpoint. Whoever has the verifier key can check it without the repository.',
        arguments: [
            {
                name: 'entry',
                description: 'Index of an entry, as "audit log" shows it, or the id of its event.',
                required: true,
            },
        ],
        inputs: [],
        outputs: [{ name: 'proof', description: 'The proof.' }],
        examples: ['weighbridge audit prove 3'],
    },
    run: async (inputs, host) => {
        const written = inputs.text('entry') ?? '';
        if (!/^(?:\d{1,15}|[0-9a-f]{64})$/.test(written)) {
            throw (0,error/* weighbridgeError */.q)('host/input', {
                input: 'entry',
                reason: `"${written}" is neither an index nor an event id`,
                command: 'audit prove',
            });
        }
        const { index, entry, proof } = await proveEntry(host.surroundings, written);
        return {
            exitCode: 0,
            json: { index, entry, proof },
            text: proof,
            verbatim: true,
            markdown: `\`\`\`\n${proof}\`\`\``,
            notices: [],
            outputs: { proof },
        };
    },
};
//# sourceMappingURL=audit-prove.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/audit.js










const noLedgerYet = 'There is no ledger yet: the first "weighbridge register" makes it.';
const models = { name: 'models', description: 'Names of models; every model when none is given.', many: true };
const noOutputs = [];
const verifyCommand = {
    spec: {
        name: 'audit verify',
        summary: 'Check that nobody rewrote the ledger',
        description: 'Replays every entry: signatures, the Merkle tree and each of its tiles, the schema and legality of each entry, the catalogue, the digests of all evidence, and consistency with the checkpoint that this clone saw last and with one that you kept elsewhere. The keys of weighbridge.yaml count.',
        arguments: [],
        inputs: [
            {
                name: 'checkpoint',
                description: 'File with a checkpoint that was kept elsewhere; the ledger must be a continuation of it.',
                type: 'text',
                placeholder: 'FILE',
            },
        ],
        outputs: [
            { name: 'size', description: 'Entries in the ledger.' },
            { name: 'findings', description: 'How many faults were found.' },
        ],
        examples: ['weighbridge audit verify', 'weighbridge audit verify --checkpoint release-notes-checkpoint.txt'],
    },
    run: runVerify,
};
async function runVerify(inputs, host) {
    const kept = inputs.text('checkpoint');
    const otherCheckpoints = kept === null ? [] : [{ from: kept, text: await readText(host, kept) }];
    const trust = { sha256: sha256/* sha256 */.sc, verifySignature: signing_key/* verifyEd25519 */.pI, verifierKeys: host.policy.ledger.keys };
    if (!host.isRepository)
        throw (0,error/* weighbridgeError */.q)('host/no-repository', {});
    const verdict = await (0,audit/* auditLedger */.bV)(host.surroundings, { trust, otherCheckpoints });
    if (verdict === null) {
        const text = noLedgerYet;
        return {
            exitCode: 0,
            json: { size: 0, findings: [] },
            text,
            markdown: text,
            notices: [],
            outputs: { size: '0', findings: '0' },
        };
    }
    const good = verdict.findings.length === 0;
    const signing = verdict.signed ? 'signed' : 'not signed';
    const keys = {
        given: 'the keys of weighbridge.yaml',
        branch: 'the keys that the branch names of itself (set "ledger.keys" in weighbridge.yaml)',
        none: 'no key',
    }[verdict.keysFrom];
    const facts = [`${verdict.size} entries, ${signing}, checked with ${keys}`, `origin ${verdict.origin ?? 'unknown'}`];
    const headline = good
        ? 'The ledger is what it claims to be.'
        : `The ledger is NOT what it claims to be: ${(0,format_count/* formatCount */.B)(verdict.findings.length, 'finding')}.`;
    const advice = (0,rebuild/* canRebuild */.Y)(verdict)
        ? ['The entries are sound: "weighbridge audit rebuild" makes the files anew that are made from them.']
        : [];
    const rows = verdict.findings.map((finding) => [
        finding.code,
        finding.path ?? (finding.index === null ? '' : `entry ${finding.index}`),
        finding.because,
    ]);
    return {
        exitCode: good ? 0 : 1,
        json: verdict,
        text: [
            headline,
            ...facts.map((fact) => `  ${fact}`),
            ...(good ? [] : [(0,build_table/* renderTextTable */.K)([['finding', 'where', 'why'], ...rows])]),
            ...advice,
        ].join('\n'),
        markdown: [
            `### ${headline}`,
            '',
            ...facts.map((fact) => `- ${(0,escape_markdown/* escapeMarkdown */.FV)(fact)}`),
            ...(good ? [] : ['', (0,build_table/* renderMarkdownTable */.I)([['finding', 'where', 'why'], ...rows])]),
            ...advice.flatMap((line) => ['', line]),
        ].join('\n'),
        notices: [],
        outputs: { size: String(verdict.size), findings: String(verdict.findings.length) },
    };
}
const showCommandAt = {
    spec: {
        name: 'audit show',
        summary: 'Tell which version each stage pointed to at a time',
        description: 'Folds the entries up to the time given. A date means its end, in UTC. Tells legal holds, and versions whose bytes were given up, too.',
        arguments: [models],
        inputs: [
            {
                name: 'at',
                description: 'A date such as 2026-05-01 or a time such as 2026-05-01T12:00:00Z; now when not given.',
                type: 'text',
                placeholder: 'TIME',
            },
        ],
        outputs: [{ name: 'models', description: 'JSON: model to stage to version.' }],
        examples: ['weighbridge audit show --at 2026-05-01', 'weighbridge audit show fraud --at 2026-05-01T12:00:00Z'],
    },
    run: async (inputs, host) => {
        const wanted = inputs.list('models');
        await (0,audit/* requireRegistered */.I$)(host.surroundings, wanted);
        const at = await (0,audit/* showAt */.Bq)(host.surroundings, inputs.text('at') ?? host.surroundings.clock.now().toISOString());
        const shown = [...at.catalogues.values()].filter((catalogue) => wanted.length === 0 || wanted.includes(catalogue.model));
        const stages = Object.fromEntries(shown.map((catalogue) => [catalogue.model, catalogue.stages]));
        const rows = shown.flatMap((catalogue) => Object.entries(catalogue.stages).map(([stage, version]) => [
            catalogue.model,
            stage,
            version ?? '-',
            sinceOf(catalogue, stage),
        ]));
        const table = [['model', 'stage', 'version', 'since'], ...rows];
        const kept = shown.flatMap((catalogue) => tellBytes(catalogue, at.time));
        const text = `At ${at.time}, after ${at.size} entries:\n${rows.length === 0 ? '  nothing was in any stage' : (0,build_table/* renderTextTable */.K)(table)}${kept.map((line) => `\n${line}`).join('')}`;
        return {
            exitCode: 0,
            json: { at: at.time, size: at.size, models: stages, bytes: shown.flatMap((each) => bytesJson(each, at.time)) },
            text,
            markdown: [(0,build_table/* renderMarkdownTable */.I)(table), ...kept.map((line) => `- ${(0,escape_markdown/* escapeMarkdown */.FV)(line)}`)].join('\n\n'),
            notices: [],
            outputs: { models: JSON.stringify(stages) },
        };
    },
};
/** Versions with holds in force at a time, or without bytes. */
function bytesJson({ model, versions }, time) {
    return versions.flatMap((version) => {
        const holds = (0,retention/* holdsAt */.wD)(version, time).map(({ matter, until, since, actor, reason }) => ({
            matter,
            until,
            since,
            by: actor,
            reason,
        }));
        const { released } = version;
        if (holds.length === 0 && released === undefined)
            return [];
        const gone = released === undefined ? null : { at: released.time, by: released.actor, rule: released.rule };
        return [{ model, version: version.version, holds, released: gone }];
    });
}
function tellBytes(catalogue, time) {
    return bytesJson(catalogue, time).flatMap(({ model, version, holds, released }) => [
        ...holds.map(({ matter, since, by, until, reason }) => `${model} ${version} is on hold for ${matter}, since ${since} by ${by}, until ${until ?? 'released'}${reason === null ? '' : `: ${reason}`}`),
        ...(released === null ? [] : [`${model} ${version} gave up its bytes on ${released.at}, by ${released.rule}`]),
    ]);
}
function sinceOf(catalogue, stage) {
    const last = catalogue.history.filter((change) => change.stage === stage).at(-1);
    return last === undefined ? '' : `${last.time} by ${last.actor}`;
}
const logCommand = {
    spec: {
        name: 'audit log',
        summary: 'List the entries of the ledger',
        description: 'One line an entry, oldest first: what happened, who did it and why.',
        arguments: [models],
        inputs: [],
        outputs: noOutputs,
        examples: ['weighbridge audit log fraud'],
    },
    run: async (inputs, host) => {
        const rows = await (0,audit/* readLog */.x6)(host.surroundings, inputs.list('models'));
        const cells = rows.map((row) => [
            String(row.index),
            row.time,
            row.type,
            row.model === null ? '' : `${row.model}${row.version === null ? '' : `@${row.version}`}`,
            row.what,
            row.actor,
            row.justification ?? '',
        ]);
        const table = [['#', 'time', 'what', 'model', 'details', 'who', 'why'], ...cells];
        const text = rows.length === 0 ? noLedgerYet : (0,build_table/* renderTextTable */.K)(table);
        return {
            exitCode: 0,
            json: { entries: rows },
            text,
            markdown: (0,build_table/* renderMarkdownTable */.I)(table),
            notices: [],
            outputs: {},
        };
    },
};
const exportCommand = {
    spec: {
        name: 'audit export',
        summary: 'Write the entries as JSON lines or CSV',
        description: 'JSON lines hold every entry whole; CSV is for spreadsheets.',
        arguments: [],
        inputs: [
            { name: 'format', description: 'jsonl or csv.', type: 'text', default: 'jsonl', placeholder: 'FORMAT' },
            {
                name: 'output',
                description: 'A file anywhere; standard output when not given.',
                type: 'text',
                placeholder: 'FILE',
            },
        ],
        outputs: noOutputs,
        examples: ['weighbridge audit export --format csv --output ledger.csv'],
    },
    run: async (inputs, host) => {
        const format = inputs.text('format') ?? 'jsonl';
        if (format !== 'jsonl' && format !== 'csv') {
            throw (0,error/* weighbridgeError */.q)('host/input', {
                input: 'format',
                reason: `"${format}" is neither jsonl nor csv`,
                command: 'audit export',
            });
        }
        const { size } = await host.surroundings.ledger.head();
        const entries = await host.surroundings.ledger.entries(0, size);
        const content = format === 'csv' ? exportCsv(entries) : exportJsonLines(entries);
        const output = inputs.text('output');
        if (output === null)
            return {
                exitCode: 0,
                json: { format, entries: size, content },
                text: content,
                verbatim: true,
                markdown: '',
                notices: [],
                outputs: {},
            };
        await (0,promises_.writeFile)((0,external_node_path_.resolve)(host.folder, output), content);
        const text = `Wrote ${size} entries to ${output}`;
        return { exitCode: 0, json: { format, entries: size, output }, text, markdown: text, notices: [], outputs: {} };
    },
};
const keyCommand = {
    spec: {
        name: 'audit key',
        summary: 'Print the verifier key of the ledger',
        description: 'The public half, in the encoding of C2SP signed notes: give it to whoever checks the ledger with other programs.',
        arguments: [],
        inputs: [],
        outputs: [{ name: 'keys', description: 'Verifier keys, one a line.' }],
        examples: ['weighbridge audit key'],
    },
    run: async (_inputs, host) => {
        const own = host.signer === null ? [] : [host.signer.verifierKey];
        const keys = [...new Set([...host.policy.ledger.keys, ...own])];
        const text = keys.length === 0 ? 'No key is set: the ledger is not signed. "weighbridge init" makes one.' : keys.join('\n');
        return {
            exitCode: keys.length === 0 ? 1 : 0,
            json: { keys },
            text,
            markdown: '',
            notices: [],
            outputs: { keys: keys.join('\n') },
        };
    },
};
async function readText(host, path) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.resolve)(host.folder, path), 'utf8');
    }
    catch (cause) {
        throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path }, { cause });
    }
}
const auditCommands = [
    verifyCommand,
    showCommandAt,
    logCommand,
    exportCommand,
    proveCommand,
    keyCommand,
    rebuildCommand,
    forgetCommand,
];
//# sourceMappingURL=audit.js.map

/***/ })

};
