import type { ErrorArea } from './definition.js';

/** Faults of the files that people write. Most of them reach people as one line of a list, with file, line and column. */
export const manifestErrors = {
  'manifest/invalid': {
    exit: 2,
    message: '{file} has faults ({count}); the first, on line {line}: {first}',
    remedy: 'Correct the file; an editor that knows the published JSON Schemas shows the faults while you type.',
  },
  'manifest/too-large': {
    exit: 2,
    message: 'The file holds {sizeBytes} bytes; at most {maxBytes} are read.',
    remedy: 'Keep bytes and long lists in files of their own and name those here.',
  },
  'manifest/encoding': {
    exit: 2,
    message: 'The file is not UTF-8 from byte {offset} on.',
    remedy: 'Save the file as UTF-8.',
  },
  'manifest/empty': {
    exit: 2,
    message: 'The file is empty; {expected} was expected.',
    remedy: 'Run "weighbridge init" to see a complete example, or delete the file.',
  },
  'manifest/conflict-marker': {
    exit: 2,
    message: 'A merge conflict was left in the file.',
    remedy: 'Resolve the conflict and remove the lines that start with <<<<<<<, ======= and >>>>>>>.',
  },
  'manifest/syntax': {
    exit: 2,
    message: 'This is not well-formed: {reason}.',
    remedy: 'Compare with the examples in the documentation; indentation is by spaces and quotes must be closed.',
  },
  'manifest/tab': {
    exit: 2,
    message: 'A tab is used for indentation, which YAML does not allow.',
    remedy: 'Replace the tab by spaces.',
  },
  'manifest/duplicate-key': {
    exit: 2,
    message: '"{key}" is written twice; first on line {firstLine}.',
    remedy: 'Keep one of the two.',
  },
  'manifest/alias': {
    exit: 2,
    message: 'Anchors and aliases (& and *) are not read here.',
    remedy: 'Write the value out; text that starts with & or * needs quotes.',
  },
  'manifest/tag': {
    exit: 2,
    message: 'Type tags (such as !!str or !env) are not read here.',
    remedy: 'Remove the tag; text that starts with ! needs quotes.',
  },
  'manifest/directive': {
    exit: 2,
    message: 'YAML directives (lines that start with %) are not read here.',
    remedy: 'Remove the line; files are read as YAML 1.2.',
  },
  'manifest/several-documents': {
    exit: 2,
    message: 'A second YAML document starts here; one file holds one.',
    remedy: 'Remove the line with --- or move what follows it to a file of its own.',
  },
  'manifest/too-deep': {
    exit: 2,
    message: 'The file is nested more than {maxDepth} levels deep.',
    remedy: 'Flatten it.',
  },
  'manifest/reserved-key': {
    exit: 2,
    message: '"{key}" cannot be used as a key.',
    remedy: 'Choose another name.',
  },
  'manifest/key-shape': {
    exit: 2,
    message: 'A key must be one line of plain text.',
    remedy: 'Put quotes around text that starts with a special character.',
  },
  'manifest/unknown-key': {
    exit: 2,
    message: '"{key}" is not known here.',
    remedy: '{hint}',
  },
  'manifest/missing-key': {
    exit: 2,
    message: '"{key}" is missing.',
    remedy: '{hint}',
  },
  'manifest/wrong-type': {
    exit: 2,
    message: 'Expected {expected}, found {found}.',
    remedy: '{hint}',
  },
  'manifest/unquoted': {
    exit: 2,
    message: 'YAML reads {source} as {found}, and text was expected.',
    remedy: 'Put quotes around it: "{source}".',
  },
  'manifest/not-a-choice': {
    exit: 2,
    message: '{found} is not one of {choices}.',
    remedy: '{hint}',
  },
  'manifest/form': {
    exit: 2,
    message: 'Expected {expected}, found {found}.',
    remedy: 'Write it like {example}.',
  },
  'manifest/range': {
    exit: 2,
    message: 'Expected {expected}, found {found}.',
    remedy: 'Stay within the limit.',
  },
  'manifest/not-finite': {
    exit: 2,
    message: '{found} is not a finite number.',
    remedy: 'Write a decimal number such as 0.92.',
  },
  'manifest/inexact': {
    exit: 2,
    message: '{found} is a larger integer than a number can hold exactly.',
    remedy: 'Put quotes around it.',
  },
  'manifest/decimal': {
    exit: 2,
    message: '{found} is not a decimal number: {reason}.',
    remedy: 'Write a number such as 0.92 or 1e-4.',
  },
  'manifest/fraction': {
    exit: 2,
    message: '{found} as a relative bound means {percent}.',
    remedy: 'Write {found}% if that was meant, or {percent} if it is that much.',
  },
  'manifest/bounds-order': {
    exit: 2,
    message: 'min {min} is above max {max}, so that no value passes.',
    remedy: 'Swap the two, or remove one.',
  },
  'manifest/gate-asks-nothing': {
    exit: 2,
    message: '{what} asks for nothing, so that everything would pass.',
    remedy: '{hint}',
  },
  'manifest/nobody-signs': {
    exit: 2,
    message: '{what} asks for signatures of versions, and nobody is named who may sign.',
    remedy: 'Add a section "signing:" with "keys:" (public keys by name) or "signers:" (workflows and their refs).',
  },
  'manifest/signature-too-early': {
    exit: 2,
    message:
      'The gate of {stage} asks for a signature, and a version is signed only when it is registered, which puts it there.',
    remedy: 'Ask for it in the gate of a later stage, such as {next}; register signs all the same.',
  },
  'manifest/duration': {
    exit: 2,
    message: '{found} is not a duration.',
    remedy: 'Write a whole number and s, m, h, d or w, such as 90m, 24h, 30d or 2w.',
  },
  'manifest/date': {
    exit: 2,
    message: '{found} is not a date of the calendar.',
    remedy: 'Write year-month-day, such as 2026-12-31.',
  },
  'manifest/model-name': {
    exit: 2,
    message: '{found} is not a model name.',
    remedy: 'Use 1 to 63 lower-case letters, digits and inner hyphens, such as {example}.',
  },
  'manifest/version': {
    exit: 2,
    message: '{found} is not a full semantic version.',
    remedy: 'Write major.minor.patch without a v, such as {example}.',
  },
  'manifest/version-number': {
    exit: 2,
    message: 'YAML reads {found} as a number, in which 1.1 and 1.10 are the same.',
    remedy: 'Write the full version, such as {example}.',
  },
  'manifest/version-range': {
    exit: 2,
    message: '{found} is not a range of versions.',
    remedy: 'Write for example ^1.2, ~1.4.0, >=1.2 <3, or one full version.',
  },
  'manifest/digest': {
    exit: 2,
    message: '{found} is not a SHA-256 digest.',
    remedy: 'Write sha256: and 64 lower-case hexadecimal digits, as the check of the pull request shows it.',
  },
  'manifest/path': {
    exit: 2,
    message: '{found} is not a path in this repository: {reason}.',
    remedy: 'Write it with / relative to the folder of the file, or with a leading / from the root of the repository.',
  },
  'manifest/reference': {
    exit: 2,
    message: '{found} is not a reference: {reason}.',
    remedy:
      'Write a path, or dvc:, s3://, gs://, az://, hf://, lakefs://, registry:, vendor:, mlflow:, wandb: or sha256:.',
  },
  'manifest/artifact-reference': {
    exit: 2,
    message: '{found} names no files: {reason}.',
    remedy:
      'Write a file, folder or glob of this repository (of what DVC tracks, the path that it has in the checkout), or a reference to files that a service keeps: {references}.',
  },
  'manifest/reference-secret': {
    exit: 2,
    message: 'This {scheme} reference carries credentials, which would be recorded and published.',
    remedy: 'Remove them from the file, revoke them, and let the job provide credentials by its environment.',
  },
  'manifest/unknown-stage': {
    exit: 2,
    message: '{found} is not a stage of this repository; the stages are {stages}.',
    remedy: '{hint}',
  },
  'manifest/stage-name': {
    exit: 2,
    message: '{found} cannot name a stage: {reason}.',
    remedy: 'Use letters, digits and inner hyphens, such as staging.',
  },
  'manifest/transition': {
    exit: 2,
    message: 'A version cannot move from {stage} to {stage}.',
    remedy: 'Remove it from the list.',
  },
  'manifest/archive': {
    exit: 2,
    message: '{stage} is the archive: it holds every version that was put there and cannot be emptied.',
    remedy: 'Remove the line.',
  },
  'manifest/unknown-roster': {
    exit: 2,
    message: '{found} is not a roster; the rosters are {rosters}.',
    remedy: '{hint}',
  },
  'manifest/roster-too-small': {
    exit: 2,
    message: '{count} reviewers of {roster} are asked for, and it names {size}.',
    remedy: 'Name more people or a team in reviewers.{roster}, or ask for fewer.',
  },
  'manifest/unknown-metric-gate': {
    exit: 2,
    message: '{found} is no metric gate of this stage; it has {gates}.',
    remedy: '{hint}',
  },
  'manifest/waiver-reason': {
    exit: 2,
    message: 'The reason {found} is shorter than the {least} characters that waiver_limits.min_reason asks.',
    remedy: 'Say why the gate may be passed over and where that was decided.',
  },
  'manifest/repeated': {
    exit: 2,
    message: '{found} is listed twice; first on line {firstLine}.',
    remedy: 'Keep one of the two, or give them different names.',
  },
  'manifest/direction-contradicts': {
    exit: 2,
    message: '{metric} has the direction {direction} here and {first} on line {firstLine}.',
    remedy: 'Write the direction in which the metric gets better in both gates.',
  },
  'manifest/self-use': {
    exit: 2,
    message: '{found} cannot be made of itself.',
    remedy: 'Name the model that it is built on, under a name of its own.',
  },
  'manifest/base-revision': {
    exit: 2,
    message: 'The revision is written twice, as {first} and as {second}.',
    remedy: 'Keep the one in "revision".',
  },
  'manifest/too-many-faults': {
    exit: 2,
    message: 'More faults are not listed: at least {count}.',
    remedy: 'Correct those above and check again.',
  },
} as const satisfies ErrorArea;
