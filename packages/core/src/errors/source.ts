import type { ErrorArea } from './definition.js';

export const sourceErrors = {
  'source/unread': {
    exit: 3,
    message: 'Could not read {reference}: {because}.',
    remedy: '{remedy}',
  },
  'source/not-locked': {
    exit: 2,
    message: '{lock} does not list what {reference} is, and it was not read here: {because}.',
    remedy: 'Run "weighbridge store push {model}" where it can be read and commit the lock that it writes. {remedy}',
  },
  'source/lock-needed': {
    exit: 2,
    message: '{lock} does not list what {reference} is.',
    remedy: 'Run "weighbridge store push {model}" and commit the lock that it writes: versions are registered by it.',
  },
  'source/lock-stale': {
    exit: 2,
    message: '{lock} was written for other references than those of the manifest: {reference} is not in it.',
    remedy: 'Run "weighbridge store push {model}" and commit the lock that it writes.',
  },
  'source/name-taken': {
    exit: 2,
    message: '{first} and {second} would both be {path}.',
    remedy: 'Let one of them begin at a folder further up, so that what follows it differs.',
  },
  'source/changed': {
    exit: 1,
    message: '{address} is not what it was: {what}.',
    remedy:
      'Bring the earlier object back, or run "weighbridge store push" and have the new one approved. Versioning of the bucket, or "store: copy", keeps a file that is written over.',
  },
  'source/gone': {
    exit: 1,
    message: 'There is nothing at {address} any more.',
    remedy:
      'Restore it there (S3 and Azure: the deleted version; Cloud Storage: the generation). "store: copy" in the manifest keeps the bytes of later versions.',
  },
  'source/archived': {
    exit: 1,
    message: 'Could not {action} {path}: it is in cold storage, and has to be restored there before.',
    remedy:
      'Restore it (S3: "aws s3api restore-object", or copy it to the class STANDARD; Azure: "az storage blob set-tier --tier Hot"), wait until that has ended, and run the command again. Keep what versions refer to out of lifecycle rules that archive, or write "store: copy".',
  },
  'source/dvc-remote': {
    exit: 2,
    message: '{path} is not at hand, and the DVC remote that {record} leads to is not read: {because}.',
    remedy: '{remedy}',
  },
  'source/dvc-record': {
    exit: 2,
    message:
      'Of {model}, {path} is not at hand, and {record}, which may say where DVC has it, is not read because it is too large.',
    remedy:
      'Look whether the path is right. If it is an output of DVC, run "dvc pull", or split the pipeline, so that the dvc.lock that names it stays below 8 MiB.',
  },
  'source/dvc-beyond': {
    exit: 2,
    message: '{path} is not read: the files dvc.lock of {place} are read up to {limitBytes} bytes together.',
    remedy:
      'Split the pipelines that do not belong together into repositories of their own, or track folders instead of their files one by one.',
  },
  'source/dvc-missing': {
    exit: 1,
    message: 'The DVC remote has nothing at {address}, which {record} names for {path}.',
    remedy: 'Run "dvc push" where {path} is at hand.',
  },
  'source/dvc-elsewhere': {
    exit: 1,
    message: '{path} is not at hand, and DVC pushes it to no remote of this repository: of {record}, {because}.',
    remedy:
      'Run "dvc pull" where its source may be read, and "weighbridge store push" there with "store: copy", which keeps the bytes here; or name the files in the manifest where they are kept, by s3://, gs://, az:// or hf://.',
  },
  'source/dvc-differs': {
    exit: 1,
    message: '{address} is not what {record} names for {path}: {what}.',
    remedy: 'Delete the object at the remote and run "dvc push" where {path} is at hand.',
  },
} as const satisfies ErrorArea;
