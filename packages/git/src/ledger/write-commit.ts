import { invariant } from '@weighbridge/core';
import { toolIdentity } from '../repository-context.js';
import type { Session } from './session.js';

export interface CommitPlan {
  readonly parent: string | null;
  /** Files to write, or to remove where null. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  readonly message: string;
  /** RFC 3339; author and committer time. */
  readonly time: string;
}

/** Where fast-import leaves its commit until it is pushed. */
const draftRef = 'refs/weighbridge/draft';

/** Writes one commit; reads no tree but those of the folders that change. Returns its id. */
export async function writeCommit(session: Session, plan: CommitPlan): Promise<string> {
  const args = ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'];
  const { stdout } = await session.local(args, { input: formatFastImport(plan) });
  const id = stdout.toString('latin1').trim();
  invariant(/^[0-9a-f]{40,64}$/.test(id), 'fast-import did not say which commit it made');
  return id;
}

/** A stream for git fast-import: one commit on top of the parent, or a first one. */
export function formatFastImport(plan: CommitPlan): Uint8Array {
  const { name, email } = toolIdentity;
  const seconds = Math.floor(Date.parse(plan.time) / 1000);
  const parts: Uint8Array[] = [];
  const line = (text: string): void => void parts.push(Buffer.from(`${text}\n`));
  const bytes = (content: Uint8Array): void => {
    line(`data ${content.length}`);
    parts.push(content);
    line('');
  };
  line(`commit ${draftRef}`);
  line('mark :1');
  line(`committer ${name} <${email}> ${seconds} +0000`);
  bytes(Buffer.from(plan.message));
  if (plan.parent !== null) line(`from ${plan.parent}`);
  for (const [path, content] of plan.files) {
    // Paths are made by us from digits, digests and model names; nothing in them needs quoting.
    invariant(/^[A-Za-z0-9./_-]+$/.test(path), 'a path of the ledger has characters that it must not have');
    if (content === null) line(`D ${path}`);
    else {
      line(`M 100644 inline ${path}`);
      bytes(content);
    }
  }
  line('get-mark :1');
  line('done');
  return Buffer.concat(parts);
}
