import { type Digest, formatTag, parseTag, utf8, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { readAddress } from '@weighbridge/manifest';
import type { Store } from '@weighbridge/ports';
import type { OpenFile } from './reading/files.js';
import { ownStore } from './registry/own-store.js';
import { describeEffect, type Effect, type Plan, type Receipt } from './plan.js';
import { watchReading } from './progress/watch-reading.js';
import { openRemote } from './referenced/measure-remote.js';
import type { Staging } from './artifacts/staging.js';
import type { Surroundings } from './surroundings.js';

/** Jobs that take counters of one model at the same time, at most. */
const maxCounterTries = 20;

/** Called around every effect; tests end the process here. */
export type EffectObserver = (moment: {
  readonly index: number;
  readonly when: 'before' | 'after';
  readonly effect: Effect;
}) => void;

/**
 * Applies the effects in order. Each one can be repeated, so a run that was ended anywhere is finished by the next run
 * of the same command. @throws ledger/offline before the first effect
 */
export async function applyPlan(
  surroundings: Surroundings,
  plan: Plan,
  observe: EffectObserver = () => {},
  staging: Staging | null = null,
): Promise<readonly Receipt[]> {
  await requireWritable(surroundings, plan);
  const receipts: Receipt[] = [];
  for (const [index, effect] of plan.effects.entries()) {
    observe({ index, when: 'before', effect });
    receipts.push(await applyEffect(surroundings, effect, staging));
    observe({ index, when: 'after', effect });
  }
  return receipts;
}

/** Entries and tags belong to the remote that keeps the ledger: offline, none of their plan is done. */
async function requireWritable({ ledger }: Surroundings, plan: Plan): Promise<void> {
  if (!plan.effects.some(({ kind }) => kind === 'append' || kind === 'tag')) return;
  const remote = await ledger.readOnly();
  if (remote !== null) throw weighbridgeError('ledger/offline', { remote });
}

async function applyEffect(surroundings: Surroundings, effect: Effect, staging: Staging | null): Promise<Receipt> {
  const receipt = (present: boolean): Receipt => ({
    effect: effect.kind,
    outcome: present ? 'present' : 'done',
    summary: present ? `already there: ${describeEffect(effect)}` : describeEffect(effect),
  });
  switch (effect.kind) {
    case 'store':
      return receipt(await storeArtifact(surroundings, effect, staging));
    case 'append': {
      const evidence = new Map([...effect.evidence].map(([digest, text]) => [digest, utf8(text)] as const));
      const namesBytes = effect.events.some(({ type, body }) => type === 'registered' && body.store !== null);
      // Before the entry, so that no other repository takes the bytes for its own; after it where it begins the ledger.
      if (namesBytes) await ownStore(surroundings);
      const entries = await surroundings.ledger.append(effect.events, evidence);
      if (namesBytes && entries.some(({ index }) => index === 0)) await ownStore(surroundings);
      return receipt(entries.every((entry) => entry.outcome === 'present'));
    }
    case 'tag':
      return receipt((await createTag(surroundings, effect)) === 'present');
    case 'write':
      await surroundings.workTree.write(effect.path, utf8(effect.text));
      return receipt(false);
  }
}

/**
 * Counters of stage tags are shared by all stages of a model: where another job took ours, the next free one serves.
 * A version tag at another commit is an error.
 */
async function createTag(
  surroundings: Surroundings,
  effect: Extract<Effect, { kind: 'tag' }>,
): Promise<'created' | 'present'> {
  const parsed = parseTag(effect.name);
  if (parsed === null || !('counter' in parsed)) return surroundings.repository.createTag(effect);
  for (let tries = 0; ; tries++) {
    try {
      const name = formatTag({ ...parsed, counter: parsed.counter + tries });
      return await surroundings.repository.createTag({ ...effect, name });
    } catch (error) {
      const taken = error instanceof WeighbridgeError && error.code === 'git/tag-exists';
      if (!taken || tries >= maxCounterTries) throw error;
    }
  }
}

/** What is archived was verified when it was stored, and cannot be read now. */
async function verifyUnlessArchived(store: Store, digest: Digest): Promise<void> {
  try {
    await store.verify(digest);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'store/archived') throw error;
  }
}

/** True when the store had it. What was staged is there but for its name, and was verified on the way. */
async function storeArtifact(
  surroundings: Surroundings,
  effect: Extract<Effect, { kind: 'store' }>,
  staging: Staging | null,
): Promise<boolean> {
  const staged = (await staging?.commit(effect.digest)) ?? null;
  if (staged !== null) return staged === 'present';
  const store = surroundings.store;
  if (store === null) throw weighbridgeError('flow/no-store', { path: effect.path });
  if (await store.has(effect.digest)) {
    await verifyUnlessArchived(store, effect.digest);
    await store.keep(effect.digest);
    return true;
  }
  const source = await openEffect(surroundings, effect);
  if (source === null) throw weighbridgeError('flow/artifact-missing', { path: effect.path });
  try {
    return (
      (await store.put(watchReading(surroundings, source, 'Storing'), { expected: effect.digest })).outcome ===
      'present'
    );
  } finally {
    await source.close();
  }
}

function openEffect(
  surroundings: Surroundings,
  { path, address, sizeBytes, digest }: Extract<Effect, { kind: 'store' }>,
): Promise<OpenFile | null> {
  const reference = address === undefined ? null : readAddress(address);
  if (reference === null) return surroundings.workTree.open(path);
  return openRemote(surroundings, { path, file: { address: reference, sizeBytes, sha256: digest } });
}
