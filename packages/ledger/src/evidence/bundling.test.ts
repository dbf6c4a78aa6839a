import { type Digest, digestBytes, parseModelName, utf8 } from '@weighbridge/core';
import {
  digestOf,
  evidenceFor,
  memoryLedger,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  testEvent,
} from '@weighbridge/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { verifyLog } from '../audit/verify-log.js';
import type { LedgerEvent } from '../event.js';
import { formatCatalogue, parseCatalogue } from '../log/catalogue-file.js';
import { combineGroups } from '../log/combine.js';
import { evidenceBundlePath, evidencePath, parseEvidenceBundlePath, parseEvidencePath } from '../log/paths.js';
import { maxGroupEntries, prepareGroup } from '../log/prepare.js';
import type { LogSource } from '../log/source.js';
import { readTip } from '../log/tip.js';
import { planFiles } from '../log/write-files.js';
import { formatEvidenceBundle, maxBundledDocumentBytes, parseEvidenceBundle } from './evidence-bundle.js';
import { planEvidenceFiles } from './plan-evidence-files.js';

type Branch = Map<string, Uint8Array>;
const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer: null };

/** An entry that needs a document with that text. */
const decided = (text: string, pull = 1): LedgerEvent =>
  testEvent('gate-decided', {
    model: 'fraud',
    body: {
      transition: 'staging',
      verdict: 'pass',
      outcome: 'applied',
      decision: digestOf(text),
      pull,
      statusContext: 'weighbridge',
    },
  });
const documentsOf = (...texts: readonly string[]) =>
  new Map<Digest, Uint8Array>(texts.map((text) => [digestOf(text), utf8(text)]));
const texts = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `document ${from + at}`);

let ledger: ReturnType<typeof memoryLedger>;
beforeEach(async () => {
  ledger = memoryLedger();
  await ledger.append([policyEvent()]);
});
/** An entry for each text, each with its document. */
async function append(...all: readonly string[]): Promise<void> {
  for (let at = 0; at < all.length; at += maxGroupEntries) {
    const some = all.slice(at, at + maxGroupEntries);
    await ledger.append(
      some.map((text) => decided(text)),
      documentsOf(...some),
    );
  }
}
const read = async (text: string, entry?: number) => {
  const bytes = await ledger.evidence(digestOf(text), entry);
  return bytes === null ? null : new TextDecoder().decode(bytes);
};
const looseOf = (branch: ReadonlyMap<string, Uint8Array>) =>
  [...branch.keys()].flatMap((path) => parseEvidencePath(path) ?? []).sort();
const bundlesOf = (branch: ReadonlyMap<string, Uint8Array>) =>
  [...branch.keys()].flatMap((path) => parseEvidenceBundlePath(path) ?? []).sort((left, right) => left - right);
const bundleAt = (index: number) => parseEvidenceBundle(ledger.branch.get(evidenceBundlePath(index)) as Uint8Array);
/** Hashes by path: maps of bytes take seconds to compare. */
const filesOf = (branch: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...branch].map(([path, bytes]) => [path, digestBytes(nodeSha256, bytes)]));
const digestsOf = (all: readonly string[]) => all.map(digestOf).sort();
const audit = async (branch: Branch = ledger.branch) => {
  const { findings } = await verifyLog({ paths: [...branch.keys()].sort(), read: sourceOf(branch).read, trust });
  return findings.map(({ code, path }) => [code, path]);
};
function sourceOf(branch: ReadonlyMap<string, Uint8Array>): LogSource {
  const found = (paths: readonly string[]) =>
    new Map(paths.flatMap((path) => (branch.has(path) ? [[path, branch.get(path) as Uint8Array] as const] : [])));
  return {
    read: async (paths) => found(paths),
    has: async (paths) => new Set(found(paths).keys()),
    measure: async (paths) => new Map([...found(paths)].map(([path, bytes]) => [path, bytes.length])),
  };
}
/** The branch as an earlier version would have left it. */
function unbundle(branch: Branch): void {
  for (const index of bundlesOf(branch)) {
    const path = evidenceBundlePath(index);
    for (const [digest, bytes] of parseEvidenceBundle(branch.get(path) as Uint8Array) ?? [])
      branch.set(evidencePath(digest), bytes);
    branch.delete(path);
  }
}

