import { isModelName, type ModelName, parseUtf8, utf8 } from '@weighbridge/core';

/** One name a line, sorted. Inverse of parseModelNames. */
export function formatModelNames(names: readonly ModelName[]): Uint8Array {
  return utf8(
    [...names]
      .sort()
      .map((name) => `${name}\n`)
      .join(''),
  );
}

/** Null for bytes that formatModelNames does not make. */
export function parseModelNames(bytes: Uint8Array): readonly ModelName[] | null {
  const lines = parseUtf8(bytes).split('\n');
  if (lines.pop() !== '') return null;
  const names = lines.filter(isModelName);
  return names.length === lines.length ? names : null;
}
