import {
  canonicalJson,
  type Digest,
  digestBytes,
  parseUtf8,
  utf8,
  type Version,
  WeighbridgeError,
  weighbridgeError,
} from '@weighbridge/core';
import type { DocumentKind } from '@weighbridge/ledger';
import type { VersioningPolicy } from '@weighbridge/manifest';
import {
  type CardDifference,
  compareCards,
  type Disagreement,
  type RenderedBom,
  renderBom,
  renderCard,
  renderReleaseNotes,
  type VersionRecord,
} from '@weighbridge/report';
import { openCommitFiles } from '../reading/files.js';
import { type GovernedModel, readGovernance } from '../governing/governance.js';
import { parseStoredCard, parseStoredObject } from '../registry/stored-documents.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { type FoundVersion, findRegistered } from '../registry/find-registered.js';
import { readEntry, readVersionRecord, type RecordQuestion } from './version-record.js';

/** A README above this is no card. */
const maxReadmeBytes = 1024 * 1024;

/** The documents of one version, and what people should know of them. */
export interface VersionDocuments {
  readonly model: string;
  readonly version: Version;
  readonly card: string;
  /** Where the card that the team keeps contradicts the record. */
  readonly disagreements: readonly Disagreement[];
  readonly bom: RenderedBom;
  readonly notes: string;
  readonly notices: readonly Notice[];
}

/**
 * The documents of a registered version as the ledger knows it now. The card takes over the README that the team kept
 * with the model at the version's commit.
 * @throws core/model-name, flow/unknown-version, flow/not-registered, flow/evidence-missing, flow/evidence-malformed
 */
export async function readVersionDocuments(
  surroundings: Surroundings,
  question: RecordQuestion,
): Promise<VersionDocuments> {
  const found = await findRegistered(surroundings, question);
  const record = await readVersionRecord(surroundings, found, question.versioning);
  const { readme, notices } = await readReadmeAt(surroundings, record);
  return makeDocuments(surroundings, record, { readme, notices });
}

/** The documents of a record. A README whose head cannot be read is left out and told. */
export function makeDocuments(
  { sha256 }: Pick<Surroundings, 'sha256'>,
  record: VersionRecord,
  { readme, notices }: Readme,
): VersionDocuments {
  const { model, version } = record;
  const rendered = tryCard(record, readme);
  const told = rendered.disagreements.map(({ key, card, record: recorded }): Notice => {
    const text = `The model card of ${model} says ${show(card)} of ${key}, and the record of ${version} says ${show(recorded)}. The card keeps what the team wrote; mend one of the two.`;
    return { level: 'warning', text };
  });
  return {
    model,
    version,
    card: rendered.markdown,
    disagreements: rendered.disagreements,
    bom: renderBom(record, sha256),
    notes: renderReleaseNotes(record),
    notices: [...notices, ...rendered.notices, ...told],
  };
}

/** The README that a team keeps with a model; null for none, or for one that the notices tell of. */
export interface Readme {
  readonly readme: string | null;
  readonly notices: readonly Notice[];
}

/** Reads the README beside a manifest, wherever the manifest was read. */
export async function readReadme({ files, folder }: GovernedModel): Promise<Readme> {
  const listed = await files.list(folder);
  const path = listed.find((each) => /^readme\.md$/i.test(folder === '' ? each : each.slice(folder.length + 1)));
  if (path === undefined) return { readme: null, notices: [] };
  try {
    const bytes = await files.read(path, maxReadmeBytes);
    return { readme: bytes === null ? null : parseUtf8(bytes), notices: [] };
  } catch (error) {
    const isForeign = error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70);
    if (!isForeign) throw error;
    return { readme: null, notices: [leftOut(`${path}: ${error.message}`)] };
  }
}

async function readReadmeAt({ repository, sha256 }: Surroundings, { model, commit }: VersionRecord): Promise<Readme> {
  if (commit === null) return { readme: null, notices: [] };
  try {
    const { models } = await readGovernance(await openCommitFiles(repository, commit), sha256);
    const found = models.find(({ manifest }) => manifest.name === model);
    return found === undefined ? { readme: null, notices: [] } : await readReadme(found);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    return { readme: null, notices: [leftOut(error.message)] };
  }
}

function tryCard(record: VersionRecord, readme: string | null) {
  try {
    return { ...renderCard(record, readme), notices: [] };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !error.code.startsWith('formats/')) throw error;
    return { ...renderCard(record, null), notices: [leftOut(error.message)] };
  }
}

function leftOut(reason: string): Notice {
  return {
    level: 'warning',
    text: `The model card is made from the record alone, without the team's words. ${reason}`,
  };
}

function show(value: unknown): string {
  return value === null ? 'nothing' : (JSON.stringify(value) ?? '');
}

/** Documents as evidence of the entry that registers the version: their texts by digest, and the names of those. */
export function recordDocuments(
  { sha256 }: Pick<Surroundings, 'sha256'>,
  { card, bom }: Pick<VersionDocuments, 'card' | 'bom'>,
): {
  readonly named: readonly { readonly kind: DocumentKind; readonly digest: Digest }[];
  readonly evidence: ReadonlyMap<Digest, string>;
} {
  const texts: readonly (readonly [DocumentKind, string])[] = [
    ['model-card', canonicalJson({ schema: 1, type: 'model-card', text: card })],
    ['bom', bom.text],
  ];
  const named = texts.map(([kind, text]) => ({ kind, digest: digestBytes(sha256, utf8(text)) }));
  return { named, evidence: new Map(named.map(({ digest }, place) => [digest, texts[place]?.[1] ?? ''])) };
}

/** A document as registration recorded it. */
export interface RecordedDocument {
  readonly model: string;
  readonly version: Version;
  /** Of the evidence that holds it. For a bill of materials also of its text. */
  readonly digest: Digest;
  readonly text: string;
}

/** The document that registration recorded, byte for byte. @throws flow/no-recorded-document and as readVersionDocuments */
export async function readRecordedDocument(
  surroundings: Surroundings,
  question: Pick<RecordQuestion, 'model' | 'version'>,
  kind: DocumentKind,
): Promise<RecordedDocument> {
  const { catalogue, version } = await findRegistered(surroundings, question);
  const digest = (await recordedDigests(surroundings, version))[kind];
  if (digest === undefined) {
    const document = kind === 'bom' ? 'bill of materials' : 'model card';
    throw weighbridgeError('flow/no-recorded-document', { model: catalogue.model, version: version.version, document });
  }
  const bytes = await surroundings.ledger.evidence(digest);
  if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest });
  const text =
    kind === 'bom' ? parseStoredObject(bytes, digest, 'a bill of materials') : parseStoredCard(bytes, digest);
  return { model: catalogue.model, version: version.version, digest, text };
}

async function recordedDigests(
  surroundings: Surroundings,
  version: FoundVersion['version'],
): Promise<Partial<Record<DocumentKind, Digest>>> {
  const event = await readEntry(surroundings, version.entry);
  const documents = event.type === 'registered' ? (event.body.documents ?? []) : [];
  return Object.fromEntries(documents.map(({ kind, digest }) => [kind, digest]));
}

/** How the cards of two versions differ. @throws as readVersionDocuments */
export async function diffCards(
  surroundings: Surroundings,
  request: {
    readonly model: string;
    readonly from: string;
    readonly to: string;
    readonly versioning: VersioningPolicy;
  },
): Promise<CardDifference> {
  const { model, versioning } = request;
  const from = await readVersionDocuments(surroundings, { model, version: request.from, versioning });
  const to = await readVersionDocuments(surroundings, { model, version: request.to, versioning });
  return compareCards(from.card, to.card);
}
