import {
  type Digest,
  type ModelName,
  parseModelName,
  parseVersion,
  utf8,
  type Version,
  versionTag,
} from '@weighbridge/core';
import {
  type Approval,
  type DecisionOutcome,
  type EventBodies,
  type EventContext,
  type EventType,
  eventId,
  type LedgerEvent,
} from '@weighbridge/ledger';
import { digestOf } from '../test-digests.js';
import { nodeSha256 } from './test-keys.js';

export const testStages = ['development', 'staging', 'production', 'archived'] as const;

export interface TestEventOptions {
  readonly time?: string;
  readonly justification?: string | null;
  readonly occasion?: string | number;
}

/** An event whose id says what it means. */
export function testEvent<Type extends EventType>(
  type: Type,
  about: { readonly model: string | null; readonly version?: string | null; readonly body: EventBodies[Type] },
  options: TestEventOptions = {},
): LedgerEvent {
  const model: ModelName | null = about.model === null ? null : parseModelName(about.model);
  const version: Version | null = parseVersionOrNull(about.version);
  const { body } = about;
  const id = eventId(nodeSha256, { type, model, version, body, occasion: options.occasion ?? '' });
  return { id, type, model, version, context: testContext(options), body } as unknown as LedgerEvent;
}

function parseVersionOrNull(text: string | null | undefined): Version | null {
  return typeof text === 'string' ? parseVersion(text) : null;
}

export function testContext(options: TestEventOptions = {}): EventContext {
  return {
    time: options.time ?? '2026-05-01T12:00:00Z',
    actor: { kind: 'github', id: '4242', login: 'ada', authenticated: 'actions' },
    commit: 'c0ffee'.padEnd(40, '0'),
    tree: null,
    run: { url: 'https://forge.test/acme/models/actions/runs/7', workflow: 'release', attempt: 1 },
    justification: options.justification ?? null,
  };
}

/** The entry that every log begins with. */
export function policyEvent(stages: readonly string[] = testStages, options: TestEventOptions = {}): LedgerEvent {
  return testEvent('policy-changed', { model: null, body: { policy: digestOf(stages.join()), stages } }, options);
}

/** Text of the snapshot that registeredEvent names. */
export function snapshotText(model: string, version: string): string {
  return `{"model":"${model}","version":"${version}"}`;
}

/** A registration whose identity is the digest of `model@version` unless another is given. */
export function registeredEvent(
  model: string,
  version: string,
  options: TestEventOptions & { readonly identity?: Digest; readonly previous?: string } = {},
): LedgerEvent {
  const name = parseModelName(model);
  const body: EventBodies['registered'] = {
    tag: versionTag(name, parseVersion(version)),
    previous: options.previous === undefined ? null : parseVersion(options.previous),
    bump: options.previous === undefined ? 'initial' : 'minor',
    identity: options.identity ?? identityOf(model, version),
    evidence: digestOf('evidence'),
    record: digestOf('record'),
    snapshot: digestOf(snapshotText(model, version)),
    artifacts: [{ path: 'out/model.onnx', size: 1234, sha256: 'ab'.repeat(32) }],
    store: null,
  };
  return testEvent('registered', { model, version, body }, options);
}

export function identityOf(model: string, version: string): Digest {
  return digestOf(`${model}@${version}`);
}

/** A move of a stage pointer that names no decision. */
export function transitionedEvent(
  model: string,
  version: string,
  move: {
    readonly to: string;
    readonly replaces?: string | null;
    readonly from?: string | null;
    readonly identity?: Digest;
    readonly approvals?: readonly Approval[];
    readonly pull?: number | null;
  },
  options: TestEventOptions = {},
): LedgerEvent {
  const body: EventBodies['transitioned'] = {
    from: move.from ?? null,
    to: move.to,
    replaces: parseVersionOrNull(move.replaces),
    identity: move.identity ?? identityOf(model, version),
    decision: null,
    verdict: 'pass',
    ...(move.approvals === undefined ? {} : { approvals: move.approvals }),
    ...(move.pull === undefined ? {} : { pull: move.pull }),
  };
  return testEvent('transitioned', { model, version, body }, options);
}

