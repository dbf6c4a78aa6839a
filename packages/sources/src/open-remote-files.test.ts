import { formatAddress, remoteReferenceOf } from '@weighbridge/manifest';
import {
  digestOf,
  expectCode,
  fakeHub,
  fakeLakefs,
  type HubFile,
  type ServedSource,
  serveSource,
} from '@weighbridge/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRemoteFiles } from './open-remote-files.js';

const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
const commit = 'c'.repeat(64);
const token = 'hf_planted_secret';
const secret = 'planted-lakefs-secret';
const text = (words: string) => new TextEncoder().encode(words);
const weights = text('the weights of a model');

const files: Readonly<Record<string, HubFile>> = {
  '.gitattributes': { bytes: text('*.onnx filter=lfs'), isLarge: false },
  'config.json': { bytes: text('{}'), isLarge: false },
  'onnx/model.onnx': { bytes: weights, isLarge: true },
};

let hub: ServedSource;
let store: ServedSource;
let lakefs: ServedSource;
beforeAll(async () => {
  const world = () => ({
    token,
    repositories: {
      'models/acme/bert': { revisions: { main: first }, isPrivate: true, files: { [first]: files, [second]: {} } },
      'datasets/acme/tickets': { revisions: { main: second }, isPrivate: false, files: { [second]: files } },
    },
    bytesUrl: store.url,
  });
  store = await serveSource(() => ({ status: 200, bytes: weights }));
  hub = await serveSource(fakeHub(world));
  const many = Array.from({ length: 1500 }, (_, index) => `many/${index}.txt`);
  lakefs = await serveSource(
    fakeLakefs(() => ({
      key: 'AKIA',
      secret,
      repositories: {
        lake: {
          refs: { main: commit },
          objects: { [commit]: ['raw/model.onnx', 'raw/text/a.json', 'rawest.onnx', ...many] },
          contents: { 'raw/model.onnx': weights },
        },
      },
    })),
  );
});
afterAll(() => Promise.all([hub.close(), store.close(), lakefs.close()]));

let environment: Record<string, string>;
beforeEach(() => {
  environment = {
    HF_ENDPOINT: hub.url,
    HF_TOKEN: token,
    LAKECTL_SERVER_ENDPOINT_URL: lakefs.url,
    LAKECTL_CREDENTIALS_ACCESS_KEY_ID: 'AKIA',
    LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY: secret,
  };
});
const open = () => openRemoteFiles({ environment, sleep: async () => {} });
const referenceTo = (written: string) => {
  const reference = remoteReferenceOf(written);
  if (reference === null) throw new Error(`${written} is not remote`);
  return reference;
};
async function listed(written: string): Promise<readonly (readonly [string, string, number, string | null])[]> {
  const listing = await open().list(referenceTo(written));
  if (listing.kind !== 'files') throw new Error(listing.because);
  return listing.files.map(({ name, address, sizeBytes, sha256 }) => [name, formatAddress(address), sizeBytes, sha256]);
}
async function refused(written: string): Promise<string> {
  const listing = await open().list(referenceTo(written));
  expect(JSON.stringify(listing)).not.toContain(token);
  expect(JSON.stringify(listing)).not.toContain(secret);
  return listing.kind === 'files' ? 'files' : `${listing.kind}: ${listing.because}. ${listing.remedy}`;
}

