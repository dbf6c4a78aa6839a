import type { Bundle } from '@sigstore/bundle';
import type { JsonObject } from '@weighbridge/core';
import { weighbridgeError } from '@weighbridge/core';

/** Where Sigstore is, and who vouches for the job. */
export interface SigstoreServices {
  readonly fulcioUrl: string;
  /** Transparency log; null for none, when a timestamp authority vouches for the time. */
  readonly rekorUrl: string | null;
  readonly timestampUrl: string | null;
  /** The identity token of the job, for the audience `sigstore`. @throws when the CI gives none */
  readonly identityToken: () => Promise<string>;
  readonly timeoutMs: number;
}

const tries = 2;

/** The port's `sign`: see KeylessSigner. @throws evidence/keyless */
export async function signStatement(
  payload: Uint8Array,
  payloadType: string,
  services: SigstoreServices,
): Promise<JsonObject> {
  const { bundleToJSON } = await import('@sigstore/bundle');
  const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = await import('@sigstore/sign');
  const limits = { timeout: services.timeoutMs, retry: tries };
  const { fulcioUrl, rekorUrl, timestampUrl } = services;
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      identityProvider: { getToken: services.identityToken },
      fulcioBaseURL: fulcioUrl,
      ...limits,
    }),
    witnesses: [
      ...(rekorUrl === null ? [] : [new RekorWitness({ rekorBaseURL: rekorUrl, entryType: 'dsse', ...limits })]),
      ...(timestampUrl === null ? [] : [new TSAWitness({ tsaBaseURL: timestampUrl, ...limits })]),
    ],
  });
  let bundle: Bundle;
  try {
    bundle = await builder.create({ data: Buffer.from(payload), type: payloadType });
  } catch (cause) {
    throw weighbridgeError('evidence/keyless', { reason: reasonOf(cause), address: fulcioUrl }, { cause });
  }
  return JSON.parse(JSON.stringify(bundleToJSON(bundle))) as JsonObject;
}

/** Codes of @sigstore/sign are safe to show; messages may quote an answer. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]{1,64}$/.test(code) ? code.toLowerCase().replaceAll('_', ' ') : 'no answer that can be used';
}
