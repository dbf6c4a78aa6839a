import type { EventContext, LedgerEvent, ModelCatalogue } from '@weighbridge/ledger';
import type { Policy } from '@weighbridge/manifest';
import { makeEvent } from '../events.js';
import type { Surroundings } from '../surroundings.js';

type Recorded = ModelCatalogue['waivers'][number];

/**
 * Whether the policy still has a waiver that the ledger recorded: same requirement, content and end. Removing it from
 * the policy, or giving it another end, takes the recorded one back.
 */
export function isStillGranted(policy: Policy, model: string, { gate, identity, expires }: Recorded): boolean {
  return policy.waivers.some(
    (waiver) =>
      waiver.model === model && waiver.gate === gate && waiver.digest === identity && waiver.expires === expires,
  );
}

/** Recorded waivers that the policy no longer grants. What has expired ended by itself. */
export function findRevoked(policy: Policy, catalogue: ModelCatalogue, time: Date): readonly Recorded[] {
  const today = time.toISOString().slice(0, 10);
  return catalogue.waivers.filter(
    (waiver) =>
      (waiver.expires === null || waiver.expires >= today) && !isStillGranted(policy, catalogue.model, waiver),
  );
}

/** Entries that take them back, so that the ledger lets nothing through on their word either. */
export function planRevocations(
  { sha256, clock }: Pick<Surroundings, 'sha256' | 'clock'>,
  about: { readonly policy: Policy; readonly catalogue: ModelCatalogue; readonly context: EventContext },
): readonly LedgerEvent[] {
  const { policy, catalogue, context } = about;
  const revoked = findRevoked(policy, catalogue, clock.now());
  const bodies = new Map(
    revoked.map(({ gate, identity, expires }) => [`${gate} ${identity} ${expires}`, { gate, identity, expires }]),
  );
  return [...bodies.values()].map((body) =>
    makeEvent(sha256, {
      type: 'waiver-revoked',
      model: catalogue.model,
      version: null,
      context,
      body,
      occasion: catalogue.entries,
    }),
  );
}

/** The policy without waivers that a later one has not: what was taken back since holds for nothing. */
export function withoutRevoked(policy: Policy, later: Policy): Policy {
  const granted = (waiver: Policy['waivers'][number]) =>
    isStillGranted(later, waiver.model, { ...waiver, identity: waiver.digest } as unknown as Recorded);
  return { ...policy, waivers: policy.waivers.filter(granted) };
}
