import { type ModelName, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import type { Store } from '@weighbridge/ports';
import { requireNoLostLedger } from '../registry/lost-ledger.js';
import { noArtifacts } from '../registry/no-artifacts.js';
import { requireBytes } from '../retention/require-bytes.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { findRegistered } from '../registry/find-registered.js';
import { filesOfVersion, type VersionFile } from './version-files.js';
import { wholeVersion } from '../registry/version-artifacts.js';

/** Which version is read back. */
export interface VersionQuestion {
  readonly model: string;
  /** A version, stage, alias or digest, as findVersion takes it. */
  readonly version: string;
}

/** A version whose bytes are kept somewhere. */
export interface KeptVersion {
  readonly model: ModelName;
  readonly version: CatalogueVersion;
  readonly files: readonly VersionFile[];
  /** Whether a stage or an alias points to it. */
  readonly isPointed: boolean;
  /** That it is given up, or kept from stages. */
  readonly notices: readonly Notice[];
}

/** A version whose bytes can be read from a store. */
export interface StoredVersion extends KeptVersion {
  readonly store: Store;
}

/**
 * The version that is asked for, from the ledger alone, and the store to read it from.
 * @throws flow/no-ledger, flow/ledger-missing, flow/not-registered, flow/unknown-version, flow/not-stored,
 * flow/no-artifacts, flow/bytes-released, flow/no-store-to-read, flow/path-leaves-folder
 */
export async function findStored(surroundings: Surroundings, asked: VersionQuestion): Promise<StoredVersion> {
  return inStore(surroundings, await findKept(surroundings, asked));
}

/** The same with its store. @throws flow/not-stored, flow/no-artifacts, flow/no-store-to-read */
export function inStore({ store }: Surroundings, kept: KeptVersion): StoredVersion {
  const { model, version, notices } = kept;
  const about = { model, version: version.version };
  if (kept.files.length === 0) throw noArtifacts(model, version);
  if (version.store === null) throw weighbridgeError('flow/not-stored', about);
  if (store === null)
    throw weighbridgeError('flow/no-store-to-read', { what: `the files of ${model} ${about.version}` });
  return { ...kept, store, notices: [...notices, ...movedStore(version.store, store, about)] };
}

/**
 * The version that is asked for, from the ledger alone, wherever its bytes are.
 * @throws flow/no-ledger, flow/ledger-missing, flow/not-registered, flow/unknown-version, flow/bytes-released,
 * flow/path-leaves-folder
 */
export async function findKept(surroundings: Surroundings, asked: VersionQuestion): Promise<KeptVersion> {
  await requireLedger(surroundings, asked);
  const { catalogue, version } = await findRegistered(surroundings, asked);
  requireBytes(catalogue.model, version);
  const files = filesOfVersion(catalogue.model, await wholeVersion(surroundings.ledger, version));
  const pointers = [...Object.values(catalogue.stages), ...Object.values(catalogue.aliases)];
  const isPointed = pointers.includes(version.version);
  return { model: catalogue.model, version, files, isPointed, notices: standingOf(catalogue, version) };
}

/** @throws flow/no-ledger, flow/ledger-missing */
async function requireLedger(surroundings: Surroundings, asked: VersionQuestion): Promise<void> {
  if ((await surroundings.ledger.head()).size > 0) return;
  await requireNoLostLedger(surroundings);
  throw weighbridgeError('flow/no-ledger', { model: asked.model, version: asked.version });
}

function standingOf(catalogue: ModelCatalogue, version: CatalogueVersion): readonly Notice[] {
  const name = `${catalogue.model} ${version.version}`;
  const notices: Notice[] = [];
  if (catalogue.deprecated) notices.push({ level: 'warning', text: `The model ${catalogue.model} is deprecated.` });
  if (version.deprecated) notices.push({ level: 'warning', text: `${name} is deprecated.` });
  if (version.archived) notices.push({ level: 'notice', text: `${name} is archived.` });
  for (const freeze of catalogue.frozen.filter(({ identity }) => identity === version.identity)) {
    const why = freeze.justification === null ? '' : `: ${freeze.justification}`;
    notices.push({ level: 'warning', text: `${name} is frozen since ${freeze.since}${why}` });
  }
  return notices;
}

function movedStore(
  registered: string,
  { address }: Store,
  { model, version }: { readonly model: ModelName; readonly version: string },
): readonly Notice[] {
  if (registered === address) return [];
  const text = `${model} ${version} was registered in ${registered}; it is read from ${address}, which weighbridge.yaml names now.`;
  return [{ level: 'notice', text }];
}
