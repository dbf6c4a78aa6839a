import { WeighbridgeError } from '@weighbridge/core';
import { describe, expect, it } from 'vitest';
import { parseDvcLock } from './dvc-lock.js';
import { outputsOfStages, parseDvcFolder, parseDvcOutputs } from './dvc-outputs.js';
import { type DvcWrittenStage, findWritten, parseDvcStages } from './dvc-yaml.js';

const [first, second] = ['a1'.repeat(16), 'b2'.repeat(16)];
const bytes = (text: string) => new TextEncoder().encode(text);

const outputsOfLock = (text: string, written: ReadonlyMap<string, DvcWrittenStage> = new Map()) =>
  outputsOfStages(parseDvcLock(bytes(text), 'dvc.lock', written), written);

function codeOf(list: Uint8Array): string {
  try {
    parseDvcFolder(list, 'x');
    return 'none';
  } catch (error) {
    return error instanceof WeighbridgeError ? error.code : 'a bug';
  }
}

describe('outputs that DVC keeps under their MD5', () => {
  it('of a .dvc file are relative to its folder, or to its wdir', () => {
    const text = `outs:\n- md5: ${first}\n  size: 12\n  hash: md5\n  path: model.bin\n  remote: other\n`;
    const out = {
      path: 'model.bin',
      md5: first,
      isFolder: false,
      sizeBytes: 12,
      isLegacy: false,
      remote: 'other',
      elsewhere: null,
    };
    expect(parseDvcOutputs(text, 'a/model.bin.dvc')).toEqual([out]);
    expect(parseDvcOutputs(`wdir: ../b\n${text}`, 'a/model.bin.dvc')).toEqual([{ ...out, path: '../b/model.bin' }]);
    expect(parseDvcOutputs(`wdir: .\n${text}`, 'a/model.bin.dvc')).toEqual([out]);
  });

  it('of a dvc.lock are those of all stages; without "hash" they are of earlier releases', () => {
    const stages = `train:\n    outs:\n    - path: out\n      md5: ${first}.dir\n    - path: m.json\n      md5: ${second}\n      cache: false\n`;
    const out = {
      path: 'out',
      md5: first,
      isFolder: true,
      sizeBytes: null,
      isLegacy: true,
      remote: null,
      elsewhere: null,
    };
    expect(outputsOfLock(`schema: '2.0'\nstages:\n  ${stages}`)).toEqual([out]);
  });

  it('of a dvc.lock are completed by the dvc.yaml: where a stage runs, what is not pushed, and the remote', () => {
    const lockOf = (stage: string, path: string) =>
      `  ${stage}:\n    outs:\n    - {path: ${path}, md5: ${first}, hash: md5}\n`;
    const lock = `schema: '2.0'\nstages:\n${[
      lockOf('train', './m.bin'),
      lockOf('each@a', 'm-a.bin'),
      lockOf('grid@x-1', 'runs/x/1.bin'),
      lockOf('report', 'r.json'),
      lockOf('away', 'a.bin'),
      lockOf('gone', 'g.bin'),
    ].join('')}`;
    const yaml = `stages:
  train: { wdir: sub/, cmd: x, outs: [./m.bin: { push: false, remote: other }] }
  each: { foreach: [a], do: { cmd: x, outs: [other.bin, 'm-\${item}.bin': { push: false }] } }
  grid: { matrix: { a: [x], b: [1] }, cmd: x, outs: ['runs/\${item.a}/\${item.b}.bin': { remote: '\${r}' }], plots: [] }
  report: { cmd: x, metrics: [r.json: { cache: false }] }
  away: { wdir: '\${d}', cmd: x, outs: [a.bin] }
`;
    const of = (path: string, remote: string | null, elsewhere: string | null) => ({ path, remote, elsewhere });
    expect(outputsOfLock(lock, parseDvcStages(bytes(yaml), 'dvc.yaml'))).toMatchObject([
      of('a.bin', null, null),
      of('m-a.bin', null, 'unpushed'),
      of('g.bin', null, null),
      of('runs/x/1.bin', null, null),
      of('sub/m.bin', 'other', 'unpushed'),
    ]);
  });

  it.each([
    ['m-${item}.bin', 'm-.bin', true],
    ['m-${item}.bin', 'm-a.json', false],
    ['${a}b${c}b', 'xbyb', true],
    ['${a}b${c}b', 'xb', false],
    ['a${b}a', 'a', false],
    ['m.bin', 'm-bin', false],
  ])('by templates: %s can mean %s: %s', (written, path, expected) => {
    const out = { path: written, isCached: true, isPushed: true, remote: null };
    expect(findWritten({ wdir: '.', commands: null, outs: [out] }, path) !== null).toBe(expected);
  });

  it('by templates that can mean one another are as the lock has them where these do not say the same', () => {
    const outs = (...written: readonly object[]) =>
      parseDvcStages(bytes(JSON.stringify({ stages: { train: { cmd: 'x', outs: written } } })), 'dvc.yaml');
    const lock = `schema: '2.0'\nstages:\n  train:\n    outs:\n    - {path: w.bin, hash: md5, md5: ${first}, size: 3}\n`;
    const read = (...written: readonly object[]) => outputsOfLock(lock, outs(...written));
    const [report, weights] = [{ '${paths.report}': { cache: false } }, { '${paths.weights}': {} }];
    expect(read(report, weights)).toMatchObject([{ path: 'w.bin', remote: null, elsewhere: null }]);
    const big = { '${paths.weights}': { remote: 'big' } };
    expect(read(big, { '${paths.tokenizer}': {} })).toMatchObject([{ path: 'w.bin', remote: null }]);
    expect(read(big, { '${paths.other}': { remote: 'big' } })).toMatchObject([{ path: 'w.bin', remote: 'big' }]);
    expect(read(report, { 'w.bin': {} })).toMatchObject([{ path: 'w.bin' }]);
    expect(read(report)).toEqual([]);
  });

  it('by templates are looked for among the first 200 of a stage, and by their own words among all', () => {
    const outs = Array.from({ length: 300 }, (_, place) => [`a-\${it}-${place}`, `b-${place}`])
      .flat()
      .map((path) => ({ path, isCached: true, isPushed: true, remote: null }));
    const stage = { wdir: '.', commands: null, outs };
    expect(findWritten(stage, 'a-x-199')?.path).toBe('a-${it}-199');
    expect(findWritten(stage, 'a-x-200')).toBeNull();
    expect(findWritten(stage, 'b-299')?.path).toBe('b-299');
  });

  it.each([
    ['imported', 'deps:\n- path: a.bin\n  repo:\n    url: ../other\n    rev_lock: abc\n', ''],
    ['unpushed', '', '  push: false\n'],
    // DVC pushes what came by an address like everything else.
    [null, 'deps:\n- path: https://acme.example/a.bin\n  etag: abc\n', ''],
    [null, 'deps:\n- repo: 3\n', '  push: true\n'],
  ])('are kept elsewhere where DVC pushes none of them: %s', (elsewhere, deps, more) => {
    const text = `${deps}outs:\n- md5: ${first}\n  hash: md5\n  path: a.bin\n${more}`;
    expect(parseDvcOutputs(text, 'a.bin.dvc')).toMatchObject([{ path: 'a.bin', elsewhere }]);
  });

  it.each([
    ['nothing', ''],
    ['an MD5 that climbs', 'outs:\n- md5: ../../etc/passwd\n  path: a\n'],
    ['another hash', 'outs:\n- etag: abc\n  path: a\n'],
    ['no list', 'outs: 3\n'],
  ])('are none for %s', (_, text) => {
    expect(parseDvcOutputs(text, 'a.dvc')).toEqual([]);
  });
});

describe('the list of a folder', () => {
  it('names the files in it', () => {
    expect(parseDvcFolder(bytes(JSON.stringify([{ md5: first, relpath: 'a/b.bin' }])), 'x')).toEqual([
      { path: 'a/b.bin', md5: first },
    ]);
  });

  it.each(['{}', '[3]', '[{"md5": "x", "relpath": "a"}]', `[{"md5": "${first}"}]`])('is not %s', (text) => {
    expect(codeOf(bytes(text))).toBe('formats/document-malformed');
  });

  it('is UTF-8', () => {
    expect(codeOf(Uint8Array.of(0xff, 0xfe))).toBe('formats/document-malformed');
  });
});
