import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Remedy } from '../http/ask.js';

/** What Cloud Storage is asked to do, in the words of messages. */
export interface GcsOperation {
  readonly action: string;
  /** The object, or the bucket with its prefix: `gs://bucket/prefix/key`. */
  readonly path: string;
  readonly bucket: string;
  /** What IAM calls the permission. */
  readonly permission: string;
  /** Whether requests say who asks. */
  readonly signedIn: boolean;
  /** Whether a reference named the bucket, and not the settings of the store. */
  readonly isForeign: boolean;
}

/** Why an answer is no outcome, made of words that cannot hold a secret. */
export interface GcsRefusal {
  readonly status: number;
  /** The reason of the error document such as `forbidden`; null for an answer that has none. */
  readonly reason: string | null;
  /** The permission that the service says to be missing. */
  readonly permission: string | null;
  /** What the sentences of the service are about, where they say more than the reason. */
  readonly about: 'bucket' | 'checksum' | 'encryption key' | 'requester pays' | null;
}

const maxDocumentLength = 16_384;

/**
 * Reads an error document, or the line of text that a download answers instead of one: names alone, since its sentences
 * quote accounts and addresses.
 */
export function readRefusal({ status, bytes }: { readonly status: number; readonly bytes: Uint8Array }): GcsRefusal {
  const text = status < 300 ? '' : Buffer.from(bytes.subarray(0, maxDocumentLength)).toString('latin1');
  return {
    status,
    reason: find(text, /"reason"\s*:\s*"([A-Za-z_]{1,64})"/),
    permission:
      find(text, /Permission '([a-z]{1,30}\.[A-Za-z]{1,30}\.[A-Za-z]{1,30})' denied/) ??
      find(text, /does not have ([a-z]{1,30}\.[A-Za-z]{1,30}\.[A-Za-z]{1,30}) access/),
    about: topicOf(status, text),
  };
}

function find(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1] ?? null;
}

function topicOf(status: number, text: string): GcsRefusal['about'] {
  if (status === 404) return /specified bucket does not exist/i.test(text) ? 'bucket' : null;
  if (status === 400 && /(?:crc32c|md5)[^{}]{0,200}match calculated/i.test(text)) return 'checksum';
  if (status === 400 && /requester pays/i.test(text)) return 'requester pays';
  return (status === 400 || status === 403) && /cloud ?kms/i.test(text) ? 'encryption key' : null;
}

/** What may work a moment later (https://cloud.google.com/storage/docs/retry-strategy). */
const passingStatuses = [408, 429, 500, 502, 503, 504];
const passingReasons = ['backendError', 'internalError', 'rateLimitExceeded', 'userRateLimitExceeded'];
const heldReasons = ['objectUnderActiveHold', 'retentionPolicyNotMet'];
const billingReasons = ['accountDisabled', 'UserProjectAccountProblem'];
const perimeterReasons = ['SECURITY_POLICY_VIOLATED', 'vpcServiceControls', 'orgPolicyConstraintFailed'];

/** Which of the remedies a refusal has. */
export function remedyOf({ status, reason, about }: GcsRefusal): Remedy {
  if (status === 401) return 'refresh';
  if (about === 'checksum') return 'send-again';
  if (passingStatuses.includes(status)) return 'wait';
  return reason !== null && passingReasons.includes(reason) ? 'wait' : 'none';
}

/** Whether a status that would be an outcome is none: the bucket is missing, or a rule of the organisation forbids it. */
export function isRefused({ status, reason, about }: GcsRefusal): boolean {
  return about === 'bucket' || (status === 412 && reason !== null && perimeterReasons.includes(reason));
}

/** What a refusal is called in a message. */
export function nameOf({ status, reason }: GcsRefusal): string {
  return reason === null ? `the service answered ${status}` : `the service answered ${status} ${reason}`;
}

/** The error of the catalogue for a refusal that nothing here can mend. */
export function refusedError(operation: GcsOperation, refusal: GcsRefusal): WeighbridgeError {
  const { action, path } = operation;
  const { status, about } = refusal;
  const reason = nameOf(refusal);
  if (about === 'bucket' || status === 404) return missingBucket(operation);
  if (about === 'requester pays') {
    return weighbridgeError('store/misconfigured', {
      action,
      path,
      reason: 'whoever asks this bucket pays for it, and no project was named',
      remedy: 'Set GOOGLE_CLOUD_QUOTA_PROJECT to the project that pays.',
    });
  }
  const remedy = deniedRemedy(operation, refusal);
  if (remedy !== null) return weighbridgeError('store/denied', { action, path, reason, remedy });
  const told = about === 'checksum' ? `wrong checksum, ${reason}` : reason;
  return weighbridgeError('store/io', { action, path, reason: told });
}

