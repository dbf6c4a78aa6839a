import { processorMs } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArtifactsLock } from './artifacts-lock.js';
import { parseManifest } from './parse-manifest.js';
import { parsePolicy } from './parse-policy.js';
import { parseStages } from './parse-stages.js';
import { readReference } from './reference/parse-reference.js';
import type { Parsed } from './source/fault.js';
import type { SourceFile } from './source/source-file.js';
import { renderManifestTemplate } from './template/manifest-template.js';
import { renderPolicyTemplate } from './template/policy-template.js';

const parsers: readonly ((source: SourceFile) => Parsed<unknown>)[] = [
  parseManifest,
  parsePolicy,
  (source) => parseStages(source, ['development', 'production', 'archived']),
  parseArtifactsLock,
];

/** Whatever the content: a value, or faults with a place in the file. Nothing is thrown and Object stays clean. */
function expectJudged(source: SourceFile): void {
  const outcomes = parsers.map((parse) => isJudged(parse(source)));
  expect(outcomes).toEqual(parsers.map(() => true));
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

function isJudged(parsed: Parsed<unknown>): boolean {
  if (parsed.ok) return typeof parsed.value === 'object';
  const placed = parsed.faults.every(({ line, column, message }) => line >= 1 && column >= 1 && message.length < 3000);
  return parsed.faults.length > 0 && placed;
}

const samples = [
  renderPolicyTemplate().replaceAll('#   ', '    '),
  renderManifestTemplate({ name: 'fraud' as never }).replaceAll('# ', ''),
  'staging: 1.4.0\nproduction:\naliases: { champion: 1.3.2 }\n',
  `{ "version": 1, "artifacts": [{ "path": "a", "size": 1, "sha256": "sha256:${'a'.repeat(64)}", "header": { "x": [1] }, "tensors": {}, "store": null }] }`,
];

const fragments = [
  ...'[ ] { } " \' \\ # | > << * & ! % @ ? - : ,'.split(' '),
  ...'__proto__ constructor null .nan 1e999 0x1f 0.10 1% ../ s3://a:b@c/d sha256: stages gates version metrics name'.split(
    ' ',
  ),
  ': ',
  '- ',
  '? ',
  '\n',
  '\n  ',
  '\t',
  '\r\n',
  '\0',
  '\uFEFF',
  '\u202e',
  '&a ',
  '*a',
  '!!map ',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  'polluted',
  '<<<<<<< x\n',
];

describe('hostile content', () => {
  it('judges any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectJudged({ path: 'm/x.yaml', bytes })),
      { seed: 11, numRuns: 300 },
    );
  });

  it('judges any sequence of signs that mean something', () => {
    const text = fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (content) => expectJudged({ path: 'm/x.yaml', text: content })),
      { seed: 12, numRuns: 800 },
    );
  });

  it('judges files with parts cut, doubled, moved or replaced', () => {
    const edit = fc.record({
      at: fc.nat(4000),
      length: fc.nat(60),
      by: fc.constantFrom('', ...fragments),
      twice: fc.boolean(),
    });
    const mutated = fc
      .tuple(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 6 }))
      .map(([sample, edits]) => {
        let text = sample;
        for (const { at, length, by, twice } of edits) {
          const start = at % (text.length + 1);
          const cut = text.slice(start, start + length);
          text = text.slice(0, start) + by + (twice ? cut + cut : '') + text.slice(start + length);
        }
        return text;
      });
    fc.assert(
      fc.property(mutated, (text) => expectJudged({ path: 'm/x.yaml', text })),
      { seed: 13, numRuns: 300 },
    );
  });

  it('judges any JSON in place of any value', () => {
    const key = fc.constantFrom(
      'name',
      'kind',
      'base',
      'data',
      'gates',
      'stages',
      'release',
      'waivers',
      'reviewers',
      'artifacts',
      'version',
    );
    const value = fc.dictionary(key, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 });
    fc.assert(
      fc.property(value, (document) => expectJudged({ path: 'm/x.yaml', text: JSON.stringify(document) })),
      { seed: 14, numRuns: 250 },
    );
  });

  it('reads every reference or says why not', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('s3:', 'gs:', 'hf:', '//', '/', '@', '?versionId=', '#1', ':', 'a', '..', 'registry:', '^1'),
        ),
        (parts) => {
          expect(readReference(parts.join('')).ok).toBeTypeOf('boolean');
        },
      ),
      { seed: 15, numRuns: 1000 },
    );
  });

  // What would be too deep, too many or quadratic shows at this size as well.
  const size = 16 * 1024;
  const filled = (unit: string, before = '', after = '') =>
    before + unit.repeat(Math.floor((size - before.length - after.length) / unit.length)) + after;

  it.each([
    ['open brackets', filled('[')],
    ['closing brackets', filled(']')],
    ['nested lists', filled('- ')],
    ['nested keys', filled('? ')],
    ['commas', filled(',', '[')],
    ['anchors', filled('&a ')],
    ['escapes', filled('\\q', '"', '"')],
    ['documents', filled('---\n')],
    ['one key many times', filled('k: 1\n')],
    ['list of maps', filled('{},', 'data: [', ']')],
    ['list of numbers', filled('1,', 'owners: [', ']')],
    ['one long name', filled('a', 'name: ')],
    ['one long line of spaces', filled(' ', 'name: x')],
    [
      'laughs',
      `a: &a [x]\n${Array.from({ length: 9 }, (_, index) => `b${index}: &b${index} [*a, *a, *a]`).join('\n')}`,
    ],
  ])('survives a file full of %s', (_what, text) => {
    expectJudged({ path: 'm/x.yaml', text });
  });

  it('takes time in proportion to the file: twice the content, not much more than twice the time', () => {
    const timeOf = (text: string): number =>
      processorMs(
        () => text,
        (manifest) => parseManifest({ path: 'm/x.yaml', text: manifest }),
      );
    for (const unit of ['k: 1\n', '- ', '{},', '"a" ', 'a: b, ']) {
      timeOf(`[${unit.repeat(500)}`);
      const [half, whole] = [timeOf(`[${unit.repeat(3000)}`), timeOf(`[${unit.repeat(6000)}`)];
      expect(whole / half).toBeLessThan(8);
    }
  });
});
