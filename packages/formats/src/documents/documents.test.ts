import { createHash } from 'node:crypto';
import { canonicalJson, type ErrorCode, utf8, WeighbridgeError } from '@weighbridge/core';
import { seededBytes } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHfConfig } from './hf-config.js';
import { parseMlmodel, parseMlmodelOrigin } from './mlmodel.js';
import { parseFrontMatter, parseModelCard } from './model-card.js';
import { modelDocumentType, parseModelDocument } from './model-documents.js';
import { parsePeftAdapter } from './peft-adapter.js';
import { parseStrictYaml } from './strict-yaml.js';
import { parseTokenizer } from './tokenizer.js';
import { parseGenerationConfig, parseTokenizerConfig } from './tokenizer-config.js';
import { compareVocabularies } from './vocabulary.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const options = { sha256 };

function codeOf(run: () => unknown): ErrorCode | null {
  try {
    run();
    return null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return cause.code;
    throw cause;
  }
}

describe('config.json', () => {
  const llama = {
    _name_or_path: '/tmp/x',
    architectures: ['LlamaForCausalLM'],
    attention_dropout: 0.1,
    hidden_size: 4096,
    intermediate_size: 14336,
    max_position_embeddings: 131072,
    model_type: 'llama',
    num_attention_heads: 32,
    num_hidden_layers: 32,
    num_key_value_heads: 8,
    pad_token_id: null,
    rope_scaling: { factor: 8, type: 'llama3' },
    rope_theta: 500000.0,
    torch_dtype: 'bfloat16',
    transformers_version: '4.43.0',
    use_cache: true,
    vocab_size: 128256,
  };
  const parse = (config: object) => parseHfConfig(JSON.stringify(config), options);

  test('is sorted by what a change of it means', () => {
    expect(parse(llama)).toEqual({
      architecture: {
        architectures: ['LlamaForCausalLM'],
        hidden_size: 4096,
        intermediate_size: 14336,
        max_position_embeddings: 131072,
        model_type: 'llama',
        num_attention_heads: 32,
        num_hidden_layers: 32,
        num_key_value_heads: 8,
        rope_parameters: { factor: 8, rope_theta: 500000, rope_type: 'llama3' },
        vocab_size: 128256,
      },
      dtype: { dtype: 'bfloat16' },
      quantization: null,
      labels: null,
      settings: { attention_dropout: 0.1 },
    });
  });

  test('says the same in the spelling of other releases', () => {
    const { torch_dtype, rope_scaling, rope_theta, ...rest } = llama;
    const renamed = {
      ...rest,
      _name_or_path: 'elsewhere',
      dtype: torch_dtype,
      rope_parameters: { factor: rope_scaling.factor, rope_type: rope_scaling.type, rope_theta },
      transformers_version: '5.0.0',
      use_cache: false,
    };
    expect(canonicalJson(parse(renamed))).toBe(canonicalJson(parse(llama)));
    const plain = { model_type: 'llama', rope_theta: 10000.0 };
    const spelledOut = { model_type: 'llama', rope_parameters: { rope_theta: 10000, rope_type: 'default' } };
    expect(canonicalJson(parse(spelledOut))).toBe(canonicalJson(parse(plain)));
  });

  test('of a multimodal model has dotted keys', () => {
    const facts = parse({
      model_type: 'gemma3',
      text_config: { hidden_size: 1, dtype: 'float16' },
      vision_config: { patch_size: 14, x: 1 },
    });
    expect(facts.architecture).toEqual({
      model_type: 'gemma3',
      'text_config.hidden_size': 1,
      'vision_config.patch_size': 14,
    });
    expect(facts.dtype).toEqual({ 'text_config.dtype': 'float16' });
    expect(facts.settings).toEqual({ 'vision_config.x': 1 });
  });

  test('has labels from either map', () => {
    expect(parse({ id2label: { 1: 'pos', 0: 'neg' } }).labels).toEqual({ 0: 'neg', 1: 'pos' });
    expect(parse({ label2id: { pos: 1, neg: 0 } }).labels).toEqual({ 0: 'neg', 1: 'pos' });
  });

  test('has its quantisation', () => {
    expect(
      parse({ quantization_config: { quant_method: 'awq', bits: 4, modules_to_not_convert: null } }).quantization,
    ).toEqual({ bits: 4, quant_method: 'awq' });
  });
});

