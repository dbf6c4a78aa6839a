import type { Snapshot } from '../snapshot.js';

/** One layer that a LoRA adapter changes, by the shapes of its matrices; null for one that is not there. */
export interface LoraModule {
  /** As the base names it: without `base_model.model.`. */
  readonly name: string;
  readonly a: readonly number[] | null;
  readonly b: readonly number[] | null;
  /** Matrices of an embedding are stored the other way round. */
  readonly embedding: boolean;
}

/** What the tensors of an adapter say. */
export interface LoraTensors {
  readonly modules: readonly LoraModule[];
  /** Layers that the adapter replaces whole (`modules_to_save`), with the shape of their weight. */
  readonly replaced: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** PEFT's names: `base_model.model.<layer>.lora_A.weight`, with the adapter's name before `weight` in older files. */
const matrixName = /^(?:base_model\.model\.)?(.+)\.lora_(embedding_)?(A|B)(?:\.(?!weight$)[^.]+)?(?:\.weight)?$/;
const wholeName = /^base_model\.model\.(.+?)(?:\.modules_to_save(?:\.[^.]+)?)?\.weight$/;

/** The layers that an adapter's tensors belong to, sorted by name; null where no header of it was read. */
export function loraTensors(adapter: Pick<Snapshot, 'artifacts'>): LoraTensors | null {
  const matrices = new Map<string, { a: readonly number[] | null; b: readonly number[] | null; embedding: boolean }>();
  const replaced = new Map<string, readonly number[]>();
  for (const [tensor, , shape] of adapter.artifacts.flatMap(({ header }) => header?.tensors ?? [])) {
    const matrix = matrixName.exec(tensor);
    const whole = matrix === null && !tensor.includes('.lora_') ? wholeName.exec(tensor) : null;
    if (matrix?.[1] !== undefined) {
      const known = matrices.get(matrix[1]) ?? { a: null, b: null, embedding: matrix[2] !== undefined };
      matrices.set(matrix[1], matrix[3] === 'A' ? { ...known, a: shape } : { ...known, b: shape });
    } else if (whole?.[1] !== undefined) replaced.set(whole[1], shape);
  }
  if (matrices.size === 0) return null;
  const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]) => (left < right ? -1 : 1);
  return {
    modules: [...matrices].sort(byName).map(([name, found]) => ({ name, ...found })),
    replaced: [...replaced].sort(byName).map(([name, shape]) => ({ name, shape })),
  };
}

/** The rank that the matrices have: the rows of A, which an embedding keeps as they are too. */
export function rankOf({ a, b }: LoraModule): number | null {
  return a?.[0] ?? b?.[1] ?? null;
}
