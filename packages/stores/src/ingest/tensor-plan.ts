import { createHash } from 'node:crypto';
import { WeighbridgeError } from '@weighbridge/core';
import {
  type ArtifactFormat,
  type ArtifactHeader,
  type ByteSource,
  looksLikeGguf,
  looksLikeOnnx,
  looksLikeSafetensors,
  looksLikeZip,
  magicBytes,
  readHeader,
  sourceFile,
  type TensorRange,
  tensorRangesIn,
} from '@weighbridge/formats';
import { type ByteSpan, cutLimits } from '@weighbridge/storage';

/** Formats whose tensors lie as they are in the file. A pickle has to be run through to learn where they are. */
const cutFormats: readonly ArtifactFormat[] = ['safetensors', 'gguf', 'pytorch-zip', 'onnx'];

const looks = [looksLikeGguf, looksLikeSafetensors, looksLikeZip, looksLikeOnnx];

/** Where a source is to be cut, and which of its tensors are to have digests. */
export interface TensorPlan {
  readonly spans: readonly ByteSpan[];
  readonly ranges: readonly TensorRange[];
}

/**
 * What the header of a source means for its storage. A header that nobody has read is read here, for the cut alone; a
 * file that only looks like a model is cut like any other.
 * @throws formats/truncated, formats/too-complex for a given header that cannot be that of the source
 */
export async function planTensors(source: ByteSource, given?: ArtifactHeader | null): Promise<TensorPlan> {
  const header = given === undefined ? await lookForHeader(source) : given;
  if (header === null) return { spans: [], ranges: [] };
  const file = sourceFile(source);
  const spans = cutFormats.includes(header.format)
    ? header.tensors.flatMap(({ location, shape }) =>
        location?.file === file ? [{ ...location, isTable: isTable(shape) }] : [],
      )
    : [];
  return { spans, ranges: given === undefined ? [] : tensorRangesIn(header, source, file) };
}

/** The layers of transformers that widen have up to four times as many rows as columns; vocabularies have more. */
const minTableRatio = 6;

/** Many more rows than columns: embeddings and what maps to a vocabulary, which grow when tokens are added. */
function isTable([rows, columns, ...rest]: readonly number[]): boolean {
  return rows !== undefined && columns !== undefined && rest.length === 0 && rows >= minTableRatio * columns;
}

async function lookForHeader(source: ByteSource): Promise<ArtifactHeader | null> {
  if (source.sizeBytes <= cutLimits.wholeFileBytes) return null;
  const firstBytes = await source.read(0, magicBytes);
  if (!looks.some((looksLike) => looksLike(firstBytes))) return null;
  try {
    return await readHeader(source, { sha256, openBeside: async () => null });
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code.startsWith('formats/')) return null;
    throw cause;
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
