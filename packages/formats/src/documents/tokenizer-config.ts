import { digestJson, type JsonObject, type JsonValue, type Sha256, weighbridgeError } from '@weighbridge/core';
import { compactFact, sortedObject } from './json-facts.js';
import { isJsonObject, parseStrictJsonObject } from './strict-json.js';
import type { DocumentOptions } from './tokenizer.js';

/** What a `tokenizer_config.json` of Transformers says. */
export interface TokenizerConfigFacts {
  /** Templates by name; a single one is `default`. */
  readonly chatTemplates: Readonly<Record<string, string>>;
  /** Token by role, such as `eos_token`, and `additional_special_tokens` as `role.0`, `role.1` and so on. */
  readonly specialTokens: Readonly<Record<string, string>>;
  /**
   * Content by id of the tokens that were added to the vocabulary, of more than 512 a digest; absent where it is not
   * told. Where there is a tokenizer.json, that counts.
   */
  readonly addedTokens?: JsonValue;
  /** Everything else but what saving writes anew. */
  readonly settings: JsonObject;
}

/** Where it was loaded from and by what: written anew by every save. The vocabulary is told by tokenizer.json. */
const savedNoise = new Set([
  '_commit_hash',
  '_name_or_path',
  'backend',
  'is_local',
  'local_files_only',
  'name_or_path',
  'special_tokens_map_file',
  'tokenizer_file',
  'transformers_version',
  'use_fast',
]);

/** Told by facts of their own. */
const ownFacts: ReadonlySet<string> = new Set(['added_tokens_decoder', 'chat_template']);

/** More added tokens than this are given as a digest. */
const maxListedTokens = 512;

/** Templates in use have up to 30,000 characters; facts keep them whole. */
const maxTemplateCharacters = 256 * 1024;

/** Transformers writes this huge number, int(1e30), for "no limit". */
const noLimit = 1e29;

/**
 * Parses `tokenizer_config.json`. A template that has moved to `chat_template.jinja` is found by `chatTemplateFacts`.
 * @throws formats/json-malformed, formats/document-malformed
 */
export function parseTokenizerConfig(text: string, options: DocumentOptions): TokenizerConfigFacts {
  const { name = 'tokenizer_config.json', sha256 } = options;
  const document = parseStrictJsonObject(text, { name });
  const special: [string, string][] = [];
  const settings: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(document)) {
    if (value === null || savedNoise.has(key) || ownFacts.has(key)) continue;
    const tokens = isSpecialRole(key) ? tokensOf(key, value) : null;
    // One by one: a file can list more than a call can have arguments.
    if (tokens !== null) for (const token of tokens) special.push(token);
    else if (key !== 'model_max_length' || Number(value) < noLimit) settings.push([key, compactFact(value, sha256)]);
  }
  return {
    chatTemplates: boundTemplates(name, parseChatTemplates(name, document['chat_template'])),
    specialTokens: sortedObject(special) as Readonly<Record<string, string>>,
    ...addedTokens(document['added_tokens_decoder'], sha256),
    settings: sortedObject(settings),
  };
}

/** How tokens are stripped is written anew by saving; what they are called is what the weights learned. */
function addedTokens(value: JsonValue | undefined, sha256: Sha256): Pick<TokenizerConfigFacts, 'addedTokens'> {
  if (!isJsonObject(value)) return {};
  const pairs = Object.entries(value).map(([id, token]) => [id, contentOf(token) ?? token] as const);
  const byId = sortedObject(pairs);
  return { addedTokens: pairs.length <= maxListedTokens ? byId : digestJson(sha256, byId) };
}

/** A `chat_template.jinja` file, as the facts of a `tokenizer_config.json` would hold it. */
export function chatTemplateFacts(
  text: string,
  { name = 'chat_template.jinja', template = 'default' }: { readonly name?: string; readonly template?: string } = {},
): Pick<TokenizerConfigFacts, 'chatTemplates'> {
  return { chatTemplates: boundTemplates(name, sortedObject([[template, text]]) as Readonly<Record<string, string>>) };
}

function boundTemplates(name: string, templates: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const characters = Object.values(templates).reduce((sum, text) => sum + text.length, 0);
  if (characters <= maxTemplateCharacters) return templates;
  const what = 'characters of chat templates';
  throw weighbridgeError('formats/document-too-large', { name, limit: maxTemplateCharacters, what });
}

/** `add_bos_token` and its like are switches. */
function isSpecialRole(key: string): boolean {
  return !key.startsWith('add_') && (key.endsWith('_token') || key.endsWith('_special_tokens'));
}

/** A token is its text or an object with its content; several come as a list or, by role, as an object. */
function tokensOf(role: string, value: JsonValue): [string, string][] | null {
  const single = contentOf(value);
  if (single !== null) return [[role, single]];
  if (typeof value !== 'object' || value === null) return null;
  const found = Object.entries(value).map(([key, token]) => [`${role}.${key}`, contentOf(token)] as const);
  return found.every(([, content]) => content !== null) ? (found as [string, string][]) : null;
}

function contentOf(value: JsonValue): string | null {
  if (typeof value === 'string') return value;
  const content = isJsonObject(value) ? value['content'] : null;
  return typeof content === 'string' ? content : null;
}

function parseChatTemplates(name: string, value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return sortedObject([]) as Readonly<Record<string, string>>;
  const templates = typeof value === 'string' ? [['default', value] as const] : namedTemplates(value);
  if (templates === null || new Set(templates.map(([key]) => key)).size < templates.length) {
    throw weighbridgeError('formats/document-malformed', {
      name,
      kind: 'tokenizer configuration',
      reason: 'chat_template is neither text nor a list of templates with distinct names',
    });
  }
  return sortedObject(templates) as Readonly<Record<string, string>>;
}

function namedTemplates(value: JsonValue): (readonly [string, string])[] | null {
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return entries.every(([, template]) => typeof template === 'string') ? (entries as [string, string][]) : null;
  }
  if (!Array.isArray(value)) return null;
  const entries = value.map((entry: JsonValue) =>
    isJsonObject(entry) ? ([entry['name'], entry['template']] as const) : ([undefined, undefined] as const),
  );
  const isNamed = entries.every(([key, template]) => typeof key === 'string' && typeof template === 'string');
  return isNamed ? (entries as [string, string][]) : null;
}

/** What a `generation_config.json` says but for what saving writes anew; settings that are null count as not given. */
export function parseGenerationConfig(text: string, options: DocumentOptions): { readonly settings: JsonObject } {
  const document = parseStrictJsonObject(text, { name: options.name ?? 'generation_config.json' });
  return { settings: sortedObject(keptGeneration(document, options.sha256)) };
}

const generationNoise = new Set(['_commit_hash', '_from_model_config', 'transformers_version', 'use_cache']);

function keptGeneration(document: JsonObject, sha256: Sha256): (readonly [string, JsonValue])[] {
  return Object.entries(document)
    .filter(([key, value]) => !generationNoise.has(key) && value !== null)
    .map(([key, value]) => [key, compactFact(value, sha256)] as const);
}
