import type { SigstoreServices } from '@weighbridge/sigstore';
import type { InputSpec, InputValues } from './inputs.js';

const timeoutMs = 30_000;
const publicFulcio = 'https://fulcio.sigstore.dev';
const publicRekor = 'https://rekor.sigstore.dev';

/** Which Sigstore signs, for commands that sign without a key. */
export const sigstoreInputs: readonly InputSpec[] = [
  {
    name: 'fulcio-url',
    description: 'Authority that certifies the identity of the job.',
    type: 'text',
    default: publicFulcio,
    placeholder: 'URL',
  },
  {
    name: 'rekor-url',
    description: 'Transparency log; "none" where a timestamp authority vouches for the time.',
    type: 'text',
    default: publicRekor,
    placeholder: 'URL',
  },
  { name: 'timestamp-url', description: 'Timestamp authority (RFC 3161).', type: 'text', placeholder: 'URL' },
];

/** What signs versions, for commands that do. */
export const versionSignerInputs: readonly InputSpec[] = [
  {
    name: 'model-key',
    description:
      'ECDSA private key (PEM, P-256, P-384 or P-521) that signs versions, from a secret; without it the identity of the job signs.',
    type: 'text',
    only: 'action',
  },
  {
    name: 'model-key-file',
    description: 'File with the ECDSA private key that signs versions; WEIGHBRIDGE_MODEL_KEY holds its text instead.',
    type: 'text',
    placeholder: 'FILE',
    only: 'command-line',
  },
  ...sigstoreInputs,
];

/** The Sigstore of these inputs. */
export function sigstoreServices(inputs: InputValues): Omit<SigstoreServices, 'identityToken'> {
  const rekorUrl = inputs.text('rekor-url') ?? publicRekor;
  return {
    fulcioUrl: inputs.text('fulcio-url') ?? publicFulcio,
    rekorUrl: rekorUrl === 'none' ? null : rekorUrl,
    timestampUrl: inputs.text('timestamp-url'),
    timeoutMs,
  };
}
