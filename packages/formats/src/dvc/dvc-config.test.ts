import { describe, expect, it } from 'vitest';
import { parseDvcConfig } from './dvc-config.js';

const config = `[core]
    remote = storage  # the one of the team
    autostage = true
; a comment
['remote "storage"']
    url = s3://models/dvc
    endpointurl = "https://minio.example"
    access_key_id = planted
['remote "azure"']
    url = azure://weights/dvc
    account_name = acme
    version_aware = true
[remote "bare"]
    url=/srv/dvc
['remote "none"']
    region = eu-central-1
`;

describe('the configuration of DVC', () => {
  it('has remotes by their names, and no credentials', () => {
    const { remote, remotes } = parseDvcConfig([config]);
    expect(remote).toBe('storage');
    expect(Object.fromEntries(remotes)).toEqual({
      storage: { url: 's3://models/dvc', endpoint: 'https://minio.example', account: null, keepsNames: false },
      azure: { url: 'azure://weights/dvc', endpoint: null, account: 'acme', keepsNames: true },
      bare: { url: '/srv/dvc', endpoint: null, account: null, keepsNames: false },
    });
    expect(JSON.stringify([...remotes])).not.toContain('planted');
  });

  it('of a clone goes over the committed one, option by option', () => {
    const local = '[core]\r\nremote = bare\r\n[\'remote "storage"\']\r\nurl = /mnt/dvc\r\n';
    const { remote, remotes } = parseDvcConfig([config, local]);
    expect(remote).toBe('bare');
    expect(remotes.get('storage')).toMatchObject({ url: '/mnt/dvc', endpoint: 'https://minio.example' });
  });

  it('without remotes, or that is none at all, has none', () => {
    for (const text of ['', '[core]\n', 'url = s3://models\n', '\u0000]]['])
      expect(parseDvcConfig([text])).toEqual({ remote: null, remotes: new Map() });
  });
});
