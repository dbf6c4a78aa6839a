import { describe, expect, it } from 'vitest';
import { disarmCommands, showControls } from './clean-text.js';

describe('text that files smuggle in', () => {
  it('shows control characters instead of obeying them, and keeps lines and tabs', () => {
    expect(showControls('a\u001b[31mred\rb\n\tc')).toBe('a\\u001b[31mred\\u000db\n\tc');
    expect(showControls('safe\u202egnp.exe')).toBe('safe\\u202egnp.exe');
  });

  it('takes the power of commands from every line', () => {
    const disarmed = disarmCommands('fine\n::error::no\n  ::add-mask::x\n##[set-output]y\nnot :: this');
    for (const line of disarmed.split('\n')) expect(line.trimStart()).not.toMatch(/^(?:::|##\[)/);
    expect(disarmed).toContain('not :: this');
  });
});
