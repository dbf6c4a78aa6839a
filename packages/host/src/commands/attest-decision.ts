import { digestBytes, utf8 } from '@weighbridge/core';
import type { DecisionPredicate } from '@weighbridge/evidence';
import { stateDecision } from '@weighbridge/flows';
import { type SigningWay, signEvidence } from '../evidence-signer.js';
import type { Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { rootPath } from '../root-path.js';
import { sha256 } from '../sha256.js';
import { sigstoreServices } from '../signing-inputs.js';

/** Signs what a gate came to, as the ledger records it: an in-toto statement about the version. */
export async function attestDecision(
  inputs: InputValues,
  host: Host,
  asked: { readonly decision: string; readonly as: DecisionPredicate; readonly way: SigningWay | null },
): Promise<Outcome> {
  const stated = await stateDecision(host.surroundings, { ...asked, model: inputs.text('model') });
  const signed = await signEvidence(host, stated.text, {
    way: asked.way,
    key: inputs.text('evidence-key') ?? (host.environment['WEIGHBRIDGE_EVIDENCE_KEY'] || null),
    services: sigstoreServices(inputs),
  });
  const { model, version, decision, verdict } = stated;
  const name = inputs.text('output') ?? `${model}-${version ?? 'unnumbered'}.${asked.as}${signed.suffix}`;
  const file = rootPath(host, name, { command: 'attest', input: 'output' });
  const dryRun = inputs.boolean('dry-run');
  if (!dryRun) await host.surroundings.workTree.write(file, utf8(signed.text));
  const text = `${dryRun ? 'Would write' : 'Wrote'} ${file}: the gate said ${verdict} of ${model} ${version ?? ''} (${decision})`;
  const statement = digestBytes(sha256, utf8(stated.text));
  return {
    exitCode: 0,
    json: {
      dry_run: dryRun,
      model,
      version,
      decision,
      verdict,
      files: [file],
      statement,
      verifier_key: signed.verifierKey,
    },
    text,
    markdown: text,
    notices: [],
    outputs: { files: file, identity: '', statement, 'verifier-key': signed.verifierKey ?? '' },
  };
}
