import { errorCatalogue } from '@weighbridge/core';
import { describe, expect, it } from 'vitest';
import { parseArtifactsLock } from './artifacts-lock.js';
import { parseManifest } from './parse-manifest.js';
import { parsePolicy } from './parse-policy.js';
import { parseStages } from './parse-stages.js';
import { maxListedFaults, type Parsed } from './source/fault.js';

const stages = ['development', 'staging', 'production', 'archived'];
const parsers = {
  model: (text: string) => parseManifest({ path: 'models/fraud/model.yaml', text }),
  stages: (text: string) => parseStages({ path: 'models/fraud/stages.yaml', text }, stages),
  policy: (text: string) => parsePolicy({ path: 'weighbridge.yaml', text }),
  lock: (text: string) => parseArtifactsLock({ path: 'models/fraud/artifacts.lock', text }),
} satisfies Record<string, (text: string) => Parsed<unknown>>;

/** `line:column code`, in the order in which they are told; a part of the code's area is left out. */
function faultsOf(parsed: Parsed<unknown>): string[] {
  if (parsed.ok) return [];
  return parsed.faults.map(({ line, column, code }) => `${line}:${column} ${code.replace('manifest/', '')}`);
}

const model = 'name: fraud\nkind: model\n';
const policy = 'version: 1\n';
const roster = 'reviewers: { ml: { users: [alice, bob] } }\n';
const digest = `sha256:${'a'.repeat(64)}`;
const gate = (lines: string) => `${policy}gates:\n  production:\n    metrics:\n      - id: acc\n${lines}`;
const head = '        metric: eval.acc\n        direction: higher\n';
const waiver = (member: string) =>
  `${policy}${roster}waivers:\n  - gate: acc\n    model: fraud\n    digest: ${digest}\n    reason: no longer right\n    expires: 2026-12-31\n    rule: ml\n${member}`;
const artifact = (members: string) =>
  `{ "version": 1, "artifacts": [\n{ "path": "a.onnx", "size": 1, "sha256": "${digest}", "header": null, "tensors": {}, "store": null${members} }\n] }`;

type Case = readonly [what: string, kind: keyof typeof parsers, text: string, faults: readonly string[]];

