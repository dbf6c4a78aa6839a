// needs: act, node24
import { afterEach, describe, expect, it } from 'vitest';
import { modelFiles, noModels, type Story, tellStory } from './hosted/story.js';

const policy = 'gates: { development: { metadata: complete } }\n';
const trained = JSON.stringify({
  version: 1,
  framework: 'pytorch',
  framework_version: '2.9.0',
  hardware: '8xH100',
  duration_seconds: 11_520,
});

/** A model whose manifest says nothing of its training. */
function untold(name: string): Readonly<Record<string, string | Uint8Array>> {
  const path = `models/${name}/model.yaml`;
  const files = modelFiles(name, 1);
  return { ...files, [path]: String(files[path]).replace(/^training:.*\n/m, '') };
}

describe('what is known of training', { timeout: 600_000 }, () => {
  let story: Story;
  afterEach(() => story.dispose());

  it('is taken from the run file and from the job, and what nobody knows is named in the summary', async () => {
    story = await tellStory({ policy, workflows: ['register'], before: noModels });
    const { hub, repository, runner } = story;
    const workflow = '.github/workflows/weighbridge-register.yml';
    const text = repository.git.git(['cat-file', 'blob', `main:${workflow}`]);
    const files = {
      ...untold('churn'),
      ...untold('fraud'),
      'models/fraud/weighbridge-run.json': trained,
      [workflow]: text.replace('    timeout-minutes: 60\n', "    env: { WEIGHBRIDGE_TRAINING_JOB: 'true' }\n"),
    };
    const commit = hub.people.push(repository, { by: 'dana', branch: 'main', files });
    await runner.settle();

    story.pushTag('dana', 'churn@v1.0.0', commit);
    const [held] = await runner.settle();
    const step = held?.jobs.flatMap(({ steps }) => steps).find(({ id }) => id === 'register');
    expect(held?.jobs[0]?.conclusion, held?.jobs[0]?.log).toBe('failure');
    for (const field of ['framework', 'framework version', 'training duration']) {
      expect(step?.summary).toContain(`The ${field} is missing.`);
    }
    expect(step?.summary).toContain('Set training.hardware in model.yaml');

    story.pushTag('dana', 'fraud@v1.0.0', commit);
    const [made] = await runner.settle({ act: true });
    expect(made?.jobs[0]?.conclusion, made?.jobs[0]?.log).toBe('success');
    const paths = repository.git.git(['grep', '-l', '"training"', 'weighbridge', '--', 'evidence']).trim();
    const records = paths.split('\n').map((path) => repository.git.git(['cat-file', 'blob', path]));
    const training = records.map((record) => (JSON.parse(record) as { training?: object }).training);
    expect(training).toContainEqual(
      expect.objectContaining({
        framework: 'pytorch',
        hardware: '8xH100',
        duration: 'PT3H12M',
        runs: [
          expect.objectContaining({ source: 'models/fraud/weighbridge-run.json' }),
          expect.objectContaining({ source: expect.stringMatching(/^github:acme\/models\/\d+$/) }),
        ],
      }),
    );
    expect(hub.faults).toEqual([]);
  });
});
