import { type ModelName, weighbridgeError } from '@weighbridge/core';
import { type CatalogueVersion, type EventBodies, type LegalHold, holdsAt } from '@weighbridge/ledger';
import { applyPlan } from '../apply-plan.js';
import { parseMoment } from '../registry/audit.js';
import { eventContext, formatTime, makeEvent } from '../events.js';
import { filesOfWorkTree } from '../reading/files.js';
import { type Governance, readGovernance } from '../governing/governance.js';
import type { Plan, Receipt } from '../plan.js';
import { checkOnBranch } from '../governing/check-writing.js';
import { checkListed } from '../governing/rollback-allowed.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { findRegistered } from '../registry/find-registered.js';
import { noArtifacts } from '../registry/no-artifacts.js';
import { hasArtifacts } from '../registry/version-artifacts.js';
import { requireBytes } from './require-bytes.js';

/** Which version, which hold, and why. */
export interface HoldQuestion {
  readonly model: string;
  /** As findVersion takes it. */
  readonly version: string;
  /** Tells holds of one version apart, such as the number of a case. */
  readonly matter: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

/** What was recorded, or would be. */
export interface HoldOutcome {
  readonly model: ModelName;
  readonly version: CatalogueVersion;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly notices: readonly Notice[];
}

/**
 * Keeps the bytes of a version, whatever the policy says, until its hold is released or ends. A hold for a matter that
 * is there already is replaced.
 * @param request.until the last day or a time, RFC 3339; null for no end
 * @throws flow/reason-missing, flow/bad-date, flow/hold-ended, flow/not-stored, flow/no-artifacts, flow/bytes-released,
 * flow/not-registered, flow/unknown-version, and as checkOnBranch
 */
export async function holdVersion(
  surroundings: Surroundings,
  request: HoldQuestion & { readonly until: string | null },
): Promise<HoldOutcome> {
  const { until } = request;
  if (until !== null && parseMoment(until) < formatTime(surroundings.clock.now()))
    throw weighbridgeError('flow/hold-ended', { until });
  const whole = until === null || /^\d{4}-\d{2}-\d{2}$/.test(until) ? until : parseMoment(until);
  const { found, notices } = await prepare(surroundings, request, { command: 'hold', ofRemote: false });
  requireBytes(found.catalogue.model, found.version);
  if (!hasArtifacts(found.version)) throw noArtifacts(found.catalogue.model, found.version);
  if (found.version.store === null)
    throw weighbridgeError('flow/not-stored', { model: found.catalogue.model, version: found.version.version });
  return record(surroundings, request, {
    type: 'held',
    body: { matter: request.matter, until: whole },
    found,
    notices,
  });
}

/**
 * Ends a hold before its time, by those whom the policy of the default branch lets, as the remote has it now. Others for
 * the same version stay, and so does one for the same matter that is placed anew at this moment.
 * @throws flow/reason-missing, flow/hold-unknown, flow/not-allowed, flow/allowed-unread, flow/not-registered,
 * flow/unknown-version, flow/default-branch-unread, ledger/conflict, and as checkOnBranch
 */
export async function releaseHold(surroundings: Surroundings, request: HoldQuestion): Promise<HoldOutcome> {
  const { governance, found, notices } = await prepare(surroundings, request, {
    command: 'hold release',
    ofRemote: true,
  });
  const names = governance.policy.retention.holdRelease ?? [];
  const action = `end a hold of ${found.catalogue.model} ${found.version.version}`;
  await checkListed(surroundings, governance, { names, setting: 'retention.hold_release', action });
  const holds = found.version.holds ?? [];
  const hold = holds.find(({ matter }) => matter === request.matter);
  if (hold === undefined) {
    const others = holds.map(({ matter }) => matter).join(', ');
    const known = others === '' ? 'nothing holds it' : `it is for ${others}`;
    const about = { model: found.catalogue.model, version: found.version.version, matter: request.matter };
    throw weighbridgeError('flow/hold-unknown', { ...about, known });
  }
  const body = { matter: request.matter, entry: hold.entry };
  return record(surroundings, request, { type: 'hold-released', body, found, notices });
}

/** A hold that is in force, and of what. */
export interface HeldVersion extends LegalHold {
  readonly model: ModelName;
  readonly version: string;
}

/** Holds in force, of the models that are asked for or of all. */
export async function listHolds(
  { ledger, clock }: Pick<Surroundings, 'ledger' | 'clock'>,
  models: readonly string[] = [],
): Promise<readonly HeldVersion[]> {
  const time = formatTime(clock.now());
  const listed: HeldVersion[] = [];
  for (const model of await ledger.models()) {
    if (models.length > 0 && !models.includes(model)) continue;
    for (const version of (await ledger.catalogue(model))?.versions ?? [])
      for (const hold of holdsAt(version, time)) listed.push({ model, version: version.version, ...hold });
  }
  return listed;
}

async function prepare(
  surroundings: Surroundings,
  request: HoldQuestion,
  { command, ofRemote }: { readonly command: string; readonly ofRemote: boolean },
) {
  if (request.reason.trim() === '') throw weighbridgeError('flow/reason-missing', { command });
  const governance: Governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  if (!governance.governed) throw weighbridgeError('flow/no-policy', {});
  const notices = await checkOnBranch(surroundings, governance, command, { ofRemote });
  return { governance, found: await findRegistered(surroundings, request), notices };
}

async function record<Type extends 'held' | 'hold-released'>(
  surroundings: Surroundings,
  request: HoldQuestion,
  {
    type,
    body,
    found: { catalogue, version },
    notices,
  }: {
    readonly type: Type;
    readonly body: EventBodies[Type];
    readonly found: Awaited<ReturnType<typeof findRegistered>>;
    readonly notices: readonly Notice[];
  },
): Promise<HoldOutcome> {
  const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
  const time = surroundings.clock.now();
  const context = eventContext(surroundings, { commit, justification: request.reason, time });
  const about = { model: catalogue.model, version: version.version, context, occasion: catalogue.entries };
  const event = makeEvent(surroundings.sha256, { type, ...about, body });
  const plan: Plan = { effects: [{ kind: 'append', events: [event], evidence: new Map() }] };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan);
  return { model: catalogue.model, version, plan, receipts, notices };
}
