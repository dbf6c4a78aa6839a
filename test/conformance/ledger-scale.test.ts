import { parseModelName } from '@weighbridge/core';
import {
  type LedgerEvent,
  type LogSource,
  readCatalogue,
  readTip,
  combineGroups,
  planEvidenceFiles,
  planFiles,
  prepareGroup,
  verifyLog,
} from '@weighbridge/ledger';
import {
  evidenceFor,
  memoryLedger,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  testEvent,
} from '@weighbridge/testkit';
import { beforeAll, describe, expect, test } from 'vitest';

/** More than 256 x 256, so that the tree has tiles on three levels. */
const largeSize = 70_000;
const smallSize = 100;
const entriesPerModel = 70;
const timeoutMs = 900_000;

const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer: null };

/** A log whose models have 70 entries each: a version, then remarks. */
async function build(size: number) {
  const ledger = memoryLedger({ origin: 'ledger.test/scale' });
  let pending: LedgerEvent[] = [policyEvent()];
  for (let index = 1; index < size; index++) {
    const model = `model-${Math.floor(index / entriesPerModel)}`;
    const isFirst = index === 1 || index % entriesPerModel === 0;
    pending.push(
      isFirst ? registeredEvent(model, '1.0.0') : testEvent('annotated', { model, body: { detail: { index } } }),
    );
    if (pending.length < 256 && index < size - 1) continue;
    await ledger.append(pending, evidenceFor(...pending));
    pending = [];
  }
  return ledger;
}

/** What one append and one read of a catalogue touch. */
async function costOf(branch: ReadonlyMap<string, Uint8Array>) {
  const read = { files: 0, bytes: 0 };
  const source: LogSource = {
    read: async (paths) => {
      const files = new Map(
        paths.flatMap((path) => (branch.has(path) ? [[path, branch.get(path) as Uint8Array] as const] : [])),
      );
      for (const bytes of files.values()) read.bytes += bytes.length;
      read.files += files.size;
      return files;
    },
    has: async (paths) => new Set(paths.filter((path) => branch.has(path))),
    measure: async (paths) =>
      new Map(paths.flatMap((path) => (branch.has(path) ? [[path, branch.get(path)?.length ?? 0] as const] : []))),
  };
  const event = registeredEvent('model-0', '1.1.0', { previous: '1.0.0' });
  const group = prepareGroup([event], evidenceFor(event), trust);
  const tip = await readTip(source, trust);
  const combination = await combineGroups(source, tip, [group], trust);
  const evidence = await planEvidenceFiles(source, tip, combination, nodeSha256);
  const { files } = planFiles(combination, tip, { origin: 'x', trust, evidence });
  await readCatalogue(source, tip, parseModelName('model-0'), nodeSha256);
  const written = [...files.values()].reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);
  return { readFiles: read.files, readBytes: read.bytes, writtenFiles: files.size, writtenBytes: written };
}

describe('a ledger of 70,000 entries', () => {
  let large: Awaited<ReturnType<typeof build>>;
  beforeAll(async () => {
    large = await build(largeSize);
  }, timeoutMs);

  test('costs an append and a reader what one of 100 entries does', async () => {
    const small = await costOf((await build(smallSize)).branch);
    const now = await costOf(large.branch);
    // Two more levels of tiles, and a bundle and a shard that may be fuller.
    expect(now.readFiles).toBeLessThanOrEqual(small.readFiles + 4);
    expect(now.writtenFiles).toBeLessThanOrEqual(small.writtenFiles + 4);
    const fullBundle = 256 * 1_500;
    expect(now.readBytes).toBeLessThanOrEqual(small.readBytes + fullBundle);
    expect(now.writtenBytes).toBeLessThanOrEqual(small.writtenBytes + fullBundle);
  });

  test(
    'passes an audit, and one changed byte in its middle is found',
    async () => {
      const branch = new Map(large.branch);
      const audit = () =>
        verifyLog({
          paths: [...branch.keys()].sort(),
          read: async (paths) =>
            new Map(
              paths.flatMap((path) => (branch.has(path) ? [[path, branch.get(path) as Uint8Array] as const] : [])),
            ),
          trust,
        });
      expect(await audit()).toMatchObject({ findings: [], size: largeSize });
      const bundle = (branch.get('tile/entries/137') as Uint8Array).slice();
      bundle[12_345] = (bundle[12_345] as number) ^ 1;
      branch.set('tile/entries/137', bundle);
      const codes = (await audit()).findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['root-differs', 'tile-differs']));
    },
    timeoutMs,
  );
});
