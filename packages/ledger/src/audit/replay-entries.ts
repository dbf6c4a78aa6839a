import type { Digest, ModelName } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { isEnvelope, parseEntry } from '../entry/entry.js';
import { namedDigests, requiredEvidence } from '../log/named-evidence.js';
import { foldNext } from '../log/replay-state.js';
import type { LogState } from '../log/state.js';
import { leafHash } from '../merkle/tree.js';
import type { VerifierKey, VerifySignature } from '../note/key.js';
import type { Findings } from './finding.js';
import type { Sha256 } from '@weighbridge/core';

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
  readonly named = new Set<Digest>();
  readonly required = new Map<Digest, number>();
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
    for (const digest of namedDigests(event)) this.named.add(digest);
    for (const digest of requiredEvidence(event)) if (!this.required.has(digest)) this.required.set(digest, index);
    const step = foldNext({ size: index, policy: this.policy, catalogues: this.catalogues }, event);
    if (step.outcome !== 'folded') {
      this.#findings.add('entry-illegal', { index, because: `Entry ${index} (${event.type}): ${step.because}.` });
      return;
    }
    this.policy = step.policy;
    if (step.changed !== null) this.catalogues.set(step.changed.model, step.changed);
  }
}
