import { createHash } from 'node:crypto';
import { parseVerifierKey } from '@weighbridge/ledger';
import { makeSigstore, nodeSha256, testSigner } from '@weighbridge/testkit';
import type { Outcome } from '@weighbridge/host';
import { folder, type GovernedRepository, makeGovernedRepository } from './governed-repository.js';

/** Who signs evidence in these stories: a key, and a Sigstore of their own. */
export const signer = testSigner('eval');
export const sigstore = makeSigstore();
const rootDigest = createHash('sha256').update(sigstore.trustedRoot).digest('hex');
const privateKey = (() => {
  const { name, keyId } = parseVerifierKey(nodeSha256, signer.verifierKey);
  const key = Buffer.concat([Buffer.from([1]), signer.seed]).toString('base64');
  return `PRIVATE+KEY+${name}+${keyId}+${key}`;
})();
const policy = (level: string) => `evidence:
  keys: ["${signer.verifierKey}"]
  signers:
    - { workflow: acme/models/.github/workflows/eval.yml, refs: [refs/heads/main] }
    - { workflow: acme/models/.github/workflows/again.yml, refs: [refs/heads/main], role: recompute }
  workflows: [{ path: .github/workflows/eval.yml, branches: [main] }]
  trusted_root: { path: trusted_root.json, digest: "sha256:${rootDigest}" }
gates:
  staging:
    evidence: { level: ${level} }
    metrics: [{ id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.9 } }]
`;

/** The metric document of the one model. */
export const evaluation = `${folder}/eval.json`;

/** A repository whose gate of staging asks for evidence of a level. */
export async function makeEvidenceRepository(level: string): Promise<GovernedRepository> {
  const repository = await makeGovernedRepository({ policy: policy(level) });
  await repository.write('trusted_root.json', sigstore.trustedRoot);
  repository.commit('Trust a root');
  return repository;
}

/** Attests with the key, unless the inputs say otherwise. */
export function attestIn(
  repository: GovernedRepository,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return repository.run('attest', { model: 'fraud', sign: 'key', 'evidence-key': privateKey, ...inputs });
}

/** What would become of a promotion to staging. */
export async function toStagingIn(repository: GovernedRepository) {
  const outcome = await repository.run('promote', { model: 'fraud@1.0.0', to: 'staging', 'dry-run': 'true' });
  return { outcome: outcome.outputs['outcome'], text: outcome.text };
}
