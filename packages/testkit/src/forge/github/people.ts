import { branches } from './branches.js';
import type { Urls } from './exchange.js';
import { mergeActs } from './merge-acts.js';
import { pullActs } from './pull-acts.js';
import { runActs } from './run-acts.js';
import { openScene } from './scene.js';
import type { Account, HubState, Token } from './state.js';

/** What people and machines do, with every trace that it leaves on GitHub: git, timeline, check suites and events. */
export type People = ReturnType<typeof people>;

/** Acts on repositories of the fake; `token` is the one that causes them. */
export function people(state: HubState, urls: Urls, token?: Token) {
  const scene = openScene(state, urls, token);
  const pushing = branches(scene);
  return {
    push: pushing.push,
    moveBranch: pushing.moveBranch,
    ...pullActs(scene, pushing),
    ...mergeActs(scene, pushing),
    ...runActs(scene),
    /** The account goes, what it wrote stays. */
    deleteAccount(login: string): void {
      const key = login.toLowerCase();
      state.accounts.delete(key);
      const gone = (account: Account | null): boolean => account?.login.toLowerCase() === key;
      for (const repository of state.repositories.values()) {
        for (const issue of repository.issues.values()) {
          if (gone(issue.author)) issue.author = null;
          for (const comment of issue.comments) if (gone(comment.author)) comment.author = null;
        }
        for (const pull of repository.pulls.values()) {
          for (const review of pull.reviews) if (gone(review.author)) review.author = null;
          for (const event of pull.timeline) if (gone(event.actor)) event.actor = null;
        }
      }
    },
  };
}
