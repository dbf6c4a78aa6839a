import type { ErrorArea } from './definition.js';

/** What becomes of stored bytes after registration: reading them back, tiers and holds. */
export const flowStoredErrors = {
  'flow/no-store-to-read': {
    exit: 2,
    message: 'weighbridge.yaml names no store to read {what} from.',
    remedy: 'Name there, under "store:", the store that they were registered in; docs/stores.md says how.',
  },
  'flow/not-stored': {
    exit: 1,
    message: 'The bytes of {model} {version} were never stored: it was registered with "store: reference".',
    remedy:
      'A restore or a hold is asked for where the files are kept (S3: "aws s3api restore-object" and Object Lock; Cloud Storage: holds; Azure: "az storage blob set-tier" and immutability policies); "weighbridge pull" reads them from there. With "store: copy" in the manifest the next version is stored.',
  },
  'flow/store-moved': {
    exit: 1,
    message:
      '{model} {version} was stored in {registered}; weighbridge.yaml names {address} now, which does not hold {digest}.',
    remedy:
      'Copy everything that is in the one store to the other, as docs/storage.md says under "Moving a store", or name the one that holds it in weighbridge.yaml.',
  },
  'flow/no-artifacts': {
    exit: 1,
    message: '{model} {version} has no artifacts: {where}.',
    remedy:
      '"weighbridge pull" brings prompts, retrieval configuration and the like from their commit; of a system, pull each part.',
  },
  'flow/not-in-git': {
    exit: 1,
    message: '{path} of {model} {version} is kept by no store and no service, and git does not have it: {because}.',
    remedy:
      'Bring it from where it was made; "weighbridge verify" compares a folder with what was signed. With "store: copy" in the manifest the next version is stored. "weighbridge pull --only" and a path behind "weighbridge store url" select the other files.',
  },
  'flow/bytes-released': {
    exit: 1,
    message:
      'The bytes of {model} {version} were given up on {time} by {actor}, by the line "{rule}" of the policy {policy}.',
    remedy:
      'Its record stays: "weighbridge show {model}" tells it. Where the files are kept elsewhere, register them as a new version.',
  },
  'flow/lock-cold': {
    exit: 1,
    message:
      '{path} of {model} is stored and in cold storage ({classes}), and no version was registered with what {lock} says of it, so that it has to be read.',
    remedy:
      'To compare its bytes with the lock, {how}, which takes up to {wait}, and register again then; or register from a checkout that has the file.',
  },
  'flow/bytes-cold': {
    exit: 1,
    message:
      '{size} of {of} of {model} {version} are in cold storage ({classes}) and cannot be read now; a restore {asked} up to {wait}.',
    remedy: 'Run "weighbridge store restore {model}@{version} --wait", then this command again.',
  },
  'flow/no-tiers': {
    exit: 2,
    message: 'There are no tiers: {reason}.',
    remedy:
      'Write "tiers" into weighbridge.yaml. Every store can compress; S3, Google Cloud Storage and Azure have classes. docs/stores.md says how.',
  },
  'flow/hold-unknown': {
    exit: 1,
    message: '{model} {version} is not on hold for {matter}; {known}.',
    remedy:
      'Look at "weighbridge store stats {model}", which lists what is on hold and for what, and name that with --matter.',
  },
  'flow/hold-ended': {
    exit: 2,
    message: 'A hold until {until} would be over already.',
    remedy: 'Name a later day with --until, or leave it out for a hold without an end.',
  },
  'flow/tensors-not-selectable': {
    exit: 2,
    message: 'Tensors can be taken out of safetensors files only, and {model} {version} has: {known}.',
    remedy: 'Leave out --tensors, or choose the safetensors files with --only.',
  },
  'flow/tensor-differs': {
    exit: 1,
    message: 'The tensor {tensor} of {path} in the store is not the one that was registered: {reason}.',
    remedy: 'Run "weighbridge store verify" to see what else is damaged; nothing was written under that name.',
  },
  'flow/no-addresses': {
    exit: 2,
    message: '{address} hands out no addresses.',
    remedy:
      'Only object stores do: name a file that one of them keeps behind MODEL@VERSION, or use "weighbridge pull" to bring the files here.',
  },
  'flow/not-verified': {
    exit: 1,
    message: 'No signature of {model} {version} counts{reason}.',
    remedy: 'Run "weighbridge verify {model}@{version}" for the details; nothing was fetched.',
  },
  'flow/oci-layout-unreadable': {
    exit: 2,
    message: '{path} is there already and is no index of an OCI image layout: {reason}.',
    remedy: 'Export into an empty folder, or into one that is an OCI image layout.',
  },
} as const satisfies ErrorArea;
