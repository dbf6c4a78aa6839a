import type { ByteSource } from '@weighbridge/formats';
import { formatSize } from './plan.js';
import type { Surroundings } from './surroundings.js';

/** Work that is over sooner than this says nothing, and no two sentences are closer. */
const quietMs = 5000;

/**
 * The same source, which tells every few seconds how far the reading has come, how fast it goes and how long the rest
 * takes at that rate: `Storing out/model.safetensors: 1.2 GB of 2.0 GB, 310.0 MB/s, about 3 s left`.
 */
export function watchReading<Source extends ByteSource>(
  { clock, progress }: Pick<Surroundings, 'clock' | 'progress'>,
  source: Source,
  doing: string,
): Source {
  const begun = clock.now().getTime();
  let told = begun;
  let furthest = 0;

  function tell(position: number): void {
    furthest = Math.max(furthest, position);
    const now = clock.now().getTime();
    if (now - told < quietMs) return;
    told = now;
    const bytesPerSecond = (1000 * furthest) / (now - begun);
    const leftSeconds = Math.ceil((source.sizeBytes - furthest) / bytesPerSecond);
    progress(
      `${doing} ${source.name}: ${formatSize(furthest)} of ${formatSize(source.sizeBytes)}, ` +
        `${formatSize(bytesPerSecond)}/s, about ${formatDuration(leftSeconds)} left`,
    );
  }

  const { readInto } = source;
  return {
    ...source,
    async read(offset: number, lengthBytes: number) {
      const bytes = await source.read(offset, lengthBytes);
      tell(offset + bytes.length);
      return bytes;
    },
    ...(readInto !== undefined && {
      async readInto(target: Uint8Array, offset: number) {
        const lengthBytes = await readInto.call(source, target, offset);
        tell(offset + lengthBytes);
        return lengthBytes;
      },
    }),
  };
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
