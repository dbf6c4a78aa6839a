import type { JsonValue } from '@weighbridge/core';
import { isJsonList, memberOf } from '../json/key-differences.js';
import { listNames } from '../difference.js';
import type { AdapterFinding } from './adapter-finding.js';
import type { BaseModule, BaseModules } from './base-modules.js';
import { type LoraModule, type LoraTensors, rankOf } from './lora-modules.js';

/** What the layers of an adapter are judged by. */
export interface LayerQuestion {
  /** What adapter_config.json says (formats.PeftAdapterFacts). */
  readonly config: JsonValue;
  readonly tensors: LoraTensors | null;
  /** Null where the base has no header that names modules. */
  readonly base: BaseModules | null;
  readonly baseName: string;
}

/** Whether the layers that the adapter changes exist in the base, have its shapes, and the rank that was configured. */
export function judgeLayers(question: LayerQuestion): AdapterFinding[] {
  const { tensors, base, baseName } = question;
  const ranks = tensors === null ? [] : [judgeRanks(question, tensors)];
  if (base === null) {
    const because = `No header of ${baseName} names its layers, so that it is not known whether they fit.`;
    return [{ check: 'layers', verdict: 'unknown', because }, ...ranks];
  }
  const missing = [
    ...missingTargets(question.config, base),
    ...(tensors?.modules ?? []).filter(({ name }) => base.find(name) === null).map(({ name }) => name),
  ];
  if (missing.length > 0) {
    return [
      { check: 'layers', verdict: 'fail', because: `${baseName} has no layer ${listNames([...new Set(missing)])}.` },
      ...ranks,
    ];
  }
  if (tensors === null) {
    const because = `The layers exist in ${baseName}; no header of the adapter tells their shapes.`;
    return [{ check: 'layers', verdict: 'unknown', because }];
  }
  return [
    { check: 'layers', verdict: 'pass', because: `${tensors.modules.length} layers exist in ${baseName}.` },
    judgeShapes(question, tensors, base),
    ...ranks,
  ];
}

/** A list names layers or their ends; a pattern and `all-linear` are told by the tensors that came of them. */
function missingTargets(config: JsonValue, base: BaseModules): string[] {
  const targets = memberOf(config, 'target_modules');
  if (!isJsonList(targets)) return [];
  return targets.filter((each): each is string => typeof each === 'string' && !base.hasTarget(each));
}

function judgeShapes({ config, baseName }: LayerQuestion, tensors: LoraTensors, base: BaseModules): AdapterFinding {
  const transposed = memberOf(config, 'fan_in_fan_out') === true;
  const wrong: string[] = [];
  let packed = 0;
  for (const module of tensors.modules) {
    const own = base.find(module.name);
    if (own === null) continue;
    if (own.packed) packed += 1;
    if (!fitsShape(module, own, transposed))
      wrong.push(`${module.name} (A ${shown(module.a)} and B ${shown(module.b)} on ${shown(own.shape)})`);
  }
  for (const { name, shape } of tensors.replaced) {
    const own = base.find(name);
    if (own !== null && !own.packed && shown(own.shape) !== shown(shape))
      wrong.push(`${name} (${shown(shape)} in place of ${shown(own.shape)})`);
  }
  if (wrong.length > 0)
    return { check: 'shapes', verdict: 'fail', because: `Shapes do not fit ${baseName}: ${listSentences(wrong)}.` };
  const told = packed === 0 ? '' : `; ${packed} of them are quantised there, where only the count of numbers tells`;
  return { check: 'shapes', verdict: 'pass', because: `Every matrix has the inputs and outputs of its layer${told}.` };
}

/** A is [rank, inputs] and B [outputs, rank] on a weight [outputs, inputs]; convolutions carry their kernel along. */
function fitsShape({ a, b, embedding }: LoraModule, own: BaseModule, transposed: boolean): boolean {
  if (a === null || b === null || a[0] !== b[1]) return false;
  const [inputs = -1, outputs = -1] = [a[1], b[0]];
  if (own.packed) return own.shape[1] !== 1 || own.shape[0] === Math.ceil((inputs * outputs) / 2);
  const [first, second] = own.shape;
  const turned = embedding || (transposed && own.shape.length === 2);
  return turned ? first === inputs && second === outputs : first === outputs && second === inputs;
}

function judgeRanks({ config }: LayerQuestion, { modules }: LoraTensors): AdapterFinding {
  const usual = memberOf(config, 'r');
  const pattern = memberOf(config, 'rank_pattern');
  const own = typeof pattern === 'object' && pattern !== null ? Object.entries(pattern) : [];
  const wrong: string[] = [];
  let unsure = false;
  for (const module of modules) {
    const found = rankOf(module);
    const named = own.find(([name]) => module.name === name || module.name.endsWith(`.${name}`));
    const expected = named === undefined ? usual : named[1];
    if (found === expected || typeof expected !== 'number') continue;
    // Keys of rank_pattern may be regular expressions of Python, which nobody here runs.
    if (named === undefined && own.some(([name]) => isPattern(name))) unsure = true;
    else wrong.push(`${module.name} (${found} in place of ${expected})`);
  }
  if (wrong.length > 0)
    return {
      check: 'rank',
      verdict: 'fail',
      because: `The rank of the matrices is not the configured one: ${listSentences(wrong)}.`,
    };
  const because = unsure
    ? 'rank_pattern holds regular expressions, and some ranks are told by them alone.'
    : 'The matrices have the configured rank.';
  return { check: 'rank', verdict: unsure ? 'unknown' : 'pass', because };
}

function isPattern(name: string): boolean {
  return /[\\^$*+?()[\]|{}]/.test(name);
}

function shown(shape: readonly number[] | null): string {
  return shape === null ? 'none' : `[${shape.join(', ')}]`;
}

/** Names with what is wrong with them are too long to be cut. */
function listSentences(all: readonly string[]): string {
  const [first, second] = all;
  const more = all.length > 2 ? ` and ${all.length - 2} more` : '';
  return [first, second].filter((each) => each !== undefined).join(', ') + more;
}