export function rolledBackEvent(
  model: string,
  version: string,
  move: { readonly stage: string; readonly replaces: string },
  options: TestEventOptions = {},
): LedgerEvent {
  const body: EventBodies['rolled-back'] = {
    stage: move.stage,
    replaces: parseVersion(move.replaces),
    identity: identityOf(model, version),
    frozen: identityOf(model, move.replaces),
  };
  return testEvent('rolled-back', { model, version, body }, { justification: 'it is bad', ...options });
}

/** A review that counted, by somebody whose ids follow from the login. */
export function testApproval(login: string, roster = 'ml'): Approval {
  const id = String(1000 + login.length);
  return { id, login, review: `9${id}`, commit: 'c0ffee'.padEnd(40, '0'), submittedAt: '2026-05-01T11:00:00Z', roster };
}

/** A review on record, bound to the identity that registeredEvent gives. */
export function approvedEvent(
  model: string,
  version: string,
  about: { readonly transition: string; readonly login?: string; readonly pull?: number | null },
  options: TestEventOptions = {},
): LedgerEvent {
  const { id, login, review, commit, submittedAt, roster } = testApproval(about.login ?? 'bob');
  const body: EventBodies['approved'] = {
    identity: identityOf(model, version),
    evidence: digestOf('evidence'),
    policy: digestOf('policy slice'),
    transition: about.transition,
    pull: about.pull ?? 17,
    review: { id: review, author: { id, login }, commit, submittedAt, roster },
  };
  return testEvent('approved', { model, version, body }, options);
}

/** An exception on record, with its rule, reason and one review. */
export function waivedEvent(
  model: string,
  about: { readonly gate: string; readonly identity: Digest; readonly expires: string | null },
  options: TestEventOptions = {},
): LedgerEvent {
  const body: EventBodies['waived'] = {
    ...about,
    rule: 'risk',
    reason: 'holdout relabelled, see incident 12',
    approvedBy: [testApproval('carol', 'risk')],
  };
  return testEvent('waived', { model, body }, options);
}

/** A decision on record. */
export function gateDecidedEvent(
  model: string,
  about: { readonly transition: string; readonly verdict: string; readonly outcome: DecisionOutcome },
  options: TestEventOptions = {},
): LedgerEvent {
  const body: EventBodies['gate-decided'] = {
    ...about,
    decision: digestOf(`decision on ${model}`),
    pull: 17,
    statusContext: 'weighbridge',
  };
  return testEvent('gate-decided', { model, body }, options);
}

type PointersByText = Readonly<Record<string, string | null>>;

function pointersOf(texts: PointersByText): EventBodies['applied']['stages'] {
  return Object.fromEntries(Object.entries(texts).map(([name, version]) => [name, parseVersionOrNull(version)]));
}

/** A stages.yaml that was applied. */
export function appliedEvent(
  model: string,
  stages: PointersByText,
  options: TestEventOptions & { readonly aliases?: PointersByText; readonly pull?: number | null } = {},
): LedgerEvent {
  const body: EventBodies['applied'] = {
    stages: pointersOf(stages),
    aliases: pointersOf(options.aliases ?? {}),
    pull: options.pull ?? null,
  };
  return testEvent('applied', { model, body }, options);
}

/** A change of desired values that no decision permitted. */
export function bypassedEvent(
  model: string,
  requested: PointersByText,
  options: TestEventOptions & { readonly because?: string; readonly pull?: number | null } = {},
): LedgerEvent {
  const body: EventBodies['bypassed'] = {
    pull: options.pull ?? null,
    commits: ['c0ffee'.padEnd(40, '0')],
    paths: [`models/${model}/stages.yaml`],
    because: options.because ?? 'no decision permits it',
    requested: pointersOf(requested),
  };
  return testEvent('bypassed', { model, body }, options);
}

/** Evidence that events name, where registeredEvent made them. */
export function evidenceFor(...events: readonly LedgerEvent[]): ReadonlyMap<Digest, Uint8Array> {
  const evidence = new Map<Digest, Uint8Array>();
  for (const event of events) {
    if (event.type === 'gate-decided') evidence.set(event.body.decision, utf8(`decision on ${event.model}`));
    if (event.type !== 'registered' || event.model === null || event.version === null) continue;
    evidence.set(event.body.snapshot, utf8(snapshotText(event.model, event.version)));
  }
  return evidence;
}
