import type { ByteSource } from '@weighbridge/formats';
import { openTransfer, type TransferSurroundings } from './transfer.js';

/** The same source, which tells how far its reading has come. */
export function watchReading<Source extends ByteSource>(
  surroundings: TransferSurroundings,
  source: Source,
  doing: string,
): Source {
  const meter = openTransfer(surroundings, { title: `${doing} ${source.name}`, sizeBytes: source.sizeBytes });
  const { readInto } = source;
  return {
    ...source,
    async read(offset: number, lengthBytes: number) {
      const bytes = await source.read(offset, lengthBytes);
      meter.reachBytes(offset + bytes.length);
      return bytes;
    },
    ...(readInto !== undefined && {
      async readInto(target: Uint8Array, offset: number) {
        const lengthBytes = await readInto.call(source, target, offset);
        meter.reachBytes(offset + lengthBytes);
        return lengthBytes;
      },
    }),
  };
}
