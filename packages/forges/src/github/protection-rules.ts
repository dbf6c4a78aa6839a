import type { BranchProtection, MergeQueue } from '@weighbridge/ports';

/** The rules that a ruleset puts on a branch, as REST lists them. Unknown types are of no concern here. */
export interface RestRule {
  readonly type: string;
  readonly ruleset_id?: number;
  readonly parameters?: object;
}

/** Classic protection of a branch. https://docs.github.com/rest/branches/branch-protection */
export interface RestProtection {
  readonly required_status_checks?: {
    readonly strict?: boolean;
    readonly contexts: readonly string[];
    readonly checks?: readonly { readonly context: string; readonly app_id: number | null }[];
  };
  readonly required_pull_request_reviews?: {
    readonly required_approving_review_count?: number;
    readonly dismiss_stale_reviews: boolean;
    readonly require_code_owner_reviews: boolean;
  };
  readonly enforce_admins?: { readonly enabled: boolean };
  readonly allow_force_pushes?: { readonly enabled?: boolean };
  readonly allow_deletions?: { readonly enabled?: boolean };
  readonly required_linear_history?: { readonly enabled?: boolean };
  readonly required_signatures?: { readonly enabled: boolean };
  readonly lock_branch?: { readonly enabled?: boolean };
}

type Protecting = Omit<BranchProtection, 'branch' | 'bypass' | 'unknown'>;

const unprotected: Protecting = {
  requiredChecks: [],
  requiredWorkflows: [],
  strict: false,
  forcePushBlocked: false,
  deletionBlocked: false,
  requiresPull: false,
  requiredApprovals: 0,
  dismissesStale: false,
  requiresOwners: false,
  linearHistory: false,
  mergeQueue: null,
  refuses: [],
};

/** Rules that an ordinary push by a job can fail on. https://docs.github.com/rest/repos/rules */
const refusing: ReadonlySet<string> = new Set([
  'creation',
  'update',
  'required_signatures',
  'required_deployments',
  'commit_message_pattern',
  'commit_author_email_pattern',
  'committer_email_pattern',
  'branch_name_pattern',
  'tag_name_pattern',
  'file_path_restriction',
  'file_extension_restriction',
  'max_file_path_length',
  'max_file_size',
]);

/** What the rules of rulesets come to. */
export function fromRules(rules: readonly RestRule[]): Protecting {
  return rules.map(fromRule).reduce(stricter, unprotected);
}

function fromRule(rule: RestRule): Protecting {
  switch (rule.type) {
    case 'non_fast_forward':
      return { ...unprotected, forcePushBlocked: true };
    case 'deletion':
      return { ...unprotected, deletionBlocked: true };
    case 'required_linear_history':
      return { ...unprotected, linearHistory: true };
    case 'merge_queue':
      return { ...unprotected, mergeQueue: queueOf(rule.parameters ?? {}) };
    case 'pull_request': {
      const parameters = (rule.parameters ?? {}) as {
        readonly required_approving_review_count?: number;
        readonly dismiss_stale_reviews_on_push?: boolean;
        readonly require_code_owner_review?: boolean;
      };
      return {
        ...unprotected,
        requiresPull: true,
        requiredApprovals: parameters.required_approving_review_count ?? 0,
        dismissesStale: parameters.dismiss_stale_reviews_on_push ?? false,
        requiresOwners: parameters.require_code_owner_review ?? false,
      };
    }
    case 'required_status_checks': {
      const parameters = (rule.parameters ?? {}) as {
        readonly strict_required_status_checks_policy?: boolean;
        readonly required_status_checks?: readonly { readonly context: string; readonly integration_id?: number }[];
      };
      return {
        ...unprotected,
        strict: parameters.strict_required_status_checks_policy ?? false,
        requiredChecks: (parameters.required_status_checks ?? []).map(({ context, integration_id: app }) => ({
          context,
          source: sourceOf(app),
        })),
      };
    }
    case 'workflows': {
      const parameters = (rule.parameters ?? {}) as {
        readonly workflows?: readonly { readonly path: string; readonly repository_id: number }[];
      };
      return {
        ...unprotected,
        requiredWorkflows: (parameters.workflows ?? []).map(
          ({ path, repository_id: repository }) => `${repository}/${path}`,
        ),
      };
    }
    default:
      return refusing.has(rule.type) ? { ...unprotected, refuses: [rule.type] } : unprotected;
  }
}

