/**
 * Text for a terminal or a log: what a file, a tag or a tensor name smuggled in (escape sequences, carriage returns,
 * other control characters, marks that reverse the direction of text) is shown as an escape instead of being obeyed.
 */
export function showControls(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Text for the log of a job, where a line that begins with `::` or `##[` would be a command to the runner. */
export function disarmCommands(text: string): string {
  return showControls(text).replaceAll(/^(\s*)(::|##\[)/gm, '$1\u200b$2');
}
