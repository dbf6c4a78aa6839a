import { describe, expect, test } from 'vitest';
import { keptMembers } from './members.js';

const kept = (key: string, value: string | number | string[]) => keptMembers([[key, value]])[key];

describe('members of a record', () => {
  test.each([
    ['openai_api_key', 'abc'],
    ['db.password', 'hunter2'],
    ['HF-TOKEN', 'x'],
    ['note', 'sk-proj-0123456789abcdef0123'],
    ['tracking', 'https://bob:hunter2@mlflow.acme.example'],
    ['key', '-----BEGIN EC PRIVATE KEY-----'],
  ])('withhold what opens doors: %s', (key, value) => {
    expect(kept(key, value)).toBe('(withheld)');
  });

  test('withhold it within lists, too', () => {
    expect(kept('servers', ['https://bob:hunter2@mlflow.acme.example'])).toBe('(withheld)');
  });

  test.each([
    ['max_tokens', '4096'],
    ['tokenizer', 'llama'],
    ['pad_token', 0],
    ['source', 'https://acme.example/data'],
    ['learning_rate', '0.1'],
  ])('keep what does not: %s', (key, value) => {
    expect(kept(key, value)).toBe(value);
  });
});
