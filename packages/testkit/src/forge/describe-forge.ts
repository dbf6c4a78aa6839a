import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeForgeChecks } from './describe-forge-checks.js';
import { describeForgePulls } from './describe-forge-pulls.js';
import { describeForgeReleases } from './describe-forge-releases.js';
import { describeForgeRuns } from './describe-forge-runs.js';
import { describeForgeWrites } from './describe-forge-writes.js';
import type { ForgeUnderTest } from './forge-under-test.js';

/** The contract of the forge port. Every adapter runs it, the one in memory and the one on GitHub. */
export function describeForge(name: string, openForge: () => Promise<ForgeUnderTest>): void {
  describe(`forge contract: ${name}`, () => {
    let subject: ForgeUnderTest;
    beforeEach(async () => {
      subject = await openForge();
    });
    afterEach(async () => {
      await subject.dispose();
    });
    const at = () => subject;
    describeForgePulls(at);
    describeForgeChecks(at);
    describeForgeWrites(at);
    describeForgeRuns(at);
    describeForgeReleases(at);

    test('a forge says what time it is', async () => {
      const time = await at().forge.time();
      expect(Math.abs((time ?? new Date(0)).getTime() - Date.now())).toBeLessThan(60_000);
    });
  });
}
