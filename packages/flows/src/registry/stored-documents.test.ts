import { type Digest, utf8, type WeighbridgeError } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import {
  parseStoredCard,
  parseStoredDecision,
  parseStoredMetrics,
  parseStoredObject,
  parseStoredSnapshot,
} from './stored-documents.js';

const digest: Digest = `sha256:${'ab'.repeat(32)}`;
const metrics = { format: 'json', values: [{ key: 'accuracy', value: '0.95' }], context: {} };
const snapshot = {
  schema: 1,
  model: 'fraud',
  kind: 'model',
  base: null,
  artifacts: [{ path: 'model.onnx' }],
  data: [],
  config: [],
  code: [],
  prompts: [],
  retrieval: null,
  interface: { path: 'interface.json' },
  metrics: [{ id: 'eval', ...metrics }],
  runtime: {},
  uses: [],
  training: {},
  documentation: {},
  metadata: {},
};
const bytes = (value: unknown) => utf8(typeof value === 'string' ? value : JSON.stringify(value));
const failure = (run: () => unknown): WeighbridgeError => {
  try {
    run();
  } catch (error) {
    return error as WeighbridgeError;
  }
  throw new Error('nothing was refused');
};

describe('snapshots of the ledger', () => {
  test('are read as they were written, with members of later versions', () => {
    const later = { ...snapshot, environment: { image: null } };
    expect(parseStoredSnapshot(bytes(later), digest)).toEqual(later);
  });

  const refused: readonly (readonly [string, unknown])[] = [
    ...Object.keys(snapshot).map((member) => [`without ${member}`, { ...snapshot, [member]: undefined }] as const),
    ...Object.keys(snapshot).map((member) => [`whose ${member} is a number`, { ...snapshot, [member]: 2 }] as const),
    ['whose artifacts are texts', { ...snapshot, artifacts: ['model.onnx'] }],
    ['whose metrics have no values', { ...snapshot, metrics: [{ id: 'eval', format: 'json', context: {} }] }],
    ['that are a list', []],
    ['that are null', null],
    ['that are no JSON', '{'],
  ];
  test.each(refused)('%s are refused by name', (_, value) => {
    const error = failure(() => parseStoredSnapshot(bytes(value), digest));
    expect(error.code).toBe('flow/evidence-malformed');
    expect(error.fields).toMatchObject({ digest, what: 'a snapshot' });
  });

  test('that are no UTF-8 are refused by name', () => {
    expect(failure(() => parseStoredSnapshot(Uint8Array.of(0xff), digest)).code).toBe('flow/evidence-malformed');
  });
});

test('metric documents of the ledger are objects with format, values and context', () => {
  expect(parseStoredMetrics(bytes(metrics), digest)).toEqual(metrics);
  for (const value of [{ ...metrics, values: {} }, { ...metrics, values: [1] }, { format: 'json' }, 'null', '']) {
    const error = failure(() => parseStoredMetrics(bytes(value), digest));
    expect(error.code).toBe('flow/evidence-malformed');
    expect(error.fields).toMatchObject({ what: 'a metric document' });
  }
});

describe('decisions of the ledger', () => {
  const requirement = { id: 'accuracy', kind: 'metric', verdict: 'pass', because: '0.95 is at least 0.9.' };
  const decision = { verdict: 'pass', because: 'All is met.', requirements: [requirement] };
  test('are read as they were written', () => {
    expect(parseStoredDecision(bytes({ schema: 1, ...decision }), digest)).toEqual({ schema: 1, ...decision });
  });
  test.each([
    ['no verdict', { ...decision, verdict: null }],
    ['no requirements', { ...decision, requirements: {} }],
    ['a requirement without a reason', { ...decision, requirements: [{ ...requirement, because: 1 }] }],
  ])('with %s are refused', (_, value) => {
    expect(failure(() => parseStoredDecision(bytes(value), digest)).code).toBe('flow/evidence-malformed');
  });
});

describe('documents of the ledger', () => {
  test('are read as they were written', () => {
    expect(parseStoredCard(bytes({ schema: 1, type: 'model-card', text: '# fraud' }), digest)).toBe('# fraud');
    expect(parseStoredObject(bytes('{"a": 1}'), digest, 'a bill')).toBe('{"a": 1}');
  });
  test('that are something else are refused', () => {
    const card = { schema: 1, type: 'bom', text: '# fraud' };
    expect(failure(() => parseStoredCard(bytes(card), digest)).code).toBe('flow/evidence-malformed');
    expect(failure(() => parseStoredCard(bytes({ type: 'model-card' }), digest)).code).toBe('flow/evidence-malformed');
    expect(failure(() => parseStoredObject(bytes('[]'), digest, 'a bill')).code).toBe('flow/evidence-malformed');
  });
});
