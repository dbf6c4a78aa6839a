import { weighbridgeError } from '@weighbridge/core';
import { parseExactDecimal } from '@weighbridge/formats';
import { readTime } from '../time.js';

/** One thing that a what-if takes for given. `text` is as it was written. */
export type Assumption = { readonly text: string } & (
  | { readonly kind: 'approved-by'; readonly login: string }
  | {
      readonly kind: 'metric';
      /** `<metrics id>.<key>`, as a metric gate names it. */
      readonly metric: string;
      /** Exact decimal text. */
      readonly value: string;
      /** The slice that it speaks of; null for the whole. */
      readonly slice: { readonly column: string; readonly value: string } | null;
    }
  | { readonly kind: 'waived'; readonly gate: string }
  | { readonly kind: 'check'; readonly name: string; readonly state: 'success' | 'failure' | 'running' }
  | {
      readonly kind: 'stage';
      readonly stage: string;
      /** Since when it holds the stage; null: since the moment of the evaluation. */
      readonly since: string | null;
    }
  | { readonly kind: 'time'; readonly time: string }
);

type Kind = Assumption['kind'];

/** How each kind is written, as help and errors show it. */
const examples: Readonly<Record<Kind, string>> = {
  'approved-by': 'approved-by=alice',
  metric: 'metric=eval.accuracy:0.95, or metric=eval.accuracy[language=de]:0.95 for a slice',
  waived: 'waived=accuracy',
  check: 'check=ci / tests:success',
  stage: 'stage=staging, or stage=staging@2026-05-01T00:00:00Z',
  time: 'time=2026-12-01T09:00:00Z',
};

const maxLength = 500;

/**
 * Reads `approved-by=alice`, `metric=eval.accuracy:0.95`, `waived=accuracy`, `check=ci / tests:success`,
 * `stage=staging` or `time=2026-12-01T09:00:00Z`.
 * @throws gates/assumption
 */
export function parseAssumption(text: string): Assumption {
  const at = text.indexOf('=');
  const [kind, rest] = at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  const isKind = Object.hasOwn(examples, kind);
  if (!isKind) refuse(text, `"${shorten(kind)}" is nothing that can be assumed`, Object.values(examples).join('; '));
  if (rest === '' || text.length > maxLength) refuse(text, 'a value was expected', examples[kind as Kind]);
  const parsed = readers[kind as Kind](rest);
  if (typeof parsed === 'string') refuse(text, parsed, examples[kind as Kind]);
  return { text, ...parsed };
}

function refuse(text: string, reason: string, example: string): never {
  throw weighbridgeError('gates/assumption', { found: shorten(text), reason, example });
}

function shorten(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 80);
}

/** An assumption without its text; a text says why it is none. */
type Read = WithoutText<Assumption> | string;
type WithoutText<One> = One extends unknown ? Omit<One, 'text'> : never;

const readers: Readonly<Record<Kind, (rest: string) => Read>> = {
  'approved-by': (rest) => {
    const login = rest.replace(/^@/, '');
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/.test(login)) return `"${shorten(rest)}" is no login`;
    return { kind: 'approved-by', login };
  },
  metric: readMetric,
  waived: (rest) => ({ kind: 'waived', gate: rest }),
  check: (rest) => {
    const at = rest.lastIndexOf(':');
    const [name, state] = [rest.slice(0, Math.max(at, 0)).trim(), rest.slice(at + 1).trim()];
    if (name === '') return 'a check and its state were expected';
    if (state !== 'success' && state !== 'failure' && state !== 'running') {
      return `"${shorten(state)}" is none of success, failure and running`;
    }
    return { kind: 'check', name, state };
  },
  stage: (rest) => {
    const [stage = '', since = null] = rest.split('@');
    if (since !== null && readTime(since) === null) return `"${shorten(since)}" is no time`;
    return { kind: 'stage', stage, since };
  },
  time: (rest) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(rest) ? `${rest}T00:00:00Z` : rest;
    return readTime(time) === null ? `"${shorten(rest)}" is no date or time` : { kind: 'time', time };
  },
};

function readMetric(rest: string): Read {
  const at = rest.lastIndexOf(':');
  const value = rest.slice(at + 1).trim();
  const name = /^(?<metric>[^.\s]+\.[^[\]]+?)(?:\[(?<column>[^=\]]+)=(?<slice>[^\]]+)\])?$/.exec(
    rest.slice(0, Math.max(at, 0)).trim(),
  )?.groups;
  if (name === undefined) return 'a metric and its value were expected';
  if (parseExactDecimal(value) === null) return `"${shorten(value)}" is no number`;
  const { metric = '', column, slice } = name;
  const only = column === undefined || slice === undefined ? null : { column, value: slice };
  return { kind: 'metric', metric, value, slice: only };
}