describe('tokenizer.json', () => {
  const added = (id: number, content: string, special = true) => ({
    id,
    content,
    special,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  });
  const bpe = (vocab: Record<string, number>, merges: unknown, tokens: object[] = [], extra: object = {}) =>
    JSON.stringify({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: tokens,
      normalizer: { type: 'NFC' },
      pre_tokenizer: null,
      model: { type: 'BPE', dropout: null, unk_token: '<unk>', vocab, merges, ...extra },
    });
  const base = { a: 0, b: 1, c: 2, ab: 3, '<unk>': 4 };

  test('gives facts', () => {
    const facts = parseTokenizer(bpe(base, ['a b'], [added(5, '</s>'), added(4, '<unk>')]), options);
    expect(facts).toMatchObject({
      model: 'BPE',
      vocabulary: { count: 6, size: 6 },
      merges: { count: 1 },
      scores: null,
      addedTokenFlags: { count: 2 },
      specialTokens: { 4: '<unk>', 5: '</s>' },
      settings: { 'model.unk_token': '<unk>', normalizer: { type: 'NFC' } },
    });
  });

  test('is the same for both spellings of merges, any order of keys, and whatever it was last called with', () => {
    const one = parseTokenizer(bpe(base, ['a b'], [added(5, 'x'), added(6, 'y')]), options);
    const other = JSON.parse(bpe(base, [['a', 'b']], [added(6, 'y'), added(5, 'x')]));
    other.padding = { strategy: 'BatchLongest' };
    other.truncation = { max_length: 12 };
    other.model.vocab = Object.fromEntries(Object.entries(other.model.vocab).reverse());
    expect(parseTokenizer(JSON.stringify(other, null, 2), options)).toEqual(one);
  });

  test('tells added from moved tokens', () => {
    const vocabularyOf = (text: string) => parseTokenizer(text, options).vocabulary;
    const before = vocabularyOf(bpe(base, []));
    expect(compareVocabularies(before, vocabularyOf(bpe(base, [], [added(5, '<tool>')])))).toBe('added');
    expect(compareVocabularies(before, vocabularyOf(bpe({ ...base, d: 5 }, [])))).toBe('added');
    expect(compareVocabularies(before, vocabularyOf(bpe({ ...base, a: 1, b: 0 }, [])))).toBe('moved');
    expect(compareVocabularies(vocabularyOf(bpe({ ...base, d: 5 }, [])), before)).toBe('removed');
  });

  test('of Unigram has scores by place', () => {
    const text = (score: number) =>
      JSON.stringify({
        model: {
          type: 'Unigram',
          unk_id: 0,
          vocab: [
            ['<unk>', 0],
            ['a', score],
          ],
        },
      });
    const [one, other] = [parseTokenizer(text(-1.5), options), parseTokenizer(text(-2.5), options)];
    expect(one.vocabulary).toEqual(other.vocabulary);
    expect(one.scores).not.toBe(other.scores);
    expect(one).toMatchObject({ model: 'Unigram', merges: null, settings: { 'model.unk_id': 0 } });
  });

  test.each([
    ['no model', '{}'],
    ['no vocab', '{"model":{}}'],
    ['an id that is text', bpe({ a: '1' as unknown as number }, [])],
    ['an id that is no whole number', bpe({ a: 1.5 }, [])],
    ['a merge of three', bpe(base, ['a b c'])],
    ['a merge of numbers', bpe(base, [[1, 2]])],
    ['an added token without content', bpe(base, [], [{ id: 1 }])],
    ['Unigram without scores', '{"model":{"vocab":["a"]}}'],
  ])('is refused with %s', (_, text) => {
    expect(codeOf(() => parseTokenizer(text, options))).toBe('formats/document-malformed');
  });
});

