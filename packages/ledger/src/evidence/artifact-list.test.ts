import { utf8 } from '@weighbridge/core';
import { nodeSha256 } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import { formatArtifactList, isListed, measureArtifacts, nameArtifacts, parseArtifactList } from './artifact-list.js';

const filesOf = (count: number, size = 10) =>
  Array.from({ length: count }, (_, at) => ({ path: `out/${at}.bin`, size, sha256: 'ab'.repeat(32) }));

describe('a list of files', () => {
  it('is beside the entry once the files do not fit well into it', () => {
    expect(nameArtifacts(nodeSha256, filesOf(100))).toEqual({ artifacts: filesOf(100), evidence: new Map() });
    const { artifacts, evidence } = nameArtifacts(nodeSha256, filesOf(400));
    const [digest] = evidence.keys();
    expect(artifacts).toEqual({ digest, count: 400, size: 4000 });
    expect([isListed(artifacts), isListed(filesOf(1)), isListed([])]).toEqual([true, false, false]);
    expect([measureArtifacts(artifacts), measureArtifacts(filesOf(2))]).toEqual([
      { count: 400, size: 4000 },
      { count: 2, size: 20 },
    ]);
  });

  it('comes back as it was', () => {
    const listed = { digest: `sha256:${'0'.repeat(64)}`, count: 3, size: 30 } as const;
    const parsed = parseArtifactList(utf8(formatArtifactList(filesOf(3))), listed);
    expect(parsed).toEqual({ value: filesOf(3) });
  });

  it.each([
    ['{"no":"list"}', 'list: '],
    ['[{"path":"a"}]', 'list'],
    ['no JSON', ''],
    [formatArtifactList(filesOf(2)), 'it names 2 files of 20 bytes, not 3 of 30'],
    [formatArtifactList(filesOf(2, 15)), 'it names 2 files of 30 bytes, not 3 of 30'],
    [formatArtifactList(filesOf(3, 11)), 'it names 3 files of 33 bytes, not 3 of 30'],
  ])('is refused where it is %s', (text, fault) => {
    const listed = { digest: `sha256:${'0'.repeat(64)}`, count: 3, size: 30 } as const;
    expect(parseArtifactList(utf8(text), listed)).toMatchObject({ fault: expect.stringContaining(fault) as string });
  });
});
