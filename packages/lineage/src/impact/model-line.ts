import type { ModelName, Version } from '@weighbridge/core';
import {
  type CatalogueVersion,
  type Dependency,
  isListed,
  type ModelCatalogue,
  type RegisteredArtifact,
} from '@weighbridge/ledger';

/** One registered version with what it was made of and where it stands. */
export interface LineVersion {
  readonly version: Version;
  /** `sha256:…` of its content. */
  readonly identity: string;
  readonly dependencies: readonly Dependency[];
  /** Commit that it was registered at; null where the entry does not say. */
  readonly commit: string | null;
  /**
   * What it rests on by the pipelines at its commit, besides its dependencies; null as long as nobody looked, or could
   * look, there.
   */
  readonly origins: readonly Dependency[] | null;
  /** SHA-256 of its artifacts, in hex. */
  readonly artifacts: readonly string[];
  /** Archived or deprecated: no longer what its model is. */
  readonly retired: boolean;
}

/** One model: its versions, where they stand, and what its manifest asks for now. */
export interface ModelLine {
  readonly model: ModelName;
  /** Lowest first. */
  readonly versions: readonly LineVersion[];
  readonly stages: Readonly<Record<string, Version | null>>;
  readonly aliases: Readonly<Record<string, Version>>;
  /** Null where there is no manifest at hand: then the newest version speaks for the model. */
  readonly declared: readonly Dependency[] | null;
}

/** What a catalogue leaves to the documents of a version: what it was made of, and very many files. */
export interface LineAnswers {
  /** Asked for versions whose entry does not say. */
  readonly dependencies: (version: CatalogueVersion) => readonly Dependency[];
  /** Asked for versions whose entry names a list. */
  readonly artifacts: (version: CatalogueVersion) => readonly RegisteredArtifact[];
}

/** A model as its catalogue tells it. */
export function lineOfCatalogue(catalogue: ModelCatalogue, answers: LineAnswers): ModelLine {
  const { model, stages, aliases } = catalogue;
  const versions = catalogue.versions.map(
    (version): LineVersion => ({
      version: version.version,
      identity: version.identity,
      dependencies: version.dependencies ?? answers.dependencies(version),
      commit: version.commit,
      origins: version.commit === null ? [] : null,
      artifacts: (isListed(version.artifacts) ? answers.artifacts(version) : version.artifacts).map(
        ({ sha256 }) => sha256,
      ),
      retired: version.archived || version.deprecated,
    }),
  );
  return { model, versions, stages, aliases, declared: null };
}

/** Stages and aliases that point to a version, stages first, in the order of their names; an alias as `alias champion`. */
export function placesOf(line: Pick<ModelLine, 'stages' | 'aliases'>, version: Version): readonly string[] {
  const held = Object.keys(line.stages).filter((stage) => line.stages[stage] === version);
  const named = Object.keys(line.aliases).filter((alias) => line.aliases[alias] === version);
  return [...held.sort(), ...named.sort().map((alias) => `alias ${alias}`)];
}

/** The highest version that is neither archived nor deprecated; null when there is none. */
export function newestOf({ versions }: Pick<ModelLine, 'versions'>): LineVersion | null {
  return versions.findLast(({ retired }) => !retired) ?? null;
}
