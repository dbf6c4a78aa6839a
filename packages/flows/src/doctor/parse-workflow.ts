import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { ActionUse, Workflow, WorkflowJob } from './workflow.js';

/** GitHub reads workflows up to 500 KB. */
export const maxWorkflowBytes = 512_000;

/** Anchors are rare in workflows; more than this is a bomb. */
const maxAliases = 100;

type Fields = Readonly<Record<string, unknown>>;

/** Reads a workflow as data. One that is no YAML is answered with its fault; nothing is thrown. */
export function parseWorkflow(path: string, text: string): Workflow {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const read = document.errors.length > 0 ? (document.errors[0]?.message ?? 'it is no YAML') : readFields(document);
  const fault = typeof read === 'string' ? (read.split('\n')[0] ?? read) : null;
  const fields = typeof read === 'string' ? {} : read;
  const uses = usesByJob(document, lines);
  const jobs = Object.entries(asFields(fields['jobs'])).map(([id, job]) =>
    readJob(fields, id, asFields(job), uses.get(id) ?? []),
  );
  return { path, name: textOf(fields['name']) ?? path, fault, triggers: readTriggers(fields['on']), jobs };
}

function readFields(document: Document): Fields | string {
  try {
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    return isFields(value) ? value : 'it is no workflow';
  } catch (error) {
    // Aliases without end: the library says so in its message.
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

/** `on: push`, `on: [push]` and `on: {push: …}` say the same. */
function readTriggers(on: unknown): Workflow['triggers'] {
  if (typeof on === 'string') return { [on]: { pathFilter: false } };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [String(event), { pathFilter: false }]));
  return Object.fromEntries(
    Object.entries(asFields(on)).map(([event, setting]) => {
      const told = asFields(setting);
      return [event, { pathFilter: 'paths' in told || 'paths-ignore' in told }];
    }),
  );
}

function readJob(workflow: Fields, id: string, job: Fields, uses: readonly ActionUse[]): WorkflowJob {
  const steps = (Array.isArray(job['steps']) ? job['steps'] : []).map(asFields);
  const groups = [workflow['concurrency'], job['concurrency']].map(
    (each) => textOf(each) ?? textOf(asFields(each)['group']),
  );
  return {
    id,
    check: textOf(job['name']) ?? id,
    permissions: readPermissions(job['permissions']) ?? readPermissions(workflow['permissions']),
    concurrency: groups.filter((group) => group !== null),
    environment: textOf(job['environment']) ?? textOf(asFields(job['environment'])['name']),
    uses,
    commands: steps.flatMap((step) => commandsOf(step, workflow['on'])),
    signingSecrets: steps.flatMap(signingSecretsOf),
  };
}

function readPermissions(value: unknown): Readonly<Record<string, string>> | null {
  if (value === 'read-all') return { all: 'read' };
  if (value === 'write-all') return { all: 'write' };
  if (!isFields(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([scope, level]) => [scope, String(level)]));
}

/** `acme/weighbridge/actions/gate@v1`; without a folder it is the action at the root, which does what the event asks. */
const ownAction = /^[\w.-]+\/weighbridge(?:\/actions\/([a-z]+))?@/;
const comment = /^[ \t]*#.*$/gm;
/** What a script only prints: up to the operator or the line end that is not quoted, because what follows is run. */
const printed = /(^|&&|\|\||[;|])[ \t]*(?:echo|printf)\b(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|>&|&>|[^'"\\&|;\n])*/gm;
const commandLine = /\bweighbridge\s+(version|gate|register|promote|rollback|apply|evidence)\b/g;

function commandsOf(step: Fields, on: unknown): readonly string[] {
  const run = runBy((textOf(step['run']) ?? '').replaceAll(comment, ''));
  const typed = [...run.matchAll(commandLine)].map(([, command = '']) => command);
  const used = ownAction.exec(textOf(step['uses']) ?? '');
  if (used === null) return typed;
  const folder = used[1];
  if (folder !== undefined) return [...typed, folder];
  const named = textOf(asFields(step['with'])['command']);
  return named === null ? [...typed, ...commandsByEvent(readTriggers(on))] : [...typed, named];
}

/** Substitutions within substitutions; nobody writes more. */
const deepestSubstitution = 8;

/** A script without what it only prints. What is printed may be the output of a command: that is run. */
function runBy(script: string, depth = 0): string {
  if (depth > deepestSubstitution) return script;
  return script.replaceAll(printed, (told: string, before: string) =>
    [before, ...substitutionsIn(told).map((inner) => runBy(inner, depth + 1))].join('\n'),
  );
}

/** What stands in `$(…)` and between backticks, but for what single quotes or a backslash take from the shell. */
function substitutionsIn(text: string): readonly string[] {
  const found: string[] = [];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === "'" && !isQuoted) at = endOf(text, "'", at + 1);
    else if (character === '`' || text.startsWith('$(', at)) {
      const start = at + (character === '`' ? 1 : 2);
      at = character === '`' ? endOf(text, '`', start) : closingOf(text, start);
      found.push(text.slice(start, at));
    }
  }
  return found;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at;
}

/** Where the parenthesis that was opened before is closed, or else the end. */
function closingOf(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') open++;
    else if (text[at] === ')' && --open === 0) return at;
  }
  return text.length;
}

function commandsByEvent(triggers: Workflow['triggers']): readonly string[] {
  const has = (...events: readonly string[]) => events.some((event) => Object.hasOwn(triggers, event));
  return [
    ...(has('pull_request', 'pull_request_target', 'merge_group', 'workflow_run', 'pull_request_review')
      ? ['version', 'gate']
      : []),
    ...(has('push') ? ['register'] : []),
    ...(has('workflow_dispatch') ? ['rollback'] : []),
  ];
}

const secretName = /\bsecrets\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*'([A-Za-z_]\w*)'\s*\])/g;

function signingSecretsOf(step: Fields): readonly string[] {
  const handed = [asFields(step['with'])['signing-key'], asFields(step['env'])['WEIGHBRIDGE_SIGNING_KEY']];
  return handed.flatMap((value) =>
    [...(textOf(value) ?? '').matchAll(secretName)].map(([, dotted, quoted]) => dotted ?? quoted ?? ''),
  );
}

/** Every `uses:` by job, with its line; those of a job itself (reusable workflows) too. */
function usesByJob(document: Document, lines: LineCounter): ReadonlyMap<string, readonly ActionUse[]> {
  const found = new Map<string, readonly ActionUse[]>();
  const jobs = document.get('jobs');
  if (!isMap(jobs)) return found;
  for (const { key, value } of jobs.items) {
    if (!isScalar(key)) continue;
    const uses: ActionUse[] = [];
    visit(value as Document | null, {
      Pair(_, pair) {
        if (!isScalar(pair.key) || pair.key.value !== 'uses' || !isScalar(pair.value)) return;
        const text = String(pair.value.value);
        const line = lines.linePos(pair.value.range?.[0] ?? 0).line;
        uses.push({ text, line, pinned: isPinned(text) });
      },
    });
    found.set(String(key.value), uses);
  }
  return found;
}

/** A full commit id, an image by digest, or a file of the same commit. */
function isPinned(uses: string): boolean {
  return (
    uses.startsWith('./') || uses.startsWith('$/') || /@(?:[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64})$/.test(uses)
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
