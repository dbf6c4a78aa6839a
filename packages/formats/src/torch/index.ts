export { readArchivedPickles, unopenedPickles } from './archived-pickles.js';
export { readTorchZipHeader } from './read-torch-zip-header.js';
export { looksLikeZip } from './zip-directory.js';
