import { weighbridgeError } from '@weighbridge/core';
import type { Assumption, Decision } from '@weighbridge/gates';
import type { ModelCatalogue } from '@weighbridge/ledger';
import { stricter } from '@weighbridge/manifest';
import { assessModels, type WeighedModel } from '../assessment/assess-models.js';
import { decideTransition, registeredCandidate } from './decide-transition.js';
import { type Files, filesAtCommit, filesOfWorkTree } from '../reading/files.js';
import {
  findModel,
  type Governance,
  type GovernedModel,
  readGovernance,
  readPolicy,
  selectModels,
} from '../governing/governance.js';
import { findVersion } from '../registry/history.js';
import { changedLines, judgedAt, readStages, stagesPathOf, strangeNotices, strangeStages } from './stage-lines.js';
import { checkStage, originOf } from '../governing/stage-origin.js';
import { notRegistered } from '../registry/not-registered.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** What is to be judged, and by whose policy. */
export interface GateQuestion {
  readonly models: readonly string[];
  /** Judge a registered version's move to this stage; null to judge what changed. */
  readonly to: string | null;
  readonly version: string | null;
  /** Commit or branch whose policy counts; null for the checkout's own. */
  readonly base: string | null;
  /** For a what-if. */
  readonly assumptions: readonly Assumption[];
}

/** Every decision that the question led to; none when there was nothing to judge. */
export interface GateAnswer {
  readonly decisions: readonly Decision[];
  readonly notices: readonly Notice[];
}

/**
 * Judges models that changed for entering the first stage, and every line of stages.yaml that asks for something new by
 * the gate of its stage: new against the base where one is named, else against the ledger and what was applied last.
 * Writes nothing.
 */
export async function gateModels(surroundings: Surroundings, question: GateQuestion): Promise<GateAnswer> {
  const checkout = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const { governance, base, notices } = await governByBase(surroundings, checkout, question.base);
  const gating: Gating = { surroundings, governance, base, assumptions: question.assumptions };
  if (question.to !== null) return judgeMove(gating, { ...question, to: question.to });
  const decisions: Decision[] = [];
  if (question.models.length === 0) await refuseRemoved(surroundings, governance);
  const models = selectModels(governance, question.models);
  for (const weighed of await assessModels(surroundings, governance, models, { depth: 'bytes' })) {
    notices.push(...weighed.notices);
    const entry = await judgeEntry(gating, weighed);
    if (entry !== null) decisions.push(entry);
    const moves = await judgeStagesFile(gating, weighed);
    decisions.push(...moves.decisions);
    notices.push(...moves.notices);
  }
  return { decisions, notices };
}

interface Gating {
  readonly surroundings: Surroundings;
  readonly governance: Governance;
  /** Files of the base; null where none was named. */
  readonly base: Files | null;
  readonly assumptions: readonly Assumption[];
}

/** A manifest may go when no stage runs the model any more. @throws flow/model-removed-in-stage */
async function refuseRemoved(surroundings: Surroundings, governance: Governance): Promise<void> {
  const present = new Set(governance.models.map((model) => model.manifest.name));
  const first = governance.policy.stages[0];
  for (const name of await surroundings.ledger.models()) {
    if (present.has(name)) continue;
    const stages = Object.entries((await surroundings.ledger.catalogue(name))?.stages ?? {});
    const held = stages.find(([stage, version]) => stage !== first && version !== null);
    if (held !== undefined)
      throw weighbridgeError('flow/model-removed-in-stage', { model: name, stage: held[0], version: held[1] ?? '' });
  }
}

