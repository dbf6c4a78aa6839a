import { type Digest, isDigest, type JsonValue, satisfiesRange, type Version } from '@weighbridge/core';
import { memberOf } from '../json/key-differences.js';
import type { Snapshot } from '../snapshot.js';
import type { AdapterFinding } from './adapter-finding.js';
import { baseModules } from './base-modules.js';
import { judgeLayers } from './judge-layers.js';
import { judgeTokens } from './judge-tokens.js';
import { loraTensors, rankOf } from './lora-modules.js';

/** Whether an adapter can be used on a base, and what was found. */
export interface AdapterFit {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly findings: readonly AdapterFinding[];
  /** The largest rank of its matrices, or the configured one where no header was read. */
  readonly rank: number | null;
  /** The quantisation that the base is stored in, as its config.json says (`bitsandbytes`, `gptq` …); null for none. */
  readonly quantisation: string | null;
}

/** A base that adapters are to be used on. */
export interface BaseCandidate {
  /** The name of a model of this registry, or the reference of one outside without its revision (`hf://org/name`). */
  readonly name: string;
  /** For a model of this registry. */
  readonly version: Version | null;
  /** Of a base outside this registry, where it is known. */
  readonly revision: string | null;
  readonly identity: Digest | null;
  /** Null for a base of which no header is at hand. */
  readonly snapshot: Snapshot | null;
}

/**
 * Whether a LoRA adapter can be used on a base: by the base and range that it names, and by both headers. Layers that the
 * adapter changes must exist and have its shapes, matrices the configured rank, tokens the same ids.
 */
export function judgeAdapter(adapter: Snapshot, base: BaseCandidate): AdapterFit {
  const config = adapterConfig(adapter);
  const tensors = loraTensors(adapter);
  const baseName = nameOfBase(base);
  const modules = base.snapshot === null ? null : baseModules(base.snapshot);
  const tokens = base.snapshot === null ? null : judgeTokens(adapter, base.snapshot, tensors, baseName);
  const findings = [
    judgeName(adapter, base),
    ...judgeRevision(adapter, config, base),
    ...judgeLayers({ config, tensors, base: modules, baseName }),
    ...(tokens === null ? [] : [tokens]),
  ];
  const ranks = (tensors?.modules ?? []).map(rankOf).filter((rank) => rank !== null);
  const configured = memberOf(config, 'r');
  return {
    verdict: worst(findings),
    findings,
    rank: ranks.length > 0 ? Math.max(...ranks) : typeof configured === 'number' ? configured : null,
    quantisation: base.snapshot === null ? null : quantisationOf(base.snapshot),
  };
}

/** What adapter_config.json says; null where there is none. */
export function adapterConfig({ artifacts }: Pick<Snapshot, 'artifacts'>): JsonValue {
  return artifacts.find(({ document }) => document?.type === 'peft-adapter')?.document?.facts ?? null;
}

/** `llama@1.2.0`, `hf://org/name@revision`. */
export function nameOfBase({ name, version, revision }: BaseCandidate): string {
  const pin = version ?? revision;
  return pin === null ? name : `${name}@${pin}`;
}

function worst(findings: readonly AdapterFinding[]): AdapterFit['verdict'] {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return findings.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass';
}

/** The base under `base:`, with its range, and every one under `uses:` are bases that it was made for. */
function judgeName(adapter: Snapshot, base: BaseCandidate): AdapterFinding {
  const name = nameOfBase(base);
  const own = adapter.base;
  if (base.version === null) {
    const same = own?.model.toLowerCase() === base.name.toLowerCase();
    const because = same ? `It was trained on ${base.name}.` : `It was trained on ${own?.model ?? 'no named base'}.`;
    return { check: 'base', verdict: same ? 'pass' : 'fail', because };
  }
  const used = adapter.uses.find(({ model }) => model === base.name);
  const trained = own?.model === `registry:${base.name}` ? (own.range ?? own.version ?? '*') : null;
  const range = used?.range ?? trained;
  if (range === null) {
    const because = `It is made for ${own?.model ?? 'no named base'} and does not name ${base.name} under "base" or "uses".`;
    return { check: 'base', verdict: 'fail', because };
  }
  const fits = isDigest(range) ? range === base.identity : satisfiesRange(base.version, range);
  const because = `It is made for ${base.name}@${range}${fits ? '' : `, and ${name} is not in that range`}.`;
  return { check: 'base', verdict: fits ? 'pass' : 'fail', because };
}

function judgeRevision(adapter: Snapshot, config: JsonValue, base: BaseCandidate): AdapterFinding[] {
  const told = adapter.base?.revision ?? memberOf(config, 'revision') ?? null;
  if (base.version !== null || typeof told !== 'string') return [];
  if (base.revision === null)
    return [
      { check: 'revision', verdict: 'unknown', because: `It was trained on revision ${told}; name one to compare.` },
    ];
  const same = told.startsWith(base.revision) || base.revision.startsWith(told);
  const because = `It was trained on revision ${told}${same ? '' : `, and this is ${base.revision}`}.`;
  return [{ check: 'revision', verdict: same ? 'pass' : 'fail', because }];
}

function quantisationOf({ artifacts }: Snapshot): string | null {
  for (const { document } of artifacts) {
    if (document?.type !== 'hf-config') continue;
    const method = memberOf(memberOf(document.facts, 'quantization'), 'quant_method');
    if (typeof method === 'string') return method;
  }
  return null;
}
