import { checkStages } from './checks/check-stages.js';
import type { Stages } from './manifest.js';
import { parseFile } from './parse-file.js';
import type { Parsed } from './source/fault.js';
import type { Place } from './source/place.js';
import type { SourceFile } from './source/source-file.js';

/**
 * Reads a `stages.yaml`. With the stages of the policy, in order, names that are none of them are faults. An empty file
 * asks for nothing. Never throws for any content.
 */
export function parseStages(source: SourceFile, stages: readonly string[] | null = null): Parsed<Stages> {
  return parseFile(source, {
    schema: 'stages',
    whenEmpty: { stages: {}, aliases: {} },
    check: (root) => checkStages(root, stages),
    read: readStages,
  });
}

function readStages(root: Place): Stages {
  const stages = root.members().filter(([name]) => name !== 'aliases');
  return {
    stages: Object.fromEntries(stages.map(([name, place]) => [name, place.text()])),
    aliases: Object.fromEntries(
      root
        .at('aliases')
        .members()
        .map(([name, place]) => [name, place.text() ?? '']),
    ),
  };
}
