import { createHash } from 'node:crypto';
import { formatDigest } from '@weighbridge/core';
import { expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import type { ForgeUnderTest } from './forge-under-test.js';

const zip = new TextEncoder().encode('as if it were an archive');
const digest = formatDigest(createHash('sha256').update(zip).digest());

/** What a forge tells of runs, artifacts, attestations and protection. */
export function describeForgeRuns(at: () => ForgeUnderTest): void {
  const finished = async (): Promise<string> => {
    const { world } = at();
    const commit = await world.push({ by: 'alice', branch: 'topic', files: { a: '1' } });
    const workflowPath = '.github/workflows/eval.yml';
    return world.finishRun({
      by: 'alice',
      workflowPath,
      event: 'push',
      branch: 'topic',
      commit,
      conclusion: 'success',
    });
  };

  test('a run of a workflow', async () => {
    const id = await finished();
    expect(await at().forge.run(id)).toMatchObject({
      id,
      attempt: 1,
      workflowPath: '.github/workflows/eval.yml',
      event: 'push',
      branch: 'topic',
      status: 'completed',
      conclusion: 'success',
      actor: { login: 'alice' },
      pulls: [],
    });
    expect(await at().forge.run('404404')).toBeNull();
  });

  test('artifacts of a run, byte for byte', async () => {
    const { world, forge } = at();
    const run = await finished();
    const id = await world.keepArtifact({ run, name: 'metrics', zip });
    expect(await forge.runArtifacts(run)).toEqual([
      { id, name: 'metrics', sizeBytes: zip.length, digest, expired: false },
    ]);
    expect(Buffer.from(await forge.downloadArtifact(id, 1000))).toEqual(Buffer.from(zip));
  });

  test('an artifact that is too large, expired or not there', async () => {
    const { world, forge } = at();
    const run = await finished();
    const id = await world.keepArtifact({ run, name: 'metrics', zip });
    const old = await world.keepArtifact({ run, name: 'old', zip, expired: true });
    await expectCode(forge.downloadArtifact(id, zip.length - 1), 'forge/too-large');
    await expectCode(forge.downloadArtifact(old, 1000), 'forge/artifact-expired');
    await expectCode(forge.downloadArtifact('404404', 1000), 'forge/not-found');
  });

  test('attestations of a digest', async () => {
    const { world, forge } = at();
    const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', verificationMaterial: {} };
    expect(await forge.attestations(digest)).toEqual([]);
    await world.attest({ digest, bundle });
    expect(await forge.attestations(digest)).toMatchObject([bundle]);
  });

  test('a branch that nothing protects', async () => {
    expect(await at().forge.protection('main')).toMatchObject({
      branch: 'main',
      requiredChecks: [],
      requiresPull: false,
      mergeQueue: false,
    });
  });

  test('the setting of the repository', async () => {
    expect(await at().forge.setting()).toMatchObject({
      name: 'acme/models',
      visibility: 'private',
      defaultBranch: 'main',
    });
  });
}
