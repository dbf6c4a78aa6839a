import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDigest, weighbridgeError } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLocalFolder } from './open-local-folder.js';
import { partialName } from './partial-files.js';

const [own, living, ended] = [10, 20, 30];
const processes = { own, isAlive: (id: number) => id === own || id === living };
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
/** What a process of this machine calls its own. */
const nameOf = (id: number) => partialName(target(), known, { own: id });

test('what came before a failure that may pass is there for the next attempt, and has no name until all came', async () => {
  expect(await attempt(['ab', 'c'], denied)).toBe('');
  expect(await readdir(folder)).toEqual([partialName(target(), known, processes)]);
  expect(await attempt(['d'], denied)).toBe('abc');
  expect(await attempt(['ef'])).toBe('abcd');
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
  expect(await readdir(folder)).toEqual(['m.bin']);
});

test('after a failure that stays nothing is left, and the file is what it was', async () => {
  await writeFile(target(), 'before');
  await attempt(['abc'], denied);
  await attempt(['d'], changed);
  expect(await readdir(folder)).toEqual(['m.bin']);
  expect(await readFile(target(), 'utf8')).toBe('before');
  expect(await attempt(['abcdef'])).toBe('');
});

test('what a process left that has ended is taken over, the longest of it; what one writes that lives is its own', async () => {
  await writeFile(join(folder, nameOf(ended)), 'abc');
  await writeFile(join(folder, nameOf(ended + 1)), 'ab');
  await writeFile(join(folder, nameOf(living)), 'abcd');
  expect(await attempt(['def'])).toBe('abc');
  expect((await readdir(folder)).sort()).toEqual([nameOf(living), 'm.bin'].sort());
});

test('of a process that nobody can ask after, what it has not written to for long', async () => {
  const elsewhere = nameOf(7).replace(/-[0-9a-f]{8}-7\./, '-01234567-7.');
  await writeFile(join(folder, elsewhere), 'abc');
  expect(await attempt(['x'], denied)).toBe('');
  await rename(join(folder, partialName(target(), known, processes)), join(folder, 'aside'));
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(folder, elsewhere), anHourAgo, anHourAgo);
  expect(await attempt(['def'])).toBe('abc');
});

test('what is longer than the file is none of it', async () => {
  await writeFile(join(folder, partialName(target(), known, processes)), 'much longer');
  await writeFile(join(folder, nameOf(ended)), 'longer, too');
  expect(await attempt(['abcdef'])).toBe('');
  expect(await readFile(target(), 'utf8')).toBe('abcdef');
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
