import { weighbridgeError } from '@weighbridge/core';
import type { AzureClient, OpenedAzure } from './azure-client.js';
import { permissions } from './azure-permissions.js';
import { delegatedAccess, type DelegationKey, secondsOf, serviceAccess } from './shared-access.js';

const dayMs = 24 * 60 * 60 * 1000;
/** No key of a delegation lasts longer. */
export const maxAccessMs = 7 * dayMs;
/** A key begins a little earlier, for clocks that are not quite those of the service. */
const earlierMs = 5 * 60_000;
/** A key is made for longer than was asked, so that it serves for the next addresses too. */
const reserveMs = 60 * 60_000;
const maxKeyBytes = 64 * 1024;

/** Signs addresses that need no credentials; keeps the key of a delegation for as long as it serves. */
export interface BlobPresigner {
  /** Null for a client that has nothing but a signature itself: with it, it would give away all that it may. */
  presign(key: string, expiresInMs: number, version?: string | null): Promise<string | null>;
}

/** Signs by the account's key, else by a key of a delegation, which needs a right of its own. */
export function openPresigner(client: AzureClient): BlobPresigner {
  let delegation: Promise<DelegationKey> | null = null;

  async function delegationUntil(opened: OpenedAzure, untilMs: number): Promise<DelegationKey> {
    const known = delegation === null ? null : await delegation;
    if (known !== null && Date.parse(known.expiry) >= untilMs) return known;
    delegation = requestDelegation(opened, client.shown, untilMs);
    try {
      return await delegation;
    } catch (cause) {
      delegation = null;
      throw cause;
    }
  }

  return {
    async presign(key, expiresInMs, version = null) {
      const opened = await client.open();
      const { address, session } = opened;
      const { credentials } = session;
      if (credentials.kind === 'sas') return null;
      const url = address.blobUrl(key);
      const nowMs = session.now().getTime();
      const expiresAt = new Date(Math.min(nowMs + expiresInMs, nowMs - earlierMs + maxAccessMs));
      const access = { signedName: address.signedName(key), version, expiresAt, httpsOnly: url.protocol === 'https:' };
      const parameters =
        credentials.kind === 'key'
          ? serviceAccess(access, credentials.key)
          : delegatedAccess(access, await delegationUntil(opened, expiresAt.getTime()));
      if (version !== null) url.searchParams.set('versionid', version);
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
  };
}

async function requestDelegation({ address, session, ask }: OpenedAzure, shown: string, untilMs: number) {
  const startMs = session.now().getTime() - earlierMs;
  const expiry = new Date(Math.min(untilMs + reserveMs, startMs + maxAccessMs));
  const times = `<Start>${secondsOf(new Date(startMs))}</Start><Expiry>${secondsOf(expiry)}</Expiry>`;
  const { bytes } = await ask(address.serviceUrl, shown, {
    action: 'make a key for addresses of',
    permission: permissions.delegate,
    method: 'POST',
    query: { restype: 'service', comp: 'userdelegationkey' },
    headers: { 'content-type': 'application/xml' },
    body: [new TextEncoder().encode(`<?xml version="1.0" encoding="utf-8"?><KeyInfo>${times}</KeyInfo>`)],
    maxAnswerBytes: maxKeyBytes,
    outcomes: [200],
    check: (answer) => (parseDelegation(answer.bytes) === null ? 'the answer is no key' : null),
  });
  const key = parseDelegation(bytes);
  if (key !== null) return key;
  throw weighbridgeError('store/io', { action: 'read a key of', path: shown, reason: 'the answer is no key' });
}

/** Names and times stand in it as they are, without escapes. */
function parseDelegation(bytes: Uint8Array): DelegationKey | null {
  const text = Buffer.from(bytes).toString('utf8');
  const find = (name: string) => new RegExp(`<${name}>([^<&]{1,256})</${name}>`).exec(text)?.[1] ?? '';
  const key = {
    objectId: find('SignedOid'),
    tenantId: find('SignedTid'),
    start: find('SignedStart'),
    expiry: find('SignedExpiry'),
    service: find('SignedService'),
    version: find('SignedVersion'),
    value: Buffer.from(find('Value'), 'base64'),
  };
  return Object.values(key).every(({ length }) => length > 0) ? key : null;
}
