import { type ModelCatalogue, maxGroupEntries, readEvents } from '@weighbridge/ledger';
import type { Store } from '@weighbridge/ports';
import { applyPlan } from '../apply-plan.js';
import { eventContext, makeEvent } from '../events.js';
import type { Plan } from '../plan.js';
import { planPolicyEntry } from '../registry/policy-entry.js';
import type { BranchPolicy } from '../governing/policy-of-branch.js';
import { readCatalogues } from '../registry/read-catalogues.js';
import { checkSigning } from '../governing/check-writing.js';
import type { Surroundings } from '../surroundings.js';
import { type DueVersion, findDue, type SparedVersion, versionKey } from './due-versions.js';
import { measureFreed, type ReleasedSize } from './freed-bytes.js';
import { spareNamed } from './named-versions.js';

/** Versions whose time is over, and what becomes of them. */
export interface Release {
  readonly due: readonly (DueVersion & ReleasedSize)[];
  readonly spared: readonly SparedVersion[];
}

/** Which versions give up their bytes by the time `now`, by the policy of the default branch. Writes nothing. */
export async function planRelease(
  surroundings: Surroundings,
  store: Store,
  { branch: { policy }, now }: { readonly branch: BranchPolicy; readonly now: Date },
): Promise<Release> {
  if (policy.retention.versions === undefined) return { due: [], spared: [] };
  const catalogues = await readCatalogues(surroundings);
  const archivedAt = await readArchivings(surroundings, catalogues);
  const facts = { policy, archivedAt, now };
  const found = catalogues.map((catalogue) => findDue(catalogue, facts));
  const kept = found.flatMap(({ spared }) => spared);
  const over = found.flatMap(({ due }) => due);
  if (over.length === 0) return { due: [], spared: kept };
  const named = await spareNamed(surroundings, catalogues, over);
  const sizes = await measureFreed(store, catalogues, named.due);
  const due = named.due.map((each, index) => ({ ...each, ...(sizes[index] ?? { bytes: 0, freed: 0 }) }));
  return { due, spared: [...kept, ...named.spared] };
}

/**
 * Records that the bytes of versions are given up: from here on nothing points to them, and a collection may take what
 * no other version has. Whoever promoted, held or rolled back to one in the meantime was first, and this is refused.
 * @throws flow/unsigned, flow/untrusted-key, ledger/conflict, ledger/illegal
 */
export async function recordRelease(
  surroundings: Surroundings,
  branch: BranchPolicy,
  due: Release['due'],
): Promise<void> {
  if (due.length === 0) return;
  checkSigning(surroundings, branch, 'store collect');
  const context = eventContext(surroundings, {
    commit: branch.commit,
    justification: null,
    time: surroundings.clock.now(),
  });
  const before = new Map<string, number>();
  const events = due.map(({ model, version, rule, since, bytes, entries }) => {
    const earlier = before.get(model) ?? 0;
    before.set(model, earlier + 1);
    return makeEvent(surroundings.sha256, {
      type: 'bytes-released',
      model,
      version: version.version,
      context,
      body: { rule, policy: branch.policyDigest, since, bytes, entries: entries + earlier },
    });
  });
  const all = [...(await planPolicyEntry(surroundings, branch, context)), ...events];
  const groups = Array.from({ length: Math.ceil(all.length / maxGroupEntries) }, (_, index) =>
    all.slice(index * maxGroupEntries, (index + 1) * maxGroupEntries),
  );
  const plan: Plan = { effects: groups.map((group) => ({ kind: 'append', events: group, evidence: new Map() })) };
  await applyPlan(surroundings, plan);
}

/** When versions were archived: a catalogue says that they are, and the entries say when. */
export async function readArchivings(
  { ledger }: Surroundings,
  catalogues: readonly ModelCatalogue[],
): Promise<ReadonlyMap<string, string>> {
  const times = new Map<string, string>();
  if (!catalogues.some(({ versions }) => versions.some(({ archived }) => archived))) return times;
  const { size } = await ledger.head();
  for (const event of readEvents(await ledger.entries(0, size))) {
    if (event.model === null) continue;
    if (event.type === 'archived') times.set(versionKey(event.model, `${event.version}`), event.context.time);
    if (event.type === 'rolled-back') times.set(versionKey(event.model, event.body.replaces), event.context.time);
  }
  return times;
}
