export * from './sigstore-instance.js';
export * from './sigstore-server.js';
