/**
 * Git configuration that lets git reach the forge with a token, as actions/checkout does it: a header for the server's
 * URL and nothing on a command line or in a file.
 */
export function gitCredentials(
  environment: Readonly<Record<string, string | undefined>>,
  token: string | null,
): ReadonlyMap<string, string> {
  if (token === null) return new Map();
  const server = (environment['GITHUB_SERVER_URL'] ?? 'https://github.com').replace(/\/+$/, '');
  const basic = Buffer.from(`x-access-token:${token}`, 'utf8').toString('base64');
  return new Map([[`http.${server}/.extraheader`, `AUTHORIZATION: basic ${basic}`]]);
}
