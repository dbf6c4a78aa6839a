import { parseReference, remoteReferenceOf } from '@weighbridge/manifest';
import type { DataReferences, RemoteFiles } from '@weighbridge/ports';
import { expect, test } from 'vitest';
import type { Surroundings } from '../surroundings.js';
import { withoutCredentials } from './without-credentials.js';

function asking(asked: string[], whom: string): { readonly data: DataReferences; readonly remote: RemoteFiles } {
  const note = () => asked.push(whom);
  return {
    data: {
      pin: async () => {
        note();
        return { pinned: 'hf://acme/tickets@main' };
      },
    },
    remote: {
      list: async () => {
        note();
        return { kind: 'absent', because: 'nothing is there', remedy: 'Look again.' };
      },
      open: async ({ sizeBytes }) => ({
        name: whom,
        sizeBytes,
        read: async () => new Uint8Array(0),
        close: async () => {},
      }),
    },
  };
}

const bucket = remoteReferenceOf('s3://secret/model.onnx');
async function ask({ data, remote }: Surroundings) {
  if (bucket === null) throw new Error('not remote');
  return { pinned: await data?.pin(parseReference('s3://secret/data.csv')), listed: await remote?.list(bucket) };
}

test('a change of a fork is asked about without credentials, or not at all', async () => {
  const asked: string[] = [];
  const inside = asking(asked, 'with credentials') as unknown as Surroundings;
  const told = await ask(withoutCredentials(inside));
  expect(told).toMatchObject({ pinned: { pinned: null }, listed: { kind: 'unread' } });
  expect(JSON.stringify(told)).toContain('comes from a fork');
  expect(asked).toEqual([]);
  await ask(withoutCredentials({ ...inside, forStrangers: asking(asked, 'as everybody') }));
  expect(asked).toEqual(['as everybody', 'as everybody']);
});

test('offline nobody is asked, for nobody', async () => {
  const asked: string[] = [];
  const offline = { forStrangers: asking(asked, 'as everybody') } as unknown as Surroundings;
  expect(await ask(withoutCredentials(offline))).toEqual({ pinned: undefined, listed: undefined });
});
