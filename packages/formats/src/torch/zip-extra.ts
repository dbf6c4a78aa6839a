/** One extra field of an entry: what programs add to it beyond the records of the format. */
export interface ExtraField {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** The extra fields of a record in their order; null when they do not fill it (PKWARE APPNOTE 4.5). */
export function extraFields(extra: Uint8Array): readonly ExtraField[] | null {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  const fields: ExtraField[] = [];
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > extra.length) return null;
    fields.push({ id: view.getUint16(at, true), bytes: extra.subarray(at + 4, end) });
    at = end;
  }
  return at === extra.length ? fields : null;
}

/**
 * Extra fields that change nothing of what a program reads: sizes in 64 bits, times and owners of Info-ZIP, times of
 * NTFS, the padding of PyTorch ("FB") and of Android, the mark of jar. Others may name the entry anew (0x7075), encrypt it (0x9901),
 * or hold anything.
 */
const plainFields: ReadonlySet<number> = new Set([
  0x0001, 0x000a, 0x4246, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe, 0xd935,
]);

/** What of the extra fields of an entry may make it another one to other programs; null for nothing. */
export function extraOddity(extra: Uint8Array): string | null {
  const fields = extraFields(extra);
  if (fields === null) return 'extra fields that are cut off';
  return fields.every(({ id }) => plainFields.has(id)) ? null : 'extra fields that few programs know';
}
