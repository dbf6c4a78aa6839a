import { type JinjaExpression, JinjaReader } from './jinja-expressions.js';
import { jinjaParts, jinjaTokens } from './jinja-tokens.js';

/** One way through an `if`: what it asks (null for `else`), and what follows then. */
export interface JinjaArm {
  readonly test: JinjaExpression | null;
  readonly body: JinjaNode[];
}

/** A block with names of its own. */
export interface JinjaFrame {
  readonly kind: 'frame';
  /** Read outside, before the block. */
  readonly values: readonly JinjaExpression[];
  /** Defined by it where it stands. */
  readonly defines: readonly string[];
  /** Known inside alone. */
  readonly own: ReadonlySet<string>;
  /** Known in the body alone, without being named: `loop`, `caller` … */
  readonly implied: readonly string[];
  /** Read inside, before the body: defaults of parameters, the test of a loop. */
  readonly inner: readonly JinjaExpression[];
  /** A `block`, which sees what the template defines at its top, and not what stands around it. */
  readonly apart: boolean;
  readonly body: JinjaNode[];
}

/** A template as what is read, defined and asked, in its order. Plain text is left out. */
export type JinjaNode =
  | { readonly kind: 'read'; readonly values: readonly JinjaExpression[] }
  | { readonly kind: 'set'; readonly values: readonly JinjaExpression[]; readonly defines: readonly string[] }
  | { readonly kind: 'branch'; readonly arms: JinjaArm[] }
  | JinjaFrame;

/** Blocks that stand deeper are read as if they stood at this depth. */
const maxBlocks = 100;

interface Open {
  /** The statement that ends it, without `end`. */
  readonly word: string;
  readonly into: JinjaNode[];
  readonly arms?: JinjaArm[];
}

/** Reads a template into its blocks. It answers for any text: an end without a beginning is passed over. */
export function jinjaTree(template: string): readonly JinjaNode[] {
  const top: JinjaNode[] = [];
  const open: Open[] = [{ word: '', into: top }];
  for (const { kind, code } of jinjaParts(template)) {
    const reader = new JinjaReader(jinjaTokens(code));
    if (kind === 'expression') innermost(open).into.push({ kind: 'read', values: reader.takeRest() });
    else readStatement(reader, open);
  }
  return top;
}

function innermost(open: readonly Open[]): Open {
  return open.at(-1) ?? { word: '', into: [] };
}

function readStatement(reader: JinjaReader, open: Open[]): void {
  const word = reader.takeName() ?? '';
  const { into, arms, word: around } = innermost(open);
  if (word.startsWith('end')) {
    if (open.length > 1 && word === `end${around}`) open.pop();
  } else if ((word === 'elif' || word === 'else') && arms !== undefined) {
    const arm: JinjaArm = { test: word === 'else' ? null : conditionOf(reader), body: [] };
    arms.push(arm);
    open.splice(-1, 1, { word: around, into: arm.body, arms });
  } else if (word === 'else' && around === 'for') {
    const otherwise = frame({});
    open.at(-2)?.into.push(otherwise);
    open.splice(-1, 1, { word: around, into: otherwise.body });
  } else if (open.length <= maxBlocks) {
    const opened = openBlock(word, reader, into);
    if (opened !== null) open.push(opened);
  } else into.push({ kind: 'read', values: reader.takeRest() });
}

/** Adds what the statement is to its surroundings; answers the block that it opens, if it opens one. */
function openBlock(word: string, reader: JinjaReader, into: JinjaNode[]): Open | null {
  if (word === 'if') {
    const arm: JinjaArm = { test: conditionOf(reader), body: [] };
    const arms = [arm];
    into.push({ kind: 'branch', arms });
    return { word, into: arm.body, arms };
  }
  const make = Object.hasOwn(frames, word) ? frames[word] : undefined;
  const made = make?.(reader);
  if (made !== undefined) {
    into.push(made);
    return { word, into: made.body };
  }
  if (word === 'set') return readSet(reader, into);
  if (word === 'trans') return readTranslation(reader, into);
  into.push(statementOf(word, reader));
  return null;
}

function conditionOf(reader: JinjaReader): JinjaExpression {
  const [only, ...more] = reader.takeList(true);
  return more.length === 0 && only !== undefined
    ? only
    : { kind: 'list', parts: only === undefined ? [] : [only, ...more] };
}

function frame(parts: Partial<Omit<JinjaFrame, 'kind' | 'own'>> & { readonly own?: Iterable<string> }): JinjaFrame {
  return {
    kind: 'frame',
    values: parts.values ?? [],
    defines: parts.defines ?? [],
    own: new Set(parts.own ?? []),
    implied: parts.implied ?? [],
    inner: parts.inner ?? [],
    apart: parts.apart ?? false,
    body: [],
  };
}

/** Names that macros and call blocks have without being told. */
const ofMacros = ['caller', 'kwargs', 'varargs'];

