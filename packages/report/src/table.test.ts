import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from './escape-markdown.js';
import { renderMarkdownTable, renderTextTable } from './table.js';

describe('tables', () => {
  it('align columns for a terminal and leave no blanks at the end', () => {
    expect(
      renderTextTable([
        ['a', 'long', ''],
        ['bbb', 'x', 'y'],
      ]),
    ).toBe('  a    long\n  bbb  x     y');
  });

  it('keep a cell in its cell, whatever it holds', () => {
    const table = renderMarkdownTable([['name'], ['a|b\n| c |'], ['<img src=x onerror=y>']]);
    expect(table.split('\n')).toHaveLength(4);
    expect(table).toContain('a\\|b');
    expect(table).not.toContain('<img');
  });

  it('make neither links, mentions nor emphasis of what users wrote', () => {
    const text = escapeMarkdown('[x](http://e) @octocat *a* `b` _c_');
    expect(text).not.toMatch(/(?<!\\)[[\]*`_]/);
    expect(text).not.toContain('@octocat');
  });
});
