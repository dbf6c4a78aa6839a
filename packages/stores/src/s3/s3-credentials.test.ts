import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keysInEnvironment } from './s3-credentials.js';

const names = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
beforeEach(() => {
  for (const name of names) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

const pair = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'planted' };

test.each([
  ['a pair', pair],
  ['a pair with a token', { ...pair, AWS_SESSION_TOKEN: 'of-a-role' }],
  ['an empty token', { ...pair, AWS_SESSION_TOKEN: '' }],
  ['an empty profile', { ...pair, AWS_PROFILE: '' }],
])('%s: what the chain of the SDK answers', async (_, environment) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { accessKeyId, secretAccessKey, sessionToken } = await defaultProvider()();
  const theirs = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  expect(keysInEnvironment(process.env)).toEqual(theirs);
});

test.each([
  ['a profile, which counts before them', { ...pair, AWS_PROFILE: 'acme' }],
  ['half of a pair', { AWS_ACCESS_KEY_ID: 'AKID' }],
  ['the other half', { AWS_SECRET_ACCESS_KEY: 'planted', AWS_ACCESS_KEY_ID: '' }],
  ['nothing', {}],
])('%s: left to the chain', (_, environment) => {
  expect(keysInEnvironment(environment)).toBeNull();
});
