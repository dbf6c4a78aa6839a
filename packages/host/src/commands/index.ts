import type { Command } from '../host.js';
import { adaptersCommand } from './adapters.js';
import { applyCommand } from './apply.js';
import { attestCommand } from './attest.js';
import { auditCommands } from './audit.js';
import { bomCommand } from './bom.js';
import { cardCommand } from './card.js';
import { checkCommand } from './check.js';
import { demoCommand } from './demo.js';
import { diffCommand } from './diff.js';
import { doctorCommand } from './doctor.js';
import { documentsCommand } from './documents.js';
import { evidenceCommand } from './evidence.js';
import { exportCommand } from './export.js';
import { gateCommand } from './gate.js';
import { holdCommands } from './hold.js';
import { impactCommand } from './impact.js';
import { initCommand } from './init.js';
import { lineageCommand } from './lineage.js';
import { notesCommand } from './notes.js';
import { promoteCommand } from './promote.js';
import { pullCommand } from './pull.js';
import { registerCommand } from './register.js';
import { releaseCommand } from './release.js';
import { reproduceCommand } from './reproduce.js';
import { rollbackCommand } from './rollback.js';
import { signCommand } from './sign.js';
import { showCommand } from './show.js';
import { storeUrlCommand } from './store-url.js';
import { storeCommands } from './store.js';
import { verifyCommand } from './verify.js';
import { versionCommand } from './version.js';

/** Every command, in the order in which --help lists them. */
export const commands: readonly Command[] = [
  initCommand,
  checkCommand,
  versionCommand,
  gateCommand,
  registerCommand,
  promoteCommand,
  applyCommand,
  rollbackCommand,
  showCommand,
  adaptersCommand,
  ...auditCommands,
  doctorCommand,
  diffCommand,
  lineageCommand,
  impactCommand,
  reproduceCommand,
  cardCommand,
  bomCommand,
  notesCommand,
  documentsCommand,
  releaseCommand,
  attestCommand,
  evidenceCommand,
  signCommand,
  verifyCommand,
  pullCommand,
  exportCommand,
  ...storeCommands,
  storeUrlCommand,
  ...holdCommands,
  demoCommand,
];
