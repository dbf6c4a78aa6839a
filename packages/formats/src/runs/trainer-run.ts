import type { JsonObject, JsonValue } from '@weighbridge/core';
import { isJsonObject } from '../documents/strict-json.js';
import { keptMembers, membersOf, textOf } from './members.js';
import { durationOfSeconds, type RunFacts, runFacts } from './run-facts.js';

/** What the Trainer of transformers leaves beside its weights, each as JSON; what there is none of is null. */
export interface TrainerFiles {
  /** `trainer_state.json`. */
  readonly state: JsonValue | null;
  /** `all_results.json`. */
  readonly results: JsonValue | null;
  /** `config.json`, which names the version of transformers. */
  readonly config: JsonValue | null;
}

/** Settings of a TrainerState that say how long and how it was trained. */
const settingKeys = ['eval_steps', 'logging_steps', 'max_steps', 'num_train_epochs', 'save_steps', 'train_batch_size'];
const resultKeys = ['best_global_step', 'best_metric', 'epoch', 'global_step', 'num_input_tokens_seen', 'total_flos'];

/**
 * A run by the files of the transformers Trainer (TrainerState.save_to_json, Trainer.save_metrics). `training_args.bin`
 * is a pickle and is never loaded. Of metrics that were logged often, the last value counts.
 */
export function parseTrainerFiles(source: string, { state, results, config }: TrainerFiles): RunFacts {
  const told = membersOf(state);
  const log = (Array.isArray(told['log_history']) ? told['log_history'] : []).filter(isJsonObject);
  // One by one: a long run logs more than a call can have arguments.
  const logged: Record<string, JsonValue> = {};
  for (const entry of log) Object.assign(logged, numbersOf(entry));
  const metrics = { ...pick(told, resultKeys), ...logged, ...numbersOf(membersOf(results)) };
  const runtime = metrics['train_runtime'];
  const version = textOf(membersOf(config)['transformers_version']);
  return runFacts(source, {
    framework: 'transformers',
    frameworkVersion: version,
    duration: typeof runtime === 'number' ? durationOfSeconds(runtime) : null,
    params: keptMembers(Object.entries(pick(told, settingKeys))),
    metrics: keptMembers(Object.entries(metrics).filter(([key]) => key !== 'step')),
  });
}

function numbersOf(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => typeof value === 'number'));
}

function pick(members: JsonObject, keys: readonly string[]): JsonObject {
  const found = keys.filter((key) => typeof members[key] === 'number');
  return Object.fromEntries(found.map((key) => [key, members[key] ?? null]));
}
