/** A date of a service as RFC 3339, in whole seconds: that is what the headers of an object have. Null for what is no time. */
export function storedAtOf(text: string): string | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(Math.floor(ms / 1000) * 1000).toISOString();
}
