import { setTimeout as sleep } from 'node:timers/promises';
import { seededBytes } from '@weighbridge/testkit';
import { expect } from 'vitest';
import { localEnvironment } from '../scenarios/governed-repository.js';
import { type RunningProcess, startProcess } from './killed-process.js';

/** A repository with a store of its own, in which runs of `store tier` are killed one after another. */
export interface TieredScene {
  readonly root: string;
  /** Tells of every step of a run that the store sees, until it is called off: a request, or a file that changes. */
  onStep(told: () => void): () => void;
  /** Before a run: nobody holds anything, and what is stored is as old as a run wants it. */
  prepare(): Promise<void>;
  /** After a kill: every byte is there. Answers whether a part was done and a part was not. */
  expectNothingLost(): Promise<boolean>;
  /** After a run that ended by itself: everything lies as the policy has it. */
  expectDone(): Promise<void>;
  /** Has the policy want the opposite, so that the next run has all to do again. */
  turn(): Promise<void>;
}

/** What became of the runs. */
export interface KilledTiering {
  readonly killed: number;
  /** Of those, kills that left a part done and a part not. */
  readonly halfway: number;
  /** Runs that went through to their end where others had been killed before. */
  readonly completed: number;
}

/** More runs than this for each kill would mean that the moments are all after the end. */
const maxRunsOfKill = 4;

/** A run that has less to do than the one before ends sooner, and one with more to do takes longer again. */
const growth = 1.15;

/** How far runs get: in time, under the load that there is, and in steps. */
interface Extent {
  readonly timeMs: number;
  readonly steps: number;
}

/** After what a run is killed: the first of both. */
type Moment = Extent;

const never: Moment = { timeMs: Number.POSITIVE_INFINITY, steps: Number.POSITIVE_INFINITY };

/**
 * Kills runs of `store tier`, each at a moment of its own: one half after some time, the other at a step that the store
 * sees. Whatever a killed run has left to do is the next one's; once one has come to its end, and left nothing to a later
 * one, the policy wants the opposite. `program` is that of tier-process.mjs.
 */
export async function killTiering(
  scene: TieredScene,
  { program, kills, seed }: { readonly program: string; readonly kills: number; readonly seed: number },
): Promise<KilledTiering> {
  const chance = seededBytes(seed, kills * maxRunsOfKill);
  const counted = { killed: 0, halfway: 0, completed: 0 };
  let extent: Extent = { timeMs: 0, steps: 0 };
  let [waiting, since] = [startWaiting(program), 0];

  async function run(moment: Moment): Promise<Ended | null> {
    await scene.prepare();
    const running = waiting;
    const ended = await runUntil(running, scene, moment);
    waiting = startWaiting(program);
    return ended;
  }

  async function complete(): Promise<void> {
    await scene.expectDone();
    if (since > 0) counted.completed += 1;
    since = 0;
    await scene.turn();
  }

  extent = (await run(never))?.extent ?? extent;
  await complete();
  for (let runs = 0; counted.killed < kills; runs++) {
    expect(runs).toBeLessThan(kills * maxRunsOfKill);
    const ended = await run(momentOf(extent, runs % 2 === 0, (chance[runs] ?? 0) / 256));
    if (ended === null) {
      counted.killed += 1;
      since += 1;
      extent = { timeMs: extent.timeMs * growth, steps: extent.steps * growth };
      if (await scene.expectNothingLost()) counted.halfway += 1;
    } else {
      extent = ended.extent;
      if (!ended.waits) await complete();
    }
  }
  while ((await run(never))?.waits === true) since += 1;
  await complete();
  await waiting.kill();
  return counted;
}

function momentOf(extent: Extent, byTime: boolean, share: number): Moment {
  return byTime
    ? { ...never, timeMs: share * extent.timeMs }
    : { ...never, steps: 1 + Math.floor(share * extent.steps) };
}

/** A run that came to its end. */
interface Ended {
  readonly extent: Extent;
  /** Whether it left something to a later run. */
  readonly waits: boolean;
}

/** Has a process run, and kills it at a moment; null when it was killed. */
async function runUntil(running: RunningProcess, scene: TieredScene, moment: Moment): Promise<Ended | null> {
  await running.hasSaid('ready');
  let steps = 0;
  let reach = () => {};
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const end = scene.onStep(() => {
    steps += 1;
    if (steps >= moment.steps) reach();
  });
  running.tell(scene.root);
  await running.hasSaid('begins');
  const beganMs = performance.now();
  const waits = moment.timeMs === never.timeMs ? [] : [sleep(moment.timeMs)];
  await Promise.race([...waits, reached, running.ended]);
  const wasKilled = await running.kill();
  end();
  if (wasKilled) return null;
  const timeMs = performance.now() - beganMs;
  const { code, said } = await running.ended;
  expect(code).toBe(0);
  const { restoring } = JSON.parse(said.slice(said.indexOf('{'))) as { readonly restoring: number };
  return { extent: { timeMs, steps }, waits: restoring > 0 };
}

/** Has loaded what a run takes by the time that the one before has been looked at. */
function startWaiting(program: string): RunningProcess {
  return startProcess(program, [], localEnvironment());
}
