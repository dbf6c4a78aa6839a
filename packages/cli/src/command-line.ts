import {
  type Command as HostCommand,
  type CommandSpec,
  commonInputs,
  delayOptimizing,
  describeFailure,
  type InputSpec,
  type InputValues,
  loadCommands,
  openProgress,
  type Outcome,
  outline,
  type OutlinedCommand,
  type ProgressStream,
  renderFailure,
  runCommand,
  type RunOptions,
  type Usage,
  usageError,
} from '@weighbridge/host';
import { Command, CommanderError } from 'commander';
import { groupOfHelp } from './help-groups.js';
import { ownLineFor } from './foreign-words.js';
import { renderOutcome } from './render-outcome.js';

/** Version of this package, told by --version. */
const version = '0.1.0';

const exitCodes = `
Exit codes: 0 pass, 1 a gate failed or something is not as required, 2 configuration or usage,
3 an outside system, 70 our bug. Logs go to stderr; --json prints one document to stdout.
Documentation: https://github.com/weighbridge-dev/weighbridge#readme`;

/** What a command line shows progress on, and its clock. */
export interface Terminal {
  readonly stderr: ProgressStream;
  readonly clock: { now(): Date };
}

const ownTerminal = (): Terminal => ({ stderr: process.stderr, clock: { now: () => new Date() } });

/** Runs one command line and returns its exit code. Prints results to stdout and everything else to stderr. */
export async function runCommandLine(words: readonly string[], terminal: Terminal = ownTerminal()): Promise<number> {
  delayOptimizing();
  let exitCode = 0;
  const program = new Command('weighbridge')
    .description('Turns a git repository into a governed registry of machine-learning models.')
    .version(version)
    .enablePositionalOptions()
    .configureHelp({ sortSubcommands: false })
    .addHelpText('after', exitCodes)
    // Errors are told once, with what to do: see usageFault.
    .configureOutput({ outputError: () => undefined })
    .exitOverride((error) => {
      const meant = ownLineFor(words.find((word) => !word.startsWith('-')) ?? '');
      throw usageFault(error, { name: '', usage: 'weighbridge <command>', example: meant ?? 'weighbridge version' });
    });
  const commands = await loadCommands(namedBy(words));
  for (const command of commands) {
    declare({ program, command, commands }, async (positional, options) => {
      exitCode = await run({ command, positional, options, terminal });
    });
  }
  // Where none of them is named, --help and suggestions have to know of all.
  if (commands.length === 0) for (const outlined of outline) sketch(program, outlined);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return reportFailure(error, words);
  }
}

/** The words that say which commands there have to be. Of a group, help tells all commands, whatever word follows it. */
function namedBy(words: readonly string[]): readonly string[] {
  if (words[0] === 'help') return words.slice(1, 2);
  return words[0] === '--' ? words.slice(1) : words;
}

type Running = (positional: readonly unknown[], options: Readonly<Record<string, unknown>>) => Promise<void>;

/** One command among those that are declared. */
interface Declared {
  readonly program: Command;
  readonly command: HostCommand;
  readonly commands: readonly HostCommand[];
}

function declare({ program, command, commands }: Declared, start: Running): void {
  const { spec } = command;
  const [first = '', second] = spec.name.split(' ');
  const parent = second === undefined ? program : groupOf(program, first, commands);
  const declared = parent
    .command(second ?? first)
    .summary(spec.summary)
    .helpGroup(groupOfHelp(spec.name))
    .description(`${spec.summary}.\n\n${spec.description}`)
    .exitOverride((error) => {
      const [example = `weighbridge ${spec.name}`] = spec.examples;
      throw usageFault(error, { name: spec.name, usage: usageOf(spec), example });
    });
  for (const argument of spec.arguments) {
    const name = argument.many === true ? `${argument.name}...` : argument.name;
    declared.argument(argument.required === true ? `<${name}>` : `[${name}]`, argument.description);
  }
  for (const input of flagsOf(spec.inputs)) declareFlag(declared, input);
  declared.option('--json', 'Print one JSON document to stdout');
  declared.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  ${example}`).join('\n')}`);
  declared.action(async (...received: unknown[]) => {
    await start(received.slice(0, spec.arguments.length), declared.opts<Record<string, unknown>>());
  });
}

/** A command as --help lists it, which is not run. */
function sketch(program: Command, { name, words, summary }: OutlinedCommand): void {
  const sketched = program.command(name).summary(summary).helpGroup(groupOfHelp(name));
  // A group has no options; whatever one is called, it is told as [options].
  if (words === null) return;
  sketched.option('--json');
  if (words !== '') sketched.arguments(words);
}

