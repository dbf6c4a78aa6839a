import type { Digest } from '@weighbridge/core';
import type { GateRequest } from './request.js';

/** `fraud 1.4.0`, or `fraud` where there is no version yet. */
export function nameCandidate(request: GateRequest): string {
  return request.version === null ? request.model : `${request.model} ${request.version}`;
}

/** `fraud@1.4.0` as commands take it; the identity where there is no version yet. */
export function addressCandidate(request: GateRequest, identity: Digest): string {
  return `${request.model}@${request.version ?? identity}`;
}

/** `the policy owners (alice, @acme/ml)`. */
export function nameOwners(request: GateRequest): string {
  const { owners } = request.policy;
  return owners.length === 0 ? 'the owners of weighbridge.yaml' : `the policy owners (${owners.join(', ')})`;
}

/** How an exception is made, as the last way out. */
export function offerWaiver(request: GateRequest, gate: string, identity: Digest): string {
  return `or ask ${nameOwners(request)} to merge a waiver for gate ${gate}, model ${request.model}, digest ${identity}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/**
 * The two largest units of a duration: `1d 2h`, `5m`, `0s`. Rounded down, as time that has passed is told; time that is
 * missing or too much is rounded `up`, so that it is never told as nothing.
 */
export function nameDuration(durationMs: number, round: 'down' | 'up' = 'down'): string {
  const first = units.findIndex(([, unitMs]) => durationMs >= unitMs);
  if (first < 0) return durationMs > 0 && round === 'up' ? '1s' : '0s';
  const [name, unitMs] = units[first] ?? units[3];
  const [nextName, nextMs] = units[first + 1] ?? [name, unitMs];
  const total = (round === 'up' ? Math.ceil : Math.floor)(durationMs / nextMs) * nextMs;
  const rest = nextMs === unitMs ? 0 : (total % unitMs) / nextMs;
  return `${Math.floor(total / unitMs)}${name}${rest === 0 ? '' : ` ${rest}${nextName}`}`;
}
