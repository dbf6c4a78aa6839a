import { parseReference } from '@weighbridge/manifest';
import { fakeHub, fakeLakefs, type ServedSource, serveSource } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDataReferences } from './open-data-references.js';

const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
const commit = 'c'.repeat(64);
const token = 'hf_planted_secret';
const secret = 'planted-lakefs-secret';

let hub: ServedSource;
let lakefs: ServedSource;
beforeAll(async () => {
  hub = await serveSource(
    fakeHub(() => ({
      token,
      repositories: {
        'models/acme/bert': { revisions: { main: first, 'v1.0': second }, isPrivate: false },
        'datasets/acme/tickets': { revisions: { main: second }, isPrivate: true },
      },
      renamed: { 'models/acme/old': 'models/acme/bert' },
    })),
  );
  lakefs = await serveSource(
    fakeLakefs(() => ({
      key: 'AKIA',
      secret,
      repositories: {
        lake: { refs: { main: commit }, objects: { [commit]: ['raw/a.csv', 'raw/b.csv', 'rawest.csv'] } },
      },
    })),
  );
});
afterAll(async () => {
  await hub.close();
  await lakefs.close();
});

function pin(text: string, environment: Readonly<Record<string, string>> = {}) {
  const address = { HF_ENDPOINT: hub.url, LAKECTL_SERVER_ENDPOINT_URL: `${lakefs.url}/api/v1` };
  const references = openDataReferences({ environment: { ...address, ...environment }, sleep: async () => {} });
  return references.pin(parseReference(text));
}
const lakefsKey = { LAKECTL_CREDENTIALS_ACCESS_KEY_ID: 'AKIA', LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY: secret };

describe('the Hugging Face Hub', () => {
  test.each([
    ['hf://acme/bert', `hf://acme/bert@${first}`],
    ['hf://acme/bert@v1.0/model.safetensors', `hf://acme/bert@${second}/model.safetensors`],
    ['hf://acme/old', `hf://acme/old@${first}`],
    [`hf://acme/bert@${second}`, `hf://acme/bert@${second}`],
  ])('%s is %s', async (text, pinned) => {
    expect(await pin(text)).toEqual({ pinned });
  });

  test('a private data set is read with the token of the environment', async () => {
    expect(await pin('hf://datasets/acme/tickets', { HF_TOKEN: token })).toEqual({
      pinned: `hf://datasets/acme/tickets@${second}`,
    });
  });

  test.each([
    ['hf://datasets/acme/tickets', {}, 'HF_TOKEN'],
    ['hf://acme/bert@nightly', { HF_TOKEN: token }, 'nightly'],
    ['hf://acme/bert', { HF_ENDPOINT: 'ftp://hub.acme.example', HF_TOKEN: token }, 'HF_ENDPOINT'],
  ])('%s cannot be pinned, and the answer says why without the token', async (text, environment, word) => {
    const answer = await pin(text, environment);
    expect(answer.pinned).toBeNull();
    expect(JSON.stringify(answer)).toContain(word);
    expect(JSON.stringify(answer)).not.toContain(token);
  });

  test('an immutable revision is not asked for, and a moving one is asked for once', async () => {
    const before = hub.requests.length;
    const references = openDataReferences({ environment: { HF_ENDPOINT: hub.url } });
    await references.pin(parseReference(`hf://acme/bert@${first}`));
    await Promise.all([1, 2].map(() => references.pin(parseReference('hf://acme/bert'))));
    expect(hub.requests.length - before).toBe(1);
  });

  test('a redirect to another host is followed without the token', async () => {
    const other = await serveSource(() => ({ status: 200, json: { sha: first } }));
    const here = await serveSource(() => ({ status: 302, headers: { location: `${other.url}/elsewhere` } }));
    const answer = await pin('hf://acme/bert', { HF_ENDPOINT: here.url, HF_TOKEN: token });
    await Promise.all([other.close(), here.close()]);
    expect(answer).toEqual({ pinned: `hf://acme/bert@${first}` });
    expect(here.requests.map(({ authorization }) => authorization)).toEqual([`Bearer ${token}`]);
    expect(other.requests.map(({ authorization }) => authorization)).toEqual([null]);
  });

  test('a service that is overloaded is asked again, and what it says is not repeated', async () => {
    let asked = 0;
    const answers = () => (++asked < 3 ? { status: 503, text: token } : { status: 200, json: { sha: first } });
    const slow = await serveSource(answers);
    expect(await pin('hf://acme/bert', { HF_ENDPOINT: slow.url })).toEqual({ pinned: `hf://acme/bert@${first}` });
    await slow.close();
    const gone = await pin('hf://acme/bert', { HF_ENDPOINT: slow.url });
    expect(gone).toMatchObject({ pinned: null, because: expect.stringContaining('cannot be reached (ECONNREFUSED)') });
  });

  test.each([{ sha: 'main' }, [], { sha: 7 }, 'x'])('an answer that names no commit pins nothing: %j', async (json) => {
    const odd = await serveSource(() => ({ status: 200, json }));
    expect((await pin('hf://acme/bert', { HF_ENDPOINT: odd.url })).pinned).toBeNull();
    await odd.close();
  });
});

