import type { ErrorArea } from './definition.js';

export const evidenceErrors = {
  'evidence/trusted-root': {
    exit: 2,
    message: 'The trusted root {path} cannot be used: {reason}.',
    remedy:
      'Write it again, for instance with "gh attestation trusted-root" or "cosign trusted-root create", and put its SHA-256 into evidence.trusted_root of weighbridge.yaml.',
  },
  'evidence/keyless': {
    exit: 3,
    message: 'Sigstore did not sign the statement: {reason}.',
    remedy:
      'Give the job "permissions: id-token: write" and check that it reaches {address}; or sign with an Ed25519 key (WEIGHBRIDGE_EVIDENCE_KEY).',
  },
  'evidence/no-signer': {
    exit: 2,
    message: 'There is nothing to sign the statement with.',
    remedy:
      'In a workflow, give the job "permissions: id-token: write" for a keyless signature, or set WEIGHBRIDGE_EVIDENCE_KEY to an Ed25519 key; --sign none writes it unsigned.',
  },
  'evidence/not-good': {
    exit: 1,
    message: '{path} does not stand behind {id} of {model}: {reason}.',
    remedy:
      'Let one of evidence.signers, evidence.keys or evidence.workflows in weighbridge.yaml make it for this content; nothing was written.',
  },
  'evidence/run-unusable': {
    exit: 1,
    message: 'Run {run} holds no metric document to record: {reason}.',
    remedy: 'Name the run, its artifact and the file in it with --run, --artifact and the file; nothing was written.',
  },
  'evidence/not-confirmed': {
    exit: 1,
    message: 'The second measurement does not confirm {id} of {model}: {reason}.',
    remedy:
      'Nothing was signed. Record the new document in place of the claimed one (weighbridge evidence add), or find out why they differ; a tolerance is stated by --tolerance.',
  },
  'evidence/which-id': {
    exit: 2,
    message: 'It is not clear which metric document {path} is; the manifest of {model} has {known}.',
    remedy: 'Write --metrics ID=FILE.',
  },
  'evidence/no-metrics': {
    exit: 2,
    message: 'There is no metric document of {model} to attest.',
    remedy: 'List one under metrics in its model.yaml, or name it with --metrics ID=FILE.',
  },
} as const satisfies ErrorArea;
