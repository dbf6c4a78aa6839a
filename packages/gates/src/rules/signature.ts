import type { VerdictNode } from '@weighbridge/core';
import type { SigningPolicy } from '@weighbridge/manifest';
import type { EvidenceSigner, SignatureFacts } from '../facts.js';
import type { GateRequest } from '../request.js';
import { defineRule } from '../rule.js';
import { listWords, offerWaiver } from '../wording.js';

/** Kinds that are made of weights: without an artifact, nothing of them is known that could be signed. */
const kindsWithArtifacts: ReadonlySet<string> = new Set(['model', 'adapter', 'dataset']);

/** Whether somebody whom the policy names signed the artifacts of the version. Changed by `weighbridge sign`. */
export const signatureRule = defineRule({
  kind: 'signature',
  needs: ['candidate', 'artifacts', 'signature'],
  judge(request, facts): readonly VerdictNode[] {
    const { gate, signing } = request.policy;
    if (gate?.signature !== 'required' || signing === undefined) return [];
    const { kind, identity } = facts.candidate;
    const node = { id: 'signature', kind: 'signature' };
    if (facts.artifacts.length === 0) return [{ ...node, ...judgeNoArtifacts(kind) }];
    if (facts.signature === null) {
      const because = 'A version is signed when it is registered.';
      return [{ ...node, verdict: 'pending', because, remedy: 'Register it; what is registered is signed then.' }];
    }
    if (facts.signature === undefined) {
      const because = `A signature by ${nameAllowed(signing)} is asked, and this evaluation cannot check signatures.`;
      return [{ ...node, verdict: 'error', because, remedy: 'Evaluate it with the command line or an action.' }];
    }
    return [
      { ...node, ...judgeSignatures(request, signing, facts.signature, offerWaiver(request, 'signature', identity)) },
    ];
  },
});

type Judged = Pick<VerdictNode, 'verdict' | 'because' | 'remedy' | 'facts'>;

function judgeNoArtifacts(kind: string): Judged {
  if (!kindsWithArtifacts.has(kind)) return { verdict: 'pass', because: `A ${kind} has no artifact to sign.` };
  const because = `A signature is asked, and no artifact of this ${kind} is known.`;
  return { verdict: 'error', because, remedy: 'List the weights under artifacts in model.yaml.' };
}

function judgeSignatures(request: GateRequest, signing: SigningPolicy, found: SignatureFacts, waiver: string): Judged {
  const facts = { good: found.good.map(({ signer, time }) => ({ ...signer, time })), refused: found.refused };
  const newest = found.good.at(-1);
  if (newest !== undefined) {
    return { verdict: 'pass', because: `All artifacts are signed by ${nameSigner(newest.signer)}.`, facts };
  }
  const what =
    found.refused.length === 0 ? 'it is not signed' : `what was found does not count: ${found.refused.join('; ')}`;
  const because = `A signature by ${nameAllowed(signing)} is asked, and ${what}.`;
  const command = `weighbridge sign ${request.model}@${request.version}`;
  return { verdict: 'fail', because, remedy: `Let one of them sign it: ${command}, ${waiver}.`, facts };
}

function nameAllowed({ keys, signers }: SigningPolicy): string {
  const named = [...Object.keys(keys).map((name) => `the key ${name}`), ...signers.map(({ workflow }) => workflow)];
  return listWords(named, 'or');
}

function nameSigner({ kind, name, ref }: EvidenceSigner): string {
  return kind === 'key' ? `the key ${name}` : `${name} on ${ref}`;
}
