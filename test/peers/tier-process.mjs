// One run of `store tier` in a repository: `node tier-process.mjs <root>`. Says `begins` before it, to be killed in it.
import { commands, runCommand } from '@weighbridge/host';

const [root] = process.argv.slice(2);
const command = commands.find(({ spec }) => spec.name === 'store tier');
console.log('begins');
const { json } = await runCommand({
  command,
  texts: new Map(),
  environment: process.env,
  folder: root,
  progress: () => {},
});
console.log(JSON.stringify(json));
