import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parsePolicy } from '@weighbridge/manifest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GovernedRepository, makeGovernedRepository } from './governed-repository.js';

const example = fileURLToPath(new URL('../../examples/support-bot', import.meta.url));
const names = ['bot', 'handbook', 'llama-tiny', 'persona', 'support'];

interface Weighed {
  readonly models: readonly {
    readonly model: string;
    readonly next: string | null;
    readonly bump: string;
    readonly changes: readonly { readonly rule: string }[];
  }[];
}

let team: GovernedRepository;
const moved = async () => {
  const { models } = (await team.run('version')).json as Weighed;
  return Object.fromEntries(
    models.filter(({ bump }) => bump !== 'none').map(({ model, next, changes }) => [model, [next, changes[0]?.rule]]),
  );
};
const change = async (path: string, from: string, to: string) => {
  const before = await team.read(path);
  expect(before).toContain(from);
  await team.write(path, before.replace(from, to));
};

describe('the example with a model of every kind, as a team copies it', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    team = await makeGovernedRepository();
    team.built.git('rm', '-r', '--quiet', 'models', 'weighbridge.yaml');
    await cp(example, team.root, { recursive: true });
    team.commit('Begin with the example');
  }, 120_000);
  afterAll(() => team.dispose());

  test('is complete: init keeps what is there, and nothing is left to tell', async () => {
    const { kept, written } = (await team.run('init', { 'dry-run': 'true' })).json as {
      kept: readonly string[];
      written: readonly string[];
    };
    expect(kept).toEqual(expect.arrayContaining(['weighbridge.yaml']));
    expect(written.filter((path) => !path.startsWith('.github/'))).toEqual([]);
    const { notices, json } = await team.run('version');
    expect(notices.filter(({ level }) => level === 'warning')).toEqual([]);
    expect((json as Weighed).models.map(({ model, next }) => [model, next])).toEqual(
      names.map((name) => [name, '1.0.0']),
    );
  });

  test('registers every part, and promotes the system through gates that pass', async () => {
    await team.run('register');
    for (const to of ['staging', 'production']) {
      for (const name of names) {
        const outcome = await team.run('promote', { model: `${name}@1.0.0`, to, how: 'direct' });
        expect(outcome.text, name).toContain(`Promoted ${name} 1.0.0 to ${to}`);
        const failed = outcome.text.split('\n').filter((line) => /^ *✗/.test(line));
        expect(failed, name).toEqual([]);
      }
    }
    team.commit('Everything runs 1.0.0');
    const shown = (await team.run('show', { models: 'bot' })).json as { stages: object };
    expect(shown).toMatchObject({ stages: { production: '1.0.0' } });
  });

  test('serves the adapter on its base, and draws the parts of the bot', async () => {
    const { adapters } = (await team.run('adapters', { for: 'llama-tiny@1.0.0' })).json as { adapters: object[] };
    expect(adapters).toMatchObject([{ model: 'support', servable: true }]);
    const { text } = await team.run('lineage', { version: 'bot@1.0.0', direction: 'both', format: 'text' });
    for (const name of names) expect(text).toContain(name);
    expect((await team.run('impact', { about: 'llama-tiny', bump: 'minor', format: 'text' })).text).toContain('bot');
  });

  test('moves the prompt and the bot with a wording, as its README says', async () => {
    await change('models/persona/prompts/answer.jinja', 'kindly', 'briefly');
    expect(await moved()).toEqual({ persona: ['1.1.0', 'prompts.own-wording'], bot: ['1.1.0', 'uses.part-minor'] });
    await change('models/persona/prompts/answer.jinja', 'briefly', 'kindly');
  });

  test.each([
    ['a passage more', 'models/handbook/retrieval.yaml', 'top_k: 8', 'top_k: 9', 'handbook', '1.0.1'],
    ['another embedding', 'models/handbook/retrieval.yaml', 'BAAI/bge-m3', 'BAAI/bge-m4', 'handbook', '2.0.0'],
    [
      'another scaling',
      'models/support/out/adapter_config.json',
      '"lora_alpha": 4',
      '"lora_alpha": 8',
      'support',
      '1.0.1',
    ],
    ['a variable more', 'models/persona/prompts/answer.jinja', 'kindly', 'in {{ language }}', 'persona', '2.0.0'],
    [
      'other tokens',
      'models/llama-tiny/tokenizer.json',
      '"answer": 1, "the": 2',
      '"answer": 2, "the": 1',
      'llama-tiny',
      '2.0.0',
    ],
  ])('tells %s apart', async (_, path, from, to, name, next) => {
    await change(path, from, to);
    expect((await moved())[name]?.[0]).toBe(next);
    await change(path, to, from);
  });

  test('has a policy without faults', async () => {
    const bytes = new TextEncoder().encode(await team.read('weighbridge.yaml'));
    expect(parsePolicy({ path: 'weighbridge.yaml', bytes })).toMatchObject({ ok: true });
  });
});
