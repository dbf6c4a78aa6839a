import { utf8 } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue, StageChange } from '../catalogue.js';
import {
  type Check,
  count,
  dayOrTime,
  digest,
  flag,
  hex64,
  isPlainObject,
  listOf,
  modelName,
  objectId,
  objectOf,
  oneOf,
  orNull,
  stageName,
  text,
  time,
  version,
  word,
} from '../entry/schema.js';
import { type Parsed, parseJson } from '../entry/statement.js';
import { formatReadableJson } from './readable-json.js';

type Members<Shape> = { readonly [Member in keyof Shape]: Check };

const prose = orNull(text(16_384));

const catalogueVersion: Members<CatalogueVersion> = {
  version,
  tag: word,
  commit: orNull(objectId),
  registeredAt: time,
  identity: digest,
  evidence: digest,
  record: digest,
  snapshot: digest,
  artifacts: listOf(objectOf({ path: text(4096), size: count, sha256: hex64 })),
  store: orNull(text(4096)),
  bump: word,
  previous: orNull(version),
  archived: flag,
  deprecated: flag,
  addedEvidence: listOf(objectOf({ id: word, metrics: digest, level: word, time })),
  entry: count,
};

const stageChange: Members<StageChange> = {
  stage: stageName,
  version: orNull(version),
  previous: orNull(version),
  time,
  kind: oneOf(['transitioned', 'rolled-back', 'archived']),
  actor: word,
  justification: prose,
  entry: count,
};

const catalogue: Members<ModelCatalogue> = {
  model: modelName,
  versions: listOf(objectOf(catalogueVersion)),
  stages: namedBy(orNull(version)),
  aliases: namedBy(version),
  frozen: listOf(objectOf({ identity: digest, version, since: time, justification: prose, entry: count })),
  waivers: listOf(
    objectOf({ gate: word, identity: digest, expires: orNull(dayOrTime), justification: prose, entry: count }),
  ),
  history: listOf(objectOf(stageChange)),
  deprecated: flag,
  entries: count,
};

function namedBy(check: Check): Check {
  return (value, path, faults) => {
    if (!isPlainObject(value)) faults.push(`${path}: expected an object`);
    else
      for (const [name, item] of Object.entries(value)) {
        stageName(name, path, faults);
        check(item, `${path}.${name.slice(0, 100)}`, faults);
      }
  };
}

/** The file of a model's catalogue. Inverse of parseCatalogue. */
export function formatCatalogue(value: ModelCatalogue): Uint8Array {
  return utf8(formatReadableJson(value));
}

/** Strict: unknown members and wrong values are faults. */
export function parseCatalogue(bytes: Uint8Array): Parsed<ModelCatalogue> {
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return parsed;
  const faults: string[] = [];
  objectOf(catalogue)(parsed.value, 'catalogue', faults);
  return faults.length > 0 ? { fault: faults.slice(0, 5).join('; ') } : { value: parsed.value as ModelCatalogue };
}
