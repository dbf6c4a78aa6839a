/** One field of a protocol buffers message: a number for varints, the bytes of length-delimited ones and fixed ones. */
export interface ProtoField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/**
 * The fields of a message in memory, in their order (protobuf.dev/programming-guides/encoding). Null for bytes that are
 * no message: a field that runs past the end, a group, a number without an end.
 */
export function readProtoFields(bytes: Uint8Array): readonly ProtoField[] | null {
  const fields: ProtoField[] = [];
  let position = 0;
  while (position < bytes.length) {
    const tag = varintAt(bytes, position);
    if (tag === null) return null;
    const [number, wireType] = [Math.floor(tag.value / 8), tag.value % 8];
    const field = valueAt(bytes, tag.next, wireType);
    if (field === null || number < 1) return null;
    fields.push({ number, value: field.value });
    position = field.next;
  }
  return fields;
}

function valueAt(
  bytes: Uint8Array,
  start: number,
  wireType: number,
): { readonly value: number | Uint8Array; readonly next: number } | null {
  if (wireType === 0) return varintAt(bytes, start);
  const length = wireType === 2 ? varintAt(bytes, start) : { value: wireType === 1 ? 8 : 4, next: start };
  if (length === null || ![1, 2, 5].includes(wireType)) return null;
  const next = length.next + length.value;
  return next > bytes.length ? null : { value: bytes.subarray(length.next, next), next };
}

/** Values above 2^53 lose digits: none of those that are read here is that large. */
function varintAt(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: start + index + 1 };
  }
  return null;
}

/** The text of the last field of a number; null where there is none. */
export function protoText(fields: readonly ProtoField[], number: number): string | null {
  const value = fields.findLast((field) => field.number === number)?.value;
  return value instanceof Uint8Array ? new TextDecoder('utf-8').decode(value) : null;
}

/** The number of the last field of a number; null where there is none. */
export function protoNumber(fields: readonly ProtoField[], number: number): number | null {
  const value = fields.findLast((field) => field.number === number)?.value;
  return typeof value === 'number' ? value : null;
}

/** The fields of every message that a number holds. */
export function protoMessages(fields: readonly ProtoField[], number: number): (readonly ProtoField[])[] {
  return fields.flatMap((field) => {
    const inner = field.number === number && field.value instanceof Uint8Array ? readProtoFields(field.value) : null;
    return inner === null ? [] : [inner];
  });
}
