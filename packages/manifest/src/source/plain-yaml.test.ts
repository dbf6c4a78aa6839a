import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderManifestTemplate } from '../template/manifest-template.js';
import { renderPolicyTemplate } from '../template/policy-template.js';
import { readPlainYaml } from './plain-yaml.js';
import type { SourceDocument } from './source-document.js';
import { readAnyYaml, readYaml } from './yaml-document.js';

const manifest = `# What the model is made of.
name: support-bot
kind: adapter
description: Answers "tickets", it's said   # in English
owners: [alice, "@acme/nlp"]
base: { model: hf://meta-llama/Llama-3.1-8B, revision: '0e9e39f' }

data:
  - { name: tickets, role: train, ref: dvc:data/tickets.dvc }
  - name: holdout
    role: eval
    ref: s3://acme-data/holdout.parquet?versionId=3HL4
artifacts: [out/adapter_model.safetensors, out/*.json]
config:
- configs/train.yaml
metrics: [{ id: eval, path: results/eval.json }]
training: { framework: pytorch, framework_version: 2.9.0, hardware: 8xH100, duration: PT3H12M }
uses: [{ model: llama-3-1-8b, version: ^1.2 }]
metadata:
  rows: 10000
  share: 0.10
  cleaned: true
  notes: {}
`;

/** Everything that a document tells: its value, and of each part where it stands and how it is written. */
function told(document: SourceDocument): unknown {
  const places: unknown[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    places.push([path, document.locate(path), document.locateKey(path), document.sourceText(path)]);
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (value !== null && typeof value === 'object')
      for (const [key, member] of Object.entries(value)) visit(member, [...path, key]);
  };
  visit(document.value, []);
  return { value: document.value, faults: document.faults, places };
}

function expectSame(text: string): void {
  expect(told(readYaml('model.yaml', text))).toEqual(told(readAnyYaml('model.yaml', text)));
}

describe('readPlainYaml', () => {
  it('reads what people write as the reader of all YAML does', () => {
    expect(readPlainYaml(manifest)?.value).toMatchObject({ name: 'support-bot', metadata: { rows: 10_000 } });
    expectSame(manifest);
    for (const template of [renderManifestTemplate({ name: 'fraud' as never }), renderPolicyTemplate()]) {
      expect(readPlainYaml(template)).not.toBeNull();
      expectSame(template);
    }
  });

  it.each([
    ['an anchor', 'a: &x b\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str b\n'],
    ['a block scalar', 'a: |\n  b\n'],
    ['a scalar of two lines', 'a: b\n  c\n'],
    ['a key with nothing', 'a:\nb: 1\n'],
    ['nothing by its word', 'a: null\n'],
    ['an escape', 'a: "\\u0041"\n'],
    ['a doubled quote', "a: 'it''s'\n"],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key of every object', 'constructor: 1\n'],
    ['a number as others write it', 'a: 0x1f\n'],
    ['an exponent', 'a: 1e3\n'],
    ['a number that is not exact', 'a: 12345678901234567890\n'],
    ['a whole number that is not exact', 'a: 900719925474099\nb: 9007199254740993\n'],
    ['lists that nest deeper than manifests do', `a: ${'['.repeat(10)}${']'.repeat(10)}\n`],
    [
      'maps that nest deeper than manifests do',
      `${Array.from({ length: 10 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')} b\n`,
    ],
    ['nothing as a key of a map on one line', 'a: { null: 1 }\n'],
    ['a key of every object in a map on one line', 'a: { constructor: 1 }\n'],
    ['a key twice in a map on one line', 'a: { b: 1, b: 2 }\n'],
    ['a key in quotes in a map on one line', 'a: { "b": 1 }\n'],
    ['a word with quotes in it in a list', 'a: [b"c"]\n'],
    ['quotes that close on a later line', 'a: ["b\nc: d"]\n'],
    ['a truth value as others write it', 'a: True\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a map in a scalar', 'a: b: c\n'],
    ['a list that goes on', 'a: [b,\n  c]\n'],
    ['a trailing comma', 'a: [b,]\n'],
    ['a pair in a list', 'a: [b: c]\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a conflict', '<<<<<<< ours\na: 1\n'],
    ['a list at the root', '- a\n'],
    ['keys that do not line up', 'a:\n  b: 1\n   c: 2\n'],
  ])('leaves %s to that reader', (_what, text) => {
    expect(readPlainYaml(text)).toBeNull();
  });

  const words = fc.constantFrom(
    'a',
    'b-c',
    'name',
    '1',
    '0.10',
    '1.2.3',
    '~1',
    'true',
    'x y',
    "it's",
    '"q"',
    "'q'",
    'é',
    '^1',
    '"a b" ',
    's3://a/b?c=1',
    'registry:m@^1',
    '[a, b]',
    '[]',
    '{}',
    '{ a: b }',
    '[{ a: 1, b: "c" }]',
    '{a: [b,{c: d}]}',
    'a#b',
    'a #b',
    '# c',
    'a: b',
    '8xH',
    '2026-01-01',
    '1e3',
    '.5',
    '-1',
    '@a',
    '*',
    '|',
    '- a',
    'a:',
    '"',
    '[',
    ',',
  );
  /** Keys differ from line to line but for a few. */
  const line = (place: number) =>
    fc
      .tuple(
        fc.constantFrom('', '', '', '', '  ', '  ', '    ', ' '),
        fc.constantFrom('', '', '', '', '- ', '- ', '-  ', '-'),
        fc.constantFrom(
          ...Array.from({ length: 12 }, () => `k-${place}: `),
          `k_${place}:`,
          'a: ',
          'null: ',
          '"k": ',
          '',
          '# ',
        ),
        fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom('', 'a', '[b, "c"]', '1.0') },
          { weight: 1, arbitrary: words },
        ),
        fc.constantFrom('', '', '', ' ', ' # note'),
      )
      .map((parts) => parts.join(''));
  const someLines = fc
    .nat(6)
    .chain((count) => fc.tuple(...Array.from({ length: count + 1 }, (_, place) => line(place))));

  it('says the same of every text that it reads', () => {
    let read = 0;
    fc.assert(
      fc.property(someLines, fc.boolean(), (lines, isEnded) => {
        const text = lines.join('\n') + (isEnded ? '\n' : '');
        if (readPlainYaml(text) === null) return;
        read++;
        expectSame(text);
      }),
      { seed: 31, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(400);
  });

  it('takes time in proportion to a list without comments', () => {
    const timeOf = (items: number): number => {
      const text = `a:\n${'- b\n'.repeat(items)}`;
      const started = performance.now();
      for (let run = 0; run < 3; run++) expect(readPlainYaml(text)).not.toBeNull();
      return performance.now() - started;
    };
    timeOf(8_000);
    expect(timeOf(64_000) / timeOf(8_000)).toBeLessThan(24);
  });

  it('says the same of manifests in which something was changed', () => {
    const signs = [
      ...'[ ] { } " \' : , # - ? & * ! | > % @ ~'.split(' '),
      ' ',
      '\n',
      ' #',
      ': ',
      '\n  ',
      '  ',
      '- ',
      'a',
      '0',
    ];
    const edit = fc.record({ at: fc.nat(2_000), length: fc.nat(6), by: fc.constantFrom('', ...signs) });
    let read = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let text = manifest;
        for (const { at, length, by } of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + by + text.slice(start + length);
        }
        if (readPlainYaml(text) === null) return;
        read++;
        expectSame(text);
      }),
      { seed: 32, numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(200);
  });
});
