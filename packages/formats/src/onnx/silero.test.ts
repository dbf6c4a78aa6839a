import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bytesSource } from '@weighbridge/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactHeader } from '../header.js';
import { looksLikeOnnx } from './looks-like-onnx.js';
import { readOnnxHeader } from './read-onnx-header.js';

// Three releases of a speech detector as its publisher exported them: `legacy` by PyTorch, v5 and v6 by spox.
const folder = new URL('../../../../node_modules/@ricky0123/vad-web/dist/', import.meta.url);

interface Release {
  readonly bytes: Uint8Array;
  readonly header: ArtifactHeader;
}

async function release(version: string): Promise<Release> {
  const file = `silero_vad_${version}.onnx`;
  const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
  const sha256 = (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest());
  const header = await readOnnxHeader(bytesSource(bytes, `models/${file}`), { sha256, openBeside: async () => null });
  return { bytes, header };
}

/** Digest of each tensor's bytes by name. */
function contents({ bytes, header }: Release): ReadonlyMap<string, string> {
  return new Map(
    header.tensors.map(({ name, location }) => [
      name,
      createHash('sha256').update(bytes.subarray(location?.startByte, location?.endByte)).digest('hex'),
    ]),
  );
}

describe('Silero VAD', () => {
  let legacy: Release;
  let v5: Release;
  let v6: Release;
  beforeAll(async () => {
    [legacy, v5, v6] = await Promise.all([release('legacy'), release('v5'), release('v6')]);
  });

  test('is recognised by its first 16 bytes', () => {
    for (const { bytes } of [legacy, v5, v6]) expect(looksLikeOnnx(bytes.subarray(0, 16))).toBe(true);
  });

  test('v5 and v6 are one architecture of which 28 of 36 weights were retrained', () => {
    expect(v6.header.graph).toEqual(v5.header.graph);
    const facts = ({ header }: Release) => header.tensors.map(({ name, dtype, shape }) => [name, dtype, shape]);
    expect(facts(v6)).toEqual(facts(v5));
    const before = contents(v5);
    const after = contents(v6);
    const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
    expect(before.size).toBe(36);
    expect(changed).toHaveLength(28);
    // The Fourier basis, the exponents and the fill values are computed, not learned.
    const kept = v5.header.tensors
      .filter(({ name }) => !changed.includes(name))
      .map(({ label, shape }) => label ?? `fill ${shape.join()}`);
    expect(kept.filter((label) => label.endsWith('forward_basis_buffer'))).toHaveLength(2);
    expect(kept.filter((label) => label.startsWith('fill'))).toHaveLength(2);
    expect(kept).toHaveLength(8);
  });

  test('the legacy release is another architecture with other inputs', () => {
    const names = ({ header }: Release) => header.graph?.inputs.map(({ name }) => name);
    expect(names(legacy)).toEqual(['input', 'sr', 'h', 'c']);
    expect(names(v5)).toEqual(['input', 'state', 'sr']);
    expect(legacy.header.graph?.structure).not.toBe(v5.header.graph?.structure);
    expect(legacy.header.graph?.structureUntyped).not.toBe(v5.header.graph?.structureUntyped);
    expect(v5.header.graph?.outputs).toEqual([
      { name: 'output', dtype: 'float32', shape: [null, 1] },
      { name: 'stateN', dtype: 'float32', shape: [null, null, null] },
    ]);
    expect(v5.header.graph?.operators).toMatchObject({ If: 25, Conv: 12, LSTM: 4 });
    expect(v5.header.graph?.opsets).toEqual({ '': 16 });
    expect(legacy.header.attributes).toMatchObject({
      producer_name: 'pytorch',
      producer_version: '1.12.0',
      ir_version: 8,
    });
  });

  test('every weight is where its shape says, and little more than the header is read', () => {
    for (const { header, bytes } of [legacy, v5, v6]) {
      let weightBytes = 0;
      for (const { shape, location } of header.tensors) {
        const lengthBytes = (location?.endByte ?? 0) - (location?.startByte ?? 0);
        expect(lengthBytes).toBe(4 * shape.reduce((product, extent) => product * extent, 1));
        weightBytes += lengthBytes;
      }
      expect(header.bytesRead).toBeLessThan(2 * (bytes.length - weightBytes) + 4096 * header.tensors.length);
    }
  });
});
