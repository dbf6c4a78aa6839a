// needs: python
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { type ArtifactHeader, digestTensors, ggmlTypes, readHeader, readSafetensorsHeader } from '@weighbridge/formats';
import { assembleSafetensors, bytesSource, expectCode, seededBytes } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const python = join(here, '..', '..', '.peers', 'python', 'bin', 'python');
const script = join(here, 'python', 'write_headers.py');
const seed = 20261124;

/** What the library that wrote a file reads in it; the tensors' bytes are hexadecimal. */
interface Described {
  readonly file: string;
  readonly format: string;
  readonly tensors: Readonly<
    Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly hex: string }>
  >;
  readonly attributes: Readonly<Record<string, JsonValue>>;
}

function askPython(...words: readonly string[]): unknown {
  const { status, stdout, stderr, error } = spawnSync(python, [script, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`write_headers.py ${words[0]}: ${stderr}`);
  return JSON.parse(stdout);
}

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const context = { sha256, openBeside: async () => null };

let folder: string;
let files: readonly Described[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weighbridge-headers-'));
  files = askPython('write', folder, String(seed)) as readonly Described[];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)));

test('every file that safetensors and gguf write is read as they read it', async () => {
  const dtypes = new Set<string>();
  for (const described of files) {
    const source = bytesSource(bytesOf(described.file), described.file);
    const header = (await readHeader(source, context)) as ArtifactHeader;
    expect(header.format, described.file).toBe(described.format);
    const tensors = Object.entries(described.tensors);
    expect(
      new Set(header.tensors.map(({ name, dtype, shape }) => JSON.stringify([name, dtype, shape]))),
      described.file,
    ).toEqual(new Set(tensors.map(([name, { dtype, shape }]) => JSON.stringify([name, dtype, shape]))));
    // Types are a fact of ours beside the values: the gguf package reads another name for each.
    const attributes = Object.entries(header.attributes).filter(([key]) => key !== '(types)');
    expect(attributes.sort(byKey), described.file).toEqual(Object.entries(described.attributes).sort(byKey));
    const digests = await digestTensors(
      header,
      async () => source,
      () => createHash('sha256'),
    );
    for (const [name, { dtype, hex }] of tensors) {
      dtypes.add(`${described.format} ${dtype}`);
      expect(digests.get(name), `${described.file} ${name}`).toBe(
        `sha256:${createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')}`,
      );
    }
  }
  expect(files.length).toBe(600);
  // All that the two libraries can write: 20 of safetensors, 33 of gguf.
  expect(dtypes.size).toBe(53);
});

test('blocks of ggml types have the sizes that gguf gives them', () => {
  const sizes = askPython('sizes') as Record<string, readonly [name: string, elements: number, bytes: number]>;
  const ours = new Map(
    [...ggmlTypes].map(([number, { name, blockElements, blockBytes }]) => [number, [name, blockElements, blockBytes]]),
  );
  for (const [number, [name, elements, bytes]] of Object.entries(sizes)) {
    // See write_headers.py: the one type in which gguf differs from ggml, which is followed here.
    expect(ours.get(Number(number))).toEqual([name, elements, name === 'Q8_1' ? 36 : bytes]);
  }
  // The newest type is younger than this release of gguf.
  expect([...ours.keys()].filter((number) => !Object.hasOwn(sizes, number))).toEqual([42]);
});

test('a big-endian file is refused by name', async () => {
  const error = await expectCode(
    readHeader(bytesSource(bytesOf('big-endian.gguf')), context),
    'formats/gguf-unsupported',
  );
  expect(error.message).toContain('big-endian');
});

describe('of damaged headers', () => {
  test('none is accepted that safetensors refuses, and refused only for a known reason', async () => {
    const mutants = mkdtempSync(join(tmpdir(), 'weighbridge-mutants-'));
    try {
      const written = new Map<string, Uint8Array>();
      for (const [index, bytes] of damagedHeaders(3000).entries()) {
        written.set(`${index}`, bytes);
        writeFileSync(join(mutants, `${index}`), bytes);
      }
      const verdicts = askPython('judge', mutants) as Record<string, string>;
      const tally = { both: 0, neither: 0, stricter: 0 };
      for (const [file, bytes] of written) {
        const refusal = await refusalOf(bytes);
        const agreement = agreementOf(refusal, verdicts[file] ?? 'not judged');
        const shown = Buffer.from(bytes).toString('latin1').slice(0, 600);
        expect(Object.keys(tally), `mutant ${file}: theirs ${verdicts[file]}; ours ${refusal}; ${shown}`).toContain(
          agreement,
        );
        tally[agreement as keyof typeof tally] += 1;
      }
      expect(Math.min(tally.both, tally.neither)).toBeGreaterThan(100);
    } finally {
      rmSync(mutants, { recursive: true, force: true });
    }
  });

  test('what only the file format allows, such as six bits an element, is accepted by both', async () => {
    const entries = ['F6_E2M3', 'F6_E3M2'].map(
      (dtype, index) => `"${dtype}":{"dtype":"${dtype}","shape":[2,4],"data_offsets":[${6 * index},${6 * index + 6}]}`,
    );
    const bytes = assembleSafetensors(new TextEncoder().encode(`{${entries.join(',')}}`), {
      buffers: [new Uint8Array(12)],
    });
    const other = mkdtempSync(join(tmpdir(), 'weighbridge-six-'));
    try {
      writeFileSync(join(other, 'six'), bytes);
      expect(askPython('judge', other)).toEqual({ six: 'accepted' });
      expect(await refusalOf(bytes)).toBe(null);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});

/** Files of safetensors with a byte or two of the header changed, mostly to characters that have a meaning there. */
function damagedHeaders(count: number): Uint8Array[] {
  const originals = files.filter(({ format }) => format === 'safetensors').map(({ file }) => bytesOf(file));
  const random = seededBytes(seed, 8 * count);
  const alphabet = '"{}[]:,0123456789.-eE+ \\aNtF\t\n\u0001';
  return Array.from({ length: count }, (_, index) => {
    const byte = (place: number) => random[8 * index + place] ?? 0;
    const mutant = (originals[index % originals.length] ?? new Uint8Array(8)).slice();
    const headerBytes = Number(new DataView(mutant.buffer).getBigUint64(0, true));
    for (let change = 0; change <= byte(0) % 2; change++) {
      const at = 8 + ((byte(1 + 3 * change) * 256 + byte(2 + 3 * change)) % Math.max(headerBytes, 1));
      mutant[at] = alphabet.charCodeAt(byte(3 + 3 * change) % alphabet.length);
    }
    return mutant;
  });
}

/** `stricter` where this project is so on purpose: which of two values was meant cannot be known. */
function agreementOf(ours: string | null, theirs: string): string {
  if (ours === null) return theirs === 'accepted' ? 'both' : 'accepted only here';
  if (theirs !== 'accepted') return 'neither';
  return /stands twice/.test(ours) ? 'stricter' : 'refused only here';
}

async function refusalOf(bytes: Uint8Array): Promise<string | null> {
  try {
    await readSafetensorsHeader(bytesSource(bytes, 'mutant'));
    return null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return cause.message;
    throw cause;
  }
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
