import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { hermeticGitEnvironment } from '@weighbridge/testkit';
import { spawnProgram } from '../harness/spawn-program.js';

/** What actions/checkout does in a fresh workspace, with depth 1, no tags and no token left behind. */
export async function checkOut(where: {
  readonly under: string;
  readonly server: string;
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  readonly token: string;
}): Promise<string> {
  const { under, server, repository, ref, sha, token } = where;
  const root = await mkdtemp(join(under, 'workspace-'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: under, ...hermeticGitEnvironment };
  // The server answers from this very process, so that nothing here may wait for git without letting go.
  const git = async (...args: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await spawnProgram('git', args, { cwd: root, env });
    if (exitCode !== 0) throw new Error(`git ${args[0]} ended with ${exitCode}: ${stderr}`);
  };
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  const local = branch === undefined ? ref.replace(/^refs\//, 'refs/remotes/') : `refs/remotes/origin/${branch}`;
  await git('init', '--quiet', '-b', branch ?? 'main');
  await git('remote', 'add', 'origin', `${server}/${repository}`);
  const header = `http.${server}/.extraheader=AUTHORIZATION: basic ${basic}`;
  await git('-c', header, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', `+${sha}:${local}`);
  if (branch === undefined) await git('checkout', '--quiet', '--force', local);
  else await git('checkout', '--quiet', '--force', '-B', branch, local);
  return root;
}
