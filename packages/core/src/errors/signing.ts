import type { ErrorArea } from './definition.js';

export const signingErrors = {
  'signing/not-signable': {
    exit: 2,
    message: 'No signature can cover {model}: {reason}.',
    remedy: 'List the files of the model under artifacts in its model.yaml, and no others.',
  },
  'signing/nobody-allowed': {
    exit: 2,
    message: 'weighbridge.yaml names nobody whose signature of a version counts.',
    remedy: 'Add a section "signing:" with "keys:" (public keys by name) or "signers:" (workflows and their refs).',
  },
  'signing/no-signer': {
    exit: 2,
    message: 'There is nothing to sign {model} with.',
    remedy:
      'Set WEIGHBRIDGE_MODEL_KEY to the ECDSA key whose public half signing.keys lists, or give the job "permissions: id-token: write" where signing.signers lists its workflow; "when: later" under "signing:" registers without. Nothing was written.',
  },
  'signing/key': {
    exit: 2,
    message: 'The key for signatures of versions cannot be used: {reason}.',
    remedy:
      'Give the PEM of an ECDSA private key on P-256, P-384 or P-521, as "openssl ecparam -name prime256v1 -genkey -noout" writes it. The Ed25519 key of the ledger is none: OpenSSF Model Signing does not know that kind.',
  },
  'signing/not-good': {
    exit: 1,
    message: 'The signature of {model} {version} does not count: {reason}.',
    remedy: 'Let one of signing.keys or signing.signers in weighbridge.yaml sign these files; nothing was written.',
  },
  'signing/bundle-unreadable': {
    exit: 2,
    message: '{path} is no signature: {reason}.',
    remedy: 'Name a file that "weighbridge sign", "model_signing sign" or another tool of OpenSSF Model Signing wrote.',
  },
  'signing/required': {
    exit: 1,
    message: '{model} {version} may not enter {stage}: {because}',
    remedy: '{remedy}',
  },
  'signing/no-decision': {
    exit: 2,
    message: 'The ledger records no decision {decision} of {model}.',
    remedy: 'Name a stage that holds a version of it, or a decision by its digest as "weighbridge audit log" shows it.',
  },
  'signing/folder-unreadable': {
    exit: 2,
    message: '{path} cannot be compared with what was signed: {reason}.',
    remedy: 'Name a folder with the files of the version and nothing else; links are not followed.',
  },
} as const satisfies ErrorArea;
