import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommandLine } from 'weighbridge';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from './governed-repository.js';

describe('long work, as the command line shows it', () => {
  let repository: GovernedRepository;
  beforeEach(async () => {
    repository = await makeGovernedRepository();
    await repository.write(`${folder}/model.safetensors`, weights(1, [1500, 1000]));
    repository.commit('Larger weights');
    for (const name of ['CI', 'NO_COLOR', 'GITHUB_ACTIONS', 'TERM']) vi.stubEnv(name, '');
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await repository.dispose();
  });

  /** Runs words with a clock that goes on by so much at each look, and answers what stderr was given. */
  const run = async (words: readonly string[], stream: { readonly isTTY: boolean }, stepMs: number) => {
    let written = '';
    let nowMs = Date.now();
    const clock = { now: () => new Date((nowMs += stepMs)) };
    const stderr = { ...stream, columns: 90, write: (text: string) => (written += text) };
    expect(await runCommandLine([...words, '-C', repository.root], { stderr, clock })).toBe(0);
    return written;
  };

  it('a bar while files are stored and fetched, which leaves nothing behind', async () => {
    const storing = await run(['register'], { isTTY: true }, 400);
    expect(storing).toMatch(/\r\u001b\[K…?\S* ?\S*model\.safetensors.* 6\.0 MB/);
    expect(storing.endsWith('\r\u001b[K')).toBe(true);
    const into = join(repository.root, '..', `${repository.built.root.split('/').at(-1)}-pulled`);
    const fetching = await run(['pull', 'fraud@1.0.0', '--into', into], { isTTY: true }, 400);
    await rm(into, { recursive: true });
    expect(fetching).toMatch(/\r\u001b\[KFetching.* of 1 file  \S+ \S+ of 6\.0 MB/);
    expect(fetching.endsWith('\r\u001b[K')).toBe(true);
  });

  it('lines where nobody looks at a terminal, and none for what is quick', async () => {
    expect(await run(['store', 'push'], { isTTY: false }, 1)).not.toContain('Storing');
    await repository.write(`${folder}/model.safetensors`, weights(2, [1500, 1000]));
    const lines = await run(['store', 'push'], { isTTY: false }, 3000);
    expect(lines).toMatch(/^Storing models\/fraud\/model\.safetensors: .* of 6\.0 MB, .*\/s, about .* left$/m);
    expect(lines).not.toContain('\r');
  });
});
