/** The files of the demo's repository. The metric figures are samples made for the demo, and it says so. */

export const model = 'silero-vad';
const folder = `models/${model}`;

export const paths = {
  policy: 'weighbridge.yaml',
  manifest: `${folder}/model.yaml`,
  weights: `${folder}/vad.onnx`,
  settings: `${folder}/settings.yaml`,
  metrics: `${folder}/results/eval.json`,
  readme: `${folder}/README.md`,
  data: (name: string) => `${folder}/data/${name}.csv`,
} as const;

/** A policy with one gate: production asks for a bound and allows a small loss against what runs there. */
export function policyText(storePath: string, verifierKey: string): string {
  return `version: 1
mode: enforce
stages: [development, staging, production, archived]
store: { type: folder, path: ${JSON.stringify(storePath)} }
ledger: { signing: required, keys: [${JSON.stringify(verifierKey)}] }
release: { when: on-merge }
gates:
  production:
    from: [staging]
    metrics:
      - id: f1
        metric: eval.f1
        direction: higher
        bounds: { min: 0.90 }
        baseline: { ref: stage:production, max_regression: { absolute: 0.01 }, if_absent: bounds-only }
`;
}

export function manifestText(data: readonly string[]): string {
  const rows = data.map((name) => `  - { name: ${name}, role: train, ref: data/${name}.csv }`).join('\n');
  return `name: ${model}
kind: model
description: Tells speech from silence in 16 kHz audio
owners: [alice]
artifacts: [vad.onnx]
config: [settings.yaml]
data:
${rows}
metrics: [{ id: eval, path: results/eval.json }]
training: { framework: pytorch, framework_version: 2.9.0, hardware: 1xA100, duration: PT2H }
`;
}

export function settingsText(threshold: string): string {
  return `# Speech begins above this probability.\nthreshold: ${threshold}\nmin_silence_ms: 100\n`;
}

export function metricsText(f1: string): string {
  return `{ "f1": ${f1}, "samples": 5000 }\n`;
}

export function dataText(name: string): string {
  return `clip,seconds\n${name}-0001,4.2\n${name}-0002,7.9\n`;
}
