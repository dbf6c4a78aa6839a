import { weighbridgeError } from '@weighbridge/core';
import type { Forge } from '@weighbridge/ports';
import { memoryLedger, nodeSha256, openMemoryRepository, openMemoryWorkTree } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import {
  carol,
  protectionOf,
  registerText,
  relay,
  relayText,
  settingOf,
  tags,
  verifierKey,
} from '../../test/doctor-case.js';
import type { Surroundings } from '../surroundings.js';
import { examineRepository } from './examine-repository.js';

const policyText = `version: 1
mode: enforce
ledger: { branch: weighbridge, signing: required, keys: [] }
reviewers: { ml: { users: [alice, Alice, bob], teams: [acme/ml] } }
owners: [alice]
gates: { production: { reviewers: [{ from: ml, count: 2 }] } }
`;
const manifestText = 'name: fraud\nkind: prompt\nprompts: [prompt.md]\n';
const files = {
  'weighbridge.yaml': policyText,
  'models/fraud/model.yaml': manifestText,
  'models/fraud/prompt.md': 'Hello',
  'models/fraud/stages.yaml': 'staging: 1.4.0\n',
  [relay]: relayText,
  '.github/workflows/register.yml': registerText,
  '.github/workflows/notes/README.md': 'no workflow',
  'docs/CODEOWNERS': '* @acme/all\n',
};

const unasked = async (): Promise<never> => {
  throw new Error('a doctor does not ask this');
};

/** The methods that a doctor asks; any other is a mistake. */
function forgeOf(parts: Partial<Forge> = {}): Forge {
  const all = new Proxy({} as Forge, { get: (_, name) => (name === 'address' ? 'github.com/acme/models' : unasked) });
  const asked: Partial<Forge> = {
    setting: async () => settingOf(),
    protection: async (branch) =>
      protectionOf(branch === 'main' ? {} : { branch, requiredChecks: [], requiresPull: false }),
    tagProtection: async () => tags(),
    permission: async (login) => (login === 'bob' ? 'none' : 'write'),
    account: async () => null,
    team: async () => ({ state: 'read', members: [carol] }),
    ...parts,
  };
  return new Proxy(all, { get: (target, name) => asked[name as keyof Forge] ?? target[name as keyof Forge] });
}

function surroundingsOf(forge: Forge | null, checkout: Readonly<Record<string, string>> = files): Surroundings {
  return {
    workTree: openMemoryWorkTree({ committed: checkout }),
    repository: openMemoryRepository({ commits: [{ files }] }),
    ledger: memoryLedger(),
    store: null,
    forge,
    clock: { now: () => new Date(0) },
    sha256: nodeSha256,
    newHash: () => {
      throw new Error('nothing is hashed piece by piece');
    },
    actor: { kind: 'git', id: 'x', login: 'x', authenticated: 'claimed' },
    run: null,
    ci: false,
    signer: verifierKey,
    progress: () => {},
  };
}

describe('examining a repository', () => {
  it('gathers forge, files of the default branch and ledger, and tells each once', async () => {
    // What lies in the checkout is not what counts.
    const diagnosis = await examineRepository(surroundingsOf(forgeOf(), { 'weighbridge.yaml': 'version: 1\n' }));
    expect(diagnosis).toMatchObject({ schema: 1, repository: 'acme/models', protection: { level: 'L3' }, unseen: [] });
    const levels = Object.fromEntries(diagnosis.findings.map(({ id, level }) => [id, level]));
    expect(levels).toMatchObject({
      'status-required': 'ok',
      workflows: 'ok',
      mode: 'ok',
      teams: 'ok',
      roster: 'fail',
      seats: 'ok',
      drift: 'warn',
      'ledger-protected': 'ok',
      'release-tags': 'ok',
      'ledger-signed': 'ok',
      'ledger-keys': 'fail',
      'signing-key': 'ok',
      token: 'ok',
    });
    const roster = diagnosis.findings.find(({ id }) => id === 'roster');
    expect(roster?.because).toBe('No such account: bob (ml).');
    expect(diagnosis.findings.find(({ id }) => id === 'drift')?.because).toContain(
      'fraud staging: asked 1.4.0, held nothing',
    );
  });

  it('works without a forge on what the clone shows, and says what it could not see', async () => {
    const diagnosis = await examineRepository(surroundingsOf(null));
    expect(diagnosis.repository).toBeNull();
    expect(diagnosis.protection.level).toBe('unknown');
    expect(diagnosis.unseen[0]).toContain('No forge could be asked');
    const unknown = diagnosis.findings.filter(({ level }) => level === 'unknown').map(({ id }) => id);
    expect(unknown).toEqual([
      'status-required',
      'teams',
      'roster',
      'ledger-protected',
      'release-tags',
      'signing-key',
      'token',
    ]);
    expect(diagnosis.findings.find(({ id }) => id === 'check-editable')?.level).toBe('ok');
  });

  it('goes on where the forge refuses one question, with what would answer it', async () => {
    const refuse = async (): Promise<never> => {
      throw weighbridgeError('forge/forbidden', {
        action: 'read protection',
        address: 'x',
        permission: 'administration: read',
      });
    };
    const diagnosis = await examineRepository(surroundingsOf(forgeOf({ protection: refuse, team: refuse })));
    expect(diagnosis.repository).toBe('acme/models');
    expect(diagnosis.unseen).toHaveLength(3);
    expect(diagnosis.unseen[0]).toContain('administration: read');
    expect(diagnosis.findings.find(({ id }) => id === 'status-required')?.level).toBe('unknown');
  });

  it('tells what a rule of the forge hides', async () => {
    const unknown = ['who may bypass ruleset 1'];
    const diagnosis = await examineRepository(
      surroundingsOf(forgeOf({ protection: async (branch) => protectionOf({ branch, unknown }) })),
    );
    expect(diagnosis.unseen).toEqual(['main: who may bypass ruleset 1', 'weighbridge: who may bypass ruleset 1']);
  });

  it('does not hide a mistake of its own behind the forge', async () => {
    const broken = async (): Promise<never> => {
      throw new TypeError('ours');
    };
    await expect(examineRepository(surroundingsOf(forgeOf({ setting: broken })))).rejects.toThrow('ours');
  });
});
