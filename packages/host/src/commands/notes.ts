import { readVersionDocuments } from '@weighbridge/flows';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { askedVersion, documentArgument, outputInput, writeDocument } from './write-document.js';

export const notesCommand: Command = {
  spec: {
    name: 'notes',
    summary: 'Write the release notes of a version',
    description:
      'Markdown for a release on a forge: what changed, each change with its bump and reason, metrics, the gate, files with their digests, how to verify. "weighbridge release" publishes it on GitHub; the action register has it as output "notes".',
    arguments: [documentArgument],
    inputs: [outputInput],
    outputs: [],
    examples: ['weighbridge notes fraud@2.0.0', 'weighbridge notes fraud --output notes.md'],
  },
  run: runNotes,
};

async function runNotes(inputs: InputValues, host: Host): Promise<Outcome> {
  const asked = askedVersion(inputs, 'notes');
  const documents = await readVersionDocuments(host.surroundings, { ...asked, versioning: host.policy.versioning });
  const { model, version, notes: text } = documents;
  return writeDocument(inputs, host, { command: 'notes', model, version, text, json: { notes: text }, notices: [] });
}
