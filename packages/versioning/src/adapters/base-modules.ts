import type { ArtifactFacet, Snapshot } from '../snapshot.js';

/** One layer of a base model, as its tensors show it. */
export interface BaseModule {
  readonly name: string;
  /** Of its weight, as stored. */
  readonly shape: readonly number[];
  /** Numbers packed into other numbers (4-bit quantisation): the shape says nothing of inputs and outputs. */
  readonly packed: boolean;
}

/** The layers of a base by name, found as PEFT names them and as checkpoints without their outer class do. */
export interface BaseModules {
  readonly size: number;
  find(name: string): BaseModule | null;
  /** Whether a layer has this name or ends with it after a dot, which is how PEFT reads `target_modules`. */
  hasTarget(target: string): boolean;
}

/** Formats whose tensors carry the names of their modules. */
const namedFormats: ReadonlySet<string> = new Set(['safetensors', 'pytorch-zip', 'pytorch-legacy', 'pickle']);

/** Null where no file of the base has a header that names modules. */
export function baseModules(base: Pick<Snapshot, 'artifacts'>): BaseModules | null {
  const modules = new Map<string, BaseModule>();
  for (const artifact of base.artifacts) {
    if (artifact.header === null || !namedFormats.has(artifact.header.format)) continue;
    for (const module of modulesOf(artifact)) modules.set(module.name, module);
  }
  return modules.size === 0 ? null : indexOf(modules);
}

function* modulesOf({ header }: ArtifactFacet): Generator<BaseModule> {
  for (const [tensor, dtype, shape] of header?.tensors ?? []) {
    const match = /^(.+)\.(weight|qweight)$/.exec(tensor);
    const [, name, kind] = match ?? [];
    if (name === undefined) continue;
    // bitsandbytes keeps 4-bit weights as one column of bytes, GPTQ and AWQ as `qweight`.
    const packed = kind === 'qweight' || (/^U8$|uint8/i.test(dtype) && shape.length === 2 && shape[1] === 1);
    yield { name, shape, packed };
  }
}

function indexOf(modules: ReadonlyMap<string, BaseModule>): BaseModules {
  // A checkpoint of the inner model lacks the first segment (`model.`, `bert.`), one of the outer model has it.
  const inner = new Map<string, BaseModule>();
  const targets = new Set<string>();
  for (const module of modules.values()) {
    const rest = afterFirstDot(module.name);
    if (rest !== null && !inner.has(rest)) inner.set(rest, module);
    for (let end: string | null = module.name; end !== null; end = afterFirstDot(end)) targets.add(end);
  }
  return {
    size: modules.size,
    find(name) {
      const rest = afterFirstDot(name);
      return modules.get(name) ?? inner.get(name) ?? (rest === null ? null : (modules.get(rest) ?? null));
    },
    hasTarget: (target) => targets.has(target),
  };
}

function afterFirstDot(name: string): string | null {
  const dot = name.indexOf('.');
  return dot === -1 ? null : name.slice(dot + 1);
}
