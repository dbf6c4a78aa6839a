import { parseVersion, type Version, weighbridgeError } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import type { ModelCatalogue } from '@weighbridge/ledger';
import { parseStages, type Stages } from '@weighbridge/manifest';
import { assessModels, readSnapshot, type WeighedModel } from './assess-models.js';
import { decideTransition } from './decide-transition.js';
import { filesAtCommit, filesOfWorkTree } from './files.js';
import { findModel, type Governance, maxFileBytes, readGovernance, readPolicy, selectModels } from './governance.js';
import { findVersion } from './history.js';
import { checkStage, originOf } from './stage-origin.js';
import type { Notice, Surroundings } from './surroundings.js';

/** What is to be judged, and by whose policy. */
export interface GateQuestion {
  readonly models: readonly string[];
  /** Judge a registered version's move to this stage; null to judge what changed. */
  readonly to: string | null;
  readonly version: string | null;
  /** Commit or branch whose policy counts; null for the checkout's own. */
  readonly base: string | null;
}

/** Every decision that the question led to; none when there was nothing to judge. */
export interface GateAnswer {
  readonly decisions: readonly Decision[];
  readonly notices: readonly Notice[];
}

/**
 * Judges models that changed for entering the first stage, and every line of stages.yaml that differs from the ledger
 * by the gate of its stage. Writes nothing.
 */
export async function gateModels(surroundings: Surroundings, question: GateQuestion): Promise<GateAnswer> {
  const checkout = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const { governance, notices } = await governByBase(surroundings, checkout, question.base);
  if (question.to !== null) return judgeMove(surroundings, governance, { ...question, to: question.to });
  const decisions: Decision[] = [];
  if (question.models.length === 0) await refuseRemoved(surroundings, governance);
  const models = selectModels(governance, question.models);
  for (const weighed of await assessModels(surroundings, governance, models, { depth: 'bytes' })) {
    notices.push(...weighed.notices);
    const entry = await judgeEntry(surroundings, governance, weighed);
    if (entry !== null) decisions.push(entry);
    decisions.push(...(await judgeStagesFile(surroundings, governance, weighed)));
  }
  return { decisions, notices };
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
): Promise<{ governance: Governance; notices: Notice[] }> {
  if (base === null) return { governance: checkout, notices: [] };
  const { repository } = surroundings;
  const known = (await repository.commit(base)) ?? (await repository.commit(`refs/remotes/origin/${base}`));
  const commit = known ?? ((await repository.fetchCommit(base)) ? await repository.commit(base) : null);
  if (commit === null) throw weighbridgeError('flow/base-missing', { base });
  const { policy, governed } = await readPolicy(filesAtCommit(surroundings.repository, commit.id));
  const open: Notice = {
    level: 'notice',
    text: 'The base branch has no weighbridge.yaml: not governed yet, verdicts are a preview and block nothing.',
    file: 'weighbridge.yaml',
  };
  const mode = governed ? policy.mode : 'warn';
  return {
    governance: { ...checkout, policy: { ...(governed ? policy : checkout.policy), mode } },
    notices: governed ? [] : [open],
  };
}

async function judgeEntry(
  surroundings: Surroundings,
  governance: Governance,
  weighed: WeighedModel,
): Promise<Decision | null> {
  const { assessment, model, history, snapshot } = weighed;
  if (assessment.next === null) return null;
  return decideTransition(surroundings, governance, {
    model,
    catalogue: history.catalogue,
    candidate: { version: assessment.next, snapshot, identity: assessment.identity, registered: null },
    from: null,
    to: governance.policy.stages[0] ?? 'development',
  });
}

/** Each line that asks for another version than the ledger has. An asked version must be registered. */
async function judgeStagesFile(
  surroundings: Surroundings,
  governance: Governance,
  weighed: WeighedModel,
): Promise<Decision[]> {
  const catalogue = weighed.history.catalogue;
  const stages = await readStages(surroundings, weighed);
  if (stages === null) return [];
  const decisions: Decision[] = [];
  for (const [stage, version] of Object.entries(stages.stages)) {
    if (version === null || catalogue?.stages[stage] === version) continue;
    checkStage(governance, stage);
    decisions.push(
      await decideMove(surroundings, governance, { weighed, catalogue, stage, version: parseVersion(version) }),
    );
  }
  return decisions;
}

async function decideMove(
  surroundings: Surroundings,
  governance: Governance,
  move: {
    weighed: Pick<WeighedModel, 'model'>;
    catalogue: ModelCatalogue | null;
    stage: string;
    version: Version | string;
  },
): Promise<Decision> {
  const { catalogue, stage } = move;
  const { model } = move.weighed;
  const known = findVersion(model.manifest.name, catalogue, move.version);
  return decideTransition(surroundings, governance, {
    model,
    catalogue,
    candidate: {
      version: known.version,
      snapshot: await readSnapshot(surroundings, known),
      identity: known.identity,
      registered: known,
    },
    from: catalogue === null ? null : originOf(governance, catalogue, { version: known, to: stage }),
    to: stage,
  });
}

/** @throws flow/invalid-files */
async function readStages(surroundings: Surroundings, weighed: Pick<WeighedModel, 'model'>): Promise<Stages | null> {
  const { folder } = weighed.model;
  const path = folder === '' ? 'stages.yaml' : `${folder}/stages.yaml`;
  const bytes = await surroundings.workTree.read(path, maxFileBytes);
  if (bytes === null) return null;
  const parsed = parseStages({ path, bytes });
  if (parsed.ok) return parsed.value;
  throw weighbridgeError(
    'flow/invalid-files',
    { count: parsed.faults.length, files: path },
    { details: parsed.faults },
  );
}

async function judgeMove(
  surroundings: Surroundings,
  governance: Governance,
  question: GateQuestion & { readonly to: string },
): Promise<GateAnswer> {
  checkStage(governance, question.to);
  const decisions: Decision[] = [];
  const names = question.models.length === 0 ? governance.models.map((model) => model.manifest.name) : question.models;
  for (const name of names) {
    const model = findModel(governance, name);
    const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
    const version = question.version ?? catalogue?.versions.filter((known) => !known.archived).at(-1)?.version;
    if (version === undefined) throw weighbridgeError('flow/not-registered', { model: name });
    decisions.push(
      await decideMove(surroundings, governance, { weighed: { model }, catalogue, stage: question.to, version }),
    );
  }
  return { decisions, notices: [] };
}
