import { type JsonObject, type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { parseStrictJson } from '../documents/strict-json.js';
import { type ProtoField, protoMessages, protoNumber, protoText, readProtoFields } from './proto-fields.js';

/** The log of a run above this is not read: it is in memory at once. */
export const maxWandbLogBytes = 64 * 1024 * 1024;

/** What the log of an offline run tells, in the words of the files that an online run leaves. */
export interface WandbLog {
  /** `entity/project/run`, as far as they are written; null without a run. */
  readonly run: { readonly entity: string | null; readonly project: string | null; readonly id: string } | null;
  readonly config: JsonObject;
  readonly summary: JsonObject;
  readonly metadata: JsonObject;
}

const blockBytes = 32 * 1024;
const headerBytes = 7;
/** `:W&B`, the number 0xBEE1, and version 0. */
const fileHeader = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];

/** Field numbers of `Record` and its members (wandb/proto/wandb_internal.proto of wandb 0.31.0). */
const record = { history: 2, summary: 3, config: 5, run: 17, exit: 18, environment: 26 } as const;

/**
 * Reads `run-<id>.wandb`, which an offline run leaves instead of files: records of protocol buffers in the log format of
 * LevelDB (doc/log_format.md there). The end of a run that was broken off is left out. Null for what is no such log.
 */
export function parseWandbLog(bytes: Uint8Array): WandbLog | null {
  if (fileHeader.some((byte, place) => bytes[place] !== byte)) return null;
  const config: Record<string, JsonValue> = {};
  const summary: Record<string, JsonValue> = {};
  const metadata: Record<string, JsonValue> = {};
  let run: WandbLog['run'] = null;
  for (const payload of logRecords(bytes)) {
    const fields = readProtoFields(payload) ?? [];
    for (const item of protoMessages(fields, record.config)) applyItems(config, item);
    for (const item of protoMessages(fields, record.summary)) applyItems(summary, item);
    // The server makes the summary out of the history; offline, nobody has done so yet.
    for (const item of protoMessages(fields, record.history)) applyItems(summary, item);
    for (const each of protoMessages(fields, record.run)) {
      const id = protoText(each, 1);
      if (id !== null) run = { id, entity: protoText(each, 2), project: protoText(each, 3) };
      for (const item of protoMessages(each, 4)) applyItems(config, item);
      applyGit(metadata, each, 21);
    }
    for (const each of protoMessages(fields, record.environment)) applyEnvironment(metadata, each);
    for (const each of protoMessages(fields, record.exit)) {
      const runtime = protoNumber(each, 2);
      if (runtime !== null) summary['_runtime'] = runtime;
    }
  }
  return { run, config, summary, metadata };
}

function* logRecords(bytes: Uint8Array): Generator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let position = fileHeader.length;
  while (position + headerBytes <= bytes.length) {
    const left = blockBytes - (position % blockBytes);
    if (left < headerBytes) {
      position += left;
      continue;
    }
    const length = (bytes[position + 4] ?? 0) + (bytes[position + 5] ?? 0) * 256;
    const type = bytes[position + 6];
    const end = position + headerBytes + length;
    if (end > bytes.length) return;
    const part = bytes.subarray(position + headerBytes, end);
    position = end;
    if (type === 1) yield part;
    if (type === 2) parts = [part];
    if (type === 3 || type === 4) parts.push(part);
    if (type === 4) yield joined(parts);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Items of configuration, summary and history alike: a key, or the steps of a nested one, and a value in JSON. */
function applyItems(into: Record<string, JsonValue>, fields: readonly ProtoField[]): void {
  for (const item of protoMessages(fields, 1)) {
    const nested = item.flatMap(({ number, value }) =>
      number === 2 && value instanceof Uint8Array ? [new TextDecoder('utf-8').decode(value)] : [],
    );
    const key = protoText(item, 1) ?? nested.join('.');
    const value = jsonOf(protoText(item, 16));
    if (key !== '' && key !== '__proto__' && value !== undefined) into[key] = value;
  }
}

function jsonOf(text: string | null): JsonValue | undefined {
  if (text === null) return undefined;
  try {
    return parseStrictJson(text, { nonFinite: 'keep-as-text' });
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return undefined;
    throw error;
  }
}

function applyEnvironment(into: Record<string, JsonValue>, fields: readonly ProtoField[]): void {
  const texts = { os: 1, python: 2, program: 6, gpu: 18 } as const;
  for (const [key, number] of Object.entries(texts)) {
    const text = protoText(fields, number);
    if (text !== null && text !== '') into[key] = text;
  }
  for (const [key, number] of Object.entries({ cpu_count: 16, gpu_count: 19 })) {
    const count = protoNumber(fields, number);
    if (count !== null) into[key] = count;
  }
  const seconds = protoMessages(fields, 3).flatMap((time) => protoNumber(time, 1) ?? [])[0];
  if (seconds !== undefined && seconds < 8.64e12) into['startedAt'] = new Date(seconds * 1000).toISOString();
  applyGit(into, fields, 9);
}

function applyGit(into: Record<string, JsonValue>, fields: readonly ProtoField[], number: number): void {
  for (const git of protoMessages(fields, number)) {
    const commit = protoText(git, 2);
    if (commit !== null && commit !== '') into['git'] = { commit };
  }
}
