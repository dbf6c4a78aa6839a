import { digestHex, digestJson, type ModelName, type Sha256, type Version } from '@weighbridge/core';
import type { EventBodies, EventContext, EventType, LedgerEvent } from '@weighbridge/ledger';
import type { Commit } from '@weighbridge/ports';
import type { Surroundings } from './surroundings.js';

/** RFC 3339, UTC, whole seconds. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Who, when, where from and why: said once for all events of a flow. */
export function eventContext(
  surroundings: Surroundings,
  about: { readonly commit: Commit | null; readonly justification: string | null; readonly time: Date },
): EventContext {
  return {
    time: formatTime(about.time),
    actor: surroundings.actor,
    commit: about.commit?.id ?? null,
    tree: about.commit?.tree ?? null,
    run: surroundings.run,
    justification: about.justification,
  };
}

/**
 * Makes an event. Its id says what it means and not when it was written: a repeated run makes the same id and finds its
 * own entry. `occasion` tells apart what may rightly happen twice, such as the second promotion of one version.
 */
export function makeEvent<Type extends EventType>(
  sha256: Sha256,
  event: {
    readonly type: Type;
    readonly model: ModelName | null;
    readonly version: Version | null;
    readonly context: EventContext;
    readonly body: EventBodies[Type];
    readonly occasion?: string | number;
  },
): LedgerEvent {
  const { occasion = '', ...rest } = event;
  // A decision holds the time of its evaluation, documents tell it, and more reviews may come between two runs; what was
  // decided is in the rest of the body.
  const { decision: _decided, approvals: _counted, documents: _made, ...body } = rest.body as Record<string, unknown>;
  const meaning = { type: rest.type, model: rest.model, version: rest.version, body, occasion };
  const id = digestHex(digestJson(sha256, meaning));
  return { id, ...rest } as unknown as LedgerEvent;
}
