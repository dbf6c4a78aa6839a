import type { JsonObject, JsonValue } from '@weighbridge/core';
import { parseFrontMatter, parseStrictYaml } from '@weighbridge/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, evidenceOf, sha256 } from '../../test/decision-case.js';
import { recordOf, snapshotOf } from '../../test/document-case.js';
import { compareCards } from './compare-cards.js';
import { renderBom } from './render-bom.js';
import { proseOf, renderCard } from './render-card.js';
import { renderReleaseNotes } from './render-release-notes.js';
import type { VersionRecord } from './version-record.js';
import { formatYaml } from './yaml-text.js';

/** Text that means something to YAML, Markdown, HTML or GitHub, and ordinary words. Well-formed, as the ledger keeps it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '---',
        '\n---\n',
        '...',
        '\nlicense: mit\n',
        ': ',
        ' #',
        '"',
        "'",
        '\\',
        '!!python/object/apply:os.system',
        '&a',
        '*a',
        '{{',
        '}',
        '[',
        'no',
        'null',
        '1e5',
        '0x10',
        '12:30:45',
        '2026-01-01',
        '|',
        '>',
        '- ',
        '? ',
        '@octocat',
        '<script>',
        '<!-- weighbridge: record of the version, made from the ledger -->',
        '<!-- weighbridge: end of the record -->',
        '-->',
        '```',
        '[a](javascript:x)',
        '![i](https://evil.example/x.png)',
        '\n## head\n',
        '\n| a |\n',
        '\u2028',
        '\u0085',
        '\ufeff',
        '\uffff',
        '\u202e',
        '\u0000',
        '😀',
        'word',
        ' ',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => parts.join('').replaceAll(/\p{Surrogate}/gu, ''));

const record = fc
  .record({ text: hostile, key: hostile, list: fc.array(hostile, { maxLength: 3 }), value: hostile })
  .map(({ text, key, list, value }): VersionRecord => {
    const header = {
      format: 'pickle' as const,
      tensors: [],
      attributes: {},
      graph: null,
      imports: [text, 'os.system'],
    };
    return recordOf({
      changes: [changeOf({ because: text, path: key, rule: value, from: text, to: { [key]: value } })],
      snapshot: snapshotOf({
        base: { model: `vendor:${text}`, revision: key, content: null, version: null },
        artifacts: [
          { path: key, size: 1, sha256: null, header, tensors: {}, document: null },
          {
            path: 'adapter_config.json',
            size: 1,
            sha256: null,
            header: null,
            tensors: {},
            document: {
              type: 'peft-adapter',
              facts: { peft_type: text, task_type: value, base_model_name_or_path: text },
            },
          },
        ],
        data: [{ name: key, role: 'eval', ref: text, pinned: value }].filter(
          ({ ref }) => !ref.startsWith('hf:'),
        ) as never,
        runtime: { framework: text, frameworkVersion: key, image: value, lock: null },
        training: { run: text, hardware: key, duration: value },
        documentation: { description: text, owners: list, files: [] },
        metadata: { license: text, language: list, tags: list, library_name: key, pipeline_tag: value, datasets: list },
      }),
      artifacts: [{ path: key, size: 1, sha256: 'a'.repeat(64) }],
      evidence: { [key]: { ...evidenceOf({ [text]: '0.5', [key]: value }), level: 'reported' } },
      moves: [
        {
          to: text,
          time: text,
          actor: key,
          justification: value,
          pull: 1,
          approvals: [{ login: text, roster: key }],
          decision: {
            verdict: 'warn',
            because: text,
            requirements: [{ id: key, kind: 'x', verdict: 'fail', because: text, remedy: value }],
          },
        },
      ],
      repository: text,
      run: value,
    });
  });

const allowedKeys = new Set([
  'license',
  'language',
  'library_name',
  'pipeline_tag',
  'base_model',
  'base_model_relation',
  'datasets',
  'tags',
  'model-index',
]);

describe('text of others in documents', () => {
  it('is text in the front matter of a card: no key, no tag and no end of it', () => {
    fc.assert(
      fc.property(record, (each) => {
        const { markdown } = renderCard(each, null);
        const parsed = parseFrontMatter(markdown, 'card');
        for (const key of Object.keys(parsed?.attributes ?? {})) expect(allowedKeys).toContain(key);
        const [, yaml = ''] = markdown.split(/^---$/m);
        for (const line of yaml.split('\n')) expect(line).toMatch(/^(?:$|[a-z_-]+:|\s*- |\s+(?:[a-z]+):)/);
        expect(yaml).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('does nothing in the Markdown of cards and notes', () => {
    fc.assert(
      fc.property(record, (each) => {
        const card = renderCard(each, null).markdown;
        expect(card.split('## Version 2.0.0').length).toBe(2);
        const body = parseFrontMatter(card, 'card')?.body ?? card;
        for (const text of [body, renderReleaseNotes(each)]) expectHarmless(text);
        // The record has one begin and one end, so that it can be taken out again.
        const { before, after } = proseOf(body);
        expect(`${before}${after}`).not.toContain('<!-- weighbridge:');
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  it('gives the same bytes for the same record, and a serial number in its form', () => {
    fc.assert(
      fc.property(record, (each) => {
        const { text, bom } = renderBom(each, sha256);
        expect(renderBom(structuredClone(each), sha256).text).toBe(text);
        expect(JSON.parse(text)).toEqual(bom);
        expect(bom['serialNumber']).toMatch(
          /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(compareCards(renderCard(each, null).markdown, renderCard(each, null).markdown)).toEqual({
          attributes: [],
          prose: [],
        });
      }),
      { seed: 23, numRuns: 100 },
    );
  });
});

describe('YAML', () => {
  const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
    hostile,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const tree = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(hostile, tie('value'), { maxKeys: 3 }) as fc.Arbitrary<JsonValue>,
    ),
  })).value;

  it('is read back as it was, but for marks that cannot be seen', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tree, { minKeys: 1, maxKeys: 3 }), (value) => {
        const printable = JSON.stringify(value).replaceAll('-0', '0');
        fc.pre(!/[^ -~]|\\[^"\\]|-0\b|__proto__/.test(printable));
        expect(parseStrictYaml(formatYaml(value as JsonObject), 'x')).toEqual(value);
      }),
      { seed: 24, numRuns: 500 },
    );
  });
});

function expectHarmless(markdown: string): void {
  const own = markdown
    .replaceAll(/<!-- weighbridge: (?:record of the version, made from the ledger|end of the record) -->/g, '')
    .replaceAll(/<span>\$<\/span>/g, '')
    .replaceAll(/```sh\n[^`]*```/g, '')
    .replaceAll(/`(?:[a-z0-9-]+@v?[\w.+-]+|sha256:[0-9a-f]{64}|weighbridge [\w -]+)`/g, '');
  expect(own).not.toMatch(/</);
  expect(own).not.toMatch(/@(?!\u200b)/);
  expect(own).not.toMatch(/(?<!\\)(?:\\\\)*[[\]`]/);
  expect(own).not.toMatch(/:\/\//);
  for (const line of own.split('\n')) expect(line).toMatch(/^(?:$|#{1,3} |\||\*\*|Identity |The ledger |… and )/);
}
