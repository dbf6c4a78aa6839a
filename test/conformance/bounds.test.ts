import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assessModels, filesOfWorkTree, readGovernance } from '@weighbridge/flows';
import { type ByteSource, readHeader } from '@weighbridge/formats';
import { openHost } from '@weighbridge/host';
import type { WorkTree } from '@weighbridge/ports';
import {
  assembleSafetensors,
  type BuiltRepository,
  buildRepository,
  bytesSource,
  writeGguf,
  writeOnnx,
} from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const largeBytes = 10_000_000_000;
/** What weighing a model by its header may read of it, whatever its size. */
const maxReadBytes = 1024 * 1024;
const tensorCount = 300;
const weights = 'models/large/model.safetensors';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const context = { sha256, openBeside: async () => null };

interface Counted extends ByteSource {
  readBytes(): number;
}

/** A file that begins with the bytes given and goes on with zeros that nobody has to store. */
function longSource(start: Uint8Array, sizeBytes: number): Counted {
  let total = 0;
  return {
    name: weights,
    sizeBytes,
    readBytes: () => total,
    read: async (offset, lengthBytes) => {
      expect(offset + lengthBytes).toBeLessThanOrEqual(sizeBytes);
      total += lengthBytes;
      const bytes = new Uint8Array(lengthBytes);
      if (offset < start.length) bytes.set(start.subarray(offset, offset + lengthBytes));
      return bytes;
    },
  };
}

/** A safetensors header of as many equal tensors as a transformer has, for a file of `sizeBytes` or a little less. */
function safetensorsSource(sizeBytes: number): Counted {
  const tensorBytes = 2 * Math.floor(sizeBytes / tensorCount / 2);
  const entries = Array.from({ length: tensorCount }, (_, number) => [
    `model.layers.${number}.self_attn.q_proj.weight`,
    {
      dtype: 'BF16',
      shape: [tensorBytes / 2],
      data_offsets: [number * tensorBytes, (number + 1) * tensorBytes],
    },
  ]);
  const start = assembleSafetensors(new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries))));
  return longSource(start, start.length + tensorCount * tensorBytes);
}

describe('a header is all that is read', () => {
  test('of a safetensors file of 10 GB, and the reader says truly how much', async () => {
    const source = safetensorsSource(largeBytes);
    const header = await readHeader(source, context);
    expect(header?.tensors).toHaveLength(tensorCount);
    expect(header?.bytesRead).toBe(source.readBytes());
    expect(source.readBytes()).toBeLessThan(64 * 1024);
  });

  test('of a GGUF file of 10 GB', async () => {
    const tensor = { name: 'output.weight', ggmlType: 0, extents: [largeBytes / 4], bytes: new Uint8Array(0) };
    const start = writeGguf({ tensors: [tensor] });
    const source = longSource(start, start.length + largeBytes);
    const header = await readHeader(source, context);
    expect(header?.tensors).toMatchObject([{ name: 'output.weight', shape: [largeBytes / 4] }]);
    expect(source.readBytes()).toBeLessThan(maxReadBytes);
  });

  test('of an ONNX file, whose weights lie between its nodes', async () => {
    const count = 2 ** 21;
    const initializer = {
      name: 'w',
      dtype: 'float32',
      shape: [count],
      values: Array.from({ length: count }, () => 1),
    } as const;
    const bytes = writeOnnx({
      graph: {
        nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
        initializers: [initializer],
        inputs: [{ name: 'x', dtype: 'float32', shape: [count] }],
        outputs: [{ name: 'y', dtype: 'float32', shape: [count] }],
      },
    });
    const file = bytesSource(bytes, 'model.onnx');
    let readBytes = 0;
    const source: ByteSource = {
      name: file.name,
      sizeBytes: file.sizeBytes,
      read: (offset, lengthBytes) => {
        readBytes += lengthBytes;
        return file.read(offset, lengthBytes);
      },
    };
    expect((await readHeader(source, context))?.format).toBe('onnx');
    expect(file.sizeBytes).toBeGreaterThan(8 * maxReadBytes);
    expect(readBytes).toBeLessThan(maxReadBytes);
  });
});

describe('weighing a model by its header', () => {
  let built: BuiltRepository;
  beforeAll(async () => {
    built = await buildRepository({
      commits: [{ files: { 'README.md': '# Team\n', 'weighbridge.yaml': 'version: 1\n' } }],
    });
    await mkdir(join(built.root, 'models', 'large'), { recursive: true });
    const manifest = 'name: large\nkind: model\nartifacts: [model.safetensors]\n';
    await writeFile(join(built.root, 'models', 'large', 'model.yaml'), manifest);
    await writeFile(join(built.root, weights), 'stands for the weights');
  });
  afterAll(() => built.dispose());

  /** Weighs the model with these weights in the place of what lies in the checkout, and counts every byte read. */
  async function readBytesOf(source: Counted, depth: 'headers' | 'bytes'): Promise<number> {
    const host = await openHost({
      folder: built.root,
      environment: {},
      offline: true,
      token: null,
      signingKey: null,
      progress: () => undefined,
    });
    const { surroundings } = host;
    let smallFiles = 0;
    const actual = surroundings.workTree;
    const workTree: WorkTree = {
      root: actual.root,
      list: (folder, options) => actual.list(folder, options),
      write: (path, bytes) => actual.write(path, bytes),
      ignored: (paths) => actual.ignored(paths),
      changed: (paths) => actual.changed(paths),
      read: async (path, maxBytes) => {
        expect(path, 'weights are opened, never read whole').not.toBe(weights);
        const bytes = await actual.read(path, maxBytes);
        smallFiles += bytes?.length ?? 0;
        return bytes;
      },
      open: async (path) => (path === weights ? { ...source, close: async () => undefined } : actual.open(path)),
    };
    const governance = await readGovernance(filesOfWorkTree(workTree), sha256);
    const options = { depth, trustLock: true };
    const [weighed] = await assessModels({ ...surroundings, workTree }, governance, governance.models, options);
    expect(weighed?.snapshot.artifacts[0]?.header?.tensors).toHaveLength(tensorCount);
    return smallFiles + source.readBytes();
  }

  test('reads less than 1 MiB of 10 GB, and as much as of a small model', async () => {
    const large = await readBytesOf(safetensorsSource(largeBytes), 'headers');
    const small = await readBytesOf(safetensorsSource(tensorCount * 4), 'headers');
    expect(large).toBeLessThan(maxReadBytes);
    // Offsets and shapes with more digits are all that is longer.
    expect(large / small).toBeLessThan(1.5);
  });

  test('and by its bytes reads all of them, so that the count above counts', async () => {
    const source = safetensorsSource(4 * maxReadBytes);
    expect(await readBytesOf(source, 'bytes')).toBeGreaterThan(source.sizeBytes);
  });
});
