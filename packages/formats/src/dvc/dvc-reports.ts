import { type JsonObject, type JsonValue, weighbridgeError } from '@weighbridge/core';
import { documentText } from '../documents/json-facts.js';
import { isJsonObject } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';

/** A file or folder that DVC draws. */
export interface DvcPlot {
  /** Relative to the folder of the `dvc.yaml`, or to the `wdir` of its stage. */
  readonly path: string;
  /** The template that it is drawn by, such as `confusion` or the path of a Vega file; null for DVC's choice. */
  readonly template: string | null;
}

/** What one stage reports; paths may hold `${templates}`. */
export interface DvcStageReports {
  /** Where the paths of the stage start, from the folder of the `dvc.yaml` on; null where a template makes it. */
  readonly wdir: string | null;
  readonly metrics: readonly string[];
  readonly plots: readonly DvcPlot[];
}

/** What a `dvc.yaml` says of metrics, plots and parameters. */
export interface DvcReports {
  /** By the name of the stage, without the `@item` of loops. */
  readonly stages: ReadonlyMap<string, DvcStageReports>;
  /** Files and folders of the whole project, relative to the folder of the `dvc.yaml`. */
  readonly metrics: readonly string[];
  readonly plots: readonly DvcPlot[];
  readonly params: readonly string[];
  /** Paths of `artifacts:`. */
  readonly artifacts: readonly string[];
}

/**
 * The reports that a `dvc.yaml` declares, for its stages and for the project as a whole. What the reader does not know is
 * passed over, because newer releases of DVC add members.
 * @throws formats/yaml-malformed, formats/document-too-large, formats/document-malformed
 * @see https://doc.dvc.org/user-guide/project-structure/dvcyaml-files
 */
export function parseDvcReports(bytes: Uint8Array, name: string): DvcReports {
  const document = parseStrictYaml(documentText(bytes, { name, kind: 'dvc.yaml' }), name) ?? {};
  if (!isJsonObject(document)) {
    throw weighbridgeError('formats/document-malformed', { name, kind: 'dvc.yaml', reason: 'it is no mapping' });
  }
  const stages = Object.entries(membersOf(document['stages'])).map(
    ([stage, value]) => [stage, stageReports(membersOf(value))] as const,
  );
  return {
    stages: new Map(stages),
    metrics: pathsOf(document['metrics']),
    plots: projectPlots(document['plots']),
    params: pathsOf(document['params']),
    artifacts: Object.values(membersOf(document['artifacts'])).flatMap((value) => {
      const { path } = membersOf(value);
      return typeof path === 'string' ? [path] : [];
    }),
  };
}

/** Whether a path of a lock is what `dvc.yaml` wrote, `${…}` in which stands for any text. */
export function isDvcPath(written: string, path: string): boolean {
  const [first = '', ...rest] = written
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
    .split(/\$\{[^}]*\}/);
  const last = rest.pop();
  if (last === undefined) return first === path;
  if (!path.startsWith(first) || !path.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at + 1);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - last.length > at;
}

/** A loop writes its stage under `do`, a matrix beside itself. */
function stageReports(written: JsonObject): DvcStageReports {
  const stage = isJsonObject(written['do']) ? written['do'] : written;
  const wdir = stage['wdir'];
  return {
    wdir: typeof wdir !== 'string' ? '' : wdir.includes('${') ? null : wdir,
    metrics: pathsOf(stage['metrics']),
    plots: entriesOf(stage['plots']).map(([path, options]) => ({ path, template: templateOf(options) })),
  };
}

/** Plots of the project are named by a path, or by a title with the files of their axes under `x` and `y`. */
function projectPlots(value: JsonValue | undefined): readonly DvcPlot[] {
  return entriesOf(value).flatMap(([id, options]): DvcPlot[] => {
    const template = templateOf(options);
    const [x, y] = [options['x'], options['y']];
    const files = [...(isJsonObject(y) ? Object.keys(y) : [id]), ...(isJsonObject(x) ? Object.keys(x) : [])];
    return [...new Set(files)].map((path) => ({ path, template }));
  });
}

function templateOf(options: JsonObject): string | null {
  const { template } = options;
  return typeof template === 'string' ? template : null;
}

function pathsOf(value: JsonValue | undefined): readonly string[] {
  return [...new Set(entriesOf(value).map(([path]) => path))];
}

/** A list of names and of names with options, or a mapping of them: DVC takes both. */
function entriesOf(value: JsonValue | undefined): (readonly [path: string, options: JsonObject])[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((each: JsonValue): (readonly [string, JsonObject])[] => {
    if (typeof each === 'string') return [[each, {}]];
    return Object.entries(membersOf(each)).map(([path, options]) => [path, membersOf(options)]);
  });
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}
