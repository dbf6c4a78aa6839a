// Installs the programs that the tests ask and that nobody here wrote: `npm run peers`, or some by name. Those of the
// benchmarks of stores are asked for with `npm run peers -- bench`.
// Needs Python 3.11 and Go on the machine. Everything lands below .peers/ and in the cache, nothing elsewhere.
import { runCommand, secondsSince } from './command.mjs';
import { benchPeers, peers } from './peers/catalogue.mjs';
import { cacheFolder, providePeer } from './peers/place.mjs';

const installTimeoutMs = 15 * 60_000;

async function provideGroup(group) {
  let failures = 0;
  for (const peer of group) failures += (await provide(peer)) ? 0 : 1;
  return failures;
}

async function provide(peer) {
  const startMs = performance.now();
  const say = (text) => console.log(`peers: ${peer.name.padEnd(12)} ${text}`);
  try {
    const outcome = await providePeer(peer, async (command, options) => {
      const { code, output } = await runCommand(command, { ...options, quiet: true, timeoutMs: installTimeoutMs });
      if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}\n${output}`);
    });
    say(`${outcome} (${secondsSince(startMs)})`);
    return true;
  } catch (error) {
    say(`FAILED after ${secondsSince(startMs)}: ${error.message}`);
    return false;
  }
}

const asked = process.argv.slice(2).flatMap((name) => (name === 'bench' ? benchPeers.map((peer) => peer.name) : name));
const known = [...peers, ...benchPeers];
const unknown = asked.filter((name) => !known.some((peer) => peer.name === name));
if (unknown.length > 0) {
  console.error(`peers: unknown: ${unknown.join(', ')}. Known:`);
  for (const peer of known) console.error(`  ${peer.name.padEnd(12)} ${peer.purpose}`);
  process.exit(2);
}
if (process.platform === 'win32') {
  console.error('peers: the peers run on Linux and macOS only; everything else of "npm test" runs here.');
  process.exit(2);
}

const wanted = asked.length === 0 ? peers : known.filter((peer) => asked.includes(peer.name));
console.log(`peers: ${wanted.map((peer) => peer.name).join(', ')} into ${cacheFolder()}`);
const startMs = performance.now();
const groups = [...new Set(wanted.map((peer) => peer.group))];
const failures = await Promise.all(groups.map((group) => provideGroup(wanted.filter((peer) => peer.group === group))));
const failed = failures.reduce((sum, count) => sum + count, 0);
console.log(`peers: ${wanted.length - failed} there, ${failed} failed, in ${secondsSince(startMs)}`);
process.exitCode = failed === 0 ? 0 : 1;
