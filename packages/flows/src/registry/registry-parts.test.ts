import type { ModelName, Version } from '@weighbridge/core';
import { digestOf, evidenceFor, memoryLedger, policyEvent, registeredEvent } from '@weighbridge/testkit';
import type { Snapshot } from '@weighbridge/versioning';
import { describe, expect, it } from 'vitest';
import type { ProvisionalVersions } from '../assessment/provisional.js';
import { lockedParts, resolvePart } from './registry-parts.js';

const persona = 'persona' as ModelName;

async function ledgerOf(...versions: readonly string[]) {
  const ledger = memoryLedger();
  const events = versions.map((version) => registeredEvent('persona', version));
  await ledger.append([policyEvent(), ...events], evidenceFor(...events));
  return ledger;
}
const coming = (version: string): ProvisionalVersions =>
  new Map([
    [
      'persona',
      {
        version: version as Version,
        identity: digestOf(version),
        bump: 'patch' as const,
        snapshot: {} as Snapshot,
      },
    ],
  ]);
const resolve = async (range: string, provisional: ProvisionalVersions | null, ...versions: readonly string[]) => {
  const ledger = await ledgerOf(...versions);
  const { version } = await resolvePart({ ledger, ...(provisional === null ? {} : { provisional }) }, persona, range);
  return version;
};

describe('what a range stands for', () => {
  it('is the newest version in it', async () => {
    expect(await resolve('^1.0.0', null, '1.0.0', '1.1.0', '2.0.0')).toBe('1.1.0');
    expect(await resolve('^3.0.0', null, '1.0.0')).toBeNull();
  });

  it('is a version to come where that is the newest in it', async () => {
    expect(await resolve('*', coming('2.1.0'), '1.0.0', '2.0.0')).toBe('2.1.0');
    expect(await resolve('^1.0.0', coming('2.1.0'), '1.0.0', '2.0.0')).toBe('1.0.0');
  });

  it('is not a version to come of an older line, but for a range of that line', async () => {
    expect(await resolve('*', coming('1.0.1'), '1.0.0', '2.0.0')).toBe('2.0.0');
    expect(await resolve('^1.0.0', coming('1.0.1'), '1.0.0', '2.0.0')).toBe('1.0.1');
  });

  it('is what has an identity, registered or to come', async () => {
    const versions = ['1.0.0', '2.0.0'];
    expect(await resolve(digestOf('1.0.1'), coming('1.0.1'), ...versions)).toBe('1.0.1');
    expect(await resolve(digestOf('9.9.9'), coming('1.0.1'), ...versions)).toBeNull();
  });
});

describe('what a snapshot is locked to', () => {
  const identity = digestOf('part');
  const version = '1.0.0' as Version;
  const snapshot = (more: Partial<Snapshot>): Snapshot => ({ base: null, uses: [], ...more }) as Snapshot;

  it('are parts and a base of this registry, and nothing else', () => {
    const base = { model: 'registry:llama', revision: null, content: identity, version };
    const uses = [
      { model: persona, range: '*', version, identity },
      { model: 'index' as ModelName, range: '*', version: null, identity: null },
    ];
    expect(lockedParts(snapshot({ base, uses }))).toEqual([
      { model: 'persona', version, identity },
      { model: 'llama', version, identity },
    ]);
    expect(lockedParts(snapshot({ base: { ...base, model: 'hf://org/llama', content: null, version: null } }))).toEqual(
      [],
    );
  });
});
