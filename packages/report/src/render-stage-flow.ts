import type { Decision } from '@weighbridge/gates';
import type { PullReport } from './pull-report.js';
import { strictVerdict } from './verdict-marks.js';

const maxModels = 5;

/** The way of each model through its gates as a Mermaid flow chart; empty where there are no later gates to show. */
export function renderStageFlow({ decisions, forecast }: PullReport): string {
  const models = [...new Set(forecast.map(({ model }) => model))];
  if (models.length === 0 || models.length > maxModels) return '';
  const lines = models.flatMap((model, place) => {
    const gates = [...decisions, ...forecast].filter((each) => each.model === model);
    return [`  m${place}["${model}"]`, ...gates.map((gate, step) => edge(gate, place, step))];
  });
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n');
}

function edge(gate: Decision, place: number, step: number): string {
  const before = step === 0 ? `m${place}` : `m${place}s${step - 1}`;
  return `  ${before} -->|${strictVerdict(gate)}| m${place}s${step}["${label(gate.transition.to)}"]`;
}

/** Mermaid has a grammar of its own: of a stage's name only what is plain there. */
function label(stage: string): string {
  return stage.replaceAll(/[^\p{L}\p{N} _-]/gu, '').slice(0, 40) || 'stage';
}