describe('lakeFS', () => {
  test.each([
    ['lakefs://lake/main/raw/a.csv', `lakefs://lake/${commit}/raw/a.csv`],
    ['lakefs://lake/main/raw', `lakefs://lake/${commit}/raw`],
    [`lakefs://lake/${commit}/raw/a.csv`, `lakefs://lake/${commit}/raw/a.csv`],
  ])('%s is %s', async (text, pinned) => {
    expect(await pin(text, lakefsKey)).toEqual({ pinned });
  });

  test.each([
    ['a path that is not committed', 'lakefs://lake/main/raw/c.csv', lakefsKey, 'has no raw/c.csv'],
    ['a neighbour whose name begins alike', 'lakefs://lake/main/rawe', lakefsKey, 'has no rawe'],
    ['an unknown branch', 'lakefs://lake/dev/raw/a.csv', lakefsKey, 'has no lake at dev'],
    ['nobody in particular', 'lakefs://lake/main/raw/a.csv', {}, 'LAKECTL_CREDENTIALS_ACCESS_KEY_ID'],
    ['no address', 'lakefs://lake/main/raw', { LAKECTL_SERVER_ENDPOINT_URL: '' }, 'LAKECTL_SERVER_ENDPOINT_URL'],
  ])('%s cannot be pinned', async (_, text, environment, word) => {
    const answer = await pin(text, environment);
    expect(answer.pinned).toBeNull();
    expect(JSON.stringify(answer)).toContain(word);
    expect(JSON.stringify(answer)).not.toContain(secret);
  });
});

describe('objects', () => {
  const nothing = { version: null, sha256: null, md5: null, sizeBytes: 1 };
  const pinS3 = (found: typeof nothing | { version: string } | null, text = 's3://bucket/data.csv') =>
    openDataReferences({
      environment: {},
      objects: {
        s3: () => ({
          describe: async () => (found === null ? null : { ...nothing, ...found }),
          async *list() {},
          read: async () => null,
          presign: async () => null,
        }),
      },
    }).pin(parseReference(text));

  test.each([
    [{ ...nothing, version: 'v7' }, 's3://bucket/data.csv?versionId=v7'],
    [{ ...nothing, sha256: 'a'.repeat(64), md5: 'b'.repeat(32) }, `sha256:${'a'.repeat(64)}`],
    [{ ...nothing, md5: 'b'.repeat(32) }, `md5:${'b'.repeat(32)}`],
  ] as never[])('is pinned by the strongest that there is: %j', async (found: typeof nothing, pinned: string) => {
    expect(await pinS3(found)).toEqual({ pinned });
  });

  test.each([
    ['no versions and no checksum', nothing, 'keeps no versions'],
    ['no object', null, 'no such object'],
  ] as const)('%s cannot be pinned', async (_, found, word) => {
    expect(await pinS3(found)).toMatchObject({ pinned: null, because: expect.stringContaining(word) });
  });

  test('a service that nobody asks here is told with the word to write', async () => {
    expect(await pinS3(nothing, 'gs://bucket/data.csv')).toMatchObject({
      pinned: null,
      remedy: expect.stringContaining('generation'),
    });
  });
});
