export * from './decide.js';
export * from './evaluate.js';
export * from './facts.js';
export * from './pull-facts.js';
export * from './request.js';
export { type RequirementKind, requirementKinds } from './rule.js';
