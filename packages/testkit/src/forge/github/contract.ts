import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Parameters whose value may hold slashes. */
const wide = new Set(['path', 'ref', 'branch', 'basehead']);

/** One operation of the official description. */
export interface KnownOperation {
  /** Such as `GET /repos/{owner}/{repo}`. */
  readonly name: string;
  readonly path: Readonly<Record<string, string>>;
}

/**
 * GitHub's own description of its REST API: finds operations, says what is wrong with a request or a response, and
 * completes documents with the fields that nobody here asks for.
 */
export class GitHubContract {
  readonly #description: Description;
  readonly #routes: readonly { readonly name: string; readonly method: string; readonly pattern: RegExp }[];
  readonly #ajv: Ajv;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    const file = new URL('../../../fixtures/github/openapi.json', import.meta.url);
    this.#description = JSON.parse(readFileSync(file, 'utf8')) as Description;
    this.#routes = Object.entries(this.#description.paths)
      .flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => ({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          pattern: patternOf(path),
          literal: path.replaceAll(/\{[^}]+\}/g, '').length,
        })),
      )
      .sort((left, right) => right.literal - left.literal);
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(this.#ajv, ['date-time', 'uri', 'email']);
    for (const name of ['int32', 'int64', 'timestamp', 'repo.nwo', 'ssh-key']) this.#ajv.addFormat(name, true);
    this.#ajv.addSchema({ components: this.#description.components }, 'github');
  }

  /** The operation of a path without its query; null where the description has none. */
  find(method: string, path: string): KnownOperation | null {
    for (const route of this.#routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match !== null) {
        const groups = Object.entries(match.groups ?? {});
        return {
          name: route.name,
          path: Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value ?? '')])),
        };
      }
    }
    return null;
  }

  /** What a request has wrong: query parameters that do not exist or are of the wrong kind, and its body. */
  requestFaults(operation: KnownOperation, query: URLSearchParams, body: unknown): readonly string[] {
    const known = this.#operation(operation.name);
    const parameters = (known.parameters ?? []).filter((each) => each.in === 'query');
    const faults = [...query].flatMap(([name, value]) => {
      const parameter = parameters.find((each) => each.name === name);
      if (parameter === undefined) return [`query ${name} does not exist`];
      const validate = this.#validator(`${operation.name} ? ${name}`, parameter.schema);
      const typed: unknown = validate(value) ? value : typedQuery(value);
      return validate(typed) ? [] : [`query ${name}: ${this.#ajv.errorsText(validate.errors)}`];
    });
    const schema = known.requestBody?.content['application/json']?.schema;
    if (schema === undefined) return body === null ? faults : [...faults, 'a body where none belongs'];
    if (body === null) return known.requestBody?.required === true ? [...faults, 'no body'] : faults;
    const validate = this.#validator(`${operation.name} body`, schema);
    if (!validate(body)) faults.push(`body: ${this.#ajv.errorsText(validate.errors)}`);
    const properties = (schema['properties'] as object | undefined) ?? null;
    const extra = properties === null ? [] : Object.keys(body as object).filter((name) => !(name in properties));
    return [...faults, ...extra.map((name) => `body has ${name}, which does not exist`)];
  }

  /** What a response has wrong. Statuses that the description does not list are faults,
   * those apart that any operation may answer. */
  responseFaults(operation: KnownOperation, status: number, body: unknown): readonly string[] {
    const response = this.#operation(operation.name).responses[String(status)];
    if (response === undefined) {
      const common = [304, 401, 403, 404, 422, 429].includes(status) || status >= 500;
      return common ? [] : [`status ${status} is not described`];
    }
    const schema = response.content?.['application/json']?.schema;
    if (schema === undefined) return [];
    const validate = this.#validator(`${operation.name} ${status}`, schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).slice(0, 8).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  /** The document with every required field that it lacks, of the kind that the description gives it. */
  complete(operation: KnownOperation, status: number, body: unknown): unknown {
    const schema = this.#operation(operation.name).responses[String(status)]?.content?.['application/json']?.schema;
    return schema === undefined ? body : this.#filled(schema, body, '');
  }

  #operation(name: string): Operation {
    const [method = '', path = ''] = name.split(' ');
    const operation = this.#description.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return operation;
  }

  #validator(key: string, schema: Schema): ValidateFunction {
    const held = this.#validators.get(key);
    if (held !== undefined) return held;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/');
    const made = this.#ajv.compile(JSON.parse(text) as Schema);
    this.#validators.set(key, made);
    return made;
  }

  #resolved(schema: Schema): Schema {
    const reference = schema['$ref'];
    if (typeof reference !== 'string') return schema;
    return this.#resolved(this.#description.components.schemas[reference.replace(/^.*\//, '')] ?? {});
  }

  #filled(given: Schema, value: unknown, name: string): unknown {
    const schema = this.#resolved(given);
    if (value === null) return null;
    const all = schema['allOf'] as readonly Schema[] | undefined;
    if (all !== undefined) return all.reduce((held: unknown, part) => this.#filled(part, held, name), value);
    const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
    if (choices !== undefined && schema['properties'] === undefined) {
      const choice = this.#choice(choices, value);
      return choice === undefined ? value : this.#filled(choice, value, name);
    }
    if (value === undefined) return this.#minimal(schema, name);
    if (Array.isArray(value)) {
      const items = schema['items'] as Schema | undefined;
      return items === undefined ? value : value.map((each) => this.#filled(items, each, name));
    }
    if (typeof value !== 'object') return value;
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    const required = (schema['required'] ?? []) as readonly string[];
    const result: Record<string, unknown> = { ...value };
    for (const [key, part] of Object.entries(properties)) {
      if (key in result ? result[key] !== undefined : required.includes(key)) {
        result[key] = this.#filled(part, result[key], key);
      }
    }
    return result;
  }

  /** Among alternatives the one that the value fits best; of an absent value, null where that may be. */
  #choice(choices: readonly Schema[], value: unknown): Schema | undefined {
    const resolved = choices.map((choice) => this.#resolved(choice));
    if (value === undefined) return resolved.find((choice) => choice['type'] === 'null') ?? resolved[0];
    if (typeof value !== 'object' || value === null) return undefined;
    const type = Array.isArray(value) ? 'array' : 'object';
    const kinds = resolved.filter(
      (choice) => choice['type'] === type || choice['properties'] !== undefined || choice['allOf'] !== undefined,
    );
    const word = (value as { readonly type?: unknown }).type;
    const named = kinds.find((choice) => JSON.stringify(choice).includes(`"enum":["${String(word)}"]`));
    return named ?? kinds[0] ?? resolved.find((choice) => choice['type'] !== 'null');
  }

  #minimal(schema: Schema, name: string): unknown {
    const values = schema['enum'] as readonly unknown[] | undefined;
    if (values !== undefined) return values[0];
    switch (schema['type']) {
      case 'null':
        return null;
      case 'boolean':
        return false;
      case 'integer':
      case 'number':
        return schema['minimum'] ?? 0;
      case 'array':
        return [];
      case 'string':
        if (schema['format'] === 'date-time') return '2026-01-01T00:00:00Z';
        return schema['format'] === 'uri' || /(^|_)url$/.test(name) ? `https://unasked.test/${name}` : '';
      default:
        return this.#filled({ ...schema, anyOf: undefined, oneOf: undefined }, {}, name);
    }
  }
}

/** Numbers and truth values stand in a query as text. */
function typedQuery(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}

let shared: GitHubContract | undefined;

/** One for all: compiling the schemas takes longer than using them. */
export function githubContract(): GitHubContract {
  return (shared ??= new GitHubContract());
}

function patternOf(path: string): RegExp {
  const source = path
    .replaceAll(/[.+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{([^}]+)\}/g, (_, name: string) => `(?<${name}>${wide.has(name) ? '.+' : '[^/]+'})`);
  return new RegExp(`^${source}$`);
}
