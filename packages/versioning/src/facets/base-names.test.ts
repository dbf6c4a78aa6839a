import { describe, expect, test } from 'vitest';
import { isDatedSnapshotOf, isQuantisationOf } from './base-names.js';

describe('names of base models', () => {
  test.each([
    ['vendor:openai/gpt-4.1', 'vendor:openai/gpt-4.1-2025-04-14', true],
    ['vendor:openai/gpt-4-0613', 'vendor:openai/gpt-4-1106-preview', true],
    ['vendor:anthropic/claude-sonnet-4-20250514', 'vendor:anthropic/claude-sonnet-4@20250601', true],
    ['vendor:google/gemini-2.0-flash-001', 'vendor:google/gemini-2.0-flash-002', true],
    ['hf://mistralai/Mistral-Large-Instruct-2407', 'hf://mistralai/Mistral-Large-Instruct-2411', true],
    ['vendor:openai/gpt-4.1', 'vendor:openai/gpt-4o', false],
    ['vendor:openai/gpt-4.1', 'vendor:openai/gpt-4.1-mini', false],
    ['vendor:openai/gpt-4.1', 'vendor:azure/gpt-4.1-2025-04-14', false],
    ['hf://a/bert-512', 'hf://a/bert-1024', false],
    ['hf://a/b', 'hf://a/b', false],
  ])('%s and %s are dated snapshots of one: %s', (left, right, expected) => {
    expect(isDatedSnapshotOf(left, right)).toBe(expected);
    expect(isDatedSnapshotOf(right, left)).toBe(expected);
  });

  test.each([
    ['hf://meta-llama/Llama-3.1-8B', 'hf://bartowski/Llama-3.1-8B-GGUF', true],
    ['hf://Qwen/Qwen2.5-7B-Instruct-GPTQ-Int4', 'hf://Qwen/Qwen2.5-7B-Instruct-AWQ', true],
    ['hf://Qwen/Qwen3-8B', 'hf://unsloth/Qwen3-8B-unsloth-bnb-4bit', true],
    ['hf://RedHatAI/Llama-3.1-8B-quantized.w4a16', 'hf://neuralmagic/Llama-3.1-8B-FP8-dynamic', true],
    ['hf://meta-llama/Llama-3.1-8B', 'hf://acme/Llama-3.1-8B', false],
    ['hf://meta-llama/Llama-3.1-8B', 'hf://meta-llama/Llama-3.1-70B-GGUF', false],
    ['hf://a/Llama-GGUF', 'vendor:a/Llama', false],
  ])('%s and %s are quantisations of one: %s', (left, right, expected) => {
    expect(isQuantisationOf(left, right)).toBe(expected);
    expect(isQuantisationOf(right, left)).toBe(expected);
  });
});
