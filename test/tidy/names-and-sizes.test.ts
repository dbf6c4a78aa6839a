import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { bannedNames, longFiles } from './ratchets.js';
import { readSource } from './source-text.js';
import { codeFiles, projectFiles, readText } from './tree.js';

const maxLines = 400;

/** Names that become the file that everybody imports and that imports everybody. */
const knots = ['utils', 'util', 'common', 'helpers', 'helper', 'shared', 'types', 'lib', 'libs', 'misc'];

test('no folder or file is called after nothing in particular', () => {
  const code = projectFiles.filter(
    (path) => /^(packages|test|tools|actions)\//.test(path) && !path.includes('fixtures/'),
  );
  const wrong = code.filter((path) =>
    path.split('/').some((part) => knots.includes(part.replace(/(\.test)?\.[a-z]+$/, ''))),
  );
  expect(wrong).toEqual([]);
});

test(`no file has more than ${maxLines} lines`, () => {
  const long = codeFiles.filter((path) => readText(path).split('\n').length - 1 > maxLines);
  expect(long).toEqual(longFiles);
});

test('files are named in lower case with hyphens, after the word they stand for', () => {
  const wrong = codeFiles.filter((path) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(posix.basename(path)));
  expect(wrong).toEqual([]);
});

test('nothing is called by a word that says nothing', () => {
  const declared = codeFiles.flatMap((path) =>
    [
      ...readSource(readText(path)).codeOnly.matchAll(
        /\b(function|const|let|class|interface|type)\s+([A-Za-z_$][\w$]*)/g,
      ),
    ]
      .filter(([, keyword = '', name = '']) => isBanned(keyword, name))
      .map(([, , name = '']) => `${path}: ${name}`),
  );
  expect(declared).toEqual(bannedNames);
});

function isBanned(keyword: string, name: string): boolean {
  return (
    /^(handle|process|manage)([A-Z]|$)/.test(name) ||
    /^do[A-Z]/.test(name) ||
    /^(data|info|utils?)$/.test(name) ||
    name.endsWith('Impl') ||
    (['class', 'interface', 'type'].includes(keyword) && /^I[A-Z][a-z]/.test(name))
  );
}
