import { digestOf, part } from '../snapshot-builder.js';
import type { Pair } from './pair.js';
import { layer, lora, file, documents, base, runtime, registry } from './pieces.js';

export const lineagePairs: readonly Pair[] = [
  // Adapters.
  {
    name: 'rank',
    from: documents(['adapter_config.json', lora]),
    to: documents(['adapter_config.json', { ...lora, r: 32 }]),
    bump: ['major', 'minor'],
    rules: ['adapter.rank'],
  },
  {
    name: 'target modules',
    from: documents(['adapter_config.json', lora]),
    to: documents(['adapter_config.json', { ...lora, target_modules: ['q_proj', 'k_proj', 'v_proj'] }]),
    bump: ['major', 'minor'],
    rules: ['adapter.target-modules'],
  },
  {
    name: 'target modules in another order',
    from: documents(['adapter_config.json', lora]),
    to: documents(['adapter_config.json', { ...lora, target_modules: ['v_proj', 'q_proj'], peft_version: '0.19' }]),
    bump: 'none',
    rules: [],
  },
  {
    name: 'alpha',
    from: documents(['adapter_config.json', lora]),
    to: documents(['adapter_config.json', { ...lora, lora_alpha: 64 }]),
    bump: 'patch',
    rules: ['adapter.scaling'],
  },
  {
    name: 'another method',
    from: documents(['adapter_config.json', lora]),
    to: documents(['adapter_config.json', { ...lora, peft_type: 'LOHA' }]),
    bump: ['major', 'minor'],
    rules: ['adapter.type'],
  },
  {
    name: 'another base in its own file alone',
    from: documents(['adapter_config.json', lora]),
    to: documents(['adapter_config.json', { ...lora, base_model_name_or_path: 'Qwen/Qwen3-8B' }]),
    bump: ['major', 'minor'],
    rules: ['adapter.base-name'],
  },

  // Base.
  {
    name: 'another base',
    from: base('hf://meta-llama/Llama-3.1-8B'),
    to: base('hf://Qwen/Qwen3-8B'),
    bump: ['major', 'minor'],
    rules: ['base.model'],
  },
  {
    name: 'another revision',
    from: base('hf://meta-llama/Llama-3.1-8B', { revision: 'a' }),
    to: base('hf://meta-llama/Llama-3.1-8B', { revision: 'b' }),
    bump: ['minor', 'patch'],
    rules: ['base.revision'],
  },
  {
    name: 'a copy under another name',
    from: base('hf://meta-llama/Llama-3.1-8B', { content: digestOf('x') }),
    to: base('hf://acme/llama', { content: digestOf('x') }),
    bump: 'none',
    rules: ['base.renamed'],
  },
  {
    name: 'a dated snapshot',
    from: base('vendor:openai/gpt-4.1'),
    to: base('vendor:openai/gpt-4.1-2025-04-14'),
    bump: ['minor', 'patch'],
    rules: ['base.dated-snapshot'],
  },
  {
    name: 'another generation',
    from: base('vendor:openai/gpt-4.1'),
    to: base('vendor:openai/gpt-4.1-mini'),
    bump: ['major', 'minor'],
    rules: ['base.model'],
  },
  {
    name: 'a quantisation by others',
    from: base('hf://meta-llama/Llama-3.1-8B'),
    to: base('hf://bartowski/Llama-3.1-8B-GGUF'),
    bump: ['minor', 'patch'],
    rules: ['base.quantisation'],
  },
  {
    name: 'a base of this registry, major',
    from: registry('1.2.0'),
    to: registry('2.0.0'),
    bump: 'major',
    rules: ['base.registry-major'],
  },
  {
    name: 'a base of this registry, minor',
    from: registry('1.2.0'),
    to: registry('1.3.0'),
    bump: 'minor',
    rules: ['base.registry-minor'],
  },
  {
    name: 'a base of this registry, patch',
    from: registry('1.2.0', 'a'),
    to: registry('1.2.1', 'b'),
    bump: 'patch',
    rules: ['base.registry-patch'],
  },
  {
    name: 'a base that is named for the first time',
    from: file(layer),
    to: { ...file(layer), ...base('hf://meta-llama/Llama-3.1-8B') },
    bump: 'patch',
    rules: ['base.declared'],
  },

  // Runtime and parts.
  {
    name: 'a major version of the framework',
    from: runtime({}),
    to: runtime({ frameworkVersion: '3.0.1' }),
    bump: 'minor',
    rules: ['runtime.framework-major'],
  },
  {
    name: 'a minor version of the framework',
    from: runtime({}),
    to: runtime({ frameworkVersion: '2.10.0' }),
    bump: 'patch',
    rules: ['runtime.framework-version'],
  },
  {
    name: 'image and lock',
    from: runtime({}),
    to: runtime({ image: 'sha256:a', lock: { path: 'uv.lock', digest: digestOf('l') } }),
    bump: 'patch',
    rules: ['runtime.image', 'runtime.lock'],
  },
  {
    name: 'a part with a major release',
    from: { kind: 'system', uses: [part('ranker', '1.0.0'), part('reader', '1.0.0')] },
    to: { kind: 'system', uses: [part('ranker', '2.0.0'), part('reader', '1.0.1')] },
    bump: 'major',
    rules: ['uses.part-major', 'uses.part-patch'],
  },
  {
    name: 'a part whose own bump is known',
    from: { kind: 'system', uses: [part('ranker', '0.1.0')] },
    to: { kind: 'system', uses: [part('ranker', '0.2.0')] },
    bump: 'major',
    rules: ['uses.part-major'],
    options: { parts: { ranker: 'major' } },
  },
  {
    name: 'a part replaced',
    from: { kind: 'system', uses: [part('ranker', '1.0.0')] },
    to: { kind: 'system', uses: [part('reranker', '1.0.0')] },
    bump: 'major',
    rules: ['uses.part-added', 'uses.part-removed'],
  },
  {
    name: 'a part renumbered',
    from: { uses: [part('ranker', '1.0.0', { identity: digestOf('r') })] },
    to: { uses: [part('ranker', '1.1.0', { identity: digestOf('r') })] },
    bump: 'none',
    rules: ['uses.part-renumbered'],
  },
];
