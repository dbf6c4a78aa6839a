import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';

/** What Weighbridge writes, and which permission of a token that takes. */
const writes = [
  { scope: 'statuses', what: 'the commit status' },
  { scope: 'pull-requests', what: 'the comment' },
  { scope: 'contents', what: 'the ledger and the tags' },
] as const;

/** Whether the token at hand suffices for what Weighbridge writes. A job that only judges needs no contents. */
export function examineToken({ setting }: DoctorFacts): readonly Finding[] {
  const id = 'token';
  if (setting === null)
    return [
      finding(
        id,
        'unknown',
        'What the token may do could not be read.',
        'Run "weighbridge doctor" with a token: export GITHUB_TOKEN, or run it as an action.',
      ),
    ];
  const given = writes.map(({ scope, what }) => ({ scope, what, level: setting.tokenPermissions[scope] ?? 'unknown' }));
  const missing = given.filter(({ level }) => level === 'none' || level === 'read');
  const unknown = given.filter(({ level }) => level === 'unknown');
  const kind = { actions: 'of this job', app: 'of an App', user: 'of a person', unknown: 'at hand' }[setting.tokenKind];
  if (missing.length > 0) {
    const because = `The token ${kind} cannot write ${missing.map(({ what, scope }) => `${what} (${scope}: write)`).join(', ')}.`;
    return [
      finding(
        id,
        'warn',
        because,
        'Under "permissions:" give each job what it writes and no more: jobs that judge statuses and pull-requests, jobs that register contents. Examine those jobs by the action with "command: doctor".',
      ),
    ];
  }
  if (unknown.length > 0)
    return [
      finding(
        id,
        'unknown',
        `Whether the token ${kind} may write ${unknown.map(({ what }) => what).join(', ')} cannot be told.`,
        `Compare "permissions:" of the jobs with ${unknown.map(({ scope }) => `${scope}: write`).join(', ')}.`,
      ),
    ];
  return [ok(id, `The token ${kind} may write the status, the comment, the ledger and the tags.`)];
}
