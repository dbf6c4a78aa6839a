// Makes the extract of lakeFS's own API description that the fake lakeFS and its tests are held to:
// packages/testkit/fixtures/lakefs/openapi.json. The description is that of lakeFS, Apache License 2.0: `api/swagger.yml` of
// the repository treeverse/lakeFS. Run as `node tools/lakefs-contract.mjs SWAGGER COMMIT` when an operation is added, with a
// copy of that file and the commit that it was taken from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const operations = [
  'GET /repositories/{repository}/refs/{ref}/commits',
  'GET /repositories/{repository}/refs/{ref}/objects/ls',
  'GET /repositories/{repository}/refs/{ref}/objects',
];
const prose = new Set(['description', 'summary', 'tags', 'example', 'externalDocs']);

const [file, commit] = process.argv.slice(2);
if (file === undefined || !/^[0-9a-f]{40}$/.test(commit ?? '')) {
  console.error('usage: node tools/lakefs-contract.mjs SWAGGER COMMIT');
  process.exit(2);
}
const whole = parse(readFileSync(file, 'utf8'));
const target = fileURLToPath(new URL('../packages/testkit/fixtures/lakefs/', import.meta.url));
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'openapi.json'), `${JSON.stringify(extract(), null, 1)}\n`);

function extract() {
  const paths = {};
  for (const operation of operations) {
    const [method, path] = operation.split(' ');
    const item = whole.paths[path];
    const found = item?.[method.toLowerCase()];
    if (found === undefined) throw new Error(`the description has no ${operation}`);
    const parameters = [...(item.parameters ?? []), ...(found.parameters ?? [])];
    paths[path] = { ...paths[path], [method.toLowerCase()]: plain({ ...found, parameters }) };
  }
  const source = `api/swagger.yml of treeverse/lakeFS at ${commit} (Apache License 2.0), shortened`;
  return { source, openapi: whole.openapi, servers: plain(whole.servers), paths };
}

/** Every reference written out, without prose: what is left is small. */
function plain(value, name = '') {
  if (Array.isArray(value)) return value.map((each) => plain(each));
  if (typeof value !== 'object' || value === null) return value;
  const reference = /^#\/components\/(.+)\/(.+)$/.exec(value.$ref ?? '');
  if (reference !== null) return plain(whole.components[reference[1]][reference[2]]);
  const kept = Object.entries(value).filter(([key]) => name === 'properties' || !prose.has(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, plain(each, key)]));
}