describe('tokenizer_config.json', () => {
  const parse = (config: object) => parseTokenizerConfig(JSON.stringify(config), options);

  test('gives templates, special tokens and settings', () => {
    expect(
      parse({
        add_bos_token: true,
        added_tokens_decoder: { 0: { content: '<unk>' } },
        additional_special_tokens: ['<a>', { content: '<b>' }],
        bos_token: { __type: 'AddedToken', content: '<s>' },
        chat_template: '{{ messages }}',
        eos_token: '</s>',
        model_max_length: 1000000000000000019884624838656,
        name_or_path: '/tmp',
        pad_token: null,
        tokenizer_class: 'LlamaTokenizer',
      }),
    ).toEqual({
      chatTemplates: { default: '{{ messages }}' },
      specialTokens: {
        'additional_special_tokens.0': '<a>',
        'additional_special_tokens.1': '<b>',
        bos_token: '<s>',
        eos_token: '</s>',
      },
      addedTokens: { 0: '<unk>' },
      settings: { add_bos_token: true, tokenizer_class: 'LlamaTokenizer' },
    });
  });

  test('takes more special tokens than a call can have arguments', () => {
    const tokens = Array.from({ length: 200_000 }, (_, place) => `<${place}>`);
    expect(Object.keys(parse({ additional_special_tokens: tokens }).specialTokens)).toHaveLength(200_000);
  });

  test('takes named templates', () => {
    const named = [
      { name: 'tool_use', template: 'T' },
      { name: 'default', template: 'D' },
    ];
    expect(parse({ chat_template: named }).chatTemplates).toEqual({ default: 'D', tool_use: 'T' });
    expect(codeOf(() => parse({ chat_template: [...named, { name: 'default', template: 'E' }] }))).toBe(
      'formats/document-malformed',
    );
    expect(codeOf(() => parse({ chat_template: 7 }))).toBe('formats/document-malformed');
    expect(codeOf(() => parse({ chat_template: 'x'.repeat(300_000) }))).toBe('formats/document-too-large');
  });

  test('generation_config.json is its settings', () => {
    const text = JSON.stringify({
      _from_model_config: true,
      temperature: 0.6,
      top_k: null,
      transformers_version: '4',
      eos_token_id: [2, 1],
    });
    expect(parseGenerationConfig(text, options)).toEqual({ settings: { eos_token_id: [2, 1], temperature: 0.6 } });
  });
});

describe('adapter_config.json', () => {
  const lora = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    auto_mapping: null,
    base_model_name_or_path: 'meta-llama/Llama-3.1-8B',
    revision: null,
    inference_mode: true,
    r: 16,
    lora_alpha: 32,
    lora_dropout: 0.05,
    bias: 'none',
    target_modules: ['v_proj', 'q_proj'],
    modules_to_save: null,
    fan_in_fan_out: false,
    rank_pattern: {},
    use_rslora: true,
    peft_version: '0.17',
    some_new_key: { b: 1, a: 2 },
  };
  const parse = (config: object) => parsePeftAdapter(JSON.stringify(config));

  test('is in its own spelling, sets sorted, without defaults', () => {
    expect(parse(lora)).toEqual({
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      base_model_name_or_path: 'meta-llama/Llama-3.1-8B',
      revision: null,
      r: 16,
      lora_alpha: 32,
      lora_dropout: 0.05,
      target_modules: ['q_proj', 'v_proj'],
      use_rslora: true,
      some_new_key: { a: 2, b: 1 },
    });
  });

  test('has the library defaults for what is absent', () => {
    expect(parse({ peft_type: 'LORA' })).toMatchObject({
      r: 8,
      lora_alpha: 8,
      lora_dropout: 0,
      target_modules: null,
      revision: null,
    });
    expect(parse({ peft_type: 'IA3' })).toMatchObject({ r: null, lora_alpha: null });
  });

  test('is the same in any order of keys and sets', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
        fc.shuffledSubarray(Object.keys(lora), { minLength: Object.keys(lora).length }),
        (modules, keys) => {
          const config = { ...lora, target_modules: modules, modules_to_save: modules };
          const shuffled = Object.fromEntries(keys.map((key) => [key, config[key as keyof typeof config]]));
          const sorted = { ...config, target_modules: ['a', 'b', 'c', 'd'], modules_to_save: ['a', 'b', 'c', 'd'] };
          expect(canonicalJson(parse(shuffled))).toBe(canonicalJson(parse(sorted)));
        },
      ),
      { numRuns: 50, seed: 4 },
    );
  });

  test('takes a pattern for its modules and refuses anything else', () => {
    expect(parse({ ...lora, target_modules: '.*_proj' }).target_modules).toBe('.*_proj');
    expect(codeOf(() => parse({ ...lora, target_modules: [1] }))).toBe('formats/document-malformed');
    expect(codeOf(() => parse({}))).toBe('formats/document-malformed');
  });
});

