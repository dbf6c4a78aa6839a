import type { Transfer } from '@weighbridge/flows';
import { describe, expect, it } from 'vitest';
import { renderBar } from './bar-progress.js';
import { groupProgress } from './group-progress.js';
import { openProgress } from './open-progress.js';

const transfer = (bytes: number, elapsedMs: number, title = 'Storing out/model.safetensors'): Transfer => ({
  title,
  files: null,
  bytes,
  sizeBytes: 4_000_000,
  elapsedMs,
});

/** What a terminal shows after all that was written: the lines, where \r and "erase to the end" are obeyed. */
function screenOf(written: string): readonly string[] {
  const lines = [''];
  let column = 0;
  for (const [piece] of written.matchAll(/\u001b\[K|[^]/gu)) {
    const line = lines.at(-1) ?? '';
    if (piece === '\n') {
      lines.push('');
      column = 0;
    } else if (piece === '\r') column = 0;
    else if (piece === '\u001b[K') lines[lines.length - 1] = line.slice(0, column);
    else {
      lines[lines.length - 1] = line.slice(0, column) + piece + line.slice(column + 1);
      column += 1;
    }
  }
  return lines;
}

function shown(environment: Record<string, string> = {}, stream: { isTTY?: boolean; columns?: number } = {}) {
  let written = '';
  let nowMs = 0;
  const terminal = { isTTY: true, columns: 100, ...stream, write: (text: string) => void (written += text) };
  const progress = openProgress(terminal, { environment, clock: { now: () => new Date(nowMs) } });
  return {
    progress,
    tell(bytes: number, elapsedMs: number) {
      nowMs = elapsedMs;
      progress.tell('a sentence', transfer(bytes, elapsedMs));
    },
    written: () => written,
    screen: () => screenOf(written),
  };
}

describe('on a terminal', () => {
  it('a bar repaints in one line, sentences stay above it, and nothing is left at the end', () => {
    const { progress, tell, screen } = shown();
    progress.tell('Reading the policy');
    tell(1_000_000, 1000);
    expect(screen()).toEqual([
      'Reading the policy',
      'Storing out/model.safetensors [####-------------]  25 %  1.0 MB of 4.0 MB  1.0 MB/s  about 3 s left',
    ]);
    tell(3_000_000, 2000);
    expect(screen()).toHaveLength(2);
    expect(screen()[1]).toContain(' 75 %');
    progress.tell('Something else');
    tell(4_000_000, 3000);
    expect(screen().slice(0, 2)).toEqual(['Reading the policy', 'Something else']);
    progress.close();
    expect(screen()).toEqual(['Reading the policy', 'Something else', '']);
  });

  it('what is quick shows no bar', () => {
    const { progress, tell, written } = shown();
    tell(4_000_000, 200);
    progress.close();
    expect(written()).toBe('');
  });

  it('fits into every width, and obeys nothing that stands in a name', () => {
    const hostile = transfer(2_000_000, 1000, `Storing ${'deep/'.repeat(30)}model\u001b[2J.bin`);
    for (let columns = 1; columns <= 250; columns++) {
      for (const each of [transfer(2_000_000, 1000), hostile, { ...hostile, files: { ended: 1, of: 3 } }]) {
        const line = renderBar(each, columns);
        expect(Array.from(line).length, line).toBeLessThanOrEqual(columns);
        expect(line).not.toContain('\u001b');
      }
    }
    expect(renderBar(hostile, 60)).toMatch(/^…\S+model\\u001b\[2J\.bin +50 %/);
    expect(renderBar({ ...transfer(0, 1000), sizeBytes: 0 }, 100)).toContain('100 %');
  });

  it.each([
    ['NO_COLOR', { NO_COLOR: '1' }, {}],
    ['CI', { CI: 'true' }, {}],
    ['a dumb terminal', { TERM: 'dumb' }, {}],
    ['a pipe', {}, { isTTY: false }],
  ])('%s gets lines, one every five seconds', (_, environment, stream) => {
    const { progress, tell, written } = shown(environment, stream);
    progress.tell('Reading\u001b[2J');
    for (let ms = 100; ms <= 12_000; ms += 100) tell(1000 * (ms / 100), ms);
    progress.close();
    expect(written()).toBe('Reading\\u001b[2J\na sentence\na sentence\n');
  });

  it.each([{ CI: '' }, { CI: 'false' }, { NO_COLOR: '' }])('%j is no reason for lines', (environment) => {
    const { tell, written } = shown(environment);
    tell(1_000_000, 1000);
    expect(written()).toContain('25 %');
  });
});

describe('in a job', () => {
  it('a transfer that takes long is a group with a line every few seconds', () => {
    const log: string[] = [];
    let nowMs = 0;
    const progress = groupProgress(
      {
        line: (text) => log.push(text),
        startGroup: (title) => log.push(`> ${title}`),
        endGroup: () => log.push('<'),
      },
      { now: () => new Date(nowMs) },
    );
    const tell = (title: string, elapsedMs: number) => {
      nowMs += 2500;
      progress.tell(`${title} at ${elapsedMs}`, transfer(1, elapsedMs, title));
    };
    progress.tell('::error::no command');
    for (const elapsedMs of [2500, 5000, 7500, 10_000]) tell('Storing a', elapsedMs);
    for (const elapsedMs of [2500, 5000]) tell('Storing b', elapsedMs);
    tell('Storing c', 2500);
    progress.tell('Done');
    tell('Storing d', 6000);
    progress.close();
    progress.close();
    expect(log).toEqual([
      '\u200b::error::no command',
      '> Storing a',
      'Storing a at 5000',
      'Storing a at 10000',
      '<',
      '> Storing b',
      'Storing b at 5000',
      '<',
      'Done',
      '> Storing d',
      'Storing d at 6000',
      '<',
    ]);
  });
});
