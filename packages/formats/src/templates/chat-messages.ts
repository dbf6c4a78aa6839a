import type { JsonValue } from '@weighbridge/core';
import { isJsonObject } from '../documents/strict-json.js';

/** One message of a chat template. */
export interface PromptMessage {
  readonly role: string;
  readonly text: string;
}

/** Roles of the chat interfaces in use; `human` and `ai` are LangChain's. */
const roleNames = 'system|developer|user|human|assistant|ai|model|tool|function';
const marker = new RegExp(`^[ \\t]*(?:#{1,6}[ \\t]+)?(${roleNames})[ \\t]*:[ \\t]*$`, 'gim');
/** The same with words behind it, which begin the message. */
const inlineMarker = new RegExp(`^[ \\t]*(?:#{1,6}[ \\t]+)?(${roleNames})[ \\t]*:(?=[ \\t]+\\S)`, 'gim');
const dotpromptMarker = /\{\{~?\s*role\s+["']([a-z]+)["']\s*~?\}\}/g;
/** Keys under which documents keep their messages. */
const messageKeys = ['messages', 'prompt', 'chat', 'template', 'conversation'];
const exampleKeys = ['examples', 'few_shot_examples', 'few_shots', 'shots'];

/** Messages of a parsed document, as a list of `{role, content}` at its top or under one of the usual keys; null for none. */
export function messagesOf(document: JsonValue): readonly PromptMessage[] | null {
  const own = readMessages(document);
  if (own !== null || !isJsonObject(document)) return own;
  for (const key of messageKeys) {
    const found = readMessages(document[key]);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Messages of a text, each after a line with its role (`system:`, `# user:`); null for a text without such lines. The words
 * of a message may stand in that line if the text begins with a system message, or with any where others follow.
 */
export function messagesInText(text: string): readonly PromptMessage[] | null {
  const markers = [...text.matchAll(marker), ...inlineMarkers(text), ...text.matchAll(dotpromptMarker)].sort(
    (left, right) => left.index - right.index,
  );
  if (markers.length === 0) return null;
  return markers.map((found, place) => ({
    role: roleOf(found[1] ?? ''),
    text: text.slice(found.index + found[0].length, markers[place + 1]?.index ?? text.length).trim(),
  }));
}

/** A line of prose may begin like a role, so that the text must begin with a role and have more to say for it. */
function inlineMarkers(text: string): RegExpExecArray[] {
  const found = [...text.matchAll(inlineMarker)];
  const roles = [...found, ...text.matchAll(marker)].sort((left, right) => left.index - right.index);
  const [first] = roles;
  if (first === undefined || text.slice(0, first.index).trim() !== '') return [];
  const distinct = new Set(roles.map((role) => roleOf(role[1] ?? '')));
  return distinct.size > 1 || ['system', 'developer'].some((role) => distinct.has(role)) ? found : [];
}

/** Answers that are shown before the question that counts, and entries of a list of examples. */
export function countExamples(messages: readonly PromptMessage[], document: JsonValue): number {
  const shown = messages.slice(0, -1).filter(({ role }) => role === 'assistant').length;
  const listed = isJsonObject(document)
    ? exampleKeys
        .map((key) => document[key])
        .reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0)
    : 0;
  return shown + listed;
}

function readMessages(value: JsonValue | undefined): readonly PromptMessage[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const messages: PromptMessage[] = [];
  for (const entry of value as readonly JsonValue[]) {
    const message = readMessage(entry);
    if (message === null) return null;
    messages.push(message);
  }
  return messages;
}

/** `{role, content}`, or LangChain's pair of both. */
function readMessage(entry: JsonValue): PromptMessage | null {
  if (Array.isArray(entry)) {
    const [role, content] = entry as readonly JsonValue[];
    return typeof role === 'string' && typeof content === 'string' ? { role: roleOf(role), text: content } : null;
  }
  if (!isJsonObject(entry)) return null;
  const { role, content } = entry;
  return typeof role === 'string' ? { role: roleOf(role), text: textOf(content ?? null) } : null;
}

/** Content is text, or a list of parts of which those of text count. */
function textOf(content: JsonValue): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const parts = content as readonly JsonValue[];
  return parts.map((part) => (isJsonObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('\n');
}

function roleOf(written: string): string {
  const role = written.trim().toLowerCase();
  return { human: 'user', ai: 'assistant', model: 'assistant', function: 'tool' }[role] ?? role;
}
