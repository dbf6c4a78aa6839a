import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('what is made from declarations (actions, workflows, references) is up to date', () => {
  const check = () =>
    execFileSync(process.execPath, [join(root, 'tools', 'gen.mjs'), '--check'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(check).not.toThrow();
});
