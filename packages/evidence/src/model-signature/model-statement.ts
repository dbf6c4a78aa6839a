import {
  canonicalJson,
  type Digest,
  digestBytes,
  digestHex,
  hexToBytes,
  isDigest,
  parseUtf8,
  type Sha256,
} from '@weighbridge/core';
import { parseStrictJson } from '@weighbridge/formats';
import { type Read, statementType } from '../statement.js';
import { excludedNames, quote, refuseName, type Resource } from './resources.js';

/** The predicate of OpenSSF Model Signing v1.0 (github.com/ossf/model-signing-spec, spec/v1.0.md). */
export const modelSignatureType = 'https://model_signing/signature/v1.0';

/** Statements of the ledger's longest list of artifacts fit. */
export const maxModelStatementBytes = 32 * 1024 * 1024;
const maxResources = 65_535;

/** What was signed: the files of a model and their SHA-256. */
export interface ModelStatement {
  /** For people: the format forbids to rely on it. */
  readonly name: string;
  /** SHA-256 over the digests of all resources. */
  readonly root: Digest;
  readonly resources: readonly Resource[];
  /** Paths in the model's folder that the signer left out, beside those of the format. */
  readonly ignorePaths: readonly string[];
}

/** The digest of a whole model: SHA-256 over the raw digests in their order (v1.0, section 6.5.1). It covers no names. */
export function rootDigest(sha256: Sha256, resources: readonly Resource[]): Digest {
  const bytes = new Uint8Array(32 * resources.length);
  for (const [index, { digest }] of resources.entries()) bytes.set(hexToBytes(digestHex(digest)), 32 * index);
  return digestBytes(sha256, bytes);
}

/** The statement about these resources, which are sorted by name. Inverse of parseModelStatement. */
export function formatModelStatement(sha256: Sha256, name: string, resources: readonly Resource[]): string {
  return canonicalJson({
    _type: statementType,
    subject: [{ name, digest: { sha256: digestHex(rootDigest(sha256, resources)) } }],
    predicateType: modelSignatureType,
    predicate: {
      resources: resources.map(({ name: path, digest }) => ({
        name: path,
        algorithm: 'sha256',
        digest: digestHex(digest),
      })),
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: [...excludedNames] },
    },
  });
}

/**
 * Reads a statement that anybody may have written. Whole files by SHA-256 only, since the ledger knows no other digests.
 * Resources may come in any order that the root digest is of: the reference implementation sorts by parts of the path,
 * and not by code points as v1.0 says. Never throws for any bytes.
 */
export function parseModelStatement(bytes: Uint8Array, sha256: Sha256): Read<ModelStatement> {
  if (bytes.length > maxModelStatementBytes)
    return { fault: `its statement has more than ${maxModelStatementBytes} bytes` };
  let value: unknown;
  try {
    value = parseStrictJson(parseUtf8(bytes), { name: 'the statement' });
  } catch {
    // Whatever a parser says of hostile bytes, they are no statement.
    return { fault: 'its statement is not strict JSON in UTF-8' };
  }
  if (!isPlainObject(value) || value['_type'] !== statementType)
    return { fault: 'it signs no in-toto statement of version 1' };
  const { predicateType, predicate } = value;
  if (predicateType !== modelSignatureType)
    return { fault: `it signs a statement of another type than ${modelSignatureType}` };
  if (!isPlainObject(predicate) || !isPlainObject(predicate['serialization']))
    return { fault: 'its statement has no predicate of a model' };
  const unknown = Object.keys(predicate).find((key) => key !== 'resources' && key !== 'serialization');
  if (unknown !== undefined) return { fault: `its predicate has the unknown member ${quote(unknown)}` };
  const ignorePaths = readSerialization(predicate['serialization']);
  if ('fault' in ignorePaths) return ignorePaths;
  const resources = readResources(predicate['resources']);
  if ('fault' in resources) return resources;
  return readSubject(value['subject'], { resources: resources.value, ignorePaths: ignorePaths.value }, sha256);
}

function readSerialization(value: Record<string, unknown>): Read<readonly string[]> {
  const { method, hash_type: hash, ignore_paths: ignored = [] } = value;
  if (method === 'shards')
    return { fault: 'it signs parts of files (method shards), and the ledger knows whole files' };
  if (method !== 'files') return { fault: 'it signs files by a method that is not known' };
  if (hash !== 'sha256') return { fault: 'it signs other digests than SHA-256, which is all that the ledger knows' };
  if (typeof value['allow_symlinks'] !== 'boolean') return { fault: 'it does not say what became of symbolic links' };
  const known: ReadonlySet<string> = new Set(['method', 'hash_type', 'allow_symlinks', 'ignore_paths']);
  if (!Object.keys(value).every((key) => known.has(key))) return { fault: 'its serialization has unknown members' };
  const paths = Array.isArray(ignored) ? ignored.filter((path) => typeof path === 'string') : [];
  if (!Array.isArray(ignored) || paths.length < ignored.length || paths.length > maxResources)
    return { fault: 'its ignored paths are malformed' };
  // The reference implementation lists its own output file as it was named, wherever that was: outside, it ignores nothing.
  return { value: paths.filter((path) => refuseName(path) === null) };
}

function readResources(value: unknown): Read<readonly Resource[]> {
  if (!Array.isArray(value) || value.length === 0) return { fault: 'it signs no file' };
  if (value.length > maxResources) return { fault: `it signs more than ${maxResources} files` };
  const resources: Resource[] = [];
  const seen = new Set<string>();
  for (const item of value as readonly unknown[]) {
    const { name, algorithm, digest } = (typeof item === 'object' && item !== null ? item : {}) as Record<
      string,
      unknown
    >;
    if (typeof name !== 'string') return { fault: 'it signs a file without a name' };
    const refused = refuseName(name);
    if (refused !== null) return { fault: `it signs ${quote(name)}, which ${refused}` };
    if (seen.has(name)) return { fault: `it signs ${quote(name)} twice` };
    seen.add(name);
    const text = typeof digest === 'string' ? `sha256:${digest}` : '';
    if (algorithm !== 'sha256' || !isDigest(text))
      return { fault: `it signs ${quote(name)} by something else than SHA-256` };
    resources.push({ name, digest: text });
  }
  return { value: resources };
}

function readSubject(
  value: unknown,
  parts: Pick<ModelStatement, 'resources' | 'ignorePaths'>,
  sha256: Sha256,
): Read<ModelStatement> {
  const [subject, ...more] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (!isPlainObject(subject) || more.length > 0) return { fault: 'its statement must have one subject' };
  const { name, digest } = subject;
  if (typeof name !== 'string' || name === '' || !isPlainObject(digest)) return { fault: 'its subject is malformed' };
  const root = rootDigest(sha256, parts.resources);
  if (digest['sha256'] !== digestHex(root))
    return { fault: 'its subject is another model than the files that it lists' };
  return { value: { name, root, ...parts } };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
