import { type Bump, weighbridgeError } from '@weighbridge/core';
import {
  findImpact,
  formatSubject,
  type ImpactRow,
  type ImpactSubject,
  type ModelLine,
  readSubject,
} from '@weighbridge/lineage';
import { openRuleBook } from '@weighbridge/versioning';
import { filesOfWorkTree } from '../reading/files.js';
import { readGovernance } from '../governing/governance.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { declaredBy, keepLineIndex, linesOf, readLineIndex, withDeclared } from './read-lines.js';
import { readOrigins } from './read-origins.js';
import { readPipelines } from './read-pipelines.js';

/** What is asked. */
export interface ImpactRequest {
  /** A reference, a model with or without version, or a digest. */
  readonly about: string;
  /** The bump that a model asked about would get. */
  readonly bump: Bump;
}

/** What rests on something. */
export interface Impact {
  readonly subjects: readonly ImpactSubject[];
  readonly named: readonly string[];
  readonly rows: readonly ImpactRow[];
  /** Registered versions that were looked through. */
  readonly looked: number;
  readonly notices: readonly Notice[];
}

/**
 * Everything that depends on a reference, a model or a digest, through other models too: by what the manifests of the
 * checkout ask for now, and by what every registered version was made of. Writes nothing but what is kept of the
 * catalogues.
 * @throws flow/unknown-subject, flow/invalid-files, ledger/*
 */
export async function askImpact(surroundings: Surroundings, request: ImpactRequest): Promise<Impact> {
  const files = filesOfWorkTree(surroundings.workTree);
  const { models, policy } = await readGovernance(files, surroundings.sha256);
  const { pipelines, notices } = await readPipelines(files);
  const declared = declaredBy({ models, pipelines, programs: true });
  const near = await readLineIndex(surroundings);
  const named = readSubject(request.about, withDeclared(linesOf(near), declared));
  // What rests on a model names it, or what does; only data hides behind pipelines.
  const isModel = named.ok && named.subject.kind === 'model';
  const {
    index,
    grew,
    notices: untold,
  } = isModel
    ? { index: near, grew: false, notices: [] }
    : await readOrigins(surroundings, near, { fetches: pipelines.length > 0 });
  if (grew) await keepLineIndex(surroundings, index);
  const lines = withDeclared(linesOf(index), declared);
  const read = isModel ? named : readSubject(request.about, lines);
  if (!read.ok)
    throw weighbridgeError('flow/unknown-subject', { subject: request.about.slice(0, 200), reason: read.reason });
  const subjects = withOwners(read.subject, lines.values());
  const rows = findImpact({ lines, subjects, bump: request.bump, book: openRuleBook(policy.versioning) });
  const looked = [...lines.values()].reduce((sum, { versions }) => sum + versions.length, 0);
  return { subjects, named: subjects.map(formatSubject), rows, looked, notices: [...notices, ...untold] };
}

/** Content of a version is a subject together with that version. */
function withOwners(subject: ImpactSubject, lines: Iterable<ModelLine>): readonly ImpactSubject[] {
  if (subject.kind !== 'digest') return [subject];
  const owners: ImpactSubject[] = [];
  for (const { model, versions } of lines)
    for (const { version, identity, artifacts } of versions)
      if (identity === subject.digest || artifacts.some((hex) => `sha256:${hex}` === subject.digest))
        owners.push({ kind: 'model', model, version });
  return [subject, ...owners];
}
