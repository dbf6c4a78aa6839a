import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localEnvironment } from './governed-repository.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const program = join(checkout, 'packages', 'cli', 'build', 'main.js');

interface DemoStep {
  readonly command: string;
  readonly exitCode: number;
  readonly json: unknown;
}

describe('the demo, as npm run demo runs it', () => {
  let folder = '';
  let said = '';
  let steps: readonly DemoStep[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-demo-test-'));
    const child = spawnSync(process.execPath, [program, 'demo', '--into', join(folder, 'demo'), '--json'], {
      encoding: 'utf8',
      env: localEnvironment(),
      maxBuffer: 64 * 1024 * 1024,
    });
    if (child.status !== 0) throw new Error(child.stderr);
    said = child.stderr;
    ({ steps } = JSON.parse(child.stdout) as { steps: readonly DemoStep[] });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const versionsOf = () =>
    steps
      .filter(({ command }) => command === 'weighbridge version')
      .map(({ json }) => {
        const { next, bump } = (json as { models: { next: string | null; bump: string }[] }).models[0] ?? {};
        return `${next} ${bump}`;
      });

  it('computes each bump from the real files', () => {
    expect(versionsOf()).toEqual(['1.0.0 initial', '2.0.0 major', '2.1.0 minor', '2.1.1 patch', 'null none']);
    expect(said).toContain('The input h of vad.onnx was removed');
    expect(said).toContain('The required input state of vad.onnx is new');
    expect(said).toContain('28 of 36 tensors differ');
    expect(said).toContain('threshold 0.5 -> 0.6');
  });

  it('holds the bad candidate back and says by how much', () => {
    expect(said).toContain('eval.f1 0.887 is 0.013 below the bound 0.90');
    expect(said).toContain('regressed by 0.057 against production 2.1.0 (0.944), 0.047 more than the allowed 0.01');
    expect(steps.filter(({ exitCode }) => exitCode === 1)).toHaveLength(2);
  });

  it('rolls back, and the ledger verifies and remembers', () => {
    expect(said).toContain('Rolled back production of silero-vad from 2.1.1 to 2.1.0');
    expect(steps.at(-2)?.json).toMatchObject({ findings: [], signed: true });
    expect(steps.at(-1)?.json).toMatchObject({ models: { 'silero-vad': { production: '2.1.1' } } });
  });

  it('leaves a repository in which npx weighbridge works', () => {
    const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
    const child = spawnSync(npx, ['--no-install', 'weighbridge', 'show', '--json'], {
      cwd: join(folder, 'demo'),
      encoding: 'utf8',
      env: localEnvironment(),
      shell: process.platform === 'win32',
    });
    expect(child.status, child.stderr).toBe(0);
    expect(JSON.parse(child.stdout)).toMatchObject({ models: [{ stages: { production: '2.1.0' } }] });
  });

  it('prints what the README shows of it', async () => {
    const readme = await readFile(join(checkout, 'README.md'), 'utf8');
    const shown = /<!-- demo:begin -->\n```text\n([\s\S]*?)```\n<!-- demo:end -->/.exec(readme)?.[1] ?? '';
    const lines = shown.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(said).toContain(line.replace(/…$/, ''));
  });

  it('runs the example program of the documentation on what the demo made', () => {
    const example = join(checkout, 'examples', 'register-and-promote.mjs');
    const child = spawnSync(process.execPath, [example, join(folder, 'demo'), 'silero-vad', 'staging'], {
      encoding: 'utf8',
      env: localEnvironment(),
    });
    expect(child.stdout, child.stderr).toMatch(
      /silero-vad 2\.1\.2: unchanged\nsilero-vad 2\.1\.2 -> staging: promoted/,
    );
    expect(child.status).toBe(0);
  });
});
