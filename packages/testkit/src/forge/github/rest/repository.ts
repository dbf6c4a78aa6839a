import { repositoryDocument, userDocument } from '../documents.js';
import { type Endpoint, type Exchange, notFound, page, refusal, unprocessable, textOf } from '../exchange.js';
import type { GitObject } from '../git-backend.js';
import type { Environment, Repository, Role, Ruleset } from '../state.js';

const root = '/repos/{owner}/{repo}' as const;
const metadata = [['metadata=read']];

/** What GitHub's older field makes of a role. */
const legacy: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};

/** The repository itself, who may do what in it, and what protects it. */
export const repositoryEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${root}`,
    needs: metadata,
    answer: ({ repository, token, urls }) => {
      const role = token.kind === 'user' ? roleOf(repository, token.actor.login) : null;
      const rights = { admin: role === 'admin', push: mayWrite(role), pull: role !== 'none' };
      return {
        status: 200,
        body: { ...repositoryDocument(repository, urls), ...(role === null ? {} : { permissions: rights }) },
      };
    },
  },
  {
    route: `GET ${root}/collaborators/{username}/permission`,
    needs: metadata,
    answer: ({ repository, state, path, urls }) => {
      const account = state.accounts.get((path['username'] ?? '').toLowerCase());
      if (account === undefined) return notFound;
      const role = roleOf(repository, account.login);
      const told = role === 'none' && repository.visibility === 'public' ? 'read' : role;
      const user = { ...userDocument(account, urls), role_name: told };
      return { status: 200, body: { permission: legacy[told], role_name: told, user } };
    },
  },
  {
    route: `GET ${root}/branches/{branch}`,
    needs: [['contents=read']],
    answer: ({ repository, path }) => {
      const branch = path['branch'] ?? '';
      const commit = repository.git.resolve(`refs/heads/${branch}`);
      if (commit === null) return notFound;
      const enabled = repository.protection.has(branch);
      const protection = { enabled, required_status_checks: requiredChecks(repository, branch) };
      return { status: 200, body: { name: branch, commit: { sha: commit }, protected: enabled, protection } };
    },
  },
  {
    route: `GET ${root}/branches/{branch}/protection`,
    needs: [['administration=read']],
    answer: ({ repository, path }) => {
      const protection = repository.protection.get(path['branch'] ?? '');
      return protection === undefined ? refusal(404, 'Branch not protected') : { status: 200, body: protection };
    },
  },
  {
    route: `GET ${root}/rules/branches/{branch}`,
    needs: metadata,
    answer: (exchange) => {
      const { repository, path } = exchange;
      const branch = path['branch'] ?? '';
      const rules = repository.rulesets
        .filter(({ branches, enforcement = 'active' }) => enforcement === 'active' && branches.includes(branch))
        .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ...rule, ...sourceOf(repository, ruleset) })));
      return page(exchange, `/repos/${repository.fullName}/rules/branches/${encodeURIComponent(branch)}`, rules);
    },
  },
  {
    route: `GET ${root}/rulesets/{ruleset_id}`,
    needs: metadata,
    answer: ({ repository, token, path }) => {
      const ruleset = repository.rulesets.find(({ id }) => id === Number(path['ruleset_id']));
      if (ruleset === undefined) return notFound;
      const mayAdminister = token.grants['administration'] !== undefined;
      const body = {
        ...rulesetSummary(repository, ruleset),
        conditions: { ref_name: refsOf(ruleset) },
        rules: ruleset.rules,
        ...(mayAdminister ? { bypass_actors: ruleset.bypass } : {}),
      };
      return { status: 200, body };
    },
  },
  {
    route: `GET ${root}/rulesets`,
    needs: metadata,
    answer: (exchange) => {
      const { repository, query } = exchange;
      const targets = query.get('targets')?.split(',') ?? ['branch', 'tag'];
      const rulesets = repository.rulesets.map((ruleset) => rulesetSummary(repository, ruleset));
      const wanted = rulesets.filter(({ target }) => targets.includes(target));
      return page(exchange, `/repos/${repository.fullName}/rulesets`, wanted);
    },
  },
  {
    route: `GET ${root}/environments`,
    needs: [['actions=read']],
    answer: (exchange) =>
      page(
        exchange,
        `/repos/${exchange.repository.fullName}/environments`,
        exchange.repository.environments.map((environment) => environmentDocument(exchange, environment)),
        (list, total) => ({ total_count: total, environments: list }),
      ),
  },
  {
    route: `GET ${root}/environments/{environment_name}/secrets`,
    needs: [['environments=read']],
    answer: (exchange) => {
      const { repository, path } = exchange;
      const environment = repository.environments.find(({ name }) => name === path['environment_name']);
      if (environment === undefined) return notFound;
      return secretNames(exchange, `environments/${environment.name}/secrets`, environment.secrets);
    },
  },
  {
    route: `GET ${root}/actions/secrets`,
    needs: [['secrets=read']],
    answer: (exchange) => secretNames(exchange, 'actions/secrets', exchange.repository.secrets),
  },
  {
    route: `GET ${root}/actions/permissions/workflow`,
    needs: [['administration=read']],
    answer: ({ repository }) => ({
      status: 200,
      body: {
        default_workflow_permissions: 'read',
        can_approve_pull_request_reviews: repository.workflowsMayApprove,
      },
    }),
  },
  {
    route: `POST ${root}/git/refs`,
    needs: [['contents=write']],
    answer: ({ repository, body, urls }) => {
      const ref = textOf(body, 'ref');
      const commit = repository.git.resolve(textOf(body, 'sha'));
      if (commit === null) return unprocessable('Object does not exist');
      if (repository.git.resolve(ref) !== null) return unprocessable('Reference already exists');
      repository.git.setRef(ref, commit);
      const at = `${urls.api}/repos/${repository.fullName}/git`;
      const object = { type: 'commit', sha: commit, url: `${at}/commits/${commit}` };
      return { status: 201, body: { ref, node_id: ref, url: `${at}/${ref}`, object } };
    },
  },
  {
    route: `GET ${root}/git/ref/{ref}`,
    needs: [['contents=read']],
    answer: ({ repository, path, urls }) => {
      const ref = `refs/${path['ref'] ?? ''}`;
      const held = repository.git.object(ref);
      if (held === null) return notFound;
      const at = `${urls.api}/repos/${repository.fullName}/git`;
      return { status: 200, body: { ref, node_id: ref, url: `${at}/${ref}`, object: objectDocument(at, held) } };
    },
  },
  {
    route: `GET ${root}/git/tags/{tag_sha}`,
    needs: [['contents=read']],
    answer: ({ repository, path, urls }) => {
      const sha = path['tag_sha'] ?? '';
      const held = repository.git.annotatedTag(sha);
      if (held === null) return notFound;
      const at = `${urls.api}/repos/${repository.fullName}/git`;
      const { name, message, tagger, object } = held;
      const about = { node_id: sha, tag: name, sha, url: `${at}/tags/${sha}`, message, tagger };
      return { status: 200, body: { ...about, object: objectDocument(at, object) } };
    },
  },
  {
    route: 'GET /users/{username}',
    needs: [],
    answer: ({ state, path, urls }) => {
      const account = state.accounts.get((path['username'] ?? '').toLowerCase());
      return account === undefined ? notFound : { status: 200, body: { ...userDocument(account, urls), name: null } };
    },
  },
  {
    route: 'GET /orgs/{org}/teams',
    needs: [['members=read']],
    answer: (exchange) => {
      const org = (exchange.path['org'] ?? '').toLowerCase();
      const teams = [...exchange.state.teams.values()].filter((team) => team.org.toLowerCase() === org);
      return page(
        exchange,
        `/orgs/${org}/teams`,
        teams.map(({ slug }, index) => ({ id: index + 1, slug, name: slug, parent: null })),
      );
    },
  },
  {
    route: 'GET /orgs/{org}/teams/{team_slug}/members',
    needs: [['members=read']],
    refusal: 404,
    answer: (exchange) => {
      const { state, path, urls } = exchange;
      const slug = `${path['org']}/${path['team_slug']}`;
      if (!state.teams.has(slug.toLowerCase())) return notFound;
      const members = state.membersOf(slug).map((login) => userDocument(state.account(login), urls));
      return page(exchange, `/orgs/${path['org']}/teams/${path['team_slug']}/members`, members);
    },
  },
];

/** The role of a login; owners administer what they own. */
export function roleOf(repository: Repository, login: string): Role {
  if (repository.owner.login.toLowerCase() === login.toLowerCase()) return 'admin';
  return repository.roles.get(login.toLowerCase()) ?? 'none';
}

/** Whether a role may push. */
export function mayWrite(role: Role | null): boolean {
  return role === 'admin' || role === 'maintain' || role === 'write';
}

function sourceOf(repository: Repository, ruleset: Ruleset): object {
  return { ruleset_source_type: 'Repository', ruleset_source: repository.fullName, ruleset_id: ruleset.id };
}

/** As a list has it: without conditions, rules and bypass list. */
function rulesetSummary(repository: Repository, ruleset: Ruleset) {
  const { id, name, enforcement = 'active' } = ruleset;
  const target = ruleset.tags === undefined ? 'branch' : 'tag';
  return { id, name, target, source_type: 'Repository', source: repository.fullName, enforcement };
}

function refsOf({ branches, tags }: Ruleset): object {
  return tags === undefined
    ? { include: branches.map((branch) => `refs/heads/${branch}`), exclude: [] }
    : { include: tags.include, exclude: tags.exclude ?? [] };
}

interface ClassicChecks {
  readonly required_status_checks?: { readonly contexts: readonly string[]; readonly checks?: readonly object[] };
}

/** What a branch says of the checks that its classic protection requires, to whoever may read it. */
function requiredChecks(repository: Repository, branch: string): object {
  const classic: ClassicChecks = repository.protection.get(branch) ?? {};
  const { contexts = [], checks = [] } = classic.required_status_checks ?? {};
  return { enforcement_level: contexts.length > 0 ? 'non_admins' : 'off', contexts, checks };
}

function environmentDocument({ state, urls }: Exchange, environment: Environment): object {
  const { name, reviewers, branches } = environment;
  const people = reviewers.map((login) => ({ type: 'User', reviewer: userDocument(state.account(login), urls) }));
  const rule = { id: 1, node_id: 'GA_1', type: 'required_reviewers', prevent_self_review: true, reviewers: people };
  return {
    id: 1,
    node_id: `EN_${name}`,
    name,
    url: `${urls.api}/environments/${name}`,
    html_url: `${urls.server}/environments/${name}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    protection_rules: reviewers.length === 0 ? [] : [rule],
    deployment_branch_policy:
      branches === 'all'
        ? null
        : { protected_branches: branches === 'protected', custom_branch_policies: branches === 'custom' },
  };
}

function secretNames(exchange: Exchange, path: string, names: readonly string[]): ReturnType<typeof page> {
  const time = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
  return page(
    exchange,
    `/repos/${exchange.repository.fullName}/${path}`,
    names.map((name) => ({ name, ...time })),
    (list, total) => ({ total_count: total, secrets: list }),
  );
}

function objectDocument(at: string, { type, sha }: GitObject) {
  return { type, sha, url: `${at}/${type}s/${sha}` };
}
