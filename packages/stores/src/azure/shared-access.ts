import { hmac } from './shared-key.js';

/** The version of the service that requests and signatures are made for. */
export const serviceVersion = '2021-12-02';

/** What the holder of an address may read, and how long. */
export interface SharedAccess {
  /** `/blob/account/container/name`, without escapes. */
  readonly signedName: string;
  /** The one version that may be read; null for the blob as it is when it is read. */
  readonly version: string | null;
  readonly expiresAt: Date;
  readonly httpsOnly: boolean;
}

/** A key that the service made for somebody who signed in (https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key). */
export interface DelegationKey {
  readonly objectId: string;
  readonly tenantId: string;
  readonly start: string;
  readonly expiry: string;
  readonly service: string;
  readonly version: string;
  readonly value: Uint8Array;
}

const oneBlob = 'b';
const oneVersion = 'bv';
const mayRead = 'r';

/** Parameters of a service SAS (https://learn.microsoft.com/rest/api/storageservices/create-service-sas). */
export function serviceAccess(access: SharedAccess, key: Uint8Array): Readonly<Record<string, string>> {
  return signed(access, key, { fields: [''], parameters: {} });
}

/** Parameters of a user delegation SAS (https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas). */
export function delegatedAccess(access: SharedAccess, key: DelegationKey): Readonly<Record<string, string>> {
  const { objectId, tenantId, start, expiry, service, version } = key;
  return signed(access, key.value, {
    // After them: who is authorized by proxy, who is not, and the correlation of audits. None is given.
    fields: [objectId, tenantId, start, expiry, service, version, '', '', ''],
    parameters: { skoid: objectId, sktid: tenantId, skt: start, ske: expiry, sks: service, skv: version },
  });
}

interface Signer {
  /** What is signed between the name of the resource and the addresses that may ask. */
  readonly fields: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

function signed(
  access: SharedAccess,
  key: Uint8Array,
  { fields, parameters }: Signer,
): Readonly<Record<string, string>> {
  const protocol = access.httpsOnly ? 'https' : 'https,http';
  const expiry = secondsOf(access.expiresAt);
  const start = '';
  const anyAddress = '';
  const resource = access.version === null ? oneBlob : oneVersion;
  const before = [mayRead, start, expiry, access.signedName, ...fields, anyAddress, protocol, serviceVersion, resource];
  // After the version, encryption scope and five headers of the answer: as they are.
  const text = [...before, access.version ?? '', ...Array.from({ length: 6 }, () => '')].join('\n');
  const shared = { sv: serviceVersion, spr: protocol, se: expiry, sr: resource, sp: mayRead };
  return { ...shared, ...parameters, sig: hmac(key, text) };
}

/** ISO 8601 in whole seconds, UTC. */
export function secondsOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
