import { utf8, weighbridgeError } from '@weighbridge/core';
import type { Actor, CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { formatStages } from '@weighbridge/manifest';
import type { Commit, FileCommit, Forge } from '@weighbridge/ports';
import { formatTime } from '../events.js';
import { openCommitFiles } from '../reading/files.js';
import {
  findModel,
  type Governance,
  type GovernedModel,
  maxFileBytes,
  readGovernance,
} from '../governing/governance.js';
import { findVersion } from '../registry/history.js';
import { readStages, stagesPathOf } from './stage-lines.js';
import { checkStage } from '../governing/stage-origin.js';
import type { Surroundings } from '../surroundings.js';

/**
 * Folders of the branches that are proposed. They are not below `weighbridge/`: git keeps no branch below another one,
 * and the ledger's is called that.
 */
const folders = { promote: 'weighbridge-promote', align: 'weighbridge-align' } as const;

/** Which version is to enter which stage, and why. */
export interface ProposeRequest {
  readonly model: string;
  readonly version: string;
  readonly to: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

/** A pull request that asks for a move, or what it would be. */
export interface Proposal {
  readonly model: string;
  readonly version: CatalogueVersion;
  readonly to: string;
  readonly replaced: string | null;
  readonly outcome: 'proposed' | 'present' | 'already-there';
  readonly branch: string;
  /** Number and address; null in a dry run and where nothing is to be moved. */
  readonly pull: { readonly number: number; readonly url: string } | null;
  /** Asked for a review, and those who could not be asked. */
  readonly asked: readonly string[];
  readonly refused: readonly string[];
}

/**
 * Opens the pull request that edits stages.yaml of the default branch, and asks the reviewers of the stage for their
 * reviews. Whoever started it is the author of its commit, so that they cannot approve what they asked for.
 * Repeating it finds the pull request that is open.
 * @throws flow/no-forge, flow/no-policy, flow/unknown-model, flow/unknown-version, flow/unknown-stage, forge/*, git/*
 */
export async function proposePromotion(surroundings: Surroundings, request: ProposeRequest): Promise<Proposal> {
  const { forge, repository } = surroundings;
  if (forge === null) throw weighbridgeError('flow/no-forge', { command: 'promote' });
  const base = await defaultTip(surroundings);
  const governance = await readGovernance(await openCommitFiles(repository, base.tip.id), surroundings.sha256);
  if (!governance.governed) throw weighbridgeError('flow/no-policy', {});
  checkStage(governance, request.to);
  const model = findModel(governance, request.model);
  const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
  const version = findVersion(model.manifest.name, catalogue, request.version);
  const replaced = (catalogue as ModelCatalogue).stages[request.to] ?? null;
  const branch = `${folders.promote}/${model.manifest.name}-${version.version.replaceAll('+', '-')}-to-${request.to}`;
  const told = { model: model.manifest.name, version, to: request.to, replaced, branch, asked: [], refused: [] };
  const edit = await editStages(model, request.to, version);
  if (edit === null) return { ...told, outcome: 'already-there', pull: null };
  if (request.dryRun) return { ...told, outcome: 'proposed', pull: null };
  await repository.commitFiles({
    branch,
    base: base.tip.id,
    files: new Map([[stagesPathOf(model), utf8(edit)]]),
    message: commitMessage({ model: told.model, version, to: request.to, reason: request.reason }),
    time: formatTime(surroundings.clock.now()),
    ...(await authorOf(surroundings, forge)),
  });
  const pull = await forge.openPull({
    head: branch,
    base: base.branch,
    title: `Promote ${told.model} ${version.version} to ${request.to}`,
    body: pullBody(surroundings, { ...told, reason: request.reason }),
  });
  const asked = await askReviewers(forge, governance, { ...request, number: pull.number, actor: surroundings.actor });
  const outcome = pull.outcome === 'created' ? 'proposed' : 'present';
  return { ...told, ...asked, outcome, pull: { number: pull.number, url: pull.url } };
}

/** A pull request that brings stages.yaml in line with the ledger. */
export interface Alignment {
  readonly branch: string;
  readonly lines: readonly { readonly stage: string; readonly from: string; readonly to: string | null }[];
  readonly number: number;
  readonly url: string;
  readonly outcome: 'created' | 'present';
}

/**
 * Opens the pull request that edits the lines of stages.yaml which ask for something else than the ledger says, as after
 * a rollback. It asks for what is so already, so that its gate passes at once. Null where nothing differs.
 * @throws flow/no-forge, flow/unknown-model, forge/*, git/*
 */
export async function proposeAlignment(
  surroundings: Surroundings,
  request: { readonly model: string; readonly reason: string },
): Promise<Alignment | null> {
  const { forge, repository } = surroundings;
  if (forge === null) throw weighbridgeError('flow/no-forge', { command: 'rollback' });
  const { tip, branch: base } = await defaultTip(surroundings);
  const governance = await readGovernance(await openCommitFiles(repository, tip.id), surroundings.sha256);
  const model = findModel(governance, request.model);
  const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
  const path = stagesPathOf(model);
  const written = (await readStages(model.files, path))?.stages ?? {};
  const lines = Object.entries(written).flatMap(([stage, from]) => {
    const to = catalogue?.stages[stage] ?? null;
    return from === null || from === to ? [] : [{ stage, from, to }];
  });
  if (lines.length === 0) return null;
  const bytes = await model.files.read(path, maxFileBytes);
  const stages = Object.fromEntries(lines.map(({ stage, to }) => [stage, to]));
  const text = formatStages(bytes === null ? null : new TextDecoder().decode(bytes), { stages });
  const branch = `${folders.align}/${model.manifest.name}-${tip.id.slice(0, 12)}`;
  const title = `Bring stages.yaml of ${model.manifest.name} in line with the ledger`;
  await repository.commitFiles({
    branch,
    base: tip.id,
    files: new Map([[path, utf8(text)]]),
    message: `${title}\n\n${request.reason}\n`,
    time: formatTime(surroundings.clock.now()),
    ...(await authorOf(surroundings, forge)),
  });
  const told = lines.map(({ stage, from, to }) => `- **${stage}**: ${from} → ${to ?? 'nothing'}`);
  const body = [
    `The ledger says so already; this makes the file say it too.`,
    '',
    quoted(request.reason),
    '',
    ...told,
    '',
  ];
  const { number, url, outcome } = await forge.openPull({ head: branch, base, title, body: body.join('\n') });
  return { branch, lines, number, url, outcome };
}

async function defaultTip({ repository }: Surroundings): Promise<{ tip: Commit; branch: string }> {
  const known = await repository.defaultBranch();
  const tip = known === null ? null : await repository.branchTip(known.name);
  if (known === null || tip === null) throw weighbridgeError('flow/no-commit', {});
  return { tip, branch: known.name };
}

/** The text of stages.yaml with the line changed; null where it says so already. */
async function editStages(model: GovernedModel, stage: string, version: CatalogueVersion): Promise<string | null> {
  const bytes = await model.files.read(stagesPathOf(model), maxFileBytes);
  const before = bytes === null ? null : new TextDecoder().decode(bytes);
  const after = formatStages(before, { stages: { [stage]: version.version } });
  return after === before ? null : after;
}

/**
 * Whoever started it, by the address that the forge gives each account: it leads to the account and is nobody's mail box.
 * A commit whose author has no account would ask for one approval more.
 */
async function authorOf({ actor }: Surroundings, forge: Forge): Promise<Pick<FileCommit, 'author'>> {
  if (actor.kind !== 'github') return {};
  const id = /^\d+$/.test(actor.id) ? actor.id : (await forge.account(actor.login))?.id;
  const [host = ''] = forge.address.split(/[:/]/);
  return id === undefined ? {} : { author: { name: actor.login, email: `${id}+${actor.login}@users.noreply.${host}` } };
}

function commitMessage(move: {
  readonly model: string;
  readonly version: CatalogueVersion;
  readonly to: string;
  readonly reason: string | null;
}): string {
  const subject = `Promote ${move.model} ${move.version.version} to ${move.to}`;
  return move.reason === null ? `${subject}\n` : `${subject}\n\n${move.reason}\n`;
}

function pullBody(
  { actor, run }: Surroundings,
  move: Pick<Proposal, 'model' | 'version' | 'to' | 'replaced'> & { readonly reason: string | null },
): string {
  const replaces = move.replaced === null ? '' : `, which holds ${move.replaced} now`;
  const who = run === null ? actor.login : `${actor.login} in [this run](${run.url})`;
  return [
    `Asks for \`${move.model}\` ${move.version.version} to enter **${move.to}**${replaces}.`,
    '',
    ...(move.reason === null ? [] : [quoted(move.reason), '']),
    `Asked for by ${who}, who may not approve it. Merging it moves the stage, if the gate of ${move.to} still permits it then; closing it leaves everything as it is.`,
    '',
  ].join('\n');
}

/** Somebody's words as a quotation, in which nothing is a link, a mention or markup. */
function quoted(text: string): string {
  const safe = text.replaceAll(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
  const inert = safe.replaceAll(/([\\`*_{}[\]()#+!|~-])/g, '\\$1').replaceAll('@', '@\u200b');
  return inert
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');
}

async function askReviewers(
  forge: Forge,
  { policy }: Governance,
  move: { readonly to: string; readonly number: number; readonly actor: Actor },
): Promise<Pick<Proposal, 'asked' | 'refused'>> {
  const gate = Object.hasOwn(policy.gates, move.to) ? policy.gates[move.to] : undefined;
  const rosters = (gate?.reviewers ?? []).flatMap(({ from }) => policy.reviewers[from] ?? []);
  const users = [...new Set(rosters.flatMap((roster) => roster.users))];
  const others = users.filter((login) => login.toLowerCase() !== move.actor.login.toLowerCase());
  const teams = [...new Set(rosters.flatMap((roster) => roster.teams.map((team) => team.replace(/^@/, ''))))];
  if (others.length + teams.length === 0) return { asked: [], refused: [] };
  const { refused } = await forge.requestReviews({ pull: move.number, users: others, teams });
  const gone = new Set(refused);
  return { asked: [...others, ...teams].filter((name) => !gone.has(name)), refused };
}
