import type { IncomingHttpHeaders } from 'node:http';
import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Remedy } from '../http/ask.js';

/** What S3 is asked to do, in the words of messages. */
export interface S3Operation {
  readonly action: string;
  /** The object, or the bucket with its prefix: `s3://bucket/prefix/key`. */
  readonly path: string;
  readonly bucket: string;
  /** `bucket/prefix/key`, the end of the resource's name in a policy; the bucket alone for a listing. */
  readonly resource: string;
  /** What IAM calls the permission. */
  readonly permission: string;
  /** Whether a reference named the bucket, and not the settings of the store. */
  readonly isForeign: boolean;
}

/** Why an answer is no outcome, made of words that cannot hold a secret. */
export interface Refusal {
  readonly status: number;
  /** The code of the error document such as `AccessDenied`; null for an answer that has none. */
  readonly code: string | null;
  /** The region that the service says the bucket to be in. */
  readonly region: string | null;
  /** The permission that the service says to be missing. */
  readonly permission: string | null;
}

const maxDocumentLength = 16_384;

/** Reads an error document: names alone, since its sentences quote keys, tokens and what was signed. */
export function readRefusal(answer: {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
}): Refusal {
  const document = Buffer.from(answer.bytes.subarray(0, maxDocumentLength)).toString('latin1');
  const header = answer.headers['x-amz-bucket-region'];
  const region = typeof header === 'string' ? header : find(document, /<Region>([^<]*)<\/Region>/);
  return {
    status: answer.status,
    code: find(document, /<Code>([A-Za-z0-9.]{1,64})<\/Code>/),
    region: region !== null && /^[a-z0-9-]{1,40}$/.test(region) ? region : null,
    permission: find(document, /\bperform: ((?:s3|s3express|kms):[A-Za-z]{1,64})\b/),
  };
}

function find(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1] ?? null;
}

/** What may work a moment later (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const passingCodes = [
  'ConditionalRequestConflict',
  'InternalError',
  'OperationAborted',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'TemporaryRedirect',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
];
const passingStatuses = [307, 408, 429, 500, 502, 503, 504];
const skewCodes = ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'];
const expiredCodes = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];
const checksumCodes = ['BadDigest', 'InvalidDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'];
const regionCodes = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'];
const archiveCodes = ['InvalidObjectState', 'ObjectNotInActiveTierError'];
const classCodes = ['InvalidStorageClass', 'StorageClassNotSupported'];
const keyCodes = ['InvalidAccessKeyId', 'InvalidToken', 'SignatureDoesNotMatch', 'InvalidClientTokenId'];

/** The region that a refusal sends to; empty for one that has another reason. */
export function regionNamed({ status, code, region }: Refusal): readonly string[] {
  return isElsewhere(status, code) && region !== null ? [region] : [];
}

function isElsewhere(status: number, code: string | null): boolean {
  return status === 301 || (code !== null && regionCodes.includes(code));
}

/** Which of the remedies a refusal has. */
export function remedyOf({ status, code }: Refusal): Remedy {
  if (code !== null && skewCodes.includes(code)) return 'correct-clock';
  if (code !== null && expiredCodes.includes(code)) return 'refresh';
  if (code !== null && checksumCodes.includes(code)) return 'send-again';
  if (code !== null && passingCodes.includes(code)) return 'wait';
  return passingStatuses.includes(status) && code !== 'NotImplemented' ? 'wait' : 'none';
}

/** What a refusal is called in a message. */
export function nameOf({ status, code }: Refusal): string {
  return code === null ? `the service answered ${status}` : `the service answered ${status} ${code}`;
}

