// One run of `store tier`: loads everything, says `ready`, and runs in the repository whose folder it is told in a line.
// Says `begins` before it, to be killed in it, and the outcome after it.
import { createInterface } from 'node:readline/promises';
import { commands, runCommand } from '@weighbridge/host';

const command = commands.find(({ spec }) => spec.name === 'store tier');
console.log('ready');
const lines = createInterface({ input: process.stdin });
const { value: folder } = await lines[Symbol.asyncIterator]().next();
lines.close();
console.log('begins');
const { json } = await runCommand({
  command,
  texts: new Map(),
  environment: process.env,
  folder,
  progress: () => {},
});
console.log(JSON.stringify(json));
