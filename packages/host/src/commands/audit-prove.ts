import { weighbridgeError } from '@weighbridge/core';
import { proveEntry } from '@weighbridge/flows';
import type { Command } from '../host.js';

export const proveCommand: Command = {
  spec: {
    name: 'audit prove',
    summary: 'Print a proof that an entry is in the ledger',
    description:
      'A C2SP tlog-proof: the entry, its place, the hashes that lead to the root and the signed checkpoint. Whoever has the verifier key can check it without the repository.',
    arguments: [
      {
        name: 'entry',
        description: 'Index of an entry, as "audit log" shows it, or the id of its event.',
        required: true,
      },
    ],
    inputs: [],
    outputs: [{ name: 'proof', description: 'The proof.' }],
    examples: ['weighbridge audit prove 3'],
  },
  run: async (inputs, host) => {
    const written = inputs.text('entry') ?? '';
    if (!/^(?:\d{1,15}|[0-9a-f]{64})$/.test(written)) {
      throw weighbridgeError('host/input', {
        input: 'entry',
        reason: `"${written}" is neither an index nor an event id`,
        command: 'audit prove',
      });
    }
    const { index, entry, proof } = await proveEntry(host.surroundings, written);
    return {
      exitCode: 0,
      json: { index, entry, proof },
      text: proof,
      verbatim: true,
      markdown: `\`\`\`\n${proof}\`\`\``,
      notices: [],
      outputs: { proof },
    };
  },
};
