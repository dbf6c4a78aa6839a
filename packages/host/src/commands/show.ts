import { formatSize, showModels, type ShownModel, unknownModel } from '@weighbridge/flows';
import { isListed, measureArtifacts } from '@weighbridge/ledger';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import type { ToldVersion } from './show-version.js';

export const showCommand: Command = {
  spec: {
    name: 'show',
    summary: 'Show what is registered and which version each stage points to',
    description:
      'Reads the catalogue, which is the ledger folded to now. MODEL@VERSION tells one version: where it stands, its files with their digests, its metrics and its moves. "audit show --at DATE" tells of the past, "audit log" who did what.',
    arguments: [
      {
        name: 'models',
        description: 'MODEL, MODEL@VERSION, MODEL@STAGE or MODEL@ALIAS; every model when none is given.',
        many: true,
      },
    ],
    inputs: [],
    outputs: [{ name: 'models', description: 'JSON: models with stages, aliases and versions.' }],
    examples: ['weighbridge show', 'weighbridge show fraud --json', 'weighbridge show fraud@production'],
  },
  run: runShow,
};

async function runShow(inputs: InputValues, host: Host): Promise<Outcome> {
  const asked = inputs.list('models');
  const named = asked.filter((name) => !name.includes('@'));
  const versions = await tellVersions(
    host,
    asked.filter((name) => name.includes('@')),
  );
  const shown = asked.length > 0 && named.length === 0 ? [] : await showModels(host.surroundings, named);
  const unknown = named.find((name) => !shown.some(({ model }) => model === name));
  if (unknown !== undefined) throw unknownModel(unknown, await knownModels(host));
  const models = shown.map(showJson);
  const several = { models, ...(versions.length === 0 ? {} : { versions: versions.map(({ json }) => json) }) };
  const only = asked.length === 1 ? (models[0] ?? versions[0]?.json) : undefined;
  const empty = 'Nothing is registered. "weighbridge init" and "weighbridge register" begin.';
  const texts = [...shown.map(renderModelText), ...versions.map(({ text }) => text)];
  const markdown = shown.map((model) => `### ${model.model}\n\n${renderMarkdownTable(versionRows(model))}`);
  return {
    exitCode: 0,
    json: only ?? several,
    text: texts.length === 0 ? empty : texts.join('\n\n'),
    markdown: markdown.join('\n\n'),
    notices: shown.flatMap((model) => model.notices),
    outputs: { models: JSON.stringify(models) },
  };
}

/** The list of models needs nothing of what tells a version, and is not to wait until it is loaded. */
async function tellVersions(host: Host, names: readonly string[]): Promise<readonly ToldVersion[]> {
  const told: ToldVersion[] = [];
  for (const name of names) told.push(await (await import('./show-version.js')).tellVersion(host, name));
  return told;
}

async function knownModels({ surroundings }: Host): Promise<readonly string[]> {
  return (await showModels(surroundings, [])).map(({ model }) => model);
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
      // Of very many files a catalogue knows how many they are, and which document lists them.
      ...(isListed(version.artifacts) ? { files_by: `weighbridge show ${model.model}@${version.version} --json` } : {}),
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