/** The error for a bucket that is not there. */
export function missingBucket({ action, path, bucket, isForeign }: GcsOperation): WeighbridgeError {
  return weighbridgeError('store/misconfigured', {
    action,
    path,
    reason: `there is no bucket "${bucket}"`,
    remedy: isForeign
      ? 'Correct the bucket in the reference.'
      : 'Create the bucket, or correct store.bucket (and store.endpoint) in weighbridge.yaml.',
  });
}

/** What mends a refusal that is about who asks or what is allowed; null for every other one. */
function deniedRemedy(operation: GcsOperation, { status, reason, permission, about }: GcsRefusal): string | null {
  const { bucket } = operation;
  const isOneOf = (reasons: readonly string[]) => reason !== null && reasons.includes(reason);
  if (status === 407) return 'Put the name and the password that the proxy asks for into HTTPS_PROXY.';
  if (about === 'encryption key') {
    return `Allow the Cloud Storage service agent of the project cloudkms.cryptoKeyVersions.useToEncrypt and useToDecrypt on the key of the bucket "${bucket}" (roles/cloudkms.cryptoKeyEncrypterDecrypter), and look whether the key is enabled.`;
  }
  if (isOneOf(perimeterReasons))
    return `Ask for access to the bucket "${bucket}" from here: a rule of the organisation forbids it.`;
  if (status === 401) return operation.signedIn ? `Check who asks: ${howTo}` : notSignedIn(operation);
  if (status !== 403) return null;
  if (isOneOf(heldReasons)) return 'Wait until the hold or the retention policy of the bucket lets the object go.';
  if (isOneOf(billingReasons)) return `Look at the billing account of the project that owns the bucket "${bucket}".`;
  if (isOneOf(['insufficientPermissions'])) return `Ask with the scope cloud-platform: ${howTo}`;
  return permissionRemedy(operation, permission);
}

function permissionRemedy(operation: GcsOperation, told: string | null): string {
  const { permission, bucket, signedIn, isForeign } = operation;
  if (!signedIn) return notSignedIn(operation);
  const missing = told ?? permission;
  const allow = `Allow whoever asks ${missing} on gs://${bucket}`;
  if (!missing.startsWith('storage.objects.')) return `${allow}.`;
  const roles = isForeign
    ? 'roles/storage.objectViewer has it'
    : 'roles/storage.objectUser has all that is needed, roles/storage.objectViewer what reading needs';
  return `${allow}: ${roles}. Without storage.objects.list the service answers 403 instead of 404 for an object that is not there.`;
}

function notSignedIn({ isForeign }: GcsOperation): string {
  const remove = isForeign ? 'Unset STORAGE_EMULATOR_HOST' : 'Remove store.endpoint (and STORAGE_EMULATOR_HOST)';
  return `Nothing was said of who asks, because the endpoint is no host of Google over https. ${remove}, or let everyone in there.`;
}

const howTo =
  'in GitHub Actions give the job "permissions: id-token: write" and run google-github-actions/auth before this step; elsewhere set GOOGLE_APPLICATION_CREDENTIALS to a credential file, or run "gcloud auth application-default login".';

/** Of what looking for credentials threw, only names are told. */
export function noCredentials(path: string, cause: unknown): WeighbridgeError {
  const message = cause instanceof Error ? cause.message : '';
  const absent = message.startsWith('Could not load the default credentials');
  return weighbridgeError('store/denied', {
    action: 'sign in to',
    path,
    reason: absent
      ? 'no Google Cloud credentials were found'
      : `the credentials could not be had (${causeOf(cause)}); a clock that is off can be why`,
    remedy: `Say who asks: ${howTo}`,
  });
}

/** The error for an address that cannot be signed. */
export function cannotSign(path: string, cause: unknown): WeighbridgeError {
  const remedy =
    'Let a service account ask (google-github-actions/auth with service_account, or a key of one), and allow it iam.serviceAccounts.signBlob on itself: roles/iam.serviceAccountTokenCreator.';
  const reason =
    cause === null ? 'who asks is no service account' : `the signature could not be had (${causeOf(cause)})`;
  return weighbridgeError('store/denied', { action: 'make an address for', path, reason, remedy });
}

/** Status and code of a failed request for a token, or the name of a system error. */
function causeOf(cause: unknown): string {
  if (!isRecord(cause)) return 'unknown';
  const response = isRecord(cause['response']) ? cause['response'] : {};
  const body = isRecord(response['data']) ? response['data'] : {};
  const known = [cause['status'], body['error'], cause['code']]
    .map((each) => (typeof each === 'number' ? String(each) : each))
    .filter((each): each is string => typeof each === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(each));
  return [...new Set(known)].join(' ') || 'unknown';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}
