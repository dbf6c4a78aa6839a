// What compressing archived objects saves and costs, by the type of the weights: a real model (f32), the same rounded to
// bf16, f16 and int8. `node test/bench/compression.mjs <model.safetensors>`; with Node 24, zstd is asked, too.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import zlib from 'node:zlib';
import { promisify } from 'node:util';
import { formatDigest } from '@weighbridge/core';
import { compressObject, cutLimits, expandObject, guessElementWidth } from '@weighbridge/storage';

const deflating = promisify(zlib.deflateRaw);
const inflating = promisify(zlib.inflateRaw);
const deflate = (bytes, strategy) =>
  deflating(bytes, { strategy: zlib.constants[strategy === 'huffman' ? 'Z_HUFFMAN_ONLY' : 'Z_DEFAULT_STRATEGY'] });
const inflate = (bytes, maxOutputLength) => inflating(bytes, { maxOutputLength });

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('say which safetensors file of f32 weights');
const file = readFileSync(path);
const headerBytes = Number(file.readBigUInt64LE(0));
const header = JSON.parse(file.subarray(8, 8 + headerBytes));
const parts = Object.values(header).filter(({ dtype }) => dtype === 'F32');
const raw = Buffer.concat(
  parts.map(({ data_offsets: [start, end] }) => file.subarray(8 + headerBytes + start, 8 + headerBytes + end)),
);
const floats = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));

/** The nearest value with so many bits of exponent and mantissa less; ties do not matter here. */
function toBf16() {
  const bits = new Uint32Array(floats.buffer);
  return bytesOf(Uint16Array.from(bits, (word) => (word + 0x8000) >>> 16));
}

function toF16() {
  const bits = new Uint32Array(floats.buffer);
  return bytesOf(
    Uint16Array.from(bits, (word) => {
      const sign = (word >>> 16) & 0x8000;
      const exponent = ((word >>> 23) & 0xff) - 112;
      if (exponent >= 31) return sign | 0x7bff;
      const mantissa = (word & 0x7fffff) | 0x800000;
      if (exponent > 0) return sign | ((exponent << 10) + (((mantissa & 0x7fffff) + 0x1000) >>> 13));
      return exponent < -10 ? sign : sign | (mantissa >>> (14 - exponent));
    }),
  );
}

/** Rows of 384, each scaled by its largest value, as post-training quantisation does it. */
function toInt8() {
  const whole = new Int8Array(floats.length);
  for (let start = 0; start < floats.length; start += 384) {
    const row = floats.subarray(start, start + 384);
    const scale = row.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9) / 127;
    for (const [index, value] of row.entries()) whole[start + index] = Math.round(value / scale);
  }
  return bytesOf(whole);
}

function bytesOf(array) {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function* objectsOf(bytes) {
  for (let start = 0; start < bytes.length; start += cutLimits.maxSegmentBytes) {
    yield bytes.subarray(start, start + cutLimits.maxSegmentBytes);
  }
}

async function ours(bytes) {
  let stored = 0;
  let packMs = 0;
  let openMs = 0;
  const widths = new Set();
  for (const object of objectsOf(bytes)) {
    const digest = formatDigest(createHash('sha256').update(object).digest());
    const begun = performance.now();
    const width = guessElementWidth(object);
    const packed = await compressObject(object, { digest, width, deflate });
    packMs += performance.now() - begun;
    stored += packed?.length ?? object.length;
    widths.add(packed === null ? 'plain' : width);
    if (packed === null) continue;
    const opened = performance.now();
    const back = await expandObject(packed, { digest, path: 'bench' }, inflate);
    openMs += performance.now() - opened;
    if (Buffer.compare(back, object) !== 0) throw new Error('other bytes came back');
  }
  return { stored, packMs, openMs, note: `width ${[...widths].join(', ')}` };
}

function rival(pack, open) {
  return async (bytes) => {
    let stored = 0;
    let packMs = 0;
    let openMs = 0;
    for (const object of objectsOf(bytes)) {
      const begun = performance.now();
      const packed = pack(object);
      packMs += performance.now() - begun;
      stored += packed.length;
      const opened = performance.now();
      open(packed);
      openMs += performance.now() - opened;
    }
    return { stored, packMs, openMs, note: '' };
  };
}

const ways = [
  ['ours', ours],
  ['deflate, level 6', rival((bytes) => zlib.deflateRawSync(bytes), zlib.inflateRawSync)],
  ...(zlib.zstdCompressSync === undefined
    ? []
    : [['zstd, level 3', rival((bytes) => zlib.zstdCompressSync(bytes), zlib.zstdDecompressSync)]]),
];

console.log(`Node ${process.version}, ${floats.length} weights`);
console.log('| weights | way | stored / plain | pack MB/s | read back MB/s | |\n| --- | --- | --- | --- | --- | --- |');
for (const [name, bytes] of [
  ['f32', bytesOf(floats)],
  ['bf16', toBf16()],
  ['f16', toF16()],
  ['int8', toInt8()],
]) {
  for (const [way, run] of ways) {
    const { stored, packMs, openMs, note } = await run(bytes);
    const rate = (ms) => (ms === 0 ? '' : Math.round(bytes.length / 1000 / ms));
    console.log(
      `| ${name} | ${way} | ${(stored / bytes.length).toFixed(3)} | ${rate(packMs)} | ${rate(openMs)} | ${note} |`,
    );
  }
}
