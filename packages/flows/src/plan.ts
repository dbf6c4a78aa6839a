import { type Digest, digestHex } from '@weighbridge/core';
import type { LedgerEvent } from '@weighbridge/ledger';

/** One write. Every kind can be repeated: the second time it finds its work done and changes nothing. */
export type Effect =
  | {
      readonly kind: 'store';
      readonly path: string;
      readonly digest: Digest;
      readonly sizeBytes: number;
      /** Where a service keeps the file; absent for one of the checkout. */
      readonly address?: string;
    }
  | {
      readonly kind: 'append';
      readonly events: readonly LedgerEvent[];
      /** Canonical JSON texts that the events name, by digest. */
      readonly evidence: ReadonlyMap<Digest, string>;
    }
  | {
      readonly kind: 'tag';
      readonly name: string;
      readonly commit: string;
      readonly message: string;
      readonly time: string;
    }
  | { readonly kind: 'write'; readonly path: string; readonly text: string };

/** Effects not yet done, in the order in which they are applied. */
export interface Plan {
  readonly effects: readonly Effect[];
}

/** What became of one effect. */
export interface Receipt {
  readonly effect: Effect['kind'];
  readonly outcome: 'done' | 'present';
  /** One line for people, such as `stored out/model.onnx (1.8 MB)`. */
  readonly summary: string;
}

/** One line of a plan, for a dry run. */
export function describeEffect(effect: Effect): string {
  switch (effect.kind) {
    case 'store':
      return `store ${effect.path} as sha256:${digestHex(effect.digest).slice(0, 12)} (${formatSize(effect.sizeBytes)})`;
    case 'append':
      return `append to the ledger: ${effect.events.map((event) => describeEvent(event)).join(', ')}`;
    case 'tag':
      return `tag ${effect.name} at ${effect.commit.slice(0, 12)}`;
    case 'write':
      return `write ${effect.path}`;
  }
}

function describeEvent(event: LedgerEvent): string {
  const subject = event.model === null ? '' : ` ${event.model}${event.version === null ? '' : `@${event.version}`}`;
  return `${event.type}${subject}`;
}

/** Bytes for people: 1.8 MB, 2.3 GB; powers of ten, as file managers count. */
export function formatSize(sizeBytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = sizeBytes;
  let unit = 0;
  // What one decimal would round up to a thousand is one of the next unit.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
