/**
 * The address of a service as an environment variable gives it, without a slash at its end; null for what is no address
 * of a server, or carries a user or a query that would end up in messages.
 */
export function serviceAddress(text: string | undefined): string | null {
  const trimmed = text?.trim().replace(/\/+$/, '') ?? '';
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (!/^https?:$/.test(url.protocol) || `${url.username}${url.password}${url.search}${url.hash}` !== '') return null;
  return trimmed;
}

/** RFC 7617. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** A variable that is set to something. */
export function setting(
  environment: Readonly<Record<string, string | undefined>>,
  ...names: readonly string[]
): string | null {
  for (const name of names) {
    const value = environment[name]?.trim() ?? '';
    if (value !== '') return value;
  }
  return null;
}
