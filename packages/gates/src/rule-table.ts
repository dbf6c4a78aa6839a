import type { GatePolicy } from '@weighbridge/manifest';
import type { RequirementKind, Rule } from './rule.js';
import { amendmentRule } from './rules/amendment.js';
import { checksRule } from './rules/checks.js';
import { dataRule } from './rules/data.js';
import { evidenceRule } from './rules/evidence.js';
import { formatsRule } from './rules/formats.js';
import { freezeRule } from './rules/freeze.js';
import { metadataRule } from './rules/metadata.js';
import { metricRule } from './rules/metric.js';
import { pointerRule } from './rules/pointer.js';
import { reviewersRule } from './rules/reviewers.js';
import { signatureRule } from './rules/signature.js';
import { soakRule } from './rules/soak.js';
import { transitionRule } from './rules/transition.js';

/** Every rule by kind. A kind without a rule, or a rule under another's name, does not compile. */
export const ruleTable = {
  transition: transitionRule,
  pointer: pointerRule,
  freeze: freezeRule,
  soak: soakRule,
  checks: checksRule,
  metadata: metadataRule,
  data: dataRule,
  formats: formatsRule,
  evidence: evidenceRule,
  signature: signatureRule,
  metric: metricRule,
  reviewers: reviewersRule,
  amendment: amendmentRule,
} as const satisfies { readonly [Kind in RequirementKind]: Rule<Kind> };

/** Which rule judges which part of the policy. A part of the grammar that no rule judges does not compile. */
export const ruleOfPolicyPart = {
  from: 'transition',
  soakMs: 'soak',
  checks: 'checks',
  metadata: 'metadata',
  data: 'data',
  formats: 'formats',
  evidence: 'evidence',
  signature: 'signature',
  metrics: 'metric',
  reviewers: 'reviewers',
  onInconclusive: 'metric',
  multiplicity: 'metric',
} as const satisfies Readonly<Record<keyof GatePolicy, RequirementKind>>;
