import { hasAllDigests, weightGroups } from './artifacts/weight-group.js';
import type { Change } from './change.js';
import { listNames } from './difference.js';
import { memberOf } from './json/key-differences.js';
import type { Snapshot } from './snapshot.js';

/** What a reader should know besides the changes: where the comparison could not look, and where records disagree. */
export function comparisonWarnings(
  previous: Snapshot | null,
  candidate: Snapshot,
  changes: readonly Change[],
): string[] {
  return [
    ...headersOnly(candidate, 'now'),
    ...(previous === null ? [] : headersOnly(previous, 'in the previous version')),
    ...changes
      .filter(({ rule }) => rule === 'data.training-only' || rule === 'data.pinned')
      .map(({ because }) => because),
    ...adapterBase(candidate),
  ];
}

function headersOnly({ artifacts }: Snapshot, when: string): string[] {
  const unread = weightGroups(artifacts).filter((group) =>
    group.files.some(({ sha256, header }) => sha256 === null && (header === null || !hasAllDigests(group))),
  );
  if (unread.length === 0) return [];
  return [`Of ${listNames(unread.map(({ path }) => path))} only headers were read ${when}: weights were not compared.`];
}

/** The adapter's own file and the manifest should speak of one base; training machines write paths of their own there. */
function adapterBase({ base, artifacts }: Snapshot): string[] {
  if (base === null || !base.model.startsWith('hf://')) return [];
  return artifacts.flatMap(({ path, document }) => {
    if (document?.type !== 'peft-adapter') return [];
    const model = memberOf(document.facts, 'base_model_name_or_path');
    const isHubId = typeof model === 'string' && /^[\w.-]+\/[\w.-]+$/.test(model);
    if (!isHubId || `hf://${model}`.toLowerCase() === base.model.toLowerCase()) return [];
    return [`${path} names the base ${model}, and the manifest ${base.model}.`];
  });
}
