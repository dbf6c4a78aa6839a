import { bytesSource } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { describeTransfer, openTransfer, type Transfer } from './transfer.js';
import { watchReading } from './watch-reading.js';

/** A clock that is set, and what was told. */
function listening() {
  const told: { readonly sentence: string; readonly transfer: Transfer | undefined }[] = [];
  let nowMs = 0;
  return {
    told,
    at: (ms: number) => (nowMs = ms),
    clock: { now: () => new Date(nowMs) },
    progress: (sentence: string, transfer?: Transfer) => void told.push({ sentence, transfer }),
  };
}

test('several files: how many, how much, how fast and what remains', () => {
  const { told, at, ...surroundings } = listening();
  const meter = openTransfer(surroundings, { title: 'Fetching', files: 2, sizeBytes: 4096 });
  at(1000);
  meter.addBytes(512);
  meter.endFile();
  at(2000);
  meter.addBytes(1536);
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'Fetching: 0 of 2 files, 512 B of 4.1 kB, 512 B/s, about 7 s left',
    'Fetching: 1 of 2 files, 2.0 kB of 4.1 kB, 1.0 kB/s, about 2 s left',
  ]);
  expect(told[1]?.transfer).toEqual({
    title: 'Fetching',
    files: { ended: 1, of: 2 },
    bytes: 2048,
    sizeBytes: 4096,
    elapsedMs: 2000,
  });
});

test('is told ten times a second and no more', () => {
  const { told, at, ...surroundings } = listening();
  const meter = openTransfer(surroundings, { title: 'Fetching', sizeBytes: 1000 });
  for (let ms = 1; ms <= 1000; ms++) {
    at(ms);
    meter.addBytes(1);
  }
  expect(told).toHaveLength(10);
});

test('reading tells the furthest byte, whichever piece comes when', async () => {
  const { told, at, ...surroundings } = listening();
  const source = watchReading(surroundings, bytesSource(new Uint8Array(4_000_000), 'out/model.bin'), 'Storing');
  for (const [index, offset] of [1_000_000, 0, 3_000_000].entries()) {
    at(4000 * (index + 1));
    expect(await source.read(offset, 1_000_000)).toHaveLength(1_000_000);
  }
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'Storing out/model.bin: 2.0 MB of 4.0 MB, 500.0 kB/s, about 4 s left',
    'Storing out/model.bin: 2.0 MB of 4.0 MB, 250.0 kB/s, about 8 s left',
    'Storing out/model.bin: 4.0 MB of 4.0 MB, 333.3 kB/s, about 0 s left',
  ]);
});

test('long times are told in minutes and hours, and none before anything moved', () => {
  const moved = { title: 'Storing', files: null, sizeBytes: 4_000_000 };
  expect(describeTransfer({ ...moved, bytes: 1_000_000, elapsedMs: 5_000_000 })).toBe(
    'Storing: 1.0 MB of 4.0 MB, 200 B/s, about 4 h 10 min left',
  );
  expect(describeTransfer({ ...moved, bytes: 1_000_000, elapsedMs: 50_000 })).toContain('about 2 min 30 s left');
  expect(describeTransfer({ ...moved, bytes: 0, elapsedMs: 50_000 })).toBe('Storing: 0 B of 4.0 MB, 0 B/s');
});
