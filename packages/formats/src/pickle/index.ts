export { isCertainPickle } from './certain-pickle.js';
export { looksLikePickle } from './looks-like-pickle.js';
export { readPickleHeader } from './read-pickle-header.js';
export { looksSealed, pickleCompression, readSealedPickle } from './sealed-pickle.js';
