import { createHash } from 'node:crypto';
import { mkdtemp, open as openFile, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededBytes } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { type HashLane, openInlineLane } from './hash-lane.js';
import { openWorkerLane } from './worker-lane.js';

const lanes: readonly (readonly [string, () => HashLane])[] = [
  ['in this thread', openInlineLane],
  ['in another', openWorkerLane],
];

describe.each(lanes)('hash lane %s', (_name, open) => {
  test('continues streams over buffers, and answers in the order of the steps', async () => {
    const lane = open();
    const bytes = new Uint8Array(new SharedArrayBuffer(1000));
    bytes.set(seededBytes(1, 1000));
    const first = lane.run(bytes, [
      { stream: 7, start: 0, end: 100, last: false },
      { stream: 1, start: 5, end: 10, last: true },
      { stream: 2, start: 0, end: 0, last: true },
    ]);
    const second = lane.run(bytes, [
      { stream: 9, start: 0, end: 1000, last: true },
      { stream: 7, start: 100, end: 250, last: true },
    ]);
    expect((await first).map(hex)).toEqual([hexOf(bytes.slice(5, 10)), hexOf(new Uint8Array(0))]);
    expect((await second).map(hex)).toEqual([hexOf(bytes.slice()), hexOf(bytes.slice(0, 250))]);
    await lane.close();
  });

  test('writes what it hashes to where a step says, and tells the error of the system when it cannot', async () => {
    const lane = open();
    const bytes = new Uint8Array(new SharedArrayBuffer(300_001));
    bytes.set(seededBytes(1, bytes.length));
    const folder = await mkdtemp(join(tmpdir(), 'hash-lane-'));
    const file = await openFile(join(folder, 'copy'), 'w+');
    const copyTo = { fd: file.fd, position: 5 };
    const [digest] = await lane.run(bytes, [{ stream: 0, start: 1, end: bytes.length, last: true, copyTo }]);
    expect(hex(digest ?? new Uint8Array(0))).toBe(hexOf(bytes.slice(1)));
    await file.close();
    const written = await readFile(join(folder, 'copy'));
    expect(Buffer.compare(written, Buffer.concat([new Uint8Array(5), bytes.slice(1)]))).toBe(0);
    const reading = await openFile(join(folder, 'copy'), 'r');
    const failing = lane.run(bytes, [
      { stream: 0, start: 0, end: 10, last: true, copyTo: { fd: reading.fd, position: 0 } },
    ]);
    await expect(failing).rejects.toMatchObject({ code: 'EBADF', syscall: 'write' });
    await Promise.all([reading.close(), lane.close()]);
    await rm(folder, { recursive: true });
  });
});

test('a thread that ended fails what waits for it, and what comes later', async () => {
  const lane = openWorkerLane();
  const waiting = lane.run(new Uint8Array(new SharedArrayBuffer(8)), []);
  await Promise.all([expect(waiting).rejects.toThrow(/thread/), lane.close()]);
  await expect(lane.run(new Uint8Array(8), [])).rejects.toThrow(/thread/);
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const hexOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
