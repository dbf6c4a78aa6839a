import { accountOf } from './blob-hosts.js';

/** What a connection string says: who asks, and where. */
export interface ConnectionString {
  /** As it is named, else as the endpoint shows it; null where neither says it. */
  readonly account: string | null;
  /** As base64. */
  readonly key: string | null;
  readonly sas: string | null;
  /** Null: the public cloud. */
  readonly endpoint: string | null;
  /** Whether it names an account and the endpoint of another one: a key of which nobody knows whose it is. */
  readonly isContradictory: boolean;
}

/** The account of emulators, whose key everybody knows (https://learn.microsoft.com/azure/storage/common/storage-use-azurite). */
const emulator = {
  account: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
};

/**
 * Reads a connection string (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string);
 * null for what is none, or has neither a key nor a signature.
 */
export function parseConnectionString(text: string): ConnectionString | null {
  const pairs = text.split(';').map((each) => /^([A-Za-z]+)=(.+)$/.exec(each.trim()));
  const settings = new Map(pairs.map((pair) => [pair?.[1]?.toLowerCase() ?? '', pair?.[2] ?? '']));
  if (settings.get('usedevelopmentstorage') === 'true') return { ...emulator, sas: null, isContradictory: false };
  const blobEndpoint = settings.get('blobendpoint') ?? '';
  const shown = URL.canParse(blobEndpoint) ? accountOf(new URL(blobEndpoint)) : null;
  const named = settings.get('accountname') ?? null;
  const account = named ?? shown;
  const key = settings.get('accountkey') ?? null;
  const sas = settings.get('sharedaccesssignature') ?? null;
  if (sas === null && (account === null || key === null)) return null;
  const isContradictory = named !== null && shown !== null && named !== shown;
  const endpoint = settings.get('blobendpoint') ?? endpointOf(account, settings);
  return { account, key, sas, endpoint, isContradictory };
}

function endpointOf(account: string | null, settings: ReadonlyMap<string, string>): string | null {
  const suffix = settings.get('endpointsuffix');
  if (account === null || suffix === undefined) return null;
  return `${settings.get('defaultendpointsprotocol') ?? 'https'}://${account}.blob.${suffix}`;
}
