import { type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { parseMlmodel, type GraphValue } from '@weighbridge/formats';
import { isJsonList, isJsonObject, memberOf } from '../../json/key-differences.js';
import { compareFields, type Field } from './fields.js';
import type { Direction, InterfaceDifference } from './kinds.js';

/** The parts of an MLflow signature and who gives each. */
const parts: readonly (readonly [part: string, direction: Direction])[] = [
  ['inputs', 'input'],
  ['params', 'input'],
  ['outputs', 'output'],
];

/** Two MLflow signatures as `parseMlmodel` gives them; null for a model without one. */
export function compareSignatures(from: JsonValue, to: JsonValue, path: string): InterfaceDifference[] {
  if (from === null && to === null) return [];
  if (from === null)
    return [{ kind: 'described', path, from: null, to: 'signature', because: `${path} has a signature now.` }];
  if (to === null)
    return [{ kind: 'undescribed', path, from: 'signature', to: null, because: `${path} has no signature any more.` }];
  return parts.flatMap(([part, direction]): InterfaceDifference[] => {
    const [before, after] = [fieldsOf(memberOf(from, part)), fieldsOf(memberOf(to, part))];
    const place = `${path}#${part}`;
    if (before === null && after === null) return [];
    // A signature without parameters has none, while one without inputs leaves them open.
    if (part === 'params') return compareFields(before ?? [], after ?? [], direction, place);
    if (before === null)
      return [
        { kind: 'described', path: place, from: null, to: part, because: `The ${part} of ${path} are described now.` },
      ];
    if (after === null)
      return [
        {
          kind: 'undescribed',
          path: place,
          from: part,
          to: null,
          because: `The ${part} of ${path} are not described any more.`,
        },
      ];
    return compareFields(before, after, direction, place);
  });
}

/** Inputs and outputs of an ONNX graph: every input has to be given. */
export function graphFields(values: readonly GraphValue[]): Field[] {
  return values.map(({ name, dtype, shape }) => ({ name, type: dtype, shape, required: true, detail: null }));
}

/** The signature in a parsed MLmodel file; undefined for what is none, or is malformed. */
export function signatureIn(content: JsonValue | null): JsonValue | undefined {
  if (!isJsonObject(content ?? undefined) || memberOf(content ?? undefined, 'flavors') === undefined) return undefined;
  try {
    return parseMlmodel(JSON.stringify(content)).signature as JsonValue;
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return undefined;
    throw cause;
  }
}

/** A word of a snapshot, or what stands for its absence. */
function wordOr(value: JsonValue | undefined, absent: string): string {
  return typeof value === 'string' ? value : absent;
}

/** Unnamed fields are known by their place. */
function fieldsOf(value: JsonValue | undefined): Field[] | null {
  if (!isJsonList(value)) return null;
  return value.map((field, place) => {
    const name = memberOf(field, 'name');
    const shape = memberOf(field, 'shape');
    return {
      name: typeof name === 'string' ? name : `[${place}]`,
      type: `${wordOr(memberOf(field, 'kind'), 'column')} ${wordOr(memberOf(field, 'dtype'), 'any')}`,
      shape: isJsonList(shape)
        ? shape.map((extent) => (typeof extent === 'number' && extent >= 0 ? extent : null))
        : null,
      required: memberOf(field, 'required') !== false,
      detail: memberOf(field, 'detail') ?? null,
    };
  });
}
