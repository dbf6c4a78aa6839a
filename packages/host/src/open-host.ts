import { readFile, stat } from 'node:fs/promises';
import { basename, resolve, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { weighbridgeError } from '@weighbridge/core';
import {
  type Files,
  filesAtCommit,
  filesOfWorkTree,
  type ProgressTeller,
  readPolicy,
  type Surroundings,
} from '@weighbridge/flows';
import {
  findRepositoryRoot,
  openGitLedger,
  openRepository,
  openWorkTree,
  privateFolderOf,
  readClone,
} from '@weighbridge/git';
import { withinBudget } from '@weighbridge/formats';
import { defaultPolicy, type Policy } from '@weighbridge/manifest';
import type { Clock, Repository } from '@weighbridge/ports';
import { openBundleVerifier } from '@weighbridge/sigstore';
import { keptFile } from './kept-file.js';
import { actorOf, runOf } from './actor.js';
import { baseOf, isOfStranger } from './event.js';
import { gitCredentials } from './git-credentials.js';
import type { Host } from './host.js';
import { noLedger, noRepository } from './no-repository.js';
import { openForge } from './open-forge.js';
import { openStore } from './open-store.js';
import { sourcesWhenAsked } from './sources-when-asked.js';
import { inflateStream } from './inflate-stream.js';
import { newHash, newMd5, sha256 } from './sha256.js';
import { readTrainingJob } from './training-job.js';
import { verifyEcdsa } from './ecdsa-key.js';
import { readSigningKey, verifyEd25519 } from './signing-key.js';

/** What the archives of one run, or of one pull request that it judges, may inflate to together: some minutes of work. */
const maxInflatedBytes = 64 * 1024 ** 3;

const openInflate = () => withinBudget(inflateStream, maxInflatedBytes);

/** Where and how a host is opened. */
export interface HostOptions {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly offline: boolean;
  /** Fetch nothing and read no policy: the default one stands in for it. */
  readonly checkoutOnly?: boolean;
  readonly token: string | null;
  /** Text of the signing key; null to look for the one that `init` made. */
  readonly signingKey: string | null;
  readonly progress: ProgressTeller;
  /** That of the machine when absent. */
  readonly clock?: Clock;
}

/** Opens everything that a command may touch. Nothing is written and nothing fetched yet. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { environment, checkoutOnly = false } = options;
  const offline = options.offline || checkoutOnly;
  const folder = resolve(options.folder);
  if (!(await isFolder(folder))) throw weighbridgeError('host/no-folder', { path: options.folder });
  const found = await findRepositoryRoot(folder);
  const root = found ?? folder;
  const gitConfig = gitCredentials(environment, options.token);
  const workTree = openWorkTree(root);
  const clone = found === null ? null : await readClone(root);
  const repository = clone === null ? noRepository() : await openRepository(root, { gitConfig, offline, clone });
  const event = await readEvent(environment);
  const { policy, governed } = checkoutOnly
    ? { policy: defaultPolicy(), governed: false }
    : await readGoverningPolicy(repository, filesOfWorkTree(workTree), event);
  const privateFolder = clone === null ? null : privateFolderOf(clone);
  const signer = await readSigningKey({
    text: options.signingKey ?? environment['WEIGHBRIDGE_SIGNING_KEY'] ?? null,
    privateFolder,
    // A key that replaces the first one signs under the ledger's name.
    name: policy.ledger.keys[0]?.split('+')[0],
  });
  const ledger =
    clone === null
      ? noLedger()
      : openGitLedger({
          folder: root,
          clone,
          branch: policy.ledger.branch,
          origin: `weighbridge-${basename(root).replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`,
          offline,
          trust: { sha256, verifySignature: verifyEd25519, verifierKeys: policy.ledger.keys, signer },
          gitConfig,
          random: Math.random,
          report: ({ because }) => options.progress(`Left in the inbox of the ledger: ${because}`),
        });
  const clock = options.clock ?? { now: () => new Date() };
  const userName = await repository.userName();
  let trainingJob: ReturnType<typeof readTrainingJob> | null = null;
  const surroundings: Surroundings = {
    workTree,
    repository,
    ledger,
    store: await openStore(policy.store, { root, mainRoot: clone?.mainTop ?? null, environment }),
    forge: offline
      ? null
      : await openForge(environment, { token: options.token, origin: await repository.remoteUrl(), clock }),
    ...(offline ? {} : sourcesWhenAsked(environment, { ofStranger: isOfStranger(event), root })),
    trainingJob: () => (trainingJob ??= readTrainingJob(environment)),
    lineageCache: privateFolder === null ? null : keptFile(join(privateFolder, 'lineage-index')),
    clock,
    signing: { verifyEcdsa, bundles: openBundleVerifier(), signer: null },
    proofs: { verifySignature: verifyEd25519, bundles: openBundleVerifier(), inflate },
    sha256,
    newHash,
    newMd5,
    inflate: openInflate(),
    openInflate,
    actor: actorOf(environment, userName),
    run: runOf(environment),
    ci: environment['CI'] === 'true' || environment['GITHUB_ACTIONS'] === 'true',
    signer: signer?.verifierKey ?? null,
    progress: options.progress,
  };
  return {
    root,
    folder,
    environment,
    event,
    policy,
    governed,
    surroundings,
    isRepository: found !== null,
    privateFolder,
    signer,
  };
}

/**
 * The policy that says where the ledger and the store are and whose keys count. In the job of a change it is that of the
 * base: a change that could name another ledger would bring the history that it is compared with.
 */
async function readGoverningPolicy(
  repository: Repository,
  checkout: Files,
  event: Readonly<Record<string, unknown>>,
): Promise<{ readonly policy: Policy; readonly governed: boolean }> {
  const base = baseOf(event);
  if (base === null || !(await repository.fetchCommit(base))) return readPolicy(checkout);
  const governing = await readPolicy(filesAtCommit(repository, base));
  return governing.governed ? governing : readPolicy(checkout);
}

/** One byte above the bound is enough to know that it is broken. */
function inflate(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return inflateRawSync(bytes, { maxOutputLength: maxBytes + 1 });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Whatever keeps us from looking at it, it is no folder to work in.
    return false;
  }
}

/** The event of a job, as data. @throws host/event-unreadable */
export async function readEvent(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, unknown>> {
  const path = environment['GITHUB_EVENT_PATH'];
  if (path === undefined || path === '') return {};
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw weighbridgeError('host/event-unreadable', { path }, { cause });
  }
}
