import {
  formatCount,
  formatSize,
  type HeldVersion,
  listHolds,
  type LyingBytes,
  measureStore,
  type StoredBytes,
} from '@weighbridge/flows';
import { escapeMarkdown, renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import type { Command } from '../host.js';

export const storeStatsCommand: Command = {
  spec: {
    name: 'store stats',
    summary: 'Show how much is stored and how much was saved',
    description:
      'From the recipes of the store, without reading weights. Each piece counts for the version that was registered first with it: what a later version shares is saved, with its own earlier versions or with other models. Tells what that takes in each storage class, compressed or not, versions whose bytes were given up, and legal holds.',
    arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
    inputs: [],
    outputs: [{ name: 'models', description: 'JSON: models and versions with their bytes.' }],
    examples: ['weighbridge store stats', 'weighbridge store stats fraud --json'],
  },
  run: async (inputs, host) => {
    const { models, total, compressed, untold } = await measureStore(host.surroundings, inputs.list('models'));
    const holds = await listHolds(host.surroundings, inputs.list('models'));
    const told = models.map(({ model, bytes, lies, versions }) => ({
      model,
      ...bytesJson(bytes),
      lies: lies.map(lyingJson),
      versions: versions.map((each) => ({
        version: each.version,
        released_at: each.releasedAt,
        ...bytesJson(each.bytes),
        lies: each.lies.map(lyingJson),
      })),
    }));
    const places = [
      ['model', 'class', 'form', 'objects', 'bytes'],
      ...models.flatMap(({ model, lies }) => lies.map((each) => [model, ...placeOf(each)])),
    ];
    const rows = [
      ['model', 'version', 'logical', 'stored', 'saved', 'of which other models', 'missing'],
      ...models.flatMap(({ model, bytes, versions }) => [
        ...versions.map((each) => [
          model,
          `${each.version}${each.releasedAt === null ? '' : ` (bytes released ${each.releasedAt.slice(0, 10)})`}`,
          ...rowOf(each.bytes),
        ]),
        [model, 'all', ...rowOf(bytes)],
      ]),
      ['all', '', ...rowOf(total)],
    ];
    const { objects, plainBytes, storedBytes } = compressed;
    const shrunk =
      objects === 0
        ? []
        : [
            `Compressed: ${formatCount(objects, 'object')} of all models, ${formatSize(plainBytes)} as ${formatSize(storedBytes)}.`,
          ];
    const isEmpty = models.length === 0;
    return {
      exitCode: 0,
      json: {
        models: told,
        total: bytesJson(total),
        compressed: { objects, plain: plainBytes, stored: storedBytes },
        untold: untold.map(({ digest, because }) => ({ sha256: digest, because })),
        holds: holds.map(holdJson),
      },
      text: isEmpty
        ? 'Nothing is registered.'
        : [
            renderTextTable(rows),
            'What that takes, by the version that was registered first with it:',
            renderTextTable(places),
            ...shrunk,
            ...holds.map(tellHold),
          ].join('\n'),
      markdown: isEmpty
        ? 'Nothing is registered.'
        : [
            renderMarkdownTable(rows),
            renderMarkdownTable(places),
            ...shrunk,
            ...holds.map((hold) => `- ${escapeMarkdown(tellHold(hold))}`),
          ].join('\n\n'),
      notices: untold.map(({ because }) => ({ level: 'warning', text: because })),
      outputs: { models: JSON.stringify(told) },
    };
  },
};

function bytesJson({ logical, stored, own, shared, missing }: StoredBytes) {
  return { logical, stored, saved: own + shared, shared, missing };
}

function rowOf({ logical, stored, own, shared, missing }: StoredBytes): string[] {
  return [logical, stored, own + shared, shared, missing].map(formatSize);
}

function lyingJson({ storageClass, isCompressed, objects, storedBytes }: LyingBytes) {
  return { class: storageClass, compressed: isCompressed, objects, bytes: storedBytes };
}

function placeOf({ storageClass, isCompressed, objects, storedBytes }: LyingBytes): string[] {
  return [storageClass ?? '-', isCompressed ? 'compressed' : 'as it is', String(objects), formatSize(storedBytes)];
}

function holdJson({ model, version, matter, until, since, actor, reason }: HeldVersion) {
  return { model, version, matter, until, since, by: actor, reason };
}

/** One line about a legal hold that is in force. */
function tellHold({ model, version, matter, until, since, actor, reason }: HeldVersion): string {
  const why = reason === null ? '' : `: ${reason}`;
  return `On hold: ${model} ${version} for ${matter}, since ${since} by ${actor}, until ${until ?? 'released'}${why}`;
}
