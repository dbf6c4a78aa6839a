import type { Version } from '@weighbridge/core';
import type { DesiredPointers, LedgerEvent } from '@weighbridge/ledger';
import type { Stages } from '@weighbridge/manifest';
import { eventContext, makeEvent } from '../events.js';
import type { Applying } from './applying.js';

/**
 * The entries that bring aliases to where stages.yaml asks for them; an alias that goes from the file goes from the
 * ledger. No gate judges an alias; one that is held, or names a version which is not registered, is left alone.
 * `settled` is what counts as applied from now on; null where nothing changed.
 */
export function planAliases(
  { surroundings, catalogue, model, tip }: Pick<Applying, 'surroundings' | 'catalogue' | 'model' | 'tip'>,
  desired: Stages,
  held: ReadonlyMap<string, string>,
): { readonly events: readonly LedgerEvent[]; readonly settled: DesiredPointers | null } {
  const last: DesiredPointers = catalogue.applied?.aliases ?? {};
  const settled: Record<string, Version | null> = { ...last };
  const events: LedgerEvent[] = [];
  const context = eventContext(surroundings, { commit: tip, justification: null, time: surroundings.clock.now() });
  for (const alias of [...new Set([...Object.keys(last), ...Object.keys(desired.aliases)])].sort()) {
    const wanted = desired.aliases[alias] ?? null;
    if (wanted === (last[alias] ?? null) || held.has(alias)) continue;
    const version =
      wanted === null ? null : (catalogue.versions.find((known) => known.version === wanted)?.version ?? null);
    if (wanted !== null && version === null) continue;
    const current = catalogue.aliases[alias] ?? null;
    if (version === null) delete settled[alias];
    else settled[alias] = version;
    if (version === current) continue;
    const named = version ?? current;
    if (named === null) continue;
    events.push(
      makeEvent(surroundings.sha256, {
        type: 'aliased',
        model: model.manifest.name,
        version: named,
        context,
        body: { alias, replaces: current, removed: version === null },
        occasion: catalogue.entries,
      }),
    );
  }
  const changed = Object.keys({ ...last, ...settled }).some(
    (alias) => (last[alias] ?? null) !== (settled[alias] ?? null),
  );
  return { events, settled: changed ? settled : null };
}
