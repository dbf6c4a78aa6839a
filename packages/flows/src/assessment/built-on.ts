import {
  type Bump,
  bumps,
  compareVersions,
  isDigest,
  isPrerelease,
  largestBump,
  type ModelName,
  type Version,
  weighbridgeError,
} from '@weighbridge/core';
import {
  type AdapterFinding,
  type BaseCandidate,
  judgeAdapter,
  nameOfBase,
  type Snapshot,
} from '@weighbridge/versioning';
import type { ModelCatalogue } from '@weighbridge/ledger';
import { readSnapshot } from '../registry/read-snapshot.js';
import type { Surroundings } from '../surroundings.js';
import type { TakenSnapshot } from '../snapshot/take-snapshot.js';

/**
 * Refuses a model that is built on what this registry does not have: a range in which no version lies, or a base that
 * its LoRA matrices do not fit. A part that is not registered at all is told by a notice until it is to be locked.
 * @throws flow/no-version-in-range, flow/part-not-registered, flow/adapter-unfit, flow/evidence-*
 */
export async function checkBuiltOn(
  surroundings: Surroundings,
  { snapshot, open }: Pick<TakenSnapshot, 'snapshot' | 'open'>,
  { locking }: { readonly locking: boolean },
): Promise<void> {
  const { model } = snapshot;
  for (const { model: part, range, known } of open) {
    if (known.length > 0) {
      const newest = known.slice(0, 5).join(', ');
      throw weighbridgeError('flow/no-version-in-range', { model, part, range, known: newest });
    }
    if (locking) throw weighbridgeError('flow/part-not-registered', { model, part, range });
  }
  if (snapshot.kind !== 'adapter') return;
  for (const base of await basesOf(surroundings, snapshot)) {
    const fit = judgeAdapter(snapshot, base);
    const wrong = fit.findings.filter(({ verdict }) => verdict === 'fail').map(sentence);
    if (wrong.length > 0)
      throw weighbridgeError('flow/adapter-unfit', { model, base: nameOfBase(base), reasons: wrong.join(' ') });
  }
}

function sentence({ because }: AdapterFinding): string {
  return because;
}

/** The versions of this registry that an adapter's base and its parts were resolved to. */
async function basesOf(surroundings: Surroundings, snapshot: Snapshot): Promise<BaseCandidate[]> {
  const wanted = new Map<string, Version>();
  const own = snapshot.base;
  if (own !== null && own.version !== null) wanted.set(own.model.replace(/^registry:/, ''), own.version);
  for (const { model, version } of snapshot.uses) if (version !== null) wanted.set(model, version);
  const bases: BaseCandidate[] = [];
  for (const [name, version] of wanted) {
    const coming = surroundings.provisional?.get(name);
    if (coming?.version === version) {
      const { identity, snapshot: content } = coming;
      if (content.kind === 'model') bases.push({ name, version, revision: null, identity, snapshot: content });
      continue;
    }
    const catalogue = await surroundings.ledger.catalogue(name as ModelName);
    const base = catalogue === null ? null : await readBaseVersion(surroundings, catalogue, version);
    if (base !== null) bases.push(base);
  }
  return bases;
}

/** A registered version as a base; null for what is no model that has layers of its own. */
export async function readBaseVersion(
  surroundings: Pick<Surroundings, 'ledger'>,
  catalogue: ModelCatalogue,
  version: Version,
): Promise<BaseCandidate | null> {
  const known = catalogue.versions.find((each) => each.version === version);
  if (known === undefined) return null;
  const snapshot = await readSnapshot(surroundings, known);
  return snapshot.kind === 'model'
    ? { name: catalogue.model, version, revision: null, identity: known.identity, snapshot }
    : null;
}

/**
 * How far the parts and the base of a model moved since its previous version, by the bumps that they were registered
 * with, or would be: before 1.0.0 the numbers alone would not tell. Those that went back to an earlier version are left out.
 */
export async function bumpsOfParts(
  { ledger, provisional }: Pick<Surroundings, 'ledger' | 'provisional'>,
  previous: Snapshot,
  candidate: Snapshot,
): Promise<Readonly<Record<string, Bump>>> {
  const before = versionsOfParts(previous);
  const found: Record<string, Bump> = {};
  for (const [name, to] of versionsOfParts(candidate)) {
    const from = before.get(name);
    if (from === undefined || compareVersions(from, to) >= 0) continue;
    const catalogue = await ledger.catalogue(name as ModelName);
    const coming = provisional?.get(name);
    const known = [...(catalogue?.versions ?? []), ...(coming === undefined ? [] : [coming])];
    const between = known.filter(
      ({ version }) =>
        !isPrerelease(version) && compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
    );
    const moved = between.map(({ bump }) => bumps.find((each) => each === bump)).filter((bump) => bump !== undefined);
    if (moved.length > 0 && moved.length === between.length) found[name] = largestBump(moved);
  }
  return found;
}

function versionsOfParts({ base, uses }: Snapshot): ReadonlyMap<string, Version> {
  const found = new Map<string, Version>();
  if (base !== null && base.version !== null) found.set(base.model.replace(/^registry:/, ''), base.version);
  for (const { model, version, range } of uses) if (version !== null && !isDigest(range)) found.set(model, version);
  return found;
}
