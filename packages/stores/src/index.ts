export { type FileSource, openFileSource, openFileSourceIfPresent } from './file-source.js';
export { type FolderStore, type FolderStoreOptions, openFolderStore } from './folder-store.js';
export { type Hashed, hashFile } from './hashing.js';
