import type { ErrorArea } from './definition.js';

export const gatesErrors = {
  'gates/time': {
    exit: 70,
    message: 'An evaluation was given "{time}" as its moment, which is not an RFC 3339 time.',
    remedy: 'Please report this with the command that you ran.',
  },
  'gates/assumption': {
    exit: 2,
    message: 'The assumption "{found}" cannot be made: {reason}.',
    remedy: 'Write {example}.',
  },
} as const satisfies ErrorArea;
