/** One entry of an archive to be written; the fields behind `content` are for quirks. */
export interface ZipSpec {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** Length of an extra field of the local header only, as torch pads its storages; 0, or 4 and more. */
  readonly paddingBytes?: number;
  /** What the local header says otherwise than the directory. */
  readonly local?: { readonly name?: string; readonly crc32?: number; readonly sizeBytes?: number };
  /** Extra fields of both headers. */
  readonly extra?: Uint8Array;
  /** Bytes that follow the content and belong to no entry. */
  readonly gap?: Uint8Array;
  readonly comment?: string;
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
  options: {
    readonly isZip64?: boolean;
    readonly comment?: string;
    /** Bytes before the first entry; places count from the first byte of the file. */
    readonly prefix?: Uint8Array;
    /** Bytes between the directory and its end. */
    readonly beforeEnd?: Uint8Array;
  } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const put = (part: Uint8Array): void => {
    parts.push(part);
    offset += part.length;
  };
  if (options.prefix !== undefined) put(options.prefix);
  for (const entry of entries) {
    directory.push(directoryRecord(entry, offset));
    put(localHeader(entry));
    put(entry.content);
    if (entry.gap !== undefined) put(entry.gap);
  }
  const directoryOffset = offset;
  for (const record of directory) put(record);
  const directoryBytes = offset - directoryOffset;
  if (options.beforeEnd !== undefined) put(options.beforeEnd);
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

function localHeader(entry: ZipSpec): Uint8Array {
  const { name, content, method = 0, flags = 0, paddingBytes = 0, local = {}, directory = {} } = entry;
  const nameBytes = new TextEncoder().encode(local.name ?? name);
  const padding = paddingBytes === 0 ? [] : [fields([2, 0x4246], [2, paddingBytes - 4]), zs(paddingBytes - 4)];
  const extra = joined([entry.extra ?? new Uint8Array(0), ...padding]);
  const unpackedBytes = method === 0 ? content.length : (directory.sizeBytes ?? content.length);
  const header = fields(
    [4, 0x04034b50],
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, local.crc32 ?? directory.crc32 ?? 0],
    [4, content.length],
    [4, local.sizeBytes ?? unpackedBytes],
    [2, nameBytes.length],
    [2, extra.length],
  );
  return joined([header, nameBytes, extra]);
}

function zs(count: number): Uint8Array {
  return new Uint8Array(count).fill(0x5a);
}

function directoryRecord(entry: ZipSpec, writtenAt: number): Uint8Array {
  const { name, content, method = 0, flags = 0, directory = {}, isZip64 = false } = entry;
  const nameBytes = new TextEncoder().encode(name);
  const storedBytes = directory.storedBytes ?? content.length;
  const sizeBytes = directory.sizeBytes ?? content.length;
  const headerOffset = directory.headerOffset ?? writtenAt;
  const comment = new TextEncoder().encode(entry.comment ?? '');
  const in64 = isZip64 ? [fields([2, 1], [2, 24], [8, sizeBytes], [8, storedBytes], [8, headerOffset])] : [];
  const extra = joined([...in64, entry.extra ?? new Uint8Array(0)]);
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
    [2, comment.length],
    [2, 0],
    [2, 0],
    [4, (directory.unixMode ?? 0) * 0x10000],
    [4, short(headerOffset)],
  );
  return joined([record, nameBytes, extra, comment]);
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
