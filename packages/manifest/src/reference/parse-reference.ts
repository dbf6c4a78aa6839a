import { isDigest, isModelName, isVersionRange, weighbridgeError } from '@weighbridge/core';
import { showValue } from '../source/quoting.js';
import type { Reference } from './reference.js';

const maxReferenceLength = 2048;

/** A reference, or why a text is none. `secret` says that it carries credentials, so that its text must not be shown. */
export type ReferenceReading =
  | { readonly ok: true; readonly reference: Reference }
  | { readonly ok: false; readonly reason: string; readonly secret: string | null };

/**
 * Reads what a manifest points at. Inverse of formatReference for every text that it accepts.
 * @throws manifest/reference, or manifest/reference-secret when the text carries credentials.
 */
export function parseReference(text: string): Reference {
  const read = readReference(text);
  if (read.ok) return read.reference;
  if (read.secret !== null) throw weighbridgeError('manifest/reference-secret', { scheme: read.secret });
  throw weighbridgeError('manifest/reference', { found: showValue(text), reason: read.reason });
}

/** References that are kept; a repository names hundreds of things, each in several places and looked at several times. */
const maxKept = 4_096;
const kept = new Map<string, ReferenceReading>();

/** As parseReference, with the refusal as a value. */
export function readReference(text: string): ReferenceReading {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const reading = readAnew(text);
  if (!reading.ok) return reading;
  if (kept.size >= maxKept) kept.clear();
  kept.set(text, reading);
  return reading;
}

function readAnew(text: string): ReferenceReading {
  if (text === '') return refuse('it is empty');
  if (text.length > maxReferenceLength) return refuse(`it is longer than ${maxReferenceLength} characters`);
  if (/[\u0000-\u001f\u007f]/.test(text)) return refuse('it holds a control character');
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/.exec(text);
  if (match === null) return { ok: true, reference: { scheme: 'path', path: text } };
  const [, scheme = '', rest = ''] = match;
  if (carriesSecret(rest)) return { ok: false, reason: 'it carries credentials', secret: scheme };
  const read = Object.hasOwn(readers, scheme) ? readers[scheme as Scheme] : undefined;
  if (read === undefined) return refuse(`"${scheme}:" is not known`);
  return read(rest);
}

type Scheme = Exclude<Reference['scheme'], 'path'>;
type Reader = (rest: string) => ReferenceReading;

const readers: Readonly<Record<Scheme, Reader>> = {
  dvc: (rest) => (rest === '' ? refuse('a path must follow dvc:') : accept({ scheme: 'dvc', path: rest })),
  s3: (rest) => readObject('s3', rest, /^(.*)\?versionId=([^?&#]+)$/),
  gs: (rest) => readObject('gs', rest, /^(.*)#(\d+)$/),
  az: (rest) => readObject('az', rest, /^(.*)\?version[iI]d=([^?&#]+)$/),
  hf: readHub,
  lakefs: readLakefs,
  registry: readRegistry,
  vendor: (rest) => {
    const [, provider, model] = /^([a-z0-9][a-z0-9.-]*)\/([^\s/][^\s]*)$/.exec(rest) ?? [];
    if (provider === undefined || model === undefined) return refuse('vendor:provider/model was expected');
    return accept({ scheme: 'vendor', provider, model });
  },
  mlflow: (rest) => {
    const [, run, path] = /^([A-Za-z0-9_-]+)(?:\/(.+))?$/.exec(rest) ?? [];
    if (run === undefined) return refuse('mlflow: and a run id were expected');
    return accept({ scheme: 'mlflow', run, path: path ?? null });
  },
  wandb: (rest) => {
    const [, entity, project, artifact, version] =
      /^([^\s/:]+)\/([^\s/:]+)\/([^\s/:]+)(?::([^\s/:]+))?$/.exec(rest) ?? [];
    if (entity === undefined || project === undefined || artifact === undefined) {
      return refuse('wandb:entity/project/artifact:version was expected');
    }
    return accept({ scheme: 'wandb', entity, project, artifact, version: version ?? null });
  },
  sha256: (rest) => {
    const digest = `sha256:${rest}`;
    return isDigest(digest)
      ? accept({ scheme: 'sha256', digest })
      : refuse('64 lower-case hexadecimal digits were expected');
  },
};

function readObject(scheme: 's3' | 'gs' | 'az', rest: string, versioned: RegExp): ReferenceReading {
  const [, bare = rest, version] = versioned.exec(rest) ?? [];
  const [, bucket, key] = /^\/\/([A-Za-z0-9][A-Za-z0-9._@-]*)\/(.+)$/.exec(bare) ?? [];
  // Azure writes container@account; elsewhere an @ can only be a user name.
  if (bucket === undefined || key === undefined || (scheme !== 'az' && bucket.includes('@')))
    return refuse(`${scheme}://bucket/key was expected`);
  const sign = scheme === 'gs' ? '#' : '?';
  if (key.includes(sign)) return refuse(`what follows "${sign}" does not name a version of the object`);
  return accept({ scheme, bucket, key, version: version ?? null });
}

const hubTypes = { datasets: 'dataset', spaces: 'space' } as const;

function readHub(rest: string): ReferenceReading {
  const [, prefix, repository, revision, path] =
    /^\/\/(?:(datasets|spaces)\/)?([A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)?)(?:@([A-Za-z0-9_.-]+))?(?:\/(.+))?$/.exec(
      rest,
    ) ?? [];
  // A name without an owner cannot be told from the owner of a name, so a path after it needs a revision between.
  const ambiguous = path !== undefined && revision === undefined && !repository?.includes('/');
  if (repository === undefined || ambiguous || repository.split('/').includes('..')) {
    return refuse('hf://org/name@revision was expected');
  }
  const type = prefix === undefined ? 'model' : hubTypes[prefix as keyof typeof hubTypes];
  return accept({ scheme: 'hf', type, repository, revision: revision ?? null, path: path ?? null });
}

function readLakefs(rest: string): ReferenceReading {
  const [, repository, ref, path] = /^\/\/([a-z0-9][a-z0-9-]*)\/([^\s/]+)\/(.+)$/.exec(rest) ?? [];
  if (repository === undefined || ref === undefined || path === undefined) {
    return refuse('lakefs://repository/ref/path was expected');
  }
  return accept({ scheme: 'lakefs', repository, ref, path });
}

function readRegistry(rest: string): ReferenceReading {
  const at = rest.indexOf('@');
  const name = at === -1 ? rest : rest.slice(0, at);
  const range = at === -1 ? null : rest.slice(at + 1);
  if (!isModelName(name)) return refuse('registry: and a model name were expected');
  if (range === null || isDigest(range)) return accept({ scheme: 'registry', name, range });
  if (range.trim() === '' || range.length > 256 || !isVersionRange(range))
    return refuse('a range of versions must follow @');
  return accept({ scheme: 'registry', name, range });
}

/** User names with passwords, presigned addresses and shared access signatures. */
function carriesSecret(rest: string): boolean {
  return (
    /^\/\/[^/@]*:[^/@]*@/.test(rest) || /[?&](?:X-Amz-|X-Goog-|sig=|sv=|token=|Signature=|AWSAccessKeyId=)/i.test(rest)
  );
}

function accept(reference: Reference): ReferenceReading {
  return { ok: true, reference };
}

function refuse(reason: string): ReferenceReading {
  return { ok: false, reason, secret: null };
}
