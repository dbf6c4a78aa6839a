import { parseModelName } from '@weighbridge/core';
import {
  appliedEvent,
  approvedEvent,
  bypassedEvent,
  evidenceFor,
  gateDecidedEvent,
  identityOf,
  memoryLedger,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  rolledBackEvent,
  testApproval,
  testEvent,
  testSigner,
  transitionedEvent,
  waivedEvent,
} from '@weighbridge/testkit';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatEntry } from '../entry/entry.js';
import type { LedgerEvent } from '../event.js';
import { formatBundle, parseBundle } from '../merkle/bundle.js';
import { exportCsv, exportJsonLines } from './export.js';
import { catalogueAt, historyRows } from './history.js';
import type { VerifyLogOptions } from './audit-options.js';
import { verifyLog } from './verify-log.js';

/** What must be there. */
function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a value of the test is missing');
  return value;
}

type Branch = Map<string, Uint8Array>;
const signer = testSigner('ledger.test/audit');
const fraud = parseModelName('fraud');

const story: readonly LedgerEvent[] = [
  policyEvent(undefined, { time: '2026-01-01T00:00:00Z' }),
  registeredEvent('fraud', '1.0.0', { time: '2026-01-02T00:00:00Z' }),
  transitionedEvent('fraud', '1.0.0', { to: 'production' }, { time: '2026-01-03T00:00:00Z' }),
  registeredEvent('churn', '0.1.0', { time: '2026-01-04T00:00:00Z' }),
  registeredEvent('fraud', '1.1.0', { time: '2026-01-05T00:00:00Z', justification: '=cmd|"x", quoted' }),
  transitionedEvent('fraud', '1.1.0', { to: 'production', replaces: '1.0.0' }, { time: '2026-01-06T00:00:00Z' }),
  rolledBackEvent('fraud', '1.0.0', { stage: 'production', replaces: '1.1.0' }, { time: '2026-01-07T00:00:00Z' }),
];
const filler = Array.from({ length: 255 }, (_, index) =>
  testEvent('annotated', { model: 'churn', body: { detail: { index } } }, { time: '2026-01-08T00:00:00Z' }),
);

/** Every kind of entry that a pull request may bring, with all that it can tell. */
const governed: readonly LedgerEvent[] = [
  gateDecidedEvent('fraud', { transition: 'staging -> production', verdict: 'pass', outcome: 'applied' }),
  approvedEvent('fraud', '1.0.0', { transition: 'staging -> production' }),
  waivedEvent('fraud', { gate: 'accuracy', identity: identityOf('fraud', '1.0.0'), expires: '2026-12-31' }),
  transitionedEvent('fraud', '1.0.0', { to: 'staging', approvals: [testApproval('bob')], pull: 17 }),
  appliedEvent('fraud', { staging: '1.0.0', production: null }, { aliases: { champion: '1.0.0' }, pull: 17 }),
  bypassedEvent('fraud', { production: '1.0.0' }, { because: 'pushed | past *everybody*' }),
];

/** A branch of 262 entries: a full bundle, a partial one, two levels of tiles. */
async function build(withSigner: boolean): Promise<{ branch: Branch; checkpoints: readonly string[] }> {
  const ledger = memoryLedger({ signer: withSigner ? signer : null, origin: 'ledger.test/audit' });
  const checkpoints: string[] = [];
  for (const events of [
    ...story.slice(1).map((event, index) => (index === 0 ? [present(story[0]), event] : [event])),
    filler,
  ]) {
    await ledger.append(events, evidenceFor(...events));
    checkpoints.push((await ledger.head()).checkpoint);
  }
  return { branch: ledger.branch, checkpoints };
}

const audit = (branch: Branch, keys: readonly string[], others: VerifyLogOptions['otherCheckpoints'] = []) =>
  verifyLog({
    paths: [...branch.keys()].sort(),
    read: async (paths) =>
      new Map(paths.flatMap((path) => (branch.has(path) ? [[path, branch.get(path) as Uint8Array] as const] : []))),
    trust: { sha256: nodeSha256, verifySignature: verifyOnce, verifierKeys: keys },
    otherCheckpoints: others,
  });
