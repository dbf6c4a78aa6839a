import { chmod, link, mkdtemp, open, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDigest, weighbridgeError } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLocalFolder } from './open-local-folder.js';
import { claimPartial, partialName } from './partial-files.js';

const [own, living, ended] = [10, 20, 30];
const here = 'this machine';
const processes = { own, space: here, isAlive: (id: number) => id === own || id === living };
const known = { digest: parseDigest(`sha256:${'a'.repeat(64)}`), sizeBytes: 6 };
const denied = weighbridgeError('source/unread', { reference: 'hf://a/b', because: 'it does not answer', remedy: '.' });
const changed = weighbridgeError('source/changed', { address: 'hf://a/b', what: 'it is another' });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-resume-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** Writes what is given behind what is left, and answers what was left. */
async function attempt(pieces: readonly string[], failure: Error | null = null): Promise<string> {
  let found = '';
  await openLocalFolder(folder, processes)
    .resume('m.bin', known, async function* (left) {
      found = Buffer.from(await left.read(0, left.sizeBytes)).toString();
      for (const piece of pieces) yield bytesOf(piece);
      if (failure !== null) throw failure;
    })
    .catch((error: unknown) => {
      if (error !== failure) throw error;
    });
  return found;
}
const target = () => join(folder, 'm.bin');
/** What a process calls its own. */
const nameOf = (id: number, space = here) => partialName('m.bin', known, { own: id, space });

/** Leaves bytes under a name, not written to for an hour or just written. */
async function leave(name: string, text: string, age: 'old' | 'young' = 'young'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  const anHourAgo = new Date(Date.now() - 3_600_000);
  if (age === 'old') await utimes(path, anHourAgo, anHourAgo);
  return path;
}

