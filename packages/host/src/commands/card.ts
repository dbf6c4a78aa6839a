import { readRecordedDocument, readVersionDocuments } from '@weighbridge/flows';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { askedVersion, documentArgument, outputInput, recordedInput, writeDocument } from './write-document.js';

export const cardCommand: Command = {
  spec: {
    name: 'card',
    summary: 'Write the model card of a version',
    description:
      'A card in the form of the Hugging Face Hub, filled from the record: licence, base model, data, results, what changed, the gate, lineage, approvals, files. A README.md that the team keeps with the model is taken over: its words stay, its front matter is completed, and where it contradicts the record both are shown and a warning says so. What nobody knows is left out.',
    arguments: [documentArgument],
    inputs: [outputInput, recordedInput],
    outputs: [],
    examples: ['weighbridge card fraud', 'weighbridge card fraud@2.0.0 --output models/fraud/README.md'],
  },
  run: runCard,
};

async function runCard(inputs: InputValues, host: Host): Promise<Outcome> {
  const asked = askedVersion(inputs, 'card');
  if (inputs.boolean('recorded')) {
    const { model, version, text, digest } = await readRecordedDocument(host.surroundings, asked, 'model-card');
    const json = { card: text, recorded: digest };
    return writeDocument(inputs, host, { command: 'card', model, version, text, json, notices: [] });
  }
  const documents = await readVersionDocuments(host.surroundings, { ...asked, versioning: host.policy.versioning });
  const { model, version, card: text, disagreements, notices } = documents;
  const json = { card: text, disagreements };
  return writeDocument(inputs, host, { command: 'card', model, version, text, json, notices });
}
