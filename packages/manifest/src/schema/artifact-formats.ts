/** Formats of artifacts that a gate can speak of. A word that is no format would deny nothing, so it is a fault. */
export const artifactFormats = ['safetensors', 'gguf', 'onnx', 'pytorch-zip', 'pickle', 'joblib'] as const;