describe('MLmodel', () => {
  const text = `artifact_path: x/artifacts
flavors:
  python_function: {env: {conda: conda.yaml}, loader_module: mlflow.sklearn, python_version: 3.11.7}
  sklearn: {code: null, pickled_model: model.skops, sklearn_version: 1.9.1}
mlflow_version: 3.17.2
model_id: m-9aab51
model_uuid: m-9aab51
run_id: ddf849
signature:
  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 1]}}, {"type": "double", "name": "x", "required": false}]'
  outputs: '[{"type": "object", "name": "o", "properties": {"b": {"type": "string"}, "a": {"type": "long"}}}]'
  params: '[{"name": "t", "type": "double", "default": NaN, "shape": null}]'
utc_time_created: '2026-11-24 04:07:41.353883'
type_hint_from_example: false
`;

  test('gives a typed signature, flavors and versions apart', () => {
    expect(parseMlmodel(text)).toEqual({
      signature: {
        inputs: [
          { name: null, kind: 'tensor', dtype: 'float64', shape: [-1, 1], required: true, detail: null },
          { name: 'x', kind: 'column', dtype: 'double', shape: null, required: false, detail: null },
        ],
        outputs: [
          {
            name: 'o',
            kind: 'column',
            dtype: 'object',
            shape: null,
            required: true,
            detail: { properties: { a: { type: 'long' }, b: { type: 'string' } } },
          },
        ],
        params: [{ name: 't', kind: 'parameter', dtype: 'double', shape: null, required: false, detail: 'NaN' }],
      },
      flavors: {
        python_function: { env: { conda: 'conda.yaml' }, loader_module: 'mlflow.sklearn' },
        sklearn: { pickled_model: 'model.skops' },
      },
      versions: { 'python_function.python_version': '3.11.7', 'sklearn.sklearn_version': '1.9.1' },
      settings: { type_hint_from_example: false },
    });
  });

  test('names code by its file, wherever it was saved from', () => {
    const withCode = (place: string) => parseMlmodel(`flavors:\n  python_function: {model_code_path: '${place}'}\n`);
    expect(withCode('/tmp/a1/echo.py').flavors).toEqual({ python_function: { model_code_path: 'echo.py' } });
    expect(withCode('C:\\work\\echo.py')).toEqual(withCode('echo.py'));
    expect(withCode('/tmp/other.py')).not.toEqual(withCode('echo.py'));
  });

  test('is the same for another run of the same model', () => {
    const rerun = text
      .replaceAll('m-9aab51', 'm-77')
      .replace('ddf849', 'aaaa')
      .replace('2026-11-24', '2026-11-25')
      .replace('3.17.2', '3.18.0');
    expect(parseMlmodel(rerun)).toEqual(parseMlmodel(text));
    expect(parseMlmodelOrigin(text)).toEqual({ runId: 'ddf849', modelId: 'm-9aab51', mlflowVersion: '3.17.2' });
  });

  test.each([
    ['no flavors', 'run_id: x', 'formats/document-malformed'],
    ['a list', '- a', 'formats/document-malformed'],
    ['a signature that is no JSON', "flavors: {}\nsignature: {inputs: '[{'}", 'formats/json-malformed'],
    ['a signature of scalars', "flavors: {}\nsignature: {inputs: '[1]'}", 'formats/document-malformed'],
    ['a field without type', "flavors: {}\nsignature: {inputs: '[{}]'}", 'formats/document-malformed'],
    ['a duplicate key', 'flavors: {}\nflavors: {}', 'formats/yaml-malformed'],
  ])('is refused with %s', (_, broken, code) => {
    expect(codeOf(() => parseMlmodel(broken))).toBe(code);
  });
});

