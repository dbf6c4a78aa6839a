import { describe, expect, it } from 'vitest';
import { parseManifest } from './parse-manifest.js';
import { parsePolicy } from './parse-policy.js';

const policyOf = (evidence: string) => {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nevidence:\n${evidence}` });
  return parsed.ok ? parsed.value.evidence : parsed.faults.map(({ line, column }) => `${line}:${column}`);
};

describe('whose word counts', () => {
  it('is nobody by default', () => {
    expect(policyOf('  keys: []\n')).toEqual({ keys: [], signers: [], workflows: [], trustedRoot: null });
  });

  it('is read with addresses written out', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const text = `  keys: [eval+1a2b3c4d+AaBb]
  signers:
    - { workflow: acme/models/.github/workflows/eval.yml, refs: [refs/heads/main, refs/tags/*] }
    - workflow: https://ghe.acme.com/central/ci/.github/workflows/eval.yaml
      refs: [refs/tags/v1]
      issuer: https://ghe.acme.com/_services/token
      repository: acme/models
      events: [push]
      role: recompute
  workflows: [{ path: .github/workflows/eval.yml, branches: [main] }]
  trusted_root: { path: root.jsonl, digest: "${digest}" }
`;
    expect(policyOf(text)).toEqual({
      keys: ['eval+1a2b3c4d+AaBb'],
      signers: [
        {
          workflow: 'https://github.com/acme/models/.github/workflows/eval.yml',
          refs: ['refs/heads/main', 'refs/tags/*'],
          issuer: 'https://token.actions.githubusercontent.com',
          repository: 'https://github.com/acme/models',
          events: null,
          role: 'attest',
        },
        {
          workflow: 'https://ghe.acme.com/central/ci/.github/workflows/eval.yaml',
          refs: ['refs/tags/v1'],
          issuer: 'https://ghe.acme.com/_services/token',
          repository: 'https://ghe.acme.com/acme/models',
          events: ['push'],
          role: 'recompute',
        },
      ],
      workflows: [{ path: '.github/workflows/eval.yml', branches: ['main'], events: null }],
      trustedRoot: { path: 'root.jsonl', digest },
    });
  });

  it.each([
    ['a ref of a pull request', '  signers: [{ workflow: a/b/.github/workflows/e.yml, refs: [refs/pull/7/merge] }]\n'],
    ['no ref', '  signers: [{ workflow: a/b/.github/workflows/e.yml, refs: [] }]\n'],
    ['refs that were forgotten', '  signers: [{ workflow: a/b/.github/workflows/e.yml }]\n'],
    [
      'a workflow without its repository',
      '  signers: [{ workflow: .github/workflows/e.yml, refs: [refs/heads/main] }]\n',
    ],
    ['any ref at all', '  signers: [{ workflow: a/b/.github/workflows/e.yml, refs: ["*"] }]\n'],
    ['a workflow on no branch', '  workflows: [{ path: .github/workflows/e.yml }]\n'],
    ['a workflow elsewhere', '  workflows: [{ path: eval.yml, branches: [main] }]\n'],
    ['a key that is none', '  keys: [ssh-ed25519]\n'],
    ['a key twice', '  keys: [e+1a2b3c4d+AaBb, e+1a2b3c4d+AaBb]\n'],
    ['a trusted root that anybody may exchange', '  trusted_root: { path: root.json }\n'],
    ['a trusted root outside', `  trusted_root: { path: ../root.json, digest: "sha256:${'a'.repeat(64)}" }\n`],
  ])('is no %s', (_, text) => expect(policyOf(text)).toEqual([expect.stringMatching(/^\d+:\d+$/)]));
});

describe('metric documents of a manifest', () => {
  const metricsOf = (text: string) => {
    const parsed = parseManifest({ path: 'models/a/model.yaml', text: `name: a\nkind: model\nmetrics: [${text}]\n` });
    return parsed.ok ? parsed.value.metrics : parsed.faults.length;
  };
  it('name what stands behind them', () => {
    expect(metricsOf('{ id: e, path: e.json, attestation: e.sig, run: "123", artifact: results }')).toEqual([
      { id: 'e', path: 'e.json', examples: [], attestation: 'e.sig', run: '123', artifact: 'results' },
    ]);
    expect(metricsOf('{ id: e, path: e.json, attestation: ../../../e.sig }')).toBe(1);
    expect(metricsOf('{ id: e, path: e.json, run: "0x1" }')).toBe(1);
  });
});
