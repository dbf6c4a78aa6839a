// One command in a repository: `node command-process.mjs <root> <command> <inputs as JSON>`. Says in JSON what it came to,
// and the most memory that the process had.
import { commands, runCommand } from '@weighbridge/host';

let peakBytes = 0;
// What the system counts itself begins with the memory of whoever started the process.
const watching = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 5);
const [folder, name, inputs] = process.argv.slice(2);
const outcome = await runCommand({
  command: commands.find(({ spec }) => spec.name === name),
  texts: new Map(Object.entries(JSON.parse(inputs))),
  environment: process.env,
  folder,
  progress: () => {},
});
clearInterval(watching);
const { exitCode, json, notices } = outcome;
console.log(JSON.stringify({ exitCode, json, notices, peakBytes }));
