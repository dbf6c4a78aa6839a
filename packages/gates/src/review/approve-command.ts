/** Fewest hex digits by which a command names a commit: twelve are not found by trying. */
const commandPattern = /^\/weighbridge[ \t]+approve[ \t]+([0-9a-f]{12,64})[ \t]*(?:\r?\n|$)/;

/**
 * The commit that a comment approves, as it is written but in lower case: its first line is
 * `/weighbridge approve <commit>`, with at least twelve hex digits. Null for every other comment.
 */
export function parseApproveCommand(body: string): string | null {
  return commandPattern.exec(body.toLowerCase())?.[1] ?? null;
}
