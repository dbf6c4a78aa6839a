import { type ModelName, parseModelName, parseVersion, type Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { openRuleBook } from '@weighbridge/versioning';
import { describe, expect, test } from 'vitest';
import { findImpact, type ImpactQuestion } from './find-impact.js';
import { formatLineIndex, parseLineIndex } from './line-index.js';
import type { ModelLine } from './model-line.js';
import { readSubject } from './subject.js';
import { nodeSha256 } from '@weighbridge/testkit';

const book = openRuleBook({ preset: 'weights', rules: {} });
const base = (name: string, pin: string, range = '^1'): Dependency => ({
  kind: 'base',
  role: null,
  ref: `registry:${name}`,
  pin,
  range,
});
const part = (name: string, pin: string, range: string): Dependency => ({ ...base(name, pin, range), kind: 'part' });
const set = (ref: string, pin: string | null, role = 'train'): Dependency => ({
  kind: 'data',
  role,
  ref,
  pin,
  range: null,
});

function line(
  name: string,
  versions: Readonly<Record<string, readonly Dependency[]>>,
  more: Partial<ModelLine> = {},
): readonly [ModelName, ModelLine] {
  const model = parseModelName(name);
  const made = Object.entries(versions).map(([version, dependencies]) => ({
    version: parseVersion(version),
    identity: `sha256:${(name + version).padEnd(64, '0').replaceAll(/[^0-9a-f]/g, '0')}`,
    dependencies,
    commit: null,
    origins: version === '1.0.0' ? [] : null,
    artifacts: [`${name}${version}`],
    retired: false,
  }));
  return [model, { model, versions: made, stages: {}, aliases: {}, declared: null, ...more }];
}

const lines = new Map([
  line('llama', {
    '1.0.0': [set('s3://acme/web', 's3://acme/web?versionId=1')],
    '1.1.0': [set('s3://acme/web', 's3://acme/web?versionId=2')],
  }),
  line(
    'support',
    { '1.0.0': [base('llama', '1.0.0'), set('/data/t.csv', 'sha256:t1')], '1.1.0': [base('llama', '1.1.0')] },
    { stages: { production: parseVersion('1.0.0') }, aliases: { champion: parseVersion('1.1.0') } },
  ),
  line('desk', { '2.0.0': [part('support', '1.1.0', '~1.1'), part('judge', '1.0.0', '^1')] }),
  line('judge', { '1.0.0': [set('/data/j.csv', 'sha256:j1', 'eval')] }),
]);

function ask(about: string, more: Partial<ImpactQuestion> = {}) {
  const read = readSubject(about, lines);
  if (!read.ok) throw new Error(read.reason);
  return findImpact({ lines, subjects: [read.subject], bump: 'minor', book, ...more });
}
const brief = (rows: ReturnType<typeof ask>) => rows.map(({ model, depth, bump, held }) => [model, depth, bump, held]);

test('a model of very many versions that rest on one thing is told', () => {
  const [model, few] = line('many', { '1.0.0': [set('s3://acme/web', 's3://acme/web?versionId=1')] });
  const versions = few.versions.flatMap((first) =>
    Array.from({ length: 150_000 }, (_, at) => ({ ...first, version: `1.0.${at}` as Version })),
  );
  const many = { ...few, versions };
  const subjects = [{ kind: 'reference', ref: 's3://acme/web', pin: null }] as const;
  const [row] = findImpact({ lines: new Map([[model, many]]), subjects, bump: 'minor', book });
  expect([row?.depth, row?.versions.length]).toEqual([1, 150_000]);
});

describe('what depends on something', () => {
  test('gets the bump of its base, of its parts by their range, and through them', () => {
    expect(brief(ask('llama', { bump: 'patch' }))).toEqual([
      ['support', 1, 'patch', false],
      ['desk', 2, 'patch', false],
    ]);
    expect(ask('llama', { bump: 'patch' }).map(({ next }) => next)).toEqual(['1.1.1', '2.0.1']);
  });

  test('stays where it is when its range does not take the next version, and says so', () => {
    const [support, desk] = ask('llama', { bump: 'major' });
    expect(support).toMatchObject({ bump: 'none', held: true, rule: null, next: null });
    expect(support?.because).toContain('^1');
    expect(desk).toMatchObject({ bump: 'none', held: false });
    // 1.2.0 is outside of ~1.1.
    expect(brief(ask('support', { bump: 'minor' }))).toEqual([['desk', 1, 'none', true]]);
    expect(brief(ask('support', { bump: 'patch' }))).toEqual([['desk', 1, 'patch', false]]);
  });

  test('gets by the role of data what the rules say, also overridden ones', () => {
    expect(brief(ask('s3://acme/web'))).toEqual([
      ['llama', 1, 'minor', false],
      ['support', 2, 'minor', false],
      ['desk', 3, 'none', true],
    ]);
    expect(brief(ask('/data/j.csv'))).toEqual([
      ['judge', 1, 'none', false],
      ['desk', 2, 'none', false],
    ]);
    const lax = openRuleBook({ preset: 'weights', rules: { 'data.training': 'patch' } });
    expect(brief(ask('s3://acme/web', { book: lax }))[0]).toEqual(['llama', 1, 'patch', false]);
  });

  test('is told with the versions that rest on it and where they stand', () => {
    const rows = ask('s3://acme/web?versionId=1');
    expect(
      rows.map(({ model, versions }) => [model, versions.map(({ version, places }) => [version, places])]),
    ).toEqual([
      ['llama', [['1.0.0', []]]],
      ['support', [['1.0.0', ['production']]]],
    ]);
  });

  test('by versions of the past alone is told as past', () => {
    expect(ask('/data/t.csv')).toMatchObject([
      { model: 'support', past: true, bump: 'none', versions: [{ version: '1.0.0', places: ['production'] }] },
    ]);
  });

  test('on one version of a model is what names that version', () => {
    expect(brief(ask('llama@1.0.0')).map(([model]) => model)).toEqual(['support']);
    expect(ask('llama@1.1.0').map(({ model, versions }) => [model, versions.length])).toEqual([
      ['support', 1],
      ['desk', 1],
    ]);
    expect(ask('support@champion').map(({ model }) => model)).toEqual(['desk']);
  });

  test('speaks by its manifest where there is one', () => {
    const declared = new Map(lines);
    const [model, own] = line('support', { '1.1.0': [base('llama', '1.1.0')] }, { declared: [] });
    declared.set(model, own);
    expect(ask('llama', { lines: declared })).toMatchObject([
      { model: 'support', past: true },
      { model: 'desk', past: true },
    ]);
  });

  test('takes bumps that are known instead of those that it works out, and carries them on', () => {
    const known = new Map([[parseModelName('support'), 'patch' as const]]);
    expect(brief(ask('llama', { known }))).toEqual([
      ['support', 1, 'patch', false],
      ['desk', 2, 'patch', false],
    ]);
  });

  test('ends in a circle, and is the same in any order', () => {
    const round = [
      line('a', { '1.0.0': [base('c', '1.0.0')] }),
      line('b', { '1.0.0': [base('a', '1.0.0')] }),
      line('c', { '1.0.0': [base('b', '1.0.0')] }),
    ];
    const of = (order: typeof round) =>
      findImpact({
        lines: new Map(order),
        subjects: [{ kind: 'model', model: parseModelName('a'), version: null }],
        bump: 'minor',
        book,
      });
    expect(brief(of(round))).toEqual([
      ['b', 1, 'minor', false],
      ['c', 2, 'minor', false],
    ]);
    expect(of(round.toReversed())).toEqual(of(round));
  });

  test.each([
    ['nobody', 'no model'],
    ['nobody@1.0.0', 'no model'],
    ['llama@9.9.9', 'no version'],
    ['registry:nobody', 'no model'],
    ['ftp://x/y', 'not known'],
  ])('cannot be asked of %s', (about, reason) => {
    const read = readSubject(about, lines);
    expect(read.ok ? '' : read.reason).toContain(reason);
  });

  test('can be asked of a file that is called like a model, by its path', () => {
    expect(readSubject('./nobody', lines)).toMatchObject({ ok: true, subject: { kind: 'reference', ref: '/nobody' } });
  });
});

describe('the index of lines', () => {
  const indexed = new Map([...lines].map(([model, each]) => [model, { hash: `${model}-hash`, line: each }]));

  test('comes back as it was', () => {
    expect(parseLineIndex(formatLineIndex(indexed, nodeSha256), nodeSha256)).toEqual(indexed);
  });

  test('keeps apart what differs in one part only', () => {
    const made = [
      set('a', 'bc'),
      set('ab', 'c'),
      set('ab', ''),
      set('ab', null),
      { ...base('x', '1', ''), ref: 'ab' },
      { ...base('x', '1'), ref: 'ab', range: null },
      { ...set('ab', null, 'train'), role: null },
      set('ab', null, ''),
      { ...set('ab', null), kind: 'part' as const },
      set('a\n', 'b'),
    ];
    const own = new Map([[parseModelName('m'), { hash: 'h', line: line('m', { '1.0.0': made })[1] }]]);
    expect(parseLineIndex(formatLineIndex(own, nodeSha256), nodeSha256)).toEqual(own);
  });

  test('that is damaged is taken for none', () => {
    const bytes = formatLineIndex(indexed, nodeSha256);
    for (const at of [0, 64, 65, bytes.length - 1]) {
      const broken = bytes.slice();
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(parseLineIndex(broken, nodeSha256)).toEqual(new Map());
    }
    expect(parseLineIndex(new Uint8Array(0), nodeSha256)).toEqual(new Map());
  });
});
