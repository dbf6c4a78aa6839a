export { isCertainPickle } from './certain-pickle.js';
export { looksLikePickle } from './looks-like-pickle.js';
export { looksLikeNumpyFile, readNumpyFile } from './numpy-file.js';
export { readPickleHeader } from './read-pickle-header.js';
export { looksSealed, pickleCompression, readSealedPickle } from './sealed-pickle.js';