test('paths of evidence bundles are numbered as those of entries', () => {
  for (const [index, path] of [
    [0, 'evidence/bundle/000'],
    [1_234, 'evidence/bundle/x001/234'],
  ] as const) {
    expect(evidenceBundlePath(index)).toBe(path);
    expect(parseEvidenceBundlePath(path)).toBe(index);
  }
  for (const path of ['evidence/bundle/000.p/3', 'evidence/bundle/1', 'tile/entries/000', 'evidence/bundle/'])
    expect(parseEvidenceBundlePath(path)).toBeNull();
});

describe('an append that fills a bundle', () => {
  test('puts its documents into one file and leaves those of open entries', async () => {
    await append(...texts(1, 200));
    expect(looseOf(ledger.branch)).toHaveLength(199);
    await append(...texts(200, 255));
    expect([looseOf(ledger.branch).length, bundlesOf(ledger.branch)]).toEqual([254, []]);
    await append(...texts(255, 300));
    expect(looseOf(ledger.branch)).toEqual(digestsOf(texts(256, 300)));
    expect([...(bundleAt(0)?.keys() ?? [])]).toEqual(digestsOf(texts(1, 256)));
    for (const entry of [1, 255, 256, 299]) {
      expect(await read(`document ${entry}`, entry)).toBe(`document ${entry}`);
      expect(await read(`document ${entry}`)).toBe(`document ${entry}`);
    }
    expect(await read('never', 3)).toBeNull();
    expect(await audit()).toEqual([]);
  });

  test('fills several at once', async () => {
    const tip = await readTip(sourceOf(ledger.branch), trust);
    const groups = [1, 257, 513].map((from) => {
      const some = texts(from, Math.min(from + 256, 769));
      return prepareGroup(
        some.map((text) => decided(text)),
        documentsOf(...some),
        trust,
      );
    });
    const source = sourceOf(ledger.branch);
    const combination = await combineGroups(source, tip, groups, trust);
    const evidence = await planEvidenceFiles(source, tip, combination, nodeSha256);
    const { files } = planFiles(combination, tip, { origin: 'memory', trust, evidence });
    for (const [path, bytes] of files) if (bytes !== null) ledger.branch.set(path, bytes);
    for (const [path, bytes] of files) if (bytes === null) ledger.branch.delete(path);
    expect(bundlesOf(ledger.branch)).toEqual([0, 1, 2]);
    expect(looseOf(ledger.branch)).toEqual(digestsOf(['document 768']));
    expect(await read('document 600', 600)).toBe('document 600');
    expect(await audit()).toEqual([]);
  });

  test('has one file less to remove when the last entry of a bundle is the last of the append', async () => {
    await append(...texts(1, 256));
    expect([looseOf(ledger.branch), bundlesOf(ledger.branch)]).toEqual([[], [0]]);
    expect(await audit()).toEqual([]);
    await append('document 256');
    expect(looseOf(ledger.branch)).toEqual(digestsOf(['document 256']));
  });

  test('keeps in each bundle what its entries name, though others name it too', async () => {
    await append(...texts(1, 100));
    const again = (number: number) =>
      ledger.append([decided('document 7', number)], number === 2 ? new Map() : documentsOf('document 7'));
    await again(2);
    await append(...texts(101, 255));
    await again(3);
    await again(4);
    expect(looseOf(ledger.branch)).toEqual(digestsOf(['document 7']));
    expect(await audit()).toEqual([]);
    await append(...texts(258, 513));
    expect([looseOf(ledger.branch), bundlesOf(ledger.branch)]).toEqual([[], [0, 1]]);
    for (const index of [0, 1]) expect(bundleAt(index)?.has(digestOf('document 7'))).toBe(true);
    expect(await audit()).toEqual([]);
  });

  test('brings along what only a full bundle holds when a new entry needs it', async () => {
    await append(...texts(1, 300));
    await ledger.append([decided('document 9', 2)]);
    expect(await read('document 9', 300)).toBe('document 9');
    expect(looseOf(ledger.branch)).toContain(digestOf('document 9'));
    await expect(ledger.append([decided('never', 2)])).rejects.toMatchObject({ code: 'ledger/malformed-event' });
    await append(...texts(301, 512));
    expect(bundleAt(1)?.has(digestOf('document 9'))).toBe(true);
    expect(await audit()).toEqual([]);
  });

  test('writes no document of entries that the log has already', async () => {
    await append(...texts(1, 300));
    await ledger.append([decided('document 5'), decided('new')], documentsOf('document 5', 'new'));
    expect(looseOf(ledger.branch)).toEqual(digestsOf([...texts(256, 300), 'new']));
    expect(await audit()).toEqual([]);
  });

  test('leaves large documents where they are, and all when they are too much together', async () => {
    const large = 'x'.repeat(maxBundledDocumentBytes + 1);
    await append(large, ...texts(2, 256));
    expect(looseOf(ledger.branch)).toEqual(digestsOf([large]));
    expect(await read(large, 1)).toBe(large);
    const many = Array.from({ length: 256 }, (_, at) => String(at).padEnd(maxBundledDocumentBytes, '.'));
    await append(...many);
    expect(bundlesOf(ledger.branch)).toEqual([0, 1]);
    // One document more than a bundle takes, since the first entry names two of them.
    const more = Array.from({ length: 257 }, (_, at) => String(at + 256).padEnd(maxBundledDocumentBytes, '.'));
    const [first = '', second = '', ...rest] = more.map(digestOf);
    const named = [{ first, second }, ...rest.map((only) => ({ only }))];
    await ledger.append(
      named.map((detail) => testEvent('annotated', { model: 'fraud', body: { detail } })),
      documentsOf(...more),
    );
    expect([bundlesOf(ledger.branch), looseOf(ledger.branch).length]).toEqual([[0, 1], 258]);
    expect(await audit()).toEqual([]);
  });

  test('reads documents in one trip, and other appends in none', async () => {
    await append(...texts(1, 254));
    const trips: string[] = [];
    const cost = async (text: string) => {
      const source = sourceOf(ledger.branch);
      const tip = await readTip(source, trust);
      const group = prepareGroup([decided(text)], documentsOf(text), trust);
      const combination = await combineGroups(source, tip, [group], trust);
      const counted: Pick<LogSource, 'read' | 'measure'> = {
        read: (paths) => (trips.push('read'), source.read(paths)),
        measure: (paths) => (trips.push('measure'), source.measure(paths)),
      };
      return planEvidenceFiles(counted, tip, combination, nodeSha256);
    };
    expect([...(await cost('one')).keys()]).toEqual([evidencePath(digestOf('one'))]);
    expect(trips).toEqual([]);
    await append('document 254');
    const files = await cost('two');
    // The blobs are brought to be measured, and are here when they are read.
    expect(trips).toEqual(['measure', 'read']);
    expect([...files.values()].filter((bytes) => bytes !== null)).toHaveLength(1);
    expect(files.size).toBe(255);
  });
});