/** The same signatures are verified hundreds of times here, and that is what takes long. */
const verified = new Map<string, boolean>();
const verifyOnce: typeof nodeVerify = (publicKey, message, signature) => {
  const key = [publicKey, nodeSha256(message), signature].map((bytes) => Buffer.from(bytes).toString('hex')).join();
  const known = verified.get(key) ?? nodeVerify(publicKey, message, signature);
  verified.set(key, known);
  return known;
};
const codesOf = (verdict: Awaited<ReturnType<typeof audit>>) =>
  [...new Set(verdict.findings.map(({ code }) => code))].sort();

describe.each([
  ['signed', true],
  ['unsigned', false],
])('the audit of a log that is %s', (_, withSigner) => {
  let good: Awaited<ReturnType<typeof build>>;
  const keys = withSigner ? [signer.verifierKey] : [];
  beforeAll(async () => {
    good = await build(withSigner);
  });
  const changed = (change: (branch: Branch) => void): Branch => {
    const branch = new Map(good.branch);
    change(branch);
    return branch;
  };
  const replaceEntries = (change: (entries: Uint8Array[]) => void) =>
    changed((branch) => {
      const entries = [...(parseBundle(branch.get('tile/entries/000') as Uint8Array) ?? [])];
      change(entries);
      branch.set('tile/entries/000', formatBundle(entries));
    });

  test('finds nothing, with and without the keys that the branch names', async () => {
    const others = good.checkpoints.map((text, index) => ({ from: `step ${index}`, text }));
    const verdict = await audit(good.branch, keys, others);
    expect(verdict).toMatchObject({
      findings: [],
      size: 262,
      signed: withSigner,
      keysFrom: withSigner ? 'given' : 'none',
    });
    expect(await audit(good.branch, [])).toMatchObject({ findings: [], keysFrom: withSigner ? 'branch' : 'none' });
  });

  test('finds every flipped bit', async () => {
    const paths = [...good.branch.keys()].sort();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (file, place, bit) => {
        const path = present(paths[file % paths.length]);
        const verdict = await audit(
          changed((branch) => {
            const bytes = (branch.get(path) as Uint8Array).slice();
            const at = place % bytes.length;
            bytes[at] = present(bytes[at]) ^ (1 << bit);
            branch.set(path, bytes);
          }),
          keys,
        );
        expect(verdict.findings.length, path).toBeGreaterThan(0);
      }),
      { seed: 21, numRuns: 60 },
    );
  }, 120_000);

  test('finds every missing, added and emptied file', async () => {
    for (const path of good.branch.keys()) {
      // One in sixteen of the many that are alike.
      if (/^(?:ids|map)\/[1-9a-f]/.test(path)) continue;
      expect(
        (
          await audit(
            changed((branch) => branch.delete(path)),
            keys,
          )
        ).findings.length,
        path,
      ).toBeGreaterThan(0);
      expect(
        (
          await audit(
            changed((branch) => branch.set(path, new Uint8Array(0))),
            keys,
          )
        ).findings.length,
        path,
      ).toBeGreaterThan(0);
    }
    for (const path of [
      'notes.txt',
      'tile/0/007',
      'tile/entries/009',
      'models/other/catalogue.json',
      'evidence/sha256/x.json',
      `evidence/sha256/11/${'0'.repeat(64)}.json`,
    ]) {
      expect(
        codesOf(
          await audit(
            changed((branch) => branch.set(path, Uint8Array.of(1))),
            keys,
          ),
        ),
      ).toEqual(['file-unexpected']);
    }
    const stray = `evidence/sha256/00/${'0'.repeat(64)}.json`;
    expect(
      codesOf(
        await audit(
          changed((branch) => branch.set(stray, Uint8Array.of(1))),
          keys,
        ),
      ),
    ).toEqual(['evidence-differs', 'evidence-unnamed']);
  }, 120_000);

  test('finds dropped, repeated, reordered and edited entries, and names the place', async () => {
    const dropped = await audit(
      replaceEntries((entries) => entries.splice(3, 1)),
      keys,
    );
    expect(codesOf(dropped)).toContain('bundle-malformed');
    const repeated = await audit(
      replaceEntries((entries) => entries.splice(4, 1, present(entries[3]))),
      keys,
    );
    expect(repeated.findings.find(({ code }) => code === 'entry-repeated')?.index).toBe(4);
    expect(codesOf(repeated)).toContain('root-differs');
    const reordered = await audit(
      replaceEntries((entries) => entries.splice(1, 2, present(entries[2]), present(entries[1]))),
      keys,
    );
    expect(reordered.findings.find(({ code }) => code === 'entry-illegal')?.index).toBe(1);
    const edited = formatEntry(
      nodeSha256,
      transitionedEvent('fraud', '1.0.0', { to: 'staging' }),
      withSigner ? testSigner('evil', 66) : null,
    );
    const verdict = await audit(
      replaceEntries((entries) => entries.splice(2, 1, edited)),
      keys,
    );
    expect(codesOf(verdict)).toEqual(expect.arrayContaining(['root-differs', 'tile-differs', 'file-differs']));
    if (withSigner) expect(verdict.findings.find(({ code }) => code === 'entry-malformed')?.index).toBe(2);
  });

  test('finds two faults at once and names both', async () => {
    const verdict = await audit(
      changed((branch) => {
        branch.delete('models/churn/README.md');
        branch.set('tile/1/000.p/1', new Uint8Array(32));
      }),
      keys,
    );
    expect(verdict.findings.map(({ code, path }) => [code, path])).toEqual([
      ['tile-differs', 'tile/1/000.p/1'],
      ['file-missing', 'models/churn/README.md'],
    ]);
  });

  test('finds a log that was written anew, by a checkpoint that was kept elsewhere', async () => {
    const other = memoryLedger({ signer: withSigner ? signer : null, origin: 'ledger.test/audit' });
    const events = [policyEvent(), registeredEvent('fraud', '1.0.0', { time: '2026-02-02T00:00:00Z' })];
    await other.append(events, evidenceFor(...events));
    const kept = { from: 'a release', text: present(good.checkpoints[0]) };
    expect((await audit(other.branch, keys)).findings).toEqual([]);
    const rewritten = await audit(other.branch, keys, [kept]);
    expect(rewritten.findings).toMatchObject([{ code: 'checkpoint-inconsistent' }]);
    expect(rewritten.findings[0]?.because).toContain('rewritten');
    const cut = await audit(other.branch, keys, [{ from: 'a release', text: present(good.checkpoints.at(-1)) }]);
    expect(cut.findings[0]?.because).toContain('it was cut');
    expect(codesOf(await audit(good.branch, keys, [{ from: 'x', text: 'no checkpoint' }]))).toEqual([
      'checkpoint-inconsistent',
    ]);
  });

  test('a checkpoint that claims a huge log costs what the branch holds', async () => {
    const text = new TextDecoder().decode(good.branch.get('checkpoint'));
    const huge = new TextEncoder().encode(text.replace('\n262\n', '\n1000000000000\n'));
    const verdict = await audit(
      changed((branch) => branch.set('checkpoint', huge)),
      keys,
    );
    expect(codesOf(verdict)).toEqual(expect.arrayContaining(['bundle-missing', 'root-differs']));
  });

  test('an empty branch has no checkpoint', async () => {
    expect(codesOf(await audit(new Map(), keys))).toContain('checkpoint-missing');
  });
});

