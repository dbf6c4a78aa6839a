import { type JsonValue, weighbridgeError } from '@weighbridge/core';
import { documentText } from '../documents/json-facts.js';
import { isJsonObject } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';

/** What a `dvc.yaml` says of an output of a stage and a `dvc.lock` does not. */
export interface DvcWrittenOutput {
  /** As the lock has it, too, unless it has `${templates}`. Relative to the folder that the stage runs in. */
  readonly path: string;
  /** False for what is in git. */
  readonly isCached: boolean;
  readonly isPushed: boolean;
  /** A remote of its own. */
  readonly remote: string | null;
}

/** A stage as it is written; one stands for all that DVC makes of it by `foreach` or `matrix`. */
export interface DvcWrittenStage {
  /** The folder that it runs in, relative to that of the `dvc.yaml`; null where DVC makes it by templates. */
  readonly wdir: string | null;
  /** As they are written; null where DVC makes them when it runs, by `${templates}`, `foreach` or `matrix`. */
  readonly commands: readonly string[] | null;
  readonly outs: readonly DvcWrittenOutput[];
}

/** What is written of a stage of a lock: DVC calls what it makes by `foreach` or `matrix` NAME@ITEM. */
export function writtenStageOf(
  written: ReadonlyMap<string, DvcWrittenStage>,
  stage: string,
): DvcWrittenStage | undefined {
  return written.get(stage) ?? written.get(stage.replace(/@.*$/s, ''));
}

/**
 * The stages of a `dvc.yaml` by name, with their commands, outputs, metrics and plots.
 * @throws formats/yaml-malformed, formats/document-too-large, formats/document-malformed
 * @see https://doc.dvc.org/user-guide/project-structure/dvcyaml-files#stages
 */
export function parseDvcStages(bytes: Uint8Array, name: string): ReadonlyMap<string, DvcWrittenStage> {
  return new Map(stagesOf(bytes, name).map(([stage, value]) => [stage, readStage(value)]));
}

function stagesOf(bytes: Uint8Array, name: string): [string, JsonValue][] {
  const document = parseStrictYaml(documentText(bytes, { name, kind: 'dvc.yaml' }), name);
  const stages = document === null ? {} : isJsonObject(document) ? (document['stages'] ?? {}) : null;
  if (stages === null || !isJsonObject(stages)) {
    const reason = stages === null ? 'it is no mapping' : '"stages" is no mapping';
    throw weighbridgeError('formats/document-malformed', { name, kind: 'dvc.yaml', reason });
  }
  return Object.entries(stages);
}

function readStage(value: JsonValue): DvcWrittenStage {
  const repeated = isJsonObject(value) ? value['do'] : undefined;
  const body = repeated ?? value;
  const commands = commandsOf(value);
  if (!isJsonObject(body)) return { wdir: '.', commands, outs: [] };
  const { wdir } = body;
  return {
    wdir: typeof wdir !== 'string' ? '.' : isTemplate(wdir) ? null : wdir,
    commands,
    outs: ['outs', 'metrics', 'plots'].flatMap((list) => writtenOutputs(body[list])),
  };
}

/** A list of paths, or of mappings from a path to what is said of it. */
function writtenOutputs(list: JsonValue | undefined): readonly DvcWrittenOutput[] {
  return (Array.isArray(list) ? list : []).flatMap((each: JsonValue) => {
    if (typeof each === 'string') return [writtenOutput(each, {})];
    return isJsonObject(each) ? Object.entries(each).map(([path, said]) => writtenOutput(path, said)) : [];
  });
}

function writtenOutput(path: string, value: JsonValue): DvcWrittenOutput {
  const { cache, push, remote } = isJsonObject(value) ? value : {};
  return {
    path,
    isCached: cache !== false,
    isPushed: push !== false,
    remote: typeof remote === 'string' && !isTemplate(remote) ? remote : null,
  };
}

/** Paths with templates of one stage that are looked at; people write few, and each output is compared with each. */
const maxTemplates = 200;

/** The outputs of a stage by their paths, and those with templates in pieces. */
interface WrittenPaths {
  readonly exact: ReadonlyMap<string, DvcWrittenOutput>;
  readonly templates: readonly { readonly pieces: readonly string[]; readonly out: DvcWrittenOutput }[];
}

/** A stage is asked about each of its outputs. */
const known = new WeakMap<DvcWrittenStage, WrittenPaths>();

/**
 * What is written of an output that a lock has under this path: by the same words, else by templates that can mean it.
 * Null where nothing is, and where several can mean it and do not say the same: one that stands for a whole path can mean
 * every other output of its stage.
 */
export function findWritten(stage: DvcWrittenStage, path: string): DvcWrittenOutput | null {
  const { exact, templates } = known.get(stage) ?? indexPaths(stage);
  const same = exact.get(path);
  if (same !== undefined) return same;
  const able = templates.filter(({ pieces }) => canMean(pieces, path)).map(({ out }) => out);
  const [first, ...others] = able;
  return first !== undefined && others.every((other) => saysTheSame(first, other)) ? first : null;
}

function saysTheSame(one: DvcWrittenOutput, other: DvcWrittenOutput): boolean {
  return one.isCached === other.isCached && one.isPushed === other.isPushed && one.remote === other.remote;
}

function indexPaths(stage: DvcWrittenStage): WrittenPaths {
  const exact = new Map<string, DvcWrittenOutput>();
  for (const out of stage.outs) if (!exact.has(out.path)) exact.set(out.path, out);
  const templates = stage.outs
    .map((out) => ({ pieces: out.path.split(/\$\{[^}]*\}/), out }))
    .filter(({ pieces }) => pieces.length > 1)
    .slice(0, maxTemplates);
  known.set(stage, { exact, templates });
  return { exact, templates };
}

/** Each template stands for some text; what is between them comes in order. */
function canMean([first = '', ...others]: readonly string[], path: string): boolean {
  const last = others.pop();
  if (last === undefined || !path.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}

function isTemplate(text: string): boolean {
  return text.includes('${');
}

function commandsOf(stage: JsonValue): readonly string[] | null {
  if (!isJsonObject(stage) || stage['foreach'] !== undefined || stage['matrix'] !== undefined) return null;
  const written = stage['cmd'];
  const lines = (Array.isArray(written) ? written : [written]).filter((line) => typeof line === 'string');
  return lines.some(isTemplate) ? null : lines.map((line) => line.trim());
}
