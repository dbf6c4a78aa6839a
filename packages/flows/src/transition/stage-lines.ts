import { type ErrorDetail, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { hintFor, parseStages, type Stages } from '@weighbridge/manifest';
import { type Files, openCommitFiles } from '../reading/files.js';
import { type GovernedModel, maxFileBytes } from '../governing/governance.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** Where a model's desired stages stand, from the repository's root. */
export function stagesPathOf(model: Pick<GovernedModel, 'folder'>): string {
  return model.folder === '' ? 'stages.yaml' : `${model.folder}/stages.yaml`;
}

/**
 * A stages.yaml, or null when there is none. With the stages of the policy, names that are none of them are faults.
 * @throws flow/invalid-files
 */
export async function readStages(
  files: Pick<Files, 'read'>,
  path: string,
  known: readonly string[] | null = null,
): Promise<Stages | null> {
  const bytes = await files.read(path, maxFileBytes);
  if (bytes === null) return null;
  const parsed = parseStages({ path, bytes }, known);
  if (parsed.ok) return parsed.value;
  const { faults } = parsed;
  throw weighbridgeError('flow/invalid-files', { count: faults.length, files: path }, { details: faults });
}

/** The same at a commit. @throws flow/invalid-files, flow/commit-missing */
export async function readStagesAt(surroundings: Surroundings, commit: string, path: string): Promise<Stages | null> {
  return readStages(await openCommitFiles(surroundings.repository, commit), path);
}

/** One line that asks for something else than it did before. */
export interface StageLine {
  readonly stage: string;
  /** The version that is asked for now. */
  readonly version: string;
  /** What the line asked for before; null when it was not there or asked for nothing. */
  readonly before: string | null;
}

/**
 * Lines of stages.yaml that a change edits, in the file's order. A line that goes, or asks for an empty stage, asks for
 * no version: emptying a stage is archiving its version, which is a command of its own.
 */
export function changedLines(
  before: Pick<Stages, 'stages'> | null,
  after: Pick<Stages, 'stages'> | null,
): readonly StageLine[] {
  return Object.entries(after?.stages ?? {}).flatMap(([stage, version]) => {
    const was = before?.stages[stage] ?? null;
    return version === null || version === was ? [] : [{ stage, version, before: was }];
  });
}

const unknownCodes: ReadonlySet<string> = new Set(['flow/unknown-version', 'flow/not-registered']);

/** What `judge` says of a line, and where the line stands when it asks for a version that nobody knows. */
export async function judgedAt<Result>(
  files: Pick<Files, 'read'>,
  line: { readonly path: string; readonly stage: string; readonly version: string },
  judge: () => Promise<Result>,
): Promise<Result> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !unknownCodes.has(error.code)) throw error;
    throw new WeighbridgeError(error.code, error.fields, { details: await placesOf(files, line), cause: error });
  }
}

async function placesOf(
  files: Pick<Files, 'read'>,
  { path, stage, version }: { readonly path: string; readonly stage: string; readonly version: string },
): Promise<readonly ErrorDetail[]> {
  const bytes = await files.read(path, maxFileBytes);
  const parsed = bytes === null ? null : parseStages({ path, bytes });
  const place = parsed?.ok === true ? parsed.locate([stage]) : null;
  if (place === null) return [];
  const message = `"${stage}" asks for ${version}, and no such version is registered.`;
  return [{ file: path, line: place.line, column: place.column, message }];
}

/** Names of a stages.yaml that are no stage of the policy: what their lines ask for moves nothing. */
export function strangeStages(stages: Pick<Stages, 'stages'> | null, known: readonly string[]): readonly string[] {
  return Object.keys(stages?.stages ?? {}).filter((stage) => !known.includes(stage));
}

/** What is told of lines for stages that the policy does not have. */
export function strangeNotices(
  strange: readonly string[],
  { path, known }: { readonly path: string; readonly known: readonly string[] },
): readonly Notice[] {
  return strange.map((stage) => {
    const text = `"${stage}" is no stage of weighbridge.yaml, so that its line moves nothing. ${hintFor(stage, known)}`;
    return { level: 'warning', text, file: path };
  });
}