describe('the Hugging Face Hub', () => {
  const model = [`hf://acme/bert@${first}/onnx/model.onnx`, weights.length, digestOf(weights)] as const;

  test('tells what it keeps at the commit of a branch, with the SHA-256 of what is large', async () => {
    const config = ['config.json', `hf://acme/bert@${first}/config.json`, 2, null];
    expect(await listed('hf://acme/bert')).toEqual([config, ['onnx/model.onnx', ...model]]);
    expect(await listed('hf://acme/bert@main/onnx/')).toEqual([['model.onnx', ...model]]);
    expect(await listed('hf://acme/bert@main/onnx/model.onnx')).toEqual([['model.onnx', ...model]]);
    expect(await listed('hf://acme/bert@main/**/*.onnx')).toEqual([['onnx/model.onnx', ...model]]);
  });

  test('gives ranges, and its token to no store of bytes that it points to', async () => {
    const before = store.requests.length;
    const source = await open().open({
      address: referenceTo(`hf://acme/bert@${first}/onnx/model.onnx`),
      sizeBytes: weights.length,
    });
    expect(new TextDecoder().decode(await source.read(4, 7))).toBe('weights');
    expect(
      store.requests
        .slice(before)
        .map(({ range, authorization, acceptEncoding }) => [range, authorization, acceptEncoding]),
    ).toEqual([['bytes=4-10', null, 'identity']]);
    const settings = await open().open({
      address: referenceTo(`hf://datasets/acme/tickets@${second}/config.json`),
      sizeBytes: 2,
    });
    expect(new TextDecoder().decode(await settings.read(0, 2))).toBe('{}');
  });

  test('says why there is nothing', async () => {
    expect(await refused('hf://acme/bert@main/tf/')).toContain('absent: acme/bert has no tf/ at main');
    expect(await refused(`hf://acme/bert@main/onnx`)).toContain('a folder ends in a slash');
    environment = { ...environment, HF_TOKEN: '' };
    expect(await refused('hf://acme/bert')).toContain('unread: the Hugging Face Hub shows no acme/bert');
    const gone = { address: referenceTo(`hf://datasets/acme/tickets@${second}/none.txt`), sizeBytes: 9 };
    await expectCode((await open().open(gone)).read(0, 9), 'source/gone');
    const closed = { address: referenceTo(`hf://acme/bert@${first}/config.json`), sizeBytes: 2 };
    await expectCode((await open().open(closed)).read(0, 2), 'source/unread');
  });

  test('that knows no ranges is read whole, and one that answers too little, or another whole, is refused', async () => {
    const answers = [
      { status: 200, text: 'the weights of a model' },
      { status: 206, text: 'the' },
      { status: 200, text: 'the weights of a model, and more' },
    ];
    for (const [index, answer] of answers.entries()) {
      const odd = await serveSource(() => answer);
      environment = { HF_ENDPOINT: odd.url };
      const source = await open().open({ address: referenceTo(`hf://acme/bert@${first}/x`), sizeBytes: 22 });
      if (index === 0) expect(new TextDecoder().decode(await source.read(4, 7))).toBe('weights');
      else await expectCode(source.read(4, 7), 'source/unread');
      await odd.close();
    }
  });
});

test('of all files together eight ranges are read at once', async () => {
  let asked = 0;
  let most = 0;
  const slow: typeof fetch = async () => {
    most = Math.max(most, ++asked);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    asked -= 1;
    return new Response(text('x'), { status: 206 });
  };
  const remote = openRemoteFiles({ environment, fetch: slow });
  const names = Array.from({ length: 5 }, (_, index) => referenceTo(`hf://acme/bert@${first}/${index}`));
  const opened = await Promise.all(names.map((address) => remote.open({ address, sizeBytes: 9 })));
  await Promise.all(opened.flatMap((file) => [0, 1, 2, 3].map((offset) => file.read(offset, 1))));
  expect(most).toBe(8);
});

describe('lakeFS', () => {
  test('tells what it keeps at the commit of a branch, page by page', async () => {
    const model = [`lakefs://lake/${commit}/raw/model.onnx`, weights.length, null];
    expect(await listed('lakefs://lake/main/raw/model.onnx')).toEqual([['model.onnx', ...model]]);
    expect((await listed('lakefs://lake/main/raw/')).map(([name]) => name)).toEqual(['model.onnx', 'text/a.json']);
    const many = await listed('lakefs://lake/main/many/');
    expect(new Set(many.map(([name]) => name)).size).toBe(1500);
  });

  test('gives ranges', async () => {
    const address = referenceTo(`lakefs://lake/${commit}/raw/model.onnx`);
    const source = await open().open({ address, sizeBytes: weights.length });
    expect(new TextDecoder().decode(await source.read(4, 7))).toBe('weights');
  });

  test('says why there is nothing', async () => {
    expect(await refused('lakefs://lake/main/raw/none.onnx')).toContain('absent: lake has no raw/none.onnx');
    expect(await refused('lakefs://lake/dev/raw/')).toContain('absent: lakeFS has no lake at dev');
    environment = { ...environment, LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY: 'wrong' };
    expect(await refused('lakefs://lake/main/raw/')).toContain('unread: lakeFS does not show');
    environment = {};
    expect(await refused('lakefs://lake/main/raw/')).toContain('LAKECTL_SERVER_ENDPOINT_URL');
    expect(await refused('gs://bucket/model.onnx')).toContain('no gs:// service is asked here');
  });
});
