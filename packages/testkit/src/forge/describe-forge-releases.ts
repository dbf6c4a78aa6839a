import type { ReleaseRequest } from '@weighbridge/ports';
import { expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import type { ForgeUnderTest } from './forge-under-test.js';

const tag = 'fraud@v1.0.0';
const asset = (name: string, text: string) => ({
  name,
  mediaType: 'text/plain',
  bytes: new TextEncoder().encode(text),
});
const unfinished = '<!-- unfinished fraud@v1.0.0 -->';
const asked = (changed: Partial<ReleaseRequest> = {}): ReleaseRequest => ({
  tag,
  commit: null,
  title: 'fraud 1.0.0',
  notes: () => 'First version',
  prerelease: false,
  draft: false,
  unfinished,
  leavesDrafts: false,
  latest: true,
  assets: [asset('card.md', 'Card'), asset('bom.json', '{}')],
  ...changed,
});

/** What a forge lets us release. */
export function describeForgeReleases(at: () => ForgeUnderTest): void {
  const only = async () => {
    const releases = await at().world.releases();
    expect(releases).toHaveLength(1);
    return releases[0];
  };

  test('a release is made once, with its files, and published', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    const first = await forge.publishRelease(asked());
    expect(first).toMatchObject({
      outcome: 'created',
      draft: false,
      assets: [
        { name: 'card.md', outcome: 'added' },
        { name: 'bom.json', outcome: 'added' },
      ],
    });
    const whole = {
      tag,
      title: 'fraud 1.0.0',
      body: 'First version',
      draft: false,
      prerelease: false,
      latest: true,
      files: { 'card.md': 'Card', 'bom.json': '{}' },
    };
    expect(await only()).toEqual(whole);
    expect(await forge.publishRelease(asked())).toMatchObject({
      url: first.url,
      outcome: 'same',
      assets: [{ outcome: 'same' }, { outcome: 'same' }],
    });
    expect(await only()).toEqual(whole);
  });

  test('a second run brings text, marks and files in line and leaves others', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    await forge.publishRelease(asked());
    const assets = [asset('card.md', 'Card, amended'), asset('signature.json', '[]')];
    const notes = (before: string | null) => `${before}, amended`;
    expect(await forge.publishRelease(asked({ assets, notes, prerelease: true }))).toMatchObject({
      outcome: 'updated',
      assets: [
        { name: 'card.md', outcome: 'replaced' },
        { name: 'signature.json', outcome: 'added' },
      ],
    });
    expect(await only()).toMatchObject({
      body: 'First version, amended',
      prerelease: true,
      files: { 'card.md': 'Card, amended', 'bom.json': '{}', 'signature.json': '[]' },
    });
  });

  test('a draft stays one until it is to be published, and never the other way round', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    expect(await forge.publishRelease(asked({ draft: true }))).toMatchObject({ outcome: 'created', draft: true });
    expect(await forge.publishRelease(asked({ draft: true }))).toMatchObject({ outcome: 'same', draft: true });
    expect(await only()).toMatchObject({ draft: true, latest: false });
    expect(await forge.publishRelease(asked())).toMatchObject({ outcome: 'updated', draft: false });
    expect(await forge.publishRelease(asked({ draft: true }))).toMatchObject({ outcome: 'same', draft: false });
    expect(await only()).toMatchObject({ draft: false, latest: true });
  });

  test('what somebody wrote is handed on, and what was broken off is gone on with', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    await world.writeRelease({ by: 'alice', tag, body: 'Our words', draft: true, broken: 'card.md' });
    const seen: (string | null)[] = [];
    const notes = (before: string | null) => {
      seen.push(before);
      return 'Our words and theirs';
    };
    expect(await forge.publishRelease(asked({ notes }))).toMatchObject({
      outcome: 'updated',
      draft: false,
      assets: [{ outcome: 'replaced' }, { outcome: 'added' }],
    });
    expect(new Set(seen)).toEqual(new Set(['Our words']));
    expect(await only()).toMatchObject({
      body: 'Our words and theirs',
      files: { 'card.md': 'Card', 'bom.json': '{}' },
    });
  });

  test('a draft that somebody keeps is left as it is, unless its release is asked for', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    await world.writeRelease({ by: 'alice', tag, body: 'Not yet', draft: true });
    expect(await forge.publishRelease(asked({ leavesDrafts: true }))).toMatchObject({
      outcome: 'left',
      draft: true,
      assets: [],
    });
    expect(await only()).toMatchObject({ draft: true, title: tag, body: 'Not yet', files: {} });
    expect(await forge.publishRelease(asked())).toMatchObject({ outcome: 'updated', draft: false });
  });

  test('a draft that a run left unfinished is published by any, and what was asked for as a draft is not', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    await world.writeRelease({ by: 'alice', tag, body: `First version\r\n\r\n${unfinished}`, draft: true });
    const notes = (before: string | null) => (before ?? '').replace(`\n\n${unfinished}`, '') || 'First version';
    expect(await forge.publishRelease(asked({ notes, leavesDrafts: true }))).toMatchObject({
      outcome: 'updated',
      draft: false,
    });
    expect(await only()).toMatchObject({ draft: false, body: 'First version' });
    await world.tag('fraud@v1.1.0');
    const next = { tag: 'fraud@v1.1.0', leavesDrafts: true };
    expect(await forge.publishRelease(asked({ ...next, draft: true }))).toMatchObject({ outcome: 'created' });
    expect(await forge.publishRelease(asked(next))).toMatchObject({ outcome: 'left', draft: true });
    const texts = (await world.releases()).map(({ body }) => body);
    expect(texts).toEqual(['First version', 'First version']);
  });

  test('a prerelease and an older version are not the latest', async () => {
    const { forge, world } = at();
    for (const name of ['fraud@v2.0.0-rc.1', 'fraud@v0.9.0', tag]) await world.tag(name);
    await forge.publishRelease(asked());
    await forge.publishRelease(asked({ tag: 'fraud@v2.0.0-rc.1', prerelease: true }));
    await forge.publishRelease(asked({ tag: 'fraud@v0.9.0', latest: false }));
    const latest = (await world.releases()).filter((release) => release.latest).map((release) => release.tag);
    expect(latest).toEqual([tag]);
  });

  test('files that nobody may change any more are told', async () => {
    const { forge, world } = at();
    await world.tag(tag);
    await world.lockReleases();
    await forge.publishRelease(asked());
    const assets = [asset('card.md', 'Card'), asset('bom.json', '{"other":1}'), asset('late.json', '')];
    expect(await forge.publishRelease(asked({ assets }))).toMatchObject({
      outcome: 'same',
      assets: [{ outcome: 'same' }, { outcome: 'kept' }, { outcome: 'kept' }],
    });
    expect(await only()).toMatchObject({ files: { 'card.md': 'Card', 'bom.json': '{}' } });
  });

  test('a tag must lead to the commit that was registered, whatever its name', async () => {
    const { forge, world } = at();
    const commit = await world.tag(tag);
    const elsewhere = commit.replace(/^./, (digit) => (digit === 'a' ? 'b' : 'a'));
    await expectCode(forge.publishRelease(asked({ commit: elsewhere })), 'forge/tag-elsewhere');
    expect(await world.releases()).toEqual([]);
    expect(await forge.publishRelease(asked({ commit, draft: true }))).toMatchObject({ draft: true });
    await expectCode(forge.publishRelease(asked({ commit: elsewhere })), 'forge/tag-elsewhere');
    expect(await forge.publishRelease(asked({ commit }))).toMatchObject({ outcome: 'updated', draft: false });
    // What is out stays in line with the ledger wherever its tag goes later.
    expect(await forge.publishRelease(asked({ commit: elsewhere }))).toMatchObject({ outcome: 'same' });
  });

  test('those that are published are listed by their tags, drafts are not', async () => {
    const { forge, world } = at();
    expect(await forge.releasedTags(10)).toEqual(new Set());
    for (const name of ['fraud@v1.1.0', 'fraud@v1.2.0', tag]) await world.tag(name);
    await forge.publishRelease(asked());
    await forge.publishRelease(asked({ tag: 'fraud@v1.1.0', draft: true }));
    await forge.publishRelease(asked({ tag: 'fraud@v1.2.0' }));
    expect(await forge.releasedTags(10)).toEqual(new Set([tag, 'fraud@v1.2.0']));
  });

  test('no release makes a tag', async () => {
    const { forge, world } = at();
    await expectCode(forge.publishRelease(asked()), 'forge/not-found');
    expect(await world.releases()).toEqual([]);
    await world.writeRelease({ by: 'alice', tag, body: '', draft: true });
    await expectCode(forge.publishRelease(asked()), 'forge/not-found');
    expect(await only()).toMatchObject({ draft: true });
  });
}
