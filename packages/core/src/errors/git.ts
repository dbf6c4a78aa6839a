import type { ErrorArea } from './definition.js';

export const gitErrors = {
  'git/missing': {
    exit: 3,
    message: 'The git command could not be started: {reason}.',
    remedy: 'Install git 2.36 or newer and put it on the PATH.',
  },
  'git/no-folder': {
    exit: 2,
    message: '{folder} is not a folder.',
    remedy: 'Run the command inside a clone, or name one with -C.',
  },
  'git/failed': {
    exit: 3,
    message: 'git {command} failed with exit code {exitCode}: {reason}.',
    remedy:
      'Look at what git says; where it is about access, check the address of the remote, the token and the permissions of the job. With --offline a command that only reads goes by what the clone has.',
  },
  'git/timeout': {
    exit: 3,
    message: 'git {command} was stopped after {seconds} seconds.',
    remedy: 'Check the network and the server, then run the command again; repeating it is safe.',
  },
  'git/output-too-large': {
    exit: 3,
    message: 'git {command} printed more than {maxOutputBytes} bytes.',
    remedy: 'Check what was pushed to the ledger branch and to the repository: nothing of ours is this large.',
  },
  'git/scratch-busy': {
    exit: 3,
    message: 'All {count} ledger caches in {folder} are in use.',
    remedy:
      'Wait until other Weighbridge commands in this clone have ended, or remove that folder when none runs: it is only a cache.',
  },
  'git/not-a-repository': {
    exit: 2,
    message: '{path} is not inside a git repository.',
    remedy: 'Run the command in a checkout, or name one with -C; `git init` makes one.',
  },
  'git/path': {
    exit: 2,
    message: '"{path}" is not a path inside the repository.',
    remedy:
      'Write paths with forward slashes, from the repository root or the folder of the manifest, without leaving the repository by "..".',
  },
  'git/symlink': {
    exit: 2,
    message: '{path} is a symbolic link or lies behind one.',
    remedy:
      'Put the file itself in its place: a link can point anywhere, and what is registered must be in the repository.',
  },
  'git/file-too-large': {
    exit: 2,
    message: '{path} has {sizeBytes} bytes; {maxBytes} is the most that is read of such a file.',
    remedy: 'Check that the path names the right file, and keep large files out of manifests and metric documents.',
  },
  'git/too-many-files': {
    exit: 2,
    message: '{path} holds more than {max} files.',
    remedy: 'Name a smaller folder, or let git ignore what does not belong to the model.',
  },
  'git/io': {
    exit: 3,
    message: 'Could not {action} {path}: {reason}.',
    remedy:
      'Check that the file exists, that this user may use it and that the disk is not full, then run the command again.',
  },
  'git/no-commit': {
    exit: 2,
    message: 'The clone does not hold commit {commit}.',
    remedy: 'Fetch it with `git fetch origin {commit}`, or check the name.',
  },
  'git/tag-exists': {
    exit: 1,
    message: 'Tag {tag} points to commit {existing} and was to point to {commit}.',
    remedy:
      'A version never moves: release the other commit under the next version, or find out with `git show {tag}` who made the tag.',
  },
  'git/tags-differ': {
    exit: 1,
    message: 'These tags point to one object in the clone and to another at {remote}: {tags}.',
    remedy:
      'Find out who moved them; to take those of the remote, delete the tags of the clone with `git tag -d` and fetch again.',
  },
  'git/branch-moved': {
    exit: 1,
    message: 'Branch {branch} is at {existing}, which does not lead to the commit that was to be put there.',
    remedy: 'Delete the branch if nobody needs it any more, then run the command again.',
  },
  'git/branch-in-use': {
    exit: 2,
    message: 'Branch {branch} is checked out here and cannot be moved from outside.',
    remedy: 'Check out another branch first, then run the command again.',
  },
  'git/push-refused': {
    exit: 3,
    message: 'The remote refused {ref}: {reason}.',
    remedy:
      'Look at the rules of the repository for tags and branches, and give the job `contents: write` or a token that may make them.',
  },
} as const satisfies ErrorArea;