test('a signed log is not accepted with other keys, nor an unsigned one where keys are asked for', async () => {
  const { branch } = await build(true);
  const wrong = await audit(branch, [testSigner('ledger.test/audit', 8).verifierKey]);
  expect(codesOf(wrong)).toEqual(expect.arrayContaining(['checkpoint-signature', 'entry-malformed']));
  const plain = await build(false);
  expect(codesOf(await audit(plain.branch, [signer.verifierKey]))).toEqual(['checkpoint-signature']);
});

test('what pull requests bring is audited, kept in the catalogue and shown on the page', async () => {
  const ledger = memoryLedger({ signer });
  const events = [policyEvent(), registeredEvent('fraud', '1.0.0'), ...governed];
  await ledger.append(events, evidenceFor(...events));
  expect((await audit(ledger.branch, [signer.verifierKey])).findings).toEqual([]);
  expect(await ledger.catalogue(fraud)).toMatchObject({
    stages: { staging: '1.0.0' },
    aliases: {},
    applied: { stages: { staging: '1.0.0', production: null }, pull: 17, entry: 6 },
    bypasses: [{ requested: { production: '1.0.0' }, entry: 7 }],
    waivers: [{ rule: 'risk', approvedBy: [{ login: 'carol' }] }],
    history: [{ approvedBy: ['bob'], pull: 17 }],
  });
  const page = new TextDecoder().decode(ledger.branch.get('models/fraud/README.md'));
  for (const line of [
    '| 2026-05-01T12:00:00Z | staging | empty → 1.0.0 | transitioned | ada | bob | #17 |  | 5 |',
    'The stages.yaml of commit c0ffee000000, on 2026-05-01T12:00:00Z.',
    '| production | empty |',
    '| champion (alias) | 1.0.0 |',
    String.raw`| 2026-05-01T12:00:00Z | production 1.0.0 | ada |  | pushed \| past \*everybody\* | 7 |`,
    '| accuracy | sha256:',
    'holdout relabelled, see incident 12 | 4 |',
  ])
    expect(page).toContain(line);
});

