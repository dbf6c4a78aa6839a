import { formatSize, type Tiering, tierStore } from '@weighbridge/flows';
import type { Command } from '../host.js';

/** More lines help nobody; --json has all of them. */
const maxListed = 20;

export const storeTierCommand: Command = {
  spec: {
    name: 'store tier',
    summary: 'Move stored bytes to the storage classes that the policy names',
    description:
      'What stages and aliases point to, what is ready for a rollback and what is recent is hot; "tiers" in weighbridge.yaml says when the rest becomes warm and cold, and which storage class of the store each tier is. A piece that several versions share is as hot as the hottest of them. What becomes hot again and is archived is restored first, and moved by a later run. A run that was killed is finished by the next. The policy of the default branch counts, whatever is checked out. With --dry-run it lists what would move.',
    arguments: [],
    inputs: [],
    outputs: [
      { name: 'moved', description: 'How many objects were moved, or would be.' },
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
    const lines = rows
      .slice(0, maxListed)
      .map(
        ({ version, from, to, objects, bytes }) =>
          `  ${version}: ${objects} object(s), ${formatSize(bytes)} from ${from} to ${to}`,
      );
    const more = rows.length > maxListed ? [`  and ${rows.length - maxListed} more (--json lists all)`] : [];
    const text = [
      rows.length === 0
        ? 'Everything is where the policy wants it.'
        : `${dryRun ? 'Would move' : 'Moved'} ${moved} object(s).`,
      ...lines,
      ...more,
      ...(restoring === 0 ? [] : [`${restoring} object(s) are restored first: run it again later.`]),
      ...(changed === 0 ? [] : [`${changed} object(s) changed meanwhile and were left alone.`]),
      `Stays: ${tiering.kept} object(s).`,
    ].join('\n');
    return {
      exitCode: 0,
      json: { dry_run: dryRun, moved, restoring, changed, kept: tiering.kept, moves: rows },
      text,
      markdown: text,
      notices: [],
      outputs: { moved: String(moved), restoring: String(restoring) },
    };
  },
};

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
