/** A token that Entra ID has issued for Azure Storage. */
export interface AccessToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** Asks for a new token. @throws store/denied, store/unreachable */
export type TokenSource = () => Promise<AccessToken>;

/** What the tokens are for, in every cloud. */
export const storageResource = 'https://storage.azure.com';

/** A token is renewed so long before it ends, so that it does not end under a request. */
const marginMs = 5 * 60_000;

/** Tokens that are asked for once and used until shortly before they end; many that ask at once wait for one answer. */
export interface TokenCache {
  current(): Promise<string>;
  /** Forgets what is known. */
  drop(): void;
}

/** @param now the time of this machine, which also dated `expiresAtMs` */
export function openTokenCache(source: TokenSource, now: () => Date): TokenCache {
  let asking: Promise<AccessToken> | null = null;

  async function fresh(): Promise<AccessToken> {
    asking = source();
    try {
      return await asking;
    } catch (cause) {
      // What failed is asked again by the next request.
      asking = null;
      throw cause;
    }
  }

  return {
    async current() {
      const known = asking === null ? null : await asking;
      if (known !== null && known.expiresAtMs - marginMs > now().getTime()) return known.token;
      return (await fresh()).token;
    },
    drop() {
      asking = null;
    },
  };
}