function groupOf(program: Command, name: string, commands: readonly HostCommand[]): Command {
  const existing = program.commands.find((command) => command.name() === name);
  return (
    existing ??
    program
      .command(name)
      .summary(outline.find((outlined) => outlined.name === name)?.summary ?? name)
      .helpGroup(groupOfHelp(name))
      .exitOverride((error) => {
        const example = commands.find(({ spec }) => spec.name.startsWith(`${name} `))?.spec.examples[0] ?? '';
        throw usageFault(error, { name, usage: `weighbridge ${name} <command>`, example });
      })
  );
}

/** Help that was asked for is no error; groups answer with their help when no command of theirs is named. */
function usageFault(error: CommanderError, usage: Usage): Error {
  if (error.exitCode === 0) return error;
  return usageError(error.code === 'commander.help' ? 'a command is missing' : error.message, usage);
}

/** `weighbridge promote <model> --to <STAGE>`: what cannot be left out, and that there is more. */
function usageOf({ name, arguments: words, inputs }: CommandSpec): string {
  const named = words.map((word) => {
    const shown = word.many === true ? `${word.name}...` : word.name;
    return word.required === true ? `<${shown}>` : `[${shown}]`;
  });
  const flags = inputs.filter((input) => input.required === true && input.only !== 'action');
  const required = flags.map((input) => `--${input.name} <${input.placeholder ?? 'VALUE'}>`);
  return ['weighbridge', name, ...named, ...required, '[options]'].join(' ');
}

function flagsOf(inputs: readonly InputSpec[]): readonly InputSpec[] {
  return [...inputs, ...commonInputs].filter((input) => input.only !== 'action');
}

function declareFlag(declared: Command, input: InputSpec): void {
  const short = input.name === 'directory' ? '-C, ' : '';
  const value = input.type === 'boolean' ? '' : ` <${input.placeholder ?? 'VALUE'}>`;
  const shown = input.default !== undefined && input.type !== 'boolean' ? ` (default: ${input.default})` : '';
  const required = input.required === true ? ' (required)' : '';
  const flag = `${short}--${input.name}${value}`;
  const description = `${input.description}${shown}${required}`;
  if (input.type === 'items') declared.option(flag, description, collect, []);
  else declared.option(flag, description);
}

function collect(item: string, before: readonly string[]): readonly string[] {
  return [...before, item];
}

async function run({
  command,
  positional,
  options,
  terminal,
}: {
  readonly command: HostCommand;
  readonly positional: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly terminal: Terminal;
}): Promise<number> {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const [index, argument] of command.spec.arguments.entries()) {
    const value = positional[index];
    if (Array.isArray(value)) lists.set(argument.name, value.map(String));
    else if (typeof value === 'string') texts.set(argument.name, value);
  }
  for (const input of flagsOf(command.spec.inputs)) {
    const value = options[camelCase(input.name)] ?? input.default;
    if (Array.isArray(value)) lists.set(input.name, value.map(String));
    else if (typeof value === 'string' || typeof value === 'boolean') texts.set(input.name, String(value));
  }
  const check = (inputs: InputValues) => requireFlags(command.spec, inputs);
  const outcome = await runWatched(
    { command, texts, lists, environment: process.env, folder: process.cwd(), check },
    terminal,
  );
  const { stdout, stderr } = renderOutcome(outcome, { json: options['json'] === true });
  if (stderr !== '') process.stderr.write(stderr);
  process.stdout.write(stdout);
  return outcome.exitCode;
}

/** A flag that cannot be left out, and is missing or empty, is told before the repository is looked at. */
function requireFlags(spec: CommandSpec, inputs: InputValues): void {
  for (const { name, placeholder, required } of flagsOf(spec.inputs)) {
    if (required !== true || inputs.list(name).length > 0) continue;
    const [example = `weighbridge ${spec.name}`] = spec.examples;
    const reason = `missing required option '--${name} <${placeholder ?? 'VALUE'}>'`;
    throw usageError(reason, { name: spec.name, usage: usageOf(spec), example });
  }
}

async function runWatched(
  options: Omit<RunOptions, 'progress' | 'clock'>,
  { stderr, clock }: Terminal,
): Promise<Outcome> {
  const progress = openProgress(stderr, { environment: options.environment, clock });
  try {
    return await runCommand({ ...options, clock, progress: progress.tell });
  } finally {
    progress.close();
  }
}

function reportFailure(error: unknown, words: readonly string[]): number {
  const failure = describeFailure(error);
  if (words.includes('--json')) {
    const { code, message, remedy, details } = failure;
    process.stdout.write(`${JSON.stringify({ error: { code, message, remedy, details } }, null, 2)}\n`);
  }
  process.stderr.write(`${renderFailure(failure)}\n`);
  if (process.env['WEIGHBRIDGE_DEBUG'] === '1') process.stderr.write(`${failure.stack}\n`);
  return failure.exitCode;
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
