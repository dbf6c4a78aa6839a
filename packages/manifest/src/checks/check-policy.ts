import { parseDuration } from '../duration.js';
import { minUnregisteredMs } from '../read-retention.js';
import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { showValue } from '../source/quoting.js';
import { checkBounds, checkGate } from './check-gate.js';
import { checkConfidence, checkDecimal, checkDuration } from './check-numbers.js';
import {
  checkDigest,
  checkDistinct,
  checkKnownStage,
  checkModelName,
  checkPath,
  checkStageName,
  checkVersion,
} from './place-checks.js';
import { checkTiers } from './check-tiers.js';
import { checkOrigins, checkOwner, checkRoster } from './policy-names.js';

/** What a schema cannot say of a policy: which names must be known to each other, and what would ask for nothing. */
export function* checkPolicy(root: Place, defaultStages: readonly string[]): Generator<Fault> {
  const written = root.at('stages');
  const isKnown =
    !written.written || (Array.isArray(written.value) && written.texts().length === written.items().length);
  // Of a list that cannot be read nobody knows which names are missing in it: its own fault is the only one.
  for (const fault of checkNames(root, written.written ? written.texts() : defaultStages))
    if (isKnown || !followingCodes.has(fault.code)) yield fault;
}

/** Faults of what a policy says by the names of its stages. */
const followingCodes: ReadonlySet<string> = new Set(['manifest/unknown-stage', 'manifest/signature-too-early']);

function* checkNames(root: Place, stages: readonly string[]): Generator<Fault> {
  yield* checkStageList(root);
  yield* checkTransitions(root, stages);
  for (const place of root.at('models').items()) yield* checkPath(place);
  yield* checkVersioning(root.at('versioning'));
  yield* checkStoreFolder(root.at('store').at('path'));
  yield* checkRetention(root, stages);
  yield* checkTiers(root);
  yield* checkEvidenceTrust(root.at('evidence'));
  yield* checkSigning(root.at('signing'));
  for (const [stage, gate] of root.at('gates').members()) {
    yield* checkKnownStage(gate, stages, 'key');
    yield* checkGate(gate, { root, stage, stages });
  }
  for (const owner of root.at('owners').items()) yield* checkOwner(owner, root);
  yield* checkDuration(root.at('waiver_limits').at('max_duration'));
  for (const waiver of root.at('waivers').items()) yield* checkWaiver(waiver, root);
}

function* checkRetention(root: Place, stages: readonly string[]): Generator<Fault> {
  const retention = root.at('retention');
  yield* checkDuration(retention.at('grace'));
  yield* checkDuration(retention.at('unpromoted'));
  // The archive is where versions are, and not how far they came.
  const reached = ['none', ...stages.slice(0, -1)];
  for (const [, kept] of retention.at('archived').members()) {
    yield* checkKnownStage(kept, reached, 'key');
    yield* checkDuration(kept);
  }
  for (const person of retention.at('hold_release').items()) yield* checkOwner(person, root);
  const unregistered = retention.at('unregistered');
  yield* checkDuration(unregistered);
  const durationMs = parseDuration(unregistered.text() ?? '');
  if (durationMs === null || durationMs >= minUnregisteredMs) return;
  yield unregistered.fault('manifest/range', { expected: 'at least 2d', found: unregistered.text() ?? '' });
}

function* checkStageList(root: Place): Generator<Fault> {
  const stages = root.at('stages').items();
  for (const stage of stages) yield* checkStageName(stage);
  // Tags that differ in case alone are one file on many disks.
  yield* checkDistinct(stages, (name) => name.toLowerCase());
}

function* checkTransitions(root: Place, stages: readonly string[]): Generator<Fault> {
  for (const [target, origins] of root.at('transitions').members()) {
    yield* checkKnownStage(origins, stages, 'key');
    yield* checkOrigins(origins, { target, stages });
  }
}

function* checkVersioning(versioning: Place): Generator<Fault> {
  yield* checkVersion(versioning.at('initial'));
  const metrics = versioning.at('metrics').items();
  yield* checkDistinct(metrics.map((item) => item.at('metric')));
  for (const item of metrics) {
    yield* checkDecimal(item.at('threshold'), { least: '0' });
    yield* checkBounds(item.at('capability'));
    yield* checkConfidence(item.at('uncertainty').at('confidence'));
  }
}

/** One workflow may sign in two roles, so signers may repeat it; a key or a workflow of its own may not. */
function* checkEvidenceTrust(evidence: Place): Generator<Fault> {
  yield* checkDistinct(evidence.at('keys').items());
  yield* checkDistinct(
    evidence
      .at('workflows')
      .items()
      .map((item) => item.at('path')),
  );
  yield* checkPath(evidence.at('trusted_root').at('path'));
}

/** A section that names nobody would let nobody sign, and register would fail for ever. */
function* checkSigning(signing: Place): Generator<Fault> {
  if (!signing.written) return;
  yield* checkDistinct(
    signing
      .at('keys')
      .members()
      .map(([, key]) => key),
  );
  if (signing.at('keys').members().length + signing.at('signers').items().length > 0) return;
  yield signing.fault('manifest/nobody-signs', { what: '"signing"' });
}

/** The store may be anywhere, but its path must mean the same to every program. */
function* checkStoreFolder(place: Place): Generator<Fault> {
  const path = place.text();
  if (path === null || !/^~|[\u0000-\u001f\u007f]/.test(path)) return;
  const expected = 'a folder, absolute or relative to the root of the repository';
  yield place.fault('manifest/form', { expected, found: showValue(path), example: '/srv/models' });
}

function* checkWaiver(waiver: Place, root: Place): Generator<Fault> {
  yield* checkModelName(waiver.at('model'));
  yield* checkDigest(waiver.at('digest'));
  yield* checkRoster(waiver.at('rule'), root);
  const least = root.at('waiver_limits').at('min_reason').integer() ?? 10;
  const reason = waiver.at('reason').text();
  if (reason !== null && reason.trim().length < least) {
    yield waiver.at('reason').fault('manifest/waiver-reason', { found: showValue(reason), least });
  }
  const expires = waiver.at('expires');
  const date = expires.text();
  if (date !== null && !isDate(date)) yield expires.fault('manifest/date', { found: showValue(date) });
}

/** A day of the Gregorian calendar as year-month-day. */
function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
