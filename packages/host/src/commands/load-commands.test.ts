import { describe, expect, it } from 'vitest';
import { commands } from './index.js';
import { loadCommand, loadCommands } from './load-commands.js';

const namesOf = async (...words: string[]) => (await loadCommands(words)).map(({ spec }) => spec.name);

describe('commands that are loaded when they are asked for', () => {
  it('are all there are, in their order, where none is named', async () => {
    expect(await loadCommands([])).toEqual(commands);
    expect(await loadCommands(['--help'])).toEqual(commands);
    expect(await loadCommands(['regsiter'])).toEqual(commands);
  });

  it('are each the one of its name, alone where it is no group', async () => {
    for (const command of commands) expect(await loadCommand(command.spec.name)).toBe(command);
    expect(await namesOf('show', 'store', 'push')).toEqual(['show']);
    expect(await namesOf('store', 'push', '--json')).toEqual(['store push']);
  });

  it('are those of a group where only the group is named', async () => {
    const store = commands.map(({ spec }) => spec.name).filter((name) => name.startsWith('store '));
    expect(await namesOf('store', '--help')).toEqual(store);
    expect(await namesOf('store')).toEqual(store);
    expect(await namesOf('hold', 'release')).toEqual(['hold', 'hold release']);
  });
});
