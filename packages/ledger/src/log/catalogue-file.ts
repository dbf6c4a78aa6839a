import { utf8 } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue, StageChange } from '../catalogue.js';
import {
  count,
  dayOrTime,
  digest,
  flag,
  listOf,
  type Members,
  modelName,
  objectId,
  objectOf,
  oneOf,
  optional,
  orNull,
  recordOf,
  stageName,
  text,
  time,
  version,
  word,
} from '../entry/schema.js';
import { approval, dependencies, desiredPointers, namedArtifacts } from '../entry/event-schema.js';
import { type Parsed, parseJson } from '../entry/statement.js';
import { formatReadableJson } from './readable-json.js';

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
  artifacts: namedArtifacts,
  store: orNull(text(4096)),
  bump: word,
  previous: orNull(version),
  archived: flag,
  deprecated: flag,
  addedEvidence: listOf(
    objectOf({ id: word, metrics: digest, level: word, proof: orNull(digest), time, entry: optional(count) }),
  ),
  signatures: optional(
    listOf(
      objectOf({ signature: digest, root: digest, kind: oneOf(['key', 'workflow']), signer: text(2048), time }),
      1,
    ),
  ),
  holds: optional(
    listOf(objectOf({ matter: word, until: orNull(dayOrTime), since: time, actor: word, reason: prose, entry: count })),
  ),
  released: optional(
    objectOf({ time, actor: word, rule: text(512), policy: digest, since: time, bytes: count, entry: count }),
  ),
  dependencies: optional(dependencies),
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
  pull: orNull(count),
  approvedBy: listOf(word),
  entry: count,
};

const catalogue: Members<ModelCatalogue> = {
  model: modelName,
  versions: listOf(objectOf(catalogueVersion)),
  stages: recordOf(stageName, orNull(version)),
  aliases: recordOf(stageName, version),
  frozen: listOf(objectOf({ identity: digest, version, since: time, justification: prose, entry: count })),
  waivers: listOf(
    objectOf({
      gate: word,
      identity: digest,
      expires: orNull(dayOrTime),
      rule: orNull(word),
      reason: prose,
      approvedBy: listOf(approval),
      justification: prose,
      entry: count,
    }),
  ),
  applied: orNull(
    objectOf({
      stages: desiredPointers,
      aliases: desiredPointers,
      commit: objectId,
      time,
      pull: orNull(count),
      entry: count,
    }),
  ),
  bypasses: listOf(
    objectOf({
      pull: orNull(count),
      because: text(16_384),
      requested: desiredPointers,
      commit: orNull(objectId),
      actor: word,
      time,
      entry: count,
    }),
  ),
  history: listOf(objectOf(stageChange)),
  deprecated: flag,
  entries: count,
};

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
