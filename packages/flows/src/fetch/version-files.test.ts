import type { WholeVersion } from '../registry/version-artifacts.js';
import { parseModelName } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import { filesOfVersion, listNames, selectFiles } from './version-files.js';

const model = parseModelName('fraud');
const refused = async (run: () => unknown) => run();
const versionOf = (...paths: readonly string[]) =>
  ({
    version: '1.0.0',
    artifacts: paths.map((path) => ({ path, size: 1, sha256: 'a'.repeat(64) })),
  }) as unknown as WholeVersion;
const namesOf = (...paths: readonly string[]) => filesOfVersion(model, versionOf(...paths)).map(({ name }) => name);

describe('the files of a version', () => {
  it('are named from the innermost folder of all', () => {
    expect(namesOf('models/fraud/a.bin', 'models/fraud/text/b.json')).toEqual(['a.bin', 'text/b.json']);
    expect(namesOf('models/fraud/a.bin')).toEqual(['a.bin']);
    expect(namesOf('a/x', 'b/x')).toEqual(['a/x', 'b/x']);
  });

  it.each([
    ['../x'],
    ['/etc/passwd'],
    ['a/../../x'],
    ['a//x'],
    ['a/./x'],
    ['a/'],
    [''],
    ['a\\..\\x'],
    ['C:/x'],
    ['a/x:stream'],
    ['a/\u0000'],
    ['a/\u001b[2J'],
    ['.git/hooks/post-checkout'],
    ['a/.GIT/config'],
  ])('never lead out of a folder, or into what others run: %j', async (path) => {
    await expectCode(
      refused(() => filesOfVersion(model, versionOf('models/ok.bin', path))),
      'flow/path-leaves-folder',
    );
    await expectCode(
      refused(() => filesOfVersion(model, versionOf(path))),
      'flow/path-leaves-folder',
    );
  });

  it.each([[['a/x', 'a/x']], [['a/x', 'a/x/y', 'b']]])('can all be written: %j', async (paths) => {
    await expectCode(
      refused(() => filesOfVersion(model, versionOf(...paths))),
      'flow/path-leaves-folder',
    );
  });

  it('are selected by name and by path', async () => {
    const files = filesOfVersion(model, versionOf('m/a.bin', 'm/text/b.json'));
    const about = { model, version: '1.0.0' };
    const select = (pattern: string | null) => selectFiles(files, pattern, about).map(({ name }) => name);
    expect(select(null)).toHaveLength(2);
    expect(select('*.bin')).toEqual(['a.bin']);
    expect(select('m/text/*')).toEqual(['text/b.json']);
    expect(select('**')).toHaveLength(2);
    await expectCode(
      refused(() => selectFiles(files, '*.json', about)),
      'flow/nothing-selected',
    );
  });

  it('are listed in messages up to a number', () => {
    expect(listNames([])).toBe('none');
    expect(listNames(Array.from({ length: 22 }, (_, index) => `${index}`))).toMatch(/, 19 and 2 more$/);
  });
});
