export { looksLikeOnnx } from './looks-like-onnx.js';
export { readOnnxHeader } from './read-onnx-header.js';
export { maxInlineBytes, maxStructuralElements } from './read-tensor.js';
