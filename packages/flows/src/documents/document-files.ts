import { type ModelName, type Version, WeighbridgeError } from '@weighbridge/core';
import type { DocumentKind } from '@weighbridge/ledger';
import type { Notice, Surroundings } from '../surroundings.js';
import { readRecordedDocument, readVersionDocuments } from './version-documents.js';
import type { RecordQuestion } from './version-record.js';

/** A document of a version as a file that is handed on. */
export interface DocumentFile {
  readonly kind: DocumentKind | 'notes';
  /** Such as `fraud-2.0.0.cdx.json`: as tools recognise it, and legal wherever files are. */
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** All documents of one version. */
export interface DocumentFiles {
  readonly model: ModelName;
  readonly version: Version;
  readonly files: readonly DocumentFile[];
  readonly notices: readonly Notice[];
}

/**
 * Card, bill of materials and release notes of a version. With `recorded`, card and bill of materials are those that
 * registration recorded, where it did: the ledger names their digests. Notes are always those of now.
 * @throws as readVersionDocuments
 */
export async function readDocumentFiles(
  surroundings: Surroundings,
  question: RecordQuestion & { readonly recorded: boolean },
): Promise<DocumentFiles> {
  const made = await readVersionDocuments(surroundings, question);
  const { model, version } = made;
  const read = async (kind: DocumentKind, now: string): Promise<string> =>
    question.recorded ? ((await readRecorded(surroundings, { model, version }, kind)) ?? now) : now;
  const named = (suffix: string): string => documentName(model, version, suffix);
  const files: readonly DocumentFile[] = [
    {
      kind: 'model-card',
      name: named('card.md'),
      mediaType: 'text/markdown',
      text: await read('model-card', made.card),
    },
    {
      kind: 'bom',
      name: named('cdx.json'),
      mediaType: 'application/vnd.cyclonedx+json',
      text: await read('bom', made.bom.text),
    },
    { kind: 'notes', name: named('notes.md'), mediaType: 'text/markdown', text: made.notes },
  ];
  return { model: model as ModelName, version, files, notices: made.notices };
}

/** Name of a file that is about a version; build metadata is set off by a dot, since a forge renames what has a plus. */
export function documentName(model: string, version: string, suffix: string): string {
  return `${model}-${version.replaceAll('+', '.')}.${suffix}`;
}

/** Null for versions of before documents were recorded. */
async function readRecorded(
  surroundings: Surroundings,
  question: { readonly model: string; readonly version: Version },
  kind: DocumentKind,
): Promise<string | null> {
  try {
    return (await readRecordedDocument(surroundings, question, kind)).text;
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'flow/no-recorded-document') return null;
    throw error;
  }
}
