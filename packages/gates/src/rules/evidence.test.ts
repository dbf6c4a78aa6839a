import { describe, expect, test } from 'vitest';
import {
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  judged,
  metricDocument,
  metricGate,
  now,
} from '../../test/gate-case.js';
import { evaluate } from '../evaluate.js';
import type { EvidenceFacts } from '../facts.js';

const dayMs = 86_400_000;
const command = 'weighbridge evidence add fraud@1.4.0 FILE';

interface Asked {
  readonly level?: EvidenceFacts['level'];
  readonly maxAgeMs?: number;
}

const request = (asked: Asked, metric = 'eval.accuracy') =>
  gateRequest(
    gatePolicy({
      metrics: [metricGate({ metric, bounds: { min: '0', max: null } })],
      evidence: { level: asked.level ?? 'reported', maxAgeMs: asked.maxAgeMs ?? null, same: [], samples: 'complete' },
    }),
  );

const judge = (asked: Asked, documents: Record<string, Partial<EvidenceFacts>>, metric?: string) => {
  const evidence = Object.entries(documents).map(([id, parts]) => {
    return [id, evidenceFacts(metricDocument({ accuracy: '0.93' }), parts)] as const;
  });
  return judged(request(asked, metric), gateFacts({ evidence: Object.fromEntries(evidence) }), 'evidence');
};

test('a policy that asks for neither a level nor an age asks nothing', () => {
  const nothing = (gate: Parameters<typeof gateRequest>[0]) =>
    evaluate(gateRequest(gate), gateFacts()).children?.map(({ kind }) => kind);
  expect(nothing(gatePolicy())).not.toContain('evidence');
  expect(nothing(null)).not.toContain('evidence');
  expect(evaluate(request({}), gateFacts()).children?.map(({ kind }) => kind)).not.toContain('evidence');
});

test('where there is no document, says how to bring one', () => {
  expect(judge({ level: 'workflow' }, {})).toEqual({
    id: 'evidence',
    kind: 'evidence',
    verdict: 'error',
    because: 'The policy asks what stands behind the evidence, and there is no metric document.',
    remedy: `List one under metrics in model.yaml, or run ${command}.`,
    facts: { level: 'workflow', max_age_ms: null },
  });
});

describe('which documents are judged', () => {
  const old = { time: '2026-05-01T00:00:00Z' };
  test('those that metric gates name, else all of them, by name', () => {
    const ids = (metric: string) =>
      judge({ maxAgeMs: dayMs }, { zz: old, eval: {}, aa: {} }, metric).children?.map(({ id }) => id);
    expect(ids('eval.accuracy')).toEqual(['evidence/eval/age']);
    expect(ids('gone.accuracy')).toEqual(['evidence/aa/age', 'evidence/eval/age', 'evidence/zz/age']);
  });
  test('what passes is told only where everything does, and one remedy once', () => {
    const node = judge({ maxAgeMs: dayMs }, { zz: old, eval: {}, aa: old }, 'gone.accuracy');
    expect(node.because).toBe(
      'aa is 31d 12h old, 30d 12h more than the 1d allowed. zz is 31d 12h old, 30d 12h more than the 1d allowed.',
    );
    expect(node.remedy).toBe(`Evaluate again and add the result: ${command}.`);
    const fine = judge({ maxAgeMs: dayMs }, { eval: {}, aa: {} }, 'gone.accuracy');
    expect(fine.because).toBe('aa is 1d old; at most 1d is allowed. eval is 1d old; at most 1d is allowed.');
    expect(fine).not.toHaveProperty('remedy');
  });
});

test('a document that fails both ways is told with both remedies', () => {
  const node = judge({ level: 'attested', maxAgeMs: dayMs }, { eval: { levelChecked: true, time: null } });
  expect(node.children?.map(({ verdict }) => verdict)).toEqual(['fail', 'fail']);
  expect(node.remedy).toBe(
    `Publish eval from a workflow of this repository with what attested evidence needs, and add it to the version. Evaluate again and add the result: ${command}.`,
  );
});

