import type { VerdictNode } from '@weighbridge/core';
import type { GatePolicy } from '@weighbridge/manifest';
import type { ArtifactFacts } from '../facts.js';
import { defineRule } from '../rule.js';
import { listWords, offerWaiver } from '../wording.js';

/** Formats whose loading runs a pickle, and so any code its author likes: `pickle` in a policy means them all. */
const pickleFamily: ReadonlySet<string> = new Set(['pickle', 'joblib', 'pytorch-zip']);
const unknownFormat = 'unknown';
const shownArtifacts = 20;
const shownImports = 20;

/** Which artifact formats may enter. Changed by saving the artifact in another format. */
export const formatsRule = defineRule({
  kind: 'formats',
  needs: ['candidate', 'artifacts'],
  judge(request, facts): readonly VerdictNode[] {
    const policy = request.policy.gate?.formats;
    if (policy === undefined || (policy.allow === null && policy.deny.length === 0)) return [];
    const node = { id: 'formats', kind: 'formats' };
    if (facts.artifacts.length === 0) return [{ ...node, ...judgeNoArtifacts(facts.candidate.kind) }];
    const refused = facts.artifacts.filter((artifact) => whyRefused(artifact, policy) !== null);
    const told = { allow: policy.allow, deny: policy.deny, artifacts: facts.artifacts.length };
    if (refused.length === 0) {
      return [
        {
          ...node,
          verdict: 'pass',
          because: `The formats of all ${facts.artifacts.length} artifacts are allowed.`,
          facts: told,
        },
      ];
    }
    const children = refused.slice(0, shownArtifacts).map((artifact) => refusal(artifact, policy));
    const more = refused.length - children.length;
    const because = `${children.map((child) => child.because).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
    const remedy = `Save the weights as safetensors, ONNX or GGUF, ${offerWaiver(request, 'formats', facts.candidate.identity)}.`;
    return [{ ...node, verdict: 'fail', because, remedy, facts: { ...told, refused: refused.length }, children }];
  },
});

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
  const shown = artifact.imports.slice(0, shownImports);
  const more = artifact.imports.length - shown.length;
  const imports =
    shown.length === 0 ? '' : `; loading it imports ${listWords(shown)}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    id: `formats/${artifact.path}`,
    kind: 'formats',
    verdict: 'fail',
    because: `${artifact.path} is ${artifact.format ?? 'of no known format'}, which ${whyRefused(artifact, policy)}${imports}.`,
    remedy: `Save ${artifact.path} in another format, such as safetensors or ONNX.`,
    facts: { path: artifact.path, format: artifact.format, imports: shown, imports_total: artifact.imports.length },
  };
}

function whyRefused(artifact: ArtifactFacts, policy: GatePolicy['formats']): string | null {
  const names = formatNames(artifact);
  if (policy.deny.some((denied) => names.has(denied))) return 'the policy denies';
  if (policy.allow === null || artifact.format === 'document') return null;
  return policy.allow.some((allowed) => names.has(allowed)) ? null : 'the policy does not allow';
}

/** The words of a policy that speak of an artifact. */
export function formatNames(artifact: ArtifactFacts): ReadonlySet<string> {
  const format = artifact.format ?? unknownFormat;
  return new Set(pickleFamily.has(format) ? [format, 'pickle'] : [format]);
}
