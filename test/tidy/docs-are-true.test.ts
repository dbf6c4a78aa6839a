import { dirname, join } from 'node:path';
import { errorCatalogue } from '@weighbridge/core';
import { actionDeclarations, commands, commonInputs, type CommandSpec } from '@weighbridge/host';
import { findRetrievalFaults, parseManifest, parsePolicy, parseStages, publishedSchemas } from '@weighbridge/manifest';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { anchorsOf, type Block, blocksOf, commandLinesOf, linksOf, pages, spansOf } from './documents.js';
import { projectFiles } from './tree.js';

test.each(pages)('%s shows command lines that exist', (page) => {
  expect(commandLinesOf(page).flatMap(faultsOfCommand)).toEqual([]);
});

test('examples of commands, and what errors tell to run, are command lines that exist', () => {
  const examples = commands.flatMap(({ spec }) => spec.examples.map((line) => line.replace(/^weighbridge /, '')));
  const remedies = Object.values(errorCatalogue).flatMap(({ message, remedy }) =>
    [...`${message} ${remedy}`.matchAll(/["`]weighbridge ([a-z][^"`]*)["`]/g)].map(([, line = '']) => line),
  );
  expect(remedies.length).toBeGreaterThan(20);
  expect([...examples, ...remedies].flatMap(faultsOfCommand)).toEqual([]);
});

test.each(pages)('%s shows policies, manifests and workflows that are taken as they stand', (page) => {
  expect(blocksOf(page).flatMap(faultsOfBlock)).toEqual([]);
});

test.each(pages)('%s links to what is there', (page) => {
  expect(linksOf(page).filter((target) => !leadsSomewhere(page, target))).toEqual([]);
});

test.each(pages)('%s names errors of the catalogue', (page) => {
  const areas = new Set(Object.keys(errorCatalogue).map((code) => code.split('/')[0]));
  const codes = spansOf(page).filter((span) => /^[a-z]+\/[a-z-]+$/.test(span) && areas.has(span.split('/')[0] ?? ''));
  expect(codes.filter((code) => !Object.hasOwn(errorCatalogue, code))).toEqual([]);
});

test('enough is looked at for these tests to mean something', () => {
  expect(pages.flatMap(commandLinesOf).length).toBeGreaterThan(60);
  expect(pages.flatMap(blocksOf).filter(({ language }) => language === 'yaml').length).toBeGreaterThan(10);
  expect(faultsOfCommand('promote fraud@1.0.0 --onto=staging')).not.toEqual([]);
  expect(faultsOfCommand('promote fraud@1.0.0 --onto staging')).not.toEqual([]);
  expect(faultsOfCommand('promotes fraud@1.0.0 --to staging')).not.toEqual([]);
  expect(faultsOfCommand('promote fraud@1.0.0 --to staging')).toEqual([]);
  expect(faultsOfBlock({ page: '', language: 'yaml', text: 'gates: { production: { soaked: 24h } }' })).toHaveLength(1);
});

/** What is wrong with the words after `weighbridge`. */
function faultsOfCommand(line: string): readonly string[] {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll(/^"|"$/g, ''));
  const specs = commands.map(({ spec }) => spec).sort((one, other) => other.name.length - one.name.length);
  const spec = specs.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  if (spec === undefined) {
    const isGroup = specs.some(({ name }) => name.startsWith(`${words.join(' ')} `));
    return isGroup ? [] : [`no such command: ${line}`];
  }
  return faultsOfWords(spec, words.slice(spec.name.split(' ').length)).map((fault) => `${fault}: ${line}`);
}

function faultsOfWords(spec: CommandSpec, words: readonly string[]): readonly string[] {
  const inputs = new Map([...spec.inputs, ...commonInputs].map((input) => [input.name, input]));
  const faults: string[] = [];
  let positional = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const flag = word === '-C' ? 'directory' : /^--([a-z-]+)$/.exec(word)?.[1];
    if (flag === undefined) positional += word === '…' ? 0 : 1;
    else if (flag === 'json' || flag === 'help') continue;
    else {
      const input = inputs.get(flag);
      if (input === undefined || input.only === 'action') faults.push(`no flag --${flag}`);
      else if (input.type !== 'boolean') at++;
    }
  }
  const takesAny = spec.arguments.some(({ many }) => many === true);
  return takesAny || positional <= spec.arguments.length ? faults : [...faults, 'too many words'];
}

/** Faults that come of showing a part of a file: what it names stands elsewhere. */
const ofParts =
  /^manifest\/(unknown-roster|unknown-metric-gate|unknown-stage|roster-too-small|digest|missing-key|form)$/;

function faultsOfBlock({ language, text, page }: Block): readonly string[] {
  if (!['yaml', 'yml'].includes(language)) return [];
  const shown: unknown = parse(text);
  const keys = typeof shown === 'object' && shown !== null && !Array.isArray(shown) ? Object.keys(shown) : null;
  const path = page;
  const told = (parsed: { readonly ok: boolean; readonly faults?: readonly { code: string; message: string }[] }) =>
    (parsed.faults ?? []).filter(({ code }) => !ofParts.test(code)).map(({ message }) => `${message} in ${text}`);
  if (keys === null || ['jobs', 'permissions'].some((key) => keys.includes(key))) return faultsOfSteps(shown);
  if (keys.every((key) => keysOf('weighbridge').has(key)))
    return told(parsePolicy({ path, text: keys.includes('version') ? text : `version: 1\n${text}` }));
  if (keys.every((key) => keysOf('model').has(key)))
    return told(parseManifest({ path, text: keys.includes('name') ? text : `name: fraud\n${text}` }));
  if (keys.includes('id') && keys.includes('metric')) return told(parsePolicy({ path, text: gateOf(text) }));
  if (keys.every((key) => keysOf('retrieval').has(key)))
    return told({ ok: true, faults: findRetrievalFaults({ path, text }).faults });
  return told(parseStages({ path, text }));
}

/** A metric gate that is shown alone, in a policy. */
function gateOf(text: string): string {
  const lines = text.trimEnd().replaceAll('\n', '\n        ');
  return `version: 1\ngates:\n  production:\n    metrics:\n      - ${lines}\n`;
}

function keysOf(name: 'weighbridge' | 'model' | 'retrieval'): ReadonlySet<string> {
  const schema = publishedSchemas[name] as { readonly properties?: object };
  return new Set(Object.keys(schema.properties ?? {}));
}

/** Steps of a workflow that use an action of ours, wherever they stand in it. */
function faultsOfSteps(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(faultsOfSteps);
  if (typeof shown !== 'object' || shown === null) return [];
  const { uses, with: given = {} } = shown as { uses?: unknown; with?: object };
  if (typeof uses !== 'string') return Object.values(shown).flatMap(faultsOfSteps);
  const folder = /^[^/]+\/weighbridge(?:\/(actions\/[a-z]+))?@/.exec(uses);
  if (folder === null) return [];
  const action = actionDeclarations.find((declared) => declared.folder === (folder[1] ?? ''));
  if (action === undefined) return [`no such action: ${uses}`];
  const names = new Set(action.inputs.map(({ name }) => name));
  return Object.keys(given).flatMap((key) => (names.has(key) ? [] : [`${uses} has no input ${key}`]));
}

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path).replace(/\/$/, '');
  const there = projectFiles.some((known) => known === file || known.startsWith(`${file}/`));
  return there && (anchor === undefined || !file.endsWith('.md') || anchorsOf(file).has(anchor));
}
