// Makes the extracts of GitHub's own API descriptions that the fake GitHub and its tests are held to:
// packages/testkit/fixtures/github/openapi.json and schema.graphql. Both descriptions are GitHub's, MIT licensed, as the
// Octokit project packs them. Run after `npm run build` when an operation or a query is added.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kind, TypeInfo, buildSchema, parse, print, visit, visitWithTypeInfo } from 'graphql';
import { commitsQuery, pullQuery, viewerQuery } from '../packages/forges/build/github/pull/query.js';

const versions = { '@octokit/openapi': '23.0.2', '@octokit/graphql-schema': '15.26.1' };
const target = fileURLToPath(new URL('../packages/testkit/fixtures/github/', import.meta.url));

const operations = `
GET /repos/{owner}/{repo}
GET /repos/{owner}/{repo}/pulls
POST /repos/{owner}/{repo}/pulls
GET /repos/{owner}/{repo}/pulls/{pull_number}
GET /repos/{owner}/{repo}/pulls/{pull_number}/files
GET /repos/{owner}/{repo}/pulls/{pull_number}/commits
GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews
POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews
PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals
PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge
POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers
GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls
GET /repos/{owner}/{repo}/commits/{ref}/check-suites
GET /repos/{owner}/{repo}/commits/{ref}/check-runs
GET /repos/{owner}/{repo}/commits/{ref}/status
GET /repos/{owner}/{repo}/commits/{ref}/statuses
POST /repos/{owner}/{repo}/statuses/{sha}
GET /repos/{owner}/{repo}/issues
POST /repos/{owner}/{repo}/issues
GET /repos/{owner}/{repo}/issues/{issue_number}/comments
POST /repos/{owner}/{repo}/issues/{issue_number}/comments
PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}
GET /repos/{owner}/{repo}/collaborators/{username}/permission
GET /repos/{owner}/{repo}/branches/{branch}
GET /repos/{owner}/{repo}/branches/{branch}/protection
GET /repos/{owner}/{repo}/rules/branches/{branch}
GET /repos/{owner}/{repo}/rulesets
GET /repos/{owner}/{repo}/rulesets/{ruleset_id}
GET /repos/{owner}/{repo}/environments
GET /repos/{owner}/{repo}/environments/{environment_name}/secrets
GET /repos/{owner}/{repo}/actions/secrets
GET /repos/{owner}/{repo}/actions/permissions/workflow
GET /repos/{owner}/{repo}/actions/runs
GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs
GET /repos/{owner}/{repo}/actions/runs/{run_id}
GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts
GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}
GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}
GET /repos/{owner}/{repo}/attestations/{subject_digest}
POST /repos/{owner}/{repo}/git/refs
GET /repos/{owner}/{repo}/git/ref/{ref}
GET /repos/{owner}/{repo}/git/tags/{tag_sha}
GET /repos/{owner}/{repo}/releases
POST /repos/{owner}/{repo}/releases
GET /repos/{owner}/{repo}/releases/tags/{tag}
PATCH /repos/{owner}/{repo}/releases/{release_id}
GET /repos/{owner}/{repo}/releases/{release_id}/assets
POST /repos/{owner}/{repo}/releases/{release_id}/assets
DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}
GET /users/{username}
GET /orgs/{org}/teams
GET /orgs/{org}/teams/{team_slug}/members
`
  .trim()
  .split('\n');

const unwanted = new Set([
  'description',
  'example',
  'examples',
  'summary',
  'externalDocs',
  'tags',
  'x-github',
  'title',
]);

const folder = mkdtempSync(join(tmpdir(), 'weighbridge-contract-'));
try {
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'openapi.json'), `${JSON.stringify(openapiExtract(), null, 1)}\n`);
  writeFileSync(join(target, 'schema.graphql'), graphqlExtract());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One file of a package as it is published, without installing it: the descriptions are large. */
function packedFile(name, path) {
  const spec = `${name}@${versions[name]}`;
  const [packed] = JSON.parse(execFileSync('npm', ['pack', spec, '--json'], { cwd: folder, encoding: 'utf8' }));
  execFileSync('tar', ['xzf', packed.filename, `package/${path}`], { cwd: folder });
  return readFileSync(join(folder, 'package', path), 'utf8');
}

