import { type JsonObject, type JsonValue, parseUtf8, WeighbridgeError } from '@weighbridge/core';
import {
  isJsonObject,
  maxWandbLogBytes,
  parseStrictJson,
  parseStrictYaml,
  parseWandbFiles,
  parseWandbLog,
  type RunFacts,
} from '@weighbridge/formats';
import { isTooLarge } from '../reading/read-up-to.js';
import type { RunFiles } from './run-files.js';

/**
 * A W&B run by its local folder (`wandb/offline-run-…` or `wandb/run-…`): the files that its client left there, and for
 * what they lack the log, which is all that an offline run of a new client leaves. Null where there is neither.
 */
export async function readWandbFolder(reader: RunFiles, folder: string): Promise<RunFacts | null> {
  const listed = await reader.model.files.list(folder, { ignored: true });
  const logPath = listed.find((path) => /\/run-[A-Za-z0-9_-]+\.wandb$/.test(path));
  const bytes = logPath === undefined ? null : await reader.peek(logPath, maxWandbLogBytes);
  const log = bytes === null ? null : parseWandbLog(bytes);
  const inside = (name: string) => `${folder}/files/${name}`;
  const [config, summary, metadata] = [
    await readObject(reader, inside('config.yaml')),
    await readObject(reader, inside('wandb-summary.json')),
    await readObject(reader, inside('wandb-metadata.json')),
  ];
  if (log === null && config === null && summary === null && metadata === null) return null;
  const requirements = await reader.peek(inside('requirements.txt'));
  return parseWandbFiles(folder, {
    config: { ...log?.config, ...config },
    summary: { ...log?.summary, ...summary },
    metadata: { ...log?.metadata, ...metadata },
    requirements: requirements === null ? null : new TextDecoder('utf-8').decode(requirements),
  });
}

/** Null for what is not there, and for what is no map of JSON or YAML. */
async function readObject(reader: RunFiles, path: string): Promise<JsonObject | null> {
  const bytes = await reader.peek(path);
  if (bytes === null) return null;
  try {
    const text = parseUtf8(bytes);
    const value: JsonValue = path.endsWith('.json')
      ? parseStrictJson(text, { name: path, nonFinite: 'keep-as-text' })
      : parseStrictYaml(text, path);
    return isJsonObject(value) ? value : null;
  } catch (error) {
    if (isTooLarge(error)) reader.tellUnread(path, error);
    if (error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70)) return null;
    throw error;
  }
}
