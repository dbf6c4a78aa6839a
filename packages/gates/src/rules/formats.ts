import type { JsonObject, VerdictNode } from '@weighbridge/core';
import { markImport } from '@weighbridge/formats';
import type { GatePolicy } from '@weighbridge/manifest';
import type { ArtifactFacts } from '../facts.js';
import { defineRule } from '../rule.js';
import { listWords, offerWaiver } from '../wording.js';

/** Formats whose loading runs a pickle, and so any code its author likes: `pickle` in a policy means them all. */
const pickleFamily: ReadonlySet<string> = new Set(['pickle', 'joblib', 'pytorch-zip']);
const unsafePickle = 'unsafe-pickle';
const unknownFormat = 'unknown';
const shownArtifacts = 20;
const shownImports = 20;

/**
 * Which artifact formats may enter. Changed by saving the artifact in another format. What loading a pickle imports is
 * told, whether it may enter or not: first what runs programs or code.
 */
export const formatsRule = defineRule({
  kind: 'formats',
  needs: ['candidate', 'artifacts'],
  judge(request, facts): readonly VerdictNode[] {
    const policy = request.policy.gate?.formats;
    if (policy === undefined || (policy.allow === null && policy.deny.length === 0)) return [];
    const node = { id: 'formats', kind: 'formats' };
    if (facts.artifacts.length === 0) return [{ ...node, ...judgeNoArtifacts(facts.candidate.kind) }];
    const refused = facts.artifacts.filter((artifact) => whyRefused(artifact, policy) !== null);
    const pickles = facts.artifacts.filter(({ imports }) => imports.length > 0).slice(0, shownArtifacts);
    const told = {
      allow: policy.allow,
      deny: policy.deny,
      artifacts: facts.artifacts.length,
      ...(pickles.length === 0 ? {} : { pickles: pickles.map(tellImports) }),
    };
    if (refused.length === 0) return [{ ...node, verdict: 'pass', because: nameAllowed(facts.artifacts), facts: told }];
    const children = refused.slice(0, shownArtifacts).map((artifact) => refusal(artifact, policy));
    const more = refused.length - children.length;
    const because = `${children.map((child) => child.because).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
    const remedy = `Save the weights as safetensors, ONNX or GGUF, ${offerWaiver(request, 'formats', facts.candidate.identity)}.`;
    return [{ ...node, verdict: 'fail', because, remedy, facts: { ...told, refused: refused.length }, children }];
  },
});

/** Allowed is not harmless: what loading can do is said. */
function nameAllowed(artifacts: readonly ArtifactFacts[]): string {
  const marked = artifacts.filter((artifact) => markedImports(artifact).length > 0);
  const warnings = marked
    .slice(0, shownArtifacts)
    .map((artifact) => ` Loading ${artifact.path} ${nameImports(artifact)}.`);
  const unread = artifacts.filter((artifact) => artifact.unread === true).slice(0, shownArtifacts);
  const unknown = unread.map(({ path }) => ` Not looked into: ${path}; loading it may import anything.`);
  return `The formats of all ${artifacts.length} artifacts are allowed.${warnings.join('')}${unknown.join('')}`;
}

function judgeNoArtifacts(kind: string): Pick<VerdictNode, 'verdict' | 'because' | 'remedy'> {
  if (kind !== 'model' && kind !== 'adapter')
    return { verdict: 'pass', because: `A ${kind} has no artifact whose format could be refused.` };
  const because = `The policy restricts formats, and no artifact of this ${kind} is known.`;
  return {
    verdict: 'error',
    because,
    remedy: 'List the weights under artifacts in model.yaml, or set kind to prompt, retrieval or system.',
  };
}

function refusal(artifact: ArtifactFacts, policy: GatePolicy['formats']): VerdictNode {
  const { path, format, imports } = artifact;
  const known = imports.length === 0 ? '' : `; loading it ${nameImports(artifact)}`;
  const loading = artifact.unread === true ? '; it was not looked into, and loading it may import anything' : known;
  return {
    id: `formats/${path}`,
    kind: 'formats',
    verdict: 'fail',
    because: `${path} is ${format ?? 'of no known format'}, which ${whyRefused(artifact, policy)}${loading}.`,
    remedy: `Save ${path} in another format, such as safetensors or ONNX.`,
    facts: { format, ...tellImports(artifact) },
  };
}

/** `imports os.system (runs programs) and numpy.dtype`, what is marked first. */
function nameImports(artifact: ArtifactFacts): string {
  const shown = markedFirst(artifact).slice(0, shownImports);
  const more = artifact.imports.length - shown.length;
  const names = shown.map((name) => {
    const effect = markImport(name);
    return effect === null ? name : `${name} (${effect})`;
  });
  return `imports ${listWords(names)}${more > 0 ? ` and ${more} more` : ''}`;
}

function tellImports(artifact: ArtifactFacts): JsonObject {
  const marked = markedImports(artifact).slice(0, shownImports);
  return {
    path: artifact.path,
    imports: markedFirst(artifact).slice(0, shownImports),
    imports_total: artifact.imports.length,
    imports_marked: Object.fromEntries(marked.map((name) => [name, markImport(name)])),
  };
}

function markedFirst(artifact: ArtifactFacts): readonly string[] {
  const marked = markedImports(artifact);
  return [...marked, ...artifact.imports.filter((name) => markImport(name) === null)];
}

function markedImports({ imports }: ArtifactFacts): readonly string[] {
  return imports.filter((name) => markImport(name) !== null);
}

function whyRefused(artifact: ArtifactFacts, policy: GatePolicy['formats']): string | null {
  const names = formatNames(artifact);
  if (policy.deny.some((denied) => names.has(denied))) return 'the policy denies';
  if (policy.allow === null || artifact.format === 'document') return null;
  return policy.allow.some((allowed) => names.has(allowed)) ? null : 'the policy does not allow';
}

/**
 * The words of a policy that speak of an artifact: its format, `pickle` where loading it runs one, and `unsafe-pickle`
 * where that imports something marked or where nobody looked.
 */
export function formatNames(artifact: ArtifactFacts): ReadonlySet<string> {
  const format = artifact.format ?? unknownFormat;
  if (!pickleFamily.has(format)) return new Set([format]);
  const isUnsafe = artifact.unread === true || markedImports(artifact).length > 0;
  return new Set([format, 'pickle', ...(isUnsafe ? [unsafePickle] : [])]);
}
