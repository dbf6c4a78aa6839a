import { createHash } from 'node:crypto';
import { addEvidence, gateModels } from '@weighbridge/flows';
import type { Forge, WorkflowRun } from '@weighbridge/ports';
import { expectCode, memoryForge, writeZip } from '@weighbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { attestIn, makeEvidenceRepository, sigstore, toStagingIn } from './evidence-repository.js';
import { folder, type GovernedRepository, openSurroundings, weights } from './governed-repository.js';

let repository: GovernedRepository;
afterEach(() => repository.dispose());

async function makeRepository(level: string): Promise<void> {
  repository = await makeEvidenceRepository(level);
}
const attest = (inputs: Readonly<Record<string, string>> = {}) => attestIn(repository, inputs);
const toStaging = () => toStagingIn(repository);

describe('evidence of a workflow run', () => {
  const commitOf = () => repository.built.git('rev-parse', 'HEAD').trim();

  /** A forge with one run, whose one artifact is this archive. */
  function forgeWith(
    archive: Uint8Array,
    run: Partial<WorkflowRun> = {},
    digest?: string,
    beside: readonly Partial<WorkflowRun>[] = [],
  ): Forge {
    const ran: WorkflowRun = {
      id: '7',
      attempt: 1,
      url: 'https://github.com/acme/models/actions/runs/7',
      workflowPath: '.github/workflows/eval.yml',
      event: 'push',
      commit: commitOf(),
      branch: 'main',
      headRepository: 'acme/models',
      status: 'completed',
      conclusion: 'success',
      actor: null,
      startedAt: '2026-03-01T09:00:00Z',
      pulls: [],
      ...run,
    };
    const kept = digest ?? `sha256:${createHash('sha256').update(archive).digest('hex')}`;
    return {
      ...memoryForge(),
      address: 'github.com/acme/models',
      run: async (id) => (id === '7' ? ran : null),
      runsAt: async ({ workflow, commit, limit }) => {
        const all = [...beside.map((other) => ({ ...ran, ...other })), ran];
        const runs = all.filter((each) => each.workflowPath === workflow && each.commit === commit);
        return { runs: runs.slice(0, limit), complete: runs.length <= limit };
      },
      runArtifacts: async () => [
        { id: '70', name: 'evaluation', sizeBytes: archive.length, digest: kept as never, expired: false },
      ],
      downloadArtifact: async () => archive,
    };
  }
  const archiveOf = (files: Readonly<Record<string, string>>) =>
    writeZip(
      Object.entries(files).map(([name, text]) => {
        const content = new TextEncoder().encode(text);
        return { name, content, directory: { crc32: crc32(content) } };
      }),
    );
  const add = async (forge: Forge) => {
    const surroundings = { ...(await openSurroundings(repository.root)), forge };
    const request = { model: 'fraud', version: '1.0.0', path: null, examples: [], attestation: null, run: '7' };
    return addEvidence(surroundings, { ...request, artifact: null, id: 'eval', reason: null, dryRun: false });
  };

  it('is fetched, checked and recorded, and stands when the forge has forgotten it', async () => {
    await makeRepository('workflow');
    await repository.run('register');
    const archive = archiveOf({ 'out/eval.json': '{"accuracy": 0.95}\n' });
    const otherCommit = forgeWith(archive, { commit: 'd'.repeat(40) });
    await expectCode(add(otherCommit), 'evidence/not-good');
    await expectCode(add(forgeWith(archive, { event: 'pull_request' })), 'evidence/not-good');
    await expectCode(add(forgeWith(archive, {}, `sha256:${'0'.repeat(64)}`)), 'evidence/run-unusable');
    await expectCode(add(forgeWith(archiveOf({ '../eval.json': '{}' }))), 'formats/zip-malformed');
    await expectCode(
      add(forgeWith(archiveOf({ 'a.json': '{"accuracy": 0.95}', 'b.json': '{"accuracy": 0.99}' }))),
      'evidence/run-unusable',
    );
    expect(await toStaging()).toMatchObject({ outcome: 'held-back' });
    expect(await add(forgeWith(archive))).toMatchObject({
      level: 'workflow',
      name: 'evaluation/out/eval.json of run 7',
    });
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('on another commit counts by the statement in the artifact', async () => {
    await makeRepository('workflow');
    await attest({ sign: 'none', output: 'statement.json' });
    await repository.run('register');
    const statement = await repository.read('statement.json');
    const archive = archiveOf({ 'eval.json': '{"accuracy": 0.95}\n', 'statement.json': statement });
    const forge = forgeWith(archive, { commit: 'd'.repeat(40) });
    expect(await add(forge)).toMatchObject({ level: 'workflow' });
  });

  it('is looked for where the manifest of a change names it', async () => {
    await makeRepository('workflow');
    await repository.run('register');
    const text = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', text.replace('  staging:', '  development:'));
    await repository.write(`${folder}/model.safetensors`, weights(3));
    const manifest = await repository.read(`${folder}/model.yaml`);
    await repository.write(`${folder}/model.yaml`, manifest.replace('path: eval.json', 'path: eval.json, run: "7"'));
    repository.commit('Retrain');
    const judge = async (forge: Forge | null) => {
      const surroundings = { ...(await openSurroundings(repository.root)), forge };
      const { decisions } = await gateModels(surroundings, {
        models: [],
        to: null,
        version: null,
        base: null,
        assumptions: [],
      });
      return decisions[0]?.requirements.find(({ id }) => id === 'evidence')?.verdict;
    };
    const archive = archiveOf({ 'eval.json': '{"accuracy": 0.95}\n', log: 'noise' });
    expect(await judge(forgeWith(archive))).toBe('pass');
    expect(await judge(forgeWith(archiveOf({ 'eval.json': '{"accuracy": 0.99}\n' })))).toBe('fail');
    expect(await judge(forgeWith(archive, { conclusion: 'failure' }))).toBe('fail');
    expect(await judge(forgeWith(archiveOf({ '/eval.json': '{"accuracy": 0.95}\n' })))).toBe('fail');
    expect(await judge(null)).toBe('error');
  });

  it('is found on the judged commit where nobody names it: the newest success, and never the best', async () => {
    await makeRepository('workflow');
    await repository.run('register');
    const text = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', text.replace('  staging:', '  development:'));
    await repository.write(`${folder}/model.safetensors`, weights(3));
    repository.commit('Retrain');
    const judge = async (forge: Forge | null) => {
      const surroundings = { ...(await openSurroundings(repository.root)), forge };
      const question = { models: [], to: null, version: null, base: null, assumptions: [] };
      const { decisions } = await gateModels(surroundings, question);
      const { verdict, because } = decisions[0]?.requirements.find(({ id }) => id === 'evidence') ?? {};
      return { verdict, because };
    };
    const good = archiveOf({ 'eval.json': '{"accuracy": 0.95}\n' });
    const older = { id: '5', startedAt: '2026-03-01T07:00:00Z' };
    const failed = { id: '8', startedAt: '2026-03-01T10:00:00Z', conclusion: 'failure' };
    expect(await judge(forgeWith(good))).toMatchObject({
      verdict: 'pass',
      because: 'eval is workflow, from a run of .github/workflows/eval.yml on refs/heads/main; workflow is asked.',
    });
    expect(await judge(forgeWith(good, { attempt: 2 }, undefined, [failed, older]))).toMatchObject({
      verdict: 'pass',
      because: expect.stringContaining('(the newest success of 3 runs on that commit, attempt 2)') as string,
    });
    // A newer success counts in place of the one that would do, whatever it holds; run 9 has no artifact here.
    const newer = { id: '9', startedAt: '2026-03-01T11:00:00Z' };
    expect(await judge(forgeWith(good, {}, undefined, [newer]))).toMatchObject({ verdict: 'fail' });
    // One that the policy does not let count is passed over.
    const ofPull = { ...newer, event: 'pull_request' };
    expect(await judge(forgeWith(good, {}, undefined, [ofPull]))).toMatchObject({ verdict: 'pass' });
    expect(await judge(forgeWith(good, { commit: 'd'.repeat(40) }))).toMatchObject({ verdict: 'fail' });
    expect(await judge(forgeWith(good, { headRepository: 'mallory/models' }))).toMatchObject({ verdict: 'fail' });
    expect(await judge(null)).toMatchObject({ verdict: 'fail' });
    const many = Array.from({ length: 25 }, (_, place) => ({ ...older, id: `1${place}` }));
    expect((await judge(forgeWith(good, {}, undefined, [{ id: '7' }, ...many]))).because).toContain('more than');

    // Whoever names one is told how it stands.
    const manifest = await repository.read(`${folder}/model.yaml`);
    await repository.write(`${folder}/model.yaml`, manifest.replace('path: eval.json', 'path: eval.json, run: "7"'));
    repository.commit('Name the run');
    expect(await judge(forgeWith(good, {}, undefined, [newer, older]))).toMatchObject({
      verdict: 'pass',
      because: expect.stringContaining('(one of 3 runs on that commit, of which a newer one succeeded)') as string,
    });
  });

  it('is added to a version as the newest on its commit', async () => {
    await makeRepository('workflow');
    await repository.run('register');
    const archive = archiveOf({ 'eval.json': '{"accuracy": 0.95}\n' });
    const newest = async (forge: Forge) => {
      const surroundings = { ...(await openSurroundings(repository.root)), forge };
      const request = { model: 'fraud', version: '1.0.0', path: null, examples: [], attestation: null, run: 'newest' };
      return addEvidence(surroundings, { ...request, artifact: null, id: 'eval', reason: null, dryRun: false });
    };
    await expectCode(newest(forgeWith(archive, { conclusion: 'failure' })), 'evidence/run-unusable');
    await expectCode(newest(forgeWith(archive, { commit: 'd'.repeat(40) })), 'evidence/run-unusable');
    expect(await newest(forgeWith(archive))).toMatchObject({
      level: 'workflow',
      name: 'evaluation/eval.json of run 7',
    });
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('is taken from attestations that the forge keeps', async () => {
    await makeRepository('attested');
    const text = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', text.replace('  staging:', '  development:'));
    repository.commit('Ask at once');
    await attest({ sign: 'none', output: 'statement.json' });
    const payload = new TextEncoder().encode((await repository.read('statement.json')).trimEnd());
    const bundle = sigstore.sign({ payload });
    const identity = (await attest({ 'dry-run': 'true' })).outputs['identity'];
    const asked: string[] = [];
    const forge: Forge = {
      ...memoryForge(),
      attestations: async (digest) => {
        asked.push(digest);
        return [{ nonsense: true }, bundle];
      },
    };
    const surroundings = { ...(await openSurroundings(repository.root)), forge };
    const { decisions } = await gateModels(surroundings, {
      models: [],
      to: null,
      version: null,
      base: null,
      assumptions: [],
    });
    expect(decisions[0]?.requirements.find(({ id }) => id === 'evidence')?.verdict).toBe('pass');
    expect(asked).toEqual([identity]);
  });
});

function crc32(content: Uint8Array): number {
  let crc = ~0;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
