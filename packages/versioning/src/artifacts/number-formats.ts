/**
 * One spelling for the number formats of all artifact formats, so that a model saved elsewhere is not said to have
 * another dtype: `F32` (safetensors, GGUF), `float32` (PyTorch, ONNX) and `FloatStorage` (old PyTorch) are one.
 */
const spellings: ReadonlyMap<string, string> = new Map([
  ['double', 'f64'],
  ['float', 'f32'],
  ['half', 'f16'],
  ['bfloat16', 'bf16'],
  ['long', 'i64'],
  ['int', 'i32'],
  ['short', 'i16'],
  ['char', 'i8'],
  ['byte', 'u8'],
]);

export function numberFormat(dtype: string): string {
  const plain = dtype
    .toLowerCase()
    .replace(/^torch\./, '')
    .replace(/(?:storage|tensor)$/, '');
  const known = spellings.get(plain);
  if (known !== undefined) return known;
  return plain
    .replace(/^float(?=\d)/, 'f')
    .replace(/^uint(?=\d)/, 'u')
    .replace(/^int(?=\d)/, 'i');
}

/** Block formats of GGUF and the packed integers of quantisers: a dtype that says "quantised". */
export function isQuantised(dtype: string): boolean {
  return /^(?:i?q\d|tq\d|mxfp|nvfp|f8|f4|i4|u4|i8|u8)/.test(numberFormat(dtype));
}
