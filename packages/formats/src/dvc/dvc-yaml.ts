import { type JsonValue, weighbridgeError } from '@weighbridge/core';
import { documentText } from '../documents/json-facts.js';
import { isJsonObject } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';

/**
 * The commands of each stage of a `dvc.yaml` by its name, as they are written there; null for a stage whose commands
 * DVC makes when it runs, by `${templates}`, `foreach` or `matrix`.
 * @throws formats/yaml-malformed, formats/document-too-large, formats/document-malformed
 * @see https://doc.dvc.org/user-guide/project-structure/dvcyaml-files#stages
 */
export function parseDvcCommands(bytes: Uint8Array, name: string): ReadonlyMap<string, readonly string[] | null> {
  const document = parseStrictYaml(documentText(bytes, { name, kind: 'dvc.yaml' }), name);
  const stages = document === null ? {} : isJsonObject(document) ? (document['stages'] ?? {}) : null;
  if (stages === null || !isJsonObject(stages)) {
    const reason = stages === null ? 'it is no mapping' : '"stages" is no mapping';
    throw weighbridgeError('formats/document-malformed', { name, kind: 'dvc.yaml', reason });
  }
  return new Map(Object.entries(stages).map(([stage, value]) => [stage, commandsOf(value)]));
}

function commandsOf(stage: JsonValue): readonly string[] | null {
  if (!isJsonObject(stage) || stage['foreach'] !== undefined || stage['matrix'] !== undefined) return null;
  const written = stage['cmd'];
  const lines = (Array.isArray(written) ? written : [written]).filter((line) => typeof line === 'string');
  return lines.some((line) => line.includes('${')) ? null : lines.map((line) => line.trim());
}
