import { canonicalJson } from '@weighbridge/core';
import { findLoosening, type Manifest, type Policy, type WaiverPolicy } from '@weighbridge/manifest';
import type { AmendmentFact } from './facts.js';
import type { PullFileFact } from './pull-facts.js';
import { compareText } from './review/people.js';
import { listWords } from './wording.js';

/** Both sides of a change, as far as it concerns the rules. */
export interface ProposedChange {
  /** Policy of the base; null where there is none yet, so that nothing is governed. */
  readonly base: Policy | null;
  /** Policy of the head; null where it is gone. */
  readonly head: Policy | null;
  readonly policyPath: string;
  readonly files: readonly Pick<PullFileFact, 'path' | 'previousPath'>[];
  /** Manifests that differ; `head` is null where one is gone. */
  readonly manifests: readonly {
    readonly path: string;
    readonly base: Manifest | null;
    readonly head: Manifest | null;
  }[];
  /** Aliases of stages.yaml that differ; null where the alias names nothing. */
  readonly aliases?: readonly AliasChange[];
}

/** An alias of one model on both sides of a change. */
export interface AliasChange {
  readonly path: string;
  readonly alias: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What a change amends of the rules that it is judged by, in a fixed order: policy, rosters, waivers, workflows, owners
 * files, manifests, aliases that gates compare with. Without a policy on the base there are no rules to amend.
 */
export function findAmendments(change: ProposedChange): readonly AmendmentFact[] {
  if (change.base === null) return [];
  return [
    ...policyAmendments(change, change.base),
    ...fileAmendments(change),
    ...manifestAmendments(change, change.base),
    ...aliasAmendments(change, change.base),
  ];
}

/** Aliases that some gate of a policy compares with: whoever moves one moves the bar. */
export function baselineAliases(policy: Policy): ReadonlySet<string> {
  const refs = Object.values(policy.gates).flatMap(({ metrics }) =>
    metrics.flatMap(({ baseline }) => baseline?.ref ?? []),
  );
  return new Set(refs.flatMap((ref) => (ref.startsWith('alias:') ? [ref.slice('alias:'.length)] : [])));
}

function aliasAmendments({ aliases = [] }: ProposedChange, policy: Policy): readonly AmendmentFact[] {
  const compared = baselineAliases(policy);
  const moved = aliases.filter(({ alias, from, to }) => compared.has(alias) && from !== to);
  return moved.map(({ path, alias, from, to }) => {
    const because = `the alias ${alias}, which gates compare with, goes from ${from ?? 'nothing'} to ${to ?? 'nothing'}`;
    return amendment({ what: 'alias', path, because });
  });
}

type Amended = Pick<AmendmentFact, 'what' | 'path' | 'because'> & Partial<AmendmentFact>;

function amendment(parts: Amended): AmendmentFact {
  return { rule: null, takesOver: [], ...parts };
}

function policyAmendments(change: ProposedChange, base: Policy): readonly AmendmentFact[] {
  const { head, policyPath: path, files } = change;
  const touched = files.some((file) => file.path === path || file.previousPath === path);
  if (head === null) return [amendment({ what: 'policy', path, because: `${path} is removed` })];
  const clauses = changedParts(base, head);
  const takesOver = head.owners.filter((owner) => !base.owners.includes(owner));
  const found = [
    ...clauses.map((because) => amendment({ what: 'policy', path, because, takesOver })),
    ...changedRosters(base, head).map((because) => amendment({ what: 'roster', path, because })),
    ...addedWaivers(base, head).map((waiver) => {
      const { gate, model, expires, rule, reason } = waiver;
      const because = `a waiver lets ${model} pass gate ${gate} until ${expires} (${reason})`;
      return amendment({ what: 'waiver', path, because, rule });
    }),
  ];
  if (found.length > 0 || !touched) return found;
  return [amendment({ what: 'policy', path, because: 'the text changes and the rules stay the same' })];
}

/** Every part but rosters and added waivers, which are told apart. */
function changedParts(base: Policy, head: Policy): readonly string[] {
  const clauses: string[] = [];
  for (const key of new Set([...Object.keys(base), ...Object.keys(head)]) as ReadonlySet<keyof Policy>) {
    if (key === 'reviewers' || key === 'waivers' || key === 'gates' || same(base[key], head[key])) continue;
    clauses.push(key === 'mode' ? `mode goes from ${base.mode} to ${head.mode}` : `${partNames[key]} change`);
  }
  for (const stage of new Set([...Object.keys(base.gates), ...Object.keys(head.gates)])) {
    const [before, after] = [base.gates[stage], head.gates[stage]];
    if (after === undefined) clauses.push(`the gate of ${stage} is removed`);
    else if (before === undefined) clauses.push(`the gate of ${stage} is added`);
    else if (!same(before, after)) clauses.push(`the gate of ${stage} changes`);
  }
  const gone = base.waivers.filter((waiver) => !head.waivers.some((other) => same(waiver, other)));
  const replaced = addedWaivers(base, head).length > 0;
  if (gone.length > 0 && !replaced)
    clauses.push(`waivers of ${listWords([...new Set(gone.map(({ model }) => model))])} are removed`);
  return clauses;
}

const partNames: Readonly<Record<Exclude<keyof Policy, 'reviewers' | 'waivers' | 'gates' | 'mode'>, string>> = {
  version: 'the version of the format',
  models: 'the places of manifests',
  stages: 'the stages',
  transitions: 'the transitions',
  release: 'the rules of release',
  versioning: 'the rules of versioning',
  store: 'the rules of the store',
  retention: 'how long bytes stay',
  tiers: 'which storage classes keep bytes',
  ledger: 'the rules of the ledger',
  review: 'the rules of review',
  owners: 'the policy owners',
  evidence: 'the keys, signers and workflows whose word counts',
  signing: 'the keys and workflows that may sign versions',
  rollback: 'the rules of rollback',
  waiverLimits: 'the limits of waivers',
};

function changedRosters(base: Policy, head: Policy): readonly string[] {
  const names = [...new Set([...Object.keys(base.reviewers), ...Object.keys(head.reviewers)])].sort(compareText);
  return names.flatMap((name) => {
    const [before, after] = [base.reviewers[name], head.reviewers[name]];
    if (before === undefined) return [`roster ${name} is added`];
    if (after === undefined) return [`roster ${name} is removed`];
    const named = (roster: typeof before) => [...roster.users, ...roster.teams];
    const gained = named(after).filter((person) => !named(before).includes(person));
    const lost = named(before).filter((person) => !named(after).includes(person));
    const gains = gained.length === 0 ? [] : [`roster ${name} gains ${listWords(gained)}`];
    return [...gains, ...(lost.length === 0 ? [] : [`roster ${name} loses ${listWords(lost)}`])];
  });
}

/** Waivers that the base does not have word for word: one that is changed is a new one. */
function addedWaivers(base: Policy, head: Policy): readonly WaiverPolicy[] {
  return head.waivers.filter((waiver) => !base.waivers.some((other) => same(waiver, other)));
}

const ownersFiles: ReadonlySet<string> = new Set(['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS']);

/** A file that was renamed away counts as touched at both of its paths. */
function fileAmendments({ files }: ProposedChange): readonly AmendmentFact[] {
  const paths = [...new Set(files.flatMap(({ path, previousPath }) => [path, previousPath ?? []].flat()))].sort(
    compareText,
  );
  const workflows = paths.filter((path) => /^\.github\/(?:workflows|actions)\//.test(path));
  const owners = paths.filter((path) => ownersFiles.has(path));
  return [
    ...workflows.map((path) =>
      amendment({ what: 'workflow', path, because: 'a workflow changes, which may run the checks' }),
    ),
    ...owners.map((path) => amendment({ what: 'owners-file', path, because: 'the owners of files change' })),
  ];
}

function manifestAmendments({ manifests }: ProposedChange, policy: Policy): readonly AmendmentFact[] {
  return manifests.flatMap(({ path, base, head }) => {
    if (base === null) return [];
    if (head === null)
      return [amendment({ what: 'manifest', path, because: `the manifest of ${base.name} is removed` })];
    const gained = head.owners.filter((owner) => !base.owners.includes(owner));
    return findLoosening(base, head, policy).map(({ field, because }) => {
      return amendment({ what: 'manifest', path, because, takesOver: field === 'owners' ? gained : [] });
    });
  });
}

function same(left: unknown, right: unknown): boolean {
  // A part that one side lacks has no JSON of its own.
  return canonicalJson({ part: left }) === canonicalJson({ part: right });
}
