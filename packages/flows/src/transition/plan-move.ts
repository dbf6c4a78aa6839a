import { canonicalJson, type Digest, digestBytes, utf8, type VerdictNode } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import type { Approval, CatalogueVersion, LedgerEvent, ModelCatalogue } from '@weighbridge/ledger';
import type { Policy } from '@weighbridge/manifest';
import { eventContext, makeEvent } from '../events.js';
import type { Surroundings } from '../surroundings.js';

/** A move of a version into a stage that its gate permits, and on whose word. */
export interface Move {
  readonly policy: Policy;
  readonly catalogue: ModelCatalogue;
  readonly version: CatalogueVersion;
  readonly from: string | null;
  readonly to: string;
  readonly decision: Decision;
  readonly approvals: readonly Approval[];
  /** The pull request that asked for it; null when a command did. */
  readonly pull: number | null;
  readonly reason: string | null;
}

/** The entries of a move, the decision that they name, and what the stages point to afterwards. */
export interface PlannedMove {
  readonly events: readonly LedgerEvent[];
  readonly evidence: ReadonlyMap<Digest, string>;
  readonly after: ModelCatalogue['stages'];
}

/** The move itself, after the waivers that it used. Names the version that it replaces, so that only one move wins. */
export async function planMove(surroundings: Surroundings, move: Move): Promise<PlannedMove> {
  const { catalogue, version, from, to, decision } = move;
  const time = surroundings.clock.now();
  const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
  const context = eventContext(surroundings, { commit, justification: move.reason, time });
  const about = { model: catalogue.model, version: version.version, context, occasion: catalogue.entries };
  const waived = usedWaivers(move, time).map(({ gate, expires, rule, reason }) =>
    makeEvent(surroundings.sha256, {
      type: 'waived',
      ...about,
      body: { gate, identity: version.identity, expires, rule, reason, approvedBy: [] },
    }),
  );
  if (to === move.policy.stages.at(-1)) {
    // What another version has taken the place of leaves no stage any more.
    const left = from !== null && catalogue.stages[from] === version.version ? from : null;
    const archived = makeEvent(surroundings.sha256, { type: 'archived', ...about, body: { from: left } });
    return { events: [...waived, archived], evidence: new Map(), after: leaveAll(catalogue.stages, version.version) };
  }
  const text = canonicalJson(decision);
  const digest = digestBytes(surroundings.sha256, utf8(text));
  const transitioned = makeEvent(surroundings.sha256, {
    type: 'transitioned',
    ...about,
    body: {
      from,
      to,
      replaces: catalogue.stages[to] ?? null,
      identity: version.identity,
      decision: digest,
      verdict: decision.verdict,
      approvals: move.approvals,
      pull: move.pull,
    },
  });
  const after = { ...catalogue.stages, [to]: version.version };
  return { events: [...waived, transitioned], evidence: new Map([[digest, text]]), after };
}

/**
 * Waivers of the policy that carried a requirement, or lift a freeze, and that the ledger does not know yet. One that it
 * knows lifts what came before it; a later freeze asks for another line.
 */
function usedWaivers({ policy, catalogue, version, decision }: Move, time: Date): Policy['waivers'] {
  const today = time.toISOString().slice(0, 10);
  const carried = new Set(waivedIds(decision.requirements));
  if (catalogue.frozen.some((frozen) => frozen.identity === version.identity)) carried.add('freeze');
  return policy.waivers
    .filter(
      ({ model, digest, expires }) => model === catalogue.model && digest === version.identity && expires >= today,
    )
    .filter(({ gate }) => carried.has(gate))
    .filter((waiver) => !isRecorded(catalogue, version, waiver));
}

function waivedIds(nodes: readonly VerdictNode[]): string[] {
  return nodes.flatMap(({ id, verdict, children = [] }) => [
    ...(verdict === 'waived' ? [id] : []),
    ...waivedIds(children),
  ]);
}

function isRecorded(
  catalogue: ModelCatalogue,
  { identity }: CatalogueVersion,
  { gate, expires }: Policy['waivers'][number],
): boolean {
  return catalogue.waivers.some(
    (known) => known.gate === gate && known.identity === identity && known.expires === expires,
  );
}

/** An archived version leaves every stage that it holds. */
function leaveAll(stages: ModelCatalogue['stages'], version: string): ModelCatalogue['stages'] {
  return Object.fromEntries(Object.entries(stages).map(([stage, held]) => [stage, held === version ? null : held]));
}
