/** Wire types of the fields of ModelProto (onnx.proto). */
const modelFields: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 0],
  [6, 2],
  [7, 2],
  [8, 2],
  [14, 2],
  [20, 2],
  [25, 2],
  [26, 2],
]);

const largestIrVersion = 63;

/**
 * Whether the first bytes of a file (16 are plenty) can be those of a ModelProto. ONNX has no magic number; every
 * exporter begins with the IR version, and each field that follows must be one that the message has.
 */
export function looksLikeOnnx(firstBytes: Uint8Array): boolean {
  const [tag = 0, irVersion = 0] = firstBytes;
  if (tag !== 0x08 || irVersion < 1 || irVersion > largestIrVersion) return false;
  let position = 2;
  let fields = 0;
  while (position < firstBytes.length) {
    const field = varintIn(firstBytes, position);
    if (field === null) return fields > 0;
    if (modelFields.get(Math.floor(field.value / 8)) !== field.value % 8) return false;
    fields += 1;
    const value = varintIn(firstBytes, field.next);
    if (value === null) return true;
    position = field.value % 8 === 2 ? value.next + value.value : value.next;
  }
  return fields > 0;
}

function varintIn(bytes: Uint8Array, start: number): { value: number; next: number } | null {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: start + index + 1 };
  }
  return null;
}
