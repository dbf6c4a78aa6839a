import { utf8 } from '@weighbridge/core';
import type { Reproduction, ReproductionCommand } from './reproduction.js';

/** Where the script works. */
export interface ScriptPlace {
  /** Address to clone from, where the script is not run in a clone that has the commit; null where there is none. */
  readonly repository: string | null;
  readonly commit: string | null;
}

/**
 * The steps as a POSIX shell script that stops at the first that fails. Every word of the record stands in
 * quotes, in comments on one line, and nowhere else: a name in a record cannot become a command. A recorded command of
 * the training is given to a shell of its own, as one word.
 */
export function formatReproductionScript(plan: Reproduction, place: ScriptPlace): string {
  const { model, version } = plan;
  const lines = [
    '#!/bin/sh',
    comment(`Makes ${model} ${version} again. Run: sh SCRIPT [FOLDER]. Made by "weighbridge reproduce --script".`),
    'set -eu',
    `folder=\${1:-${quote(`${model}-${version}-again`)}}`,
  ];
  lines.push(...formatPlace(place), 'cd -- "$folder"');
  for (const { title, commands } of plan.steps) {
    lines.push('', comment(title), `printf '%s\\n' ${quote(`== ${oneLine(title)}`)}`);
    for (const command of commands) lines.push(formatCommand(command));
  }
  if (plan.metrics.length > 0) lines.push('', comment('What was measured then, to compare with:'));
  for (const { document, metric, value, path } of plan.metrics)
    lines.push(`printf '%s\\n' ${quote(oneLine(`${document}.${metric} = ${value} (${path})`))}`);
  for (const { what, remedy } of plan.missing) {
    lines.push('', comment(`MISSING: ${what}. ${remedy}`), `printf '%s\\n' ${quote(oneLine(`missing: ${what}`))} >&2`);
  }
  return `${lines.join('\n')}\n`;
}

/** A further work tree of the clone that has the commit: a store in a folder of that clone stays in reach. */
function formatPlace({ repository, commit }: ScriptPlace): readonly string[] {
  const clone = repository === null ? null : `git clone --quiet -- ${quote(repository)} "$folder"`;
  if (commit === null) return clone === null ? [] : [clone];
  const tree = `git worktree add --quiet --detach -- "$folder" ${quote(commit)}`;
  if (clone === null) return [tree];
  const isAtHand = `git cat-file -e ${quote(`${commit}^{commit}`)} 2>/dev/null`;
  return [`if ${isAtHand}; then ${tree}`, `else ${clone}`, 'fi'];
}

/** One command as a line of a shell. */
export function formatCommand(command: ReproductionCommand): string {
  switch (command.kind) {
    case 'program':
      return command.words.map(quoteWhereNeeded).join(' ');
    case 'sha256':
      return `printf '%s  %s\\n' ${quote(command.hex)} ${quote(command.path)} | sha256sum --check --quiet -`;
    case 'recorded':
      return `sh -c ${quote(command.text)}`;
  }
}

/**
 * A word that a shell takes as it is, whatever stands in it. Line ends and tabs stand as they are, so that a command of
 * many lines can be read; other control characters and marks that reverse text, which a terminal would obey where the
 * script is only looked at, are made by `printf` from their bytes, in every POSIX shell alike.
 */
export function quote(word: string): string {
  const parts = word.replaceAll('\0', '').split(commanding);
  return parts.map((part, place) => (place % 2 === 1 ? printed(part) : quotePlain(part))).join('') || "''";
}

/** Runs of C0 without NUL, tab and line end, of DEL and C1, line separators and marks that reverse the direction. */
const commanding = /([\u0001-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+)/;

/** Only the quote itself ends it. */
function quotePlain(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Octal escapes of the bytes in UTF-8. None is a line end, which a substitution would take away. */
function printed(text: string): string {
  const escapes = [...utf8(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  return `"$(printf '${escapes.join('')}')"`;
}

function quoteWhereNeeded(word: string): string {
  return /^[A-Za-z0-9_./:=@,+-]+$/.test(word) ? word : quote(word);
}

function comment(text: string): string {
  return `# ${oneLine(text)}`;
}

/** No sign that could end a line or move the cursor. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}
