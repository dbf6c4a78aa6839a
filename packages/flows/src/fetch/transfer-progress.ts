import type { Clock } from '@weighbridge/ports';
import { formatSize } from '../plan.js';

/** Between two sentences; a log of a job stays readable, and people see that it moves. */
const betweenMs = 2000;

/** Tells how far a transfer of several files came. */
export interface TransferProgress {
  addBytes(lengthBytes: number): void;
  addFile(): void;
}

/** What is to be moved, and who is told. */
export interface Transfer {
  readonly verb: string;
  readonly files: number;
  readonly sizeBytes: number;
  readonly clock: Clock;
  tell(sentence: string): void;
}

/** Begins now. The rate is the mean since then. */
export function openTransferProgress(transfer: Transfer): TransferProgress {
  const start = transfer.clock.now().getTime();
  let toldAt = start;
  let bytes = 0;
  let files = 0;
  return {
    addBytes(lengthBytes) {
      bytes += lengthBytes;
      const now = transfer.clock.now().getTime();
      if (now - toldAt < betweenMs) return;
      toldAt = now;
      transfer.tell(renderProgress(transfer, { files, bytes, elapsedMs: now - start }));
    },
    addFile() {
      files += 1;
    },
  };
}

/** One sentence: files, bytes, rate and what remains. */
export function renderProgress(
  { verb, files, sizeBytes }: Pick<Transfer, 'verb' | 'files' | 'sizeBytes'>,
  done: { readonly files: number; readonly bytes: number; readonly elapsedMs: number },
): string {
  const perSecond = (done.bytes * 1000) / Math.max(1, done.elapsedMs);
  const left = perSecond === 0 ? null : Math.ceil(Math.max(0, sizeBytes - done.bytes) / perSecond);
  const remaining = left === null ? '' : `, ${left} s left`;
  return `${verb} ${done.files} of ${files} file(s), ${formatSize(done.bytes)} of ${formatSize(sizeBytes)}, ${formatSize(Math.round(perSecond))}/s${remaining}`;
}
