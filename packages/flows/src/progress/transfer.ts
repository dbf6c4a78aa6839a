import type { Clock } from '@weighbridge/ports';
import { formatCount } from '../format-count.js';
import { formatSize } from '../plan.js';

/** How far a transfer has come: the numbers, for whoever draws them. */
export interface Transfer {
  /** What is done, such as `Storing out/model.safetensors` or `Fetching`. */
  readonly title: string;
  /** Of several files; null where it is about one. */
  readonly files: { readonly ended: number; readonly of: number } | null;
  readonly bytes: number;
  readonly sizeBytes: number;
  readonly elapsedMs: number;
}

/** Told of each step of long work, one sentence each. With `transfer` it says how far that is, and comes often. */
export type ProgressTeller = (sentence: string, transfer?: Transfer) => void;

/** Where a transfer is told, and by which clock. */
export interface TransferSurroundings {
  readonly clock: Clock;
  readonly progress: ProgressTeller;
}

/** Counts what moves and tells it. */
export interface TransferMeter {
  addBytes(lengthBytes: number): void;
  /** Everything up to there has moved; what lies before what was reached already changes nothing. */
  reachBytes(position: number): void;
  endFile(): void;
}

/** More often than eyes can follow; whoever writes a log is to leave most of it out. */
const betweenMs = 100;

/** Begins now. The rate is the mean since then. */
export function openTransfer(
  { clock, progress }: TransferSurroundings,
  {
    title,
    files = null,
    sizeBytes,
  }: { readonly title: string; readonly files?: number | null; readonly sizeBytes: number },
): TransferMeter {
  const begun = clock.now().getTime();
  let toldAt = begun;
  let bytes = 0;
  let ended = 0;

  function tell(): void {
    const now = clock.now().getTime();
    if (now - toldAt < betweenMs) return;
    toldAt = now;
    const counted = files === null ? null : { ended, of: files };
    const transfer = { title, files: counted, bytes, sizeBytes, elapsedMs: now - begun };
    progress(describeTransfer(transfer), transfer);
  }

  return {
    addBytes(lengthBytes) {
      bytes += lengthBytes;
      tell();
    },
    reachBytes(position) {
      bytes = Math.max(bytes, position);
      tell();
    },
    endFile() {
      ended += 1;
    },
  };
}

/** Bytes each second, and seconds until the rest has moved at that rate; null while nothing has. */
export function paceOf({ bytes, sizeBytes, elapsedMs }: Transfer): {
  readonly bytesPerSecond: number;
  readonly leftSeconds: number | null;
} {
  const bytesPerSecond = (1000 * bytes) / Math.max(1, elapsedMs);
  const left = Math.max(0, sizeBytes - bytes);
  return { bytesPerSecond, leftSeconds: bytes === 0 ? null : Math.ceil(left / bytesPerSecond) };
}

/** `Storing out/model.safetensors: 1.2 GB of 2.0 GB, 310.0 MB/s, about 3 s left`. */
export function describeTransfer(transfer: Transfer): string {
  return `${transfer.title}: ${describeAmounts(transfer).join(', ')}`;
}

/** The numbers of a transfer in words, the least important last. */
export function describeAmounts(transfer: Transfer): readonly string[] {
  const { files, bytes, sizeBytes } = transfer;
  const { bytesPerSecond, leftSeconds } = paceOf(transfer);
  return [
    ...(files === null ? [] : [`${files.ended} of ${formatCount(files.of, 'file')}`]),
    `${formatSize(bytes)} of ${formatSize(sizeBytes)}`,
    `${formatSize(Math.round(bytesPerSecond))}/s`,
    ...(leftSeconds === null ? [] : [`about ${formatSeconds(leftSeconds)} left`]),
  ];
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
