import { Composer, type Document, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Fault, makeFault, maxListedFaults } from './fault.js';
import { LineIndex } from './line-index.js';
import { readPlainYaml } from './plain-yaml.js';
import { showText } from './quoting.js';
import { isReservedKey } from './reserved-keys.js';
import { SourceDocument, type Spot } from './source-document.js';
import { explainSyntax } from './yaml-reasons.js';
import { readTokens } from './yaml-tokens.js';

/** Manifests, stages and policies are written by people; the largest sensible policy is a tenth of this. */
export const maxYamlBytes = 256 * 1024;

/**
 * Reads one YAML 1.2 document (core schema) into plain values with positions. Never throws for any text: what is wrong
 * is in `faults`, and `value` is undefined when the text has no value that could be trusted.
 */
export function readYaml(file: string, text: string): SourceDocument {
  const plain = readPlainYaml(text, false);
  if (plain === null) return readAnyYaml(file, text);
  const root = () => readPlainYaml(text)?.spot ?? null;
  return new SourceDocument({ file, value: plain.value, faults: [], root, lines: new LineIndex(text) });
}

/** As readYaml, by tokens and nodes: for every text, at many times the cost. */
export function readAnyYaml(file: string, text: string): SourceDocument {
  const lines = new LineIndex(text);
  const failed = (faults: readonly Fault[]) =>
    new SourceDocument({ file, value: undefined, faults, root: null, lines });
  const conflict = findConflictMarker(text);
  if (conflict !== -1) {
    return failed([makeFault({ file, position: lines.position(conflict), path: [] }, 'manifest/conflict-marker', {})]);
  }
  const { tokens, faults } = readTokens(file, text, lines);
  if (faults.length > 0) return failed(faults);
  const [document] = new Composer({ version: '1.2', uniqueKeys: false, prettyErrors: false }).compose(tokens, true);
  if (document === undefined) return failed([]);
  if (document.errors.length > 0) return failed(syntaxFaults(file, document, lines));
  const reader = new NodeReader(file, lines);
  const read = reader.read(document.contents, null, []);
  return new SourceDocument({ file, value: read.value, faults: reader.faults, root: read.spot, lines });
}

/** Offset of the first line that git leaves where two branches disagree; -1 when there is none. */
export function findConflictMarker(text: string): number {
  if (text.startsWith('<<<<<<< ')) return 0;
  const at = text.indexOf('\n<<<<<<< ');
  return at === -1 ? -1 : at + 1;
}

/** One fault a line: what follows the first on a line is most often a consequence of it. */
function syntaxFaults(file: string, document: Document, lines: LineIndex): Fault[] {
  const byLine = new Map<number, Fault>();
  for (const error of document.errors) {
    if (byLine.size > maxListedFaults) break;
    const position = lines.position(error.pos[0]);
    if (byLine.has(position.line)) continue;
    const at = { file, position, path: [] };
    const tab = error.code === 'TAB_AS_INDENT';
    const reason = explainSyntax(error.code, error.message);
    byLine.set(position.line, tab ? makeFault(at, 'manifest/tab', {}) : makeFault(at, 'manifest/syntax', { reason }));
  }
  return [...byLine.values()];
}

interface ReadNode {
  readonly value: unknown;
  readonly spot: Spot;
}

/** Turns nodes into plain values and spots. Recursion is bounded by the depth that readTokens lets pass. */
class NodeReader {
  readonly faults: Fault[] = [];
  private readonly file: string;
  private readonly lines: LineIndex;

  constructor(file: string, lines: LineIndex) {
    this.file = file;
    this.lines = lines;
  }

  read(node: ParsedNode | null, keyOffset: number | null, path: readonly (string | number)[]): ReadNode {
    const offset = node?.range[0] ?? keyOffset ?? 0;
    if (isMap(node)) return this.readMap(node, { offset, keyOffset }, path);
    if (isSeq(node)) return this.readList(node, { offset, keyOffset }, path);
    const scalar = isScalar(node) ? node : null;
    // What is not written has no place of its own: faults then point at the key.
    const source = scalar === null || (scalar.value === null && scalar.source === '') ? null : (scalar.source ?? '');
    if (typeof scalar?.value === 'number') this.checkNumber(scalar.value, source ?? '', offset, path);
    return { value: scalar?.value ?? null, spot: { offset, keyOffset, source, children: null } };
  }

  private readMap(node: YAMLMap, at: Pick<Spot, 'offset' | 'keyOffset'>, path: readonly (string | number)[]): ReadNode {
    const value: Record<string, unknown> = {};
    const children = new Map<string, Spot>();
    for (const pair of node.items) {
      const keyNode = pair.key as ParsedNode | null;
      const offset = keyNode?.range[0] ?? at.offset;
      const key = isScalar(keyNode) ? this.keyText(keyNode.value, keyNode.source) : null;
      if (key === null) {
        this.report(offset, path, 'manifest/key-shape', {});
        continue;
      }
      const first = children.get(key);
      const shown = showText(key);
      if (first !== undefined) {
        const firstLine = this.lines.position(first.keyOffset ?? first.offset).line;
        this.report(offset, [...path, key], 'manifest/duplicate-key', { key: shown, firstLine });
      } else if (isReservedKey(key)) {
        this.report(offset, [...path, key], 'manifest/reserved-key', { key: shown });
      } else {
        const child = this.read(pair.value as ParsedNode | null, offset, [...path, key]);
        value[key] = child.value;
        children.set(key, child.spot);
      }
    }
    return { value, spot: { ...at, source: null, children } };
  }

  private readList(
    node: YAMLSeq,
    at: Pick<Spot, 'offset' | 'keyOffset'>,
    path: readonly (string | number)[],
  ): ReadNode {
    const value: unknown[] = [];
    const children = new Map<number, Spot>();
    for (const [index, item] of node.items.entries()) {
      const child = this.read(item as ParsedNode | null, null, [...path, index]);
      value.push(child.value);
      children.set(index, child.spot);
    }
    return { value, spot: { ...at, source: null, children } };
  }

  /** Numbers and truth values as keys are the text that was written; nothing and structures are no key. */
  private keyText(value: unknown, source: string | undefined): string | null {
    if (typeof value === 'string') return value;
    if (value === null || value === undefined || source === undefined || source === '') return null;
    return source;
  }

  private checkNumber(value: number, source: string, offset: number, path: readonly (string | number)[]): void {
    const found = showText(source);
    if (!Number.isFinite(value)) this.report(offset, path, 'manifest/not-finite', { found });
    else if (!Number.isSafeInteger(value) && /^[+-]?\d+$/.test(source)) {
      this.report(offset, path, 'manifest/inexact', { found });
    }
  }

  private report<Code extends Parameters<typeof makeFault>[1]>(
    offset: number,
    path: readonly (string | number)[],
    code: Code,
    fields: Parameters<typeof makeFault<Code>>[2],
  ): void {
    this.faults.push(makeFault({ file: this.file, position: this.lines.position(offset), path }, code, fields));
  }
}
