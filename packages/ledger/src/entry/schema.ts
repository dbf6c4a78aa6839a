import { isDigest, isModelName, isStageName, isVersion } from '@weighbridge/core';

/** Notes what is wrong with a value, as `path: what`. Says nothing when it is right. */
export type Check = (value: unknown, path: string, faults: string[]) => void;

const maxDepth = 32;
const maxItems = 65_535;

function expect(wanted: string, holds: (value: unknown) => boolean): Check {
  return (value, path, faults) => {
    if (!holds(value)) faults.push(`${path}: expected ${wanted}`);
  };
}

const ofText = (holds: (text: string) => boolean) => (value: unknown) =>
  typeof value === 'string' && isWellFormed(value) && holds(value);

/** Whether a text has no half of a surrogate pair: those have no UTF-8 and no canonical JSON. */
export function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

/** Any text up to a length. */
export const text = (maxLength: number): Check =>
  expect(
    `text of at most ${maxLength} characters`,
    ofText((value) => value.length <= maxLength),
  );
/** A name: short and not empty. */
export const word: Check = expect(
  'a name of 1 to 256 characters',
  ofText((value) => value.length > 0 && value.length <= 256),
);
export const digest: Check = expect('a digest', ofText(isDigest));
export const hex64: Check = expect(
  '64 hexadecimal digits',
  ofText((value) => /^[0-9a-f]{64}$/.test(value)),
);
/** A commit or tree: SHA-1 or SHA-256. */
export const objectId: Check = expect(
  'a git object id',
  ofText((value) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)),
);
export const version: Check = expect('a semantic version', ofText(isVersion));
export const modelName: Check = expect('a model name', ofText(isModelName));
export const stageName: Check = expect('a stage or alias name', ofText(isStageName));
export const flag: Check = expect('true or false', (value) => typeof value === 'boolean');
export const count: Check = expect('a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
export const time: Check = expect('a UTC time in whole seconds', ofText(isTime));
/** A day (its end counts) or a time. */
export const dayOrTime: Check = expect(
  'a day or a UTC time',
  ofText((value) => isTime(value) || isTime(`${value}T00:00:00Z`)),
);
export const json: Check = (value, path, faults) => checkJson(value, path, faults, 0);
export const jsonObject: Check = (value, path, faults) => {
  if (isPlainObject(value)) json(value, path, faults);
  else faults.push(`${path}: expected an object`);
};

/** RFC 3339 in UTC with whole seconds, of a day that exists. */
export function isTime(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function oneOf(words: readonly string[]): Check {
  return expect(`one of ${words.join(', ')}`, (value) => words.includes(value as string));
}

export function orNull(check: Check): Check {
  return (value, path, faults) => {
    if (value !== null) check(value, path, faults);
  };
}

export function listOf(check: Check, minItems = 0): Check {
  return (value, path, faults) => {
    if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) {
      faults.push(`${path}: expected a list of at least ${minItems}`);
      return;
    }
    for (const [index, item] of value.entries()) checkPart(check, item, faults, () => `${path}[${index}]`);
  };
}

/** A catalogue of a hundred versions has thousands of parts: where one stands is put into words when it is wrong. */
function checkPart(check: Check, part: unknown, faults: string[], pathOf: () => string): void {
  const before = faults.length;
  check(part, '', faults);
  for (let at = before; at < faults.length; at++) faults[at] = `${pathOf()}${faults[at]}`;
}

/** A member that may be absent; it is never null for that. */
export interface OptionalCheck extends Check {
  readonly isOptional: true;
}

/** Marks a member of objectOf as one that may be absent. */
export function optional(check: Check): OptionalCheck {
  const marked: Check = (value, path, faults) => check(value, path, faults);
  return Object.assign(marked, { isOptional: true as const });
}

/** The check of every member of a shape: leaving one out, or one too many, does not compile. */
export type Members<Shape> = {
  readonly [Member in keyof Shape]-?: undefined extends Shape[Member] ? OptionalCheck : Check;
};

/** An object whose members' names and values are each checked. */
export function recordOf(name: Check, item: Check): Check {
  return (value, path, faults) => {
    if (!isPlainObject(value)) {
      faults.push(`${path}: expected an object`);
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      name(key, path, faults);
      item(member, `${path}.${key.slice(0, 100)}`, faults);
    }
  };
}

/** An object with these members and no others. */
export function objectOf(members: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(members);
  return (value, path, faults) => {
    if (!isPlainObject(value)) {
      faults.push(`${path}: expected an object`);
      return;
    }
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(members, key)) faults.push(`${path}.${key.slice(0, 100)}: unknown member`);
    }
    for (const [key, check] of checks) {
      if (Object.hasOwn(value, key)) checkPart(check, value[key], faults, () => `${path}.${key}`);
      else if (!('isOptional' in check)) faults.push(`${path}.${key}: missing`);
    }
  };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkJson(value: unknown, path: string, faults: string[], depth: number): void {
  if (depth > maxDepth) faults.push(`${path}: nested more than ${maxDepth} deep`);
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) checkJson(item, `${path}[${index}]`, faults, depth + 1);
  else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__' || !isWellFormed(key)) faults.push(`${path}: a member with an impossible name`);
      checkJson(item, `${path}.${key.slice(0, 100)}`, faults, depth + 1);
    }
  } else if (!isScalar(value)) {
    faults.push(`${path}: not a JSON value`);
  }
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  return value === null || typeof value === 'boolean' || Number.isFinite(value);
}
