export { chooseCommand } from './actions/choose-command.js';
export { disarmCommands, showControls } from './clean-text.js';
export { commands } from './commands/index.js';
export { loadCommands } from './commands/load-commands.js';
export { type OutlinedCommand, outline } from './commands/outline.js';
export { describeFailure, type Failure, renderFailure } from './failure.js';
export type { Command, Host } from './host.js';
export {
  actionInputs,
  type CommandSpec,
  commonInputs,
  type InputSpec,
  InputValues,
  type OutputSpec,
} from './inputs.js';
export { type HostOptions, openHost } from './open-host.js';
export type { Outcome } from './outcome.js';
export { openProgress } from './progress/open-progress.js';
export type { Progress, ProgressStream } from './progress/progress.js';
export { type Usage, usageError } from './usage-error.js';
export { type RunOptions, runCommand } from './run-command.js';
export { newHash, sha256 } from './sha256.js';
export { makeSigningKey, readSigningKey, verifyEd25519 } from './signing-key.js';
export { type ActionDeclaration, actionDeclarations } from './actions/declarations.js';
export { exampleWorkflows, workflowTemplates } from './workflows/index.js';
export { openProtectionLook, type ProtectionLook } from './protection-look.js';
export { judgementTexts, reportOf } from './pull-report.js';
