// Judges one pull request that touches one base, in a process of its own as a job does it, and prints what it took:
// node judge-monorepo.mjs SERVER FOLDER, where SERVER is a bare repository and FOLDER an empty one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeSafetensors } from '@weighbridge/testkit';
import { judgeAssuming } from '../../packages/flows/build/index.js';
import { openGitHub } from '../../packages/forges/build/index.js';
import { delayOptimizing, openHost } from '../../packages/host/build/index.js';
import { fakeGitHub } from '../../packages/testkit/build/forge/github/index.js';
import { plainEnvironment } from './workspace.mjs';

const permissions = { contents: 'read', 'pull-requests': 'read', statuses: 'write', checks: 'read', actions: 'read' };
const [server, folder] = process.argv.slice(2);
const hub = await fakeGitHub();
try {
  const repository = hub.addRepository({ name: 'acme/models', roles: { alice: 'write' }, from: server });
  const bytes = new Uint8Array(new Float32Array(4).fill(7).buffer);
  const weights = writeSafetensors({ tensors: [{ name: 'layer.weight', dtype: 'F32', shape: [2, 2], bytes }] });
  const files = { 'models/m-0/model.safetensors': weights };
  hub.people.push(repository, { by: 'alice', branch: 'retrain', files });
  const pull = hub.people.openPull(repository, { by: 'alice', branch: 'retrain' });
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', '--depth', '1', pathToFileURL(repository.git.folder).href, clone]);
  const forge = openGitHub(hub.reach(repository, hub.actionsToken(repository, permissions)));
  const started = performance.now();
  delayOptimizing();
  const before = cpuMsWithGit();
  const { surroundings } = await openHost({
    folder: clone,
    environment: plainEnvironment(),
    offline: false,
    token: null,
    signingKey: null,
    progress: () => {},
  });
  const { models, reach } = await judgeAssuming(surroundings, forge, pull, []);
  const judgedMs = performance.now() - started;
  console.log(
    JSON.stringify({ judgedMs, cpuMs: cpuMsWithGit() - before, models: models.length, reached: reach.rows.length }),
  );
} finally {
  await hub.dispose();
}

/** User and system time of this process and of the children that ended. NaN where the system does not tell. */
function cpuMsWithGit() {
  const path = '/proc/self/stat';
  if (!existsSync(path)) return Number.NaN;
  const fields = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]) * 10, 0);
}
