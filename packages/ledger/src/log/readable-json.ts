import { canonicalJson } from '@weighbridge/core';

/** JSON with sorted members, two spaces and a line break at the end: one text a value, and git shows its changes well. */
export function formatReadableJson(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;
}
