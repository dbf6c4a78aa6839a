import type { JsonValue } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { ByteWindow, sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import type { ArtifactHeader, HeaderContext } from '../header.js';
import { isLegacyTorch, readLegacyTorch } from '../torch/legacy.js';
import { torchTensorOf } from '../torch/rebuilt-tensor.js';
import { collectTensors, type FoundTensor, type TensorOf } from './collect-tensors.js';
import { estimatorFacts, estimatorVersion } from './estimator.js';
import { numpyArrayOf } from './numpy-array.js';
import { PickleRun } from './run-pickles.js';
import { pickleTensorFacts } from './tensor-facts.js';
import { isKind, makerOf, type PickleValue } from './values.js';

/**
 * Reads what a pickle says without running any of it: protocols 0 to 5, joblib files and torch.save of before version
 * 1.6. Every import is listed, also those of pickles behind the first and, for joblib, those that only pickle.load would
 * make. Arrays and tensors in plain containers are listed with their place; of a fitted estimator the class, features,
 * classes and outputs are told instead, because how much it learned is no architecture. Payloads are skipped; at most
 * `maxHeaderBytes` (64 MiB) are read.
 * @throws formats/pickle-malformed, formats/torch-malformed, formats/truncated, formats/header-too-large,
 * formats/too-complex
 */
export async function readPickleHeader(source: ByteSource, _context: HeaderContext): Promise<ArtifactHeader> {
  const window = new ByteWindow(source);
  const run = new PickleRun(window, 0, { isJoblib: true });
  const first = await run.next();
  if (isLegacyTorch(first.value)) return readLegacyTorch(run);
  const followers = await run.follow();
  const plainBytes = run.hasJoblibArrays ? await run.listPlainImports(0) : 0;
  const estimator = estimatorFacts(first.value);
  const tensors =
    estimator === null ? collectTensors(source.name, first.value, arrayOrTensor) : new Map<string, FoundTensor>();
  const attributes: Record<string, JsonValue> = { protocol: first.protocol, object: describe(first.value) };
  if (estimator !== null) attributes['estimator'] = estimator;
  const version = estimatorVersion(first.value);
  if (version !== null) attributes['sklearn_version'] = version;
  if (followers > 0) attributes['pickles'] = 1 + followers;
  if (run.input.position < source.sizeBytes) attributes['trailing_bytes'] = source.sizeBytes - run.input.position;
  return {
    format: run.hasJoblibArrays ? 'joblib' : 'pickle',
    tensors: pickleTensorFacts(tensors, sourceFile(source)),
    attributes,
    graph: null,
    imports: [...run.ledger.imports].sort(compareCodePoints),
    bytesRead: window.bytesRead + plainBytes,
  };
}

const arrayOrTensor: TensorOf = (value) => {
  const array = numpyArrayOf(value);
  if (array === null) return torchTensorOf(value, { name: '', locate: () => null });
  const { dtype, shape, startByte, endByte } = array;
  return { dtype, shape, span: endByte > startByte ? { startByte, endByte } : null };
};

/** The kind of an object in one word: its class, or Python's name of a container. */
function describe(value: PickleValue): string {
  if (value === null) return 'None';
  if (typeof value !== 'object')
    return { boolean: 'bool', number: 'number', bigint: 'int', string: 'str' }[typeof value as 'number'] ?? 'object';
  return isKind(value, 'object') ? (makerOf(value) ?? 'object') : value.kind;
}
