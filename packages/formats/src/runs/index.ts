export { loggedModelPath, loggedModelsOf, parseMlflowRun } from './mlflow-run.js';
export {
  durationOfSeconds,
  frameworkOfPackages,
  type RunDataset,
  type RunFacts,
  runFacts,
  runLimits,
  type RunPlot,
} from './run-facts.js';
export { parseTrainerFiles, type TrainerFiles } from './trainer-run.js';
export { maxWandbLogBytes, parseWandbLog, type WandbLog } from './wandb-log.js';
export { parseWandbAnswer, parseWandbFiles, wandbFileAddress, type WandbRunFiles } from './wandb-run.js';
