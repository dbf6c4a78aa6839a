/** What a workflow command on standard output asks of the runner: `::warning file=a.yaml,line=3::text`. */
export interface Annotation {
  readonly level: 'debug' | 'notice' | 'warning' | 'error';
  readonly message: string;
  /** As written: `file`, `line`, `endLine`, `col`, `title`. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface WorkflowCommands {
  readonly annotations: readonly Annotation[];
  /** Values that the step asked to be hidden in logs. */
  readonly masks: readonly string[];
}

/** Finds the workflow commands in what a step printed. Other lines and other commands are left alone. */
export function parseWorkflowCommands(output: string): WorkflowCommands {
  const annotations: Annotation[] = [];
  const masks: string[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, name = '', properties = '', message = ''] = /^::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (name === 'add-mask') masks.push(unescapeText(message));
    if (isLevel(name))
      annotations.push({ level: name, message: unescapeText(message), properties: parseProperties(properties) });
  }
  return { annotations, masks };
}

function isLevel(name: string): name is Annotation['level'] {
  return ['debug', 'notice', 'warning', 'error'].includes(name);
}

function parseProperties(text: string): Record<string, string> {
  const pairs = text.split(',').filter((part) => part.includes('='));
  return Object.fromEntries(
    pairs.map((part) => [part.slice(0, part.indexOf('=')).trim(), unescapeProperty(part.slice(part.indexOf('=') + 1))]),
  );
}

function unescapeText(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeText(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}
