import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSafetensors, type WrittenTensor } from '@weighbridge/testkit';
import { type GovernedRepository, makeGovernedRepository } from './governed-repository.js';

let repository: GovernedRepository;
beforeAll(async () => {
  repository = await makeGovernedRepository();
}, 120_000);
afterAll(() => repository.dispose());

const zeros = (name: string, shape: readonly number[], value = 0): WrittenTensor => {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { name, dtype: 'F32', shape, bytes: new Uint8Array(new Float32Array(count).fill(value).buffer) };
};
const attention = 'model.layers.0.self_attn';
const base = (value: number, hidden = 8) =>
  writeSafetensors({
    tensors: [
      zeros('model.embed_tokens.weight', [6, hidden], value),
      zeros(`${attention}.q_proj.weight`, [hidden, hidden], value),
      zeros(`${attention}.v_proj.weight`, [4, hidden], value),
    ],
  });
interface LoraShape {
  readonly rank?: number;
  readonly inputs?: number;
  readonly value?: number;
  readonly layers?: readonly (readonly [string, number])[];
}
const lora = ({
  rank = 2,
  inputs = 8,
  value = 1,
  layers = [
    ['q_proj', 8],
    ['v_proj', 4],
  ],
}: LoraShape = {}) =>
  writeSafetensors({
    tensors: layers.flatMap(([name, outputs]) => [
      zeros(`base_model.model.${attention}.${name}.lora_A.weight`, [rank, inputs], value),
      zeros(`base_model.model.${attention}.${name}.lora_B.weight`, [outputs, rank], value),
    ]),
  });
const peft = (over: object = {}) =>
  JSON.stringify({
    peft_type: 'LORA',
    r: 2,
    lora_alpha: 4,
    target_modules: ['v_proj', 'q_proj'],
    base_model_name_or_path: '/mnt/base',
    ...over,
  });
const tokenizer = (tokens: readonly string[]) =>
  JSON.stringify({
    version: '1.0',
    added_tokens: [],
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
  });
const tokens = ['[UNK]', 'answer', 'kindly', 'the'];

async function writeAdapter(name: string, range: string, { weights = lora(), config = peft(), more = '' } = {}) {
  await repository.write(
    `models/${name}/model.yaml`,
    `name: ${name}\nkind: adapter\nbase: { model: "registry:llama@${range}" }\nartifacts: [out]\n${more}`,
  );
  await repository.write(`models/${name}/out/adapter_model.safetensors`, weights);
  await repository.write(`models/${name}/out/adapter_config.json`, config);
}
const nextOf = async (model: string) => {
  const { json } = await repository.run('version', { models: model });
  const [found] = (json as { models: { next: string; bump: string; changes: { rule: string; because: string }[] }[] })
    .models;
  return { next: found?.next, bump: found?.bump, rules: found?.changes.map(({ rule }) => rule) };
};
interface Listing {
  readonly adapters: readonly {
    readonly model: string;
    readonly version: string;
    readonly servable: boolean;
    readonly findings: readonly { readonly check: string; readonly verdict: string; readonly because: string }[];
    readonly obstacles: readonly string[];
  }[];
  readonly vllm: { readonly args: readonly string[] };
  readonly kserve: unknown;
}
const adaptersFor = async (name: string, more: Readonly<Record<string, string>> = {}) =>
  (await repository.run('adapters', { for: name, ...more })).json as Listing;

