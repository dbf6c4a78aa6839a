import { type Version, weighbridgeError } from '@weighbridge/core';
import { type Assessment, assess, type Snapshot } from '@weighbridge/versioning';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Governance, GovernedModel } from './governance.js';
import { type ModelHistory, readHistory } from './history.js';
import { parseStoredSnapshot } from './stored-documents.js';
import type { Notice, Surroundings } from './surroundings.js';
import { type SnapshotOptions, type TakenSnapshot, takeSnapshot } from './take-snapshot.js';

/** One model, weighed: what it is, what it was, and what that makes it. */
export interface WeighedModel extends TakenSnapshot {
  readonly history: ModelHistory;
  readonly previous: { readonly version: CatalogueVersion; readonly snapshot: Snapshot } | null;
  readonly assessment: Assessment;
}

/** How closely models are looked at, and what raises or labels their versions. */
export interface AssessOptions extends SnapshotOptions {
  /** Labels the version as a candidate of a pull request. */
  readonly prerelease?: { readonly label: 'pr'; readonly number: number; readonly iteration: number };
  /** A bump that somebody declared, such as by a label; the manifest's own `bump` counts too. */
  readonly declared?: 'patch' | 'minor' | 'major' | null;
}

/** Weighs the checkout's models against their last releases. Writes nothing. */
export async function assessModels(
  surroundings: Surroundings,
  governance: Governance,
  models: readonly GovernedModel[],
  options: AssessOptions,
): Promise<readonly WeighedModel[]> {
  const head = (await surroundings.repository.commit('HEAD'))?.id ?? null;
  const weighed: WeighedModel[] = [];
  for (const model of models) weighed.push(await assessModel(surroundings, governance, model, { ...options, head }));
  return weighed;
}

async function assessModel(
  surroundings: Surroundings,
  governance: Governance,
  model: GovernedModel,
  options: AssessOptions & { readonly head: string | null },
): Promise<WeighedModel> {
  const taken = await takeSnapshot(surroundings, model, options);
  const history = await readHistory(surroundings, model.manifest.name, options.head);
  const previous =
    history.previous === null
      ? null
      : { version: history.previous, snapshot: await readSnapshot(surroundings, history.previous) };
  const assessment = assess({
    previous: previous === null ? null : { version: previous.version.version, snapshot: previous.snapshot },
    candidate: taken.snapshot,
    policy: governance.policy.versioning,
    existing: (history.catalogue?.versions ?? []).map((version): Version => version.version),
    registered: (history.catalogue?.versions ?? []).map(({ version, identity }) => ({ version, identity })),
    declared: options.declared ?? model.manifest.bump,
    sha256: surroundings.sha256,
    ...(options.prerelease === undefined ? {} : { prerelease: options.prerelease }),
  });
  const notices: Notice[] = [
    ...taken.notices,
    ...history.notices,
    ...assessment.warnings.map(
      (text): Notice => ({ level: 'warning', text, file: model.manifestPath, line: model.line }),
    ),
  ];
  return { ...taken, history, previous, assessment, notices };
}

/** The snapshot of a registered version, as the ledger holds it. @throws flow/evidence-missing, flow/evidence-malformed */
export async function readSnapshot(surroundings: Surroundings, version: CatalogueVersion): Promise<Snapshot> {
  const bytes = await surroundings.ledger.evidence(version.snapshot);
  if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest: version.snapshot });
  return parseStoredSnapshot(bytes, version.snapshot);
}
