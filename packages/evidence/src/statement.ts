import { canonicalJson, type Digest, digestHex, isDigest, type JsonObject, parseUtf8 } from '@weighbridge/core';
import { isJsonObject, type MetricDocument, parseStrictJson } from '@weighbridge/formats';

/** in-toto Statement v1 (github.com/in-toto/attestation, spec/v1/statement.md). */
export const statementType = 'https://in-toto.io/Statement/v1';
/**
 * A type of our own: test-result/v0.1 asks for a verdict, and so does the proposed eval-result (metric, comparator,
 * threshold, passed). An evaluation only measures; the gate of the base branch has the thresholds. Member names are
 * those of the two where they mean the same.
 */
export const evaluationType = 'https://weighbridge.dev/evaluation/v1';
/** Media type of a statement in a DSSE envelope. */
export const statementPayloadType = 'application/vnd.in-toto+json';

/** GitHub takes predicates up to 16 MB; a statement that large is no summary any more. */
export const maxStatementBytes = 16 * 1024 * 1024;
/** GitHub's bound as well. */
export const maxSubjects = 1024;
const maxDocuments = 256;

/** What was evaluated, by digest. */
export interface Subject {
  readonly name: string;
  readonly digest: Digest;
}

/** One metric document as a statement holds it: the file's digest, and everything that gates read of it. */
export interface AttestedDocument {
  readonly id: string;
  readonly path: string;
  /** Of the file as it was written. */
  readonly digest: Digest;
  readonly document: MetricDocument;
  /** Of the canonical JSON of the scores by example, which paired comparisons read; null without them. */
  readonly examples: Digest | null;
}

/** The workflow run that evaluated. Told by the run itself: the certificate of a keyless signature is the proof. */
export interface EvaluationRun {
  readonly url: string;
  readonly workflow: string;
  readonly id: string;
  readonly attempt: number;
}

/** What somebody measured of one model. */
export interface Evaluation {
  readonly model: string;
  /** The model's identity first, then its artifacts by path. */
  readonly subjects: readonly Subject[];
  readonly documents: readonly AttestedDocument[];
  /** Data that it was measured on, as the manifest or the caller pins it; null when unknown. */
  readonly dataset: string | null;
  /** Program that measured, such as `lm-eval 0.4.9`; null when unknown. */
  readonly harness: string | null;
  readonly commit: string | null;
  readonly run: EvaluationRun | null;
  /** What the signer says of itself; the policy decides what it counts as. */
  readonly claim: 'attested' | 'recomputed';
  /** How claimed values were measured again; absent where the documents are what the signer itself measured. */
  readonly recomputation?: Recomputation;
  /** RFC 3339, UTC. */
  readonly time: string;
}

/** A second measurement that confirmed the documents of a statement. */
export interface Recomputation {
  /** How far a claimed value may be from the measured one, as `0.001` or `0.5%`. */
  readonly tolerance: string;
  /** Files that the second measurement made, by id, in the order of the documents. */
  readonly measured: readonly { readonly id: string; readonly digest: Digest }[];
}

/** A value, or why there is none, as the end of a sentence that names the thing. */
export type Read<Value> = { readonly value: Value } | { readonly fault: string };

/** The canonical JSON of a statement. Inverse of parseEvaluation. */
export function formatEvaluation(evaluation: Evaluation): string {
  const { model, subjects, documents, dataset, harness, commit, run, claim, recomputation, time } = evaluation;
  return canonicalJson({
    _type: statementType,
    subject: subjects.map(({ name, digest }) => ({ name, digest: { sha256: digestHex(digest) } })),
    predicateType: evaluationType,
    predicate: {
      model,
      documents: documents.map(({ id, path, digest, document, examples }) => ({
        id,
        name: path,
        digest: { sha256: digestHex(digest) },
        format: document.format,
        values: document.values,
        context: document.context,
        examples: examples === null ? null : { sha256: digestHex(examples) },
      })),
      dataset: dataset === null ? null : { uri: dataset },
      harness: harness === null ? null : { name: harness },
      commit: commit === null ? null : { gitCommit: commit },
      run,
      assuranceLevel: claim,
      ...(recomputation === undefined ? {} : { recomputation: formatRecomputation(recomputation) }),
      timeFinished: time,
    },
  });
}

function formatRecomputation({ tolerance, measured }: Recomputation): JsonObject {
  return { tolerance, measured: measured.map(({ id, digest }) => ({ id, digest: { sha256: digestHex(digest) } })) };
}

