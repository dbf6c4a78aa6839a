import type { ErrorArea } from './definition.js';

export const ledgerErrors = {
  'ledger/conflict': {
    exit: 1,
    message: 'The ledger moved in the meantime: {because}.',
    remedy: 'Run the command again: it looks at what the ledger says now and decides anew.',
  },
  'ledger/illegal': {
    exit: 1,
    message: 'The ledger does not take this: {because}.',
    remedy: 'Run "weighbridge show" to see versions, stages and freezes, and correct the request.',
  },
  'ledger/contended': {
    exit: 3,
    message: 'After {tries} tries others still wrote to the ledger first.',
    remedy: 'Run the command again. The event waits in {inbox} and the next append of anybody completes it.',
  },
  'ledger/unsigned': {
    exit: 2,
    message: 'This ledger is {actual}, and the entry would be {wanted}.',
    remedy:
      'A log is signed or unsigned from its first entry: set WEIGHBRIDGE_SIGNING_KEY for a signed one, and leave it out for an unsigned one.',
  },
  'ledger/key-name': {
    exit: 2,
    message: 'The signing key is called {name}, and the ledger {origin}: nobody would take what it signs.',
    remedy:
      'A further key of a ledger carries its name. A PEM of Ed25519 takes the name of the first of "ledger.keys" in weighbridge.yaml; "weighbridge audit key" prints it with that name.',
  },
  'ledger/entry-too-large': {
    exit: 2,
    message: 'The {type} entry has {sizeBytes} bytes, and an entry holds at most {maxBytes}.',
    remedy:
      'Say less in the justification or in the details of the entry, and keep the long part in a document that it names.',
  },
  'ledger/malformed-event': {
    exit: 70,
    message: 'An event of the kind {type} is not well-formed: {reason}.',
    remedy: 'Please report this with the command that you ran; nothing was written.',
  },
  'ledger/malformed': {
    exit: 1,
    message: '{what} is not well-formed: {reason}.',
    remedy: 'Run "weighbridge audit verify": somebody changed the ledger branch by hand.',
  },
  'ledger/damaged': {
    exit: 1,
    message: 'The ledger branch contradicts itself, so nothing is appended: {because}.',
    remedy: 'Run "weighbridge audit verify" for all findings, then restore the branch to its last good commit.',
  },
  'ledger/derived-differs': {
    exit: 1,
    message: '{path} of the ledger branch is not what the log says: {because}.',
    remedy:
      'Somebody changed it by hand. Run "weighbridge audit verify" for all findings; where only files that are made from entries differ, "weighbridge audit rebuild" makes them anew.',
  },
  'ledger/unbound': {
    exit: 1,
    message: 'Nothing on the ledger branch vouches for the files that are made from its entries: map/head is missing.',
    remedy:
      'A ledger of an earlier version lacks it, or somebody removed it. Run "weighbridge audit rebuild" once, where the signing key is: it verifies all entries and makes those files anew.',
  },
  'ledger/rebuild-refused': {
    exit: 1,
    message: 'The log itself is not sound, so that nothing is made from it: {because}',
    remedy: 'Run "weighbridge audit verify" for all findings, then restore the branch to its last good commit.',
  },
  'ledger/rebuild-not-pushed': {
    exit: 3,
    message: 'The files were made anew, and the server does not take them on {branch}: {reason}.',
    remedy:
      'Run the command again, with a token that may write ("permissions: contents: write") if the server denies it.',
  },
  'ledger/rewound': {
    exit: 1,
    message: 'The ledger branch {branch} does not go on from what this clone saw of it: {because}.',
    remedy:
      'Somebody rewound, rewrote or deleted it. Bring it back to commit {commit} from a clone or backup that has it. If it was begun anew on purpose, "weighbridge audit forget" makes this clone forget what it saw.',
  },
  'ledger/offline': {
    exit: 2,
    message: 'The ledger is kept at the remote {remote}, and nothing may be written to it offline.',
    remedy: 'Leave out --offline, or add --dry-run to see what would be written.',
  },
  'ledger/untrusted': {
    exit: 1,
    message: 'The {path} of the ledger is not signed by a trusted key: {because}.',
    remedy: 'Compare the key that "weighbridge audit key" prints with "ledger.keys" in weighbridge.yaml.',
  },
  'ledger/malformed-key': {
    exit: 2,
    message: 'The {kind} key of the ledger is not well-formed: {reason}.',
    remedy:
      'A private key looks like PRIVATE+KEY+name+0123abcd+base64 and a verifier key like name+0123abcd+base64; "weighbridge init" makes both.',
  },
  'ledger/evidence-too-large': {
    exit: 2,
    message: 'Evidence of {sizeBytes} bytes was to be recorded; at most {maxBytes} fit beside one append.',
    remedy: 'Put the file into the store and record its digest instead.',
  },
  'ledger/evidence-differs': {
    exit: 70,
    message: 'Evidence was given as {expected}, and its bytes are {actual}.',
    remedy: 'Please report this with the command that you ran; nothing was written.',
  },
  'ledger/push-refused': {
    exit: 3,
    message: 'The server does not take the ledger branch {branch}: {reason}.',
    remedy:
      'Let the job write ("permissions: contents: write") and let rules for the branch allow fast-forward pushes; the event waits in {inbox}.',
  },
} as const satisfies ErrorArea;
