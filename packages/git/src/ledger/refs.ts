import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietFetch } from './objects.js';
import { serverName, type Session } from './session.js';

/** Refs of one ledger at the server. */
export interface LedgerRefs {
  /** Full name of the branch, such as `refs/heads/weighbridge`. */
  readonly branch: string;
  /** Prefix of the inbox, such as `refs/weighbridge/inbox/`. */
  readonly inbox: string;
}

/** Where the server's refs point. */
export interface ServerRefs {
  readonly tip: string | null;
  /** Commits of the inbox by group name, sorted by name. */
  readonly inbox: ReadonlyMap<string, string>;
}

/** Tries at a fetch of what was listed: between the two, refs may move. */
const maxFetchTries = 4;
/** Groups that one append looks at. More than these wait for the next. */
export const maxInboxGroups = 256;

/**
 * The default branch shares its inbox with nobody; ledgers on other branches have inboxes of their own. `remote` names
 * a remote whose branch is read as the clone fetched it last.
 */
export function refsOf(branch: string, remote: string | null = null): LedgerRefs {
  const inbox = branch === 'weighbridge' ? 'refs/weighbridge/inbox/' : `refs/weighbridge/inbox-of/${branch}/`;
  return { branch: remote === null ? `refs/heads/${branch}` : `refs/remotes/${remote}/${branch}`, inbox };
}

/** Asks the server where its refs point, and brings the tip with its trees. Two trips, one when nothing is new. */
export async function refresh(session: Session, refs: LedgerRefs, known: Set<string>): Promise<ServerRefs> {
  for (let attempt = 1; ; attempt++) {
    const listed = await listServerRefs(session, refs);
    const { tip } = listed;
    if (tip === null || known.has(tip)) return listed;
    try {
      await fetchCommits(session, [`+${tip}:${localTip}`]);
      known.add(tip);
      return listed;
    } catch (error) {
      // The branch may have moved after it was listed, on a server that gives only what refs point to.
      if (attempt === maxFetchTries || (await listServerRefs(session, refs)).tip === tip) throw error;
    }
  }
}

/**
 * Brings groups of the inbox that are not here yet. `gone` when one of them is in the inbox no more: somebody appended
 * it in the meantime.
 */
export async function fetchInbox(
  session: Session,
  refs: LedgerRefs,
  wanted: { readonly inbox: ReadonlyMap<string, string>; readonly known: Set<string> },
): Promise<'fetched' | 'gone'> {
  const missing = [...wanted.inbox].filter(([, id]) => !wanted.known.has(id));
  if (missing.length === 0) return 'fetched';
  try {
    await fetchCommits(
      session,
      missing.map(([group, id]) => `+${id}:${localInbox}${group}`),
    );
  } catch (error) {
    const now = await listServerRefs(session, refs);
    if (missing.some(([group, id]) => now.inbox.get(group) !== id)) return 'gone';
    throw error;
  }
  for (const [, id] of missing) wanted.known.add(id);
  return 'fetched';
}

async function listServerRefs(session: Session, refs: LedgerRefs): Promise<ServerRefs> {
  const { stdout } = await session.remote(['ls-remote', '--quiet', serverName, refs.branch, `${refs.inbox}*`]);
  let tip: string | null = null;
  const inbox: (readonly [string, string])[] = [];
  for (const line of stdout.toString('utf8').split('\n')) {
    const [id = '', name = ''] = line.split('\t');
    const group = name.startsWith(refs.inbox) ? name.slice(refs.inbox.length) : '';
    if (name === refs.branch) tip = id;
    else if (/^[0-9a-f]{64}$/.test(group)) inbox.push([group, id]);
  }
  return { tip, inbox: new Map(inbox.sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, maxInboxGroups)) };
}

async function fetchCommits(session: Session, specs: readonly string[]): Promise<void> {
  const args = [...quietFetch, '--force', '--depth=1', '--filter=blob:none', '--stdin', serverName];
  await session.remote(args, { input: specs.map((spec) => `${spec}\n`).join('') });
}

/** Local refs keep what was fetched known to later fetches, so that only what is new is sent. */
const localTip = 'refs/weighbridge/tip';
const localInbox = 'refs/weighbridge/inbox/';

/** Remembers our own commit as the tip that we have. */
export async function rememberTip(session: Session, commit: string): Promise<void> {
  await session.local(['update-ref', localTip, commit]);
}

/** Commits that an earlier process left in the scratch repository. */
export async function readKnown(session: Session): Promise<readonly string[]> {
  // Where git keeps refs as files, ours is one of them. Elsewhere, and before the first fetch, git is asked.
  const kept = await readFile(join(session.folder, localTip), 'utf8').catch(whenAbsent);
  if (kept !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})\n$/.test(kept)) return [kept.trimEnd()];
  const { stdout } = await session.local(['for-each-ref', '--format=%(objectname)', localTip]);
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((id) => id !== '');
}

function whenAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
  throw error;
}
