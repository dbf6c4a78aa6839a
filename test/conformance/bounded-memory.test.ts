import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type JsonObject, parseModelName, parseVersion, utf8 } from '@weighbridge/core';
import type { Dependency, LedgerEvent } from '@weighbridge/ledger';
import { digestOf, fakeHub, type HubFile, registeredEvent, serveSource, writeSafetensors } from '@weighbridge/testkit';
import { emptySnapshot } from '@weighbridge/versioning';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  openSurroundings,
} from '../scenarios/governed-repository.js';
import { packProgram } from './packed-program.js';

// Whole commands in processes that have too little memory for a version that keeps all that it reads.

const mebibyte = 1024 * 1024;

let programs: string;
let program: string;
let repository: GovernedRepository;
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'weighbridge-memory-'));
  program = await packProgram('command-process.mjs', programs);
});
afterAll(() => rm(programs, { recursive: true, force: true }));
beforeEach(async () => {
  repository = await makeGovernedRepository();
});
afterEach(() => repository.dispose());

interface Outcome {
  readonly exitCode: number;
  readonly json: JsonObject;
  readonly notices: readonly { readonly text: string }[];
  readonly peakBytes: number;
}

/** Runs a command in a process whose heap of JavaScript is bounded. */
async function runWithin(
  heapMebibytes: number,
  name: string,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const words = [`--max-old-space-size=${heapMebibytes}`, program, repository.root, name, JSON.stringify(inputs)];
  const env = { ...localEnvironment(), ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, words, { env, maxBuffer: 64 * mebibyte });
  return JSON.parse(stdout) as Outcome;
}

/** What the largest file of reports takes while it is parsed, and half of what all of them would. */
const heapOfReports = 300;

/** JSON of so many empty objects: three bytes each, and some fifty when it is parsed. */
const emptyObjects = (count: number) => `[${'{},'.repeat(count - 1)}{}]`;

test('of files that DVC reports by, no more is held than a record can keep', async () => {
  const files = Array.from({ length: 8 }, (_, place) => `report-${place}.json`);
  await repository.write(`${folder}/dvc.yaml`, `metrics: [${files.join(', ')}]\n`);
  for (const [place, name] of files.entries())
    await repository.write(`${folder}/${name}`, `{"loss_${place}": 0.5, "table": ${emptyObjects(900_000)}}`);
  repository.commit('Train');
  const { exitCode, notices } = await runWithin(heapOfReports, 'register', {});
  expect(exitCode).toBe(0);
  expect(notices.filter(({ text }) => text.includes('report-'))).toEqual([]);
}, 300_000);

/** Versions of one model whose entries do not say what they were made of, and models that are each made of `base`. */
const versionsEach = 30;
/** So much evidence fits beside one append. */
const versionsOfAppend = 32;
const heapOfSnapshots = 160;

/** A version whose snapshot is small as text and large when it is parsed. */
function largeVersion(model: string, version: string, dependencies?: readonly Dependency[]) {
  const plain = emptySnapshot(parseModelName(model));
  const text = JSON.stringify({ ...plain, metadata: { of: `${model}@${version}`, table: '?' } });
  const bytes = utf8(text.replace('"?"', emptyObjects(150_000)));
  const event = registeredEvent(model, version);
  const body = { ...event.body, snapshot: digestOf(bytes), ...(dependencies === undefined ? {} : { dependencies }) };
  return { event: { ...event, body } as LedgerEvent, bytes };
}

async function registerLarge(): Promise<void> {
  await repository.run('register');
  const ref: Dependency = { kind: 'base', role: null, ref: 'registry:base', pin: parseVersion('1.0.0'), range: '*' };
  const each = Array.from({ length: versionsEach }, (_, place) => place);
  const versions = [
    largeVersion('base', '1.0.0', []),
    ...each.map((place) => largeVersion(`user-${place}`, '1.0.0', [ref])),
    ...each.map((place) => largeVersion('silent', `1.${place}.0`)),
  ];
  const { ledger } = await openSurroundings(repository.root);
  for (let at = 0; at < versions.length; at += versionsOfAppend) {
    const some = versions.slice(at, at + versionsOfAppend);
    const evidence = new Map(some.map(({ bytes }) => [digestOf(bytes), bytes]));
    await ledger.append(
      some.map(({ event }) => event),
      evidence,
    );
  }
}

test('lineage and impact hold no snapshots of what they look through', async () => {
  await registerLarge();
  const impact = await runWithin(heapOfSnapshots, 'impact', { about: 'base', bump: 'major', format: 'json' });
  expect(impact.json['models']).toHaveLength(versionsEach);
  const lineage = await runWithin(heapOfSnapshots, 'lineage', { version: 'base', direction: 'down', format: 'text' });
  expect(JSON.stringify(lineage.json)).toContain(`user-${versionsEach - 1}`);
}, 300_000);

test('a pull by reference holds no files', async () => {
  const commit = '1'.repeat(40);
  const fileOf = (sizeBytes: number): HubFile => {
    const tensors = [{ name: 'weight', dtype: 'U8', shape: [sizeBytes], bytes: new Uint8Array(sizeBytes) }];
    return { bytes: writeSafetensors({ tensors }), isLarge: true };
  };
  const sizeOfLarge = 320 * mebibyte;
  const repositories = Object.fromEntries(
    [
      ['small', 1024],
      ['large', sizeOfLarge],
    ].map(([name, size]) => [
      `models/acme/${name}`,
      {
        revisions: { main: commit },
        isPrivate: false,
        files: { [commit]: { 'model.safetensors': fileOf(Number(size)) } },
      },
    ]),
  );
  const hub = await serveSource(fakeHub(() => ({ token: 'none', repositories })));
  try {
    const peaks: number[] = [];
    for (const name of ['small', 'large']) {
      const referring = manifest.replace('[model.safetensors]', `["hf://acme/${name}@main"]`);
      await repository.write(`${folder}/model.yaml`, `${referring}store: reference\n`);
      const environment = { HF_ENDPOINT: hub.url };
      await runWithin(heapOfSnapshots, 'store push', {}, environment);
      repository.commit(`Weights of the Hub, ${name}`);
      const { json } = await runWithin(heapOfSnapshots, 'register', {}, environment);
      const [{ version }] = (json as unknown as { models: [{ version: string }] }).models;
      const model = `fraud@${version}`;
      const pulled = await runWithin(heapOfSnapshots, 'pull', { model, into: join(programs, name) }, environment);
      peaks.push(pulled.peakBytes);
    }
    expect((peaks[1] ?? 0) - (peaks[0] ?? 0)).toBeLessThan(sizeOfLarge / 2);
  } finally {
    await hub.close();
  }
}, 300_000);
