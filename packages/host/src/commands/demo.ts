import { playDemo } from '../demo/story.js';
import type { Command } from '../host.js';

export const demoCommand: Command = {
  spec: {
    name: 'demo',
    summary: 'Take a real model through its life in a repository of its own',
    description:
      'Makes a git repository in a new folder, registers three real releases of a voice-activity model, promotes, holds back, rolls back and audits, and prints each step.',
    arguments: [],
    inputs: [
      {
        name: 'into',
        description: 'An empty or new folder for the repository; one in the temporary folder when not given.',
        type: 'text',
        placeholder: 'DIR',
      },
    ],
    outputs: [],
    examples: ['weighbridge demo', 'weighbridge demo --into /tmp/try'],
  },
  run: async (inputs, host) => {
    const said: string[] = [];
    const say = (text: string) => {
      said.push(text);
      host.surroundings.progress(text);
    };
    const result = await playDemo({ folder: inputs.text('into'), environment: host.environment, say });
    return { exitCode: 0, json: result, text: '', markdown: said.join('\n'), notices: [], outputs: {} };
  },
};
