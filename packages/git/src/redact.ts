/** Configuration values shorter than this are words such as `true`, not credentials. */
const minSecretLength = 8;

/**
 * Text of git without credentials: user and password of URLs, authorization headers, and every one of `secrets`,
 * whole or word by word, are replaced by `***`.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@'"]*@/gi, '$1***@')
    .replaceAll(/(authorization:\s*(?:basic|bearer|token)?\s*)[^\s'"]+/gi, '$1***');
  for (const secret of secrets) {
    for (const part of [secret, ...secret.split(/\s+/)]) {
      if (part.length >= minSecretLength) clean = clean.replaceAll(part, '***');
    }
  }
  return clean;
}
