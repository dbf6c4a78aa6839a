import { type Digest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import { inParallel } from '../reading/in-parallel.js';
import { isElsewhere } from '../stored/moved-store.js';
import { listRegistered, modelsAsked, type RegisteredFile } from './registered-files.js';
import { openTransfer, type TransferMeter } from '../progress/transfer.js';

/** Files at once; the store's buffers bound what they hold. */
const maxFilesAtOnce = 4;

/** What is checked. */
export interface StoreCheckRequest {
  /** Names of models; empty for all. */
  readonly models: readonly string[];
  /** How many of a hundred files are read, chosen by chance; at least one. */
  readonly samplePercent: number;
  /** Set aside what is damaged, so that the right bytes can be stored again. */
  readonly quarantine: boolean;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** A file that cannot be read back. */
export interface DamagedFile {
  readonly digest: Digest;
  /** By the ledger. */
  readonly sizeBytes: number;
  /** Every version that names it. */
  readonly uses: readonly Pick<RegisteredFile, 'model' | 'version' | 'path'>[];
  /** Code of the error that reading it gives. */
  readonly code: string;
  readonly because: string;
  /** Where the damage was put, of this file alone or of what it shares with others. */
  readonly quarantined: readonly string[];
  /** Why the damage could not be put elsewhere; null when it was, was to be left, or when nothing was there. */
  readonly notSetAside: string | null;
}

/** What was found. */
export interface StoreCheck {
  readonly checked: number;
  readonly of: number;
  readonly sizeBytes: number;
  readonly damaged: readonly DamagedFile[];
  /** Those that this store does not have, and that were all registered in another one. */
  readonly elsewhere: readonly (Pick<DamagedFile, 'digest' | 'uses'> & { readonly store: string })[];
  /** Those of the chosen ones that are in cold storage, and were not verified. */
  readonly cold: readonly Pick<DamagedFile, 'digest' | 'uses'>[];
  /** Versions that keep their bytes elsewhere, `model version`. */
  readonly byReference: readonly string[];
}

const archivedCode = 'store/archived';

/** Codes that speak of the file and not of the way to it. */
const damageCodes: readonly string[] = ['store/missing', 'store/corrupt', 'store/recipe-malformed'];

/**
 * Reads the files of registered versions to their end and compares every segment and every file with its digest.
 * @throws flow/no-store-to-read, flow/unknown-model, and store/* when the store cannot be asked
 */
export async function checkStore(surroundings: Surroundings, request: StoreCheckRequest): Promise<StoreCheck> {
  const { store } = surroundings;
  if (store === null) throw weighbridgeError('flow/no-store-to-read', { what: 'the files of versions' });
  const registered = await listRegistered(surroundings);
  const asked = modelsAsked(registered, request.models);
  const wanted = registered.filter(({ model }) => asked.includes(model));
  const uses = groupByDigest(wanted.filter(({ store: kept, releasedAt }) => kept !== null && releasedAt === null));
  const chosen = chooseSample([...uses.values()], request);
  const sizeBytes = chosen.reduce((sum, [first]) => sum + (first?.sizeBytes ?? 0), 0);
  const told = openTransfer(surroundings, { title: 'Checking', files: chosen.length, sizeBytes });
  const checked = await inParallel(chosen, maxFilesAtOnce, (files) => checkFile(store, files, told));
  const found = checked.filter((each) => each !== null);
  const faulty = request.quarantine ? await setAllAside(store, found) : found;
  const cold = faulty.filter(({ code }) => code === archivedCode);
  const elsewhere = faulty.filter((each) => each.registeredIn !== null);
  const byReference = wanted.filter((file) => file.store === null).map(({ model, version }) => `${model} ${version}`);
  return {
    checked: chosen.length - cold.length,
    cold: cold.map(({ digest, uses: named }) => ({ digest, uses: named })),
    of: uses.size,
    sizeBytes,
    damaged: faulty.filter(({ code, registeredIn }) => code !== archivedCode && registeredIn === null).map(damageOf),
    elsewhere: elsewhere.map(({ digest, uses, registeredIn }) => ({ digest, uses, store: registeredIn ?? '' })),
    byReference: [...new Set(byReference)],
  };
}

type Uses = readonly RegisteredFile[];

interface FaultyFile extends DamagedFile {
  /** The other store that it was registered in, of what this one does not have. */
  readonly registeredIn: string | null;
}

function damageOf({ digest, sizeBytes, uses, code, because, quarantined, notSetAside }: FaultyFile): DamagedFile {
  return { digest, sizeBytes, uses, code, because, quarantined, notSetAside };
}

function groupByDigest(files: readonly RegisteredFile[]): ReadonlyMap<Digest, Uses> {
  const groups = new Map<Digest, RegisteredFile[]>();
  for (const file of files) groups.set(file.digest, [...(groups.get(file.digest) ?? []), file]);
  return groups;
}

/** So many of a hundred, rounded up, each with the same chance (Knuth's selection sampling); order is kept. */
function chooseSample(all: readonly Uses[], { samplePercent, random }: StoreCheckRequest): readonly Uses[] {
  let needed = Math.ceil((all.length * samplePercent) / 100);
  return all.filter((_, index) => {
    const isChosen = random() * (all.length - index) < needed;
    if (isChosen) needed -= 1;
    return isChosen;
  });
}

async function checkFile(store: Store, uses: Uses, told: TransferMeter): Promise<FaultyFile | null> {
  const [file] = uses;
  if (file === undefined) return null;
  const fault = await faultOf(store, file);
  told.endFile();
  told.addBytes(file.sizeBytes);
  if (fault === null) return null;
  const isMoved = uses.every(({ store: registered }) => isElsewhere(fault, store.address, registered));
  return {
    registeredIn: isMoved && !(await store.has(file.digest)) ? file.store : null,
    digest: file.digest,
    sizeBytes: file.sizeBytes,
    uses: uses.map(({ model, version, path }) => ({ model, version, path })),
    code: fault.code,
    because: fault.message,
    quarantined: [],
    notSetAside: null,
  };
}

/** One file after the other: what several of them share is one object, and is set aside once. */
async function setAllAside(store: Store, faulty: readonly FaultyFile[]): Promise<readonly FaultyFile[]> {
  const placed = new Map<Digest, string>();
  const left: FaultyFile[] = [];
  for (const file of faulty) {
    const isHere = file.code !== archivedCode && file.registeredIn === null;
    const judged = isHere ? await setAside(store, file, placed) : file;
    if (judged !== null) left.push(judged);
  }
  return left;
}

/** Null where a second look finds the file whole: somebody mended it, or it was damaged on the way alone. */
async function setAside(store: Store, file: FaultyFile, placed: Map<Digest, string>): Promise<FaultyFile | null> {
  const { digest } = file;
  try {
    for (const [about, place] of await store.quarantine(digest)) placed.set(about, place);
    const objects = ((await store.describe(digest))?.segments ?? []).map(({ object }) => object);
    const quarantined = [...new Set([digest, ...objects])].flatMap((about) => placed.get(about) ?? []);
    if (quarantined.length > 0) return { ...file, quarantined };
    const fault = await faultOf(store, file);
    if (fault === null) return null;
    const { code, message: because } = fault;
    return { ...file, code, because, notSetAside: code === 'store/missing' ? null : 'what lies there was found right' };
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    return { ...file, notSetAside: cause.message };
  }
}

/** What a service answers to every try to read an object is damage, too: its disk or its checksum says so. */
function isUnreadable({ code, fields }: WeighbridgeError): boolean {
  return code === 'store/io' && fields['action'] === 'read';
}

type Expected = Pick<RegisteredFile, 'digest' | 'sizeBytes'>;

async function faultOf(store: Store, { digest, sizeBytes }: Expected): Promise<WeighbridgeError | null> {
  try {
    const found = await store.verify(digest);
    if (found.sizeBytes === sizeBytes) return null;
    const actual = `${found.sizeBytes} bytes where the ledger says ${sizeBytes}`;
    return weighbridgeError('store/corrupt', { path: store.address, expected: digest, actual });
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    const isTold = damageCodes.includes(cause.code) || cause.code === archivedCode || isUnreadable(cause);
    if (isTold) return cause;
    throw cause;
  }
}
