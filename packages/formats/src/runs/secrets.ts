import type { JsonObject, JsonValue } from '@weighbridge/core';
import { isJsonObject } from '../documents/strict-json.js';

/** Words for what opens doors, as a word of a name: `hf_token`, `db.password`, `authToken`. */
const secretWords =
  '(?:api[_-]?key|access[_-]?key|private[_-]?key|secret|password|passwd|passphrase|credentials?|token|auth)';
const secretName = new RegExp(`(?:^|[_.\\-/ ])${secretWords}(?:$|[_.\\-/ ])`, 'i');

/** Keys and tokens of common services, and addresses with a password, wherever they stand. */
const secretText =
  /\b(?:sk-[\w-]{16,}|gh[oprsu]_\w{20,}|github_pat_\w{20,}|hf_\w{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\w-]{10,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+)|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/@:]+:[^\s/@]+@/;

/** Tokens that a tokenizer has, and that are no secrets. */
const specialToken =
  /(?:^|[_.\-/ ])(?:pad|eos|bos|unk|sep|cls|mask|eot|stop|start|image|prefix|suffix|middle|special)[_-]?token$/i;

/** A flag with the word that follows it, or a name with what is assigned to it. */
const argument = /(?<=^|\s)(?:(--?[\w.-]+)(=|\s+(?!-))|([\w.-]+)(=))("[^"]*"|'[^']*'|\S+)/g;

/** Stands where a value is not kept. */
export const withheld = '(withheld)';

/**
 * Whether a member is, or holds anywhere inside, what looks like a key, a token or a password: by its name where it is
 * text, and by its text.
 */
export function isSecret(key: string, value: JsonValue): boolean {
  if (typeof value === 'string') return isSecretName(key) || secretText.test(value);
  if (Array.isArray(value)) return value.some((each: JsonValue) => isSecret(typeof each === 'string' ? key : '', each));
  if (!isJsonObject(value)) return false;
  // Services wrap values: the name outside is that of what is inside.
  return Object.entries(value).some(([name, each]) => isSecret(name === 'value' ? key : name, each));
}

/** The members with those withheld that are secrets. */
export function withheldMembers(members: JsonObject): JsonObject {
  const entries = Object.entries(members);
  if (!entries.some(([key, value]) => isSecret(key, value))) return members;
  return Object.fromEntries(entries.map(([key, value]) => [key, isSecret(key, value) ? withheld : value]));
}

/** A command line without the values that its flags and assignments call secrets, and without known kinds of tokens. */
export function withoutSecrets(command: string): string {
  const named = command.replace(argument, (whole, flag: string | undefined, gap: string, name: string) =>
    isSecretName((flag ?? name).replace(/^-+/, '')) ? `${flag ?? name}${gap ?? '='}${withheld}` : whole,
  );
  const words = named.split(/(\s+)/).map((word) => (secretText.test(word) ? withheld : word));
  return words.join('');
}

/** `authToken` is read as `auth_Token`: the words of a name in camel case are words, too. */
function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return secretName.test(words) && !specialToken.test(words);
}
