// needs: act, node24
import { afterEach, describe, expect, it } from 'vitest';
import { weights } from '../scenarios/governed-repository.js';
import type { WorkflowRan } from './hosted/hosted-runner.js';
import { type Story, tellStory, twoModels } from './hosted/story.js';

const timeout = 600_000;

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development: { reviewers: [{ from: ml }] }
`;

describe('a verdict in spite of', { timeout }, () => {
  let story: Story;
  afterEach(() => story.dispose());

  /** A pull request of alice that bob approved, none of whose events was looked at. */
  const openApproved = async (): Promise<{ readonly pull: number; readonly head: string; readonly review: number }> => {
    story = await tellStory({ policy, workflows: ['check', 'gate'], before: twoModels });
    const { hub, repository, runner } = story;
    const head = retrain(2);
    const pull = hub.people.openPull(repository, { by: 'alice', branch: 'retrain' });
    const review = hub.people.review(repository, { by: 'bob', pull, state: 'APPROVED' });
    await runner.settle({ only: [] });
    return { pull, head, review: review.id };
  };
  const retrain = (weight: number): string =>
    story.hub.people.push(story.repository, {
      by: 'alice',
      branch: 'retrain',
      files: { 'models/fraud/model.safetensors': weights(weight) },
    });
  const settled = async (ran: Promise<readonly WorkflowRan[]>): Promise<string> => {
    const [job] = (await ran).flatMap(({ jobs }) => jobs);
    return job?.conclusion === 'success' ? 'success' : `failure: ${job?.log ?? 'nothing ran'}`;
  };

  it('a limit of requests: the run waits for it, and tells in the end', async () => {
    const { head } = await openApproved();
    story.hub.inject({ on: /graphql/, trouble: { kind: 'primary-limit', resetSeconds: 2 } });
    story.hub.inject({ on: /POST .*statuses/, trouble: { kind: 'secondary-limit', retryAfterSeconds: 1 } });
    expect(await settled(story.runner.tick())).toBe('success');
    expect(story.statuses(head)).toEqual(['pending: Being judged…', 'success: fraud 1.0.1 may enter development']);
  });

  it('an API that fails in the middle: an error in place of what stood there, until the next sweep', async () => {
    const { head, pull, review } = await openApproved();
    await story.runner.tick();
    expect(story.state(head)).toBe('success');
    story.hub.people.dismiss(story.repository, { by: 'dana', pull, review });
    story.hub.inject({ on: /graphql/, times: 100, trouble: { kind: 'status', status: 502 } });
    const failed = await settled(story.runner.settle({ only: ['weighbridge check', 'weighbridge gate'] }));
    expect(failed).toContain('success');
    expect(story.state(head)).toBe('error');
    story.hub.limits.clear();
    await story.runner.tick();
    expect(story.state(head)).toBe('pending');
  });

  it('an API that is away: the job fails, and the sweep takes the success back that it left', async () => {
    const { head, pull, review } = await openApproved();
    await story.runner.tick();
    story.hub.people.dismiss(story.repository, { by: 'dana', pull, review });
    await story.runner.settle({ only: ['weighbridge check'] });
    story.hub.inject({ times: 100, trouble: { kind: 'status', status: 503 } });
    const failed = await settled(story.runner.tick());
    expect(failed).toContain('forge/');
    story.hub.limits.clear();
    expect(await settled(story.runner.tick())).toBe('success');
    expect(story.state(head)).toBe('pending');
  });

  it('a run that is started again: its old event changes nothing, and says nothing of a newer head', async () => {
    await openApproved();
    const { repository, runner } = story;
    const old = retrain(3);
    const first = await runner.settle();
    expect(story.state(old)).toBe('pending');
    const moved = retrain(4);
    await runner.settle({ only: [] });
    const before = repository.statuses.length;
    for (const each of first) await runner.rerun(each);
    await runner.settle({ only: ['weighbridge gate'] });
    expect(story.statuses(moved)).toEqual([]);
    expect(repository.statuses).toHaveLength(before);
  });

  it('a push while it judges: nothing is said of the new head, and the old one stays pending', async () => {
    const { head } = await openApproved();
    const { hub, repository, runner } = story;
    const judging = runner.tick({ only: ['weighbridge gate'] });
    // The reviews are read by then, and the status is not yet told.
    while (!hub.requests.some(({ path }) => path.endsWith('/collaborators/bob/permission'))) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    const moved = retrain(5);
    expect(await settled(judging)).toBe('success');
    expect(story.statuses(head)).toEqual(['pending: Being judged…']);
    expect(story.statuses(moved)).toEqual([]);
    await runner.tick();
    expect(story.state(moved)).toBe('pending');
    expect(hub.faults).toEqual([]);
    expect(repository.pulls.size).toBe(1);
  });
});

describe('a merge queue', { timeout }, () => {
  it('is red for two changes of one model, and green for changes of two', async () => {
    const story = await tellStory({ policy, workflows: ['check', 'gate'], before: twoModels });
    try {
      const { hub, repository, runner } = story;
      const change = (branch: string, path: string, content: string | Uint8Array): number => {
        hub.people.push(repository, { by: 'alice', branch, files: { [path]: content } });
        const pull = hub.people.openPull(repository, { by: 'alice', branch });
        hub.people.review(repository, { by: 'bob', pull, state: 'APPROVED' });
        return pull;
      };
      const retrained = change('retrain', 'models/fraud/model.safetensors', weights(2));
      const tuned = change('tune', 'models/fraud/settings.yaml', 'threshold: 0.6\n');
      const other = change('other', 'models/churn/model.safetensors', weights(2));
      await runner.settle({ only: [] });
      await runner.tick();
      for (const pull of [retrained, tuned, other])
        expect(story.state(repository.pulls.get(pull)?.headCommit ?? '')).toBe('success');

      const clash = hub.people.enqueue(repository, { by: 'dana', pulls: [retrained, tuned] });
      const red = await runner.settle();
      expect(story.statuses(clash), red[0]?.jobs[0]?.log).toEqual([
        'pending: Being judged…',
        `failure: #${retrained} and #${tuned} change fraud, which nobody approved together: merge one, then the other`,
      ]);

      const group = hub.people.enqueue(repository, { by: 'dana', pulls: [retrained, other] });
      await runner.settle();
      expect(story.state(group)).toBe('success');
      expect(hub.faults).toEqual([]);
    } finally {
      await story.dispose();
    }
  });
});

describe('the variant for private repositories', { timeout }, () => {
  it('is started by the change itself, from the default branch, and by its schedule', async () => {
    const story = await tellStory({ policy, workflows: ['gate-target'], before: twoModels });
    try {
      const { hub, repository, runner } = story;
      const head = hub.people.push(repository, {
        by: 'alice',
        branch: 'retrain',
        files: { 'models/fraud/model.safetensors': weights(2) },
      });
      const pull = hub.people.openPull(repository, { by: 'alice', branch: 'retrain' });
      const opened = await runner.settle({ act: true });
      expect(opened.map(({ event }) => event.name)).toEqual(['pull_request_target']);
      expect(story.state(head), opened[0]?.jobs[0]?.log).toBe('pending');
      hub.people.review(repository, { by: 'bob', pull, state: 'APPROVED' });
      expect(await runner.settle()).toEqual([]);
      await runner.tick();
      expect(story.state(head)).toBe('success');
    } finally {
      await story.dispose();
    }
  });
});
