import { isTrained, type Pipeline, type RecordedVersion } from '../graph/recorded-version.js';
import { planData } from './plan-data.js';
import { planEnvironment } from './plan-environment.js';
import type { MissingPart, PartPlan, RecordedMetric, Reproduction, ReproductionStep } from './reproduction.js';

/** What it is planned from. */
export interface ReproductionFacts {
  readonly recorded: RecordedVersion;
  /** The command that the record of the run has; null where it has none. */
  readonly command: string | null;
  readonly metrics: readonly RecordedMetric[];
  /** Whether the bytes of the version are in a store, to compare with. */
  readonly stored: boolean;
}

/** The steps in their order, and what is missing of them. */
export function planReproduction(facts: ReproductionFacts): Reproduction {
  const { recorded, metrics } = facts;
  const parts = [
    planCode(facts),
    planEnvironment(recorded),
    ...recorded.dependencies.map((dependency) => planData(dependency)),
    planRun(facts),
    planComparison(facts),
  ];
  return {
    model: recorded.model,
    version: recorded.version ?? '',
    steps: parts.flatMap(({ steps }) => steps),
    missing: parts.flatMap(({ missing }) => missing),
    metrics,
  };
}

function planCode({ recorded: { commit } }: ReproductionFacts): PartPlan {
  if (commit !== null) {
    const words = ['git', 'checkout', '--quiet', '--detach', commit];
    return {
      steps: [{ part: 'code', title: `The code at ${commit}`, commands: [{ kind: 'program', words }] }],
      missing: [],
    };
  }
  const what = 'the commit';
  const remedy = 'Register from a commit: "weighbridge register" records the one that is checked out.';
  return { steps: [], missing: [{ part: 'code', what, remedy }] };
}

/** The stage that made the artifacts of a version. */
interface TrainedStage extends Pick<Pipeline, 'path' | 'written'> {
  readonly stage: Pipeline['stages'][number];
}

function planRun({ recorded, command }: ReproductionFacts): PartPlan {
  const trained = recorded.pipelines.flatMap(({ path, stages, written }) =>
    stages
      .filter(({ outs }) =>
        outs.some((out) => recorded.artifacts.some((artifact) => leadsTo(path, out.path, artifact))),
      )
      .map((stage): TrainedStage => ({ path, stage, ...(written === undefined ? {} : { written }) })),
  )[0];
  if (trained !== undefined) {
    const target = `${folderOf(trained.path)}dvc.yaml:${trained.stage.name}`;
    const words = ['dvc', 'repro', '--force', '--single-item', '--', target];
    const title = `The training, as dvc.lock recorded it: ${trained.stage.commands.join('; ')}`;
    return { steps: [{ part: 'run', title, commands: [{ kind: 'program', words }] }], missing: differing(trained) };
  }
  if (command !== null) {
    const commands = [{ kind: 'recorded' as const, text: command }];
    return { steps: [{ part: 'run', title: 'The training, as the run recorded it', commands }], missing: [] };
  }
  if (!isTrained(recorded.kind)) return { steps: [], missing: [] };
  const run = recorded.training['run'];
  const known = run === undefined ? '' : ` (the run is ${run}, which may tell)`;
  const remedy = `Make the artifacts by a stage of dvc.yaml, so that dvc.lock names the command, or record it under "training".`;
  return { steps: [], missing: [{ part: 'run', what: `the command of the training${known}`, remedy }] };
}

/** `dvc repro` runs what dvc.yaml says; the lock beside it tells what ran. */
function differing({ path, stage, written }: TrainedStage): readonly MissingPart[] {
  if (written === undefined) return [];
  const file = `${folderOf(path)}dvc.yaml`;
  const commands = written[stage.name];
  if (commands !== undefined && textOf(commands) === textOf(stage.commands)) return [];
  const remedy = 'Run "dvc repro" and commit dvc.yaml and dvc.lock together, so that they say the same.';
  if (commands === undefined)
    return [{ part: 'run', what: `the stage ${stage.name} in ${file}, which dvc.lock recorded`, remedy }];
  const [ran, runs] = [stage.commands.join('; '), commands.join('; ')];
  const what = `the command that made it: dvc.lock recorded "${ran}", and ${file} of that commit runs "${runs}"`;
  return [{ part: 'run', what, remedy }];
}

function textOf(commands: readonly string[]): string {
  return commands.map((line) => line.trim()).join('\n');
}

function planComparison({ recorded, metrics, stored }: ReproductionFacts): PartPlan {
  const { model, version } = recorded;
  const words = ['weighbridge', 'version', '--', model];
  const title = 'What came out, compared with the record: "none" means the same content';
  const step: ReproductionStep = { part: 'compare', title, commands: [{ kind: 'program', words }] };
  const missing: MissingPart[] = [];
  if (metrics.length === 0) {
    const remedy = 'List the metric documents under "metrics" in model.yaml.';
    missing.push({ part: 'compare', what: 'metrics to compare with', remedy });
  }
  if (!stored && recorded.artifacts.length > 0) {
    const what = `the bytes of ${model} ${version ?? ''} to compare with`;
    const remedy = 'Name a store in weighbridge.yaml and say "store: copy" in model.yaml.';
    missing.push({ part: 'compare', what, remedy });
  }
  return { steps: [step], missing };
}

function leadsTo(lockPath: string, out: string, artifact: string): boolean {
  const at = `${folderOf(lockPath)}${out}`;
  return artifact === at || artifact.startsWith(`${at}/`);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
}
