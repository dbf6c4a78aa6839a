import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { type AccessToken, storageResource } from './access-token.js';
import type { IdentityMeans } from './ask-identity.js';
import { readToken } from './read-token.js';

const timeoutMs = 60_000;
const maxOutputBytes = 1024 * 1024;

/**
 * A token of whoever has run `az login`, which the action azure/login does too; null where the Azure CLI is not there,
 * or nobody has. What it prints is told nowhere.
 */
export async function requestCliToken(means: IdentityMeans): Promise<AccessToken | null> {
  const tenant = means.environment['AZURE_TENANT_ID'] ?? '';
  const ofTenant = /^[\w.-]{1,256}$/.test(tenant) ? ['--tenant', tenant] : [];
  const command = ['account', 'get-access-token', '--resource', storageResource, '--output', 'json', ...ofTenant];
  const printed = await runAz(command, means.environment);
  if (printed === null) return null;
  const document = tokenIn(printed);
  return document === null ? null : readToken(document, { service: 'the Azure CLI', means });
}

function runAz(command: readonly string[], environment: IdentityMeans['environment']): Promise<string | null> {
  return new Promise((resolve) => {
    // A batch file on Windows, which only a shell runs; nothing in the command needs quotes.
    const shell = process.platform === 'win32';
    // That shell looks for programs in the folder where it is, first: not in one that a repository has filled.
    const cwd = homedir();
    const options = { cwd, timeout: timeoutMs, maxBuffer: maxOutputBytes, shell, windowsHide: true };
    execFile('az', command, { ...options, env: { ...environment } }, (error, printed) => {
      resolve(error === null ? printed : null);
    });
  });
}

/** In the words of Entra ID; null for what is none, such as what an old release prints, which tells local time alone. */
function tokenIn(printed: string): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(printed);
    if (document === null || typeof document !== 'object' || !('expires_on' in document)) return null;
    return { access_token: Reflect.get(document, 'accessToken'), expires_on: document.expires_on };
  } catch {
    // A warning, or a page of help: nobody is signed in.
    return null;
  }
}
