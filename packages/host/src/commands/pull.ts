import { resolve } from 'node:path';
import { type FetchedFile, type FetchedVersion, fetchVersion, formatCount, formatSize } from '@weighbridge/flows';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import { openLocalFolder } from '@weighbridge/stores';
import { toldFiles } from '../list-steps.js';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import { modelVersionOf } from '../model-version.js';
import type { Outcome } from '../outcome.js';
import { processes } from '../processes.js';

export const pullCommand: Command = {
  spec: {
    name: 'pull',
    summary: 'Bring the files of a version here, verified',
    description:
      'Reads the ledger for what the version is and the store for its bytes: a clone of depth 1 is enough, and no file of the model has to be in it. Every byte is compared with its digest before a file appears under its name; files that are there and right are left alone, and a pull that was broken off goes on where it was. A version that was registered with "store: reference" is read from the pinned addresses in its record, its files in git from its commit, and gone on with in the same way. A version without artifacts, such as a prompt or a retrieval configuration, is the files that its manifest named at its commit; a system is pulled part by part. With --tensors it writes NAME.selected.safetensors with the matching tensors only, and reads only these from the store.',
    arguments: [
      { name: 'model', description: 'MODEL@VERSION, MODEL@STAGE, MODEL@ALIAS or MODEL@sha256:…', required: true },
    ],
    inputs: [
      {
        name: 'into',
        description: 'Folder anywhere to write to; MODEL-VERSION in the current one when not given.',
        type: 'text',
        placeholder: 'DIR',
      },
      {
        name: 'only',
        description: 'Only files whose name or path matches; * stays inside a folder, ** crosses folders.',
        type: 'text',
        placeholder: 'GLOB',
      },
      {
        name: 'tensors',
        description: 'Only tensors whose name matches, of safetensors files.',
        type: 'text',
        placeholder: 'GLOB',
      },
      {
        name: 'signed',
        description: 'Fetch nothing unless a signature of the version counts, as "weighbridge verify" tells it.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [
      { name: 'folder', description: 'Absolute path of the folder with the files.' },
      { name: 'version', description: 'The version that was fetched.' },
      { name: 'files', description: 'JSON: [{"name","path","size","sha256","outcome","tensors"}].' },
    ],
    examples: [
      'weighbridge pull fraud@1.4.0',
      'weighbridge pull fraud@production --into /srv/fraud --only "*.safetensors"',
      'weighbridge pull fraud@production --tensors "encoder.layer.0.*"',
    ],
  },
  run: runPull,
};

async function runPull(inputs: InputValues, host: Host): Promise<Outcome> {
  const asked = modelVersionOf(inputs, 'pull');
  const dryRun = inputs.boolean('dry-run');
  const into = inputs.text('into');
  const fetched = await fetchVersion(host.surroundings, {
    ...asked,
    only: inputs.text('only'),
    tensors: inputs.text('tensors'),
    signed: inputs.boolean('signed'),
    dryRun,
    openFolder: ({ model, version }) => openLocalFolder(resolve(host.folder, into ?? `${model}-${version}`), processes),
  });
  const files = fetched.files.map(({ name, path, sizeBytes, digest, outcome, tensors }) => ({
    name,
    path,
    size: sizeBytes,
    // What a file of tensors will be is known when it was written.
    sha256: tensors !== null && outcome === 'missing' ? null : digest,
    outcome,
    ...(tensors === null ? {} : { tensors }),
  }));
  const { model, version, store, folder } = fetched;
  const rows = [['file', 'size', 'outcome'], ...fileRows(fetched)];
  return {
    exitCode: 0,
    json: { model, version: version.version, identity: version.identity, store, folder, dry_run: dryRun, files },
    text: `${headline(fetched)}\n${renderTextTable(rows)}`,
    markdown: `${headline(fetched)}\n\n${renderMarkdownTable(rows)}`,
    notices: fetched.notices,
    outputs: { folder, version: version.version, files: JSON.stringify(files) },
  };
}

function headline({ model, version, files, folder }: FetchedVersion): string {
  const told = (['fetched', 'present', 'missing'] as const).flatMap((outcome) => {
    const those = files.filter((file) => file.outcome === outcome);
    const sizeBytes = those.reduce((sum, file) => sum + file.sizeBytes, 0);
    const word = outcome === 'missing' ? 'would be fetched' : outcome;
    return those.length === 0 ? [] : [`${formatCount(those.length, 'file')} ${word} (${formatSize(sizeBytes)})`];
  });
  return `${model} ${version.version} in ${folder}: ${told.join(', ')}`;
}

/** Of very many files the first; the headline counts all. */
function fileRows({ files }: FetchedVersion): readonly string[][] {
  const shown = files.slice(0, files.length > toldFiles + 1 ? toldFiles : files.length);
  const others = files.length - shown.length;
  return [...shown.map(rowOf), ...(others === 0 ? [] : [[`and ${others} more files`, '', '']])];
}

function rowOf({ name, sizeBytes, outcome, tensors }: FetchedFile): string[] {
  const part = tensors === null ? '' : ` (${formatCount(tensors.length, 'tensor')})`;
  return [`${name}${part}`, formatSize(sizeBytes), outcome];
}
