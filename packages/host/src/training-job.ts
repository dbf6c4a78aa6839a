import { execFile } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { runFacts, type RunFacts } from '@weighbridge/formats';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a machine has. */
export interface Machine {
  /** Model names of its processors, one for each. */
  readonly processors: readonly string[];
  readonly memoryBytes: number;
  /** Names of its GPUs, one for each. */
  readonly gpus: readonly string[];
}

/** What the environment of a job says of it, and what the record calls it (docs.github.com, default variables). */
const jobFacts = [
  ['github.repository', 'GITHUB_REPOSITORY'],
  ['github.workflow', 'GITHUB_WORKFLOW_REF'],
  ['github.run', 'GITHUB_RUN_ID'],
  ['github.attempt', 'GITHUB_RUN_ATTEMPT'],
  ['github.job', 'GITHUB_JOB'],
  ['runner.name', 'RUNNER_NAME'],
  ['runner.os', 'RUNNER_OS'],
  ['runner.arch', 'RUNNER_ARCH'],
  ['runner.environment', 'RUNNER_ENVIRONMENT'],
] as const;

/**
 * What is known of this job, when it says that it trained what it registers: by WEIGHBRIDGE_TRAINING_JOB=true, and nothing
 * else, since the runner and machine of a job that only registers tell nothing of training. Null in every other job, and
 * outside of GitHub Actions. The runner tells no labels and no group to its job.
 */
export async function readTrainingJob(
  environment: Environment,
  readMachine: () => Promise<Machine> = machineHere,
): Promise<RunFacts | null> {
  if (environment['WEIGHBRIDGE_TRAINING_JOB'] !== 'true' || environment['GITHUB_ACTIONS'] !== 'true') return null;
  const told = jobFacts.flatMap(([name, variable]) => {
    const value = environment[variable]?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const machine = await readMachine();
  const commit = environment['GITHUB_SHA'] ?? '';
  return runFacts(`github:${environment['GITHUB_REPOSITORY'] ?? ''}/${environment['GITHUB_RUN_ID'] ?? ''}`, {
    hardware: hardwareOf(machine),
    commit: /^[0-9a-f]{40,64}$/.test(commit) ? commit : null,
    tags: Object.fromEntries([...told, ...machineTags(machine)]),
  });
}

/** `8x NVIDIA H100`, of several kinds each; without GPUs the processors and memory. */
function hardwareOf({ gpus, processors, memoryBytes }: Machine): string | null {
  if (gpus.length > 0) return counted(gpus);
  return processors.length === 0 ? null : `${counted(processors)}, ${gibibytes(memoryBytes)} GiB`;
}

function machineTags({ processors, memoryBytes, gpus }: Machine): readonly (readonly [string, string | number])[] {
  return [
    ...(processors.length === 0 ? [] : [['machine.cpu', counted(processors)] as const]),
    ['machine.memory_gib', gibibytes(memoryBytes)],
    ...(gpus.length === 0 ? [] : [['machine.gpu', counted(gpus)] as const]),
  ];
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count}x ${name}`).join(', ');
}

function gibibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 30);
}

/** This machine. */
async function machineHere(): Promise<Machine> {
  const processors = cpus().map(({ model }) => model.trim() || 'CPU');
  return { processors, memoryBytes: totalmem(), gpus: await readGpus() };
}

const gpuTimeoutMs = 5_000;
const maxGpus = 64;

/** The GPUs that nvidia-smi lists; none where there is no such program, or where it fails: they are optional facts. */
export async function readGpus(program = 'nvidia-smi'): Promise<readonly string[]> {
  try {
    const words = ['--query-gpu=name', '--format=csv,noheader'];
    const { stdout } = await promisify(execFile)(program, words, { timeout: gpuTimeoutMs, maxBuffer: 65_536 });
    const names = stdout.split('\n').map((line) => line.trim());
    return names.filter((name) => /^[\w .()/-]{1,80}$/.test(name)).slice(0, maxGpus);
  } catch {
    // Whatever keeps it from telling: a machine without GPUs is the usual reason.
    return [];
  }
}
