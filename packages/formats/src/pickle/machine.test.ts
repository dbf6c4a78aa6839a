import { createHash } from 'node:crypto';
import { WeighbridgeError } from '@weighbridge/core';
import { bytesSource, expectCode, seededBytes } from '@weighbridge/testkit';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../byte-source.js';
import type { ArtifactHeader } from '../header.js';
import { readTorchZipHeader } from '../torch/read-torch-zip-header.js';
import { looksLikePickle } from './looks-like-pickle.js';
import { readPickleHeader } from './read-pickle-header.js';

const context = {
  sha256: (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest()),
  openBeside: async () => null,
};

/** Latin-1 text as bytes: opcodes are easiest to read as characters. */
const code = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const read = (text: string): Promise<ArtifactHeader> => readPickleHeader(bytesSource(code(text), 'm.pkl'), context);
const importsOf = async (text: string): Promise<readonly string[]> => (await read(text)).imports;

describe('imports', () => {
  test.each([
    ['GLOBAL', 'cos\nsystem\n.', ['os.system']],
    ['INST', '(Vid\nios\nsystem\n.', ['os.system']],
    ['STACK_GLOBAL', '\x80\x04\x8c\x02os\x8c\x06system\x93.', ['os.system']],
    ['STACK_GLOBAL through the memo', '\x80\x04\x8c\x02os\x94\x8c\x06system\x94h\x00h\x01\x93.', ['os.system']],
    ['STACK_GLOBAL of quoted strings with escapes', "S'o\\x73'\nS'sys\\164em'\n\x93.", ['os.system']],
    ['STACK_GLOBAL of escaped unicode', 'Vo\\u0073\nVsystem\n\x93.', ['os.system']],
    ['STACK_GLOBAL of Python 2 strings', 'U\x02osT\x06\0\0\0system\x93.', ['os.system']],
    ['STACK_GLOBAL of something computed', '\x80\x04)\x8c\x06system\x93.', ['<unknown>.system']],
    ['STACK_GLOBAL swapped in by POP and DUP', '\x80\x04\x8c\x02os\x8c\x01x02\x8c\x06system\x930.', ['os.system']],
    ['an extension code', '\x82\x07.', ['copyreg.extension(7)']],
    ['what is popped again', 'cos\nsystem\n0N.', ['os.system']],
    ['a dotted name', '\x80\x04\x8c\x08builtins\x8c\x08eval.foo\x93.', ['builtins.eval.foo']],
    ['a call', "cos\nsystem\n(S'id'\ntR.", ['os.system']],
    ['a second pickle behind the first', '\x80\x02N.\x80\x02cos\nsystem\n.', ['os.system']],
    ['a second pickle that breaks off', '\x80\x02N.\x80\x02cos\nsystem\n(', ['os.system']],
  ])('are listed: %s', async (_, text, expected) => {
    expect(await importsOf(text)).toEqual(expected);
  });

  test('nothing is looked up, whatever the names are', async () => {
    expect(await importsOf('c__proto__\nconstructor\n(t}(VtoString\nVx\nub.')).toEqual(['__proto__.constructor']);
    expect((await read('}(V__proto__\nVx\nu.')).tensors).toEqual([]);
  });
});

describe('numbers and bytes', () => {
  test('large payloads are stepped over by position', async () => {
    const size = 50_000_000;
    const head = code(`\x80\x04\x8e${String.fromCharCode(...le(size, 8))}`);
    const tail = code('0cos\nsystem\n.');
    let readBytes = 0;
    const source: ByteSource = {
      name: 'big.pkl',
      sizeBytes: head.length + size + tail.length,
      read: async (offset, lengthBytes) => {
        readBytes += lengthBytes;
        const bytes = new Uint8Array(lengthBytes);
        for (let index = 0; index < lengthBytes; index++) {
          const at = offset + index;
          bytes[index] =
            at < head.length ? (head[at] ?? 0) : at < head.length + size ? 0 : (tail[at - head.length - size] ?? 0);
        }
        return bytes;
      },
    };
    const header = await readPickleHeader(source, context);
    expect(header.imports).toEqual(['os.system']);
    expect(header.bytesRead).toBe(readBytes);
    expect(readBytes).toBeLessThan(10_000);
  });

  test('an array in the arguments of a call is found', async () => {
    const dtype = "cnumpy\ndtype\n(S'f4'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb";
    const buffer = 'C\x04\0\0\0\0';
    const array = `cnumpy._core.numeric\n_frombuffer\n(${buffer}${dtype}(I1\ntS'C'\ntR`;
    const { tensors } = await read(`}(Vm\ncapp\nModel\n(I5\n${array}tRu.`);
    expect(tensors.map(({ name, dtype: word, shape }) => [name, word, shape])).toEqual([['m.args.1', '<f4', [1]]]);
  });

  test('what is left behind the last pickle is told', async () => {
    expect((await read('\x80\x02N.garbage')).attributes).toMatchObject({ trailing_bytes: 7 });
    expect((await read('\x80\x02N.\x80\x02N.')).attributes).toMatchObject({ pickles: 2 });
  });
});

