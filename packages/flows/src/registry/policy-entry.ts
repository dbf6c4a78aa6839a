import { digestJson } from '@weighbridge/core';
import type { EventContext, LedgerEvent } from '@weighbridge/ledger';
import { makeEvent } from '../events.js';
import type { Governance } from '../governing/governance.js';
import { requireNoLostLedger } from './lost-ledger.js';
import type { Surroundings } from '../surroundings.js';

/**
 * The entry that begins a ledger, or tells of another policy; none when the ledger knows this policy. `newLedger`
 * begins one although something speaks of an earlier one. @throws flow/ledger-missing
 */
export async function planPolicyEntry(
  surroundings: Surroundings,
  governance: Pick<Governance, 'policy' | 'policyDigest'>,
  context: EventContext,
  { newLedger = false }: { readonly newLedger?: boolean } = {},
): Promise<LedgerEvent[]> {
  const head = await surroundings.ledger.head();
  if (head.size === 0 && !newLedger) await requireNoLostLedger(surroundings);
  const known = head.size === 0 ? null : await surroundings.ledger.policy();
  const stages = governance.policy.stages;
  if (known !== null && known.policy === governance.policyDigest) return [];
  return [
    makeEvent(surroundings.sha256, {
      type: 'policy-changed',
      model: null,
      version: null,
      context,
      body: { policy: governance.policyDigest, stages: [...stages] },
      occasion: digestJson(surroundings.sha256, known ?? { first: true }),
    }),
  ];
}
