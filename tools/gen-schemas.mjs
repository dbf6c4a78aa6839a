// Writes schemas/<name>.schema.json from the TypeScript source in packages/manifest/src/schema.
// Run "npm run build" first; a test fails while the files differ from their source.
import { mkdirSync, writeFileSync } from 'node:fs';
import { formatSchema, schemaNames } from '../packages/manifest/build/index.js';

/** Writes every schema into a folder and returns the paths. */
export function writeSchemas(folder = new URL('../schemas/', import.meta.url)) {
  mkdirSync(folder, { recursive: true });
  return schemaNames.map((name) => {
    const target = new URL(`${name}.schema.json`, folder);
    writeFileSync(target, formatSchema(name));
    return target.pathname;
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const path of writeSchemas()) console.log(path);
}