const frames: Readonly<Record<string, (reader: JinjaReader) => JinjaFrame>> = {
  for: readLoop,
  macro: (reader) => {
    const name = reader.takeName();
    const { names, defaults } = reader.takeSignature();
    return frame({ defines: name === null ? [] : [name], own: names, implied: ofMacros, inner: defaults });
  },
  call: (reader) => {
    const { names, defaults } = reader.takeSignature();
    return frame({ values: reader.takeRest(), own: names, implied: ofMacros, inner: defaults });
  },
  with: (reader) => {
    const { names, values } = takeAssignments(reader);
    return frame({ values, own: names });
  },
  filter: (reader) => frame({ values: [reader.takeFilter({ kind: 'constant', value: '' })] }),
  block: (reader) => {
    reader.takeName();
    return frame({ implied: ['self', 'super'], apart: !reader.skips('scoped') && !reader.skips('required', 'scoped') });
  },
  autoescape: (reader) => frame({ inner: reader.takeRest() }),
  generation: () => frame({}),
};

/** `for a, b in items if test recursive`: the targets are known in the test and inside, not in the items. */
function readLoop(reader: JinjaReader): JinjaFrame {
  const own: string[] = [];
  while (!reader.atEnd && !reader.skips('in')) {
    const name = reader.takeName();
    if (name !== null) own.push(name);
    else reader.skipOne();
  }
  const values = reader.takeList(true);
  const inner = reader.skips('if') ? [reader.takeExpression()] : [];
  return frame({ values, own, implied: ['loop'], inner });
}

/** `a = value, b = value` of `with`; the values are read outside. */
function takeAssignments(reader: JinjaReader): { readonly names: string[]; readonly values: JinjaExpression[] } {
  const names: string[] = [];
  const values: JinjaExpression[] = [];
  while (!reader.atEnd) {
    if (reader.skips('=')) values.push(reader.takeExpression());
    else {
      const name = reader.takeName();
      if (name === null) reader.skipOne();
      else names.push(name);
    }
  }
  return { names, values };
}

/** `trans trimmed a = value, b`: what has a value is known inside, but no other name of it is its own. */
function readTranslation(reader: JinjaReader, into: JinjaNode[]): Open {
  const own: string[] = [];
  const values: JinjaExpression[] = [];
  if (!reader.sees('trimmed', '=') && !reader.skips('trimmed') && !reader.sees('notrimmed', '='))
    reader.skips('notrimmed');
  while (!reader.atEnd) {
    const name = reader.takeName();
    if (name === null) reader.skipOne();
    else if (reader.skips('=')) {
      own.push(name);
      values.push(reader.takeExpression());
    } else values.push({ kind: 'name', name });
  }
  const body: JinjaNode[] = [{ kind: 'set', values, defines: own }];
  into.push({ kind: 'branch', arms: [{ test: { kind: 'constant', value: true }, body }] });
  return { word: 'trans', into: body };
}

/** `set a, b = …`, the block `set a`, and `set ns.member = …`, which defines nothing new. */
function readSet(reader: JinjaReader, into: JinjaNode[]): Open | null {
  const defines: string[] = [];
  const values: JinjaExpression[] = [];
  while (!reader.atEnd && !reader.sees('=') && !reader.sees('|')) {
    const name = reader.takeName();
    if (name === null) reader.skipOne();
    else if (reader.skips('.')) {
      reader.takeName();
      values.push({ kind: 'name', name });
    } else defines.push(name);
  }
  if (reader.skips('=')) {
    into.push({ kind: 'set', values: [...reader.takeList(), ...values], defines });
    return null;
  }
  if (reader.skips('|')) values.push(reader.takeFilter({ kind: 'constant', value: '' }));
  const body = frame({});
  into.push({ kind: 'set', values, defines }, body);
  return { word: 'set', into: body.body };
}

/** Statements without a body. What is none of Jinja2's is read for its names. */
function statementOf(word: string, reader: JinjaReader): JinjaNode {
  if (word === 'import' || word === 'from') {
    const values = [reader.takeExpression()];
    return { kind: 'set', values, defines: word === 'import' ? importedName(reader) : importedNames(reader) };
  }
  if (word === 'include') return { kind: 'read', values: [reader.takeExpression()] };
  if (['break', 'continue', 'debug', 'elif', 'else'].includes(word)) return { kind: 'read', values: [] };
  return { kind: 'read', values: reader.takeRest() };
}

function importedName(reader: JinjaReader): string[] {
  const name = reader.skips('as') ? reader.takeName() : null;
  return name === null ? [] : [name];
}

/** `import a, b as c with context`. */
function importedNames(reader: JinjaReader): string[] {
  const names: string[] = [];
  if (!reader.skips('import')) return names;
  do {
    if (reader.sees('with', 'context') || reader.sees('without', 'context')) break;
    const name = reader.takeName();
    const alias = reader.skips('as') ? reader.takeName() : name;
    if (alias !== null) names.push(alias);
  } while (reader.skips(','));
  return names;
}
