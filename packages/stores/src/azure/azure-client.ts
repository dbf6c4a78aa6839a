import { openAgents, type ProxySetting } from '../http/agents.js';
import { type Answer, ask, type Asked, type Sender, senderOf, type SenderOptions } from '../http/ask.js';
import { azureAddress, type AzureAddress, type AzurePlace, shownAddress } from './azure-address.js';
import { findAzureCredentials, readConnectionString } from './azure-credentials.js';
import type { AzurePermission } from './azure-permissions.js';
import { type AzureOperation, deniesOutcome, nameOf, readRefusal, refusedError, remedyOf } from './azure-refusal.js';
import { type AzureSession, openAzureSession } from './azure-session.js';

/** A container of Azure Blob Storage, and how it is asked. */
export interface AzureBucketOptions extends AzurePlace, SenderOptions {
  /** Who asks is found in its variables, and the Azure CLI is run with them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether somebody named the account who may not choose where credentials go. Default: false. */
  readonly isForeign?: boolean;
  readonly proxy?: ProxySetting;
  readonly now?: () => Date;
}

/** A request without what the client knows: where, and how messages call it. */
export interface AzureAsked extends Omit<Asked, 'url'> {
  readonly action: string;
  readonly permission: AzurePermission;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** A client that knows where to ask and who asks. */
export interface OpenedAzure {
  readonly address: AzureAddress;
  readonly session: AzureSession;
  /** @param path what messages show. @throws store/denied, store/misconfigured, store/io, store/unreachable */
  readonly ask: (url: URL, path: string, asked: AzureAsked) => Promise<Answer>;
}

/** What asks one container. Nothing is loaded, read or asked before it is first opened. */
export interface AzureClient {
  readonly shown: string;
  /** @throws store/misconfigured, and store/denied where nobody says who asks */
  readonly open: () => Promise<OpenedAzure>;
  /** @throws as OpenedAzure.ask */
  readonly askBlob: (key: string, asked: AzureAsked) => Promise<Answer>;
}

/** A client that is opened with its first request, and anew where opening failed: credentials can come. */
export function azureClient(options: AzureBucketOptions): AzureClient {
  const shown = shownAddress(options);
  let opening: Promise<OpenedAzure> | null = null;

  async function open(): Promise<OpenedAzure> {
    try {
      return await (opening ??= openAzure(options));
    } catch (cause) {
      opening = null;
      throw cause;
    }
  }

  return {
    shown,
    open,
    async askBlob(key, asked) {
      const { address, ask } = await open();
      return ask(address.blobUrl(key), `${shown}/${key}`, asked);
    },
  };
}

async function openAzure(options: AzureBucketOptions): Promise<OpenedAzure> {
  const { account, environment, proxy = {}, now = () => new Date(), isForeign = false } = options;
  const shown = shownAddress(options);
  const connection = readConnectionString(environment, { account, shown });
  const told = connection?.endpoint ?? null;
  const endpointSetting = 'BlobEndpoint in AZURE_STORAGE_CONNECTION_STRING';
  const named = options.endpoint !== undefined || told === null ? {} : { endpoint: told, endpointSetting };
  const address = azureAddress({ ...options, ...named });
  const blobEndpoint = address.serviceUrl;
  const means = { ...options, shown, environment, proxy, now };
  const credentials = await findAzureCredentials(connection, blobEndpoint, { account, isForeign, means });
  const session = openAzureSession(credentials, { account, shown, blobEndpoint, isForeign, now });
  const sender = senderOf(options, await openAgents(blobEndpoint, proxy));
  return {
    address,
    session,
    ask: (url, path, asked) => {
      const { account, container } = options;
      const { action, permission } = asked;
      const operation = { action, path, account, container, permission, by: credentials.kind, isForeign };
      return askAzure({ sender, session }, { ...asked, url }, operation);
    },
  };
}

/** Sends a request until it has an outcome, and mends the clock and the token once each on the way. */
function askAzure(
  { sender, session }: { readonly sender: Sender; readonly session: AzureSession },
  request: AzureAsked & { readonly url: URL },
  operation: AzureOperation,
): Promise<Answer> {
  const { method, headers = {}, body = [], query = {} } = request;
  const url = session.locate(request.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const bodyBytes = body.reduce((sum, piece) => sum + piece.length, 0);
  let signed: Readonly<Record<string, string>> = {};
  return ask(
    sender,
    { ...request, url },
    {
      operation,
      async sign() {
        signed = await session.sign({ method, url, headers, bodyBytes });
        return signed;
      },
      read: readRefusal,
      deniesBucket: deniesOutcome,
      remedyOf: (refusal) => remedyOf(refusal, operation.by),
      nameOf,
      errorOf: (refusal) => refusedError(operation, refusal),
      correctClock: (date) => session.correctClock(date),
      refresh: async () => session.refresh(signed),
    },
  );
}
