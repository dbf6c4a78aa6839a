// Loaded before the command line: counts the bytes that its process reads of one file, and where the system tells, all
// bytes that the process and its children read of anything, by whichever call.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import process, { env } from 'node:process';
import { fileURLToPath } from 'node:url';

/** A file is known by its inode, under whatever path it is opened. */
const { ino: inode } = fs.statSync(env['BENCH_READS_OF'] ?? '');
let ofFile = 0;
const count = (descriptor, bytes) => {
  if (bytes > 0 && fs.fstatSync(descriptor).ino === inode) ofFile += bytes;
};

const probe = await open(fileURLToPath(import.meta.url));
const handles = Object.getPrototypeOf(probe);
await probe.close();
const { read, readFile } = handles;
handles.read = async function (...asked) {
  const result = await read.apply(this, asked);
  count(this.fd, result.bytesRead);
  return result;
};
handles.readFile = async function (...asked) {
  const content = await readFile.apply(this, asked);
  count(this.fd, content.length);
  return content;
};

const byDescriptor = { read: fs.read, readSync: fs.readSync };
fs.read = (descriptor, ...asked) => {
  const told = asked.pop();
  byDescriptor.read(descriptor, ...asked, (error, bytesRead, ...rest) => {
    if (error === null) count(descriptor, bytesRead);
    told(error, bytesRead, ...rest);
  });
};
fs.readSync = (descriptor, ...asked) => {
  const bytesRead = byDescriptor.readSync(descriptor, ...asked);
  count(descriptor, bytesRead);
  return bytesRead;
};
syncBuiltinESMExports();

process.on('exit', () => fs.writeFileSync(env['BENCH_READS_TO'] ?? '', JSON.stringify({ ofFile, inAll: readInAll() })));

/** Null on systems that do not count it. */
function readInAll() {
  const counters = '/proc/self/io';
  if (!fs.existsSync(counters)) return null;
  return Number(/^rchar: (\d+)$/m.exec(fs.readFileSync(counters, 'utf8'))?.[1]);
}
