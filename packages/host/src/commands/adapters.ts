import { weighbridgeError } from '@weighbridge/core';
import { type AdapterListing, listAdapters, type ListedAdapter } from '@weighbridge/flows';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import { nameOfBase } from '@weighbridge/versioning';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { type AdapterServing, serveAdapters } from './serve-adapters.js';

const formats = ['text', 'json', 'vllm', 'kserve'] as const;

export const adaptersCommand: Command = {
  spec: {
    name: 'adapters',
    summary: 'List the LoRA adapters that can be served on a base, with arguments for vLLM and KServe',
    description:
      'Compares each adapter of the registry with the base by the headers that the ledger keeps: the base and range that it was made for, the layers that it changes and their shapes, its rank, and its tokens. What cannot be served is listed with the reason. --format vllm prints the arguments of "vllm serve", --format kserve the part of an LLMInferenceService, both for what can be served alone.',
    arguments: [],
    inputs: [
      {
        name: 'for',
        description: 'The base: MODEL@VERSION, MODEL@STAGE, or hf://ORG/NAME@REVISION for one outside this registry.',
        type: 'text',
        required: true,
        placeholder: 'BASE',
      },
      {
        name: 'stage',
        description: 'Only the versions that this stage or alias points to; the newest that fit when not given.',
        type: 'text',
        placeholder: 'STAGE',
      },
      {
        name: 'format',
        description: 'text, json, vllm or kserve.',
        type: 'text',
        default: 'text',
        placeholder: 'FORMAT',
      },
      {
        name: 'path',
        description: 'Where the adapters lie on the machine that serves; {model} and {version} stand for theirs.',
        type: 'text',
        default: '/adapters/{model}/{version}',
        placeholder: 'PATH',
      },
      {
        name: 'uri',
        description: 'Where KServe finds them, with the same two words.',
        type: 'text',
        default: 'pvc://adapters/{model}/{version}',
        placeholder: 'URI',
      },
    ],
    outputs: [{ name: 'adapters', description: 'JSON: what can be served and what cannot, with the arguments.' }],
    examples: [
      'weighbridge adapters --for llama-3-1-8b@1.2.0',
      'weighbridge adapters --for llama-3-1-8b@production --stage production --format vllm',
    ],
  },
  run: runAdapters,
};

async function runAdapters(inputs: InputValues, host: Host): Promise<Outcome> {
  const format = formats.find((known) => known === (inputs.text('format') ?? 'text'));
  if (format === undefined)
    throw weighbridgeError('host/input', {
      input: 'format',
      reason: `write ${formats.join(', ')}`,
      command: 'adapters',
    });
  const listing = await listAdapters(host.surroundings, {
    base: inputs.text('for') ?? '',
    stage: inputs.text('stage'),
  });
  const serving = serveAdapters(listing, {
    path: inputs.text('path') ?? '/adapters/{model}/{version}',
    uri: inputs.text('uri') ?? 'pvc://adapters/{model}/{version}',
  });
  const json = adaptersJson(listing, serving);
  const shown = {
    text: () => renderListing(listing, serving),
    json: () => `${JSON.stringify(json, null, 2)}\n`,
    vllm: () => `${serving.vllm.map(shellWord).join(' ')}\n`,
    kserve: () => renderKserve(serving),
  }[format]();
  return {
    exitCode: 0,
    json,
    text: shown,
    ...(format === 'text' ? {} : { verbatim: true as const }),
    markdown: `### Adapters for ${nameOfBase(listing.base)}\n\n${renderMarkdownTable(rowsOf(listing))}`,
    notices: [],
    outputs: { adapters: JSON.stringify(json) },
  };
}

function adaptersJson({ base, adapters }: AdapterListing, { vllm, kserve }: AdapterServing) {
  return {
    base: nameOfBase(base),
    adapters: adapters.map(({ model, version, servable, fit, obstacles }) => ({
      model,
      version,
      servable,
      verdict: fit.verdict,
      rank: fit.rank,
      findings: fit.findings,
      obstacles,
    })),
    vllm: { args: vllm },
    kserve: { lora: kserve },
  };
}

function renderListing(listing: AdapterListing, serving: AdapterServing): string {
  const base = nameOfBase(listing.base);
  if (listing.adapters.length === 0) return `No adapter is registered, so that none can be served on ${base}.`;
  const table = renderTextTable(rowsOf(listing));
  if (serving.vllm.length === 0) return `${table}\n\nNothing can be served on ${base}.`;
  const pulls = listing.adapters.filter(({ servable }) => servable).map(({ model, version }) => `${model}@${version}`);
  return [
    table,
    '',
    'vLLM:',
    `  ${serving.vllm.map(shellWord).join(' ')}`,
    '',
    'KServe (LLMInferenceService):',
    ...renderKserve(serving)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    `"weighbridge pull ${pulls[0]} --into DIR" brings an adapter to where it is served.`,
  ].join('\n');
}

function rowsOf({ adapters }: AdapterListing): string[][] {
  const rows = adapters.map((adapter) => [
    adapter.model,
    adapter.version,
    adapter.fit.rank === null ? '' : String(adapter.fit.rank),
    adapter.servable ? (adapter.fit.verdict === 'pass' ? 'yes' : 'yes, not fully known') : 'no',
    whyOf(adapter),
  ]);
  return [['adapter', 'version', 'rank', 'servable', 'because'], ...rows];
}

/** What speaks against it, else what is not known. */
function whyOf({ fit, obstacles }: ListedAdapter): string {
  const of = (verdict: 'fail' | 'unknown') =>
    fit.findings.filter((finding) => finding.verdict === verdict).map(({ because }) => because);
  const against = [...of('fail'), ...obstacles];
  return (against.length > 0 ? against : of('unknown')).join(' ');
}

function renderKserve({ kserve }: AdapterServing): string {
  // Texts in the spelling of JSON are texts of YAML, whatever is in them.
  const entries = kserve.adapters.flatMap(({ name, uri }) => [
    `        - name: ${JSON.stringify(name)}`,
    `          uri: ${JSON.stringify(uri)}`,
  ]);
  return ['spec:', '  model:', '    lora:', '      adapters:', ...entries, ''].join('\n');
}

/** A word as a POSIX shell reads it whole. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
