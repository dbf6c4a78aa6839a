import { readRecordedDocument, readVersionDocuments } from '@weighbridge/flows';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { askedVersion, documentArgument, outputInput, recordedInput, writeDocument } from './write-document.js';

export const bomCommand: Command = {
  spec: {
    name: 'bom',
    summary: 'Write the bill of materials of a version (CycloneDX)',
    description:
      'CycloneDX 1.6 JSON: the model with its card, pedigree and licence, each file with its SHA-256, each data set as it was pinned. The same record gives the same bytes: canonical JSON, a serial number made from the content, the time of the registration.',
    arguments: [documentArgument],
    inputs: [outputInput, recordedInput],
    outputs: [],
    examples: ['weighbridge bom fraud', 'weighbridge bom fraud@production --output fraud.cdx.json'],
  },
  run: runBom,
};

async function runBom(inputs: InputValues, host: Host): Promise<Outcome> {
  const asked = askedVersion(inputs, 'bom');
  if (inputs.boolean('recorded')) {
    const { model, version, text, digest } = await readRecordedDocument(host.surroundings, asked, 'bom');
    const json = { bom: JSON.parse(text) as unknown, recorded: digest };
    return writeDocument(inputs, host, { command: 'bom', model, version, text, json, notices: [] });
  }
  const documents = await readVersionDocuments(host.surroundings, { ...asked, versioning: host.policy.versioning });
  const { model, version, bom } = documents;
  return writeDocument(inputs, host, {
    command: 'bom',
    model,
    version,
    text: bom.text,
    json: { bom: bom.bom },
    notices: [],
  });
}
