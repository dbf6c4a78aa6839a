import {
  type Approval,
  type ArtifactList,
  decisionOutcomes,
  type Dependency,
  dependencyKinds,
  documentKinds,
  type EventBodies,
  type EventContext,
  type EventType,
  type RegisteredArtifact,
} from '../event.js';
import {
  type Check,
  count,
  dayOrTime,
  digest,
  flag,
  hex64,
  jsonObject,
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
} from './schema.js';

/** Texts that people write, such as reasons. */
const maxProseLength = 16_384;
const prose = text(maxProseLength);

const approvalMembers: Members<Approval> = {
  id: word,
  login: word,
  review: word,
  commit: objectId,
  submittedAt: time,
  roster: word,
};
/** One review that counted. */
export const approval: Check = objectOf(approvalMembers);
const dependency: Members<Dependency> = {
  kind: oneOf(dependencyKinds),
  role: orNull(word),
  ref: text(2048),
  pin: orNull(text(2048)),
  range: orNull(text(256)),
};
const artifact: Members<RegisteredArtifact> = {
  path: text(4096),
  size: count,
  sha256: hex64,
  address: optional(text(4096)),
};
/** The files of a version. */
export const registeredArtifacts: Check = listOf(objectOf(artifact));
const artifactList: Members<ArtifactList> = { digest, count, size: count };
const isList = objectOf(artifactList);
/** The files of a version, or the list that names them. */
export const namedArtifacts: Check = (value, ...place) =>
  (Array.isArray(value) ? registeredArtifacts : isList)(value, ...place);
/** What a version was made of. */
export const dependencies: Check = listOf(objectOf(dependency));
/** Desired values by stage or alias. */
export const desiredPointers: Check = recordOf(stageName, orNull(version));
const pull = orNull(count);

const review: Members<EventBodies['approved']['review']> = {
  id: word,
  author: objectOf({ id: word, login: word }),
  commit: objectId,
  submittedAt: time,
  roster: word,
};

/** A member that is forgotten here, or is too many, does not compile. */
const bodies: { readonly [Type in EventType]: Members<EventBodies[Type]> } = {
  registered: {
    tag: word,
    previous: orNull(version),
    bump: oneOf(['initial', 'none', 'patch', 'minor', 'major']),
    identity: digest,
    evidence: digest,
    record: digest,
    snapshot: digest,
    artifacts: namedArtifacts,
    store: orNull(text(4096)),
    documents: optional(listOf(objectOf({ kind: oneOf(documentKinds), digest }))),
    dependencies: optional(dependencies),
  },
  transitioned: {
    from: orNull(stageName),
    to: stageName,
    replaces: orNull(version),
    identity: digest,
    decision: orNull(digest),
    verdict: word,
    approvals: optional(listOf(approval)),
    pull: optional(pull),
  },
  'rolled-back': {
    stage: stageName,
    replaces: version,
    identity: digest,
    frozen: digest,
    approvals: optional(listOf(approval)),
    pull: optional(pull),
  },
  aliased: { alias: stageName, replaces: orNull(version), removed: flag },
  archived: { from: orNull(stageName) },
  deprecated: { scope: oneOf(['model', 'version']) },
  approved: { identity: digest, evidence: digest, policy: digest, transition: word, pull, review: objectOf(review) },
  waived: {
    gate: word,
    identity: digest,
    expires: orNull(dayOrTime),
    rule: optional(word),
    reason: optional(prose),
    approvedBy: optional(listOf(approval)),
  },
  'waiver-revoked': { gate: word, identity: digest, expires: orNull(dayOrTime) },
  'gate-decided': {
    transition: word,
    verdict: word,
    decision: digest,
    pull,
    statusContext: orNull(word),
    outcome: oneOf(decisionOutcomes),
  },
  'evidence-added': { metrics: digest, id: word, level: word, proof: optional(orNull(digest)) },
  signed: { signature: digest, root: digest, kind: oneOf(['key', 'workflow']), signer: text(2048) },
  deployed: { environment: word, detail: jsonObject },
  observed: { detail: jsonObject },
  synced: { registry: word, detail: jsonObject },
  tiered: { tier: word, detail: jsonObject },
  annotated: { detail: jsonObject },
  'bytes-released': { rule: text(512), policy: digest, since: time, bytes: count, entries: count },
  held: { matter: word, until: orNull(dayOrTime) },
  'hold-released': { matter: word, entry: optional(count) },
  'policy-changed': { policy: digest, stages: listOf(stageName, 1) },
  applied: { stages: desiredPointers, aliases: desiredPointers, pull },
  bypassed: {
    pull,
    commits: listOf(objectId),
    paths: listOf(text(4096)),
    because: prose,
    requested: desiredPointers,
  },
};

const context: Members<EventContext> = {
  time,
  actor: objectOf({
    kind: oneOf(['github', 'git', 'system']),
    id: word,
    login: word,
    authenticated: oneOf(['actions', 'token', 'claimed']),
  }),
  commit: orNull(objectId),
  tree: orNull(objectId),
  run: orNull(objectOf({ url: text(2048), workflow: text(512), attempt: count })),
  justification: orNull(prose),
};

export const eventTypes = Object.keys(bodies) as readonly EventType[];

export function isEventType(value: unknown): value is EventType {
  return typeof value === 'string' && Object.hasOwn(bodies, value);
}

/** The schema of the event of one type, as it stands in a predicate. */
export function checkEvent(type: EventType, event: unknown): readonly string[] {
  const faults: string[] = [];
  const aboutModel = type === 'policy-changed' ? oneOfNull : modelName;
  const check = objectOf({
    id: hex64,
    type: oneOf([type]),
    model: aboutModel,
    version: type === 'policy-changed' ? oneOfNull : orNull(version),
    context: objectOf(context),
    body: objectOf(bodies[type]),
  });
  check(event, type, faults);
  return faults;
}

const oneOfNull: Check = (value, path, faults) => {
  if (value !== null) faults.push(`${path}: expected null`);
};
