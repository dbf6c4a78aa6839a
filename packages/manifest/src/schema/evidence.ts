import type { JsonObject } from '@weighbridge/core';
import { choice, digestPattern, element, list, record, text } from './fragments.js';

/** `owner/name/.github/workflows/file.yml`, with the address of another server before it where it is not github.com. */
export const workflowPattern =
  '^(?:https://[A-Za-z0-9.:-]{1,255}/)?[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}/\\.github/workflows/[A-Za-z0-9._-]{1,200}\\.ya?ml$';

/** Branches and tags, whole or with `*`. What a pull request names is not among them: its author writes the workflow. */
const ref = element('ref', 'A branch or tag, written whole; * stands for any part of a name.', ['refs/heads/main'], {
  type: 'string',
  maxLength: 255,
  pattern: '^refs/(?:heads|tags)/[A-Za-z0-9*][A-Za-z0-9._/*+-]*$',
});

const event = element('event', 'An event that starts workflows.', ['push'], {
  type: 'string',
  maxLength: 64,
  pattern: '^[a-z_]+$',
});

/** What a certificate must say of a workflow for its signature to count. */
export const signerSchema = record(
  {
    title: 'signer',
    description: 'A workflow whose signed statements count: what Sigstore certifies when it signs.',
    examples: [{ workflow: 'acme/models/.github/workflows/eval.yml', refs: ['refs/heads/main'] }],
  },
  {
    workflow: text(
      {
        title: 'workflow',
        description: 'The workflow that signs, as owner/name/path; a reusable one is named itself, not its caller.',
        examples: ['acme/models/.github/workflows/eval.yml'],
      },
      { maxLength: 700, pattern: workflowPattern },
    ),
    refs: list(
      {
        title: 'refs',
        description: 'Where the workflow and the commit that it ran on come from. Pull requests are never among them.',
        examples: [['refs/heads/main', 'refs/tags/*']],
      },
      ref,
      { minItems: 1 },
    ),
    issuer: text(
      {
        title: 'issuer',
        description: 'Who vouches for the workflow to Sigstore.',
        examples: ['https://token.actions.githubusercontent.com'],
        default: 'https://token.actions.githubusercontent.com',
      },
      { maxLength: 512, pattern: '^https://[^\\s]+$' },
    ),
    repository: text(
      {
        title: 'repository',
        description: 'The repository whose run signs, where it is not that of the workflow.',
        examples: ['acme/models'],
      },
      { maxLength: 201, pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,99}/[A-Za-z0-9._-]{1,100}$' },
    ),
    events: list(
      {
        title: 'events',
        description: 'What may have started the run. Without it, everything but events of pull requests.',
        examples: [['push', 'schedule', 'workflow_dispatch']],
      },
      event,
      { minItems: 1 },
    ),
    role: choice(
      {
        title: 'role',
        description: 'recompute: it measures again what others reported, so its statements count as recomputed.',
        examples: ['recompute'],
        default: 'attest',
      },
      ['attest', 'recompute'],
    ),
  },
  ['workflow', 'refs'],
);

const workflow = record(
  {
    title: 'workflow',
    description: 'A workflow of this repository whose artifacts count as results.',
    examples: [{ path: '.github/workflows/eval.yml', branches: ['main'] }],
  },
  {
    path: text(
      { title: 'path', description: 'The file of the workflow.', examples: ['.github/workflows/eval.yml'] },
      { maxLength: 255, pattern: '^\\.github/workflows/[A-Za-z0-9._-]+\\.ya?ml$' },
    ),
    branches: list(
      {
        title: 'branches',
        description: 'Branches it may have run on; * stands for part of a name.',
        examples: [['main']],
      },
      element('branch', 'A branch, or a pattern of branches.', ['main'], {
        type: 'string',
        maxLength: 255,
        pattern: '^[A-Za-z0-9*][A-Za-z0-9._/*+-]*$',
      }),
      { minItems: 1 },
    ),
    events: list(
      {
        title: 'events',
        description:
          'What may have started it. Without it, everything but events of pull requests, whose author writes the workflow that runs.',
        examples: [['push', 'workflow_dispatch']],
      },
      event,
      { minItems: 1 },
    ),
  },
  ['path', 'branches'],
);

/** Whose word counts for more than a file in a pull request. */
export const evidenceTrustSchema: JsonObject = record(
  {
    title: 'evidence',
    description: 'Who may stand behind metric documents, for gates that ask for more than reported ones.',
    examples: [{ signers: [{ workflow: 'acme/models/.github/workflows/eval.yml', refs: ['refs/heads/main'] }] }],
  },
  {
    keys: list(
      {
        title: 'verifier keys',
        description: 'Ed25519 keys whose signed statements count, as "weighbridge attest" prints them.',
        examples: [['eval+1a2b3c4d+AaBbCcDdEeFf']],
      },
      element('verifier key', 'A C2SP verifier key.', ['eval+1a2b3c4d+AaBbCcDdEeFf'], {
        type: 'string',
        maxLength: 512,
        pattern: '^[^\\s+]{1,255}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}$',
      }),
    ),
    signers: list(
      { title: 'signers', description: 'Workflows whose statements count, signed by Sigstore.', examples: [[]] },
      signerSchema,
    ),
    workflows: list(
      { title: 'workflows', description: 'Workflows whose artifacts count, fetched by run.', examples: [[]] },
      workflow,
    ),
    trusted_root: record(
      {
        title: 'trusted root',
        description:
          'Whom Sigstore bundles are checked against, where it is not the public good instance: a trusted_root.json, or lines of them.',
        examples: [{ path: '.github/trusted_root.jsonl', digest: 'sha256:…' }],
      },
      {
        path: text(
          {
            title: 'path',
            description: 'The file, from the root of the repository.',
            examples: ['trusted_root.jsonl'],
          },
          { maxLength: 1024 },
        ),
        digest: text(
          {
            title: 'digest',
            description: 'Its SHA-256, so that no change but one of this policy exchanges it.',
            examples: ['sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
          },
          { pattern: digestPattern },
        ),
      },
      ['path', 'digest'],
    ),
  },
);