/** Reads a statement: strict JSON, known members only, every name and digest well-formed. Never throws for any bytes. */
export function parseEvaluation(bytes: Uint8Array): Read<Evaluation> {
  if (bytes.length > maxStatementBytes) return { fault: `it has more than ${maxStatementBytes} bytes` };
  try {
    const statement = parseStrictJson(parseUtf8(bytes), { name: 'the statement', reviveNumber: safeInteger });
    if (!isJsonObject(statement)) return { fault: 'it is no in-toto statement' };
    return readStatement(statement);
  } catch {
    // Whatever a parser says of hostile bytes, they are no statement.
    return { fault: 'it is not strict JSON in UTF-8' };
  }
}

/** Metric values are texts; the numbers that are left count samples and attempts. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('no count');
  return value;
}

function readStatement(statement: JsonObject): Read<Evaluation> {
  if (statement['_type'] !== statementType) return { fault: 'it is no in-toto statement of version 1' };
  if (statement['predicateType'] !== evaluationType) return { fault: `it is no statement of type ${evaluationType}` };
  const { subject, predicate } = statement;
  if (!isJsonObject(predicate)) return { fault: 'it has no predicate' };
  const subjects = readAll(subject, maxSubjects, readSubject);
  const documents = readAll(predicate['documents'], maxDocuments, readDocument);
  if (subjects === null || documents === null) return { fault: 'its subjects or documents are malformed' };
  const run = predicate['run'] ?? null;
  const recomputation = readRecomputation(predicate['recomputation']);
  const evaluation = {
    model: predicate['model'],
    subjects,
    documents,
    dataset: innerText(predicate['dataset'], 'uri'),
    harness: innerText(predicate['harness'], 'name'),
    commit: innerText(predicate['commit'], 'gitCommit'),
    run,
    claim: predicate['assuranceLevel'],
    ...(recomputation === null ? {} : { recomputation }),
    time: predicate['timeFinished'],
  } as unknown as Evaluation;
  const sound =
    typeof evaluation.model === 'string' &&
    (run === null || isRun(run)) &&
    (evaluation.claim === 'attested' || evaluation.claim === 'recomputed') &&
    typeof evaluation.time === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(evaluation.time);
  // Only what formatEvaluation writes: an unknown member might be a condition that we would pass over.
  return sound && formatEvaluation(evaluation) === canonicalJson(statement)
    ? { value: evaluation }
    : { fault: 'it has unknown, missing or malformed members' };
}

function readRecomputation(value: unknown): Recomputation | null {
  if (typeof value !== 'object' || value === null) return null;
  const { tolerance, measured } = value as Record<string, unknown>;
  const files = readAll(measured, maxDocuments, (item) => {
    const digest = readDigest(item);
    return digest === null || typeof item['id'] !== 'string' ? null : { id: item['id'], digest };
  });
  return files === null || typeof tolerance !== 'string' ? null : { tolerance, measured: files };
}

function readAll<Item>(value: unknown, most: number, read: (value: JsonObject) => Item | null): readonly Item[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > most) return null;
  const items = value.map((item) => (isJsonObject(item) ? read(item) : null));
  const sound = items.filter((item) => item !== null);
  return sound.length === items.length ? sound : null;
}

function readSubject(value: JsonObject): Subject | null {
  const digest = readDigest(value);
  return typeof value['name'] === 'string' && digest !== null ? { name: value['name'], digest } : null;
}

function readDocument(value: JsonObject): AttestedDocument | null {
  const digest = readDigest(value);
  const { id, name, format, values, context } = value;
  const examples = value['examples'] === null ? null : readDigest({ digest: value['examples'] ?? null });
  if (typeof id !== 'string' || typeof name !== 'string' || digest === null || typeof format !== 'string') return null;
  if (!Array.isArray(values) || !isJsonObject(context)) return null;
  const document = { format, values, context } as unknown as MetricDocument;
  return { id, path: name, digest, document, examples };
}

function readDigest(value: JsonObject): Digest | null {
  const digest = value['digest'];
  const hex = isJsonObject(digest) ? digest['sha256'] : null;
  const text = typeof hex === 'string' ? `sha256:${hex}` : '';
  return isDigest(text) ? text : null;
}

function innerText(value: unknown, key: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const inner: unknown = (value as Record<string, unknown>)[key];
  return typeof inner === 'string' ? inner : null;
}

function isRun(value: unknown): value is EvaluationRun {
  if (typeof value !== 'object' || value === null) return false;
  const { url, workflow, id, attempt } = value as Record<string, unknown>;
  return [url, workflow, id].every((text) => typeof text === 'string') && Number.isSafeInteger(attempt);
}
