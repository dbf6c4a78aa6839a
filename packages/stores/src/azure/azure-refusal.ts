import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Answer, Remedy } from '../http/ask.js';
import type { AzureCredentials } from './azure-credentials.js';
import type { AzurePermission } from './azure-permissions.js';
import { howToSignIn } from './how-to-sign-in.js';

/** What the Blob service is asked to do, in the words of messages. */
export interface AzureOperation {
  readonly action: string;
  /** The blob, or the container with its prefix: `az://account/container/prefix/key`. */
  readonly path: string;
  readonly account: string;
  readonly container: string;
  readonly permission: AzurePermission;
  /** How the request says who asks. */
  readonly by: AzureCredentials['kind'];
  /** Whether a reference named the container, and not the settings of the store. */
  readonly isForeign: boolean;
}

/** Why an answer is no outcome, made of words that cannot hold a secret. */
export interface AzureRefusal {
  readonly status: number;
  /** Such as `BlobNotFound`; null for an answer that has none, which is not of the service. */
  readonly code: string | null;
}

const maxDocumentLength = 16_384;
const codePattern = /^[A-Za-z0-9]{1,64}$/;

/** Reads the code of an error: its sentences quote what was signed. */
export function readRefusal({ status, headers, bytes }: Omit<Answer, 'repeated'>): AzureRefusal {
  const header = headers['x-ms-error-code'];
  const document = Buffer.from(bytes.subarray(0, maxDocumentLength)).toString('latin1');
  const written = typeof header === 'string' ? header : /<Code>([^<]*)<\/Code>/.exec(document)?.[1];
  const code = written !== undefined && codePattern.test(written) ? written : null;
  // What Azurite calls it.
  const isChecksum = code === 'InvalidOperation' && document.includes('Provided contentMD5');
  return { status, code: isChecksum ? 'Md5Mismatch' : code };
}

/** The codes that make an outcome of a status: with any other one it is a refusal. */
const outcomeCodes: Readonly<Record<number, string>> = {
  404: 'BlobNotFound',
  409: 'BlobAlreadyExists',
  412: 'ConditionNotMet',
  416: 'InvalidRange',
};

/** Whether a status that can be an outcome is none: the container is missing, or somebody holds the blob. */
export function deniesOutcome({ status, code }: AzureRefusal): boolean {
  return status >= 300 && outcomeCodes[status] !== code;
}

const passingStatuses = [408, 429, 500, 502, 503, 504];
const checksumCodes = ['Md5Mismatch', 'InvalidMd5', 'Crc64Mismatch'];

/** Which of the remedies a refusal has (https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes). */
export function remedyOf({ status, code }: AzureRefusal, by: AzureCredentials['kind']): Remedy {
  if (code !== null && checksumCodes.includes(code)) return 'send-again';
  if (status === 401) return 'refresh';
  // The answer to a HEAD does not say why: a clock that is off shows in its date.
  if (code === 'AuthenticationFailed') return by === 'token' ? 'refresh' : 'correct-clock';
  return passingStatuses.includes(status) ? 'wait' : 'none';
}

/** What a refusal is called in a message. */
export function nameOf({ status, code }: AzureRefusal): string {
  return code === null ? `the service answered ${status}` : `the service answered ${status} ${code}`;
}

/** The error of the catalogue for a refusal that nothing here can mend. */
export function refusedError(operation: AzureOperation, refusal: AzureRefusal): WeighbridgeError {
  const { action, path } = operation;
  const { status, code } = refusal;
  const reason = nameOf(refusal);
  const denied = (remedy: string) => weighbridgeError('store/denied', { action, path, reason, remedy });
  if (code !== null && checksumCodes.includes(code)) {
    return weighbridgeError('store/io', { action, path, reason: `wrong checksum, ${reason}` });
  }
  const missing = missingPlace(operation, refusal);
  if (missing !== null) return weighbridgeError('store/misconfigured', { action, path, ...missing });
  if (code === 'BlobArchived' || code === 'BlobBeingRehydrated')
    return weighbridgeError(operation.isForeign ? 'source/archived' : 'store/archived', { action, path });
  const special = code === null ? undefined : remedies[code];
  if (special !== undefined) return denied(special(operation));
  if (status === 407) return denied('Put the name and the password that the proxy asks for into HTTPS_PROXY.');
  if (status === 401 || status === 403) return denied(permissionRemedy(operation));
  return weighbridgeError('store/io', { action, path, reason });
}

