import { recordEvent } from './events.js';
import type { Urls } from './exchange.js';
import { type HubState, type Repository, type Token, noreplyOf } from './state.js';

/** What every act needs: the state, the time, whose name a commit carries, and where events are written down. */
export interface Scene {
  readonly state: HubState;
  /** The token that causes it; what a workflow's token causes starts nothing. */
  readonly token: Token | undefined;
  at(): string;
  identity(login: string | null): { readonly name: string; readonly email: string };
  happened(repository: Repository, name: string, payload: object, by: string): void;
}

const stranger = { name: 'Somebody', email: 'somebody@example.test' };

/** The scene of acts that a token causes, or nobody's token in particular. */
export function openScene(state: HubState, urls: Urls, token?: Token): Scene {
  return {
    state,
    token,
    at: () => state.now(),
    identity: (login) => (login === null ? stranger : { name: state.account(login).login, email: noreplyOf(login) }),
    happened: (repository, name, payload, by) => {
      const starts = token?.kind !== 'actions';
      recordEvent({ state, urls, repository, name, payload, sender: state.account(by), starts });
    },
  };
}

/** Issues and pull requests share their numbers. */
export function nextNumber(repository: Repository): number {
  return Math.max(0, ...repository.issues.keys()) + 1;
}
