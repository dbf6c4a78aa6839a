import type { ErrorArea } from './definition.js';

export const forgeErrors = {
  'forge/unauthorized': {
    exit: 3,
    message: '{address} does not accept the token.',
    remedy: 'Pass a token that is valid for this repository as github-token, or export it as GITHUB_TOKEN.',
  },
  'forge/forbidden': {
    exit: 3,
    message: 'The token may not {action} in {address}: it lacks {permission}.',
    remedy: 'Give the job that permission under permissions in the workflow, or pass a token that has it.',
  },
  'forge/not-found': {
    exit: 3,
    message: '{address} has no {what}, or the token may not see it.',
    remedy: 'Check the name, and that the token may read this repository.',
  },
  'forge/tag-elsewhere': {
    exit: 1,
    message: 'The tag {tag} of {address} leads to {at}, and the ledger registered that version at {commit}.',
    remedy:
      'Somebody moved the tag. Put it back onto the registered commit ("git push --force origin <commit>:refs/tags/{tag}", better annotated), protect version tags by a ruleset, and run the command again; no release was published.',
  },
  'forge/rate-limited': {
    exit: 3,
    message: '{address} allows no more requests before {until}.',
    remedy: 'Run the job again after that; the scheduled sweep does so by itself. An App token has a limit of its own.',
  },
  'forge/unavailable': {
    exit: 3,
    message: '{address} did not answer {action} in {tries} tries: {reason}.',
    remedy: 'Run the job again when it does; nothing was written that could be half done.',
  },
  'forge/unexpected': {
    exit: 3,
    message: '{address} answered {action} with something else than its API describes: {reason}.',
    remedy:
      'Check that GITHUB_API_URL is the address of the API; if it is, report this with the version of the server.',
  },
  'forge/too-large': {
    exit: 1,
    message: '{what} has {sizeBytes} bytes; {maxBytes} is the most that is read.',
    remedy: 'Keep large files out of artifacts that carry evidence, and name the artifact that holds the results.',
  },
  'forge/artifact-expired': {
    exit: 1,
    message: 'The artifact {artifact} has expired.',
    remedy: 'Run the workflow again and name the new run, or raise retention-days of the upload.',
  },
  'forge/bound': {
    exit: 3,
    message: 'The forge was to be asked for more than {bound}.',
    remedy: 'Split the pull request, or judge it where the repository is cloned, which needs fewer requests.',
  },
  'forge/repository': {
    exit: 2,
    message: '"{repository}" is not a repository of a forge.',
    remedy: 'Write owner/name, as GITHUB_REPOSITORY has it.',
  },
  'forge/no-token': {
    exit: 2,
    message: 'There is no token for the forge.',
    remedy: 'Pass one as github-token, or export it as GITHUB_TOKEN.',
  },
} as const satisfies ErrorArea;
