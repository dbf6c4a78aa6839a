import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, symlink, writeFile, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { weighbridgeError } from '@weighbridge/core';

const run = promisify(execFile);
const gitTimeoutMs = 60_000;

/** The demo's repository on disk. */
export class DemoWorkspace {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async write(path: string, text: string): Promise<void> {
    const target = join(this.root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  async copy(from: string, path: string): Promise<void> {
    const target = join(this.root, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(from, target);
  }

  async git(...words: readonly string[]): Promise<string> {
    const { stdout } = await run('git', ['-c', 'core.autocrlf=false', '-c', 'commit.gpgsign=false', ...words], {
      cwd: this.root,
      timeout: gitTimeoutMs,
    });
    return stdout.trim();
  }

  async commit(message: string): Promise<void> {
    await this.git('add', '-A');
    await this.git('commit', '--quiet', '-m', message);
  }
}

/** A new repository in an empty folder, with a committer of its own. @throws host/demo-folder */
export async function makeWorkspace(folder: string | null): Promise<DemoWorkspace> {
  const root = folder === null ? await mkdtemp(join(tmpdir(), 'weighbridge-demo-')) : resolve(folder);
  await mkdir(root, { recursive: true });
  if ((await readdir(root)).length > 0) throw weighbridgeError('host/demo-folder', { path: root });
  const workspace = new DemoWorkspace(root);
  await workspace.git('init', '--quiet', '-b', 'main');
  await workspace.git('config', 'user.name', 'Alice');
  await workspace.git('config', 'user.email', 'alice@example.com');
  await workspace.write('.gitignore', 'node_modules/\n.weighbridge/\n');
  await linkCommand(root);
  return workspace;
}

/** The three real releases of one real model. @throws host/demo-models */
export async function findModels(): Promise<Readonly<Record<'legacy' | 'v5' | 'v6', string>>> {
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(require.resolve('@ricky0123/vad-web'));
    const file = (release: string) => join(folder, `silero_vad_${release}.onnx`);
    return { legacy: file('legacy'), v5: file('v5'), v6: file('v6') };
  } catch (cause) {
    throw weighbridgeError('host/demo-models', {}, { cause });
  }
}

/** Makes `npx weighbridge` work in the demo's folder, with the program that runs now. */
async function linkCommand(root: string): Promise<void> {
  const program = process.argv[1] ?? fileURLToPath(import.meta.url);
  const bin = join(root, 'node_modules', '.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(root, 'package.json'), '{ "private": true }\n');
  if (process.platform === 'win32') {
    await writeFile(join(bin, 'weighbridge.cmd'), `@node ${JSON.stringify(program)} %*\r\n`);
    return;
  }
  await chmod(program, 0o755);
  await symlink(program, join(bin, 'weighbridge'));
}
