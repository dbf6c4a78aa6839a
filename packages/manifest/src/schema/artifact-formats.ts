/**
 * Words for artifacts that a gate can speak of. A word that is none would deny nothing, so it is a fault. `pickle` means
 * every format whose loading runs one, `unsafe-pickle` those of them that import what runs programs or code, `unknown`
 * what nobody recognised.
 */
export const artifactFormats = [
  'safetensors',
  'gguf',
  'onnx',
  'pytorch-zip',
  'pickle',
  'joblib',
  'unsafe-pickle',
  'unknown',
] as const;
