import { createHash } from 'node:crypto';
import { utf8, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { BucketClasses, ClassedObject, ObjectFacts, RestoreSpeed } from '@weighbridge/ports';
import { escapeUri } from '../http/escape-uri.js';
import { factsOf, findHead, maxDocumentBytes, usualClass } from './read-objects.js';
import type { S3Client } from './s3-client.js';
import { nameOf, readRefusal } from './s3-refusal.js';
import type { S3Answer } from './s3-requests.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * How long retrievals take at most by their tier
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html).
 */
const retrievals: Readonly<
  Record<string, Readonly<Record<RestoreSpeed, { readonly tier: string; readonly ms: number }>>>
> = {
  GLACIER: {
    fast: { tier: 'Expedited', ms: 5 * minuteMs },
    standard: { tier: 'Standard', ms: 5 * hourMs },
    cheap: { tier: 'Bulk', ms: 12 * hourMs },
  },
  // There is nothing faster than Standard.
  DEEP_ARCHIVE: {
    fast: { tier: 'Standard', ms: 12 * hourMs },
    standard: { tier: 'Standard', ms: 12 * hourMs },
    cheap: { tier: 'Bulk', ms: 48 * hourMs },
  },
};

/** Has archive tiers of its own, in a bucket where somebody switched them on; the class does not tell. */
const otherArchive = 'INTELLIGENT_TIERING';

/** Retrievals from those. */
const otherTiers: Readonly<Record<RestoreSpeed, string>> = { fast: 'Standard', standard: 'Standard', cheap: 'Bulk' };

/**
 * Storage classes of S3. An object is moved by a copy onto itself, which S3 makes in one step under the condition that the
 * source has the ETag that was seen: readers see the old one or the new one. Permissions: s3:GetObject and s3:PutObject,
 * as for writing, and s3:RestoreObject for restores.
 */
export function openS3Classes(
  client: S3Client,
  { bucket, now }: { readonly bucket: string; readonly now: () => Date },
): BucketClasses {
  const seen = new Set<string>();

  async function look(key: string): Promise<ClassedObject | null> {
    const head = await findHead(client, key);
    return head === null ? null : classedOf(factsOf(client, key, head), head);
  }

  /** A server that knows no classes may take the header and keep nothing of it. */
  async function checkKept(key: string, storageClass: string): Promise<void> {
    if (seen.has(storageClass)) return;
    const moved = await look(key);
    if (moved !== null && moved.storageClass !== storageClass) throw classNotKept(client, key, storageClass);
    seen.add(storageClass);
  }

  return {
    archives: [...Object.keys(retrievals), otherArchive],
    restoreMs: (storageClass, speed) => retrievals[storageClass]?.[speed].ms ?? 0,
    look,
    async move(object, storageClass) {
      const outcome = await copyOntoItself(client, { bucket, object, storageClass });
      if (outcome === 'moved') await checkKept(object.key, storageClass);
      return outcome;
    },
    async restore(key, { days, speed }) {
      const found = await look(key);
      if (found === null) return 'missing';
      if (found.access === 'restoring') return 'restoring';
      const ends = found.readableUntil;
      const isLong = ends === null || Date.parse(ends) >= now().getTime() + days * 24 * hourMs;
      if (found.access === 'readable' && isLong) return 'readable';
      return askRestore(client, found, { days, speed });
    },
  };
}

function classedOf(facts: ObjectFacts, { headers }: S3Answer): ClassedObject {
  const restore = [headers['x-amz-restore'] ?? ''].flat().join(',');
  const isArchived =
    retrievals[facts.storageClass ?? ''] !== undefined || headers['x-amz-archive-status'] !== undefined;
  const expiry = Date.parse(/expiry-date="([^"]*)"/.exec(restore)?.[1] ?? '');
  const isRestored = restore.includes('ongoing-request="false"');
  const access =
    !isArchived || isRestored ? 'readable' : restore.includes('ongoing-request="true"') ? 'restoring' : 'archived';
  const readableUntil = isRestored && !Number.isNaN(expiry) ? new Date(expiry).toISOString() : null;
  return { ...facts, storageClass: facts.storageClass ?? usualClass, access, readableUntil };
}

interface Moved {
  readonly bucket: string;
  readonly object: ObjectFacts;
  readonly storageClass: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html; objects have far less than the 5 GiB that it takes. */
async function copyOntoItself(
  client: S3Client,
  { bucket, object, storageClass }: Moved,
): Promise<'moved' | 'changed' | 'archived'> {
  const name = `${bucket}/${client.address.prefix}${object.key}`;
  try {
    const { status } = await client.askObject(object.key, {
      action: `move to ${storageClass}`,
      permission: 's3:PutObject',
      method: 'PUT',
      headers: {
        'x-amz-copy-source': `/${name.split('/').map(escapeUri).join('/')}`,
        'x-amz-copy-source-if-match': object.revision,
        'x-amz-storage-class': storageClass,
        'x-amz-metadata-directive': 'COPY',
      },
      maxAnswerBytes: maxDocumentBytes,
      outcomes: [200, 404, 412],
      // A copy that fails on the way ends with 200 and an error all the same.
      check: (answer) => (answer.status === 200 && !isCopied(answer) ? nameOf(readRefusal(answer)) : null),
    });
    return status === 200 ? 'moved' : 'changed';
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/archived') return 'archived';
    throw cause;
  }
}

function isCopied({ bytes }: S3Answer): boolean {
  return Buffer.from(bytes).toString('latin1').includes('<CopyObjectResult');
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
async function askRestore(
  client: S3Client,
  { key, storageClass }: ClassedObject,
  { days, speed }: { readonly days: number; readonly speed: RestoreSpeed },
): Promise<'readable' | 'restoring' | 'missing'> {
  const retrieval = retrievals[storageClass]?.[speed].tier;
  // What Intelligent-Tiering archived comes back for good.
  const lasts = retrieval === undefined ? '' : `<Days>${days}</Days>`;
  const tier = `<GlacierJobParameters><Tier>${retrieval ?? otherTiers[speed]}</Tier></GlacierJobParameters>`;
  const body = utf8(`<RestoreRequest xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${lasts}${tier}</RestoreRequest>`);
  const { status } = await client.askObject(key, {
    action: 'restore',
    permission: 's3:RestoreObject',
    method: 'POST',
    query: { restore: '' },
    headers: { 'content-type': 'application/xml' },
    body: [body],
    signedBody: createHash('sha256').update(body).digest(),
    maxAnswerBytes: maxDocumentBytes,
    outcomes: [200, 202, 404, 409],
    check: (answer) => {
      const refusal = readRefusal(answer);
      return answer.status === 409 && refusal.code !== 'RestoreAlreadyInProgress' ? nameOf(refusal) : null;
    },
  });
  if (status === 404) return 'missing';
  return status === 200 ? 'readable' : 'restoring';
}

function classNotKept({ address }: S3Client, key: string, storageClass: string): WeighbridgeError {
  return weighbridgeError('store/misconfigured', {
    action: `move to ${storageClass}`,
    path: `${address.shown}/${key}`,
    reason: `the server does not keep that storage class`,
    remedy: 'Remove "tiers" from weighbridge.yaml, or name classes that this server has.',
  });
}
