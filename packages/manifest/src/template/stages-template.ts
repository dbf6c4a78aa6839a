import { schemaLine } from '../schema/published.js';

/** What `init` writes as stages.yaml: it asks for nothing yet and says how to ask. */
export function renderStagesTemplate(): string {
  return `${schemaLine('stages')}
# Which version each stage should hold. Change a line in a pull request; merging it applies it.
# For example:
#   staging: 1.4.0
#   production: 1.3.2
#   aliases: { champion: 1.3.2 }
`;
}