describe('an audit of bundled evidence', () => {
  const edited = (change: (documents: Map<Digest, Uint8Array>) => void): Branch => {
    const documents = new Map(bundleAt(0));
    change(documents);
    return new Map(ledger.branch).set(evidenceBundlePath(0), formatEvidenceBundle(documents));
  };
  const known = digestOf('document 3');
  const bundle = evidenceBundlePath(0);
  beforeEach(() => append(...texts(1, 300)));

  test('finds a missing, an altered and a surplus document, each by its name', async () => {
    expect(await audit(edited((documents) => documents.delete(known)))).toEqual([
      ['evidence-missing', evidencePath(known)],
    ]);
    expect(await audit(edited((documents) => documents.set(known, utf8('document 4'))))).toEqual([
      ['evidence-differs', bundle],
      ['evidence-missing', evidencePath(known)],
    ]);
    // That another entry names it does not make it evidence of these.
    for (const text of ['never', 'document 280']) {
      const surplus = edited((documents) => documents.set(digestOf(text), utf8(text)));
      expect(await audit(surplus)).toEqual([['evidence-unnamed', bundle]]);
    }
  });

  test('finds a bundle that is gone, broken, of no entries, or beside which its documents lie', async () => {
    const gone = new Map(ledger.branch);
    gone.delete(bundle);
    expect(await audit(gone)).toHaveLength(255);
    expect((await audit(new Map(ledger.branch).set(bundle, utf8('x'))))[0]).toEqual(['evidence-malformed', bundle]);
    const early = new Map(ledger.branch).set(evidenceBundlePath(1), formatEvidenceBundle(documentsOf('document 280')));
    expect(await audit(early)).toEqual([['file-unexpected', evidenceBundlePath(1)]]);
    const twice = new Map(ledger.branch).set(evidencePath(known), utf8('document 3'));
    expect(await audit(twice)).toEqual([['file-unexpected', evidencePath(known)]]);
    expect(await memoryLedger({ branch: twice }).rebuild()).toEqual([evidencePath(known)]);
    expect(await audit(twice)).toEqual([]);
  });

  test('a reader refuses other bytes, and finds nothing in what was taken away', async () => {
    const altered = memoryLedger({ branch: edited((documents) => documents.set(known, utf8('document 4'))) });
    await expect(altered.evidence(known, 3)).rejects.toMatchObject({ code: 'ledger/malformed' });
    expect(await altered.evidence(known)).toBeNull();
    const broken = memoryLedger({ branch: new Map(ledger.branch).set(bundle, utf8('x')) });
    await expect(broken.evidence(known, 3)).rejects.toMatchObject({ code: 'ledger/malformed' });
  });

  test('an append does not bundle a document that somebody edited', async () => {
    const victim = evidencePath(digestOf('document 280'));
    ledger.branch.set(victim, utf8('edited'));
    await append(...texts(300, 520));
    expect(bundleAt(1)?.has(digestOf('document 280'))).toBe(false);
    expect(await audit()).toEqual([['evidence-differs', victim]]);
    ledger.branch.set(victim, utf8('document 280'));
    expect(await audit()).toEqual([]);
  });
});

