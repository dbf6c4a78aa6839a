import { type DvcRemote, parseDvcConfig } from '@weighbridge/formats';
import { formatAddress, readAddress, type RemoteAddress } from '@weighbridge/manifest';
import type { RemoteFiles } from '@weighbridge/ports';
import type { Files } from '../../reading/files.js';
import type { TrackedOutput } from './tracked-outputs.js';

const maxConfigBytes = 1024 * 1024;

/** Where a remote keeps the object of an MD5; folders have `.dir` after theirs. */
export type ObjectPlace = (object: string) => RemoteAddress;

/** Why a remote is not read, worded as in Pinning. */
export interface Unread {
  readonly because: string;
  readonly remedy: string;
}

/**
 * Where the remote of an output keeps objects, by the `.dvc/config` next above it and, in the checkout alone,
 * `config.local`. An endpoint that these name is taken only if the environment names the same: whoever may change files
 * does not choose who gets the credentials of the job.
 * @param remote whom the place is to be asked of; undefined where nobody is asked
 */
export async function placeOfRemote(
  files: Files,
  output: Pick<TrackedOutput, 'record' | 'remote' | 'isLegacy'>,
  remote: Pick<RemoteFiles, 'endpointOf'> | undefined,
): Promise<ObjectPlace | Unread> {
  const { folder, texts } = await readConfig(files, output.record);
  const config = parseDvcConfig(texts);
  const name = output.remote ?? config.remote;
  const found = name === null ? undefined : config.remotes.get(name);
  if (name === null || found === undefined) {
    const because =
      name === null ? `${folder}config names no default remote` : `${folder}config has no remote "${name}"`;
    return { because, remedy: 'Run "dvc remote add --default", commit .dvc/config, and run "dvc push".' };
  }
  const base = baseOf(found, folder);
  if (typeof base !== 'string') return about(name, base);
  const place: ObjectPlace = (object) => {
    const path = `${output.isLegacy ? '' : 'files/md5/'}${object.slice(0, 2)}/${object.slice(2)}`;
    const address = readAddress(`${base}/${path}`);
    if (address === null) throw new TypeError('the base of a remote was looked at before');
    return address;
  };
  if (readAddress(`${base}/00/${'0'.repeat(30)}`) === null) return about(name, notRead);
  const { scheme } = place('0'.repeat(32));
  const refused = scheme === 's3' || scheme === 'gs' || scheme === 'az' ? endpointRefusal(found, scheme, remote) : null;
  return refused === null ? place : about(name, refused);
}

/** Without the version that a bucket may keep of it. */
export function plainAddress(address: RemoteAddress): string {
  return formatAddress('version' in address ? { ...address, version: null } : address);
}

const notRead: Unread = {
  because: 'its url is none that is read here',
  remedy: 'Use a remote with s3://, gs://, azure:// or a folder, or run "weighbridge store push" after "dvc pull".',
};

async function readConfig(files: Files, record: string): Promise<{ folder: string; texts: string[] }> {
  const parts = record.split('/').slice(0, -1);
  for (let length = parts.length; length >= 0; length--) {
    const folder = [...parts.slice(0, length), '.dvc', ''].join('/');
    const config = await files.read(`${folder}config`, maxConfigBytes);
    if (config === null) continue;
    const local = files.commit === null ? await files.read(`${folder}config.local`, maxConfigBytes) : null;
    return {
      folder,
      texts: [config, ...(local === null ? [] : [local])].map((bytes) => new TextDecoder().decode(bytes)),
    };
  }
  return { folder: '.dvc/', texts: [] };
}

/** The beginning of every address of a remote, without a slash at its end. */
function baseOf({ url, account, keepsNames }: DvcRemote, folder: string): string | Unread {
  if (keepsNames) {
    const because = 'it keeps files under their own names (version_aware or worktree)';
    return { because, remedy: 'Name the files there in the manifest, by s3://, gs:// or az://.' };
  }
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*?)\/*$/i.exec(url) ?? [];
  if (scheme === undefined) return url.startsWith('~') ? notRead : `file:${fromRoot(url.replace(/\/+$/, ''), folder)}`;
  if (scheme === 's3') return `s3://${rest}`;
  if (scheme === 'gs' || scheme === 'gcs') return `gs://${rest}`;
  if (scheme !== 'azure') return notRead;
  if (account === null) {
    const remedy = 'Run "dvc remote modify <name> account_name <account>" and commit .dvc/config.';
    return { because: 'it does not say in which account', remedy };
  }
  const [container = '', ...path] = rest.split('/');
  return [`az://${container}@${account}`, ...path].join('/');
}

/** A relative folder counts from that of the configuration. */
function fromRoot(url: string, folder: string): string {
  if (url.startsWith('/')) return url;
  const parts: string[] = [];
  for (const part of `${folder}${url}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function endpointRefusal(
  { endpoint }: DvcRemote,
  scheme: 's3' | 'gs' | 'az',
  remote: Pick<RemoteFiles, 'endpointOf'> | undefined,
): Unread | null {
  if (endpoint === null || remote?.endpointOf === undefined) return null;
  const asked = remote.endpointOf(scheme);
  if (asked !== null && normal(asked) !== null && normal(asked) === normal(endpoint)) return null;
  const variable = { s3: 'AWS_ENDPOINT_URL_S3', gs: 'STORAGE_EMULATOR_HOST', az: 'AZURE_STORAGE_CONNECTION_STRING' }[
    scheme
  ];
  return {
    because: 'its endpointurl is not one that the environment names',
    remedy: `Set ${variable} to that endpoint where credentials may go to it.`,
  };
}

function normal(address: string): string | null {
  const plain = address.trim().toLowerCase().replace(/\/+$/, '');
  return /^https?:\/\/[^/@]+/.test(plain) ? plain : null;
}

function about(name: string, { because, remedy }: Unread): Unread {
  return { because: `of the remote "${name}", ${because}`, remedy };
}
