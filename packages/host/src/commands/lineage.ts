import { weighbridgeError } from '@weighbridge/core';
import { readLineage, type VersionLineage } from '@weighbridge/flows';
import { type LineageDirection, lineageDirections, runEventsOf } from '@weighbridge/lineage';
import { renderLineageMermaid, renderLineageText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { repositoryNameOf } from '../repository-name.js';
import { wordOf } from '../word-input.js';
import { askedVersion, documentArgument } from './write-document.js';

const command = 'lineage';
const formats = ['text', 'mermaid', 'json', 'openlineage'] as const;
/** What an event of OpenLineage says made it. */
const producer = 'https://github.com/weighbridge-dev/weighbridge';

export const lineageCommand: Command = {
  spec: {
    name: command,
    summary: 'Show what a version was made of, and what was made of it',
    description:
      'Draws raw data, what pipelines (dvc.lock) made of it, training with its code and environment, the version and where it stands, through bases and parts that are models of this registry, from the ledger and the commits that the clone holds. As a tree; as a Mermaid flow chart of at most 40 nodes, in which whole branches are left out and counted; as JSON; or as events of OpenLineage 2-0-2, one per line, whose run ids are the same each time.',
    arguments: [documentArgument],
    inputs: [
      { name: 'direction', description: 'up, down or both.', type: 'text', default: 'both', placeholder: 'WAY' },
      {
        name: 'depth',
        description: 'Steps from the version; all when not given.',
        type: 'integer',
        placeholder: 'STEPS',
      },
      {
        name: 'format',
        description: 'text, mermaid, json or openlineage.',
        type: 'text',
        default: 'text',
        placeholder: 'FORMAT',
      },
    ],
    outputs: [
      { name: 'mermaid', description: 'The flow chart.' },
      { name: 'version', description: 'The version that was looked at.' },
    ],
    examples: [
      'weighbridge lineage fraud@production',
      'weighbridge lineage fraud@1.4.0 --direction up --depth 3',
      'weighbridge lineage fraud --format openlineage',
    ],
  },
  run: runLineage,
};

async function runLineage(inputs: InputValues, host: Host): Promise<Outcome> {
  const direction = wordOf(inputs, { name: 'direction', words: lineageDirections, command });
  const format = wordOf(inputs, { name: 'format', words: formats, command });
  const depth = inputs.integer('depth');
  if (depth !== null && depth < 1)
    throw weighbridgeError('host/input', { input: 'depth', reason: 'it is at least 1', command });
  const asked = askedVersion(inputs, command);
  const lineage = await readLineage(host.surroundings, { ...asked, direction, depth });
  const mermaid = renderLineageMermaid(lineage.graph, lineage.start);
  const markdown = `### Lineage of ${lineage.model} ${lineage.version}\n\n\`\`\`mermaid\n${mermaid}\n\`\`\``;
  const told = { exitCode: 0, markdown, notices: lineage.notices } as const;
  const outputs = { mermaid, version: lineage.version };
  return { ...told, ...(await renderAs(format, lineage, { mermaid, direction, host })), outputs };
}

async function renderAs(
  format: (typeof formats)[number],
  lineage: VersionLineage,
  { mermaid, direction, host }: { readonly mermaid: string; readonly direction: LineageDirection; readonly host: Host },
): Promise<Pick<Outcome, 'json' | 'text'> & { verbatim?: true }> {
  const { model, version, start, graph } = lineage;
  const json = { model, version, direction, start, ...graph };
  switch (format) {
    case 'text':
      return { json, text: renderLineageText(graph, start) };
    case 'mermaid':
      return { json, text: `${mermaid}\n`, verbatim: true };
    case 'json':
      return { json, text: `${JSON.stringify(json, null, 2)}\n`, verbatim: true };
    case 'openlineage': {
      const repository = await repositoryNameOf(host);
      const events = runEventsOf(graph, { repository, producer, sha256: host.surroundings.sha256 });
      return { json: { events }, text: events.map((event) => `${JSON.stringify(event)}\n`).join(''), verbatim: true };
    }
  }
}
