import { weighbridgeError } from '@weighbridge/core';
import { type ConnectionString, parseConnectionString } from './connection-string.js';
import type { TokenSource } from './entra/access-token.js';
import type { IdentityMeans } from './entra/ask-identity.js';
import { findTokenSource } from './entra/find-token-source.js';

/** Who asks: one of the account's keys, a shared access signature, or somebody who signs in. */
export type AzureCredentials =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'sas'; readonly parameters: URLSearchParams }
  | { readonly kind: 'token'; readonly source: TokenSource };

type Environment = Readonly<Record<string, string | undefined>>;

/** The account that is meant, and how messages call its container. */
interface Meant {
  readonly account: string;
  readonly shown: string;
}

/**
 * AZURE_STORAGE_CONNECTION_STRING; null where it is not set.
 * @throws store/misconfigured for what is none, or is of another account
 */
export function readConnectionString(environment: Environment, meant: Meant): ConnectionString | null {
  const text = environment['AZURE_STORAGE_CONNECTION_STRING']?.trim() ?? '';
  if (text === '') return null;
  const connection = parseConnectionString(text);
  if (connection === null) throw malformed('AZURE_STORAGE_CONNECTION_STRING', meant);
  if (connection.isContradictory) throw contradictory(meant);
  ofAccount(connection.account, 'AZURE_STORAGE_CONNECTION_STRING', meant);
  return connection;
}

/** What is to be accessed, and by which means. */
interface AzureAccess {
  readonly account: string;
  /** Whether whoever named the account may not choose where credentials go, as for references of a manifest. */
  readonly isForeign: boolean;
  readonly means: IdentityMeans;
}

/**
 * The credentials of an environment: a connection string, a key, a signature, else whoever signs in to Entra ID.
 * @throws store/misconfigured for what is malformed or is of another account, store/denied where there are none
 */
export async function findAzureCredentials(
  connection: ConnectionString | null,
  blobEndpoint: URL,
  { account, isForeign, means }: AzureAccess,
): Promise<AzureCredentials> {
  const meant = { account, shown: means.shown };
  const named = (names: readonly string[]) => firstOf(means.environment, names);
  const key = connection?.key ?? named(keyNames);
  const sas = connection?.sas ?? named(['AZURE_STORAGE_SAS_TOKEN']);
  const isStorage = key !== null || sas !== null;
  if (isStorage && connection === null) {
    ofAccount(named(accountNames), 'AZURE_STORAGE_ACCOUNT', meant);
  }
  // Whoever holds a signature may use it: it goes to no account but the one that the environment says it is of.
  const owner = connection?.account ?? named(accountNames);
  if (isForeign && sas !== null && key === null && owner !== account) throw ofNoAccount(meant);
  if (key !== null) return { kind: 'key', key: readKey(key, meant) };
  if (sas !== null) return { kind: 'sas', parameters: readSas(sas, meant) };
  return { kind: 'token', source: await findTokenSource(blobEndpoint, means) };
}

/** The names of the Azure CLI, and of the libraries that DVC and fsspec use. */
const keyNames = ['AZURE_STORAGE_KEY', 'AZURE_STORAGE_ACCOUNT_KEY'];
const accountNames = ['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_ACCOUNT_NAME'];

function firstOf(environment: Environment, names: readonly string[]): string | null {
  return names.map((name) => environment[name]?.trim() ?? '').find((value) => value !== '') ?? null;
}

/** @throws store/misconfigured for anything but the base64 of a key */
function readKey(text: string, meant: Meant): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (key.length < 16 || key.toString('base64') !== text) throw malformed('the account key', meant);
  return key;
}

/** @throws store/misconfigured for what has no signature */
function readSas(text: string, meant: Meant): URLSearchParams {
  // A plus sign is one: some tools print signatures without escapes.
  const parameters = new URLSearchParams(text.replace(/^\?/, '').replaceAll('+', '%2B'));
  if (!parameters.has('sig') || !parameters.has('sv')) throw malformed('AZURE_STORAGE_SAS_TOKEN', meant);
  return parameters;
}

function ofAccount(named: string | null, variable: string, { account, shown }: Meant): void {
  if (named === null || named === account) return;
  throw weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason: `${variable} is of another account`,
    remedy: `Set the credentials of the account "${account}", or unset them and sign in with Entra ID.`,
  });
}

function contradictory({ account, shown }: Meant): Error {
  return weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason:
      'AZURE_STORAGE_CONNECTION_STRING contradicts itself: AccountName and BlobEndpoint are of different accounts',
    remedy: `Copy it again from "Access keys" of the account "${account}", or correct one of the two.`,
  });
}

function ofNoAccount({ account, shown }: Meant): Error {
  return weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason:
      'nothing says which account the shared access signature is of, and a reference does not choose where it is sent',
    remedy: `Set AZURE_STORAGE_ACCOUNT to "${account}" if it is of that account, or sign in with Entra ID.`,
  });
}

function malformed(what: string, { shown }: Meant): Error {
  return weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason: `${what} is not of the form that Azure gives it`,
    remedy: 'Copy it again from "Access keys" or "Shared access signature" of the account, without quotes around it.',
  });
}
