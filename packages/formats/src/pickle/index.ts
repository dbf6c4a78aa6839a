export { pickleCompression } from './compression.js';
export { looksLikePickle } from './looks-like-pickle.js';
export { readPickleHeader } from './read-pickle-header.js';
