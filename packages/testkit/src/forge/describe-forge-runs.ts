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

  test('runs of one workflow on one commit, the newest first', async () => {
    const { world, forge } = at();
    const commit = await world.push({ by: 'alice', branch: 'topic', files: { a: '1' } });
    const other = await world.push({ by: 'alice', branch: 'topic', files: { a: '2' } });
    const workflow = '.github/workflows/eval.yml';
    const run = { by: 'alice', workflowPath: workflow, event: 'push', branch: 'topic', commit, conclusion: 'success' };
    const first = await world.finishRun(run);
    await world.finishRun({ ...run, workflowPath: '.github/workflows/lint.yml' });
    await world.finishRun({ ...run, commit: other });
    const second = await world.finishRun({ ...run, conclusion: 'failure' });
    const { runs, complete } = await forge.runsAt({ workflow, commit, limit: 5 });
    expect(runs.map(({ id }) => id)).toEqual([second, first]);
    expect(runs[0]).toMatchObject({ workflowPath: workflow, commit, conclusion: 'failure', attempt: 1 });
    expect(complete).toBe(true);
    const bounded = await forge.runsAt({ workflow, commit, limit: 1 });
    expect([bounded.runs.map(({ id }) => id), bounded.complete]).toEqual([[second], false]);
    expect(await forge.runsAt({ workflow: '.github/workflows/gone.yml', commit, limit: 5 })).toEqual({
      runs: [],
      complete: true,
    });
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
      linearHistory: false,
      mergeQueue: null,
      refuses: [],
    });
    expect(await at().forge.branchChecks('main')).toEqual({
      branch: 'main',
      requiredChecks: [],
      requiredWorkflows: [],
      unknown: [],
    });
    expect(await at().forge.tagProtection()).toEqual({ rulesets: [], unknown: [] });
  });

  test('the setting of the repository', async () => {
    expect(await at().forge.setting()).toMatchObject({
      name: 'acme/models',
      visibility: 'private',
      defaultBranch: 'main',
    });
  });
}
