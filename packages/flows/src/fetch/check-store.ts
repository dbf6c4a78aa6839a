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
  /** Every version that names it. */
  readonly uses: readonly Pick<RegisteredFile, 'model' | 'version' | 'path'>[];
  /** Code of the error that reading it gives. */
  readonly code: string;
  readonly because: string;
  /** Where the damage was put; null when it was left, or when nothing was there. */
  readonly quarantined: string | null;
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
  const found = await inParallel(chosen, maxFilesAtOnce, (files) => checkFile(store, files, request.quarantine, told));
  const faulty = found.filter((each) => each !== null);
  const cold = faulty.filter(({ damage }) => damage.code === archivedCode);
  const byReference = wanted.filter((file) => file.store === null).map(({ model, version }) => `${model} ${version}`);
  return {
    checked: chosen.length - cold.length,
    cold: cold.map(({ damage: { digest, uses: named } }) => ({ digest, uses: named })),
    of: uses.size,
    sizeBytes,
    damaged: faulty
      .filter(({ damage, registeredIn }) => damage.code !== archivedCode && registeredIn === null)
      .map(({ damage }) => damage),
    elsewhere: faulty.flatMap(({ damage: { digest, uses: named }, registeredIn }) =>
      registeredIn === null ? [] : [{ digest, uses: named, store: registeredIn }],
    ),
    byReference: [...new Set(byReference)],
  };
}

type Uses = readonly RegisteredFile[];

interface FaultyFile {
  readonly damage: DamagedFile;
  /** The other store that it was registered in, of what this one does not have. */
  readonly registeredIn: string | null;
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

async function checkFile(
  store: Store,
  uses: Uses,
  quarantine: boolean,
  told: TransferMeter,
): Promise<FaultyFile | null> {
  const [file] = uses;
  if (file === undefined) return null;
  const fault = await faultOf(store, file);
  told.endFile();
  told.addBytes(file.sizeBytes);
  if (fault === null) return null;
  const isMoved = uses.every(({ store: registered }) => isElsewhere(fault, store.address, registered));
  const registeredIn = isMoved && !(await store.has(file.digest)) ? file.store : null;
  const damage: DamagedFile = {
    digest: file.digest,
    uses: uses.map(({ model, version, path }) => ({ model, version, path })),
    code: fault.code,
    because: fault.message,
    quarantined: quarantine && fault.code !== archivedCode ? await setAside(store, file.digest, fault) : null,
  };
  return { damage, registeredIn };
}

/** Null where there is nothing, and where what is there cannot be read to be put elsewhere. */
async function setAside(store: Store, digest: Digest, fault: WeighbridgeError): Promise<string | null> {
  if (fault.code === 'store/missing' && !(await store.has(digest))) return null;
  try {
    return await store.quarantine(digest);
  } catch (cause) {
    if (cause instanceof WeighbridgeError && (cause.code === archivedCode || isUnreadable(cause))) return null;
    throw cause;
  }
}

/** What a service answers to every try to read an object is damage, too: its disk or its checksum says so. */
function isUnreadable({ code, fields }: WeighbridgeError): boolean {
  return code === 'store/io' && fields['action'] === 'read';
}

async function faultOf(store: Store, { digest, sizeBytes }: RegisteredFile): Promise<WeighbridgeError | null> {
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