describe('a model card', () => {
  const card = (front: string) => `---\n${front}\n---\n# Title\n`;

  test('gives its descent', () => {
    expect(
      parseModelCard(
        card(
          'base_model: [b/y, a/x]\nbase_model_relation: merge\nlicense: mit\nlibrary_name: peft\ndatasets: org/ds\nnew_version: org/v2',
        ),
      ),
    ).toEqual({
      baseModels: ['a/x', 'b/y'],
      relation: 'merge',
      newVersion: 'org/v2',
      library: 'peft',
      task: null,
      license: 'mit',
      datasets: ['org/ds'],
    });
    expect(parseModelCard(card('base_model: a/x')).baseModels).toEqual(['a/x']);
  });

  test('may have no front matter, or an empty one', () => {
    expect(parseModelCard('# Title\n---\na: b\n---\n').baseModels).toEqual([]);
    expect(parseFrontMatter('---\n---\nbody', 'x')).toEqual({ attributes: {}, body: 'body' });
    expect(parseFrontMatter('---\r\na: 1\r\n---\r\nbody', 'x')).toEqual({ attributes: { a: 1 }, body: 'body' });
    expect(parseFrontMatter('', 'x')).toBe(null);
  });
});

describe('strict YAML', () => {
  const parse = (text: string) => parseStrictYaml(text, 'x.yaml');

  test('is plain JSON with sorted keys', () => {
    expect(JSON.stringify(parse('b: [1, .nan, 2026-01-01]\na: {y: null, x: true}\n1: z'))).toBe(
      '{"1":"z","a":{"x":true,"y":null},"b":[1,".nan","2026-01-01"]}',
    );
    expect(Object.keys(parse('__proto__: {x: 1}') as object)).toEqual(['__proto__']);
    expect(parse('')).toBe(null);
  });

  test.each([
    ['a: 1\na: 2', 'formats/yaml-malformed'],
    ['a: &x [1]\nb: *x', 'formats/yaml-malformed'],
    ['a: [1', 'formats/yaml-malformed'],
    ['? [a]\n: 1', 'formats/yaml-malformed'],
    ['a: !!python/object:os.system x', 'formats/yaml-malformed'],
    ['['.repeat(100) + ']'.repeat(100), 'formats/document-too-large'],
    ['['.repeat(200_000), 'formats/document-too-large'],
    [`[${'1,'.repeat(200_000)}]`, 'formats/document-too-large'],
    ['a'.repeat(1024 * 1024 + 1), 'formats/document-too-large'],
  ])('refuses hostile text', (text, code) => {
    expect(codeOf(() => parse(text))).toBe(code);
  });
});

describe('documents by name', () => {
  test.each([
    ['out/config.json', 'hf-config'],
    ['tokenizer.json', 'tokenizer'],
    ['a/b/MLmodel', 'mlmodel'],
    ['unet/diffusion_pytorch_model.safetensors.index.json', 'safetensors-index'],
    ['constructor', null],
    ['myconfig.json', null],
  ])('%s is %s', (path, type) => {
    expect(modelDocumentType(path)).toBe(type);
  });

  const samples: Record<string, string> = {
    'config.json': '{"hidden_size":1}',
    'tokenizer.json': '{"model":{"vocab":{"a":0}}}',
    'tokenizer_config.json': '{"eos_token":"x"}',
    'generation_config.json': '{"temperature":1}',
    'chat_template.jinja': '{{ x }}',
    'adapter_config.json': '{"peft_type":"LORA"}',
    MLmodel: 'flavors: {}',
    'README.md': '---\nbase_model: a/b\n---\n',
    'model.safetensors.index.json': '{"weight_map":{"a":"b"}}',
  };

  test.each(Object.entries(samples))('%s gives JSON and named errors', (path, text) => {
    const document = parseModelDocument(path, utf8(text), options);
    expect(JSON.parse(canonicalJson(document))).toEqual(document);
    expect(codeOf(() => parseModelDocument(path, Uint8Array.of(0xff), options))).toBe('formats/document-malformed');
    const random = seededBytes(text.length, 3000);
    for (let run = 0; run < 1000; run++) {
      const mutant = utf8(text);
      mutant[(random[3 * run] ?? 0) % mutant.length] = random[3 * run + 1] ?? 0;
      expect(codeOf(() => parseModelDocument(path, mutant, options)) ?? 'formats/').toMatch(/^formats\//);
    }
  });
});
