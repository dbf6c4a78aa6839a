import { digestBytes, type ModelName, parseModelName, utf8, type Version } from '@weighbridge/core';
import type { Dependency, LedgerEvent } from '@weighbridge/ledger';
import type { LineageDirection } from '@weighbridge/lineage';
import type { LedgerLog, Repository } from '@weighbridge/ports';
import {
  memoryLedger,
  nodeSha256,
  openMemoryRepository,
  openMemoryWorkTree,
  policyEvent,
  registeredEvent,
  testEvent,
} from '@weighbridge/testkit';
import { emptySnapshot } from '@weighbridge/versioning';
import { expect, it } from 'vitest';
import { readLineage } from './lineage/read-lineage.js';
import { readHistory } from './registry/history.js';
import { showModels } from './registry/show.js';
import type { Surroundings } from './surroundings.js';

// A ledger is read over a network: what counts is how often it is asked, and for what.

const snapshotOf = (model: string) => utf8(JSON.stringify(emptySnapshot(parseModelName(model))));

/** A base in two versions, so many models that are made of the newer one, and one more that is made of the first of them. */
async function ledgerOf(users: number): Promise<LedgerLog> {
  const ledger = memoryLedger();
  const evidence = new Map();
  const register = (model: string, version: string, base: string | null): LedgerEvent => {
    const bytes = snapshotOf(model);
    const snapshot = digestBytes(nodeSha256, bytes);
    evidence.set(snapshot, bytes);
    const { body } = registeredEvent(model, version);
    const [name, pin] = base?.split('@') ?? [];
    const made: Dependency[] =
      name === undefined ? [] : [{ kind: 'base', role: null, ref: `registry:${name}`, pin: pin ?? null, range: '*' }];
    return testEvent('registered', { model, version, body: { ...body, snapshot, dependencies: made } as never });
  };
  const models = Array.from({ length: users }, (_, user) => register(`user-${user}`, '1.0.0', 'base@1.1.0'));
  await ledger.append([policyEvent()]);
  await ledger.append(
    [
      register('base', '1.0.0', null),
      register('base', '1.1.0', null),
      ...models,
      register('last', '1.0.0', 'user-0@1.0.0'),
    ],
    evidence,
  );
  return ledger;
}

/** What a port was asked, call by call. */
function listening<Port extends object>(port: Port): { readonly port: Port; readonly calls: (readonly unknown[])[] } {
  const calls: (readonly unknown[])[] = [];
  const heard = new Proxy(port, {
    get: (target, name: string) => {
      const method = target[name as keyof Port];
      if (typeof method !== 'function') return method;
      return (...words: readonly unknown[]) => {
        calls.push([name, ...words]);
        return (method as (...words: readonly unknown[]) => unknown).apply(target, [...words]);
      };
    },
  });
  return { port: heard, calls };
}

async function surroundingsOf(users: number) {
  const ledger = listening(await ledgerOf(users));
  const files = { 'weighbridge.yaml': 'version: 1\n' };
  const tags = ['base@v1.0.0', 'base#staging#1', 'base-two@v1.0.0', 'v1'];
  const repository = listening<Repository>(openMemoryRepository({ commits: [{ files, tags }] }));
  const surroundings = {
    ledger: ledger.port,
    repository: repository.port,
    workTree: openMemoryWorkTree({ committed: files }),
    sha256: nodeSha256,
    progress: () => undefined,
  } as unknown as Surroundings;
  return { surroundings, ledger: ledger.calls, repository: repository.calls };
}

const namesOf = (calls: readonly (readonly unknown[])[]) => calls.map(([name]) => name);

it('show asks for tags once, and for catalogues once for many models', async () => {
  for (const users of [2, 60]) {
    const { surroundings, ledger, repository } = await surroundingsOf(users);
    expect(await showModels(surroundings, [])).toHaveLength(users + 2);
    expect(namesOf(ledger)).toEqual(['models', 'catalogues']);
    expect(namesOf(repository)).toEqual(['tags']);
  }
});

it('the past of a model is told by its own tags', async () => {
  const { surroundings, repository } = await surroundingsOf(1);
  const history = await readHistory(surroundings, 'base' as ModelName, null);
  expect(history.tags.map(({ name }) => name)).toEqual(['base#staging#1', 'base@v1.0.0']);
  expect(repository).toEqual([['tags', ['base@', 'base#']]]);
});

const lineageOf = async (users: number, model: string, direction: LineageDirection) => {
  const { surroundings, ledger } = await surroundingsOf(users);
  const { graph } = await readLineage(surroundings, { model, version: null, direction, depth: null });
  const versions = graph.nodes
    .filter(({ kind }) => kind === 'model')
    .map(({ name, version }) => `${name}@${version as Version}`);
  return { versions: versions.sort(), calls: ledger };
};

it('looking up reads what is on the path, and nothing of other models', async () => {
  const { versions, calls } = await lineageOf(60, 'last', 'up');
  expect(versions).toEqual(['base@1.1.0', 'last@1.0.0', 'user-0@1.0.0']);
  const read = calls.filter(([name]) => name === 'catalogue' || name === 'catalogues').map(([, words]) => words);
  expect(read).toEqual(['last', ['user-0'], ['base']]);
  expect(namesOf(calls)).not.toContain('catalogueHashes');
});

it('looking down takes as many trips for sixty models as for two', async () => {
  const [few, many] = [await lineageOf(2, 'base', 'down'), await lineageOf(60, 'base', 'down')];
  expect([few.versions.length, many.versions.length]).toEqual([4, 62]);
  expect(namesOf(many.calls)).toEqual(namesOf(few.calls));
  expect(many.calls.filter(([name]) => name === 'documents')).toHaveLength(1);
});
