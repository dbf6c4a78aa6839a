// needs: act, node24
import { afterEach, describe, expect, it } from 'vitest';
import { type Story, tellStory, twoReleases } from './hosted/story.js';

describe('a release', { timeout: 600_000 }, () => {
  let story: Story;
  afterEach(() => story.dispose());

  it('is made by the example workflow with its own token, and made once', async () => {
    story = await tellStory({ policy: '', workflows: ['release'], before: twoReleases() });
    const { repository, runner, hub } = story;
    const first = await runner.dispatch('alice', 'weighbridge release', { version: '' }, { act: true });
    const step = first.jobs.flatMap(({ steps }) => steps).find(({ id }) => id === 'release');
    expect(step?.outputs, first.jobs[0]?.log).toMatchObject({ outcome: 'created' });
    await runner.dispatch('alice', 'weighbridge release', { version: 'fraud@1.0.0' });
    await runner.dispatch('alice', 'weighbridge release', { version: 'fraud@1.0.0' });
    const releases = [...repository.releases.values()];
    expect(releases.map(({ tag, draft, assets }) => [tag, draft, assets.map(({ name }) => name)])).toEqual([
      ['fraud@v1.0.1', false, ['fraud-1.0.1.card.md', 'fraud-1.0.1.cdx.json']],
      ['fraud@v1.0.0', false, ['fraud-1.0.0.card.md', 'fraud-1.0.0.cdx.json']],
    ]);
    expect(repository.latestRelease).toBe(releases[0]?.id);
    expect(hub.faults).toEqual([]);
  });
});
