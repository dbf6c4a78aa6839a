import { maxBypasses } from '../catalogue.js';
import { type Fold, folded, illegal } from './outcome.js';

/** An exception is on record from here on. */
export const foldWaived: Fold<'waived'> = (catalogue, event, { entry }) => {
  const { gate, identity, expires, rule = null, reason = null, approvedBy = [] } = event.body;
  const { justification } = event.context;
  const waiver = { gate, identity, expires, rule, reason, approvedBy, justification, entry };
  return folded({ ...catalogue, waivers: [...catalogue.waivers, waiver] });
};

/** An exception ends before its date: it is gone from the catalogue, and the log tells both that it was and that it went. */
export const foldWaiverRevoked: Fold<'waiver-revoked'> = (catalogue, event) => {
  const { gate, identity, expires } = event.body;
  const isRevoked = (waiver: (typeof catalogue.waivers)[number]) =>
    waiver.gate === gate && waiver.identity === identity && waiver.expires === expires;
  if (!catalogue.waivers.some(isRevoked)) return illegal(`no waiver of ${gate} with that end is on record`);
  return folded({ ...catalogue, waivers: catalogue.waivers.filter((waiver) => !isRevoked(waiver)) });
};

/** Desired values were applied: later ones are compared with these. They are those of the model and of a commit. */
export const foldApplied: Fold<'applied'> = (catalogue, event, { entry }) => {
  const { stages, aliases, pull } = event.body;
  const { commit, time } = event.context;
  if (event.version !== null) return illegal('what was applied is of a model and not of a version');
  if (commit === null) return illegal('what was applied is of no commit');
  return folded({ ...catalogue, applied: { stages, aliases, commit, time, pull, entry } });
};

/** A change came in that no decision permits; readers see the newest ones. */
export const foldBypassed: Fold<'bypassed'> = (catalogue, event, { entry }) => {
  const { pull, because, requested } = event.body;
  const { commit, time, actor } = event.context;
  const bypass = { pull, because, requested, commit, actor: actor.login, time, entry };
  return folded({ ...catalogue, bypasses: [...catalogue.bypasses, bypass].slice(-maxBypasses) });
};
