import * as core from '@actions/core';
import { disarmCommands } from '../clean-text.js';
import { describeFailure } from '../failure.js';
import type { Command } from '../host.js';
import { actionInputs, commonInputs, type InputSpec } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { openForge } from '../open-forge.js';
import { readEvent } from '../open-host.js';
import { groupProgress } from '../progress/group-progress.js';
import { pullHintOf } from '../pull-hint.js';
import { runCommand } from '../run-command.js';
import { chooseCommand } from './choose-command.js';
import { tellFailure } from './tell-failure.js';

/** GitHub drops a job summary above 1 MiB: whole reports are left out before that. */
const maxSummaryBytes = 1_000_000;
/** GitHub shows ten annotations of a level per step; the rest is in the log. */
const maxAnnotations = 10;

/** Runs one action: reads its inputs, runs the command, writes outputs, summary and annotations, sets the exit code. */
export async function runAction(action: string): Promise<void> {
  for (const name of ['signing-key', 'evidence-key', 'model-key']) {
    // A key of several lines is masked line by line.
    for (const line of core.getInput(name).split('\n')) if (line.trim() !== '') core.setSecret(line);
  }
  let command: Command | null = null;
  try {
    command = await chooseCommand(action, process.env, core.getInput('command'));
    await showOutcome(await runInJob(command));
  } catch (error) {
    showFailure(error);
    if (command !== null && judges.has(command.spec.name)) await tellWhatFailed();
  }
}

async function runInJob(command: Command): Promise<Outcome> {
  const { info: line, startGroup, endGroup } = core;
  const progress = groupProgress({ line, startGroup, endGroup }, { now: () => new Date() });
  try {
    return await runCommand({
      command,
      texts: readInputs(command),
      environment: process.env,
      folder: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
      progress: progress.tell,
    });
  } finally {
    progress.close();
  }
}

/** Commands whose failure leaves a commit unjudged. */
const judges: ReadonlySet<string> = new Set(['gate', 'version and gate']);

/** The failure is shown already; what keeps us from saying it on the commit too is only added to the log. */
async function tellWhatFailed(): Promise<void> {
  try {
    const { env } = process;
    const token = core.getInput('github-token') || null;
    const forge = await openForge(env, { token, origin: null, clock: { now: () => new Date() } });
    await tellFailure(pullHintOf(env['GITHUB_EVENT_NAME'] ?? '', await readEvent(env)), forge, env);
  } catch (error) {
    core.info(disarmCommands(`The status could not be set either: ${describeFailure(error).message}`));
  }
}

/** Inputs by name; an input that action.yml does not declare reads as empty. */
function readInputs(command: Command): ReadonlyMap<string, string> {
  const declared: readonly InputSpec[] = [...command.spec.inputs, ...commonInputs, ...actionInputs];
  const names = [...declared.map((input) => input.name), ...command.spec.arguments.map((argument) => argument.name)];
  return new Map(names.map((name) => [name, core.getInput(name)]));
}

async function showOutcome(outcome: Outcome): Promise<void> {
  for (const [name, value] of Object.entries(outcome.outputs)) core.setOutput(name, value);
  core.setOutput('json', JSON.stringify(outcome.json));
  core.info(disarmCommands(outcome.text));
  for (const notice of outcome.notices.slice(0, maxAnnotations)) annotate(notice.level, notice);
  await writeSummary(outcome.markdown);
  if (outcome.exitCode !== 0) {
    process.exitCode = outcome.exitCode;
    core.error(
      outcome.exitCode === 1
        ? 'Not as required: the job summary and the log above say what is missing and who can change it.'
        : 'Not all of it was done: the job summary and the log above say what was, what failed and why.',
    );
  }
}

function annotate(level: 'warning' | 'notice', notice: Outcome['notices'][number]): void {
  const properties = {
    ...(notice.file === undefined ? {} : { file: notice.file }),
    ...(notice.line === undefined ? {} : { startLine: notice.line }),
  };
  if (level === 'warning') core.warning(notice.text, properties);
  else core.notice(notice.text, properties);
}

async function writeSummary(markdown: string): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY'] || markdown === '') return;
  const fits = Buffer.byteLength(markdown, 'utf8') <= maxSummaryBytes;
  core.summary.addRaw(
    fits ? markdown : 'The report is too long for a job summary; the output "json" and the log have it.',
    true,
  );
  await core.summary.write();
}

function showFailure(error: unknown): void {
  const failure = describeFailure(error);
  for (const { file, line, column, message } of failure.details.slice(0, maxAnnotations)) {
    core.error(message, { file, startLine: line, startColumn: column });
  }
  for (const { file, line, column, message } of failure.details)
    core.info(disarmCommands(`${file}:${line}:${column}  ${message}`));
  core.error(`${failure.message} ${failure.remedy} [${failure.code}]`);
  if (process.env['WEIGHBRIDGE_DEBUG'] === '1') core.info(failure.stack);
  process.exitCode = failure.exitCode;
}