describe('adapters, prompts, retrieval and systems, each on a line of its own', { timeout: 240_000 }, () => {
  test('a base and its adapters are registered, each locked to the base that it was resolved to', async () => {
    await repository.write('models/llama/model.yaml', 'name: llama\nkind: model\nartifacts: [w]\n');
    await repository.write('models/llama/w/model.safetensors', base(1));
    await repository.write('models/llama/w/tokenizer.json', tokenizer(tokens));
    await writeAdapter('support', '^1.0.0');
    await writeAdapter('dora', '^1.0.0', { config: peft({ use_dora: true, modules_to_save: ['lm_head'] }) });
    repository.commit('Add a base and two adapters');
    await repository.run('register');
    const { json } = await repository.run('show', { models: 'support' });
    expect(json).toMatchObject({ versions: [{ version: '1.0.0', bump: 'initial' }] });
  });

  test('what can be served on the base is listed, with arguments for vLLM and entries for KServe', async () => {
    const listing = await adaptersFor('llama@1.0.0');
    expect(listing.adapters.map(({ model, servable }) => [model, servable])).toEqual([
      ['dora', false],
      ['support', true],
    ]);
    expect(listing.adapters[0]?.obstacles.join(' ')).toMatch(/DoRA.*modules_to_save: lm_head/);
    expect(listing.adapters[1]?.findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
      'base pass',
      'layers pass',
      'shapes pass',
      'rank pass',
    ]);
    expect(listing.vllm.args).toEqual([
      '--enable-lora',
      '--max-lora-rank',
      '8',
      '--max-loras',
      '1',
      '--served-model-name',
      'llama',
      '--lora-modules',
      'support=/adapters/support/1.0.0',
    ]);
    const { text } = await repository.run('adapters', {
      for: 'llama@1.0.0',
      format: 'kserve',
      uri: 's3://b/{model}/{version}',
    });
    expect(text).toBe(
      'spec:\n  model:\n    lora:\n      adapters:\n        - name: "support"\n          uri: "s3://b/support/1.0.0"\n',
    );
    expect((await repository.run('adapters', { for: 'llama@1.0.0', format: 'vllm' })).text).toMatch(
      /^--enable-lora .*support=\/adapters\/support\/1\.0\.0\n$/,
    );
    expect((await adaptersFor('llama@development', { stage: 'production' })).adapters).toEqual([]);
    expect((await adaptersFor('hf://org/other@abc')).adapters.every(({ servable }) => !servable)).toBe(true);
  });

  test.each([
    [
      'a layer that the base lacks',
      { weights: lora({ layers: [['k_proj', 8]] }), config: peft({ target_modules: ['k_proj'] }) },
    ],
    ['inputs of another width', { weights: lora({ inputs: 16 }) }],
    [
      'outputs of another width',
      {
        weights: lora({
          layers: [
            ['q_proj', 8],
            ['v_proj', 8],
          ],
        }),
      },
    ],
    ['another rank than the configured one', { weights: lora({ rank: 3 }) }],
    ['a target that matches nothing', { config: peft({ target_modules: ['q_proj', 'gate_proj'] }) }],
  ])('an adapter with %s is refused', async (_, given) => {
    await writeAdapter('support', '^1.0.0', given);
    expect(await repository.failure('version', { models: 'support' })).toBe('flow/adapter-unfit');
    await writeAdapter('support', '^1.0.0');
  });

  test('a pattern of ranks counts where it names a layer', async () => {
    const weights = writeSafetensors({
      tensors: [
        zeros(`base_model.model.${attention}.q_proj.lora_A.weight`, [4, 8], 1),
        zeros(`base_model.model.${attention}.q_proj.lora_B.weight`, [8, 4], 1),
        zeros(`base_model.model.${attention}.v_proj.lora_A.weight`, [2, 8], 1),
        zeros(`base_model.model.${attention}.v_proj.lora_B.weight`, [4, 2], 1),
      ],
    });
    await writeAdapter('support', '^1.0.0', {
      weights,
      config: peft({ target_modules: 'all-linear', rank_pattern: { q_proj: 4 } }),
    });
    expect(await nextOf('support')).toMatchObject({ next: '2.0.0', bump: 'major' });
    await writeAdapter('support', '^1.0.0');
  });

  test('a range in which no version lies is an error that says which there are; a part that is not there waits', async () => {
    await writeAdapter('support', '^3.0.0');
    expect(await repository.failure('version', { models: 'support' })).toBe('flow/no-version-in-range');
    await writeAdapter('support', '^1.0.0');
    await repository.write(
      'models/bot/model.yaml',
      'name: bot\nkind: system\nuses: [{ model: persona, version: ^1.0.0 }]\n',
    );
    const { notices } = await repository.run('version', { models: 'bot' });
    expect(notices.map(({ text }) => text).join(' ')).toContain('persona@^1.0.0 is not registered here yet');
  });

  test('models that are built on each other are refused', async () => {
    await repository.write(
      'models/persona/model.yaml',
      'name: persona\nkind: prompt\nprompts: [p.md]\nuses: [{ model: bot, version: "*" }]\n',
    );
    await repository.write('models/persona/p.md', 'Answer {{ question }} kindly.\n');
    expect(await repository.failure('version')).toBe('flow/uses-cycle');
    await repository.write(
      'models/persona/model.yaml',
      'name: persona\nkind: prompt\nprompts: [p.md]\nbase: { model: ./tok }\n',
    );
    await repository.write('models/persona/tok/tokenizer.json', tokenizer(tokens));
  });

  test('a system is registered after its parts and locked to them', async () => {
    await repository.write('models/docs/model.yaml', 'name: docs\nkind: retrieval\nretrieval: retrieval.yaml\n');
    await repository.write(
      'models/docs/retrieval.yaml',
      'embedding: { model: BAAI/bge-m3, dimension: 1024 }\nchunking: { size: 512, overlap: 64 }\nquery: { top_k: 5 }\n',
    );
    await repository.write(
      'models/bot/model.yaml',
      'name: bot\nkind: system\nuses:\n- { model: support, version: ^1.0.0 }\n- { model: persona, version: ^1.0.0 }\n- { model: docs, version: ^1.0.0 }\n',
    );
    repository.commit('Add a system');
    await repository.run('register');
    expect((await repository.run('show', { models: 'bot' })).json).toMatchObject({ versions: [{ version: '1.0.0' }] });
    expect(await nextOf('bot')).toMatchObject({ bump: 'none' });
  });

  test('a part moves its system by its own bump, once it is registered', async () => {
    await repository.write('models/persona/p.md', 'Answer {{ question }} kindly.\nthe answer\n');
    repository.commit('Say it otherwise');
    const { text } = await repository.run('version', { models: 'persona' });
    expect(text).toMatch(/1\.0\.0.*1\.1\.0/);
    await repository.run('register', { models: 'persona' });
    expect(await nextOf('bot')).toEqual({ next: '1.1.0', bump: 'minor', rules: ['uses.part-minor'] });
    await repository.run('register', { models: 'bot' });
    await repository.write(
      'models/docs/retrieval.yaml',
      'embedding: { model: BAAI/bge-m3, dimension: 1024 }\nchunking: { size: 512, overlap: 64 }\nquery: { top_k: 8 }\n',
    );
    repository.commit('Ask for more hits');
    await repository.run('register');
    expect((await repository.run('show', { models: 'bot' })).json).toMatchObject({
      versions: [{ version: '1.0.0' }, { version: '1.1.0' }, { version: '1.1.1', bump: 'patch' }],
    });
  });

  test('parts and their system changed at once: the system is weighed by what its parts will become', async () => {
    const before = 'Answer {{ question }} kindly.\nthe answer\n';
    await repository.write('models/persona/p.md', `${before}the question\n`);
    expect(await nextOf('bot')).toMatchObject({ bump: 'none' });
    const { json } = await repository.run('version');
    const { models } = json as { models: { model: string; next: string | null; changes: { rule: string }[] }[] };
    const found = (name: string) => models.find(({ model }) => model === name);
    expect(found('persona')).toMatchObject({ next: '1.2.0' });
    expect(found('bot')).toMatchObject({ next: '1.2.0', changes: [{ rule: 'uses.part-minor' }] });
    await repository.write('models/persona/p.md', before);
  });

  test('a variable more is major for the prompt, and for a system that takes it', async () => {
    await repository.write('models/persona/p.md', 'Answer {{ question }} in {{ language }}.\n');
    await repository.write(
      'models/bot/model.yaml',
      'name: bot\nkind: system\nuses:\n- { model: support, version: ^1.0.0 }\n- { model: persona, version: ">=1.0.0" }\n- { model: docs, version: ^1.0.0 }\n',
    );
    repository.commit('Ask for the language');
    await repository.run('register');
    expect((await repository.run('show', { models: 'persona' })).json).toMatchObject({
      versions: [{}, {}, { version: '2.0.0' }],
    });
    const { versions } = (await repository.run('show', { models: 'bot' })).json as {
      versions: { version: string; bump: string }[];
    };
    expect(versions.at(-1)).toMatchObject({ version: '2.0.0', bump: 'major' });
  });

  test('tokens are counted by the tokenizer that is there', async () => {
    await repository.write('models/persona/p.md', 'Answer the {{ question }} in {{ language }} kindly.\n');
    const { json, notices } = await repository.run('version', { models: 'persona' });
    const [persona] = (json as { models: { changes: { because: string }[] }[] }).models;
    expect(persona?.changes[0]?.because).toMatch(/changed: \d+ tokens, before \d+\.$/);
    expect(notices.map(({ text }) => text).join(' ')).not.toContain('not counted');
    await repository.write('models/persona/p.md', 'Answer {{ question }} in {{ language }}.\n');
  });

  test('tokens are counted by the tokenizer of the registered base, also once the repository has another', async () => {
    const manifest = 'name: greeter\nkind: prompt\nprompts: [p.md]\nbase: { model: "registry:llama@^1.0.0" }\n';
    await repository.write('models/greeter/model.yaml', manifest);
    await repository.write('models/greeter/p.md', 'the answer\n');
    repository.commit('Add a prompt on the base');
    await repository.run('register', { models: 'greeter' });
    const told = async (): Promise<string> => {
      await repository.write('models/greeter/p.md', 'the answer kindly\n');
      const { json, notices } = await repository.run('version', { models: 'greeter' });
      await repository.write('models/greeter/p.md', 'the answer\n');
      const [greeter] = (json as { models: { changes: { because: string }[] }[] }).models;
      return [...(greeter?.changes ?? []).map(({ because }) => because), ...notices.map(({ text }) => text)].join(' ');
    };
    expect(await told()).toContain('changed: 3 tokens, before 2.');
    await repository.write('models/llama/w/tokenizer.json', tokenizer([...tokens, 'a']));
    expect(await told()).toContain('changed: 3 tokens, before 2.');
    await repository.write('models/llama/w/tokenizer.json', tokenizer(tokens));
  });

  test('a new version of the base moves the adapter by the bump of the base, if it still fits', async () => {
    await repository.write('models/llama/w/model.safetensors', base(2));
    repository.commit('Train the base anew');
    await repository.run('register', { models: 'llama' });
    expect(await nextOf('support')).toMatchObject({ next: '1.0.1', bump: 'patch', rules: ['base.registry-patch'] });
    expect((await adaptersFor('llama@1.0.1')).adapters.find(({ model }) => model === 'support')?.servable).toBe(true);
    await repository.write('models/llama/w/model.safetensors', base(2, 16));
    repository.commit('Widen the base');
    await repository.run('register', { models: 'llama' });
    const { adapters, vllm } = await adaptersFor('llama@2.0.0');
    expect(adapters.find(({ model }) => model === 'support')).toMatchObject({ servable: false });
    expect(vllm.args).toEqual([]);
    await writeAdapter('support', '>=1.0.0');
    expect(await repository.failure('version', { models: 'support' })).toBe('flow/adapter-unfit');
    await writeAdapter('support', '^1.0.0');
  });

  test('tokens that the adapter adds need rows', async () => {
    const files = (vocabulary: readonly string[]) =>
      repository.write('models/support/out/tokenizer.json', tokenizer(vocabulary));
    await files([...tokens, 'a', 'b']);
    expect(await nextOf('support')).toMatchObject({ bump: 'minor' });
    await files([...tokens, 'a', 'b', 'c']);
    expect(await repository.failure('version', { models: 'support' })).toBe('flow/adapter-unfit');
    await files(['[UNK]', 'kindly', 'answer', 'the']);
    expect(await repository.failure('version', { models: 'support' })).toBe('flow/adapter-unfit');
  });
});
