import type { AmendmentFact, Assumption, CheckFacts, Decision, ReviewFacts, Transition } from '@weighbridge/gates';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import type { Policy } from '@weighbridge/manifest';
import type { Forge } from '@weighbridge/ports';
import type { WeighedModel } from '../assessment/assess-models.js';
import {
  type AskedTransition,
  decideTransition,
  registeredCandidate,
  type ReviewedContent,
} from '../transition/decide-transition.js';
import type { Governance, GovernedModel } from '../governing/governance.js';
import { findVersion } from '../registry/history.js';
import { checkStage, originOf } from '../governing/stage-origin.js';
import type { Surroundings } from '../surroundings.js';
import { findContributors } from './contributors.js';
import type { ReviewDesk } from './review-desk.js';
import type { StageLine } from '../transition/stage-lines.js';

/** What every decision on one pull request is made with. */
export interface Judging {
  readonly surroundings: Surroundings;
  readonly forge: Forge;
  /** The commit whose policy judges. */
  readonly base: string;
  /** Manifests of the change under the policy of the base. */
  readonly governance: Governance;
  /** The policy of the base: the one that `governance` has, but where the base has none. */
  readonly basePolicy: Policy;
  /** What the change amends of its own rules, where that counts for each move; else it is judged by itself. */
  readonly amendments: readonly AmendmentFact[];
  /** For a what-if, which is never published. */
  readonly assumptions: readonly Assumption[];
  readonly desk: ReviewDesk;
  readonly checks: (commit: string) => Promise<Readonly<Record<string, CheckFacts>>>;
}

/** A line of stages.yaml with what the base asks for now. */
export interface AskedLine extends StageLine {
  readonly path: string;
  /** What the tip of the base asks for: other than `before` when another change was faster. */
  readonly tip: string | null;
}

/** The move of a changed model into the first stage; null where its content makes no new version. */
export async function judgeEntry(judging: Judging, weighed: WeighedModel): Promise<Decision | null> {
  const { governance, desk } = judging;
  const asked = candidateOf(weighed, { from: null, to: governance.policy.stages[0] ?? 'development' });
  if (asked === null) return null;
  const checks = await checksFor(judging, governance, { to: asked.to, commit: desk.pull.head.commit });
  const reviewing = (content: ReviewedContent) =>
    reviewsOf(judging, weighed.model, { content, line: null, version: null });
  return decideTransition(judging.surroundings, governance, {
    ...asked,
    ...checks,
    reviewing,
    ...alikeForAll(judging),
  });
}

/** What the gates of the stages after the first, but for the archive, say of a candidate as it is now. */
export async function judgeForecasts(judging: Judging, weighed: WeighedModel): Promise<Decision[]> {
  const { governance, surroundings } = judging;
  const stages = governance.policy.stages.slice(0, -1);
  const forecasts: Decision[] = [];
  for (const [place, to] of stages.entries()) {
    const asked = place === 0 ? null : candidateOf(weighed, { from: stages[place - 1] ?? null, to });
    if (asked !== null && Object.hasOwn(governance.policy.gates, to))
      forecasts.push(await decideTransition(surroundings, governance, asked));
  }
  return forecasts;
}

function candidateOf(weighed: WeighedModel, transition: Transition): AskedTransition | null {
  const { assessment, model, history, snapshot, files } = weighed;
  if (assessment.next === null) return null;
  const { identity, next: version } = assessment;
  return {
    model,
    catalogue: history.catalogue,
    candidate: { version, snapshot, identity, registered: null, commit: model.files.commit, files },
    ...transition,
  };
}

/**
 * The move that a line of stages.yaml asks for, judged on what the ledger holds of the version; null where the ledger
 * says so already. @throws flow/unknown-stage, flow/not-registered, flow/unknown-version
 */
export async function judgeLine(
  judging: Judging,
  { model, catalogue }: { readonly model: GovernedModel; readonly catalogue: ModelCatalogue | null },
  line: AskedLine,
): Promise<Decision | null> {
  const { surroundings, governance } = judging;
  const { stage } = line;
  checkStage(governance, stage);
  if (catalogue?.stages[stage] === line.version) return null;
  const known = findVersion(model.manifest.name, catalogue, line.version);
  const from = catalogue === null ? null : originOf(governance, catalogue, { version: known, to: stage });
  return decideTransition(surroundings, governance, {
    model,
    catalogue,
    candidate: await registeredCandidate(surroundings, known),
    from,
    to: stage,
    ...alikeForAll(judging),
    pointer: { stage, expected: line.before, found: line.tip },
    ...(await checksFor(judging, governance, { to: stage, commit: known.commit })),
    reviewing: (content) => reviewsOf(judging, model, { content, line, version: known }),
  });
}

function alikeForAll({ amendments, assumptions }: Judging) {
  return { amendments, assumptions };
}

async function checksFor(
  { checks }: Judging,
  { policy }: Governance,
  { to, commit }: { readonly to: string; readonly commit: string | null },
): Promise<Pick<AskedTransition, 'checks'>> {
  const asked = Object.hasOwn(policy.gates, to) ? (policy.gates[to]?.checks ?? []) : [];
  return asked.length === 0 || commit === null ? {} : { checks: await checks(commit) };
}

async function reviewsOf(
  judging: Judging,
  model: GovernedModel,
  about: {
    readonly content: ReviewedContent;
    readonly line: AskedLine | null;
    readonly version: CatalogueVersion | null;
  },
): Promise<ReviewFacts> {
  const { content, line, version } = about;
  const { transition, slice } = content;
  const contributors = version === null ? [] : await findContributors(judging, model, { version, to: transition.to });
  const asked = line === null ? null : { path: line.path, stage: line.stage, version: line.version };
  const digests = version === null ? content.digests : null;
  const { name, owners } = model.manifest;
  const parts = version === null ? content.parts : [];
  const approved = { model: name, transition, slice, owners, digests, parts, asked };
  const facts = await judging.desk.facts(approved, contributors);
  const added = version?.addedEvidence.map(({ time }) => time).sort() ?? [];
  const evidenceSince = added.at(-1);
  return evidenceSince === undefined ? facts : { ...facts, evidenceSince };
}
