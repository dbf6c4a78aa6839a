import { digestBytes, utf8, weighbridgeError } from '@weighbridge/core';
import { type DecisionPredicate, parseTolerance } from '@weighbridge/evidence';
import { prepareStatement, type RecomputedDocuments } from '@weighbridge/flows';
import { type SigningWay, signEvidence } from '../evidence-signer.js';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { rootPath } from '../root-path.js';
import { sigstoreInputs, sigstoreServices } from '../signing-inputs.js';
import { sha256 } from '../sha256.js';
import { attestDecision } from './attest-decision.js';

const ways: readonly string[] = ['key', 'keyless', 'none'] satisfies SigningWay[];

const predicates: readonly string[] = ['test-result', 'svr'] satisfies DecisionPredicate[];

export const attestCommand: Command = {
  spec: {
    name: 'attest',
    summary: 'Sign what was measured of a model',
    description:
      'Writes an in-toto statement that binds metric documents to the content of the model, and signs it: keyless through Sigstore where the job has an identity (permissions: id-token: write), else with an Ed25519 key. Gates count it as attested where the policy names the signer. Needs neither the store nor a token.',
    arguments: [{ name: 'model', description: 'The model; may be left out where there is one only.' }],
    inputs: [
      {
        name: 'metrics',
        description: 'Metric documents in the repository, as FILE or ID=FILE; those of the manifest when not given.',
        type: 'list',
        placeholder: 'FILE',
      },
      {
        name: 'dataset',
        description:
          'What it was measured on: a reference, or a file that is hashed. Default: the evaluation data of the manifest.',
        type: 'text',
        placeholder: 'REF',
      },
      { name: 'harness', description: 'What measured, such as "lm-eval 0.4.9".', type: 'text', placeholder: 'TEXT' },
      {
        name: 'claim',
        description:
          'attested, or recomputed when this job measured again what others reported. The policy decides what counts.',
        type: 'text',
        default: 'attested',
        placeholder: 'LEVEL',
      },
      {
        name: 'recomputed',
        description:
          'Documents in the repository that this job measured again, one for each of the metric documents and in their order: only if they confirm those within the tolerance a statement is made, with the claim recomputed.',
        type: 'list',
        placeholder: 'FILE',
      },
      {
        name: 'tolerance',
        description: 'How far a claimed value may be from the measured one: 0.001, or 0.5% of it.',
        type: 'text',
        default: '0',
        placeholder: 'NUMBER',
      },
      {
        name: 'decision',
        description:
          'Attest what a gate came to instead: the newest decision of the ledger that let a version into this stage, or a decision by its digest.',
        type: 'text',
        placeholder: 'STAGE',
      },
      {
        name: 'predicate',
        description:
          'What a decision is stated as: test-result, with every requirement, or svr (simple verification result), with what passed.',
        type: 'text',
        default: 'test-result',
        placeholder: 'TYPE',
      },
      {
        name: 'output',
        description: 'File in the repository to write; beside each document when not given, where gates look for it.',
        type: 'text',
        placeholder: 'FILE',
      },
      {
        name: 'sign',
        description: 'key, keyless or none (for an artifact of a run that vouches for it). Default: what there is.',
        type: 'text',
        placeholder: 'WAY',
      },
      {
        name: 'evidence-key',
        description: 'Ed25519 key for the signature, from a secret: as "weighbridge init" makes them, or PEM.',
        type: 'text',
        only: 'action',
      },
      ...sigstoreInputs,
    ],
    outputs: [
      { name: 'files', description: 'Files that were written, one a line.' },
      { name: 'identity', description: 'Identity digest of the model.' },
      { name: 'statement', description: 'SHA-256 of the statement.' },
      { name: 'verifier-key', description: 'Key for evidence.keys of the policy; empty for a keyless signature.' },
    ],
    examples: [
      'weighbridge attest fraud --harness "lm-eval 0.4.9"',
      'weighbridge attest fraud --metrics eval=results/eval.json',
      'weighbridge attest fraud --recomputed again/eval.json --tolerance 0.5%',
      'weighbridge attest fraud --decision production --output decision.sigstore.json',
      'weighbridge attest fraud --decision production --predicate svr',
    ],
  },
  run: runAttest,
};

