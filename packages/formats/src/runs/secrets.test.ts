import { describe, expect, test } from 'vitest';
import { isSecret, withoutSecrets } from './secrets.js';

describe('what a record withholds', () => {
  test.each([
    ['python train.py --hf_token abc --lr 0.1', 'python train.py --hf_token (withheld) --lr 0.1'],
    ['train --verbose --password=hunter2 data.csv', 'train --verbose --password=(withheld) data.csv'],
    ["API_KEY='a b' python train.py", 'API_KEY=(withheld) python train.py'],
    ['train --wandbApiKey x -token y', 'train --wandbApiKey (withheld) -token (withheld)'],
    ['curl https://me:secret@example.org/x -o y', 'curl (withheld) -o y'],
    ['train hf_abcdefghijklmnopqrstuvwxyz', 'train (withheld)'],
    ['train --pad_token "</s>" --token-limit 5', 'train --pad_token "</s>" --token-limit 5'],
    ['train --tokenLimit=131072 --token_count 4096 x', 'train --tokenLimit=131072 --token_count 4096 x'],
    ['train --bytes-per-token 4 --token-dropout .1', 'train --bytes-per-token 4 --token-dropout .1'],
    ['train --token 123456 --hf_token 4711', 'train --token (withheld) --hf_token (withheld)'],
    ['train --token-limit 5a7c --token_secret 5', 'train --token-limit (withheld) --token_secret (withheld)'],
    ['train --auth-token 5 --password 123', 'train --auth-token (withheld) --password (withheld)'],
    ['train --api-key=7 PASSWORD=12 x', 'train --api-key=(withheld) PASSWORD=(withheld) x'],
    ['train --token-id 1234567890123', 'train --token-id (withheld)'],
    ['train --token-limit 1234567890123', 'train --token-limit (withheld)'],
    ['python token train.py', 'python token train.py'],
  ])('of the command %s', (command, kept) => {
    expect(withoutSecrets(command)).toBe(kept);
  });

  test.each([
    ['db', { value: { password: 'hunter2' } }],
    ['db', [{ user: 'a' }, { accessToken: 'x' }]],
    ['api_key', ['x']],
    ['apiKey', { value: 'x' }],
    ['password', '5'],
    ['mfa_token', '482913'],
    ['token', { value: '4829' }],
    ['note', { deep: ['see hf_abcdefghijklmnopqrstuvwxyz'] }],
  ])('%s: %j', (key, value) => {
    expect(isSecret(key, value)).toBe(true);
  });

  test.each([
    ['tokenizer', { pad_token: '</s>', eos_token: '<eos>', max_tokens: '5' }],
    ['tokens', 'all'],
    ['secret_rate', 0.5],
    ['token_limit', '131072'],
    ['tokenCount', { value: '12' }],
    ['optimizer', { name: 'adam', betas: [0.9, 0.95] }],
  ])('but not %s: %j', (key, value) => {
    expect(isSecret(key, value)).toBe(false);
  });
});
