import type { ErrorArea } from './definition.js';

export const hostErrors = {
  'host/no-repository': {
    exit: 2,
    message: 'This folder is not in a git repository.',
    remedy: 'Run "git init" first, or name the repository with -C.',
  },
  'host/no-folder': {
    exit: 2,
    message: '{path} is not a folder.',
    remedy: 'Check the path that was given with -C or "directory".',
  },
  'host/event-unreadable': {
    exit: 3,
    message: 'The event file {path} could not be read.',
    remedy: 'GITHUB_EVENT_PATH should name the JSON document that the runner writes; re-run the job.',
  },
  'host/event-without-work': {
    exit: 2,
    message: 'The event "{event}" is none that this action acts on.',
    remedy:
      'It acts on pull_request, merge_group, push, and workflow_dispatch with the input "model"; or use actions/<name> for one command.',
  },
  'host/input': {
    exit: 2,
    message: 'The input "{input}" is not right: {reason}.',
    remedy: 'See "weighbridge {command} --help" or the README of the action.',
  },
  'host/usage': {
    exit: 2,
    message: 'The words do not fit: {reason}.',
    remedy: 'Write "{usage}", such as "{example}"; "{help}" tells the rest.',
  },
  'host/signing-key': {
    exit: 2,
    message: 'The signing key is not readable: {reason}.',
    remedy: 'It is one line that begins with PRIVATE+KEY+; "weighbridge init" makes one in {place}.',
  },
  'host/unexpected': {
    exit: 70,
    message: 'Something went wrong that Weighbridge has no name for: {reason}.',
    remedy: 'Please report this with the command that you ran; WEIGHBRIDGE_DEBUG=1 shows where it happened.',
  },
  'host/demo-folder': {
    exit: 2,
    message: '{path} exists and is not empty.',
    remedy: 'Name another folder: "npm run demo -- --into PATH", or remove that one.',
  },
  'host/demo-models': {
    exit: 2,
    message: 'The models of the demo are not installed.',
    remedy: 'Run "npm install" in the Weighbridge checkout; they come with the development package @ricky0123/vad-web.',
  },
} as const satisfies ErrorArea;
