import { type JsonObject, type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { type DvcValueKind, firstDvcValues, joinDvcValues, parseDvcValues, type RunPlot } from '@weighbridge/formats';
import type { Notice, Surroundings } from '../surroundings.js';
import type { Declared, DeclaredFile } from './dvc-declared.js';
import type { RunFiles } from './run-files.js';

/** What the files of reports say. */
export interface Reports {
  /** Under the names that `dvc exp show` gives them. */
  readonly metrics: JsonObject;
  /** By the path of their file. */
  readonly params: ReadonlyMap<string, JsonValue>;
  readonly plots: readonly RunPlot[];
  readonly notices: readonly Notice[];
}

/** Files of metrics of one run. */
const maxMetricFiles = 100;
/** Bytes of metrics and parameters of one run, all files together: what is kept of them can be as large. */
const maxValueBytes = 64 * 1024 * 1024;
/** Plots of one run: DVCLive writes one for each metric. */
const maxPlots = 500;

/**
 * Reads metrics and parameters, and pins plots by their digests: those that DVC tracks without their bytes. What is not
 * at hand, or is broken, is told and left out.
 */
export async function readReports(surroundings: Surroundings, reader: RunFiles, declared: Declared): Promise<Reports> {
  const notices: Notice[] = [];
  const metrics = new Map<string, JsonValue>();
  const room = { leftBytes: maxValueBytes };
  // Folders can hold one another: what is bounded is how much is read, and not how much is named.
  let leftFiles = maxMetricFiles;
  for (const file of declared.metrics.slice(0, maxMetricFiles)) {
    const paths = await filesAt(reader, file.path);
    if (paths.length === 0 && file.digest !== null) notices.push(notAtHand(file.path));
    const taken = paths.slice(0, leftFiles);
    leftFiles -= taken.length;
    for (const path of taken) await readValues(reader, path, { into: metrics, kind: 'metrics', room, notices });
  }
  const params = new Map<string, JsonValue>();
  for (const path of declared.params.slice(0, maxMetricFiles))
    await readValues(reader, path, { into: params, kind: 'params', room, notices });
  const plots: RunPlot[] = [];
  for (const file of declared.plots.slice(0, maxPlots)) {
    if (plots.length < maxPlots)
      plots.push(...(await pinPlot(surroundings, reader, { file, maxFiles: maxPlots - plots.length })));
  }
  return { metrics: joinDvcValues(metrics, 'metrics'), params, plots, notices };
}

/** The file itself, or those of a folder. */
async function filesAt(reader: RunFiles, path: string): Promise<readonly string[]> {
  return (await reader.isFile(path)) ? [path] : reader.model.files.list(path, { ignored: true });
}

interface Values {
  /** What may be read yet, of all files together. */
  readonly room: { leftBytes: number };
  readonly into: Map<string, JsonValue>;
  readonly kind: DvcValueKind;
  readonly notices: Notice[];
}

async function readValues(reader: RunFiles, path: string, { into, kind, room, notices }: Values): Promise<void> {
  const bytes = await reader.bytes(path, room.leftBytes);
  if (bytes === null) return;
  room.leftBytes -= bytes.length;
  try {
    into.set(path, firstDvcValues(parseDvcValues({ name: path, bytes }), kind));
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    notices.push({ level: 'warning', text: `${error.message} Its values are not captured.`, file: path });
  }
}

async function pinPlot(
  surroundings: Surroundings,
  reader: RunFiles,
  { file: { path, digest, template }, maxFiles }: { readonly file: DeclaredFile; readonly maxFiles: number },
): Promise<readonly RunPlot[]> {
  if (digest !== null) return [{ path, digest, template }];
  const found = [];
  for (const each of (await filesAt(reader, path)).slice(0, maxFiles)) {
    found.push({ path: each, digest: await reader.digest(each, surroundings.newHash), template });
  }
  return found;
}

function notAtHand(path: string): Notice {
  const text = `${path} holds metrics that DVC keeps outside of git, and it is not at hand: its values are not captured. Write "cache: false" for it in dvc.yaml and commit it, or run "dvc pull ${path}" first.`;
  return { level: 'notice', text, file: path };
}
