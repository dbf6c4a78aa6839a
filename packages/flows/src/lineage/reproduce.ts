import { invariant, type JsonValue } from '@weighbridge/core';
import { planReproduction, type RecordedMetric, type Reproduction } from '@weighbridge/lineage';
import type { ReachedPart } from '@weighbridge/report';
import type { Snapshot } from '@weighbridge/versioning';
import { readSnapshot } from '../registry/read-snapshot.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { findRegistered } from '../registry/find-registered.js';
import { expandParts } from './expand-parts.js';
import { findReached } from './find-reached.js';
import { openVersionRecorder } from './record-version.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** What is asked. */
export interface ReproduceQuestion {
  readonly model: string;
  readonly version: string | null;
  /** Look whether the parts can still be reached from here. */
  readonly check: boolean;
}

/** How a version is made again. */
export interface ReproduceAnswer {
  readonly plan: Reproduction;
  readonly commit: string | null;
  /** Null unless it was asked for. */
  readonly reached: readonly ReachedPart[] | null;
  readonly notices: readonly Notice[];
}

/** Metrics of one version that are listed to compare with. */
const maxMetrics = 200;

/**
 * The steps that make a registered version again, from its record and the pipeline at its commit. Runs nothing.
 * @throws core/model-name, flow/not-registered, flow/unknown-version, ledger/*
 */
export async function reproduceVersion(
  surroundings: Surroundings,
  question: ReproduceQuestion,
): Promise<ReproduceAnswer> {
  const found = await findRegistered(surroundings, question);
  const snapshot = await readSnapshot(surroundings, found.version);
  const recorder = openVersionRecorder(surroundings);
  const [recorded] = await recorder.read([found]);
  invariant(recorded !== undefined, 'a version that was found was not recorded');
  const artifacts = await artifactsOf(surroundings.ledger, found.version);
  const dependencies = await expandParts(surroundings, recorded.dependencies);
  const plan = planReproduction({
    recorded: { ...recorded, dependencies },
    command: commandOf(snapshot),
    metrics: metricsOf(snapshot),
    stored: found.version.store !== null || artifacts.every(({ address }) => address !== undefined),
  });
  const reached = question.check ? await findReached(surroundings, found, recorded) : null;
  return { plan, commit: found.version.commit, reached, notices: recorder.notices() };
}

/** What a record calls the command of a run: in its training facts, or among what the metadata keeps. */
function commandOf({ training, metadata }: Snapshot): string | null {
  const found: readonly (JsonValue | undefined)[] = [
    training['command'],
    metadata['command'],
    metadata['training_command'],
  ];
  return found.find((value): value is string => typeof value === 'string' && value.trim() !== '') ?? null;
}

function metricsOf({ metrics }: Snapshot): readonly RecordedMetric[] {
  return metrics
    .flatMap(({ id, path, values }) =>
      values
        .filter(({ slice }) => slice === null)
        .map(({ key, value }): RecordedMetric => ({ document: id, path, metric: key, value })),
    )
    .slice(0, maxMetrics);
}
