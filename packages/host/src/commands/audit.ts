import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { auditLedger, formatCount, readLog, requireRegistered, showAt } from '@weighbridge/flows';
import { canRebuild, exportCsv, exportJsonLines, holdsAt, type ModelCatalogue } from '@weighbridge/ledger';
import { escapeMarkdown, renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues, OutputSpec } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { sha256 } from '../sha256.js';
import { verifyEd25519 } from '../signing-key.js';
import { forgetCommand, rebuildCommand } from './audit-mend.js';
import { proveCommand } from './audit-prove.js';

const noLedgerYet = 'There is no ledger yet: the first "weighbridge register" makes it.';

const models = { name: 'models', description: 'Names of models; every model when none is given.', many: true } as const;
const noOutputs: readonly OutputSpec[] = [];

const verifyCommand: Command = {
  spec: {
    name: 'audit verify',
    summary: 'Check that nobody rewrote the ledger',
    description:
      'Replays every entry: signatures, the Merkle tree and each of its tiles, the schema and legality of each entry, the catalogue, the digests of all evidence, and consistency with the checkpoint that this clone saw last and with one that you kept elsewhere. The keys of weighbridge.yaml count.',
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

async function runVerify(inputs: InputValues, host: Host): Promise<Outcome> {
  const kept = inputs.text('checkpoint');
  const otherCheckpoints = kept === null ? [] : [{ from: kept, text: await readText(host, kept) }];
  const trust = { sha256, verifySignature: verifyEd25519, verifierKeys: host.policy.ledger.keys };
  if (!host.isRepository) throw weighbridgeError('host/no-repository', {});
  const verdict = await auditLedger(host.surroundings, { trust, otherCheckpoints });
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
    : `The ledger is NOT what it claims to be: ${formatCount(verdict.findings.length, 'finding')}.`;
  const advice = canRebuild(verdict)
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
      ...(good ? [] : [renderTextTable([['finding', 'where', 'why'], ...rows])]),
      ...advice,
    ].join('\n'),
    markdown: [
      `### ${headline}`,
      '',
      ...facts.map((fact) => `- ${escapeMarkdown(fact)}`),
      ...(good ? [] : ['', renderMarkdownTable([['finding', 'where', 'why'], ...rows])]),
      ...advice.flatMap((line) => ['', line]),
    ].join('\n'),
    notices: [],
    outputs: { size: String(verdict.size), findings: String(verdict.findings.length) },
  };
}

const showCommandAt: Command = {
  spec: {
    name: 'audit show',
    summary: 'Tell which version each stage pointed to at a time',
    description:
      'Folds the entries up to the time given. A date means its end, in UTC. Tells legal holds, and versions whose bytes were given up, too.',
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
    await requireRegistered(host.surroundings, wanted);
    const at = await showAt(host.surroundings, inputs.text('at') ?? host.surroundings.clock.now().toISOString());
    const shown = [...at.catalogues.values()].filter(
      (catalogue) => wanted.length === 0 || wanted.includes(catalogue.model),
    );
    const stages = Object.fromEntries(shown.map((catalogue) => [catalogue.model, catalogue.stages]));
    const rows = shown.flatMap((catalogue) =>
      Object.entries(catalogue.stages).map(([stage, version]) => [
        catalogue.model,
        stage,
        version ?? '-',
        sinceOf(catalogue, stage),
      ]),
    );
    const table = [['model', 'stage', 'version', 'since'], ...rows];
    const kept = shown.flatMap((catalogue) => tellBytes(catalogue, at.time));
    const text = `At ${at.time}, after ${at.size} entries:\n${rows.length === 0 ? '  nothing was in any stage' : renderTextTable(table)}${kept.map((line) => `\n${line}`).join('')}`;
    return {
      exitCode: 0,
      json: { at: at.time, size: at.size, models: stages, bytes: shown.flatMap((each) => bytesJson(each, at.time)) },
      text,
      markdown: [renderMarkdownTable(table), ...kept.map((line) => `- ${escapeMarkdown(line)}`)].join('\n\n'),
      notices: [],
      outputs: { models: JSON.stringify(stages) },
    };
  },
};

/** Versions with holds in force at a time, or without bytes. */
function bytesJson({ model, versions }: ModelCatalogue, time: string) {
  return versions.flatMap((version) => {
    const holds = holdsAt(version, time).map(({ matter, until, since, actor, reason }) => ({
      matter,
      until,
      since,
      by: actor,
      reason,
    }));
    const { released } = version;
    if (holds.length === 0 && released === undefined) return [];
    const gone = released === undefined ? null : { at: released.time, by: released.actor, rule: released.rule };
    return [{ model, version: version.version, holds, released: gone }];
  });
}

function tellBytes(catalogue: ModelCatalogue, time: string): readonly string[] {
  return bytesJson(catalogue, time).flatMap(({ model, version, holds, released }) => [
    ...holds.map(
      ({ matter, since, by, until, reason }) =>
        `${model} ${version} is on hold for ${matter}, since ${since} by ${by}, until ${until ?? 'released'}${reason === null ? '' : `: ${reason}`}`,
    ),
    ...(released === null ? [] : [`${model} ${version} gave up its bytes on ${released.at}, by ${released.rule}`]),
  ]);
}

function sinceOf(
  catalogue: { readonly history: readonly { readonly stage: string; readonly time: string; readonly actor: string }[] },
  stage: string,
): string {
  const last = catalogue.history.filter((change) => change.stage === stage).at(-1);
  return last === undefined ? '' : `${last.time} by ${last.actor}`;
}

const logCommand: Command = {
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
    const rows = await readLog(host.surroundings, inputs.list('models'));
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
    const text = rows.length === 0 ? noLedgerYet : renderTextTable(table);
    return {
      exitCode: 0,
      json: { entries: rows },
      text,
      markdown: renderMarkdownTable(table),
      notices: [],
      outputs: {},
    };
  },
};

const exportCommand: Command = {
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
      throw weighbridgeError('host/input', {
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
    await writeFile(resolve(host.folder, output), content);
    const text = `Wrote ${size} entries to ${output}`;
    return { exitCode: 0, json: { format, entries: size, output }, text, markdown: text, notices: [], outputs: {} };
  },
};

const keyCommand: Command = {
  spec: {
    name: 'audit key',
    summary: 'Print the verifier key of the ledger',
    description:
      'The public half, in the encoding of C2SP signed notes: give it to whoever checks the ledger with other programs.',
    arguments: [],
    inputs: [],
    outputs: [{ name: 'keys', description: 'Verifier keys, one a line.' }],
    examples: ['weighbridge audit key'],
  },
  run: async (_inputs, host) => {
    const own = host.signer === null ? [] : [host.signer.verifierKey];
    const keys = [...new Set([...host.policy.ledger.keys, ...own])];
    const text =
      keys.length === 0 ? 'No key is set: the ledger is not signed. "weighbridge init" makes one.' : keys.join('\n');
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

async function readText(host: Host, path: string): Promise<string> {
  try {
    return await readFile(resolve(host.folder, path), 'utf8');
  } catch (cause) {
    throw weighbridgeError('flow/path-not-found', { path }, { cause });
  }
}

export const auditCommands: readonly Command[] = [
  verifyCommand,
  showCommandAt,
  logCommand,
  exportCommand,
  proveCommand,
  keyCommand,
  rebuildCommand,
  forgetCommand,
];
