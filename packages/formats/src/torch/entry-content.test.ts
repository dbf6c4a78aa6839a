import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw, deflateRawSync } from 'node:zlib';
import { bytesSource, seededBytes, writeTorch, writeZip, type ZipSpec } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { readHeader } from '../read-header.js';
import { digestTensors } from '../tensor-digests.js';
import { digestMembers, restOfArchive } from './archive-digests.js';
import { type InflateStream, openEntry } from './entry-content.js';
import { readZipDirectory } from './zip-directory.js';

const newHash = () => createHash('sha256');
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const inflate: InflateStream = (compressed) => {
  const stream = createInflateRaw();
  pipeline(Readable.from(compressed, { objectMode: false }), stream, () => {});
  return stream;
};
const deflated = ({ name, content }: ZipSpec, sizeBytes = content.length): ZipSpec => ({
  name,
  content: new Uint8Array(deflateRawSync(content)),
  method: 8,
  directory: { sizeBytes },
});
const content = seededBytes(3, 700_000);
const members = (specs: readonly ZipSpec[]) =>
  digestMembers(bytesSource(writeZip(specs)), { inflate, newHash, sha256 });

describe('members of an archive', () => {
  test('have the same digests however they are packed, in whatever order', async () => {
    const specs = [
      { name: 'b', content },
      { name: 'a', content: new Uint8Array(0) },
    ];
    const stored = await members(specs);
    expect([...(stored ?? [])].map(([name]) => name)).toEqual([restOfArchive, 'a', 'b']);
    expect(stored?.get('b')).toBe(`sha256:${createHash('sha256').update(content).digest('hex')}`);
    expect(await members(specs.map((spec) => deflated(spec)).reverse())).toEqual(stored);
  });

  test('are not told of what is no archive, is empty or is compressed otherwise', async () => {
    expect(await digestMembers(bytesSource(content), { inflate, newHash, sha256 })).toBeNull();
    expect(await members([{ name: 'folder/', content: new Uint8Array(0) }])).toBeNull();
    expect(await members([{ name: 'a', content, method: 12 }])).toBeNull();
  });

  test.each<readonly [string, ZipSpec]>([
    ['grows beyond what it says', deflated({ name: 'a', content }, 100)],
    ['is less than it says', deflated({ name: 'a', content }, 700_001)],
    ['is no DEFLATE', { name: 'a', content: seededBytes(9, 50).fill(0xff), method: 8 }],
    ['is cut off', { ...deflated({ name: 'a', content }), content: deflateRawSync(content).subarray(0, 900) }],
    ['is a bomb, or a sparse array', deflated({ name: 'a', content: new Uint8Array(100_000_000) })],
  ])('are compared as files: one with a member that %s', async (_, spec) => {
    expect(await members([spec])).toBeNull();
  });
});

test('an entry is read like a file, forwards and backwards', async () => {
  const source = bytesSource(writeZip([deflated({ name: 'a', content })]));
  const entry = (await readZipDirectory(source)).entries.get('a');
  if (entry === undefined) throw new Error('the archive has no entry');
  const opened = openEntry(source, entry, inflate);
  for (const [offset, length] of [
    [10, 300_000],
    [500_000, 200_000],
    [0, 5],
    [699_999, 1],
  ] as const)
    expect(Buffer.compare(await opened.read(offset, length), content.subarray(offset, offset + length))).toBe(0);
  await opened.close();
});

test('a compressed checkpoint tells the tensors of the one that it was made from', async () => {
  const storages = [content, seededBytes(4, 12)];
  const told = async (bytes: Uint8Array) => {
    const source = bytesSource(bytes, 'out/m.pt');
    const header = await readHeader(source, { sha256, inflate, openBeside: async () => null });
    if (header === null) throw new Error('it is not recognised');
    const digests = await digestTensors(header, async () => source, newHash, { inflate });
    return { digests, attributes: header.attributes, names: header.tensors.map(({ name, shape }) => [name, shape]) };
  };
  const plain = await told(writeTorch(storages));
  expect(plain.digests.size).toBe(2);
  expect(await told(writeTorch(storages, { pack: (entry) => deflated(entry) }))).toEqual(plain);
});
