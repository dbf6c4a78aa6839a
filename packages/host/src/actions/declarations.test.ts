import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.js';
import { actionDeclarations } from './declarations.js';

/** Actions of one command each: that of evidence has another name. */
const specOf = (folder: string) =>
  commands.find(({ spec }) => folder === `actions/${spec.name.replace(/^evidence add$/, 'evidence')}`)?.spec;
const single = actionDeclarations.filter(({ folder }) => specOf(folder) !== undefined);

describe('the declaration of an action', () => {
  it('takes the key of the ledger where it writes entries, and nowhere else', () => {
    const taking = single.filter(({ inputs }) => inputs.some(({ name }) => name === 'signing-key'));
    expect(taking.map(({ folder }) => folder.replace('actions/', '')).toSorted()).toEqual([
      'apply',
      'evidence',
      'promote',
      'register',
      'rollback',
      'sign',
    ]);
    for (const { permissions } of taking) expect(permissions.map(({ scope }) => scope)).toContain('contents: write');
  });

  it.each(single.map((action) => [action.folder, action] as const))('%s shows a step that runs', (folder, action) => {
    const spec = specOf(folder);
    const required = [...(spec?.arguments ?? []), ...(spec?.inputs ?? [])].filter((input) => input.required === true);
    for (const { name } of required) expect(Object.keys(action.shown)).toContain(name);
    const names = action.inputs.map(({ name }) => name);
    for (const name of Object.keys(action.shown)) expect(names).toContain(name);
  });
});
