import { isJsonObject, parseModelCard, parseStrictJson } from '@weighbridge/formats';
import { parseUtf8, WeighbridgeError } from '@weighbridge/core';
import type { JsonObject } from '@weighbridge/core';
import type { Manifest } from '@weighbridge/manifest';
import { maxFileBytes } from '../governing/governance.js';
import { folderOf, type LaidOutModel, type LayoutFacts, modelNameFrom, tellingFolder } from './layout.js';

/** Files that transformers, tokenizers and peft look for beside the weights. */
const companions =
  /^(?:config|generation_config|adapter_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|preprocessor_config|model\.safetensors\.index)\.json$|^(?:merges|vocab)\.txt$|^(?:tokenizer|spiece|sentencepiece\.bpe)\.model$|^chat_template\.jinja$/;

/**
 * Folders with weights and the `config.json` of transformers or the `adapter_config.json` of PEFT: repositories of the
 * Hugging Face Hub, and what save_pretrained writes. An adapter's own file names its base.
 */
export async function huggingFaceModels(facts: LayoutFacts): Promise<readonly LaidOutModel[]> {
  const folders = new Set(facts.recognised.map(({ path }) => folderOf(path)));
  const found: LaidOutModel[] = [];
  for (const folder of folders) {
    // A training leaves its checkpoints beside what came of it.
    if (isCheckpoint(folder) && folders.has(folderOf(folder))) continue;
    const adapter = await readJson(facts, inFolder(folder, 'adapter_config.json'));
    const config = await readJson(facts, inFolder(folder, 'config.json'));
    const isModel = typeof config?.['model_type'] === 'string' || Array.isArray(config?.['architectures']);
    if (adapter?.['peft_type'] === undefined && !isModel) continue;
    const weights = facts.recognised.map(({ path }) => path).filter((path) => folderOf(path) === folder);
    const beside = facts.listed.filter((path) => folderOf(path) === folder && companions.test(nameOf(path)));
    const artifacts = [...new Set([...weights, ...beside])].sort().map((path) => `/${path}`);
    const telling = tellingFolder(folder) ?? nameOf(facts.workTree.root.replaceAll('\\', '/'));
    const isTaken = found.some((other) => other.facts.name === modelNameFrom(telling));
    const name = modelNameFrom(isTaken ? `${telling}-${nameOf(folder)}` : telling);
    found.push({
      layout: `Hugging Face ${adapter === null ? 'model' : 'adapter'} in ${folder || 'the root'}`,
      facts: {
        name,
        artifacts,
        ...(adapter === null
          ? { base: await baseOfCard(facts, folder) }
          : { kind: 'adapter' as const, base: baseOf(adapter) ?? (await baseOfCard(facts, folder)) }),
      },
      covers: (path) => {
        const holder = folderOf(path);
        return holder === folder || (isCheckpoint(holder) && folderOf(holder) === folder);
      },
    });
  }
  return found;
}

/** The base that an adapter's own file names, when it is a repository of the Hub and no path of a training machine. */
export function baseOf(adapter: JsonObject): Manifest['base'] {
  const name = adapter['base_model_name_or_path'];
  if (typeof name !== 'string' || !/^[\w-][\w.-]*\/[\w.-]+$/.test(name)) return null;
  const revision = adapter['revision'];
  return { model: `hf://${name}`, revision: typeof revision === 'string' && revision !== '' ? revision : null };
}

/** The base that the model card names, when it is one; a card has no place for its revision. */
async function baseOfCard({ workTree }: LayoutFacts, folder: string): Promise<Manifest['base']> {
  const path = inFolder(folder, 'README.md');
  const bytes = await workTree.read(path, maxFileBytes);
  if (bytes === null) return null;
  try {
    const [name, ...more] = parseModelCard(parseUtf8(bytes), path).baseModels;
    const isRepository = name !== undefined && more.length === 0 && /^[\w-][\w.-]*\/[\w.-]+$/.test(name);
    return isRepository ? { model: `hf://${name}`, revision: null } : null;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70)) return null;
    throw error;
  }
}

/** A small file of the checkout as a JSON object; null for what is none. */
export async function readJson({ workTree }: LayoutFacts, path: string): Promise<JsonObject | null> {
  const bytes = await workTree.read(path, maxFileBytes);
  if (bytes === null) return null;
  try {
    const value = parseStrictJson(parseUtf8(bytes), { name: path, nonFinite: 'keep-as-text' });
    return isJsonObject(value) ? value : null;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70)) return null;
    throw error;
  }
}

/** As the Trainer of transformers names them. */
function isCheckpoint(folder: string): boolean {
  return /(?:^|\/)checkpoint-\d+$/.test(folder);
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
