import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { hintFor, showChoices, showText, showValue } from '../source/quoting.js';
import type { GateSurroundings } from './gate-surroundings.js';
import { checkKnownStage } from './place-checks.js';
import { checkRoster } from './policy-names.js';

/** What a schema cannot say of a reviewer requirement: that it can be filled and that its condition can hold. */
export function* checkReviewers(reviewers: Place, gate: Place, around: GateSurroundings): Generator<Fault> {
  yield* checkCondition(reviewers.at('when'), gate, around);
  const from = reviewers.at('from');
  const roster = from.text() ?? 'owners';
  const named = around.root.at('reviewers').at(roster);
  // The owners of a manifest are known with the model only.
  if (roster === 'owners' && !named.written) return;
  yield* checkRoster(from, around.root);
  if (!named.written || named.at('teams').items().length > 0) return;
  const logins = named.at('users').texts();
  const size = new Set(logins.map((login) => login.replace(/^@/, '').toLowerCase())).size;
  const count = reviewers.at('count').integer() ?? 1;
  if (count > size) yield reviewers.fault('manifest/roster-too-small', { count, roster: showText(roster), size });
}

function* checkCondition(when: Place, gate: Place, around: GateSurroundings): Generator<Fault> {
  yield* checkKnownStage(when.at('from'), around.stages, 'origin');
  const metric = when.at('metric');
  if (!metric.written) return;
  const gates = gate.at('metrics').items();
  const ids = gates.flatMap((one) => one.at('id').text() ?? []);
  const place = metric.at('gate').written ? metric.at('gate') : metric;
  const named = metric.at('gate').text();
  if (named === null ? ids.length === 0 : !ids.includes(named)) {
    const fields = { found: showValue(named ?? 'metric'), gates: showChoices(ids), hint: hintFor(named ?? '', ids) };
    yield place.fault('manifest/unknown-metric-gate', fields);
    return;
  }
  const column = metric.at('slice').text()?.split('=')[0];
  if (column === undefined) return;
  const asked = gates.filter((one) => named === null || one.at('id').text() === named);
  const columns = asked.flatMap((one) => one.at('slices').at('by').text() ?? []);
  if (columns.includes(column)) return;
  const what = `A condition on slices by ${showText(column)}`;
  const hint = `Add "slices: { by: ${showText(column)}, … }" to the metric gate.`;
  yield metric.at('slice').fault('manifest/gate-asks-nothing', { what, hint });
}