/** Manifests of the checkout under the policy of the base: a change cannot loosen its own gate. */
async function governByBase(
  surroundings: Surroundings,
  checkout: Governance,
  base: string | null,
): Promise<{ governance: Governance; base: Files | null; notices: Notice[] }> {
  if (base === null) return { governance: checkout, base: null, notices: [] };
  const { repository, sha256 } = surroundings;
  const known = (await repository.commit(base)) ?? (await repository.commit(`refs/remotes/origin/${base}`));
  const commit = known ?? ((await repository.fetchCommit(base)) ? await repository.commit(base) : null);
  if (commit === null) throw weighbridgeError('flow/base-missing', { base });
  const files = filesAtCommit(repository, commit.id);
  const { policy, governed } = await readPolicy(files);
  if (!governed) {
    const text = 'The base branch has no weighbridge.yaml: not governed yet, verdicts are a preview and block nothing.';
    const governance = { ...checkout, policy: { ...checkout.policy, mode: 'warn' as const } };
    return { governance, base: files, notices: [{ level: 'notice', text, file: 'weighbridge.yaml' }] };
  }
  const before = await readGovernance(files, sha256);
  const models = checkout.models.map((model) => {
    const old = before.models.find(({ manifest }) => manifest.name === model.manifest.name);
    return { ...model, manifest: stricter(old?.manifest ?? null, model.manifest) };
  });
  return { governance: { ...checkout, models, policy }, base: files, notices: [] };
}

async function judgeEntry(
  { surroundings, governance, assumptions }: Gating,
  { assessment, model, history, snapshot, files }: WeighedModel,
): Promise<Decision | null> {
  if (assessment.next === null) return null;
  return decideTransition(surroundings, governance, {
    model,
    catalogue: history.catalogue,
    candidate: { version: assessment.next, snapshot, identity: assessment.identity, registered: null, files },
    from: null,
    to: governance.policy.stages[0] ?? 'development',
    assumptions,
  });
}

/** Each line that asks for something new. An asked version must be registered. @throws flow/invalid-files */
async function judgeStagesFile(gating: Gating, { model, history }: WeighedModel): Promise<GateAnswer> {
  const { governance, base } = gating;
  const { catalogue } = history;
  const path = stagesPathOf(model);
  const before = base === null ? (catalogue?.applied ?? null) : await readStages(base, path);
  const after = await readStages(model.files, path);
  const lines = changedLines(before, after);
  const known = governance.policy.stages;
  const strange = strangeStages(after, known);
  const untouched = strange.filter((stage) => !lines.some((line) => line.stage === stage));
  // A slip is told at its place, of lines of this change alone: what stood there before moves nothing.
  if (untouched.length < strange.length) await readStages(model.files, path, [...untouched, ...known]);
  const decisions: Decision[] = [];
  for (const { stage, version } of lines) {
    if (catalogue?.stages[stage] === version) continue;
    const move = { model, catalogue, stage, version };
    decisions.push(await judgedAt(model.files, { path, stage, version }, () => decideMove(gating, move)));
  }
  return { decisions, notices: strangeNotices(untouched, { path, known }) };
}

async function decideMove(
  { surroundings, governance, assumptions }: Gating,
  move: {
    readonly model: GovernedModel;
    readonly catalogue: ModelCatalogue | null;
    readonly stage: string;
    readonly version: string;
  },
): Promise<Decision> {
  const { model, catalogue, stage } = move;
  const known = findVersion(model.manifest.name, catalogue, move.version);
  return decideTransition(surroundings, governance, {
    model,
    catalogue,
    candidate: await registeredCandidate(surroundings, known),
    from: catalogue === null ? null : originOf(governance, catalogue, { version: known, to: stage }),
    to: stage,
    assumptions,
  });
}

async function judgeMove(gating: Gating, question: GateQuestion & { readonly to: string }): Promise<GateAnswer> {
  const { surroundings, governance } = gating;
  checkStage(governance, question.to);
  const decisions: Decision[] = [];
  const names = question.models.length === 0 ? governance.models.map((model) => model.manifest.name) : question.models;
  for (const name of names) {
    const model = findModel(governance, name);
    const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
    const version = question.version ?? catalogue?.versions.filter((known) => !known.archived).at(-1)?.version;
    if (version === undefined) throw await notRegistered(surroundings, name);
    decisions.push(await decideMove(gating, { model, catalogue, stage: question.to, version }));
  }
  return { decisions, notices: [] };
}