/** What a rule does not say is taken for what GitHub sets by itself. */
function queueOf(parameters: { readonly merge_method?: string; readonly grouping_strategy?: string }): MergeQueue {
  const { merge_method: method = 'MERGE', grouping_strategy: grouping = 'ALLGREEN' } = parameters;
  return {
    method: method === 'SQUASH' ? 'squash' : method === 'REBASE' ? 'rebase' : 'merge',
    everyGreen: grouping !== 'HEADGREEN',
  };
}

/** What classic protection comes to. A branch with it takes no force push and no deletion unless it says so. */
export function fromClassic(protection: RestProtection): Protecting {
  const checks = protection.required_status_checks;
  const reviews = protection.required_pull_request_reviews;
  const listed = checks?.checks ?? (checks?.contexts ?? []).map((context) => ({ context, app_id: null }));
  return {
    ...unprotected,
    requiredChecks: listed.map(({ context, app_id: app }) => ({ context, source: sourceOf(app) })),
    strict: checks?.strict ?? false,
    forcePushBlocked: protection.allow_force_pushes?.enabled !== true,
    deletionBlocked: protection.allow_deletions?.enabled !== true,
    requiresPull: reviews !== undefined,
    requiredApprovals: reviews?.required_approving_review_count ?? 0,
    dismissesStale: reviews?.dismiss_stale_reviews ?? false,
    requiresOwners: reviews?.require_code_owner_reviews ?? false,
    linearHistory: protection.required_linear_history?.enabled === true,
    refuses: [
      ...(protection.required_signatures?.enabled === true ? ['required_signatures'] : []),
      ...(protection.lock_branch?.enabled === true ? ['lock_branch'] : []),
    ],
  };
}

/** Every layer of protection holds, so that of two the stricter counts. */
export function stricter(left: Protecting, right: Protecting): Protecting {
  return {
    requiredChecks: mergedChecks([...left.requiredChecks, ...right.requiredChecks]),
    requiredWorkflows: [...new Set([...left.requiredWorkflows, ...right.requiredWorkflows])],
    strict: left.strict || right.strict,
    forcePushBlocked: left.forcePushBlocked || right.forcePushBlocked,
    deletionBlocked: left.deletionBlocked || right.deletionBlocked,
    requiresPull: left.requiresPull || right.requiresPull,
    requiredApprovals: Math.max(left.requiredApprovals, right.requiredApprovals),
    dismissesStale: left.dismissesStale || right.dismissesStale,
    requiresOwners: left.requiresOwners || right.requiresOwners,
    linearHistory: left.linearHistory || right.linearHistory,
    mergeQueue: left.mergeQueue ?? right.mergeQueue,
    refuses: [...new Set([...left.refuses, ...right.refuses])],
  };
}

/** One line for each context and source; a line that asks for no source says nothing beside one that does. */
function mergedChecks(checks: Protecting['requiredChecks']): Protecting['requiredChecks'] {
  const sourced = new Set(checks.filter(({ source }) => source !== null).map(({ context }) => context));
  const kept = checks.filter(({ context, source }) => source !== null || !sourced.has(context));
  const keys = kept.map(({ context, source }) => JSON.stringify([context, source]));
  return kept.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** The app of the jobs of workflows on github.com: any workflow of the repository may report as it. */
const actionsApp = 15368;

/** Absent, null and -1 are all "anybody". */
function sourceOf(app: number | null | undefined): string | null {
  if (app === null || app === undefined || app < 0) return null;
  return app === actionsApp ? 'github-actions' : String(app);
}
