import { parseModelName, utf8, type WeighbridgeError } from '@weighbridge/core';
import {
  evidenceFor,
  memoryLedger,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  testSigner,
  transitionedEvent,
} from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idShardPath } from '../log/id-index.js';
import { readHead } from '../log/tip.js';
import { formatSignedNote, signNote } from '../note/signed-note.js';
import { bindAll, bindFiles } from './bind.js';
import { readBound } from './bound-files.js';
import { bucketPath, emptyTop, formatBucket, mapRoot, parseBucket, replaceBuckets } from './bucket.js';
import { formatMapHead, parseMapHead } from './head.js';

type Branch = Map<string, Uint8Array>;
const signer = testSigner('ledger.test/map');
const fraud = parseModelName('fraud');
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const digest = nodeSha256(utf8('x'));
const checkpoint = { origin: 'ledger.test/map', size: 12, root: digest };
const path = fc
  .tuple(fc.constantFrom('models/a/', 'models/b-2/', 'ids/0/', ''), fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/))
  .map((parts) => parts.join(''));
const files = fc.dictionary(path, fc.uint8Array({ maxLength: 20 })).map((found) => new Map(Object.entries(found)));

describe('buckets', () => {
  test('that are replaced leave the map that they were in as it was, also one in a Buffer of Node', () => {
    const top = Buffer.from(emptyTop(nodeSha256));
    const before = mapRoot(nodeSha256, top);
    const replaced = replaceBuckets(nodeSha256, top, new Map([['map/0a', utf8('other')]]));
    expect(mapRoot(nodeSha256, top)).toEqual(before);
    expect(mapRoot(nodeSha256, replaced)).not.toEqual(before);
  });

  test('are read back, and nothing else is', () => {
    const bucket = new Map([
      ['ids/0/ab', 'ab'.repeat(32)],
      ['models/a/catalogue.json', 'cd'.repeat(32)],
    ]);
    const bytes = formatBucket(bucket);
    expect(text(bytes)).toBe(`${'ab'.repeat(32)}  ids/0/ab\n${'cd'.repeat(32)}  models/a/catalogue.json\n`);
    expect(parseBucket(bytes)).toEqual(bucket);
    expect(parseBucket(new Uint8Array(0))).toEqual(new Map());
    const line = `${'ab'.repeat(32)}  a`;
    for (const source of [line, `${line}\n\n`, `${line}\n${line}\n`, `${line} b\n`, `${line.toUpperCase()}\n`, '\n'])
      expect(parseBucket(utf8(source)), source).toBeNull();
    expect(parseBucket(Uint8Array.of(0xff, 0x0a))).toBeNull();
  });

  test('keep the files of one model together', () => {
    const of = (name: string) => bucketPath(nodeSha256, name);
    expect(of('models/fraud/README.md')).toBe(of('models/fraud/catalogue.json'));
    expect(of('models/fraud/README.md')).toMatch(/^map\/[0-9a-f]{2}$/);
    expect(new Set(Array.from({ length: 4096 }, (_, id) => of(`ids/${id}`))).size).toBe(256);
  });

  test('binding files one after the other comes to the same as binding all', () => {
    const run = (first: Branch, then: Branch) => {
      const buckets = new Map(
        [...first.keys(), ...then.keys()].map((name) => [bucketPath(nodeSha256, name), new Map<string, string>()]),
      );
      const one = bindFiles(nodeSha256, { buckets, top: emptyTop(nodeSha256) }, first);
      const read = new Map([...buckets.keys()].map((at) => [at, parseBucket(one.files.get(at) ?? new Uint8Array(0))]));
      const top = one.files.get('map/top') as Uint8Array;
      const two = bindFiles(nodeSha256, { buckets: read as never, top }, then);
      expect(two.root).toEqual(bindAll(nodeSha256, new Map([...first, ...then])).root);
      expect(two.root).toEqual(mapRoot(nodeSha256, two.files.get('map/top') as Uint8Array));
    };
    fc.assert(fc.property(files, files, run), { seed: 11, numRuns: 60 });
  });
});

test('heads are read back, and are no checkpoint', () => {
  const head = { checkpoint, state: digest, root: nodeSha256(digest) };
  const source = formatMapHead(head);
  expect(parseMapHead(source)).toEqual(head);
  const lines = source.split('\n');
  for (const [place] of lines.entries()) {
    expect(parseMapHead(lines.toSpliced(place, 1).join('\n'))).toBeNull();
    expect(parseMapHead(lines.toSpliced(place, 0, 'more').join('\n'))).toBeNull();
  }
});

/** A log of two appends, and its files after each. */
async function build(withSigner: boolean): Promise<{ readonly older: Branch; readonly newer: Branch }> {
  const ledger = memoryLedger({ signer: withSigner ? signer : null });
  const begin = [policyEvent(), registeredEvent('fraud', '1.0.0'), registeredEvent('churn', '1.0.0')];
  await ledger.append(begin, evidenceFor(...begin));
  const older = new Map(ledger.branch);
  await ledger.append([transitionedEvent('fraud', '1.0.0', { to: 'production' })]);
  return { older, newer: new Map(ledger.branch) };
}

