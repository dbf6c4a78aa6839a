/** One entry of an archive to be written; the fields behind `content` are for quirks. */
export interface ZipSpec {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** Extra bytes of the local header only, as torch pads its storages. */
  readonly paddingBytes?: number;
  /** Overrides for the central directory. */
  readonly directory?: {
    readonly headerOffset?: number;
    readonly storedBytes?: number;
    readonly sizeBytes?: number;
    readonly crc32?: number;
    /** Mode and type of the file, as an archiver on Unix writes them. */
    readonly unixMode?: number;
  };
  /** Writes sizes and offset into a zip64 extra field. */
  readonly isZip64?: boolean;
}

/** Writes a zip archive (PKWARE APPNOTE) without compressing anything and without checksums. */
export function writeZip(
  entries: readonly ZipSpec[],
  options: { readonly isZip64?: boolean; readonly comment?: string } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const put = (part: Uint8Array): void => {
    parts.push(part);
    offset += part.length;
  };
  for (const entry of entries) {
    directory.push(directoryRecord(entry, offset));
    put(localHeader(entry));
    put(entry.content);
  }
  const directoryOffset = offset;
  for (const record of directory) put(record);
  const directoryBytes = offset - directoryOffset;
  const count = entries.length;
  if (options.isZip64 === true) {
    const recordOffset = offset;
    put(
      fields(
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        [8, count],
        [8, count],
        [8, directoryBytes],
        [8, directoryOffset],
      ),
    );
    put(fields([4, 0x07064b50], [4, 0], [8, recordOffset], [4, 1]));
  }
  const [size, start, total] =
    options.isZip64 === true ? [0xffffffff, 0xffffffff, 0xffff] : [directoryBytes, directoryOffset, count];
  const comment = new TextEncoder().encode(options.comment ?? '');
  put(fields([4, 0x06054b50], [2, 0], [2, 0], [2, total], [2, total], [4, size], [4, start], [2, comment.length]));
  put(comment);
  return joined(parts);
}

function localHeader({ name, content, method = 0, flags = 0, paddingBytes = 0 }: ZipSpec): Uint8Array {
  const nameBytes = new TextEncoder().encode(name);
  const header = fields(
    [4, 0x04034b50],
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, 0],
    [4, content.length],
    [4, content.length],
    [2, nameBytes.length],
    [2, paddingBytes],
  );
  return joined([header, nameBytes, new Uint8Array(paddingBytes).fill(0x5a)]);
}

function directoryRecord(entry: ZipSpec, writtenAt: number): Uint8Array {
  const { name, content, method = 0, flags = 0, directory = {}, isZip64 = false } = entry;
  const nameBytes = new TextEncoder().encode(name);
  const storedBytes = directory.storedBytes ?? content.length;
  const sizeBytes = directory.sizeBytes ?? content.length;
  const headerOffset = directory.headerOffset ?? writtenAt;
  const extra = isZip64
    ? fields([2, 1], [2, 24], [8, sizeBytes], [8, storedBytes], [8, headerOffset])
    : new Uint8Array(0);
  const short = (value: number): number => (isZip64 ? 0xffffffff : value);
  const record = fields(
    [4, 0x02014b50],
    [2, directory.unixMode === undefined ? 20 : 0x0314],
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, directory.crc32 ?? 0],
    [4, short(storedBytes)],
    [4, short(sizeBytes)],
    [2, nameBytes.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, (directory.unixMode ?? 0) * 0x10000],
    [4, short(headerOffset)],
  );
  return joined([record, nameBytes, extra]);
}

/** Little-endian fields as [width in bytes, value]. */
function fields(...list: readonly (readonly [widthBytes: number, value: number])[]): Uint8Array {
  const bytes: number[] = [];
  for (const [widthBytes, value] of list) {
    for (let index = 0; index < widthBytes; index++) bytes.push(Math.floor(value / 2 ** (8 * index)) % 256);
  }
  return Uint8Array.from(bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
