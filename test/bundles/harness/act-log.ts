import type { Annotation } from './annotations.js';

export interface ActStep {
  /** The job's id in the workflow file. */
  readonly job: string;
  /** The step's id, or its place in the job counted from 0; a step inside a composite action is `outer/inner`. */
  readonly id: string;
  readonly name: string;
  readonly result: 'success' | 'failure' | 'skipped' | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly summary: string;
  /** What the step printed. */
  readonly output: string;
}

export interface ActReport {
  /** Results by job id; a job that did not run is not there. */
  readonly jobs: Readonly<Record<string, string>>;
  readonly steps: readonly ActStep[];
}

interface ActLine {
  readonly jobID?: string;
  readonly step?: string;
  readonly stepID?: readonly string[];
  readonly stepResult?: ActStep['result'];
  readonly jobResult?: string;
  readonly stage?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly kvPairs?: Readonly<Record<string, string>>;
  readonly raw_output?: boolean;
  readonly msg?: string;
}

interface GrowingStep extends Omit<ActStep, 'outputs' | 'annotations' | 'summary' | 'result' | 'output'> {
  result: ActStep['result'];
  outputs: Record<string, string>;
  annotations: Annotation[];
  summary: string;
  output: string;
}

/** Reads what `act --json` printed: one JSON document a line; other lines are left alone. */
export function readActLog(text: string): ActReport {
  const jobs: Record<string, string> = {};
  const steps = new Map<string, GrowingStep>();
  for (const line of text.split('\n').flatMap(parseLine)) {
    if (line.jobID === undefined) continue;
    if (line.jobResult !== undefined) jobs[line.jobID] = line.jobResult;
    if (line.stepID === undefined || line.stage === 'Pre') continue;
    const id = line.stepID.join('/');
    const key = `${line.jobID} ${id}`;
    const step = steps.get(key) ?? newStep(line.jobID, id, line.step ?? '');
    steps.set(key, step);
    addLine(step, line);
  }
  return { jobs, steps: [...steps.values()] };
}

function parseLine(line: string): ActLine[] {
  if (!line.startsWith('{')) return [];
  const parsed: unknown = JSON.parse(line);
  return [parsed as ActLine];
}

function newStep(job: string, id: string, name: string): GrowingStep {
  return { job, id, name, result: undefined, outputs: {}, annotations: [], summary: '', output: '' };
}

function addLine(step: GrowingStep, line: ActLine): void {
  if (line.stepResult !== undefined && line.stage !== 'Post') step.result = line.stepResult;
  if (line.raw_output === true) step.output += line.msg ?? '';
  if (line.command === 'set-output' && line.name !== undefined) step.outputs[line.name] = line.arg ?? '';
  if (line.command === 'summary') step.summary += line.content ?? '';
  if (isLevel(line.command)) {
    step.annotations.push({ level: line.command, message: line.arg ?? '', properties: line.kvPairs ?? {} });
  }
}

function isLevel(command: string | undefined): command is Annotation['level'] {
  return command !== undefined && ['debug', 'notice', 'warning', 'error'].includes(command);
}
