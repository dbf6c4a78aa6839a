// Collects again and again until it is killed: `node retention-process.mjs <repository>`.
import { commands, runCommand } from '@weighbridge/host';

const [folder] = process.argv.slice(2);
const command = commands.find(({ spec }) => spec.name === 'store collect');
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => key !== 'CI' && !key.startsWith('GITHUB_')),
);
console.log('begins');
for (;;) {
  const { json } = await runCommand({ command, texts: new Map(), environment, folder, progress: () => {} });
  console.log(`${json.phase} ${json.released.length}`);
}