describe('history', () => {
  const entries = story.map((event) => formatEntry(nodeSha256, event, signer));

  test.each([
    ['2025-12-31T00:00:00Z', 0, undefined],
    ['2026-01-02T00:00:00Z', 2, undefined],
    ['2026-01-03T00:00:00Z', 3, '1.0.0'],
    ['2026-01-06T12:00:00Z', 6, '1.1.0'],
    ['2026-02-01T00:00:00Z', 7, '1.0.0'],
  ])('at %s the log had %i entries and production was %s', (time, size, production) => {
    const at = catalogueAt(entries, time);
    expect(at.size).toBe(size);
    expect(at.catalogues.get(fraud)?.stages['production']).toBe(production);
  });

  test('an entry with a later time counts once an entry after it is in time', () => {
    const skewed = [
      ...entries.slice(0, 2),
      formatEntry(
        nodeSha256,
        transitionedEvent('fraud', '1.0.0', { to: 'staging' }, { time: '2030-01-01T00:00:00Z' }),
        signer,
      ),
      ...entries.slice(2),
    ];
    expect(catalogueAt(skewed, '2026-01-02T00:00:00Z').size).toBe(2);
    expect(catalogueAt(skewed, '2026-01-03T00:00:00Z').catalogues.get(fraud)?.stages).toEqual({
      staging: '1.0.0',
      production: '1.0.0',
    });
  });

  test('rows, JSON lines and CSV tell of every entry', () => {
    const rows = historyRows(entries, 10);
    expect(rows.map(({ index }) => index)).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(rows[6]).toMatchObject({
      type: 'rolled-back',
      what: 'production, leaves 1.1.0, which is archived and frozen',
      actor: 'ada',
    });
    const lines = exportJsonLines(entries)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerEvent);
    expect(lines.map(({ id }) => id)).toEqual(story.map(({ id }) => id));
    const csv = exportCsv(entries);
    expect(csv.split('\r\n')[0]).toBe('index,time,type,model,version,what,actor,justification,commit,run,id');
    expect(csv).toContain(`"'=cmd|""x"", quoted"`);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(8);
  });

  test.each([
    [
      approvedEvent('fraud', '1.0.0', { transition: 'staging -> production' }),
      'staging -> production, by bob for ml, #17',
    ],
    [
      transitionedEvent('fraud', '1.0.0', { to: 'production', pull: 4 }),
      'none -> production, replaces nothing, pass, #4',
    ],
    [
      transitionedEvent('fraud', '1.0.0', { to: 'production', approvals: [testApproval('bob'), testApproval('eve')] }),
      'none -> production, replaces nothing, pass, approved by bob and eve',
    ],
    [
      waivedEvent('fraud', { gate: 'accuracy', identity: identityOf('fraud', '1.0.0'), expires: '2026-12-31' }),
      'accuracy, until 2026-12-31, by risk: holdout relabelled, see incident 12',
    ],
    [
      gateDecidedEvent('fraud', { transition: 'staging -> production', verdict: 'fail', outcome: 'held-back' }),
      'staging -> production: fail, held-back, #17',
    ],
    [
      appliedEvent('fraud', { staging: null, production: '1.0.0' }, { aliases: { champion: '1.0.0' }, pull: 9 }),
      'champion 1.0.0, production 1.0.0, staging empty, #9',
    ],
    [bypassedEvent('fraud', {}, { because: 'a push' }), 'nothing: a push'],
  ])('%# tells what is particular to its kind', (event, what) => {
    expect(historyRows([formatEntry(nodeSha256, event, null)])[0]?.what).toBe(what);
  });

  test('entries that are none are named', () => {
    try {
      historyRows([present(entries[0]), Uint8Array.of(1)], 5);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'ledger/malformed', fields: { what: 'Entry 6' } });
    }
  });
});