function missingPlace({ account, container, isForeign }: AzureOperation, refusal: AzureRefusal) {
  const { status, code } = refusal;
  if (code === 'ContainerNotFound' || code === 'ContainerBeingDeleted') {
    const what = code === 'ContainerNotFound' ? 'there is no container' : 'somebody is deleting the container';
    const create = `az storage container create --auth-mode login --account-name ${account} --name ${container}`;
    return {
      reason: `${what} "${container}" in the account "${account}"`,
      remedy: isForeign
        ? 'Correct the container in the reference, az://container@account/blob.'
        : `Create it with "${create}", or correct store.container in weighbridge.yaml.`,
    };
  }
  if (status !== 404) return null;
  return {
    reason: `${nameOf(refusal)}, which is no answer of that container`,
    remedy: isForeign
      ? 'Correct the account in the reference, az://container@account/blob (and BlobEndpoint in AZURE_STORAGE_CONNECTION_STRING, where that is set).'
      : 'Correct store.account (and store.endpoint, which names the blob endpoint) in weighbridge.yaml.',
  };
}

const sasRemedy = ({ permission, isForeign }: AzureOperation) =>
  `Make a new shared access signature for blobs of this container with the permissions ${isForeign ? 'r and l' : 'r, w, d and l'} (here ${permission.letter} was asked for), for https and for this address.`;

/** What lies behind a code that is not the lack of a role. */
const remedies: Readonly<Record<string, (operation: AzureOperation) => string>> = {
  AccountIsDisabled: () => 'Enable the storage account again.',
  AuthenticationFailed: ({ by }) =>
    by === 'key'
      ? 'Check the account key, and set the clock of this machine: the service refuses requests that are more than 15 minutes off.'
      : by === 'sas'
        ? 'Make a new shared access signature: this one has ended, has not begun, or was altered.'
        : `Sign in again: ${howToSignIn}`,
  InvalidAuthenticationInfo: ({ by }) =>
    by === 'token'
      ? 'Sign in to the tenant that the storage account belongs to (AZURE_TENANT_ID): the service does not take this token.'
      : `Renew the credentials: ${howToSignIn}`,
  NoAuthenticationInformation: () => `Say who asks: ${howToSignIn}`,
  KeyBasedAuthenticationNotPermitted: () =>
    `The account takes no keys. Unset AZURE_STORAGE_CONNECTION_STRING and AZURE_STORAGE_KEY, and sign in: ${howToSignIn}`,
  AuthorizationFailure: (operation) =>
    operation.by === 'sas'
      ? sasRemedy(operation)
      : `Let this machine in under "Networking" of the account "${operation.account}": its firewall keeps out what it does not know. If it does know it: ${permissionRemedy(operation)}`,
  AuthorizationSourceIPMismatch: sasRemedy,
  AuthorizationProtocolMismatch: sasRemedy,
  AuthorizationServiceMismatch: sasRemedy,
  AuthorizationResourceTypeMismatch: sasRemedy,
  BlobImmutableDueToPolicy: () =>
    'Wait until the immutability policy or the legal hold of the container ends, or let its owner lift it.',
  LeaseIdMissing: () =>
    'Somebody holds a lease on this blob: let them release it, or run "az storage blob lease break".',
  SnapshotsPresent: () => 'Delete the snapshots of this blob first: "az storage blob delete --delete-snapshots only".',
};

function permissionRemedy(operation: AzureOperation): string {
  const { by, permission, account, container } = operation;
  if (by === 'sas') return sasRemedy(operation);
  if (by === 'key') return 'Check the account key: one that is right may do everything.';
  const scope = permission.role === 'Storage Blob Delegator' ? '' : ` or on its container "${container}"`;
  return `Assign the role "${permission.role}", which has ${permission.action}, to whoever signs in, on the storage account "${account}"${scope}; a new assignment takes some minutes.`;
}