describe('unsound pickles', () => {
  test.each([
    ['an empty stack', '.'],
    ['no mark', 't.'],
    ['an empty memo', 'h\x05.'],
    ['a key without a value', '}(NuN.'],
    ['an unknown opcode', '\xff.'],
    ['a protocol that no Python has', '\x80\x06N.'],
    ['a length beyond 2^53', '\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\xff.'],
    ['a bad memo index', 'Npx\n.'],
  ])('%s is an error', async (_, text) => {
    await expectCode(read(text), 'formats/pickle-malformed');
  });

  test.each([
    ['no STOP', 'N'],
    ['bytes that are not there', 'B\xff\xff\0\0.'],
    ['a line without end', 'Vabc'],
    ['nothing', ''],
  ])('%s is a truncated file', async (_, text) => {
    await expectCode(read(text), 'formats/truncated');
  });

  test('marks, nesting and memory are bounded', async () => {
    await expectCode(read('('.repeat(20_000)), 'formats/too-complex');
    await expectCode(read(`${']'.repeat(200)}${'a'.repeat(199)}.`), 'formats/too-complex');
    // Each tuple holds the one before twice: 2^60 leaves if it were walked as a tree.
    const doubling = `]q\x01${Array.from({ length: 60 }, () => '2\x86').join('')}.`;
    expect((await read(doubling)).tensors).toEqual([]);
    expect((await read(']q\x01h\x01a.')).tensors).toEqual([]);
  });
});

describe('recognition', () => {
  test.each([
    '{"a": 1}',
    '(define x)',
    'column\nvalue\n',
    '(a, b)',
    ']]>',
    'PK\x03\x04',
    '\x89PNG',
    '# title\n',
    '}\n',
    'Note. This',
    'channels:\n- a\n',
    'import os\nprint(1)\n',
    'cat,dog\n1,2\n',
    'c',
    '',
  ])('is not fooled by %j', (text) => {
    expect(looksLikePickle(code(text))).toBe(false);
  });

  test.each([
    '(dp0\n.',
    '(lp0\n',
    ']q\0.',
    '}q\0(',
    'ccopy_reg\n_reconstructor\np0\n(c__main__\nP\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n',
    '(I1\nI2\nt.',
    '\x80\x02}',
    ').',
  ])('knows what Python writes: %j', (text) => {
    expect(looksLikePickle(code(text))).toBe(true);
  });

  test.each([
    "cos\nsystem\n(S'id'\ntR.",
    "(S'id'\nios\nsystem\n.",
    "(cos\nsystem\nS'id'\no.",
    'N0cos\nsystem\n.',
    "(S'x'\n1cos\nsystem\n.",
    '\x8c\x02os\x8c\x06system\x93.',
    'K\x05cos\nsystem\n.',
  ])('is not fooled by an unusual beginning: %j', async (text) => {
    expect(looksLikePickle(code(text))).toBe(true);
    expect(await importsOf(text)).toEqual(['os.system']);
  });
});

test('mutants of every fixture end in a header or in a named error', async () => {
  const folder = new URL('../../fixtures/', import.meta.url);
  const files = readdirSync(folder).filter((file) => /\.(?:pkl|pt|joblib)$/.test(file));
  const outcomes = { headers: 0, errors: 0 };
  for (const [place, file] of files.entries()) {
    const sound = new Uint8Array(readFileSync(new URL(file, folder)));
    for (let round = 0; round < 300; round++) {
      const noise = seededBytes(20_262 + 1000 * place + round, 24);
      const bytes = mutated(sound, noise);
      let readBytes = 0;
      const source = bytesSource(bytes, file);
      const counted: ByteSource = {
        ...source,
        read: (offset, lengthBytes) => {
          expect(offset + lengthBytes).toBeLessThanOrEqual(bytes.length);
          readBytes += lengthBytes;
          return source.read(offset, lengthBytes);
        },
      };
      const reader = file === 'checkpoint.pt' ? readTorchZipHeader : readPickleHeader;
      const outcome = await outcomeOf(reader(counted, context));
      expect(outcome, `${file} round ${round}`).toMatch(/^(?:header|formats\/.*)$/);
      outcomes[outcome === 'header' ? 'headers' : 'errors'] += 1;
      expect(readBytes).toBeLessThanOrEqual(30 * sound.length);
    }
  }
  expect(files.length).toBeGreaterThan(10);
  expect(outcomes.headers).toBeGreaterThan(500);
  expect(outcomes.errors).toBeGreaterThan(500);
});

/** `header`, the code of a named error, or what else went wrong. */
async function outcomeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'header',
    (cause: unknown) => (cause instanceof WeighbridgeError ? cause.code : String(cause)),
  );
}

/** One to four edits: a byte, a bit, a cut, or a piece of the file in another place. */
function mutated(sound: Uint8Array, noise: Uint8Array): Uint8Array {
  let bytes = sound.slice();
  for (let edit = 0; edit <= (noise[0] ?? 0) % 4; edit++) {
    const [kind = 0, high = 0, low = 0, value = 0] = noise.subarray(1 + 5 * edit);
    const at = (256 * high + low) % Math.max(1, bytes.length);
    if (kind % 4 === 0) bytes[at] = value;
    else if (kind % 4 === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << (value % 8));
    else if (kind % 4 === 2 && value < 40) bytes = bytes.slice(0, at + 1);
    else
      bytes = Uint8Array.from([
        ...bytes.subarray(0, at),
        ...bytes.subarray((at * 7) % bytes.length, ((at * 7) % bytes.length) + (value % 30)),
        ...bytes.subarray(at),
      ]);
  }
  return bytes;
}

function le(value: number, widthBytes: number): number[] {
  return Array.from({ length: widthBytes }, (_, index) => Math.floor(value / 256 ** index) % 256);
}
