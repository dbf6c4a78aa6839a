import { bytesSource } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { watchReading } from './watch-reading.js';

function watched(secondsPerRead: number) {
  const told: string[] = [];
  let reads = 0;
  const clock = { now: () => new Date(1000 * secondsPerRead * reads) };
  const source = watchReading(
    { clock, progress: (sentence) => told.push(sentence) },
    bytesSource(new Uint8Array(4_000_000), 'out/model.bin'),
    'Storing',
  );
  const read = async (offset: number) => {
    reads++;
    return source.read(offset, 1_000_000);
  };
  return { told, read };
}

test('tells every few seconds how far it has come, how fast, and what is left', async () => {
  const { told, read } = watched(4);
  for (let offset = 0; offset < 4_000_000; offset += 1_000_000) expect(await read(offset)).toHaveLength(1_000_000);
  expect(told).toEqual([
    'Storing out/model.bin: 2.0 MB of 4.0 MB, 250.0 kB/s, about 8 s left',
    'Storing out/model.bin: 4.0 MB of 4.0 MB, 250.0 kB/s, about 0 s left',
  ]);
});

test('what is quick says nothing', async () => {
  const { told, read } = watched(1);
  for (let offset = 0; offset < 4_000_000; offset += 1_000_000) await read(offset);
  expect(told).toEqual([]);
});

test('long times are told in minutes and hours', async () => {
  const { told, read } = watched(5000);
  await read(0);
  expect(told).toEqual(['Storing out/model.bin: 1.0 MB of 4.0 MB, 200 B/s, about 4 h 10 min left']);
});
