/** A token that Entra ID has issued for Azure Storage. */
export interface AccessToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** Asks for a new token. @throws store/denied, store/unreachable */
export type TokenSource = () => Promise<AccessToken>;

/** What the tokens are for, in every cloud. */
export const storageResource = 'https://storage.azure.com';

/**
 * A token is renewed so long before it ends, so that it does not end under a request; a short-lived one at half of its
 * time, so that not every request asks for another.
 */
const marginMs = 5 * 60_000;

/** Tokens that are asked for once and used until shortly before they end; many that ask at once wait for one answer. */
export interface TokenCache {
  current(): Promise<string>;
  /** Forgets a token that was refused, unless another one has come meanwhile. */
  drop(token: string): void;
}

interface Held {
  readonly token: string;
  readonly renewAtMs: number;
}

/** @param now the time of this machine, which also dated `expiresAtMs` */
export function openTokenCache(source: TokenSource, now: () => Date): TokenCache {
  let asking: Promise<Held> | null = null;
  let held: Held | null = null;

  async function request(): Promise<Held> {
    try {
      const { token, expiresAtMs } = await source();
      const margin = Math.min(marginMs, (expiresAtMs - now().getTime()) / 2);
      held = { token, renewAtMs: expiresAtMs - margin };
      return held;
    } finally {
      // What failed is asked again by the next request.
      asking = null;
    }
  }

  return {
    async current() {
      if (held !== null && held.renewAtMs > now().getTime()) return held.token;
      asking ??= request();
      return (await asking).token;
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}
