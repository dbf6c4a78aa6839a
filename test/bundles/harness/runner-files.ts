import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files by which a step speaks to the runner, each named in a variable of the step's environment. */
export interface RunnerFiles {
  readonly environment: Readonly<Record<string, string>>;
  read(): Promise<RunnerFileContents>;
}

export interface RunnerFileContents {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly exportedEnv: Readonly<Record<string, string>>;
  readonly addedPaths: readonly string[];
  /** The step's summary as Markdown. */
  readonly summary: string;
}

/** Makes the five files, empty as the runner leaves them, in a folder of the caller. */
export async function makeRunnerFiles(folder: string): Promise<RunnerFiles> {
  await mkdir(folder, { recursive: true });
  const names = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const;
  const fileOf = (name: (typeof names)[number]): string => join(folder, name.toLowerCase());
  await Promise.all(names.map((name) => writeFile(fileOf(name), '')));
  const textOf = (name: (typeof names)[number]): Promise<string> => readFile(fileOf(name), 'utf8');
  return {
    environment: Object.fromEntries(names.map((name) => [`GITHUB_${name}`, fileOf(name)])),
    read: async () => ({
      outputs: parseFileCommands(await textOf('OUTPUT')),
      state: parseFileCommands(await textOf('STATE')),
      exportedEnv: parseFileCommands(await textOf('ENV')),
      addedPaths: (await textOf('PATH')).split(/\r?\n/).filter((line) => line !== ''),
      summary: await textOf('STEP_SUMMARY'),
    }),
  };
}

/**
 * Reads `name=value` lines and `name<<MARK` blocks as the runner does. A line of neither kind, or a block without its
 * end, fails the step on GitHub and throws here.
 */
export function parseFileCommands(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/);
  const found: Record<string, string> = {};
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    if (block === null) {
      const equals = line.indexOf('=');
      if (equals <= 0) throw new Error(`The runner refuses the line "${line}".`);
      found[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const end = lines.indexOf(block[2] ?? '', at + 1);
    if (end < 0) throw new Error(`The block "${line}" has no end.`);
    found[block[1] ?? ''] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return found;
}
