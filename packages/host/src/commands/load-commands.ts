import { invariant } from '@weighbridge/core';
import type { Command } from '../host.js';

/**
 * Where each command is, by its words or the first of them, in the order in which --help lists them. Reading and compiling
 * the code of all commands takes several times as long as that of one, so each is loaded when it is asked for.
 */
const loaders: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  init: async () => [(await import('./init.js')).initCommand],
  check: async () => [(await import('./check.js')).checkCommand],
  version: async () => [(await import('./version.js')).versionCommand],
  gate: async () => [(await import('./gate.js')).gateCommand],
  register: async () => [(await import('./register.js')).registerCommand],
  promote: async () => [(await import('./promote.js')).promoteCommand],
  apply: async () => [(await import('./apply.js')).applyCommand],
  rollback: async () => [(await import('./rollback.js')).rollbackCommand],
  show: async () => [(await import('./show.js')).showCommand],
  adapters: async () => [(await import('./adapters.js')).adaptersCommand],
  audit: async () => (await import('./audit.js')).auditCommands,
  doctor: async () => [(await import('./doctor.js')).doctorCommand],
  diff: async () => [(await import('./diff.js')).diffCommand],
  lineage: async () => [(await import('./lineage.js')).lineageCommand],
  impact: async () => [(await import('./impact.js')).impactCommand],
  reproduce: async () => [(await import('./reproduce.js')).reproduceCommand],
  card: async () => [(await import('./card.js')).cardCommand],
  bom: async () => [(await import('./bom.js')).bomCommand],
  notes: async () => [(await import('./notes.js')).notesCommand],
  documents: async () => [(await import('./documents.js')).documentsCommand],
  release: async () => [(await import('./release.js')).releaseCommand],
  attest: async () => [(await import('./attest.js')).attestCommand],
  evidence: async () => [(await import('./evidence.js')).evidenceCommand],
  sign: async () => [(await import('./sign.js')).signCommand],
  verify: async () => [(await import('./verify.js')).verifyCommand],
  pull: async () => [(await import('./pull.js')).pullCommand],
  export: async () => [(await import('./export.js')).exportCommand],
  'store push': async () => [(await import('./store-push.js')).storePushCommand],
  'store stats': async () => [(await import('./store-stats.js')).storeStatsCommand],
  'store verify': async () => [(await import('./store-verify.js')).storeVerifyCommand],
  'store collect': async () => [(await import('./store-collect.js')).storeCollectCommand],
  'store tier': async () => [(await import('./store-tier.js')).storeTierCommand],
  'store restore': async () => [(await import('./store-restore.js')).storeRestoreCommand],
  'store url': async () => [(await import('./store-url.js')).storeUrlCommand],
  hold: async () => (await import('./hold.js')).holdCommands,
  demo: async () => [(await import('./demo.js')).demoCommand],
};

/**
 * The commands that the first words of a command line can mean: the one that they name, or all of a group that the first
 * names. None where no command is named, as for --help: the outline tells of them all.
 */
export async function loadCommands(words: readonly string[]): Promise<readonly Command[]> {
  const all = Object.keys(loaders);
  const [first = '', second = ''] = words;
  const named = all.filter((name) => name === first || name === `${first} ${second}`);
  const wanted = named.length > 0 ? named : all.filter((name) => name.startsWith(`${first} `));
  const chosen = Object.entries(loaders).filter(([name]) => wanted.includes(name));
  const loaded = await Promise.all(chosen.map(([, load]) => load()));
  return loaded.flat();
}

/** The command of a name that there is. */
export async function loadCommand(name: string): Promise<Command> {
  const found = (await loadCommands(name.split(' '))).find(({ spec }) => spec.name === name);
  invariant(found !== undefined, `there is no command ${name}`);
  return found;
}
