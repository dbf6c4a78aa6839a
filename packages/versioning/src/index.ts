export type { AdapterFinding } from './adapters/adapter-finding.js';
export {
  type AdapterFit,
  adapterConfig,
  type BaseCandidate,
  judgeAdapter,
  nameOfBase,
} from './adapters/adapter-fit.js';
export { vllmObstacles, vllmRankFor, vllmRanks } from './adapters/vllm-limits.js';
export { type Assessment, type AssessInput, assess } from './assess.js';
export * from './change.js';
export { type CompareOptions, compareSnapshots, maxChangesOfAKind } from './compare-snapshots.js';
export type { MetricMove } from './comparison.js';
export { digestSnapshot, evidenceOf, identityOf, recordOf } from './identity.js';
export { type NextVersion, type NextVersionOptions, nextVersion, type PrereleaseLabel } from './next-version.js';
export { type Rule, rules } from './rules/presets.js';
export { openRuleBook, type RuleBook, ruleNames } from './rules/rule-book.js';
export type { RuleName } from './rules/rule-names.js';
export { type SignificantMoves, significantMoves } from './significant-moves.js';
export { emptySnapshot } from './empty-snapshot.js';
export * from './snapshot.js';
export { type BaseMismatch, verifyBase } from './verify-base.js';