test('what came before a failure that may pass is there for the next attempt, and has no name until all came', async () => {
  expect(await attempt(['ab', 'c'], denied)).toBe('');
  expect(await readdir(folder)).toEqual([
    expect.stringMatching(/^\.weighbridge-[0-9a-f]{16}-[0-9a-f]{16}-10-.*partial$/),
  ]);
  expect(await attempt(['d'], denied)).toBe('abc');
  expect(await attempt(['ef'])).toBe('abcd');
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test.each([
  weighbridgeError('store/unreachable', { action: 'read', path: 's3://models/a', tries: 3, reason: 'ECONNRESET' }),
  weighbridgeError('store/denied', { action: 'read', path: 's3://models/a', reason: 'it is refused', remedy: '.' }),
])('$code is a failure that may pass', async (failure) => {
  await attempt(['abc'], failure);
  expect(await attempt(['def'])).toBe('abc');
});

test('a file that is whole is for all to read, in a folder that is made for it', async () => {
  const deeper = join(folder, 'a', 'b');
  await openLocalFolder(deeper, processes).resume('m.bin', known, async function* () {
    yield bytesOf('abcdef');
  });
  const { mode } = await stat(join(deeper, 'm.bin'));
  expect(mode & 0o777).toBe(0o644);
});

test('after a failure that stays nothing is left, and the file is what it was', async () => {
  await writeFile(target(), 'before');
  await attempt(['abc'], denied);
  await attempt(['d'], changed);
  expect(await readdir(folder)).toEqual(['m.bin']);
  expect(await readFile(target(), 'utf8')).toBe('before');
  expect(await attempt(['abcdef'])).toBe('');
});

test('what a process left that has ended is taken over, the longest of it, and the rest removed', async () => {
  await leave(nameOf(ended), 'abc');
  await leave(nameOf(ended + 1), 'ab');
  expect(await attempt(['def'])).toBe('abc');
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('what one writes that lives is its own, however long ago that was', async () => {
  const name = nameOf(living);
  await leave(name, 'abcd', 'old');
  expect(await attempt(['abcdef'])).toBe('');
  expect((await readdir(folder)).sort()).toEqual([name, 'm.bin'].sort());
});

test.each([
  ['another machine', nameOf(7, 'another machine')],
  ['a container of this name', nameOf(own, 'a container of this name')],
  ['a release before', nameOf(7).replace(/-[^-]+$/, '.partial')],
])('of a process that nobody can ask after, of %s, what it has not written to for long', async (_, name) => {
  await leave(name, 'abc');
  expect(await attempt(['abcdef'])).toBe('');
  expect((await readdir(folder)).sort()).toEqual([name, 'm.bin'].sort());
  await leave(name, 'abc', 'old');
  expect(await attempt(['def'])).toBe('abc');
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('is for long what is longer than a quarter of an hour', async () => {
  const path = await leave(nameOf(7, 'another machine'), 'abc');
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await utimes(path, minutesAgo(14), minutesAgo(14));
  expect(await attempt(['abc'], changed)).toBe('');
  await utimes(path, minutesAgo(16), minutesAgo(16));
  expect(await attempt(['def'])).toBe('abc');
});

test('what is whole and has no name yet is gone on with', async () => {
  await leave(nameOf(ended), 'abcdef');
  expect(await attempt([])).toBe('abcdef');
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
});

test('what is of another file, or no unfinished one, is neither taken nor removed', async () => {
  const writer = { own: ended, space: here };
  const others = [
    partialName('m.bin', { ...known, digest: parseDigest(`sha256:${'b'.repeat(64)}`) }, writer),
    partialName('n.bin', known, writer),
    `${nameOf(ended)}.kept`,
  ];
  for (const name of others) await leave(name, 'abc', 'old');
  expect(await attempt(['abcdef'])).toBe('');
  expect((await readdir(folder)).sort()).toEqual([...others, 'm.bin'].sort());
});

test('what leads to another file is passed over', async () => {
  const precious = await leave('precious', 'abc');
  await symlink(precious, join(folder, nameOf(ended)));
  expect(await attempt(['abcdef'])).toBe('');
  expect(await readFile(precious, 'utf8')).toBe('abc');
  expect(await readdir(folder)).toHaveLength(3);
});

test('who was stopped for long, and writes to what it had once more, does not write into the file of another', async () => {
  const stopped = await open(await leave(nameOf(7, 'another machine'), 'abc', 'old'), 'r+');
  expect(await attempt(['def'])).toBe('abc');
  await stopped.write('XYZ', 0);
  await stopped.close();
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
});

test('whose unfinished file was taken away meanwhile ends, and leaves the name to others', async () => {
  const resumed = openLocalFolder(folder, processes).resume('m.bin', known, async function* () {
    yield bytesOf('abc');
    const [partial = ''] = await readdir(folder);
    await rm(join(folder, partial));
    await writeFile(join(folder, partial), 'another');
    yield bytesOf('def');
  });
  await expectCode(resumed, 'store/io');
  expect(await readdir(folder)).toEqual([]);
});

test('what is taken over is young at once, and is touched as long as it is in use', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await leave(nameOf(ended), 'abc', 'old');
    await openLocalFolder(folder, processes).resume('m.bin', known, async function* (left) {
      const [partial = ''] = await readdir(folder);
      const ageMs = async () => Date.now() - (await stat(join(folder, partial))).mtimeMs;
      expect(await ageMs()).toBeLessThan(600_000);
      await leave(partial, 'abc', 'old');
      expect(left.sizeBytes).toBe(3);
      vi.advanceTimersByTime(60_000);
      await vi.waitFor(async () => expect(await ageMs()).toBeLessThan(600_000), { timeout: 10_000 });
      yield bytesOf('def');
    });
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('what belongs to another user is neither taken nor removed', async () => {
  const theirs = await leave(nameOf(ended), 'abc');
  const ours = await leave(nameOf(own), '');
  const claimant = { processes, uid: (await stat(theirs)).uid + 1, isInUse: (path: string) => path === ours };
  await claimPartial(target(), known, ours, claimant);
  expect(await readFile(ours, 'utf8')).toBe('');
  expect(await readFile(theirs, 'utf8')).toBe('abc');
  await claimPartial(target(), known, ours, { ...claimant, uid: claimant.uid - 1 });
  expect(await readFile(ours, 'utf8')).toBe('abc');
});

test('what cannot be written, or has a second name, is passed over', async () => {
  const sealed = nameOf(ended);
  await chmod(await leave(sealed, 'abc'), 0o400);
  const precious = await leave('precious', 'abc', 'old');
  await link(precious, join(folder, nameOf(ended + 1)));
  expect(await attempt(['abcdef'])).toBe('');
  expect(await readdir(folder)).toHaveLength(4);
  expect(await readFile(precious, 'utf8')).toBe('abc');
});

test('what is left of the same file by who ended meanwhile is removed after a success', async () => {
  await openLocalFolder(folder, processes).resume('m.bin', known, async function* () {
    await leave(nameOf(ended), 'ab');
    yield bytesOf('abcdef');
  });
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('what is longer than the file is none of it, and is removed', async () => {
  await leave(nameOf(own), 'much longer');
  await leave(nameOf(ended), 'longer, too');
  expect(await attempt(['abcdef'])).toBe('');
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('of two that were broken off at once, the longer one is gone on with', async () => {
  for (const text of ['ab', 'abc']) await leave(nameOf(own), text);
  expect(await readdir(folder)).toHaveLength(2);
  expect(await attempt(['def'])).toBe('abc');
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('two that write one file at once each write their own', async () => {
  const opened = openLocalFolder(folder, processes);
  const write = (text: string) =>
    opened.resume('m.bin', known, async function* (left) {
      expect(left.sizeBytes).toBe(0);
      for (const letter of text) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        yield bytesOf(letter);
      }
    });
  await Promise.all([write('aaaaaa'), write('bbbbbb'), write('cccccc')]);
  expect(await readFile(target(), 'utf8')).toMatch(/^(?:a{6}|b{6}|c{6})$/);
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('names are held to the folder', async () => {
  const resume = openLocalFolder(folder, processes).resume('../m.bin', known, async function* () {});
  await expectCode(resume, 'core/invariant');
});
