import { formatCount, formatSize, type Tiering, tierStore } from '@weighbridge/flows';
import type { Command } from '../host.js';

/** More lines help nobody; --json has all of them. */
const maxListed = 20;

export const storeTierCommand: Command = {
  spec: {
    name: 'store tier',
    summary: 'Compress stored bytes and move them to the storage classes that the policy names',
    description:
      'What stages and aliases point to, what is ready for a rollback and what is recent is hot; "tiers" in weighbridge.yaml says when the rest becomes warm and cold, and which storage class of the store each tier is and whether bytes lie compressed there. A piece that several versions share is as hot as the hottest of them. What becomes hot again and is archived is restored first, and moved by a later run. A run that was killed is finished by the next. The policy of the default branch counts, whatever is checked out. With --dry-run it lists what would be compressed and moved.',
    arguments: [],
    inputs: [],
    outputs: [
      { name: 'moved', description: 'How many objects were moved, or would be.' },
      { name: 'compressed', description: 'How many objects were compressed, or would be.' },
      { name: 'restoring', description: 'How many are restored first and moved by a later run.' },
    ],
    examples: ['weighbridge store tier --dry-run', 'weighbridge store tier'],
  },
  run: async (inputs, host) => {
    const dryRun = inputs.boolean('dry-run');
    const tiering = await tierStore(host.surroundings, { opened: host.policy, dryRun });
    const countOf = (...outcomes: string[]) => tiering.moves.filter(({ outcome }) => outcomes.includes(outcome)).length;
    const [moved, restoring, changed] = [countOf('moved', 'planned'), countOf('restoring'), countOf('changed')];
    const rows = groupMoves(tiering);
    const arranged = tellArranged(tiering, dryRun);
    const lines = rows
      .slice(0, maxListed)
      .map(
        ({ version, from, to, objects, bytes }) =>
          `  ${version}: ${formatCount(objects, 'object')}, ${formatSize(bytes)} from ${from} to ${to}`,
      );
    const more = rows.length > maxListed ? [`  and ${rows.length - maxListed} more (--json lists all)`] : [];
    const text = [
      ...(rows.length + arranged.length === 0 ? ['Everything is where the policy wants it.'] : arranged),
      ...(rows.length === 0 ? [] : [`${dryRun ? 'Would move' : 'Moved'} ${formatCount(moved, 'object')}.`]),
      ...lines,
      ...more,
      ...(restoring === 0 ? [] : [`Restored first, to be moved by a later run: ${formatCount(restoring, 'object')}.`]),
      ...(changed === 0 ? [] : [`Changed meanwhile, and left alone: ${formatCount(changed, 'object')}.`]),
      ...tiering.untold.map(({ version, because }) => `${version}: ${because}`),
      ...(tiering.kept === 0 ? [] : [`Stays in its class: ${formatCount(tiering.kept, 'object')}.`]),
    ].join('\n');
    const isDamaged =
      (tiering.arranged?.damaged ?? []).length > 0 || tiering.untold.some(({ code }) => code === 'store/corrupt');
    return {
      exitCode: isDamaged ? 1 : 0,
      json: {
        dry_run: dryRun,
        moved,
        restoring,
        changed,
        kept: tiering.kept,
        moves: rows,
        arranged: arrangedJson(tiering),
        untold: tiering.untold.map(({ digest, version, because }) => ({ sha256: digest, version, because })),
      },
      text,
      markdown: text,
      notices: [],
      outputs: {
        moved: String(moved),
        compressed: String(tiering.arranged?.compressed.objects ?? 0),
        restoring: String(restoring),
      },
    };
  },
};

function arrangedJson({ arranged }: Tiering) {
  if (arranged === null) return null;
  const { compressed, expanded, incompressible, damaged, mended, waiting, archived } = arranged;
  return {
    compressed: { objects: compressed.objects, plain: compressed.plainBytes, stored: compressed.storedBytes },
    expanded: { objects: expanded.objects, plain: expanded.plainBytes },
    incompressible,
    damaged,
    mended,
    waiting,
    archived,
  };
}

/** Lines about what was compressed and expanded; none when nothing was. */
function tellArranged({ arranged }: Tiering, dryRun: boolean): readonly string[] {
  if (arranged === null) return [];
  const { compressed, expanded, incompressible, damaged, mended, waiting, archived } = arranged;
  const [plain, stored] = [formatSize(compressed.plainBytes), formatSize(compressed.storedBytes)];
  const shrunk = dryRun
    ? `Would compress ${formatCount(compressed.objects, 'object')} of ${plain}.`
    : `Compressed ${formatCount(compressed.objects, 'object')}, ${plain} to ${stored}.`;
  const grown = `${dryRun ? 'Would expand' : 'Expanded'} ${formatCount(expanded.objects, 'object')} of ${formatSize(expanded.plainBytes)}.`;
  const lines: readonly (readonly [number, string])[] = [
    [compressed.objects, shrunk],
    [expanded.objects, grown],
    [incompressible, `Hardly smaller when compressed, and left as they are: ${formatCount(incompressible, 'object')}.`],
    [
      waiting,
      `In both forms until a later run, being young or because another process removes: ${formatCount(waiting, 'object')}.`,
    ],
    [archived, `In an archive, and as they are until they are restored: ${formatCount(archived, 'object')}.`],
    [mended, `Damaged compressed forms, written anew from what lies beside them: ${formatCount(mended, 'object')}.`],
    [
      damaged.length,
      `Damaged, and left alone: ${formatCount(damaged.length, 'object')}; run "weighbridge store verify --quarantine".`,
    ],
  ];
  return lines.filter(([count]) => count > 0).map(([, line]) => line);
}

/** Moves by version and by where from and to. */
function groupMoves({ moves }: Tiering) {
  const groups = new Map<
    string,
    { version: string; tier: string; from: string; to: string; objects: number; bytes: number }
  >();
  for (const { version, tier, to, object } of moves) {
    const from = object.storageClass;
    const key = `${version} ${from} ${to}`;
    const group = groups.get(key) ?? { version, tier, from, to, objects: 0, bytes: 0 };
    groups.set(key, { ...group, objects: group.objects + 1, bytes: group.bytes + object.sizeBytes });
  }
  return [...groups.values()];
}
