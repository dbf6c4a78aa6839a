import { weighbridgeError } from '@weighbridge/core';
import type { BranchChecks } from '@weighbridge/ports';
import { openMemoryRepository, openMemoryWorkTree } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { relay, relayText } from '../../test/doctor-case.js';
import { glanceAtProtection } from './glance.js';

const glance = (branchChecks: (branch: string) => Promise<Omit<BranchChecks, 'branch'>>) =>
  glanceAtProtection(
    {
      workTree: openMemoryWorkTree({ committed: {} }),
      repository: openMemoryRepository({ commits: [{ files: { [relay]: relayText } }] }),
    },
    {
      address: 'github.com/acme/models',
      branchChecks: async (branch) => ({ branch, ...(await branchChecks(branch)) }),
    },
    'release',
  );
const checks = (source: string | null) => ({
  requiredChecks: [{ context: 'weighbridge', source }],
  requiredWorkflows: [],
  unknown: [],
});

it('finds the level of one branch by what is required on it and the workflows of the default branch', async () => {
  expect(await glance(async () => checks('4711'))).toMatchObject({ level: 'L3', remedy: null });
  expect(await glance(async () => checks(null))).toMatchObject({
    level: 'L2',
    because: expect.stringContaining('set by a workflow of the default branch') as string,
    remedy: expect.stringContaining('Settings > Rules > Rulesets of acme/models') as string,
  });
  expect(await glance(async () => ({ ...checks(null), requiredChecks: [] }))).toMatchObject({
    level: 'L0',
    because: 'No check of Weighbridge is required on release: a red verdict stops nobody.',
    remedy: expect.stringContaining('"include":["refs/heads/release"]') as string,
  });
});

it('does not guess where the forge refuses, and says why', async () => {
  const permission = 'contents: read';
  const refused = await glance(async () => {
    throw weighbridgeError('forge/forbidden', { action: 'read branch release', address: 'x', permission });
  });
  expect(refused).toMatchObject({ level: 'unknown', because: expect.stringContaining(permission) as string });
  await expect(
    glance(async () => {
      throw new TypeError('ours');
    }),
  ).rejects.toThrow('ours');
});
