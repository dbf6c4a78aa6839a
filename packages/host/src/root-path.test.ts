import { describe, expect, it } from 'vitest';
import { commands } from './commands/index.js';
import { rootPath } from './root-path.js';

const place = { root: '/srv/models', folder: '/srv/models/out' };

/** Inputs whose files a commit is to hold, or that are read as evidence. */
const within = [
  ['attest', 'output'],
  ['attest', 'metrics'],
  ['attest', 'recomputed'],
  ['card', 'output'],
  ['bom', 'output'],
  ['notes', 'output'],
  ['documents', 'into'],
  ['evidence add', 'examples'],
  ['evidence add', 'attestation'],
  ['sign', 'bundle'],
] as const;
/** Inputs that name what is made for use elsewhere. */
const anywhere = [
  ['audit export', 'output'],
  ['export', 'oci'],
  ['pull', 'into'],
  ['sign', 'output'],
  ['verify', 'output'],
] as const;

function descriptionOf(command: string, input: string): string {
  const found = commands.find(({ spec }) => spec.name === command);
  return found?.spec.inputs.find(({ name }) => name === input)?.description ?? '';
}

describe('a path of the command line', () => {
  it('is one of the repository, or refused', () => {
    const asked = { command: 'sign', input: 'bundle' };
    expect(rootPath(place, '../fraud/a.json', asked)).toBe('fraud/a.json');
    const outside = () => rootPath(place, '../../a.json', asked);
    expect(outside).toThrowError(expect.objectContaining({ code: 'host/input' }));
  });

  it.each(within)('of %s --%s is told to be in the repository', (command, input) => {
    expect(descriptionOf(command, input)).toContain('in the repository');
  });

  it.each(anywhere)('of %s --%s is told to be anywhere', (command, input) => {
    expect(descriptionOf(command, input)).toContain('anywhere');
  });
});
