import { posix } from 'node:path';
import { digestBytes, utf8 } from '@weighbridge/core';
import { type DocumentFile, readDocumentFiles } from '@weighbridge/flows';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { rootPath } from '../root-path.js';
import { sha256 } from '../sha256.js';
import { askedVersion, documentArgument, recordedInput } from './write-document.js';

export const documentsCommand: Command = {
  spec: {
    name: 'documents',
    summary: 'Write model card, bill of materials and release notes of a version into a folder',
    description:
      'What "weighbridge card", "weighbridge bom" and "weighbridge notes" write, in one run and under names that say what they are of: fraud-2.0.0.card.md, fraud-2.0.0.cdx.json and fraud-2.0.0.notes.md. For a job that hands them on; "weighbridge release" attaches them to a release by itself.',
    arguments: [documentArgument],
    inputs: [
      {
        name: 'into',
        description: 'Folder in the repository to write to; MODEL-VERSION-documents when not given.',
        type: 'text',
        placeholder: 'DIR',
      },
      recordedInput,
    ],
    outputs: [
      { name: 'model', description: 'Name of the model.' },
      { name: 'version', description: 'The version that they are of.' },
      { name: 'card', description: 'Path of the model card, relative to the root of the repository.' },
      { name: 'bom', description: 'Path of the bill of materials.' },
      { name: 'notes', description: 'Path of the release notes.' },
    ],
    examples: ['weighbridge documents fraud@2.0.0', 'weighbridge documents fraud --into out --recorded'],
  },
  run: runDocuments,
};

async function runDocuments(inputs: InputValues, host: Host): Promise<Outcome> {
  const question = { ...askedVersion(inputs, 'documents'), versioning: host.policy.versioning };
  const recorded = inputs.boolean('recorded');
  const dryRun = inputs.boolean('dry-run');
  const { model, version, files, notices } = await readDocumentFiles(host.surroundings, { ...question, recorded });
  const into = rootPath(host, inputs.text('into') ?? `${model}-${version}-documents`, {
    command: 'documents',
    input: 'into',
  });
  const written = files.map((file) => ({ ...file, path: posix.join(into, file.name) }));
  if (!dryRun) for (const { path, text } of written) await host.surroundings.workTree.write(path, utf8(text));
  const told = written.map(({ kind, path, text }) => ({ kind, file: path, digest: digestBytes(sha256, utf8(text)) }));
  const headline = `${dryRun ? 'Would write' : 'Wrote'} the documents of ${model} ${version}`;
  const rows = [['document', 'file', 'digest'], ...told.map(({ kind, file, digest }) => [kind, file, digest])];
  const pathOf = (kind: DocumentFile['kind']): string => written.find((each) => each.kind === kind)?.path ?? '';
  return {
    exitCode: 0,
    json: { dry_run: dryRun, model, version, files: told },
    text: `${headline}\n${renderTextTable(rows)}`,
    markdown: `${headline}\n\n${renderMarkdownTable(rows)}`,
    notices,
    outputs: { model, version, card: pathOf('model-card'), bom: pathOf('bom'), notes: pathOf('notes') },
  };
}
