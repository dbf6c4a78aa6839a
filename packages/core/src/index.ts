export * from './base64.js';
export * from './bump.js';
export * from './digest.js';
export { type ErrorCode, errorCatalogue } from './errors/catalogue.js';
export type { ErrorArea, ErrorDefinition, ExitCode } from './errors/definition.js';
export {
  type ErrorDetail,
  type ErrorFields,
  type ErrorOptionsWithDetails,
  invariant,
  WeighbridgeError,
  weighbridgeError,
} from './errors/error.js';
export * from './json.js';
export * from './model-name.js';
export * from './tag.js';
export * from './verdict.js';
export * from './version.js';