async function runAttest(inputs: InputValues, host: Host): Promise<Outcome> {
  const decision = inputs.text('decision');
  const way = choiceOf(inputs, 'sign', ways) as SigningWay | null;
  const as = choiceOf(inputs, 'predicate', predicates) === 'svr' ? 'svr' : 'test-result';
  if (decision !== null) return attestDecision(inputs, host, { decision, as, way });
  const claim = choiceOf(inputs, 'claim', ['attested', 'recomputed']) === 'recomputed' ? 'recomputed' : 'attested';
  const prepared = await prepareStatement(host.surroundings, {
    model: inputs.text('model'),
    metrics: inputs.list('metrics').map((written) => readMetric(host, written)),
    dataset: inputs.text('dataset'),
    harness: inputs.text('harness'),
    claim,
    recomputed: readRecomputed(inputs, host),
  });
  const signed = await signEvidence(host, prepared.text, {
    way,
    key: inputs.text('evidence-key') ?? (host.environment['WEIGHBRIDGE_EVIDENCE_KEY'] || null),
    services: sigstoreServices(inputs),
  });
  const output = inputs.text('output');
  const beside = prepared.evaluation.documents.map(({ path }) => `${path}${signed.suffix}`);
  const files =
    output === null ? [...new Set(beside)] : [rootPath(host, output, { command: 'attest', input: 'output' })];
  const dryRun = inputs.boolean('dry-run');
  if (!dryRun) for (const file of files) await host.surroundings.workTree.write(file, utf8(signed.text));
  const { model, identity, evaluation } = prepared;
  const ids = evaluation.documents.map(({ id }) => id);
  const by =
    signed.verifierKey === null ? (signed.suffix === '.sigstore.json' ? 'Sigstore' : 'nobody') : signed.verifierKey;
  const text = `${dryRun ? 'Would write' : 'Wrote'} ${files.join(', ')}: ${ids.join(', ')} of ${model} (${identity}), signed by ${by}`;
  const statement = digestBytes(sha256, utf8(prepared.text));
  return {
    exitCode: 0 as const,
    json: { dry_run: dryRun, model, identity, documents: ids, files, statement, verifier_key: signed.verifierKey },
    text,
    markdown: text,
    notices: [],
    outputs: { files: files.join('\n'), identity, statement, 'verifier-key': signed.verifierKey ?? '' },
  };
}

/** @throws host/input */
function choiceOf(inputs: InputValues, input: string, known: readonly string[]): string | null {
  const text = inputs.text(input);
  if (text === null || known.includes(text)) return text;
  throw weighbridgeError('host/input', {
    input,
    reason: `"${text}" is none of ${known.join(', ')}`,
    command: 'attest',
  });
}

/** @throws host/input */
function readRecomputed(inputs: InputValues, host: Host): RecomputedDocuments | null {
  const paths = inputs
    .list('recomputed')
    .map((file) => rootPath(host, file, { command: 'attest', input: 'recomputed' }));
  const text = inputs.text('tolerance') ?? '0';
  const tolerance = parseTolerance(text);
  if (tolerance === null) {
    const reason = `"${text}" is neither a number such as 0.001 nor a percentage such as 0.5%`;
    throw weighbridgeError('host/input', { input: 'tolerance', reason, command: 'attest' });
  }
  return paths.length === 0 ? null : { paths, tolerance };
}

function readMetric(host: Host, written: string): { readonly id: string | null; readonly path: string } {
  const [, id = null, file = written] = /^([A-Za-z0-9][A-Za-z0-9_-]{0,62})=(.+)$/s.exec(written) ?? [];
  return { id, path: rootPath(host, file, { command: 'attest', input: 'metrics' }) };
}
