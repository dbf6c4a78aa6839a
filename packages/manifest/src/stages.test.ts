import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStages, type StagesChange } from './format-stages.js';
import { parseStages } from './parse-stages.js';

const stageNames = ['development', 'staging', 'production', 'archived'];

function read(text: string) {
  const parsed = parseStages({ path: 'stages.yaml', text }, stageNames);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

describe('parseStages', () => {
  it('reads stages, empty stages and aliases', () => {
    const text = 'staging: 1.4.0\nproduction:\nproduction-eu: 1.0.0+build.7\naliases: { champion: 2.0.0-rc.1 }\n';
    const parsed = parseStages({ path: 'stages.yaml', text });
    expect(parsed.ok && parsed.value).toEqual({
      stages: { staging: '1.4.0', production: null, 'production-eu': '1.0.0+build.7' },
      aliases: { champion: '2.0.0-rc.1' },
    });
    expect(parsed.ok && parsed.locate(['production'])).toEqual({ line: 2, column: 1 });
    expect(parsed.ok && parsed.locate(['aliases', 'champion'])).toEqual({ line: 4, column: 22 });
  });

  it('takes an empty file as no wish', () => {
    for (const text of ['', '\n', '# nothing yet\n', '{}\n']) expect(read(text)).toEqual({ stages: {}, aliases: {} });
  });
});

describe('formatStages', () => {
  const before = `# the desired state

staging: 1.4.0 # soaks until friday
production: "1.3.2"

# free names
aliases: { champion: 1.3.2 } # see wiki
`;

  it('keeps comments and order', () => {
    const after = formatStages(before, {
      stages: { production: '1.4.0', development: '2.0.0' },
      aliases: { next: '1.4.0' },
    });
    expect(after).toBe(`# the desired state

staging: 1.4.0 # soaks until friday
production: 1.4.0
development: 2.0.0

# free names
aliases: { champion: 1.3.2, next: 1.4.0 } # see wiki
`);
  });

  it('changes nothing when nothing changes', () => {
    const plain = '# a\n\nstaging: 1.4.0 # b\nproduction:\naliases:\n  champion: 1.3.2\n';
    expect(formatStages(plain, {})).toBe(plain);
    expect(formatStages(plain, { stages: { staging: '1.4.0', production: null } })).toBe(plain);
  });

  it('keeps line ends of Windows', () => {
    expect(formatStages('a: 1.0.0\r\nb: 1.0.0\r\n', { stages: { b: '2.0.0' } })).toBe('a: 1.0.0\r\nb: 2.0.0\r\n');
  });

  it('removes the last alias with its map', () => {
    expect(formatStages('a: 1.0.0\naliases: { x: 1.0.0 }\n', { aliases: { x: null } })).toBe('a: 1.0.0\n');
    expect(formatStages('a: 1.0.0\n', { aliases: { x: null } })).toBe('a: 1.0.0\n');
  });

  it('starts a file, and goes on where there are comments alone', () => {
    const text = formatStages(null, { stages: { staging: '1.0.0' } });
    expect(text).toMatch(/^# yaml-language-server: \$schema=.*stages\.schema\.json\n/);
    expect(text).toMatch(/\nstaging: 1\.0\.0\n$/);
    expect(formatStages('# mine\n', { stages: { staging: '1.0.0' } })).toMatch(/^# mine\n\n?staging: 1\.0\.0\n$/);
  });

  it.each([
    ['a text with faults', 'staging: 1.0\n', {}],
    ['a version that is none', 'staging: 1.0.0\n', { stages: { staging: 'latest' } }],
    ['a stage that is none', 'staging: 1.0.0\n', { stages: { 'a b': '1.0.0' } }],
    ['a key that is reserved', null, { stages: { constructor: '1.0.0' } }],
  ])('refuses %s', (_what, text, change) => {
    expect(() => formatStages(text, change)).toThrow(expect.objectContaining({ code: 'manifest/invalid' }));
  });

  const version = fc
    .tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.constantFrom('', '-rc.1', '-pr.17.3', '+b1'))
    .map(([major, minor, patch, label]) => `${major}.${minor}.${patch}${label}`);
  const change: fc.Arbitrary<StagesChange> = fc.record({
    stages: fc.dictionary(fc.constantFrom('development', 'staging', 'production'), fc.option(version), {
      noNullPrototype: true,
    }),
    aliases: fc.dictionary(fc.constantFrom('champion', 'next', 'a-1'), fc.option(version), { noNullPrototype: true }),
  });

  it('reads back what was written, after any sequence of changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(null, before, '{ staging: 1.0.0 }\n', '# x\n'),
        fc.array(change, { maxLength: 5 }),
        (start, changes) => {
          let text = formatStages(start, {});
          const stages: Record<string, string | null> = { ...read(text).stages };
          const aliases: Record<string, string> = { ...read(text).aliases };
          for (const step of changes) {
            text = formatStages(text, step);
            Object.assign(stages, step.stages);
            for (const [alias, target] of Object.entries(step.aliases ?? {})) {
              if (target === null) delete aliases[alias];
              else aliases[alias] = target;
            }
          }
          expect(read(text)).toEqual({ stages, aliases });
          const comments = start === before ? ['# the desired state', '# soaks until friday'] : [];
          expect(comments.filter((comment) => !text.includes(comment))).toEqual([]);
        },
      ),
      { seed: 21, numRuns: 150 },
    );
  });
});
