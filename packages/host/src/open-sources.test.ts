import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReference, remoteReferenceOf } from '@weighbridge/manifest';
import { fakeHub, serveSource } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { describeFailure } from './failure.js';
import { openSources } from './open-sources.js';

test('what a stranger names is asked of no service of the job, neither data nor files', async () => {
  const token = 'hf_planted_secret';
  const world = {
    token,
    repositories: { 'models/acme/bert': { revisions: { main: '1'.repeat(40) }, isPrivate: true } },
  };
  const hub = await serveSource(fakeHub(() => world));
  const environment = {
    HF_ENDPOINT: hub.url,
    HF_TOKEN: token,
    AWS_ENDPOINT_URL: hub.url,
    STORAGE_EMULATOR_HOST: hub.url,
  };
  const ours = openSources(environment);
  const theirs = openSources(environment, { ofStranger: true });
  for (const text of ['hf://acme/bert', 's3://bucket/x', 'gs://bucket/x', 'az://c@acme/x', 'lakefs://lake/main/x']) {
    const file = remoteReferenceOf(text);
    if (file === null) throw new Error(`${text} is not remote`);
    for (const sources of [theirs, ours.forStrangers]) {
      expect((await sources.data.pin(parseReference(text))).pinned).toBeNull();
      expect((await sources.remote.list(file)).kind).toBe('unread');
    }
  }
  expect(hub.requests).toEqual([]);
  // Nor from folders of the machine, such as a remote of DVC.
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-sources-'));
  const path = `ab/${'c'.repeat(30)}`;
  await mkdir(join(folder, 'ab'));
  await writeFile(join(folder, path), 'weights');
  const address = { scheme: 'file', path } as const;
  expect((await openSources({}, { ofStranger: false, root: folder }).remote.list(address)).kind).toBe('files');
  expect((await openSources({}, { ofStranger: true, root: folder }).remote.list(address)).kind).toBe('unread');
  expect((await openSources({}, { ofStranger: false, root: folder }).forStrangers.remote.list(address)).kind).toBe(
    'unread',
  );
  await rm(folder, { recursive: true });
  expect(await ours.data.pin(parseReference('hf://acme/bert'))).toEqual({ pinned: `hf://acme/bert@${'1'.repeat(40)}` });
  await hub.close();
});

test.each([
  ['s3://bucket/x', { AWS_ENDPOINT_URL: 'ftp://s3.acme.example' }, 'AWS_ENDPOINT_URL'],
  ['gs://bucket/x', { STORAGE_EMULATOR_HOST: 'ftp://gs.acme.example' }, 'STORAGE_EMULATOR_HOST'],
  [
    'az://c@acme/x',
    { AZURE_STORAGE_CONNECTION_STRING: 'AccountName=acme;AccountKey=a2V5;BlobEndpoint=ftp://az.acme.example' },
    'BlobEndpoint',
  ],
])('whose endpoint of %s is none is sent to the variable that names it', async (text, environment, variable) => {
  const file = remoteReferenceOf(text);
  if (file === null) throw new Error(`${text} is not remote`);
  const { remote } = openSources(environment);
  const told = await remote.list(file).then(
    (listing) => ('remedy' in listing ? listing.remedy : ''),
    (error: unknown) => describeFailure(error).remedy,
  );
  expect(told).toContain(variable);
  expect(told).not.toContain('weighbridge.yaml');
});
