import type { JsonObject } from '@weighbridge/core';
import { withheldMembers, withoutSecrets } from './secrets.js';

/** A data set as a run names it; what the run does not say is null. */
export interface RunDataset {
  readonly name: string;
  /** `training`, `validation`, `evaluation`, or the word of the run. */
  readonly role: string | null;
  /** A digest, revision or version, as the run has it. */
  readonly digest: string | null;
  readonly source: string | null;
}

/** A curve or a picture of a run, by what holds it still. */
export interface RunPlot {
  readonly path: string;
  /** `sha256:…` of a file, or `dvc-md5:…` as references name what DVC tracks; null for what is too large to read. */
  readonly digest: string | null;
  /** What it is drawn by, in the word of the source. */
  readonly template: string | null;
}

/** What one source knows of a training run. Whatever it does not know is null or empty. */
export interface RunFacts {
  /** Where it was read: `mlflow:<run>`, `wandb:entity/project/run`, `github:owner/name/run`, or the path of a file of the repository. */
  readonly source: string;
  readonly framework: string | null;
  readonly frameworkVersion: string | null;
  readonly hardware: string | null;
  /** ISO 8601 duration. */
  readonly duration: string | null;
  /** RFC 3339, UTC. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** In the words of the source, such as `FINISHED`. */
  readonly status: string | null;
  /** Commit of the training code. */
  readonly commit: string | null;
  readonly command: string | null;
  readonly python: string | null;
  readonly params: JsonObject;
  readonly metrics: JsonObject;
  readonly tags: JsonObject;
  readonly datasets: readonly RunDataset[];
  /** Ids of models that the run logged. */
  readonly models: readonly string[];
  readonly plots: readonly RunPlot[];
}

/**
 * A run of which nothing is known but its source, with what is known besides. A record is kept for ever and read by
 * everyone: what looks like a key, a token or a password is withheld, wherever it was said.
 */
export function runFacts(source: string, known: Partial<Omit<RunFacts, 'source'>>): RunFacts {
  const facts = { ...nothing, ...known, source };
  const command = facts.command === null ? null : withoutSecrets(facts.command);
  const [params, metrics, tags] = [facts.params, facts.metrics, facts.tags].map(withheldMembers);
  return { ...facts, command, params: params ?? {}, metrics: metrics ?? {}, tags: tags ?? {} };
}

const nothing: Omit<RunFacts, 'source'> = {
  framework: null,
  frameworkVersion: null,
  hardware: null,
  duration: null,
  startedAt: null,
  finishedAt: null,
  status: null,
  commit: null,
  command: null,
  python: null,
  params: {},
  metrics: {},
  tags: {},
  datasets: [],
  models: [],
  plots: [],
};

/** Bounds of what is kept of a run: the record is read by people, and evidence of the ledger is one document. */
export const runLimits = { members: 1000, textCharacters: 2000 } as const;

/** Whole seconds as an ISO 8601 duration: `PT3H12M`, `PT0S`. Null for what is no time. */
export function durationOfSeconds(seconds: number): string | null {
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > Number.MAX_SAFE_INTEGER) return null;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const text = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest > 0 ? `${rest}S` : ''}`;
  return `PT${text === '' ? '0S' : text}`;
}

/** The words of a framework's distribution in a list of installed packages, most telling first. */
const frameworkPackages: readonly (readonly [distribution: string, framework: string])[] = [
  ['torch', 'pytorch'],
  ['tensorflow', 'tensorflow'],
  ['jax', 'jax'],
  ['xgboost', 'xgboost'],
  ['lightgbm', 'lightgbm'],
  ['catboost', 'catboost'],
  ['scikit-learn', 'scikit-learn'],
];

/** The framework among installed packages (`name==version` a line, as pip freezes them); null where none is known. */
export function frameworkOfPackages(
  requirements: string,
): { readonly framework: string; readonly frameworkVersion: string } | null {
  const versions = new Map(
    requirements.split(/\r?\n/).flatMap((line) => {
      const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;]+)/.exec(line.trim());
      return match === null ? [] : [[(match[1] ?? '').toLowerCase().replaceAll(/[._]/g, '-'), match[2] ?? ''] as const];
    }),
  );
  for (const [distribution, framework] of frameworkPackages) {
    const version = versions.get(distribution);
    if (version !== undefined) return { framework, frameworkVersion: version };
  }
  return null;
}
