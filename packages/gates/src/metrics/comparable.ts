import { canonicalJson, type JsonObject, type JsonValue } from '@weighbridge/core';
import type { MetricGate } from '@weighbridge/manifest';
import type { EvidenceFacts } from '../facts.js';

/** What is compared without being asked for, wherever both sides state it. */
const alwaysCompared = ['dataset', 'harness', 'shots', 'samples', 'unit'] as const;

/**
 * Why a candidate's and a baseline's value of one metric may not be compared; null when they may. What the policy lists
 * under `same` must be stated and equal on both sides; the rest of `alwaysCompared` must be equal where both state it.
 */
export function whyNotComparable(
  key: string,
  candidate: EvidenceFacts,
  baseline: EvidenceFacts,
  same: readonly string[],
): string | null {
  for (const word of new Set([...same, ...alwaysCompared])) {
    const [left, right] = [stated(candidate, word, key), stated(baseline, word, key)];
    if (left === null || right === null) {
      if (!same.includes(word)) continue;
      const silent =
        left === null
          ? right === null
            ? 'neither of them says'
            : 'the candidate does not say'
          : 'the baseline does not say';
      return `${word} must be the same, and ${silent} what it was`;
    }
    if (left !== right)
      return `${word} differs: ${shorten(left)} for the candidate, ${shorten(right)} for the baseline`;
  }
  return null;
}

/** Samples that an evaluation left out (a limit for trying out), as words; null when it says nothing of the kind. */
export function whyIncomplete(key: string, evidence: EvidenceFacts): string | null {
  const samples = narrow(evidence.document.context.samples, key);
  if (!isObject(samples)) return null;
  const tasks: readonly (JsonValue | undefined)[] = 'effective' in samples ? [samples] : Object.values(samples);
  for (const task of tasks.filter(isObject)) {
    const [effective, original] = [Number(task.effective), Number(task.original)];
    if (effective < original) return `only ${effective} of ${original} samples were evaluated`;
  }
  return null;
}

/** What speaks against the direction of a gate, where the document itself says which way its metric is better. */
export function whyOtherDirection(
  gate: Pick<MetricGate, 'metric' | 'direction'>,
  key: string,
  evidence: EvidenceFacts,
): string | null {
  const said = valueOfKey(evidence.document.context.direction, key);
  if ((said !== 'higher' && said !== 'lower') || said === gate.direction) return null;
  return `The document says that ${said} is better for ${gate.metric}, and the gate says ${gate.direction}`;
}

/** Canonical text of what one side states, narrowed to the metric's task; null when it states nothing. */
function stated(evidence: EvidenceFacts, word: string, key: string): string | null {
  for (const context of [evidence.document.context, evidence.context]) {
    const value = Object.hasOwn(context, word) ? narrowed(word, context[word], key) : undefined;
    if (value !== undefined && value !== null && value !== '') return canonicalJson(value);
  }
  return null;
}

/** Units are by key, and where a document names some, a metric without one has none; the rest is by task. */
function narrowed(word: string, value: JsonValue | undefined, key: string): JsonValue | undefined {
  return word === 'unit' ? valueOfKey(value, key) : narrow(value, key);
}

function valueOfKey(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (!isObject(value)) return value;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * A context by task (`{hellaswag: 0}`) is narrowed to the longest name that the metric's key begins with; for a group of
 * tasks (`mmlu`) to the tasks that are named after it (`mmlu_anatomy`). What is not by task stays whole.
 */
function narrow(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  const fitting = names.filter((task) => key === task || key.startsWith(`${task}.`));
  const longest = fitting.sort((left, right) => right.length - left.length)[0];
  if (longest !== undefined) return value[longest];
  const group = `${key.split('.')[0]}_`;
  const members = names.filter((task) => task.startsWith(group));
  return members.length === 0 ? value : Object.fromEntries(members.map((task) => [task, value[task] ?? null]));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
