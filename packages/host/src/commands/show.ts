import { formatSize, showModels, type ShownModel } from '@weighbridge/flows';
import { measureArtifacts } from '@weighbridge/ledger';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';

export const showCommand: Command = {
  spec: {
    name: 'show',
    summary: 'Show what is registered and which version each stage points to',
    description: 'Reads the catalogue, which is the ledger folded to now. "audit show --at DATE" tells of the past.',
    arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
    inputs: [],
    outputs: [{ name: 'models', description: 'JSON: models with stages, aliases and versions.' }],
    examples: ['weighbridge show', 'weighbridge show fraud --json'],
  },
  run: runShow,
};

async function runShow(inputs: InputValues, host: Host): Promise<Outcome> {
  const shown = await showModels(host.surroundings, inputs.list('models'));
  const models = shown.map(showJson);
  const unknown = inputs.list('models').filter((name) => !models.some((model) => model.model === name));
  const missing = unknown.map((name) => `No model is named ${name}.`);
  const empty =
    models.length === 0 && missing.length === 0
      ? ['Nothing is registered. "weighbridge init" and "weighbridge register" begin.']
      : [];
  return {
    exitCode: unknown.length > 0 ? 1 : 0,
    json: models.length === 1 && inputs.list('models').length === 1 ? models[0] : { models },
    text: [...shown.map(renderModelText), ...missing, ...empty].join('\n\n'),
    markdown: shown.map((model) => `### ${model.model}\n\n${renderMarkdownTable(versionRows(model))}`).join('\n\n'),
    notices: shown.flatMap((model) => model.notices),
    outputs: { models: JSON.stringify(models) },
  };
}

function showJson(model: ShownModel) {
  return {
    model: model.model,
    stages: model.stages,
    aliases: model.catalogue?.aliases ?? {},
    frozen: model.catalogue?.frozen ?? [],
    versions: model.versions.map((version) => ({
      version: version.version,
      tag: version.tag,
      commit: version.commit,
      stage: version.stage,
      registered_at: version.registeredAt,
      bump: version.bump,
      identity: version.identity,
      artifacts: version.artifacts,
      bytes_released_at: version.released?.time ?? null,
    })),
  };
}

function renderModelText(model: ShownModel): string {
  if (model.versions.length === 0)
    return `${model.model}: no version registered yet ("weighbridge register ${model.model}")`;
  const stages = Object.entries(model.stages).map(([stage, version]) => `${stage}: ${version ?? '-'}`);
  return `${model.model}   ${stages.join('   ')}\n${renderTextTable(versionRows(model))}`;
}

function versionRows(model: ShownModel): string[][] {
  const rows = model.versions.map((version) => [
    version.version,
    version.bump,
    version.stage ?? '',
    version.registeredAt,
    (version.commit ?? '').slice(0, 10),
    version.released === undefined
      ? formatSize(measureArtifacts(version.artifacts).size)
      : `released ${version.released.time.slice(0, 10)}`,
  ]);
  return [['version', 'bump', 'stage', 'registered', 'commit', 'size'], ...rows.reverse()];
}
