import type { JsonObject } from '@weighbridge/core';
import { signerSchema } from './evidence.js';
import { choice, element, list, record, table } from './fragments.js';

/**
 * A SubjectPublicKeyInfo of ECDSA on P-256, P-384 or P-521 as PEM: the kinds of key that OpenSSF Model Signing names.
 * Each begins with the same letters, so that a key of another kind is told before anything is verified with it.
 */
const publicKeyPattern =
  '^-----BEGIN PUBLIC KEY-----\\r?\\n(?:MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE|MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE|MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQ)[A-Za-z0-9+/=\\r\\n]+-----END PUBLIC KEY-----\\s*$';

const example = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…\n-----END PUBLIC KEY-----\n';

/** Whose signature of a version counts. */
export const signingSchema: JsonObject = record(
  {
    title: 'signing',
    description: 'Who may sign versions (OpenSSF Model Signing), for gates that ask for a signature.',
    examples: [{ signers: [{ workflow: 'acme/models/.github/workflows/release.yml', refs: ['refs/tags/*'] }] }],
  },
  {
    keys: table(
      {
        title: 'public keys',
        description: 'Keys whose signatures count, by a name for people: ECDSA on P-256, P-384 or P-521, as PEM.',
        examples: [{ release: example }],
      },
      element('name of a key', 'A name of your choice.', ['release'], {
        pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$',
      }),
      element('ECDSA public key', 'PEM of a public key on P-256, P-384 or P-521, of several lines.', [example], {
        type: 'string',
        maxLength: 1024,
        pattern: publicKeyPattern,
      }),
    ),
    signers: list(
      { title: 'signers', description: 'Workflows whose signatures count, by Sigstore.', examples: [[]] },
      signerSchema,
    ),
    when: choice(
      {
        title: 'when versions are signed',
        description: 'register: by register, which fails where it cannot. later: by "weighbridge sign" only.',
        examples: ['later'],
        default: 'register',
      },
      ['register', 'later'],
    ),
  },
);
