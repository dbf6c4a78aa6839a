import { weighbridgeError } from '@weighbridge/core';
import { openAgents, type ProxySetting } from '../../http/agents.js';
import { type Answer, ask, type Asked, senderOf, type SenderOptions } from '../../http/ask.js';

/** How services that tell who somebody is are asked. */
export interface IdentityMeans extends SenderOptions {
  /** What the credentials are for, in the words of messages: `az://account/container`. */
  readonly shown: string;
  readonly proxy: ProxySetting;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** A question to such a service, and what is done about a no. */
export interface IdentityQuestion extends Pick<Asked, 'method' | 'url'> {
  /** Who is asked, in the words of messages. */
  readonly service: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  /** What mends a refusal, by its code such as `AADSTS7000215`; null for one without. */
  readonly remedyOf: (code: string | null) => string;
}

/** A token with all that stands around it has a few KiB. */
const maxAnswerBytes = 256 * 1024;
const passingStatuses = [404, 408, 410, 429, 500, 502, 503, 504];

interface IdentityRefusal {
  readonly status: number;
  readonly code: string | null;
}

/**
 * Asks for a document and answers its fields. Of what is refused only codes are told: the sentences quote identifiers
 * and assertions. @throws store/denied, store/io, and store/unreachable when all tries were used up
 */
export async function askIdentity(
  { service, headers = {}, form, remedyOf, ...asked }: IdentityQuestion,
  means: IdentityMeans,
): Promise<Readonly<Record<string, unknown>>> {
  const sender = senderOf(means, await openAgents(asked.url, means.proxy));
  const operation = { action: 'sign in to', path: means.shown };
  const nameOf = ({ status, code }: IdentityRefusal) => `${service} answered ${code ?? status}`;
  const check = ({ bytes }: Answer) => (parsed(bytes) === null ? `${service} answered no document` : null);
  const body = form === undefined ? {} : { body: [new TextEncoder().encode(new URLSearchParams(form).toString())] };
  const all = form === undefined ? headers : { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await ask(
    sender,
    { ...asked, ...body, maxAnswerBytes, outcomes: [200], check },
    {
      operation,
      sign: async () => ({ accept: 'application/json', ...all }),
      read: readRefusal,
      deniesBucket: () => false,
      remedyOf: ({ status }) => (passingStatuses.includes(status) ? 'wait' : 'none'),
      nameOf,
      errorOf: (refusal) =>
        weighbridgeError('store/denied', {
          ...operation,
          reason: nameOf(refusal),
          remedy: remedyOf(refusal.code),
        }),
      correctClock: () => false,
      refresh: async () => {},
    },
  );
  return parsed(answer.bytes) ?? {};
}

/** A refusal of Entra ID has `AADSTS` and a number in its description (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
function readRefusal({ status, bytes }: Omit<Answer, 'repeated'>): IdentityRefusal {
  const { error, error_description: description } = parsed(bytes) ?? {};
  const code = /\bAADSTS\d{4,10}\b/.exec(typeof description === 'string' ? description : '')?.[0];
  const name = typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : null;
  return { status, code: code ?? name };
}

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return document !== null && typeof document === 'object' ? { ...document } : null;
  } catch {
    // No JSON: a page of something in between.
    return null;
  }
}
