import { invariant } from '@weighbridge/core';
import { cutLimits } from '@weighbridge/storage';

const mebibyte = 1024 * 1024;

/** What a store holds in buffers unless told otherwise. */
export const defaultBufferBytes = 128 * mebibyte;

/** Files of several objects that move at once: two keep the disk, the network and the digests busy. */
export const maxCutFiles = 2;

/** For packs that are being filled and sent: three of each file. */
const packBytes = maxCutFiles * 12 * mebibyte;

/** Small files have buffers of about their own size, and together so many bytes of them. */
const maxSmallBytes = mebibyte;
const smallBudgetBytes = 16 * mebibyte;

/** Small buffers that wait to be used again: a new one takes as long as a digest of what fits into it. */
const idleSmallBytes = 4 * mebibyte;
const leastSlotBytes = 4096;

const minSlots = 2;

/** Less than two pieces, the packs of two files and the small files need cannot be kept to. */
export const leastBufferBytes = packBytes + smallBudgetBytes + minSlots * cutLimits.maxSegmentBytes;

/** A buffer that is the caller's until it gives it back. */
export interface Loan {
  readonly bytes: Uint8Array;
  release(): void;
}

/** Lends buffers within a bound that all transfers of a store share; who comes late waits. */
export interface Buffers {
  /** A buffer of at most a segment's size, which others may have used. Those of more than 1 MiB are shared memory. */
  borrow(lengthBytes: number): Promise<Loan>;
}

/** Buffers of so many bytes in all, and never fewer than two of a segment's size, or nothing could move. */
export function openBuffers(bufferBytes: number = defaultBufferBytes): Buffers {
  const slotBytes = cutLimits.maxSegmentBytes;
  const slots = Math.max(minSlots, Math.floor((bufferBytes - packBytes - smallBudgetBytes) / slotBytes));
  const large = openBudget(slots);
  const small = openBudget(smallBudgetBytes);
  const idle: Uint8Array[] = [];
  const idleSmall = new Map<number, Uint8Array[]>();
  let leftForIdleSmall = idleSmallBytes;

  async function borrowLarge(lengthBytes: number): Promise<Loan> {
    await large.take(1);
    const slot = idle.pop() ?? new Uint8Array(new SharedArrayBuffer(slotBytes));
    return {
      bytes: slot.subarray(0, lengthBytes),
      release() {
        idle.push(slot);
        large.give(1);
      },
    };
  }

  async function borrowSmall(lengthBytes: number): Promise<Loan> {
    const slotBytes = smallSlotBytes(lengthBytes);
    await small.take(slotBytes);
    const slot = takeIdleSmall(slotBytes) ?? new Uint8Array(slotBytes);
    return {
      bytes: slot.subarray(0, lengthBytes),
      release() {
        keepIdleSmall(slot);
        small.give(slotBytes);
      },
    };
  }

  function takeIdleSmall(slotBytes: number): Uint8Array | undefined {
    const slot = idleSmall.get(slotBytes)?.pop();
    if (slot !== undefined) leftForIdleSmall += slotBytes;
    return slot;
  }

  function keepIdleSmall(slot: Uint8Array): void {
    if (slot.length > leftForIdleSmall) return;
    leftForIdleSmall -= slot.length;
    const ofItsSize = idleSmall.get(slot.length) ?? [];
    idleSmall.set(slot.length, ofItsSize);
    ofItsSize.push(slot);
  }

  return {
    borrow(lengthBytes) {
      invariant(lengthBytes <= slotBytes, 'a buffer of more than a segment was asked for');
      return lengthBytes > maxSmallBytes ? borrowLarge(lengthBytes) : borrowSmall(lengthBytes);
    },
  };
}

/** The next power of two, so that files of about the same size use the same buffers. */
function smallSlotBytes(lengthBytes: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(lengthBytes, leastSlotBytes)));
}

/** An amount that is taken from and given back; whoever finds too little waits in line. */
export interface Budget {
  take(amount: number): Promise<void>;
  give(amount: number): void;
}

/** A budget of so much. Nobody may take more than all of it. */
export function openBudget(amount: number): Budget {
  let left = amount;
  const line: { readonly amount: number; readonly go: () => void }[] = [];

  function serve(): void {
    for (let first = line[0]; first !== undefined && first.amount <= left; first = line[0]) {
      left -= first.amount;
      line.shift();
      first.go();
    }
  }

  return {
    take: (wanted) =>
      new Promise((go) => {
        line.push({ amount: wanted, go });
        serve();
      }),
    give(returned) {
      left += returned;
      serve();
    },
  };
}
