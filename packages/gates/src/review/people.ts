import type { ForgeActor } from '../pull-facts.js';

/** How a login of the policy compares: without case and without the @ that people write. */
export function foldLogin(login: string): string {
  return login.replace(/^@/, '').toLowerCase();
}

/** How the login of an account compares. A machine always ends in `[bot]`, so that no person can be taken for one. */
export function foldActor(actor: ForgeActor): string {
  const login = foldLogin(actor.login);
  return isMachine(actor) ? `${login.replace(/\[bot\]$/, '')}[bot]` : login;
}

/** Whether an account is no person: a bot, an app, an organization. */
export function isMachine(actor: ForgeActor): boolean {
  return actor.kind !== 'user' || /\[bot\]$/i.test(actor.login);
}

/** What is known of accounts. Two are the same when their ids are, or their logins: a renamed account is found too. */
export class AccountMap<Value> {
  private readonly values = new Map<string, Value>();

  /** The first value given for an account stays. */
  add(actor: ForgeActor, value: Value): void {
    for (const key of keysOf(actor)) if (!this.values.has(key)) this.values.set(key, value);
  }

  get(actor: ForgeActor): Value | undefined {
    for (const key of keysOf(actor)) {
      const value = this.values.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** By a login of the policy, where no id is known. */
  named(login: string): Value | undefined {
    return this.values.get(`login:${foldLogin(login)}`);
  }
}

function keysOf(actor: ForgeActor): readonly string[] {
  return [`id:${actor.id}`, `login:${foldActor(actor)}`];
}

/** Order of text by its code units: the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
