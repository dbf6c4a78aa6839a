import { type Document, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { parseStages } from './parse-stages.js';
import { faultsError } from './source/fault.js';
import { renderStagesTemplate } from './template/stages-template.js';

/** What to change: versions by stage (null asks for an empty stage) and by alias (null removes the alias). */
export interface StagesChange {
  readonly stages?: Readonly<Record<string, string | null>>;
  readonly aliases?: Readonly<Record<string, string | null>>;
}

/**
 * The text of stages.yaml after a change, with the comments and the order of the text before. Null stands for no file:
 * the result then starts as `init` writes it. What is not named stays.
 * @throws manifest/invalid when the text before has faults or the change would make some.
 */
export function formatStages(previousText: string | null, change: StagesChange, path = 'stages.yaml'): string {
  const before = previousText ?? renderStagesTemplate();
  refuseFaults(before, path);
  const document = readDocument(before);
  for (const [stage, version] of Object.entries(change.stages ?? {})) setStage(document, stage, version);
  for (const [alias, version] of Object.entries(change.aliases ?? {})) setAlias(document, alias, version);
  const text = document.toString({ lineWidth: 0, nullStr: '' });
  const after = before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
  refuseFaults(after, path);
  return after;
}

type StagesDocument = Document<YAMLMap> & { contents: YAMLMap };

/** A document whose content is a map, also where the text holds comments alone. */
function readDocument(text: string): StagesDocument {
  const document = parseDocument(text.replaceAll('\r\n', '\n'), {
    version: '1.2',
    uniqueKeys: false,
  }) as unknown as StagesDocument;
  if (isMap(document.contents)) return document;
  document.contents = document.createNode({}) as YAMLMap;
  if (document.comment !== null) {
    document.commentBefore = [document.commentBefore, document.comment].filter((part) => part !== null).join('\n\n');
    document.comment = null;
  }
  return document;
}

function refuseFaults(text: string, path: string): void {
  const parsed = parseStages({ path, text });
  if (!parsed.ok) throw faultsError(parsed.faults);
}

/** Changes the version in place, so that the comment beside it stays; a new stage comes before the aliases. */
function setStage(document: StagesDocument, stage: string, version: string | null): void {
  if (replaceScalar(document, [stage], version)) return;
  const pairs = document.contents.items;
  const aliases = pairs.findIndex((pair) => isScalar(pair.key) && pair.key.value === 'aliases');
  pairs.splice(aliases === -1 ? pairs.length : aliases, 0, document.createPair(stage, version));
}

function setAlias(document: StagesDocument, alias: string, version: string | null): void {
  if (version !== null) {
    if (!replaceScalar(document, ['aliases', alias], version)) document.setIn(['aliases', alias], version);
    return;
  }
  const aliases = document.get('aliases');
  if (!isMap(aliases)) return;
  aliases.delete(alias);
  if (aliases.items.length === 0) document.delete('aliases');
}

function replaceScalar(document: StagesDocument, path: readonly string[], version: string | null): boolean {
  const present = document.getIn(path, true);
  if (!isScalar(present)) return false;
  present.value = version;
  delete present.source;
  delete present.type;
  return true;
}
