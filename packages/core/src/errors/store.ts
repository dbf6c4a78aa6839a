import type { ErrorArea } from './definition.js';

export const storeErrors = {
  'store/missing': {
    exit: 1,
    message: '{address} does not hold {digest}.',
    remedy: 'Store the file with `weighbridge store push`, or name the store that holds it in weighbridge.yaml.',
  },
  'store/corrupt': {
    exit: 1,
    message: 'The stored object {path} is damaged: it should be {expected} and its bytes are {actual}.',
    remedy:
      'Run `weighbridge store verify --quarantine`, which sets the damaged copy aside below quarantine/ of the store and deletes nothing, then store the right file again with `weighbridge store push`; and check the disk.',
  },
  'store/archived': {
    exit: 1,
    message: 'Could not {action} {path}: it is in cold storage and has to be restored before.',
    remedy:
      'Run `weighbridge store restore MODEL@VERSION`, which says how long that takes, then this command again. What lies there by a lifecycle rule of the bucket and by no policy is better kept out of it.',
  },
  'store/compressed': {
    exit: 1,
    message: '{path} is compressed: an address would answer other bytes than those of the file.',
    remedy: 'Read the version with `weighbridge pull`, which expands and verifies it.',
  },
  'store/recipe-malformed': {
    exit: 1,
    message: 'The recipe {path} cannot be used: {reason}.',
    remedy:
      'Store the right file again with `weighbridge store push`, which sets the recipe aside and writes it anew, and look who may write to the store.',
  },
  'store/recipe-newer': {
    exit: 2,
    message: 'The recipe {path} has version {version}: a newer Weighbridge wrote it, and this one reads up to {known}.',
    remedy:
      'Upgrade Weighbridge here to the release that writes to this store; until then nothing of the recipe is read, changed or collected.',
  },
  'store/pieces-unknown': {
    exit: 1,
    message:
      'The store {address} has lost {digest}, which a version keeps, and what it was put together from: nobody knows which objects are its own.',
    remedy:
      'Store the right file again with `weighbridge store push`, which finds what is left of it; nothing is removed before. If nobody has the file any more, archive the version and let `retention` give up its bytes.',
  },
  'store/too-large': {
    exit: 2,
    message: '{source} has {sizeBytes} bytes; a store takes files of up to {limitBytes}.',
    remedy: 'Save the model in shards, as safetensors and transformers do, and list all of them under artifacts.',
  },
  'store/digest-mismatch': {
    exit: 1,
    message: '{source} should be {expected} and its bytes are {actual}; nothing was stored.',
    remedy: 'Fetch the file that was approved, or record the new bytes in artifacts.lock and have them approved.',
  },
  'store/source-changed': {
    exit: 1,
    message: '{source} changed while it was read: {expectedBytes} bytes were announced and {actualBytes} came.',
    remedy: 'Wait until whatever writes the file has finished, then run the command again.',
  },
  'store/collected': {
    exit: 3,
    message: 'A collection removed bytes from {address} that {digest} was to share with files that nothing named.',
    remedy: 'Run the command again: it sends what is missing.',
  },
  'store/control-malformed': {
    exit: 3,
    message: 'The control document {path} cannot be used: {reason}. Nothing was registered there or collected.',
    remedy:
      'Run the command again in ten minutes: a damaged collection/condemned.json is replaced then, when no collection can be running by it. Update Weighbridge if a later release uses the store, and look who may write to it. A damaged registry.json may be removed; `weighbridge store collect --claim` writes it anew where no other repository keeps bytes there.',
  },
  'store/not-owned': {
    exit: 2,
    message: 'Nothing is collected from {address}: {reason}.',
    remedy:
      'If no other repository keeps bytes there, run `weighbridge store collect --claim` once. Repositories that share a store cannot collect: each sees its own ledger alone.',
  },
  'store/io': {
    exit: 3,
    message: 'Could not {action} {path}: {reason}.',
    remedy:
      'Check that the place exists, that this user may write to it and that it is not full, then run the command again.',
  },
  'store/denied': {
    exit: 3,
    message: 'May not {action} {path}: {reason}.',
    remedy: '{remedy}',
  },
  'store/misconfigured': {
    exit: 2,
    message: 'Could not {action} {path}: {reason}.',
    remedy: '{remedy}',
  },
  'store/buffer-size': {
    exit: 2,
    message: 'The buffers of transfers cannot have "{value}" MiB, as WEIGHBRIDGE_BUFFER_MIB says.',
    remedy: 'Write a whole number from {least} to {most}, or leave the variable out for {usual}.',
  },
  'store/unreachable': {
    exit: 3,
    message: 'Could not {action} {path}, tried {tries} times: {reason}.',
    remedy:
      'Check the endpoint, the network and the state of the service, then run the command again: what was stored already is not sent twice.',
  },
} as const satisfies ErrorArea;
