export { readTorchZipHeader } from './read-torch-zip-header.js';
export { looksLikeZip } from './zip-directory.js';