describe('the level of a document', () => {
  const digest = `sha256:${'3'.repeat(64)}` as const;
  const level = (parts: Partial<EvidenceFacts>, asked: EvidenceFacts['level'] = 'attested') =>
    judge({ level: asked }, { eval: { digest, ...parts } }).children?.[0];
  const signer = { kind: 'key', name: 'k1', ref: null, issuer: 'i', commit: null, run: null } as const;
  test('that reaches what is asked passes, and names who stands behind it', () => {
    expect(level({ level: 'attested', signer })).toEqual({
      id: 'evidence/eval/level',
      kind: 'evidence',
      verdict: 'pass',
      because: 'eval is attested, signed by the key k1; attested is asked.',
      facts: { level: 'attested', digest, signer, refused: [] },
    });
    const run = { ...signer, kind: 'run', name: '.github/workflows/eval.yml', ref: 'refs/heads/main' } as const;
    expect(level({ level: 'recomputed', signer: run })?.because).toBe(
      'eval is recomputed, from a run of .github/workflows/eval.yml on refs/heads/main; attested is asked.',
    );
    expect(level({ level: 'attested', signer: { ...run, kind: 'workflow' } })?.because).toBe(
      'eval is attested, signed by .github/workflows/eval.yml on refs/heads/main; attested is asked.',
    );
    expect(level({ level: 'workflow' }, 'workflow')).toMatchObject({
      because: 'eval is workflow; workflow is asked.',
      facts: { signer: null },
    });
  });
  test('that nobody could verify is an error, for whoever evaluates', () => {
    expect(level({ refused: ['no run'] })).toMatchObject({
      verdict: 'error',
      because:
        'eval must be attested, and this evaluation cannot verify more than that it was reported. What was found does not count: no run.',
      remedy:
        'Evaluate it where runs and signed statements can be read, or lower evidence.level in weighbridge.yaml to reported.',
      facts: { refused: ['no run'] },
    });
  });
  test('that was looked for and not found fails', () => {
    expect(level({ levelChecked: true })).toMatchObject({
      verdict: 'fail',
      because: 'eval is only reported; attested is asked.',
      remedy:
        'Publish eval from a workflow of this repository with what attested evidence needs, and add it to the version.',
    });
  });
});

describe('the age of a document', () => {
  const age = (time: string | null) => judge({ maxAgeMs: dayMs }, { eval: { time } }).children?.[0];
  const remedy = `Evaluate again and add the result: ${command}.`;
  const facts = (time: string | null) => ({ time, now, max_age_ms: dayMs });
  test('up to the limit passes', () => {
    expect(age('2026-05-31T12:00:00Z')).toEqual({
      id: 'evidence/eval/age',
      kind: 'evidence',
      verdict: 'pass',
      because: 'eval is 1d old; at most 1d is allowed.',
      facts: facts('2026-05-31T12:00:00Z'),
    });
    expect(age(now)).toMatchObject({ verdict: 'pass', because: 'eval is 0s old; at most 1d is allowed.' });
  });
  test('beyond the limit, after now, or unknown fails', () => {
    expect(age('2026-05-31T11:59:59Z')).toMatchObject({
      verdict: 'fail',
      because: 'eval is 1d old, 1s more than the 1d allowed.',
      remedy,
    });
    // What is too much is never told as less than it is.
    expect(age('2026-05-31T11:59:58.5Z')?.because).toBe('eval is 1d old, 2s more than the 1d allowed.');
    expect(age('2026-06-01T12:00:01Z')).toMatchObject({
      verdict: 'fail',
      because: `eval says that it was made at 2026-06-01T12:00:01Z, which is after now (${now}).`,
      remedy,
    });
    for (const time of [null, 'today']) {
      expect(age(time)).toMatchObject({
        verdict: 'fail',
        because: 'When eval was made is not known; at most 1d ago is asked.',
        remedy,
        facts: facts(time),
      });
    }
  });
});