/** What every read and an append come to on a branch: `good`, or the code of the error. */
async function outcomesOn(branch: Branch, withSigner: boolean, withKeys = withSigner) {
  const open = () =>
    memoryLedger({
      branch: new Map(branch),
      signer: withSigner ? signer : null,
      verifierKeys: withKeys ? [signer.verifierKey] : [],
    });
  const attempt = async (run: () => Promise<unknown>): Promise<string> => {
    try {
      await run();
      return 'good';
    } catch (error) {
      return (error as WeighbridgeError).code;
    }
  };
  return {
    head: await attempt(() => open().head()),
    models: await attempt(() => open().models()),
    fraud: await attempt(() => open().catalogue(fraud)),
    ghost: await attempt(() => open().catalogue(parseModelName('ghost'))),
    again: await attempt(() => open().append([transitionedEvent('fraud', '1.0.0', { to: 'production' })])),
  };
}

const shard = idShardPath(transitionedEvent('fraud', '1.0.0', { to: 'production' }).id);
const catalogue = 'models/fraud/catalogue.json';
const good = { head: 'good', models: 'good', fraud: 'good', ghost: 'good', again: 'good' };
const differs = 'ledger/derived-differs';
const everywhere = (code: string) => ({ head: code, models: code, fraud: code, ghost: code, again: code });

type Edit = (newer: Branch, older: Branch) => unknown;
const edits: readonly (readonly [string, Edit, Readonly<Record<string, string>>])[] = [
  ['nothing', () => null, good],
  ['a page for people', (it) => it.set('models/fraud/README.md', utf8('x')), good],
  [
    'an older catalogue',
    (it, older) => it.set(catalogue, older.get(catalogue) as Uint8Array),
    { ...good, fraud: differs, again: differs },
  ],
  ['no catalogue', (it) => it.delete(catalogue), { ...good, fraud: differs, again: differs }],
  [
    'a catalogue of nobody',
    (it) => it.set('models/ghost/catalogue.json', it.get(catalogue) as Uint8Array),
    { ...good, ghost: differs },
  ],
  ['an empty id shard', (it) => it.set(shard, new Uint8Array(0)), { ...good, again: differs }],
  ['no id shard', (it) => it.delete(shard), { ...good, again: differs }],
  ['another name', (it) => it.set('models/names.txt', utf8('fraud\nghost\n')), { ...good, models: differs }],
  ['no names', (it) => it.delete('models/names.txt'), { ...good, models: differs }],
  [
    'another state',
    (it) => it.set('state.json', utf8(text(it.get('state.json')).replace('"staging"', '"stage"'))),
    everywhere(differs),
  ],
  [
    'an older top of the map',
    (it, older) => it.set('map/top', older.get('map/top') as Uint8Array),
    { ...everywhere(differs), head: 'good' },
  ],
  ['no top of the map', (it) => it.delete('map/top'), { ...everywhere(differs), head: 'good' }],
  [
    'an older bucket and its catalogue',
    (it, older) => {
      for (const name of [catalogue, bucketPath(nodeSha256, catalogue)]) it.set(name, older.get(name) as Uint8Array);
    },
    { ...good, fraud: differs, again: differs },
  ],
  [
    'everything that is derived, from before',
    (it, older) => {
      for (const [name, bytes] of older)
        if (/^(?:map|ids|models)\//.test(name) || name === 'state.json') it.set(name, bytes);
    },
    everywhere(differs),
  ],
  ['no head of the map', (it) => it.delete('map/head'), everywhere('ledger/unbound')],
  [
    'a broken head of the map',
    (it) => it.set('map/head', utf8(text(it.get('map/head')).replace('map/v1', 'map/v2'))),
    { head: 'ledger/*' },
  ],
];

describe.each([
  ['signed', true],
  ['unsigned', false],
])('what is made from a log that is %s', (_, withSigner) => {
  test.each(edits)('%s: is noticed where it is read, and there only', async (_name, edit, expected) => {
    const { older, newer } = await build(withSigner);
    edit(newer, older);
    const outcomes = await outcomesOn(newer, withSigner);
    if (expected['head'] === 'ledger/*') expect(outcomes.head).toMatch(/^ledger\/(?:derived-differs|untrusted)$/);
    else expect(outcomes).toEqual(expected);
  });
});

test('a head of the map that another key signed is not trusted, and the own key cannot vouch for another checkpoint', async () => {
  const { newer } = await build(true);
  const note = text(newer.get('map/head')).split('\n\n')[0] ?? '';
  const forged = signNote(nodeSha256, `${note}\n`, testSigner('ledger.test/map', 9));
  newer.set('map/head', utf8(formatSignedNote(forged)));
  expect((await outcomesOn(newer, true)).head).toBe('ledger/untrusted');
  newer.set('map/head', utf8(`${note}\n`));
  expect((await outcomesOn(newer, true)).head).toBe('ledger/damaged');
});

test('the absence of a file is bound, too', async () => {
  const { newer } = await build(false);
  const source = {
    read: async (paths: readonly string[]) =>
      new Map(paths.flatMap((at) => (newer.has(at) ? [[at, newer.get(at) as Uint8Array] as const] : []))),
  };
  const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer: null };
  const head = await readHead(source, trust);
  const bound = await readBound(source, head?.map ?? null, ['models/ghost/catalogue.json', catalogue], nodeSha256);
  expect([...bound.files.keys()]).toEqual([catalogue]);
  expect((await readBound(source, null, [catalogue], nodeSha256)).files.size).toBe(0);
});
