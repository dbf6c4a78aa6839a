import { parseModelName } from '@weighbridge/core';
import {
  evidenceFor,
  memoryLedger,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  transitionedEvent,
} from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import type { LedgerEvent } from '../event.js';
import { combineGroups } from './combine.js';
import { prepareGroup } from './prepare.js';
import type { LogSource } from './source.js';
import { readTip } from './tip.js';

const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [], signer: null };
const group = (...events: readonly LedgerEvent[]) => prepareGroup(events, evidenceFor(...events), trust);
const nowhere = (model: string) => transitionedEvent(model, '1.0.0', { to: 'nowhere' });

test('a group that is refused leaves nothing behind for those after it', async () => {
  const ledger = memoryLedger();
  const begin = [policyEvent(), registeredEvent('fraud', '1.0.0')];
  await ledger.append(begin, evidenceFor(...begin));
  const source: LogSource = { read: ledger.files, has: async () => new Set(), measure: async () => new Map() };
  const two = registeredEvent('fraud', '2.0.0');
  const churn = registeredEvent('churn', '1.0.0');
  const groups = [
    group(registeredEvent('fraud', '1.1.0')),
    group(policyEvent(['a', 'b']), two, nowhere('fraud')),
    group(churn, nowhere('churn')),
    group(two),
    group(registeredEvent('fraud', '1.1.0')),
  ];
  const { outcomes, appended, changed, names, evidence, policy, shards } = await combineGroups(
    source,
    await readTip(source, trust),
    groups,
    trust,
  );
  expect([...outcomes.values()].map(({ outcome }) => outcome)).toEqual(['taken', 'illegal', 'illegal', 'taken']);
  expect(outcomes.get(groups[3]?.name ?? '')).toMatchObject({ indices: new Map([[two.id, 3]]), appended: 1 });
  expect(appended.map(({ entry }) => entry.event.version)).toEqual(['1.1.0', '2.0.0']);
  const fraud = changed.get(parseModelName('fraud'));
  expect(fraud?.versions.map(({ version, entry }) => [version, entry])).toEqual([
    ['1.0.0', 1],
    ['1.1.0', 2],
    ['2.0.0', 3],
  ]);
  expect([...changed.keys()]).toEqual(['fraud']);
  expect(names).toBeNull();
  expect(evidence.size).toBe(2);
  expect(policy?.entry).toBe(0);
  expect([...shards.values()].flatMap((shard) => [...shard.keys()])).not.toContain(churn.id);
});