function openapiExtract() {
  const whole = JSON.parse(packedFile('@octokit/openapi', 'generated/api.github.com.json'));
  const paths = {};
  for (const operation of operations) {
    const [method, path] = operation.split(' ');
    const found = whole.paths[path]?.[method.toLowerCase()];
    if (found === undefined) throw new Error(`the description has no ${operation}`);
    paths[path] = { ...paths[path], [method.toLowerCase()]: asSchema(resolved(found, whole)) };
  }
  const schemas = {};
  const wanted = new Set(referencesOf(paths));
  for (const name of wanted) {
    schemas[name] = asSchema(whole.components.schemas[name]);
    for (const more of referencesOf(schemas[name])) wanted.add(more);
  }
  const source = `@octokit/openapi ${versions['@octokit/openapi']}, from github/rest-api-description (MIT License)`;
  return { source, openapi: whole.openapi, paths, components: { schemas } };
}

/** Parameters, responses and headers written out; references to schemas stay. */
function resolved(value, whole) {
  if (Array.isArray(value)) return value.map((each) => resolved(each, whole));
  if (typeof value !== 'object' || value === null) return value;
  const reference = /^#\/components\/(parameters|responses|headers)\/(.+)$/.exec(value.$ref ?? '');
  if (reference !== null) return resolved(whole.components[reference[1]][reference[2]], whole);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, whole)]));
}

/** JSON Schema in place of OpenAPI 3.0's own words, without prose. */
function asSchema(value, key = '') {
  if (Array.isArray(value)) return value.map((each) => asSchema(each));
  if (typeof value !== 'object' || value === null) return value;
  const named = key === 'properties';
  const kept = Object.entries(value).filter(([name]) => named || (name !== 'nullable' && !unwanted.has(name)));
  const schema = Object.fromEntries(kept.map(([name, each]) => [name, asSchema(each, named ? '' : name)]));
  return value.nullable === true && !named ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function referencesOf(value) {
  return [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
}

/** Every type and field that our queries use, with all values of its enumerations. */
function graphqlExtract() {
  const sdl = packedFile('@octokit/graphql-schema', 'schema.graphql');
  const schema = buildSchema(sdl, { assumeValid: true });
  const used = new Map([['Query', new Set()]]);
  const use = (type) => used.get(type) ?? used.set(type, new Set()).get(type);
  for (const query of [pullQuery, commitsQuery(1), viewerQuery]) {
    const types = new TypeInfo(schema);
    visit(
      parse(query),
      visitWithTypeInfo(types, {
        Field(node) {
          const parent = types.getParentType();
          if (node.name.value !== '__typename') use(parent.name).add(node.name.value);
          else use(parent.name);
        },
        NamedType: (node) => void use(node.name.value),
      }),
    );
  }
  const document = parse(sdl, { noLocation: true });
  const byName = new Map(document.definitions.map((each) => [each.name?.value, each]));
  // What an interface has, each type that implements it must have.
  for (const [name, fields] of used) {
    for (const each of byName.get(name)?.interfaces ?? []) {
      for (const field of used.get(each.name.value) ?? []) fields.add(field);
    }
  }
  const queue = [...used.keys()];
  const kept = new Map();
  while (queue.length > 0) {
    const name = queue.pop();
    const definition = byName.get(name);
    if (definition === undefined || kept.has(name)) continue;
    const pruned = prunedDefinition(definition, used);
    kept.set(name, pruned);
    visit(pruned, { NamedType: (node) => void queue.push(node.name.value) });
  }
  const head = `# Extract of GitHub's GraphQL schema: @octokit/graphql-schema ${versions['@octokit/graphql-schema']} (MIT License)\n\n`;
  const ordered = [...kept].sort(([left], [right]) => (left < right ? -1 : 1));
  return `${head}${ordered.map(([, definition]) => print(definition)).join('\n\n')}\n`;
}

function prunedDefinition(definition, used) {
  const bare = visit(definition, {
    enter: (node) => (node.description === undefined ? undefined : { ...node, description: undefined }),
    Directive: () => null,
  });
  const fields = used.get(definition.name.value) ?? new Set();
  if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
    const wanted = bare.fields.filter((field) => fields.has(field.name.value));
    return {
      ...bare,
      interfaces: bare.interfaces.filter((each) => used.has(each.name.value)),
      // A type that is only told by its name needs a field all the same.
      fields:
        wanted.length > 0
          ? wanted
          : bare.fields.filter((field) => field.name.value === 'id' || field.name.value === 'login'),
    };
  }
  return bare;
}
