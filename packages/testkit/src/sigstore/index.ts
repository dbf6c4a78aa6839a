export * from './sigstore-instance.js';
