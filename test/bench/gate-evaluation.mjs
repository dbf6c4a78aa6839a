// How the cost of a decision grows: 1,000 models with 20 gates each in one run, against what nobody can save, reading
// the facts (JSON.parse) and writing them canonically (as their digests need), and against one model.
import { compare } from './measure.mjs';

const models = 1_000;
const gatesEach = 20;
const identity = `sha256:${'1'.repeat(64)}`;
const other = `sha256:${'2'.repeat(64)}`;

/** Twenty gates as teams have them: bounds, regressions, standard errors, slices. */
function gatePolicy() {
  return {
    from: ['staging'],
    soakMs: 86_400_000,
    checks: [],
    metadata: 'complete',
    formats: { allow: null, deny: ['pickle'] },
    evidence: { level: 'reported', maxAgeMs: 2_592_000_000, same: ['dataset'], samples: 'complete' },
    metrics: Array.from({ length: gatesEach }, (_, at) => metricGate(at)),
    reviewers: [],
    onInconclusive: 'block',
    multiplicity: 'none',
  };
}

function metricGate(at) {
  const margin = { absolute: '0.005', relative: '0.01' };
  return {
    id: `gate-${at}`,
    metric: `eval.metric_${at}`,
    direction: 'higher',
    bounds: { min: '0.5', max: '1' },
    baseline: { ref: 'stage:production', maxRegression: margin, minImprovement: null, ifAbsent: 'fail' },
    uncertainty: at % 4 === 0 ? { use: 'stderr', confidence: '0.95' } : null,
    slices:
      at % 4 === 1
        ? {
            by: 'language',
            minSamples: 100,
            required: ['en', 'de'],
            onMissing: 'fail',
            each: { bounds: { min: '0.5', max: null }, maxRegression: margin },
          }
        : null,
    severity: 'block',
  };
}

function evidence(model, shift) {
  const values = Array.from({ length: gatesEach }, (_, at) => {
    const value = ((9_000 + ((model * 31 + at * 7) % 900) + shift) / 10_000).toString();
    const whole = { key: `metric_${at}`, value, stderr: '0.001', samples: 2_000, slice: null };
    const languages = at % 4 === 1 ? ['de', 'en', 'fr', 'ja'] : [];
    return [whole, ...languages.map((language) => ({ ...whole, samples: 500, slice: { language } }))];
  }).flat();
  return {
    eval: {
      document: { format: 'plain', values, context: { dataset: 'sha256:aa' } },
      digest: other,
      level: 'reported',
      levelChecked: false,
      time: '2026-05-31T12:00:00Z',
      context: {},
    },
  };
}

function gateFacts(model) {
  return {
    now: '2026-06-01T12:00:00Z',
    candidate: { identity, evidence: other, kind: 'model', impact: 'low' },
    evidence: evidence(model, -(model % 80)),
    baselines: { 'stage:production': { version: '1.3.0', identity: other, evidence: evidence(model, 0) } },
    artifacts: [{ path: 'model.safetensors', format: 'safetensors', imports: [] }],
    metadata: {
      data: 'sha256:aa',
      commit: 'c0ffee',
      framework: 'pytorch',
      frameworkVersion: '2.9.0',
      duration: 'PT3H',
      hardware: '8xH100',
    },
    stagesEntered: { staging: '2026-05-01T00:00:00Z' },
    frozen: [],
    waivers: [],
  };
}

function gateRequest(model, gate) {
  return {
    model: `model-${model}`,
    version: '1.4.0',
    transition: { from: 'staging', to: 'production' },
    policy: {
      mode: 'enforce',
      stages: ['development', 'staging', 'production', 'archived'],
      gate,
      allowedFrom: ['staging'],
      waivers: [],
      rosters: {},
      owners: ['alice'],
    },
  };
}

/** Rows of the table. Not judged: the ratios say whether deciding stays in the order of reading what is decided on. */
export async function benchGates(progress) {
  const { evaluate } = await import('../../packages/gates/build/index.js');
  const { canonicalJson } = await import('../../packages/core/build/index.js');
  progress(`evaluating ${models} models with ${gatesEach} gates each`);
  const gate = gatePolicy();
  const texts = Array.from({ length: models }, (_, model) => JSON.stringify(gateFacts(model)));
  const facts = texts.map((text) => JSON.parse(text));
  const judge = (from, to) => {
    let blocked = 0;
    for (let model = from; model < to; model++)
      if (evaluate(gateRequest(model, gate), facts[model]).verdict !== 'pass') blocked += 1;
    return blocked;
  };
  const blocked = judge(0, models);
  if (blocked === 0 || blocked === models) throw new Error('the bench judges all models alike: it measures nothing');
  const against = await compare({
    runs: 3,
    a: () => texts.forEach((text) => canonicalJson(JSON.parse(text))),
    b: () => judge(0, models),
  });
  const growth = await compare({ runs: 3, a: () => judge(0, models / 100), b: () => judge(0, models) });
  const heap = await heapUse(() => judge(0, models));
  return [
    {
      name: `gates: judging ${models} models x ${gatesEach} gates / reading and writing their facts as JSON`,
      ...against,
      counts: {
        'gates judged': { a: null, b: models * gatesEach },
        'heap at the end, kB': { a: null, b: heap.atEnd / 1_000 },
        'heap kept, kB': { a: null, b: heap.kept / 1_000 },
      },
    },
    {
      name: `gates: ${models} models / ${models / 100} models (100 is linear)`,
      ...growth,
      counts: { models: { a: models / 100, b: models } },
    },
  ];
}

/** Bytes of heap in use at the end of the work, and those that are still held once garbage is gone. */
async function heapUse(work) {
  const collect = globalThis.gc ?? (await exposedCollector());
  collect();
  const before = process.memoryUsage().heapUsed;
  work();
  const atEnd = process.memoryUsage().heapUsed - before;
  collect();
  return { atEnd, kept: Math.max(0, process.memoryUsage().heapUsed - before) };
}

async function exposedCollector() {
  const [{ setFlagsFromString }, { runInNewContext }] = [await import('node:v8'), await import('node:vm')];
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