const cases: readonly Case[] = [
  // The text itself.
  ['nothing', 'model', '', ['1:1 empty']],
  ['comments alone', 'policy', '# later\n', ['1:1 empty']],
  [
    'a merge conflict',
    'model',
    'name: fraud\n<<<<<<< HEAD\nkind: model\n=======\nkind: prompt\n>>>>>>> other\n',
    ['2:1 conflict-marker'],
  ],
  ['a tab', 'model', 'name: fraud\nkind: model\nbase:\n\tmodel: hf://a/b\n', ['4:1 tab']],
  ['two values on a line', 'model', 'name: a: b\n', ['1:7 syntax']],
  ['an open bracket', 'model', `${model}owners: [alice\nconfig: [a.yaml]\n`, ['4:1 syntax']],
  ['an open quote', 'model', `${model}description: "no end\n`, ['4:1 syntax']],
  ['a line without colon', 'model', 'name fraud\nkind: model\n', ['1:1 syntax']],
  ['an unknown escape', 'model', `${model}description: "\\q"\n`, ['3:15 syntax']],
  ['text that starts with @', 'model', `${model}owners:\n  - @acme/nlp\n`, ['4:5 syntax']],
  ['uneven indentation', 'model', `${model}data:\n   - name: a\n  - name: b\n`, ['5:1 syntax']],
  ['an anchor and an alias', 'model', 'name: &n fraud\nkind: *n\n', ['1:7 alias', '2:7 alias']],
  ['a tag', 'model', 'name: !!str fraud\nkind: !env KIND\n', ['1:7 tag', '2:7 tag']],
  ['a directive', 'model', '%YAML 1.1\n---\nname: fraud\n', ['1:1 directive']],
  ['two documents', 'model', `${model}---\n${model}`, ['3:1 several-documents']],
  ['deep nesting', 'model', `${model}metadata: ${'['.repeat(40)}${']'.repeat(40)}\n`, ['3:42 too-deep']],
  ['a list as key', 'model', `${model}? [a, b]\n: c\n`, ['3:3 key-shape']],
  ['an empty key', 'model', `${model}: c\n`, ['3:1 key-shape']],
  ['__proto__', 'model', `${model}metadata: { __proto__: { polluted: 1 } }\n`, ['3:13 reserved-key']],
  ['constructor', 'model', `${model}constructor: 1\n`, ['3:1 reserved-key']],
  ['a repeated key', 'model', `${model}name: other\n`, ['3:1 duplicate-key']],
  ['a repeated key within', 'model', `${model}training: { run: mlflow:a, run: mlflow:b }\n`, ['3:28 duplicate-key']],
  ['a merge key', 'model', `${model}<<: { impact: high }\n`, ['3:1 unknown-key']],
  ['infinity', 'model', `${model}metadata: { loss: .inf, other: 1e999 }\n`, ['3:19 not-finite', '3:32 not-finite']],
  ['an integer beyond 2^53', 'model', `${model}metadata: { id: 90071992547409931 }\n`, ['3:17 inexact']],
  // Manifests.
  ['a list', 'model', '- name: fraud\n', ['1:1 wrong-type']],
  ['a text', 'model', 'fraud\n', ['1:1 wrong-type']],
  ['no name and no kind', 'model', 'impact: low\n', ['1:1 missing-key', '1:1 missing-key']],
  ['a mistyped key', 'model', `${model}artefacts: [a.onnx]\n`, ['3:1 unknown-key']],
  ['a mistyped key within', 'model', `${model}training: { framwork: pytorch }\n`, ['3:13 unknown-key']],
  ['an unknown kind', 'model', 'name: fraud\nkind: modell\n', ['2:7 not-a-choice']],
  ['a number as kind', 'model', 'name: fraud\nkind: 1\n', ['2:7 unquoted']],
  ['a name with capitals', 'model', 'name: Fraud Model\nkind: model\n', ['1:7 model-name']],
  ['a name of digits', 'model', 'name: 2024\nkind: model\n', ['1:7 unquoted']],
  ['one artifact as text', 'model', `${model}artifacts: a.onnx\n`, ['3:12 wrong-type']],
  ['an empty value', 'model', `${model}description:\n`, ['3:1 wrong-type']],
  ['a framework version read as number', 'model', `${model}training: { framework_version: 2.10 }\n`, ['3:32 unquoted']],
  ['a revision of digits', 'model', `${model}base: { model: hf://a/b, revision: 12345678 }\n`, ['3:36 unquoted']],
  [
    'a revision written twice',
    'model',
    `${model}base: { model: hf://a/b@main, revision: abc }\n`,
    ['3:41 base-revision'],
  ],
  ['a base without scheme', 'model', `${model}base: { model: meta-llama/Llama-3.1-8B }\n`, ['3:16 reference']],
  ['a path that climbs out', 'model', `${model}config: [../../../etc/passwd]\n`, ['3:10 path']],
  ['a path with backslashes', 'model', `${model}code: ['src\\train']\n`, ['3:8 path']],
  ['a path with NUL', 'model', `${model}prompts: ["a\\0b"]\n`, ['3:11 path']],
  ['a path in .git', 'model', `${model}retrieval: /.git/config\n`, ['3:12 path']],
  ['a drive', 'model', `${model}interface: C:/x.json\n`, ['3:12 path']],
  ['an unknown scheme', 'model', `${model}artifacts: [ftp://host/file]\n`, ['3:13 reference']],
  [
    'credentials',
    'model',
    `${model}data: [{ name: a, role: train, ref: 's3://key:pw@b/c' }]\n`,
    ['3:37 reference-secret'],
  ],
  ['a presigned address', 'model', `${model}artifacts: ['s3://b/k?X-Amz-Signature=abc']\n`, ['3:13 reference-secret']],
  [
    'a repeated data set',
    'model',
    `${model}data:\n  - { name: a, role: train, ref: a }\n  - { name: a, role: eval, ref: b }\n`,
    ['5:13 repeated'],
  ],
  ['a data set without ref', 'model', `${model}data:\n  - name: a\n    role: train\n`, ['4:5 missing-key']],
  ['a repeated metric id', 'model', `${model}metrics: [{ id: e, path: a }, { id: e, path: b }]\n`, ['3:37 repeated']],
  ['use of itself', 'model', `${model}uses: [{ model: fraud, version: ^1 }]\n`, ['3:17 self-use']],
  ['a bad range', 'model', `${model}uses: [{ model: other, version: newest }]\n`, ['3:33 version-range']],
  ['a duration that is none', 'model', `${model}training: { duration: 3 hours }\n`, ['3:23 form']],
  ['a run that is none', 'model', `${model}training: { run: /logs }\n`, ['3:18 reference']],
  ['a bump of none', 'model', `${model}bump: none\n`, ['3:7 not-a-choice']],
  ['an owner with spaces', 'model', `${model}owners: [alice smith]\n`, ['3:10 form']],
  // Stages.
  ['a version read as number', 'stages', 'production: 1.10\n', ['1:13 version-number']],
  ['a whole number', 'stages', 'production: 2\n', ['1:13 version-number']],
  ['a v before the version', 'stages', 'production: v1.4.0\n', ['1:13 version']],
  ['a range', 'stages', 'production: ^1.4.0\n', ['1:13 version']],
  ['an unknown stage', 'stages', 'staging: 1.0.0\nprod: 1.0.0\n', ['2:1 unknown-stage']],
  ['emptying the archive', 'stages', 'archived:\n', ['1:1 archive']],
  ['an alias without version', 'stages', 'aliases: { champion: }\n', ['1:12 wrong-type']],
  ['an alias that is a stage', 'stages', 'aliases: { production: 1.0.0 }\n', ['1:12 reserved-key']],
  ['a list of versions', 'stages', 'archived: [1.0.0]\n', ['1:1 wrong-type']],
  // Policies.
  ['no version', 'policy', 'mode: warn\n', ['1:1 missing-key']],
  ['a later version', 'policy', 'version: 2\n', ['1:10 not-a-choice']],
  ['a version in quotes', 'policy', 'version: "1"\n', ['1:10 wrong-type']],
  ['one stage', 'policy', `${policy}stages: [production]\n`, ['2:1 range']],
  ['stages that differ in case', 'policy', `${policy}stages: [dev, Dev, old]\n`, ['2:15 repeated']],
  ['a reserved stage', 'policy', `${policy}stages: [none, toString, old]\n`, ['2:10 stage-name', '2:16 stage-name']],
  ['a stage illegal in tags', 'policy', `${policy}stages: [dev!, a//b, old]\n`, ['2:10 stage-name', '2:16 stage-name']],
  [
    'unknown stages in transitions',
    'policy',
    `${policy}transitions:\n  prod: [staging]\n  staging: [dev]\n`,
    ['3:3 unknown-stage', '4:13 unknown-stage'],
  ],
  ['a move to itself', 'policy', `${policy}transitions: { staging: [staging] }\n`, ['2:26 transition']],
  ['an unknown trigger', 'policy', `${policy}release: on-push\n`, ['2:10 not-a-choice']],
  ['an unknown trigger in a map', 'policy', `${policy}release: { when: tag }\n`, ['2:18 not-a-choice']],
  ['a list as release', 'policy', `${policy}release: [on-tag]\n`, ['2:1 wrong-type']],
  ['an unknown facet', 'policy', `${policy}versioning: { rules: { tokeniser: patch } }\n`, ['2:24 form']],
  ['an unknown bump', 'policy', `${policy}versioning: { rules: { weights: huge } }\n`, ['2:33 not-a-choice']],
  ['a short first version', 'policy', `${policy}versioning: { initial: 0.1 }\n`, ['2:24 version-number']],
  [
    'a negative threshold',
    'policy',
    `${policy}versioning: { metrics: [{ metric: e.a, direction: higher, threshold: -1 }] }\n`,
    ['2:70 range'],
  ],
  ['a store without path', 'policy', `${policy}store: { type: folder }\n`, ['2:1 missing-key']],
  ['a home folder', 'policy', `${policy}store: { type: folder, path: ~/models }\n`, ['2:30 form']],
  ['an unknown store', 'policy', `${policy}store: { type: ftp, path: /x }\n`, ['2:16 not-a-choice']],
  ['a branch that git refuses', 'policy', `${policy}ledger: { branch: a..b }\n`, ['2:19 form']],
  ['a broken key', 'policy', `${policy}ledger: { keys: [abc] }\n`, ['2:18 form']],
  ['bytes that go too soon', 'policy', `${policy}retention: { unregistered: 47h }\n`, ['2:28 range']],
  ['a grace that is none', 'policy', `${policy}retention: { grace: soon }\n`, ['2:21 duration']],
  ['too many versions to keep', 'policy', `${policy}rollback: { keep: 1000 }\n`, ['2:19 range']],
  ['half a version to keep', 'policy', `${policy}rollback: { keep: 1.5 }\n`, ['2:19 wrong-type']],
  ['a team without organisation', 'policy', `${policy}reviewers: { ml: { teams: [nlp] } }\n`, ['2:28 form']],
  // Gates.
  ['a gate for an unknown stage', 'policy', `${policy}gates:\n  prod: { soak: 1d }\n`, ['3:3 unknown-stage']],
  ['a soak in words', 'policy', `${policy}gates: { production: { soak: 1 day } }\n`, ['2:30 duration']],
  ['a soak without unit', 'policy', `${policy}gates: { production: { soak: 24 } }\n`, ['2:30 unquoted']],
  [
    'an unknown format',
    'policy',
    `${policy}gates: { production: { formats: { deny: [pickel] } } }\n`,
    ['2:42 not-a-choice'],
  ],
  [
    'an unknown roster',
    'policy',
    `${policy}${roster}gates:\n  production:\n    reviewers: [{ from: mll }]\n`,
    ['5:25 unknown-roster'],
  ],
  [
    'more reviewers than people',
    'policy',
    `${policy}${roster}gates:\n  production:\n    reviewers:\n      - { from: ml, count: 3 }\n`,
    ['6:9 roster-too-small'],
  ],
  [
    'an unknown condition',
    'policy',
    `${policy}${roster}gates: { production: { reviewers: [{ from: ml, when: { risk: high } }] } }\n`,
    ['3:56 unknown-key'],
  ],
  ['no direction', 'policy', gate('        metric: eval.acc\n        bounds: { min: 0 }\n'), ['5:9 missing-key']],
  [
    'a metric without document',
    'policy',
    gate('        metric: acc\n        direction: higher\n        bounds: { min: 0 }\n'),
    ['6:17 form'],
  ],
  ['no requirement', 'policy', gate(head), ['5:9 gate-asks-nothing']],
  ['empty bounds', 'policy', gate(`${head}        bounds: {}\n`), ['8:9 gate-asks-nothing']],
  ['bounds upside down', 'policy', gate(`${head}        bounds: { min: 0.9, max: 0.10 }\n`), ['8:9 bounds-order']],
  ['NaN as bound', 'policy', gate(`${head}        bounds: { min: .nan }\n`), ['8:24 not-finite']],
  ['text as bound', 'policy', gate(`${head}        bounds: { min: high }\n`), ['8:24 decimal']],
  ['a hexadecimal bound', 'policy', gate(`${head}        bounds: { min: 0x10 }\n`), ['8:24 decimal']],
  ['a percentage as bound', 'policy', gate(`${head}        bounds: { min: 92% }\n`), ['8:24 decimal']],
  ['a truth value as bound', 'policy', gate(`${head}        bounds: { min: true }\n`), ['8:24 wrong-type']],
  [
    'a baseline without margin',
    'policy',
    gate(`${head}        baseline: { ref: previous }\n`),
    ['8:9 gate-asks-nothing'],
  ],
  [
    'an empty margin',
    'policy',
    gate(`${head}        baseline: { ref: previous, max_regression: {} }\n`),
    ['8:36 gate-asks-nothing'],
  ],
  [
    'a bare relative above 1',
    'policy',
    gate(`${head}        baseline: { ref: previous, max_regression: { relative: 5 } }\n`),
    ['8:64 fraction'],
  ],
  [
    'a negative margin',
    'policy',
    gate(`${head}        baseline: { ref: previous, max_regression: { absolute: -0.1 } }\n`),
    ['8:64 range'],
  ],
  [
    'an unknown baseline',
    'policy',
    gate(`${head}        baseline: { ref: production, max_regression: { absolute: 0 } }\n`),
    ['8:26 form'],
  ],
  [
    'a baseline stage that is none',
    'policy',
    gate(`${head}        baseline: { ref: 'stage:prod', max_regression: { absolute: 0 } }\n`),
    ['8:26 unknown-stage'],
  ],
  [
    'a confidence of 95',
    'policy',
    gate(`${head}        bounds: { min: 0 }\n        uncertainty: { use: paired, confidence: 95 }\n`),
    ['9:49 range'],
  ],
  [
    'slices that ask nothing',
    'policy',
    gate(`${head}        slices: { by: lang, each: {} }\n`),
    ['8:29 gate-asks-nothing'],
  ],
  [
    'slices against no baseline',
    'policy',
    gate(`${head}        slices: { by: lang, each: { max_regression: { absolute: 0 } } }\n`),
    ['8:37 gate-asks-nothing'],
  ],
  [
    'a repeated gate id',
    'policy',
    `${gate(`${head}        bounds: { min: 0 }\n`)}      - id: acc\n${head}        bounds: { min: 0 }\n`,
    ['9:13 repeated'],
  ],
  ['a waiver with a short digest', 'policy', waiver('').replace(digest, 'sha256:abc'), ['6:13 digest']],
  ['a waiver of no roster', 'policy', waiver('').replace('rule: ml', 'rule: risk'), ['9:11 unknown-roster']],
  ['a waiver until no day', 'policy', waiver('').replace('2026-12-31', '2026-02-30'), ['8:14 date']],
  ['a waiver with a further key', 'policy', waiver('    until: x\n'), ['10:5 unknown-key']],
  // Locks.
  ['an empty lock', 'lock', '', ['1:1 syntax']],
  ['a trailing comma', 'lock', '{ "version": 1, "artifacts": [], }', ['1:34 syntax']],
  ['an open text', 'lock', '{ "version: 1 }', ['1:3 syntax']],
  ['two documents in a lock', 'lock', '{ "version": 1, "artifacts": [] }\n{}', ['2:1 syntax']],
  ['NaN in a lock', 'lock', '{ "version": NaN, "artifacts": [] }', ['1:14 syntax']],
  ['a repeated key in a lock', 'lock', artifact(', "size": 2'), ['2:163 duplicate-key']],
  [
    '__proto__ in a lock',
    'lock',
    artifact('').replace('"tensors": {}', `"tensors": { "__proto__": "${digest}" }`),
    ['2:146 reserved-key'],
  ],
  [
    'a repeated path',
    'lock',
    artifact(' },\n{ "path": "a.onnx", "size": 1, "sha256": "x", "header": null, "tensors": {}, "store": null').replace(
      '"x"',
      `"${digest}"`,
    ),
    ['3:11 repeated'],
  ],
  ['a path that climbs in a lock', 'lock', artifact('').replace('a.onnx', '../a.onnx'), ['2:11 path']],
  ['a negative size', 'lock', artifact('').replace('"size": 1', '"size": -1'), ['2:29 range']],
  ['a bare digest', 'lock', artifact('').replace(digest, 'abc'), ['2:42 form']],
  [
    'deep nesting in a lock',
    'lock',
    artifact('').replace('"header": null', `"header": ${'{"a":'.repeat(70)}1${'}'.repeat(70)}`),
    ['2:437 too-deep'],
  ],
];

