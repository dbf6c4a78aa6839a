import type { ErrorCode as YamlCode } from 'yaml';
import { showText } from './quoting.js';

/** What a syntax error of the YAML reader means to somebody who does not know its grammar; null where its own text is best. */
const reasons: Partial<Record<YamlCode, string>> = {
  BAD_ALIAS: 'an alias or anchor without a name',
  BAD_DQ_ESCAPE: 'an unknown escape in a text in double quotes; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'this line is not indented like its neighbours',
  BAD_SCALAR_START: 'text cannot start with this character unless it is in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " or a list on the line of a key; put text that contains ": " in quotes',
  BLOCK_IN_FLOW: 'an indented map or list inside [ ] or { }',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters',
  MULTILINE_IMPLICIT_KEY: 'a key that goes over several lines, or a line without ": "',
  NON_STRING_KEY: 'a key that is not text',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply',
};

/** One clause without a full stop. */
export function explainSyntax(code: YamlCode, message: string): string {
  if (message === 'Implicit map keys need to be followed by map values') return 'a line without ": " after its key';
  if (message.startsWith('Flow map')) return 'a { before this place is not closed';
  if (message.startsWith('Flow sequence')) return 'a [ before this place is not closed';
  if (message.startsWith('Missing closing')) return 'a text in quotes that is not closed';
  const own = reasons[code];
  if (own !== undefined) return own;
  const bare = showText(message.replace(/\.$/, ''));
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}
