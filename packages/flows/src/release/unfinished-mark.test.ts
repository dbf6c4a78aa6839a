import { expect, test } from 'vitest';
import { unfinishedMark, withoutMark } from './unfinished-mark.js';

const tag = 'fraud@v1.0.0';
const record = `sha256:${'0'.repeat(64)}` as const;
const mark = unfinishedMark({ tag, record });

test('a mark is one line of its version and record, and taken away again', () => {
  expect(mark).toMatch(/^<!-- weighbridge:unfinished fraud@v1\.0\.0 sha256:0{64}[^\n]* -->$/);
  expect(withoutMark(`Notes\n\n${mark}`)).toBe('Notes');
  expect(withoutMark(`Above\n\n${mark}\n\nBelow`)).toBe('Above\n\nBelow');
  expect(withoutMark('Notes\n\nMore')).toBe('Notes\n\nMore');
  expect(unfinishedMark({ tag, record: `sha256:${'1'.repeat(64)}` })).not.toBe(mark);
});
