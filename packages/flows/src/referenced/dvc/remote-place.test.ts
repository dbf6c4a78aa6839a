import { formatAddress } from '@weighbridge/manifest';
import type { RemoteFiles } from '@weighbridge/ports';
import { describe, expect, it } from 'vitest';
import type { Files } from '../../reading/files.js';
import { placeOfRemote } from './remote-place.js';

const object = '0123456789abcdef0123456789abcdef';
const tail = `01/${object.slice(2)}`;
const output = { record: 'models/a.bin.dvc', remote: null, isLegacy: false };

function filesOf(texts: Readonly<Record<string, string>>, commit: string | null = null): Files {
  const read = async (path: string) => (texts[path] === undefined ? null : new TextEncoder().encode(texts[path]));
  return { commit, read } as unknown as Files;
}
const configOf = (url: string, more = '') => `[core]\nremote = kept\n['remote "kept"']\nurl = ${url}\n${more}`;
async function placed(
  texts: Readonly<Record<string, string>>,
  how: Partial<typeof output> & { readonly commit?: string; readonly endpoint?: string | null } = {},
): Promise<string> {
  const { commit = null, endpoint, ...given } = how;
  const remote: Pick<RemoteFiles, 'endpointOf'> | undefined =
    endpoint === undefined ? undefined : { endpointOf: () => endpoint };
  const place = await placeOfRemote(filesOf(texts, commit), { ...output, ...given }, remote);
  return 'because' in place ? `unread: ${place.because}. ${place.remedy}` : formatAddress(place(object));
}
const at = (url: string, more = '') => placed({ '.dvc/config': configOf(url, more) });

describe('the remote of DVC', () => {
  it.each([
    ['s3://models/dvc/', `s3://models/dvc/files/md5/${tail}`],
    ['s3://models', `s3://models/files/md5/${tail}`],
    ['gs://models/dvc', `gs://models/dvc/files/md5/${tail}`],
    ['gcs://models/dvc', `gs://models/dvc/files/md5/${tail}`],
    ['/srv/dvc', `file:/srv/dvc/files/md5/${tail}`],
    ['../../dvc', `file:../dvc/files/md5/${tail}`],
    ['../dvc', `file:dvc/files/md5/${tail}`],
    ['cache', `file:.dvc/cache/files/md5/${tail}`],
  ])('%s has objects at %s', async (url, expected) => {
    expect(await at(url)).toBe(expected);
  });

  it('in Azure is in the account that the configuration names', async () => {
    expect(await at('azure://weights/dvc', 'account_name = acme')).toBe(`az://weights@acme/dvc/files/md5/${tail}`);
    expect(await at('azure://weights', 'account_name = acme')).toBe(`az://weights@acme/files/md5/${tail}`);
    expect(await at('azure://weights/dvc')).toContain('in which account');
  });

  it('has what earlier releases pushed one folder further up', async () => {
    expect(await placed({ '.dvc/config': configOf('s3://models/dvc') }, { isLegacy: true })).toBe(
      `s3://models/dvc/${tail}`,
    );
  });

  it('is that of the configuration next above; of this clone alone only in the checkout', async () => {
    const texts = {
      '.dvc/config': configOf('s3://root/dvc'),
      'models/.dvc/config': configOf('../dvc'),
      'models/.dvc/config.local': configOf('/mnt/dvc'),
    };
    expect(await placed(texts)).toBe(`file:/mnt/dvc/files/md5/${tail}`);
    expect(await placed(texts, { commit: 'c'.repeat(40) })).toBe(`file:models/dvc/files/md5/${tail}`);
    expect(await placed(texts, { record: 'other/a.dvc' })).toBe(`s3://root/dvc/files/md5/${tail}`);
  });

  it.each(['ssh://host/dvc', 'https://host/dvc', '~/dvc', 's3://', 's3://key:planted@models/dvc', 's3://a b/dvc'])(
    'at %s is not read, and its url is not repeated',
    async (url) => {
      const told = await at(url);
      expect(told).toMatch(/^unread: of the remote "kept"/);
      expect(told).not.toContain('planted');
    },
  );

  it('that is not configured is told by its name', async () => {
    expect(await placed({})).toContain('names no default remote');
    expect(await placed({ '.dvc/config': configOf('/srv') }, { remote: 'other' as never })).toContain('"other"');
  });

  it('is asked at an endpoint only that the environment names, too', async () => {
    const texts = { '.dvc/config': configOf('s3://models/dvc', 'endpointurl = https://minio.example/') };
    expect(await placed(texts, { endpoint: 'https://minio.example' })).toBe(`s3://models/dvc/files/md5/${tail}`);
    for (const endpoint of [null, 'https://other.example', 'http://minio.example', 'https://minio.example.evil'])
      expect(await placed(texts, { endpoint })).toContain('AWS_ENDPOINT_URL_S3');
    const strange = { '.dvc/config': configOf('s3://models/dvc', 'endpointurl = minio') };
    expect(await placed(strange, { endpoint: 'minio' })).toContain('unread');
  });
});
