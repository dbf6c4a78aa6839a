import { escapeMarkdown, oneLine } from './escape-markdown.js';

/**
 * What mends something, for Markdown. A command at its end, after `Run: `, is to be pasted and stands as code; one with a
 * backtick in it would end that, and stays text. Only for remedies of our own: code shows what it holds as it is.
 */
export function renderRemedy(remedy: string): string {
  const [words = '', command] = oneLine(remedy).split(/(?<=^|\. )Run: /);
  const told = words === '' ? '' : `${escapeMarkdown(words.trimEnd())} `;
  if (command === undefined) return told.trimEnd();
  return `${told}Run: ${command.includes('`') ? escapeMarkdown(command) : `\`${command}\``}`;
}
