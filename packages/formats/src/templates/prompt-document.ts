import { type JsonObject, type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { parseFrontMatter } from '../documents/model-card.js';
import { isJsonObject, parseStrictJson } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';
import { countExamples, messagesInText, messagesOf, type PromptMessage } from './chat-messages.js';
import {
  languageOfName,
  maxTemplateCharacters,
  mustacheDialect,
  templateLanguage,
  templateVariables,
} from './template-language.js';
import { type PromptLanguage, type TemplateVariables, variablesOf } from './template-variables.js';

/** A prompt template, whatever kind of file holds it. */
export interface PromptFacts {
  readonly language: PromptLanguage;
  readonly variables: readonly string[];
  /** Those of the variables that may be left out. */
  readonly optional: readonly string[];
  /** The roles of a chat in their order; empty where the template is one text. */
  readonly roles: readonly string[];
  readonly examples: number;
  /** The words that a model is given, without the wrapping of the file. */
  readonly text: string;
}

interface Written {
  readonly document: JsonValue;
  readonly body: string;
  readonly messages: readonly PromptMessage[];
}

/**
 * Reads a prompt template: a text (`.md`, `.txt`, `.jinja` …), one with front matter (`.prompty`, Dotprompt), or a JSON or
 * YAML file with messages or a `template`. What is none of them is one text.
 */
export function readPromptDocument(path: string, text: string): PromptFacts {
  const { document, body, messages } = readWritten(path, text);
  const declared = declaredLanguage(document);
  const language =
    (declared === null ? null : languageOfName(declared)) ??
    templateLanguage(isDotprompt(path) ? `${path}.hbs` : path, body);
  const used = templateVariables(language, body, mustacheDialect(path, declared));
  const { names, optional } = withDeclared(used, document);
  const roles = messages.map(({ role }) => role);
  return { language, variables: names, optional, roles, examples: countExamples(messages, document), text: body };
}

function readWritten(path: string, text: string): Written {
  const isDocument = /\.(?:json|ya?ml)$/i.test(path) && text.length <= maxTemplateCharacters;
  const document = isDocument
    ? attempt(() => (/\.json$/i.test(path) ? parseStrictJson(text) : parseStrictYaml(text, path)))
    : null;
  if (document !== null) {
    const messages = messagesOf(document) ?? [];
    const template = isJsonObject(document) ? templateText(document) : null;
    const body = messages.length > 0 ? joined(messages) : (template ?? text);
    return { document, body, messages };
  }
  const head = attempt(() => parseFrontMatter(text, path));
  const body = head?.body ?? text;
  return { document: head?.attributes ?? null, body, messages: messagesInText(body) ?? [] };
}

/** Null for what does not parse: it is a text then, of which the digest tells the rest. */
function attempt<Value>(parse: () => Value): Value | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return null;
    throw error;
  }
}

function joined(messages: readonly PromptMessage[]): string {
  return messages.map(({ text }) => text).join('\n');
}

/** LangChain keeps the text under `template`, with `prefix` and `suffix` around few-shot examples. */
function templateText(document: JsonObject): string | null {
  const parts = ['prefix', 'template', 'suffix', 'prompt'].map((key) => document[key]);
  const texts = parts.filter((part): part is string => typeof part === 'string');
  return texts.length === 0 ? null : texts.join('\n');
}

function declaredLanguage(document: JsonValue): string | null {
  if (!isJsonObject(document)) return null;
  const template = document['template'];
  const format = isJsonObject(template) ? (template['format'] ?? template['type']) : document['template_format'];
  const name = isJsonObject(format) ? format['kind'] : format;
  return typeof name === 'string' ? name : null;
}

function isDotprompt(path: string): boolean {
  return /\.prompt$/i.test(path);
}

/** Inputs that the head of a file gives a default need not be given. */
function withDeclared({ names, optional }: TemplateVariables, document: JsonValue): TemplateVariables {
  const spared = new Set([...optional, ...defaultedInputs(document)]);
  return variablesOf(
    names.filter((name) => !spared.has(name)),
    names.filter((name) => spared.has(name)),
  );
}

function defaultedInputs(document: JsonValue): string[] {
  if (!isJsonObject(document)) return [];
  const input = document['input'];
  const given = isJsonObject(input) && isJsonObject(input['default']) ? Object.keys(input['default']) : [];
  const schema = isJsonObject(input) && isJsonObject(input['schema']) ? Object.keys(input['schema']) : [];
  const marked = schema
    .filter((key) => key.split(',')[0]?.endsWith('?') ?? false)
    .map((key) => key.replace(/\?.*$/, ''));
  const inputs = document['inputs'];
  const own = isJsonObject(inputs)
    ? Object.entries(inputs).flatMap(([name, value]) => (hasDefault(value) ? [name] : []))
    : [];
  return [...given, ...marked, ...own];
}

function hasDefault(value: JsonValue): boolean {
  return isJsonObject(value) && (Object.hasOwn(value, 'default') || value['required'] === false);
}
