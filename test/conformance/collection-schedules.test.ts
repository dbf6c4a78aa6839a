import type { Digest } from '@weighbridge/core';
import type { Bucket, Store } from '@weighbridge/ports';
import { objectKey, parseRecipe, recipeKey } from '@weighbridge/storage';
import { openBucketStore, type WatchTime } from '@weighbridge/stores';
import { bytesSource, openMemoryBucket, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { expect, test } from 'vitest';

/** Whole lives of a small store; CI or a patient person may ask for more. */
const schedules = Number(process.env['WEIGHBRIDGE_MODEL_SCHEDULES'] ?? 2000);
const maxSteps = 20_000;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const graceMs = 30 * minuteMs;
const leaseMs = 4 * minuteMs;
const unregisteredMs = 30 * dayMs;
const owner = 'model';

/** A call to the bucket that was not sent yet. */
interface Call {
  readonly name: string;
  readonly go: () => void;
}

/** A process whose every call to the bucket waits for its turn, and that never gets another one once it is killed. */
interface Actor {
  readonly bucket: Bucket;
  readonly time: WatchTime;
  readonly queue: Call[];
  ended: boolean;
}

/** Numbers from a seed (mulberry32). */
function seededChance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Two tensors that are objects of their own; files with a number in common share one. Small ones are packed. */
const tensorBytes = 66 * 1024;
const tensors = Array.from({ length: 5 }, (_, seed) => seededBytes(seed + 1, tensorBytes));
function modelOf(first: number, second: number): Uint8Array {
  const entry = (name: string, index: number) => {
    const bytes = tensors[index] ?? new Uint8Array(tensorBytes);
    return { name, dtype: 'U8' as const, shape: [tensorBytes], bytes };
  };
  const small = { name: 'norm', dtype: 'U8' as const, shape: [256], bytes: seededBytes(first, 256) };
  return writeSafetensors({ tensors: [entry('a', first), entry('b', second), small] });
}
const files = [
  modelOf(0, 1),
  modelOf(1, 2),
  modelOf(2, 0),
  modelOf(3, 4),
  modelOf(0, 3),
  seededBytes(90, 500),
  seededBytes(91, 70_000),
];

class World {
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  readonly memory = openMemoryBucket('model', () => new Date(this.nowMs));
  readonly registered = new Set<Digest>();
  /** Every call that was sent, for whoever has to find out what a schedule did. */
  readonly trace: string[] = [];
  readonly actors: Actor[] = [];
  readonly failures: unknown[] = [];
  readonly kinds = new Map<string, number>();

  /** Begins a process; its clock is wrong by `skewMs`. */
  start(skewMs: number, run: (actor: Actor) => Promise<unknown>): Actor {
    const queue: Call[] = [];
    const id = this.actors.length;
    const turn = <Result>(name: string, call: () => Promise<Result>) =>
      new Promise<Result>((resolve, reject) => {
        queue.push({
          name,
          go: () => {
            this.trace.push(`${this.nowMs} ${id} ${name}`);
            call().then(resolve, reject);
          },
        });
      });
    const { memory } = this;
    const actor: Actor = {
      queue,
      ended: false,
      bucket: {
        ...memory,
        describe: (key) => turn(`describe ${key}`, () => memory.describe(key)),
        create: (key, body, options) => turn(`create ${key}`, () => memory.create(key, body, options)),
        replace: (key, body, expected) => turn(`replace ${key}`, () => memory.replace(key, body, expected)),
        read: (key, range) => turn(`read ${key}`, () => memory.read(key, range)),
        remove: (key, condition) => turn(`remove ${key}`, () => memory.remove(key, condition)),
        list: (prefix) => listInTurns(memory, prefix, turn),
      },
      time: {
        monotonicMs: () => this.nowMs,
        now: () => new Date(this.nowMs + skewMs),
        pause: (durationMs) => turn('pause', async () => void (this.nowMs += durationMs)),
      },
    };
    this.actors.push(actor);
    void run(actor).then(
      () => (actor.ended = true),
      (cause: unknown) => {
        actor.ended = true;
        this.failures.push(cause);
      },
    );
    return actor;
  }
}

async function* listInTurns(
  memory: Bucket,
  prefix: string,
  turn: <Result>(name: string, call: () => Promise<Result>) => Promise<Result>,
) {
  const page = await turn('list', async () => {
    const found = [];
    for await (const facts of memory.list(prefix)) found.push(facts);
    return found;
  });
  yield* page;
}

/** Lets everything run that waits for no turn. */
async function quiet(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** Stores a file, or relies on a stored one, and then registers it, which takes its time. */
async function writer(world: World, actor: Actor, { file, keeps }: { file: number; keeps: boolean }): Promise<void> {
  const store: Store = openBucketStore(actor.bucket, { time: actor.time });
  const bytes = files[file] ?? new Uint8Array(0);
  const { digest } = await store.put(bytesSource(bytes, `file ${file}`));
  if (keeps) {
    await actor.time.pause(0);
    await store.keep(digest);
  }
  // Between the store and the entry of the ledger anything may happen, and a run that is killed registers nothing.
  for (let step = 0; step < 3; step++) await actor.bucket.describe('registry.json');
  world.registered.add(digest);
}

async function collector(world: World, actor: Actor): Promise<void> {
  const options = { leaseMs, monotonicMs: actor.time.monotonicMs };
  const store = openBucketStore(actor.bucket, { time: actor.time, collector: options });
  const outcome = await store.collector?.collect({
    live: async () => new Set(world.registered),
    owner,
    unregisteredMs,
    graceMs,
    dryRun: false,
    now: actor.time.now(),
  });
  const phase = outcome?.phase ?? '';
  world.kinds.set(phase, (world.kinds.get(phase) ?? 0) + 1);
}

/** What the ledger names and the store cannot give back. */
async function lostFiles(world: World): Promise<readonly string[]> {
  const store = openBucketStore(world.memory);
  const lost: string[] = [];
  for (const digest of world.registered) {
    await store.verify(digest).catch((cause: unknown) => lost.push(`${digest}: ${String(cause)}`));
  }
  return lost;
}

async function live(world: World, seed: number): Promise<void> {
  const chance = seededChance(seed);
  const skew = () => (chance(3) - 1) * chance(3 * 60) * minuteMs;
  const old = openBucketStore(world.memory);
  for (const file of files) if (chance(3) > 0) await old.put(bytesSource(file));
  await old.collector?.claim(owner);
  world.nowMs += unregisteredMs + chance(10) * dayMs;

  let started = 0;
  let collections = 0;
  for (let step = 0; step < maxSteps; step++) {
    await quiet();
    const running = world.actors.filter((actor) => !actor.ended);
    if (started < 5 && chance(12) === 0) {
      started++;
      const task = { file: chance(files.length), keeps: chance(2) === 0 };
      world.start(skew(), (actor) => writer(world, actor, task));
      continue;
    }
    if (collections < 8 && chance(10) === 0) {
      collections++;
      world.start(skew(), (actor) => collector(world, actor));
      continue;
    }
    const waiting = running.filter(({ queue }) => queue.length > 0);
    if (waiting.length === 0) {
      if (started === 5 && collections === 8) return;
      continue;
    }
    const actor = waiting[chance(waiting.length)];
    const call = actor?.queue.splice(chance(actor.queue.length), 1)[0];
    if (actor === undefined || call === undefined) continue;
    if (chance(150) === 0) {
      // Killed: sent calls may still arrive, and those that were not sent never do.
      actor.ended = true;
      if (chance(2) === 0) call.go();
      actor.queue.splice(0);
      continue;
    }
    call.go();
    // A removal that was sent arrives within the half of a lease; everything else takes as long as it likes.
    const removing = running.some((each) => each.queue.some(({ name }) => name.startsWith('remove')));
    if (chance(6) === 0) world.nowMs += removing ? chance(1000) : chance(3) === 0 ? graceMs : chance(leaseMs);
  }
  throw new Error(`schedule ${seed} does not end`);
}

test(`${schedules} schedules of writers and collectors, some of them killed: nothing that is named is lost`, async () => {
  const kinds = new Map<string, number>();
  for (let seed = 1; seed <= schedules; seed++) {
    const world = new World();
    await live(world, seed);
    const lost = await lostFiles(world);
    expect(lost, `schedule ${seed}: ${lost.length === 0 ? '' : world.trace.join('\n')}`).toEqual([]);
    expect(world.failures, `schedule ${seed}`).toEqual([]);
    for (const [kind, count] of world.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    if (seed % 20 === 0) expect(await leftForEver(world), `schedule ${seed}`).toEqual([]);
  }
  // The schedules have force only where collections did come to their end among the writers.
  expect(kinds.get('deleted') ?? 0).toBeGreaterThan(schedules / 10);
}, 600_000);

/** What later runs leave in the store that nothing names: no crash may have hidden anything from them. */
async function leftForEver(world: World): Promise<readonly string[]> {
  const monotonicMs = () => world.nowMs;
  const store = openBucketStore(world.memory, { collector: { leaseMs, monotonicMs } });
  for (let run = 0; run < 8; run++) {
    world.nowMs += unregisteredMs;
    const request = { live: async () => new Set(world.registered), owner, unregisteredMs, graceMs };
    await store.collector?.collect({ ...request, dryRun: false, now: new Date(world.nowMs) });
  }
  expect(await lostFiles(world)).toEqual([]);
  const named = new Set(['registry.json', 'collection/clock', 'collection/condemned.json']);
  for (const digest of world.registered) for (const key of await keysOf(world.memory, digest)) named.add(key);
  return world.memory.keys().filter((key) => !named.has(key));
}

async function keysOf(bucket: Bucket, digest: Digest): Promise<readonly string[]> {
  const key = recipeKey(digest);
  const held = await bucket.read(key);
  const segments = held === null ? [] : parseRecipe(held.bytes, { digest, path: key }).segments;
  return [key, objectKey(digest), ...segments.map((each) => objectKey(each.packed?.pack ?? each.digest))];
}
