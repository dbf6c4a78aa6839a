export * from './attestation.js';
export * from './clock.js';
export * from './forge.js';
export * from './ledger-log.js';
export * from './repository.js';
export * from './signer.js';
export * from './store.js';
export * from './work-tree.js';