/** The error of the catalogue for a refusal that nothing here can mend. */
export function refusedError(operation: S3Operation, refusal: Refusal): WeighbridgeError {
  const { action, path, bucket, isForeign } = operation;
  const howTo = howToSignIn(isForeign);
  const { status, code, region } = refusal;
  const reason = nameOf(refusal);
  const denied = (remedy: string) => weighbridgeError('store/denied', { action, path, reason, remedy });
  const misconfigured = (reason: string, remedy: string) =>
    weighbridgeError('store/misconfigured', { action, path, reason, remedy });
  if (code === 'NoSuchBucket') {
    return misconfigured(
      `there is no bucket "${bucket}"`,
      isForeign
        ? 'Correct the bucket in the reference.'
        : 'Create the bucket, or correct store.bucket (and store.region, store.endpoint) in weighbridge.yaml.',
    );
  }
  if (isElsewhere(status, code)) {
    return misconfigured(
      region === null ? 'the bucket is in another region' : `the bucket is in the region ${region}`,
      isForeign
        ? `Set AWS_REGION to ${region === null ? 'the region of the bucket' : `"${region}"`}.`
        : region === null
          ? 'Write the region of the bucket as store.region in weighbridge.yaml.'
          : `Write "region: ${region}" under store in weighbridge.yaml.`,
    );
  }
  if (code !== null && archiveCodes.includes(code))
    return weighbridgeError(isForeign ? 'source/archived' : 'store/archived', { action, path });
  if (code !== null && classCodes.includes(code)) {
    return misconfigured(
      'the server does not know that storage class',
      'Name classes that this server has under "tiers" in weighbridge.yaml, or remove "tiers".',
    );
  }
  if (code === 'NotImplemented' || status === 501) {
    return misconfigured(
      'the server has no conditional writes',
      'Update the server, or write "conditional_writes: false" under store in weighbridge.yaml, which is safe only as long as one process at a time writes.',
    );
  }
  if (code !== null && skewCodes.includes(code)) {
    return denied('Set the clock of this machine; S3 refuses requests that are more than 15 minutes off.');
  }
  if (code !== null && expiredCodes.includes(code))
    return denied(`Renew the credentials, which have expired: ${howTo}`);
  if (code !== null && keyCodes.includes(code)) return denied(`Check the access key and its secret: ${howTo}`);
  if (code !== null && checksumCodes.includes(code)) {
    return weighbridgeError('store/io', { action, path, reason: `wrong checksum, ${reason}` });
  }
  if (status === 407) return denied('Put the name and the password that the proxy asks for into HTTPS_PROXY.');
  if (status === 401 || status === 403) return denied(permissionRemedy(operation, refusal));
  return weighbridgeError('store/io', { action, path, reason });
}

function permissionRemedy({ permission, resource, bucket }: S3Operation, refusal: Refusal): string {
  const missing = refusal.permission ?? permission;
  if (missing.startsWith('kms:')) return `Allow ${missing} on the key that encrypts the bucket "${bucket}".`;
  const allow = `Allow ${missing} on arn:aws:s3:::${resource}`;
  if (missing === 's3:ListBucket') return `${allow}.`;
  const listing = `s3:ListBucket on arn:aws:s3:::${bucket}`;
  return `${allow}, and ${listing}: without the latter S3 answers 403 instead of 404 for an object that is not there.`;
}

function howToSignIn(isForeign: boolean): string {
  const profile = isForeign ? 'set AWS_PROFILE' : 'write store.profile in weighbridge.yaml';
  return `in GitHub Actions give the job "permissions: id-token: write" and run aws-actions/configure-aws-credentials before this step; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ${profile} and run "aws sso login".`;
}

/** Of what the chain of credentials threw, only the name of the error is told. */
export function noCredentials(
  { address: path, isForeign }: { readonly address: string; readonly isForeign: boolean },
  cause: unknown,
): WeighbridgeError {
  const name = cause instanceof Error && /^[A-Za-z0-9]{1,64}$/.test(cause.name) ? cause.name : 'unknown';
  const absent = name === 'CredentialsProviderError';
  return weighbridgeError('store/denied', {
    action: 'sign in to',
    path,
    reason: absent ? 'no AWS credentials were found' : `the credentials could not be had (${name})`,
    remedy: `Say who asks: ${howToSignIn(isForeign)}`,
  });
}
