import { schemaLine } from '../schema/published.js';

/** What `init` knows of a repository when it writes its policy. */
export interface PolicyFacts {
  /** Logins that own the policy; none leaves the key as a comment. */
  readonly owners?: readonly string[];
  /** Folder of the store, or the address of its bucket such as `s3://models` or `az://account/models`; none leaves the key as a comment. */
  readonly storePath?: string;
  /** Public key of the ledger's writer; then signing is required. */
  readonly verifierKey?: string;
}

/**
 * The complete annotated `weighbridge.yaml` that `init` writes: every key with its default, in the mode that tells
 * verdicts and blocks nothing. It parses without faults, and as the default policy but for the facts given.
 */
export function renderPolicyTemplate(facts: PolicyFacts = {}): string {
  const owners = facts.owners ?? [];
  return `${schemaLine('weighbridge')}
# How the models of this repository are versioned, gated, stored and recorded.
# Checks read this file from the base branch: a pull request that changes it is judged by what stood before.
version: 1

# warn tells every verdict and blocks nothing; set it to enforce once you trust the verdicts.
mode: warn

# Where manifests are looked for.
models: [models/*/model.yaml]

# Stages in order. The last is the archive: it holds any number of versions, each other stage at most one.
stages: [development, staging, production, archived]

# Where a version may come from, by the stage it enters; none is a version that holds no stage yet.
transitions:
  development: [none]
  staging: [development]
  production: [staging]
  archived: [development, staging, production]

# on-tag: a pushed tag such as fraud@v1.2.0 releases. on-merge: every merge that changes a model releases it.
release:
  when: on-tag
  branches: [] # besides the default branch, such as release/*

versioning:
  preset: weights # weights: a retrain on new data is minor; interface: it is a patch unless the interface moves
  initial: 1.0.0
  rules: {} # bumps of your own, such as { tokenizer.chat_template: patch }
  metrics: [] # such as [{ metric: eval.accuracy, direction: higher, threshold: 0.01 }]

# Where the bytes of versions are kept. Without a store, manifests must say "store: reference".
# In CI the folder must outlive the job.
# A bucket: s3://acme-models/prod, gs://acme-models/prod, or { type: s3, bucket: acme-models, endpoint: https://minio.acme.example }
# Azure: az://acmemodels/models/prod, which is the account, the container and a prefix
${facts.storePath === undefined ? '# store: { type: folder, path: /srv/models }' : `store: ${storeText(facts.storePath)}`}

# The record of every decision, an append-only log on a branch of this repository.
ledger:
  branch: weighbridge
  signing: ${facts.verifierKey === undefined ? 'optional # required once CI holds a key; CI promotes from signed logs only' : 'required'}
  keys: [${facts.verifierKey === undefined ? '' : JSON.stringify(facts.verifierKey)}] # as "weighbridge audit key" prints them

# How long bytes stay in the store that no registered version names; "weighbridge store collect" removes them.
retention:
  unregistered: 30d # time enough for a pull request; at least 2d
  grace: 24h # between condemned and removed
#   archived: { staging: 180d, production: 730d } # by the furthest stage held; for ever without it
#   unpromoted: 180d # versions that never came further than the first stage
#   keep_versions: 3 # of the newest of each model keep their bytes, whatever their age

# How bytes lie that no stage needs; "weighbridge store tier" sees to it. Classes are those of the bucket's service.
# tiers:
#   warm: { after: 90d, compress: true } # so long after the last move; in a bucket also "class: STANDARD_IA"
#   cold: { archived: 7d, compress: true } # so long after the archiving; in a bucket also "class: DEEP_ARCHIVE"

# Who may approve, by the names that gates use. Teams need an App token to be read.
reviewers: {}
#   ml: { users: [alice, bob], teams: [acme/ml] }
#   risk: { users: [carol] }

# Which reviews count, the same for every gate.
review:
  permission: write # least permission of a reviewer, at the time of the evaluation
  objections: rosters # whose requested changes block: rosters that are asked, or writers: whoever may write, too
  dismissals: anyone # others: the author and contributors cannot lift an objection by dismissing it
  re_request: withdraws # asking for a review again withdraws the approval before it; keeps: it does not
  unknown_contributors: one-more # a commit of nobody's account asks one more approval; refuse: it passes nothing
  commands: false # true: the comment "/weighbridge approve <commit>" approves too

# Who must approve a change of this file, of workflows and of what manifests ask: rosters or logins. With nobody here,
# anybody with admin or maintain permission but the author.
owners: [${owners.map((owner) => JSON.stringify(owner)).join(', ')}]

rollback:
  keep: 3 # superseded versions that stay ready
  allow: [] # rosters or logins; empty: whoever may start the workflow

# What a version must bring to enter a stage. For example:
gates: {}
#   production:
#     from: [staging]
#     soak: 24h # least time in the stage before
#     checks: [ci / tests]
#     metadata: complete
#     data: pinned # refuses data and bases that may change under their name
#     formats: { deny: [pickle] }
#     evidence: { level: workflow, max_age: 30d, same: [dataset] }
#     metrics:
#       - id: accuracy
#         metric: eval.accuracy
#         direction: higher
#         bounds: { min: 0.92 }
#         baseline: { ref: stage:production, max_regression: { relative: 1% }, if_absent: bounds-only }
#     reviewers:
#       - { from: ml, count: 2 } # nobody fills two seats
#       - { from: risk, when: { impact: high } } # other conditions: kind, waiver, from, format, metric
#       - { from: risk, when: { metric: { outcome: [waived, inconclusive], gate: accuracy } } }

# Gates that one digest may pass over until a date; merged by a pull request of their own, which needs their roster.
waivers: []
#   - gate: accuracy
#     model: fraud
#     digest: sha256:… # as the check of the pull request shows it
#     reason: holdout relabelled, see incident 12
#     expires: 2026-12-31 # the last day, in UTC
#     rule: risk

waiver_limits:
  min_reason: 10 # characters
  # max_duration: 90d # how far ahead a waiver may expire
`;
}

function storeText(path: string): string {
  const text = JSON.stringify(path);
  return /^(?:s3|gs|az):\/\//.test(path) ? text : `{ type: folder, path: ${text} }`;
}
