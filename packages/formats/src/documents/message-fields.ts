/** One field of a protocol buffers message that is at hand. */
export interface MessageField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  readonly wireType: 0 | 1 | 2 | 5;
  /** Of a varint that a number holds exactly; 0 for every other field. */
  readonly value: number;
  /** The payload of every field but a varint. */
  readonly bytes: Uint8Array;
}

const longestVarintBytes = 10;
const none = new Uint8Array();

/**
 * The fields of one message in order (encoding: protobuf.dev/programming-guides/encoding). Null when the bytes are no
 * sound message; groups, which no current writer makes, are none.
 */
export function messageFields(bytes: Uint8Array): readonly MessageField[] | null {
  const fields: MessageField[] = [];
  let position = 0;
  while (position < bytes.length) {
    const tag = varintAt(bytes, position);
    if (tag === null) return null;
    const [number, wireType] = [Math.floor(tag.value / 8), tag.value % 8];
    if (number < 1 || number > 0x1fffffff) return null;
    position = tag.next;
    if (wireType === 0) {
      const varint = varintAt(bytes, position);
      if (varint === null) return null;
      fields.push({ number, wireType, value: varint.value, bytes: none });
      position = varint.next;
      continue;
    }
    const payload = payloadAt(bytes, position, wireType);
    if (payload === null) return null;
    fields.push({
      number,
      wireType: wireType as 1 | 2 | 5,
      value: 0,
      bytes: bytes.subarray(payload.start, payload.end),
    });
    position = payload.end;
  }
  return fields;
}

function payloadAt(bytes: Uint8Array, position: number, wireType: number): { start: number; end: number } | null {
  const length = wireType === 2 ? varintAt(bytes, position) : null;
  const start = length?.next ?? position;
  const size = wireType === 1 ? 8 : wireType === 5 ? 4 : length?.value;
  return size === undefined || size > bytes.length - start ? null : { start, end: start + size };
}

/** Numbers above 2^53 lose their last bits: no field that is read here holds one. */
function varintAt(bytes: Uint8Array, position: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let length = 0; length < longestVarintBytes; length++) {
    const byte = bytes[position + length];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 128 ** length;
    if (byte < 0x80) return { value, next: position + length + 1 };
  }
  return null;
}
