import type { Digest, ModelName, Sha256 } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { isEnvelope, parseEntry } from '../entry/entry.js';
import { isListed } from '../evidence/artifact-list.js';
import type { ArtifactList } from '../event.js';
import { namedDigests, requiredEvidence } from '../log/named-evidence.js';
import { foldNext } from '../log/replay-state.js';
import type { LogState } from '../log/state.js';
import { tileWidth } from '../merkle/tile.js';
import { leafHash } from '../merkle/tree.js';
import type { VerifierKey, VerifySignature } from '../note/key.js';
import type { Findings } from './finding.js';

export interface ReplayTrust {
  readonly sha256: Sha256;
  readonly keys: readonly VerifierKey[];
  readonly verifySignature: VerifySignature;
}

/**
 * A whole log, entry by entry: schema, signature, repetition, legality. Keeps what the comparison with the branch needs
 * (leaf hashes, catalogues, ids, digests) and not the entries. An entry that is refused changes nothing, so that one
 * fault does not hide the next.
 */
export class Replay {
  readonly leaves: Uint8Array[] = [];
  readonly catalogues = new Map<ModelName, ModelCatalogue | null>();
  readonly ids = new Map<string, number>();
  /** Numbers of the bundles whose entries name a digest, each once, ascending. */
  readonly named = new Map<Digest, readonly number[]>();
  /** Indices of entries that need a document, one of each bundle, ascending. */
  readonly required = new Map<Digest, readonly number[]>();
  /** What entries say of each list of files that they name: each saying once, with the index of its first entry. */
  readonly lists = new Map<Digest, readonly { readonly index: number; readonly list: ArtifactList }[]>();
  /** `name+keyid` of the keys in the order of their first entry. */
  readonly keyIds: string[] = [];
  /** Whether the log is a signed one: entry 0 decides; null before it. */
  signed: boolean | null = null;
  policy: LogState['policy'] | null = null;
  readonly #trust: ReplayTrust;
  readonly #findings: Findings;

  constructor(trust: ReplayTrust, findings: Findings) {
    this.#trust = trust;
    this.#findings = findings;
  }

  /** Whether an entry of that bundle names the digest. */
  isNamedIn(digest: Digest, bundle: number): boolean {
    return this.named.get(digest)?.includes(bundle) ?? false;
  }

  /** An entry whose bytes are not to be had: the entries after it keep their index. */
  skip(): void {
    this.leaves.push(new Uint8Array(0));
  }

  add(bytes: Uint8Array): void {
    const index = this.leaves.length;
    this.leaves.push(leafHash(this.#trust.sha256, bytes));
    this.signed ??= isEnvelope(bytes);
    const parsed = parseEntry(bytes, { ...this.#trust, signed: this.signed });
    if ('fault' in parsed) {
      this.#findings.add('entry-malformed', { index, because: `Entry ${index}: ${parsed.fault}.` });
      return;
    }
    const { event, keyId } = parsed.value;
    if (keyId !== null && !this.keyIds.includes(keyId)) this.keyIds.push(keyId);
    const first = this.ids.get(event.id);
    if (first !== undefined) {
      this.#findings.add('entry-repeated', { index, because: `Entry ${index} repeats the event of entry ${first}.` });
      return;
    }
    this.ids.set(event.id, index);
    for (const digest of namedDigests(event)) noteOnce(this.named, digest, bundleOf(index), (number) => number);
    if (event.type === 'registered' && isListed(event.body.artifacts)) {
      const { artifacts: list } = event.body;
      const said = this.lists.get(list.digest) ?? [];
      const isSaid = said.some((each) => each.list.count === list.count && each.list.size === list.size);
      if (!isSaid) this.lists.set(list.digest, [...said, { index, list }]);
    }
    for (const digest of requiredEvidence(event)) noteOnce(this.required, digest, index, bundleOf);
    const step = foldNext({ size: index, policy: this.policy, catalogues: this.catalogues }, event);
    if (step.outcome !== 'folded') {
      this.#findings.add('entry-illegal', { index, because: `Entry ${index} (${event.type}): ${step.because}.` });
      return;
    }
    this.policy = step.policy;
    if (step.changed !== null) this.catalogues.set(step.changed.model, step.changed);
  }
}

const bundleOf = (index: number): number => Math.floor(index / tileWidth);

/** Adds an ascending number to a digest's, unless the last one is of the same bundle. */
function noteOnce(
  notes: Map<Digest, readonly number[]>,
  digest: Digest,
  number: number,
  bundle: (number: number) => number,
): void {
  const before = notes.get(digest);
  const last = before?.at(-1);
  if (last !== undefined && bundle(last) === bundle(number)) return;
  notes.set(digest, [...(before ?? []), number]);
}
