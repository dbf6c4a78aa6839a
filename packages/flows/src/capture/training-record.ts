import type { JsonObject, JsonValue } from '@weighbridge/core';
import type { RunFacts } from '@weighbridge/formats';
import type { GovernedModel } from '../governing/governance.js';
import type { Notice } from '../surroundings.js';

/** What the record says of training, and what people should know of it. */
export interface TrainingRecord {
  readonly record: JsonObject;
  readonly notices: readonly Notice[];
}

/** Fields of the metadata standard: their names in the manifest and in what was captured. */
const fields = [
  ['framework', 'framework'],
  ['framework_version', 'frameworkVersion'],
  ['hardware', 'hardware'],
  ['duration', 'duration'],
] as const;

/** Facts of a run that the record holds once, from the first source that knows them. */
const facts = [
  ['commit', 'commit'],
  ['command', 'command'],
  ['started_at', 'startedAt'],
  ['finished_at', 'finishedAt'],
] as const;

/** Clocks of a manifest and of a service differ by rounding. */
const durationTolerance = 0.05;

/**
 * The training record of a version. What the manifest declares wins, then the first source that knows a value; `from`
 * names the source of each value that was not declared, `runs` holds what each source said. Where a source says
 * otherwise than the manifest, a notice tells both.
 */
export function recordTraining(model: GovernedModel, runs: readonly RunFacts[]): TrainingRecord {
  const declared = model.manifest.training;
  const base = { hardware: declared.hardware, duration: declared.duration, run: declared.run };
  if (runs.length === 0) return { record: base, notices: [] };
  const record: Record<string, JsonValue> = { ...base };
  const from: Record<string, string> = {};
  const notices: Notice[] = [];
  for (const [key, fact] of fields) {
    const known = runs.filter((run) => run[fact] !== null);
    const written = declared[key];
    if (written !== null) notices.push(...known.flatMap((run) => disagreement(model, { key, written, run, fact })));
    record[key] = written ?? known[0]?.[fact] ?? null;
    if (written === null && known[0] !== undefined) from[key] = known[0].source;
  }
  for (const [key, fact] of facts) {
    const run = runs.find((each) => each[fact] !== null);
    if (run === undefined) continue;
    record[key] = run[fact];
    from[key] = run.source;
  }
  return { record: { ...record, from, runs: runs.map(plain) }, notices };
}

interface Compared {
  readonly key: (typeof fields)[number][0];
  readonly written: string;
  readonly run: RunFacts;
  readonly fact: (typeof fields)[number][1];
}

function disagreement(model: GovernedModel, { key, written, run, fact }: Compared): Notice[] {
  const found = run[fact] ?? written;
  if (agrees(key, written, found)) return [];
  const text = `training.${key} of ${model.manifest.name} is "${written}" in ${model.manifestPath} and "${found}" in ${run.source}: the manifest counts. Correct it, or leave it out to have it captured.`;
  return [{ level: 'warning', text, file: model.manifestPath, line: model.line }];
}

function agrees(key: Compared['key'], written: string, found: string): boolean {
  if (key !== 'duration') return written.trim().toLowerCase() === found.trim().toLowerCase();
  const [left, right] = [secondsOf(written), secondsOf(found)];
  return left === null || right === null || Math.abs(left - right) <= durationTolerance * Math.max(left, right);
}

/** Seconds of an ISO 8601 duration; null for months and years, which have no fixed length. */
function secondsOf(duration: string): number | null {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  if (match === null) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** What a source said, without what it did not say. */
function plain(run: RunFacts): JsonObject {
  const members = Object.entries(run) as [string, JsonValue][];
  return Object.fromEntries(members.filter(([, value]) => !isNothing(value)));
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