describe('a ledger that an earlier version wrote', () => {
  const write = async () => {
    await append(...texts(1, 700));
  };

  test('is sound, readable, and bundled by a rebuild as if this version had written it all', async () => {
    await write();
    const ours = filesOf(ledger.branch);
    unbundle(ledger.branch);
    expect(await audit()).toEqual([]);
    for (const entry of [3, 300, 690]) expect(await read(`document ${entry}`, entry)).toBe(`document ${entry}`);
    const changed = await ledger.rebuild({ dryRun: true });
    expect(changed).toEqual(expect.arrayContaining([evidenceBundlePath(0), evidencePath(digestOf('document 3'))]));
    expect(ledger.branch.has(evidenceBundlePath(0))).toBe(false);
    expect(await ledger.rebuild()).toEqual(changed);
    expect(filesOf(ledger.branch)).toEqual(ours);
    expect(await ledger.rebuild()).toEqual([]);
  });

  test('has catalogues that do not say which entry added a document, until it is rebuilt', async () => {
    const events = [
      registeredEvent('fraud', '1.0.0'),
      testEvent('evidence-added', {
        model: 'fraud',
        version: '1.0.0',
        body: { metrics: digestOf('{"acc":1}'), id: 'eval', level: 'reported' },
      }),
    ];
    await ledger.append(events, new Map([...evidenceFor(...events), ...documentsOf('{"acc":1}')]));
    const known = (await ledger.catalogue(parseModelName('fraud'))) ?? expect.fail('no catalogue');
    expect(known.versions[0]?.addedEvidence).toMatchObject([{ id: 'eval', entry: 2 }]);
    const older = new TextDecoder().decode(formatCatalogue(known)).replace(/"entry": 2,\s*/, '');
    expect(parseCatalogue(utf8(older))).toMatchObject({ value: { versions: [{ addedEvidence: [{ id: 'eval' }] }] } });
    expect(older).not.toContain('"entry": 2');
  });

  test('goes on, and what older entries share with a bundle is found there', async () => {
    await write();
    unbundle(ledger.branch);
    await ledger.append([decided('document 5', 2)]);
    await append(...texts(701, 800));
    expect(bundlesOf(ledger.branch)).toEqual([2]);
    expect(ledger.branch.has(evidencePath(digestOf('document 5')))).toBe(false);
    expect(await read('document 5', 5)).toBe('document 5');
    expect(await read('document 6', 6)).toBe('document 6');
    expect(await audit()).toEqual([]);
    await ledger.rebuild();
    expect(bundlesOf(ledger.branch)).toEqual([0, 1, 2]);
    expect(bundleAt(0)?.has(digestOf('document 5'))).toBe(true);
    expect(await audit()).toEqual([]);
  });
});
