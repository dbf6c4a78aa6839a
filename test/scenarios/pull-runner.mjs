// Pulls a version in the built packages and ends its own process, without a chance to clean up, so many ms after it began.
import { describeFailure, openHost } from '@weighbridge/host';
import { fetchVersion } from '@weighbridge/flows';
import { openLocalFolder } from '@weighbridge/stores';

const [root, model, version, into, killAfterMs] = process.argv.slice(2);
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => key !== 'CI' && !key.startsWith('GITHUB_')),
);
const host = await openHost({
  folder: root,
  environment,
  offline: false,
  token: null,
  signingKey: null,
  progress: () => {},
});
let begun = 0;
try {
  const { files } = await fetchVersion(host.surroundings, {
    model,
    version,
    only: null,
    tensors: null,
    signed: false,
    dryRun: false,
    openFolder() {
      begun = performance.now();
      if (killAfterMs !== 'never') setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(killAfterMs));
      return openLocalFolder(into, { own: process.pid, isAlive: () => true });
    },
  });
  const outcomes = files.map(({ outcome }) => outcome);
  console.log(JSON.stringify({ outcomes, elapsedMs: performance.now() - begun }));
} catch (error) {
  console.error(describeFailure(error).code);
  process.exitCode = 1;
}
