import type { ForgeActor } from '@weighbridge/gates';

/** An account as REST gives it. */
export interface RestAccount {
  /** A bigint where a number would lose digits. */
  readonly id: number | bigint;
  readonly login: string;
  readonly type: string;
}

/** An account as GraphQL gives it; a bot's login lacks the `[bot]` that REST puts at its end. */
export interface GraphAccount {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
}

/** Null stays null: the account is gone. */
export function restActor(account: RestAccount | null | undefined): ForgeActor | null {
  if (account === null || account === undefined) return null;
  const { id, login, type } = account;
  const bot = type === 'Bot' || login.endsWith('[bot]');
  return { id: String(id), login, kind: bot ? 'bot' : type === 'Organization' ? 'organization' : 'user' };
}

/** The same account as REST would tell it, so that one person is one person wherever she was read. */
export function graphActor(account: GraphAccount | null | undefined): ForgeActor | null {
  if (account === null || account === undefined) return null;
  const { __typename: type, login, databaseId } = account;
  const bot = type === 'Bot' || login.endsWith('[bot]');
  return {
    id: databaseId === null || databaseId === undefined ? '' : String(databaseId),
    login: bot && !login.endsWith('[bot]') ? `${login}[bot]` : login,
    kind: bot ? 'bot' : type === 'Organization' ? 'organization' : 'user',
  };
}
