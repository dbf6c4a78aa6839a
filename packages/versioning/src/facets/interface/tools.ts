import type { JsonValue } from '@weighbridge/core';
import { equalJson, isJsonList, isJsonObject, memberOf } from '../../json/key-differences.js';
import { unionOf } from '../../order.js';
import type { InterfaceDifference } from './kinds.js';
import { compareSchemas } from './schema.js';

/**
 * Tools that a model may call, by name, as providers write them: `{name, parameters}`, also within `{type, function}`.
 * The model gives the arguments and the host takes them, so that neither side can see a change coming: what would break
 * either direction counts.
 */
export function compareTools(from: JsonValue, to: JsonValue, file: string): InterfaceDifference[] {
  const [before, after] = [toolsByName(from), toolsByName(to)];
  return unionOf(before.keys(), after.keys()).flatMap((name): InterfaceDifference[] => {
    const [tool, now] = [before.get(name), after.get(name)];
    const path = `${file}#tool.${name}`;
    if (now === undefined)
      return [{ kind: 'tool-removed', path, from: name, to: null, because: `The tool ${name} was removed.` }];
    if (tool === undefined)
      return [{ kind: 'tool-added', path, from: null, to: name, because: `The tool ${name} is new.` }];
    return compareTool(tool, now, path);
  });
}

function compareTool(from: JsonValue, to: JsonValue, path: string): InterfaceDifference[] {
  const [before, after] = [parametersOf(from), parametersOf(to)];
  const found = (['input', 'output'] as const).flatMap((direction) =>
    compareSchemas(before, after, { direction, file: path }),
  );
  const breaking = found.filter(
    ({ kind }) =>
      !/^(?:wording|keyword|default|input-(?:added|optional|widened)|output-(?:added|guaranteed|narrowed))$/.test(kind),
  );
  const [first] = breaking;
  if (first !== undefined) {
    return [
      {
        kind: 'tool-changed',
        path,
        from: before,
        to: after,
        because: `Calls of the tool ${path.split('.').at(-1)} change: ${first.because}`,
      },
    ];
  }
  const unique = new Map(found.map((each) => [each.path.replace(/#(?:input|output)/, '#'), each]));
  const own = memberOf(from, 'description') === memberOf(to, 'description') ? [] : [wordingOf(path, from, to)];
  const strict = equalJson(memberOf(from, 'strict'), memberOf(to, 'strict'))
    ? []
    : [
        {
          kind: 'keyword' as const,
          path: `${path}#strict`,
          from: memberOf(from, 'strict') ?? null,
          to: memberOf(to, 'strict') ?? null,
          because: `${path} is strict or no longer.`,
        },
      ];
  return [...unique.values(), ...own, ...strict];
}

/** Models read a tool's description: it is wording of the prompt, and moves the version as such. */
function wordingOf(path: string, from: JsonValue, to: JsonValue): InterfaceDifference {
  return {
    kind: 'keyword',
    path: `${path}#description`,
    from: memberOf(from, 'description') ?? null,
    to: memberOf(to, 'description') ?? null,
    because: `The description of ${path} changed.`,
  };
}

function parametersOf(tool: JsonValue): JsonValue {
  return memberOf(tool, 'parameters') ?? memberOf(tool, 'input_schema') ?? memberOf(tool, 'inputSchema') ?? {};
}

function toolsByName(tools: JsonValue): ReadonlyMap<string, JsonValue> {
  const byName = new Map<string, JsonValue>();
  if (isJsonObject(tools)) for (const [name, tool] of Object.entries(tools)) byName.set(name, tool);
  if (isJsonList(tools)) {
    for (const [place, entry] of tools.entries()) {
      const tool = memberOf(entry, 'function') ?? entry;
      const name = memberOf(tool, 'name');
      byName.set(typeof name === 'string' ? name : `[${place}]`, tool);
    }
  }
  return byName;
}
