/**
 * What a pickle would build, as plain data: nothing is imported, called or built. Calls stand as objects that name
 * their callable and hold their arguments.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleBytes
  | PickleOpaque
  | PickleSequence
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PicklePersistent
  | PickleArray;

/** A bytes object; `content` is null when it is larger than is read. */
export interface PickleBytes {
  readonly kind: 'bytes';
  readonly startByte: number;
  readonly lengthBytes: number;
  readonly content: Uint8Array | null;
}

/** A text or number that is too long to be read, or a buffer outside the stream. */
export interface PickleOpaque {
  readonly kind: 'opaque';
}

export interface PickleSequence {
  readonly kind: 'list' | 'tuple' | 'set' | 'frozenset';
  readonly items: PickleValue[];
}

export interface PickleDict {
  readonly kind: 'dict';
  readonly entries: (readonly [PickleValue, PickleValue])[];
}

export interface PickleGlobal {
  readonly kind: 'global';
  readonly module: string;
  readonly name: string;
}

/** The result of a call or of a class's __new__, with what was put into it afterwards. */
export interface PickleObject {
  readonly kind: 'object';
  readonly callable: PickleValue;
  readonly args: PickleValue;
  /** Last BUILD; undefined when there was none. */
  state: PickleValue | undefined;
  readonly items: PickleValue[];
  readonly entries: (readonly [PickleValue, PickleValue])[];
}

export interface PicklePersistent {
  readonly kind: 'persistent';
  readonly id: PickleValue;
}

/** A numpy array whose bytes joblib wrote into the stream behind its wrapper. */
export interface PickleArray {
  readonly kind: 'array';
  /** numpy's word with the byte order, such as `<f8`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly startByte: number;
  readonly endByte: number;
  /** Its bytes when they are few. */
  readonly content: Uint8Array | null;
  /** The elements of an array of objects. */
  readonly items: readonly PickleValue[] | null;
}

type PickleNode = Exclude<PickleValue, null | boolean | number | bigint | string>;

type OfKind<Kind extends PickleNode['kind'], Node = PickleNode> = Node extends { readonly kind: infer Its }
  ? Kind extends Its
    ? Node
    : never
  : never;

/** Whether a value is of one of the structured kinds. */
export function isKind<Kind extends PickleNode['kind']>(
  value: PickleValue | undefined,
  kind: Kind,
): value is OfKind<Kind> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

/** Items of a tuple or list; empty for everything else. */
export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] {
  return isKind(value, 'tuple') || isKind(value, 'list') ? value.items : [];
}

/** `module.name` of a global, or null. */
export function globalName(value: PickleValue | undefined): string | null {
  return isKind(value, 'global') ? `${value.module}.${value.name}` : null;
}

const constructors = new Set(['copyreg._reconstructor', 'copy_reg._reconstructor', 'copyreg.__newobj__']);

/** The class or function that made an object, looking through the constructors of protocols 0 and 1. */
export function makerOf(value: PickleObject): string | null {
  const name = globalName(value.callable);
  return name !== null && constructors.has(name) ? globalName(itemsOf(value.args)[0]) : name;
}

/** The state of an object as its attributes; null when it has no dictionary. */
export function stateOf(value: PickleObject): ReadonlyMap<string, PickleValue> | null {
  // Classes with __slots__ have the state (dictionary or None, slots).
  const state = isKind(value.state, 'tuple') ? itemsOf(value.state).find((item) => isKind(item, 'dict')) : value.state;
  if (!isKind(state, 'dict')) return null;
  const attributes = new Map<string, PickleValue>();
  for (const [key, attribute] of state.entries) if (typeof key === 'string') attributes.set(key, attribute);
  return attributes;
}

/** A non-negative integer that a number holds exactly, or null. */
export function countOf(value: PickleValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** Extents of a shape; null when it is none. */
export function shapeOf(value: PickleValue | undefined): readonly number[] | null {
  if (!isKind(value, 'tuple') && !isKind(value, 'list')) return null;
  const shape = value.items.map(countOf);
  return shape.length <= 64 && shape.every((extent): extent is number => extent !== null) ? shape : null;
}
