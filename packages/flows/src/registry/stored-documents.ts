import { type Digest, parseUtf8, type VerdictNode, weighbridgeError } from '@weighbridge/core';
import type { MetricDocument } from '@weighbridge/formats';
import type { Decision } from '@weighbridge/gates';
import type { Snapshot } from '@weighbridge/versioning';

type Shape = 'text' | 'object' | 'object or null' | 'list of objects';

/** What every snapshot has, in any version of this program. The digest binds its bytes; this tells that they are one. */
const snapshotShapes: { readonly [Member in keyof Snapshot]?: Shape } = {
  model: 'text',
  kind: 'text',
  base: 'object or null',
  artifacts: 'list of objects',
  data: 'list of objects',
  config: 'list of objects',
  code: 'list of objects',
  prompts: 'list of objects',
  retrieval: 'object or null',
  interface: 'object or null',
  metrics: 'list of objects',
  runtime: 'object',
  uses: 'list of objects',
  training: 'object',
  documentation: 'object',
  metadata: 'object',
};

const metricShapes: { readonly [Member in keyof MetricDocument]: Shape } = {
  format: 'text',
  values: 'list of objects',
  context: 'object',
};

/** A snapshot as the ledger keeps it. @throws flow/evidence-malformed */
export function parseStoredSnapshot(bytes: Uint8Array, digest: Digest): Snapshot {
  const value = parseShaped(bytes, { digest, shapes: snapshotShapes, what: 'a snapshot' });
  if (value['schema'] !== 1) throw malformed(digest, 'a snapshot', 'its schema is not 1');
  for (const metrics of value['metrics'] as readonly Readonly<Record<string, unknown>>[]) {
    const fault = findFault(metrics, metricShapes);
    if (fault !== null) throw malformed(digest, 'a snapshot', `in metrics, ${fault}`);
  }
  return value as unknown as Snapshot;
}

const decisionShapes: { readonly [Member in keyof Decision]?: Shape } = {
  verdict: 'text',
  because: 'text',
  requirements: 'list of objects',
};

const requirementShapes: { readonly [Member in keyof VerdictNode]?: Shape } = {
  id: 'text',
  kind: 'text',
  verdict: 'text',
  because: 'text',
};

/** What a decision came to and why, as the ledger keeps it. @throws flow/evidence-malformed */
export function parseStoredDecision(
  bytes: Uint8Array,
  digest: Digest,
): Pick<Decision, 'verdict' | 'because' | 'requirements'> {
  const value = parseShaped(bytes, { digest, shapes: decisionShapes, what: 'a decision' });
  for (const requirement of value['requirements'] as readonly Readonly<Record<string, unknown>>[]) {
    const fault = findFault(requirement, requirementShapes);
    if (fault !== null) throw malformed(digest, 'a decision', `in requirements, ${fault}`);
  }
  return value as unknown as Decision;
}

/** The Markdown of a model card as the ledger keeps it. @throws flow/evidence-malformed */
export function parseStoredCard(bytes: Uint8Array, digest: Digest): string {
  const value = parseShaped(bytes, { digest, shapes: { type: 'text', text: 'text' }, what: 'a model card' });
  if (value['type'] !== 'model-card') throw malformed(digest, 'a model card', 'its type is another');
  return value['text'] as string;
}

/** The text of a JSON object as the ledger keeps it. @throws flow/evidence-malformed */
export function parseStoredObject(bytes: Uint8Array, digest: Digest, what: string): string {
  parseShaped(bytes, { digest, shapes: {}, what });
  return parseUtf8(bytes);
}

/** A metric document as the ledger keeps it. @throws flow/evidence-malformed */
export function parseStoredMetrics(bytes: Uint8Array, digest: Digest): MetricDocument {
  return parseShaped(bytes, { digest, shapes: metricShapes, what: 'a metric document' }) as unknown as MetricDocument;
}

function parseShaped(
  bytes: Uint8Array,
  about: { readonly digest: Digest; readonly shapes: Readonly<Record<string, Shape>>; readonly what: string },
): Readonly<Record<string, unknown>> {
  const value = parseJson(bytes, about);
  const fault = isObject(value) ? findFault(value, about.shapes) : 'it is no object';
  if (fault !== null) throw malformed(about.digest, about.what, fault);
  return value as Readonly<Record<string, unknown>>;
}

function parseJson(bytes: Uint8Array, { digest, what }: { readonly digest: Digest; readonly what: string }): unknown {
  try {
    return JSON.parse(parseUtf8(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw malformed(digest, what, 'it is not JSON in UTF-8');
    throw error;
  }
}

function findFault(value: Readonly<Record<string, unknown>>, shapes: Readonly<Record<string, Shape>>): string | null {
  const wrong = Object.entries(shapes).find(([member, shape]) => !hasShape(value[member], shape));
  return wrong === undefined ? null : `its "${wrong[0]}" should be: ${wrong[1]}`;
}

function hasShape(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'object':
      return isObject(value);
    case 'object or null':
      return value === null || isObject(value);
    case 'list of objects':
      return Array.isArray(value) && value.every(isObject);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(digest: Digest, what: string, reason: string): Error {
  return weighbridgeError('flow/evidence-malformed', { digest, what, reason });
}
