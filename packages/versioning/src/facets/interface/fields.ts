import type { JsonValue } from '@weighbridge/core';
import { showValue } from '../../difference.js';
import { equalJson } from '../../json/key-differences.js';
import type { Direction, InterfaceDifference, InterfaceKind } from './kinds.js';

/** A named value that goes in or comes out: an ONNX graph's, or a field of an MLflow signature. */
export interface Field {
  readonly name: string;
  readonly type: string;
  /** Null extents are any; a null shape is none. */
  readonly shape: readonly (number | null)[] | null;
  readonly required: boolean;
  readonly detail: JsonValue;
}

/** Fields of one direction, matched by name. The order of named outputs counts, since callers take them by place. */
export function compareFields(
  from: readonly Field[],
  to: readonly Field[],
  direction: Direction,
  path: string,
): InterfaceDifference[] {
  const [before, after] = [byName(from), byName(to)];
  const found: InterfaceDifference[] = [];
  for (const [name, field] of before) {
    const other = after.get(name);
    const place = `${path}#${direction}.${name}`;
    if (other === undefined) {
      found.push({
        kind: `${direction}-removed`,
        path: place,
        from: outline(field),
        to: null,
        because: `The ${direction} ${name} of ${path} was removed.`,
      });
    } else found.push(...compareField(field, other, direction, place));
  }
  for (const [name, field] of after) {
    if (before.has(name)) continue;
    const kind: InterfaceKind =
      direction === 'output' ? 'output-added' : field.required ? 'input-added-required' : 'input-added';
    const word = direction === 'input' ? (field.required ? 'required ' : 'optional ') : '';
    found.push({
      kind,
      path: `${path}#${direction}.${name}`,
      from: null,
      to: outline(field),
      because: `The ${word}${direction} ${name} of ${path} is new.`,
    });
  }
  return direction === 'output' ? [...found, ...compareOrder([...before.keys()], [...after.keys()], path)] : found;
}

/** Outputs that stay must stay in order; what is new may only come after them. */
function compareOrder(before: readonly string[], after: readonly string[], path: string): InterfaceDifference[] {
  const kept = before.filter((name) => after.includes(name));
  if (kept.length < before.length) return [];
  if (after.slice(0, before.length).join('\n') === before.join('\n')) return [];
  const because = `The outputs of ${path} are in another order: ${showValue([...before])} -> ${showValue([...after])}.`;
  return [{ kind: 'output-reordered', path, from: [...before], to: [...after], because }];
}

function compareField(from: Field, to: Field, direction: Direction, path: string): InterfaceDifference[] {
  const found: InterfaceDifference[] = [];
  const step = (kind: InterfaceKind, before: JsonValue, after: JsonValue): void => {
    found.push({
      kind,
      path,
      from: before,
      to: after,
      because: `${path}: ${showValue(before)} -> ${showValue(after)}.`,
    });
  };
  if (from.type !== to.type) step(`${direction}-retyped`, from.type, to.type);
  const shape = shapeKind(from.shape, to.shape);
  if (shape !== null) step(`${direction}-${shape}`, shapeText(from.shape), shapeText(to.shape));
  if (from.required && !to.required) step(`${direction}-optional`, 'required', 'optional');
  if (!from.required && to.required)
    step(direction === 'input' ? 'input-required' : 'output-guaranteed', 'optional', 'required');
  if (!equalJson(from.detail, to.detail))
    step(
      !from.required && !to.required && direction === 'input' ? 'default' : `${direction}-retyped`,
      from.detail,
      to.detail,
    );
  return found;
}

function shapeKind(from: Field['shape'], to: Field['shape']): 'reshaped' | 'narrowed' | 'widened' | null {
  if (from === null && to === null) return null;
  if (from === null || to === null || from.length !== to.length) return 'reshaped';
  let fixed = false;
  let freed = false;
  for (const [place, extent] of from.entries()) {
    const now = to[place] ?? null;
    if (extent === now) continue;
    if (extent === null) fixed = true;
    else if (now === null) freed = true;
    else return 'reshaped';
  }
  if (fixed && freed) return 'reshaped';
  return fixed ? 'narrowed' : freed ? 'widened' : null;
}

function shapeText(shape: Field['shape']): string {
  return shape === null ? 'no shape' : `[${shape.map((extent) => extent ?? '?').join(', ')}]`;
}

function outline(field: Field): JsonValue {
  return { type: field.type, shape: field.shape, required: field.required };
}

function byName(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map((field) => [field.name, field]));
}
