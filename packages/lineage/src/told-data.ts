import type { JsonObject, JsonValue } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { readReference } from '@weighbridge/manifest';
import { unversioned, versionOf } from './bare-ref.js';

/** What stands before the role of data that a run told and no manifest names. */
const told = 'run:';

/** What data was for, whoever told it; null of what is no data. */
export function roleOf({ role }: Pick<Dependency, 'role'>): string | null {
  return role?.startsWith(told) === true ? role.slice(told.length) : role;
}

/** Whether only the run that made a version told of it. */
export function isToldByRun({ role }: Pick<Dependency, 'role'>): boolean {
  return role?.startsWith(told) === true;
}

const roles: Readonly<Record<string, string>> = {
  training: 'train',
  val: 'validation',
  valid: 'validation',
  evaluation: 'eval',
  test: 'eval',
};

/**
 * Data sets that the captured runs of a training record told, as training data where they do not say what for: by their
 * source, else by their name, held still by their digest, else by the version that the source names. What stages of DVC
 * read is left out: their locks tell it better.
 */
export function toldData(training: JsonObject): readonly Dependency[] {
  return listOf(training['runs']).flatMap((run) =>
    isPipelineRun(run) ? [] : listOf(membersOf(run)['datasets']).flatMap((set) => dependencyOf(membersOf(set))),
  );
}

function isPipelineRun(run: JsonValue): boolean {
  const { source } = membersOf(run);
  return typeof source === 'string' && /(?:^|\/)dvc\.(?:lock|yaml)(?:$|[:#])/.test(source);
}

function dependencyOf(set: JsonObject): readonly Dependency[] {
  const source = textOf(set['source']);
  const name = source ?? textOf(set['name']);
  if (name === null) return [];
  const read = source === null ? null : readReference(source);
  const reference = read?.ok === true && read.reference.scheme !== 'registry' ? read.reference : null;
  const said = textOf(set['role'])?.toLowerCase() ?? 'train';
  const digest = textOf(set['digest']);
  return [
    {
      kind: 'data',
      role: `${told}${roles[said] ?? said}`.slice(0, 64),
      ref: reference === null ? name : unversioned(reference, ''),
      pin: digest === null ? versionOf(reference) : digest.replace(/^(?=[0-9a-f]{64}$)/, 'sha256:'),
      range: null,
    },
  ];
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function membersOf(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Texts that an entry of the ledger has room for, on one line. */
function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && /^[^\p{Cc}]{1,1000}$/u.test(value) ? value : null;
}
