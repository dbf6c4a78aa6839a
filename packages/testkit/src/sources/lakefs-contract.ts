import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

type Schema = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema: Schema } } }>
  >;
}

interface Description {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** A question that the description of lakeFS knows. */
export interface LakefsQuestion {
  /** `operationId` of the description. */
  readonly operation: string;
  /** Parameters of the path by their names, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

const ajv = new Ajv({ strict: false, formats: { int64: true } });
const file = new URL('../../fixtures/lakefs/openapi.json', import.meta.url);
const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
const base = description.servers[0]?.url ?? '';
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/**
 * The operation that a request asks for, by lakeFS's own API description (fixtures/lakefs/openapi.json, which
 * tools/lakefs-contract.mjs makes); null where it has none. Throws for a query that it does not describe.
 */
export function lakefsQuestion(method: string, path: string, query: URLSearchParams): LakefsQuestion | null {
  for (const known of operations) {
    const match = known.method === method ? patternOf(known.path).exec(path) : null;
    if (match === null) continue;
    for (const [name, value] of query) checkQuery(known.operation, name, value);
    const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { operation: known.operation.operationId, path: Object.fromEntries(groups) as Record<string, string> };
  }
  return null;
}

/** The answer itself. Throws for one that the description does not allow: an unknown status, or another body. */
export function lakefsAnswer(operation: string, status: number, json: object): { status: number; json: object } {
  const known = operations.find((each) => each.operation.operationId === operation)?.operation;
  const response = known?.responses[String(status)];
  if (response === undefined) throw new Error(`lakeFS describes no ${status} of ${operation}`);
  const schema = response.content?.['application/json']?.schema;
  if (schema !== undefined && !ajv.validate(schema, json)) throw new Error(`${operation}: ${ajv.errorsText()}`);
  return { status, json };
}

function checkQuery({ operationId, parameters }: Operation, name: string, value: string): void {
  const known = parameters.find((each) => each.in === 'query' && each.name === name);
  if (known === undefined) throw new Error(`lakeFS describes no query ${name} of ${operationId}`);
  const typed = known.schema['type'] === 'integer' ? Number(value) : value;
  if (!ajv.validate(known.schema, typed)) throw new Error(`query ${name} of ${operationId}: ${ajv.errorsText()}`);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${base}${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}
