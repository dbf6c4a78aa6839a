import { describe, expect, it } from 'vitest';
import { commands } from './index.js';
import { loadCommand, loadCommands } from './load-commands.js';
import { outline } from './outline.js';

const namesOf = async (...words: string[]) => (await loadCommands(words)).map(({ spec }) => spec.name);

describe('commands that are loaded when they are asked for', () => {
  it('are all there are, one word after the other', async () => {
    const names = [...new Set(commands.map(({ spec }) => spec.name.split(' ')[0] ?? ''))];
    expect((await Promise.all(names.map((name) => loadCommands([name])))).flat()).toEqual(commands);
    for (const words of [[], ['--help'], ['regsiter']]) expect(await loadCommands(words)).toEqual([]);
  });

  it('are outlined as they are', () => {
    const names = commands.map(({ spec }) => spec.name.split(' ')[0] ?? '');
    expect(outline.map(({ name }) => name)).toEqual([...new Set(names)]);
    for (const { name, words, summary } of outline) {
      const spec = commands.find((command) => command.spec.name === name)?.spec;
      const shown = spec?.arguments.map((word) => {
        const repeated = word.many === true ? `${word.name}...` : word.name;
        return word.required === true ? `<${repeated}>` : `[${repeated}]`;
      });
      expect({ name, words }).toEqual({ name, words: shown?.join(' ') ?? null });
      if (spec !== undefined) expect(summary).toBe(spec.summary);
    }
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
