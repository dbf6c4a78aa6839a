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

/** How many tokens of a text there are, or may be: such as `token_limit`, `max-tokens-count`. */
const tokenMeasure =
  /(?:^|[_.\-/ ])token[_.\-/ ](?:limit|count|budget|length|len|size|window|number|num|dim|rate|ratio|dropout|weight)$/i;

/** Shorter than anything that opens a door: `--bytes-per-token 4`. */
const smallNumber = /^["']?(?:\d{1,3}|\d?\.\d{1,6})["']?$/;
const anyNumber = /^["']?\d{1,9}(?:\.\d{1,9})?["']?$/;

/** A flag with the word that follows it, or a name with what is assigned to it. */
const argument = /(?<=^|\s)(?:(--?[\w.-]+)(=|\s+(?!-))|([\w.-]+)(=))("[^"]*"|'[^']*'|\S+)/g;

/** Stands where a value is not kept. */
export const withheld = '(withheld)';

/**
 * Whether a member is, or holds anywhere inside, what looks like a key, a token or a password: by its name where it is
 * text, and by its text.
 */
export function isSecret(key: string, value: JsonValue): boolean {
  if (typeof value === 'string') return isSecretMember(key, value) || secretText.test(value);
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
  const named = command.replace(argument, (whole, flag: string | undefined, gap: string, name: string, _, value) =>
    isSecretMember((flag ?? name).replace(/^-+/, ''), String(value))
      ? `${flag ?? name}${gap ?? '='}${withheld}`
      : whole,
  );
  const words = named.split(/(\s+)/).map((word) => (secretText.test(word) ? withheld : word));
  return words.join('');
}

/**
 * A number is no token of a service where it says how many tokens there are, or is smaller than any of those.
 * `authToken` is read as `auth_Token`: the words of a name in camel case are words, too.
 */
function isSecretMember(name: string, value: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  if (!secretName.test(words) || specialToken.test(words)) return false;
  const isNumber = smallNumber.test(value) || (tokenMeasure.test(words) && anyNumber.test(value));
  return !(isNumber && opensByTokenAlone(words));
}

/** Whether nothing but `token` makes a secret of a name: `auth_token` and `token_secret` say more. */
function opensByTokenAlone(words: string): boolean {
  return !secretName.test(words.replaceAll(/(?<=^|[_.\-/ ])token(?=$|[_.\-/ ])/gi, 'x'));
}
