// Loaded before the command line: counts the bytes that its process reads of one file through handles, and where the
// system tells, all bytes that the process and its children read of anything, by whichever call.
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import process, { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const watched = realpathSync(env['BENCH_READS_OF'] ?? '');
const probe = await open(fileURLToPath(import.meta.url));
const handles = Object.getPrototypeOf(probe);
await probe.close();

/** A file is known by its inode, under whatever path it is opened. */
const inode = await inodeOf(watched);
let ofFile = 0;

const { read, readFile } = handles;
handles.read = async function (...asked) {
  const result = await read.apply(this, asked);
  if ((await this.stat()).ino === inode) ofFile += result.bytesRead;
  return result;
};
handles.readFile = async function (...asked) {
  const content = await readFile.apply(this, asked);
  if ((await this.stat()).ino === inode) ofFile += content.length;
  return content;
};

process.on('exit', () => writeFileSync(env['BENCH_READS_TO'] ?? '', JSON.stringify({ ofFile, inAll: readInAll() })));

/** Null on systems that do not count it. */
function readInAll() {
  const counters = '/proc/self/io';
  if (!existsSync(counters)) return null;
  return Number(/^rchar: (\d+)$/m.exec(readFileSync(counters, 'utf8'))?.[1]);
}

async function inodeOf(path) {
  const file = await open(path);
  try {
    return (await file.stat()).ino;
  } finally {
    await file.close();
  }
}
