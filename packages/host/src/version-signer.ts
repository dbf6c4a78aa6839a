import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { Surroundings, VersionSigner } from '@weighbridge/flows';
import { openKeylessSigner } from '@weighbridge/sigstore';
import { openKeySigner } from './ecdsa-key.js';
import { hasIdentity, readIdentity } from './evidence-signer.js';
import type { Host } from './host.js';
import type { InputValues } from './inputs.js';
import { sigstoreServices } from './signing-inputs.js';

/** The host's surroundings with what signs versions, where there is something. @throws signing/key */
export async function withVersionSigner(inputs: InputValues, host: Host): Promise<Surroundings> {
  const { surroundings } = host;
  if (surroundings.signing === undefined) return surroundings;
  return { ...surroundings, signing: { ...surroundings.signing, signer: await openSigner(inputs, host) } };
}

/** The key that was given, else the identity of the job where the policy lets workflows sign. */
async function openSigner(inputs: InputValues, host: Host): Promise<VersionSigner | null> {
  const { environment, policy } = host;
  const pem = await readKey(inputs, host);
  if (pem !== null) return openKeySigner(pem);
  if ((policy.signing?.signers ?? []).length === 0 || !hasIdentity(environment)) return null;
  return openKeylessSigner({ ...sigstoreServices(inputs), identityToken: () => readIdentity(environment) });
}

async function readKey(inputs: InputValues, host: Host): Promise<string | null> {
  const file = inputs.text('model-key-file');
  if (file === null) return inputs.text('model-key') ?? (host.environment['WEIGHBRIDGE_MODEL_KEY'] || null);
  try {
    return await readFile(resolve(host.folder, file), 'utf8');
  } catch (cause) {
    throw weighbridgeError('signing/key', { reason: `${file} cannot be read` }, { cause });
  }
}
