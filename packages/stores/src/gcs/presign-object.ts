import type { GcsClient } from './gcs-client.js';
import { cannotSign, noCredentials } from './gcs-refusal.js';
import { prepareSignedUrl } from './sign-url.js';

/** What an address is for, and how long. */
export interface PresignedObject {
  readonly expiresInSeconds: number;
  readonly now: Date;
  /** Null: whatever has the name when it is read. */
  readonly generation: string | null;
}

/**
 * An address of an object, or of one generation of it. Whoever may ask without saying who they are needs no signature
 * either. @throws store/denied where nobody can sign
 */
export async function presignObject(
  client: GcsClient,
  key: string,
  { expiresInSeconds, now, generation }: PresignedObject,
): Promise<string> {
  const { address } = client;
  const url = address.plainUrl(key);
  if (generation !== null) url.searchParams.set('generation', generation);
  const credentials = await client.credentials();
  if (credentials === null) return url.href;
  const path = `${address.shown}/${key}`;
  const signer = await credentials.signer().catch((cause: unknown) => {
    throw noCredentials(address.shown, cause);
  });
  if (signer === null) throw cannotSign(path, null);
  const { stringToSign, withSignature } = prepareSignedUrl({ url, expiresInSeconds, signer: signer.email, now });
  const signature = await signer.sign(stringToSign).catch((cause: unknown) => {
    throw cannotSign(path, cause);
  });
  return withSignature(signature);
}
