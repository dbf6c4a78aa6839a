import { writeZip, type ZipSpec } from './zip-writer.js';

/**
 * A checkpoint as torch.save lays it out: a pickle of storages, and each storage as an entry, padded to its place.
 * @param pack changes every entry before it is written, as a program does that packs the archive again
 */
export function writeTorch(
  storages: readonly Uint8Array[],
  {
    paddingBytes = 37,
    pack = (entry) => entry,
    more = [],
  }: {
    readonly paddingBytes?: number;
    readonly pack?: (entry: ZipSpec) => ZipSpec;
    /** Entries behind those of torch.save. */
    readonly more?: readonly ZipSpec[];
  } = {},
): Uint8Array {
  const text = (value: string) => [0x58, ...littleEndian(value.length), ...ascii(value)];
  const int = (value: number) => [0x4a, ...littleEndian(value)];
  const items = storages.flatMap((bytes, index) => [
    ...text(`t${index}`),
    ...ascii('ctorch._utils\n_rebuild_tensor_v2\n'),
    0x28,
    0x28,
    ...text('storage'),
    ...ascii('ctorch\nByteStorage\n'),
    ...text(`${index}`),
    ...text('cpu'),
    ...int(bytes.length),
    0x74,
    0x51,
    ...int(0),
    ...int(bytes.length),
    0x85,
    ...int(1),
    0x85,
    0x89,
    ...ascii('ccollections\nOrderedDict\n'),
    0x29,
    0x52,
    0x74,
    0x52,
    0x73,
  ]);
  const pickle = Uint8Array.from([0x80, 2, 0x7d, ...items, 0x2e]);
  const entries: readonly ZipSpec[] = [
    { name: 'archive/data.pkl', content: pickle },
    ...storages.map((content, index) => ({ name: `archive/data/${index}`, content, paddingBytes })),
    { name: 'archive/version', content: ascii('3\n') },
    ...more,
  ];
  return writeZip(entries.map(pack));
}

function littleEndian(value: number): number[] {
  return [0, 8, 16, 24].map((bits) => (value >>> bits) & 0xff);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
