import type { ModelCatalogue } from '@weighbridge/ledger';
import { formatStages, parseStages } from '@weighbridge/manifest';
import { type GovernedModel, maxFileBytes } from '../governing/governance.js';
import type { Effect } from '../plan.js';
import { stagesPathOf } from './stage-lines.js';
import type { Surroundings } from '../surroundings.js';

/**
 * The edit of stages.yaml that brings it in line: the stage that moved, and every other line whose pointer is another
 * now. Nothing when it is in line.
 */
export async function planStagesFile(
  surroundings: Surroundings,
  model: GovernedModel,
  stages: ModelCatalogue['stages'],
  moved: string | null,
): Promise<Effect[]> {
  const path = stagesPathOf(model);
  const bytes = await surroundings.workTree.read(path, maxFileBytes);
  if (bytes === null && moved === null) return [];
  const before = bytes === null ? null : new TextDecoder().decode(bytes);
  const parsed = before === null ? null : parseStages({ path, text: before });
  const written = parsed?.ok === true ? parsed.value.stages : {};
  const change: Record<string, string | null> = moved === null ? {} : { [moved]: stages[moved] ?? null };
  for (const [stage, version] of Object.entries(written)) {
    if (Object.hasOwn(stages, stage) && stages[stage] !== version) change[stage] = stages[stage] ?? null;
  }
  const text = formatStages(before, { stages: change });
  return text === before ? [] : [{ kind: 'write', path, text }];
}