describe('faulty files', () => {
  it.each(cases)('%s (%s)', (_what, kind, text, expected) => {
    const parsed = parsers[kind](text);
    expect(faultsOf(parsed)).toEqual(expected);
    for (const fault of parsed.ok ? [] : parsed.faults) {
      expect(Object.hasOwn(errorCatalogue, fault.code)).toBe(true);
      expect(fault.message).not.toMatch(/\{[a-z]+\}|undefined|\n/i);
      expect(fault.remedy).not.toMatch(/undefined|\n/);
    }
  });

  it('tells all faults of a file at once, in order', () => {
    const text =
      'name: Fraud\nkind: modell\nartefacts: [x]\nbase: { model: a/b, revision: 1 }\nkind: model\nconfig: [../../..]\n';
    const expected = [
      '1:7 model-name',
      '2:7 not-a-choice',
      '3:1 unknown-key',
      '4:16 reference',
      '4:31 unquoted',
      '5:1 duplicate-key',
      '6:10 path',
    ];
    expect(faultsOf(parsers.model(text))).toEqual(expected);
  });

  it('says what was probably meant', () => {
    const remedies = (text: string) => {
      const parsed = parsers.model(text);
      return parsed.ok ? [] : parsed.faults.map(({ remedy }) => remedy);
    };
    expect(remedies(`${model}artefacts: []\n`)).toEqual(['Did you mean "artifacts"?']);
    expect(remedies('name: fraud\nkind: adaptor\n')).toEqual(['Did you mean "adapter"?']);
    expect(remedies('name: Fraud Model!\nkind: model\n')[0]).toContain('such as fraud-model');
    expect(remedies(`${model}zzzzzzzzz: 1\n`)[0]).toMatch(/^Use one of: name, kind/);
  });

  it('names the full version that a short one means', () => {
    const parsed = parsers.stages('production: 1.10\nstaging: v2.3.4\n');
    expect(parsed.ok ? [] : parsed.faults.map(({ remedy }) => remedy)).toEqual([
      'Write the full version, such as 1.10.0.',
      'Write major.minor.patch without a v, such as 2.3.4.',
    ]);
  });

  it('never shows credentials', () => {
    for (const ref of ['s3://AKIAKEY:hunter2@b/c', 'az://c/d?sv=2024&sig=hunter2', 'hf://user:hunter2@host/x']) {
      const parsed = parsers.model(`${model}artifacts: ['${ref}']\n`);
      expect(parsed.ok).toBe(false);
      expect(JSON.stringify(parsed)).not.toContain('hunter2');
    }
  });

  it('keeps messages on one line and free of invisible signs', () => {
    const parsed = parsers.model(`${model}"a\\n::error::x\\u202e": 1\n`);
    expect(parsed.ok ? '' : parsed.faults[0]?.message).toBe('"a\\u000a::error::x\\u202e" is not known here.');
  });

  it('lists a bounded number of faults and counts the rest', () => {
    const keys = Array.from({ length: 500 }, (_, index) => `wrong${index}: 1\n`).join('');
    const parsed = parsers.model(model + keys);
    expect(parsed.ok ? 0 : parsed.faults.length).toBe(maxListedFaults + 1);
    expect(parsed.ok ? '' : parsed.faults.at(-1)?.message).toBe('More faults are not listed: at least 400.');
  });
});

describe('bytes', () => {
  const parse = (bytes: Uint8Array) => parseManifest({ path: 'm.yaml', bytes });
  const encode = (text: string) => new TextEncoder().encode(text);

  it('tolerates a byte order mark and keeps columns', () => {
    const parsed = parse(encode('\uFEFFname: fraud\nkind: model\n'));
    expect(parsed.ok && parsed.locate(['name'])).toEqual({ line: 1, column: 7 });
  });

  it('reads line ends of Windows', () => {
    const parsed = parse(encode('name: fraud\r\nkind: modell\r\n'));
    expect(faultsOf(parsed)).toEqual(['2:7 not-a-choice']);
  });

  it.each([
    ['latin-1', [0x6e, 0x0a, 0x61, 0xe4, 0x62], '2:2 encoding', 3],
    ['utf-16', [0xff, 0xfe, 0x6e, 0x00], '1:1 encoding', 0],
    ['a cut character', [0x61, 0xe2, 0x82], '1:2 encoding', 1],
    ['an overlong form', [0xc0, 0xaf], '1:1 encoding', 0],
    ['a surrogate', [0x61, 0x62, 0xed, 0xa0, 0x80], '1:3 encoding', 2],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], '1:1 encoding', 0],
  ])('names where %s stops being UTF-8', (_what, bytes, expected, offset) => {
    const parsed = parse(new Uint8Array(bytes));
    expect(faultsOf(parsed)).toEqual([expected]);
    expect(parsed.ok ? '' : parsed.faults[0]?.message).toBe(`The file is not UTF-8 from byte ${offset} on.`);
  });

  it('refuses a file above its bound without reading it', () => {
    expect(faultsOf(parse(new Uint8Array(256 * 1024 + 1)))).toEqual(['1:1 too-large']);
  });
});
