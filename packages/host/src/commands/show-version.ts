import { type ShownVersion, showVersion } from '@weighbridge/flows';
import { renderVersionText } from '@weighbridge/report';
import type { Host } from '../host.js';

/** What `show` tells of one version: the members of its JSON, and its text. */
export interface ToldVersion {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The version that MODEL@VERSION names, with all its files. @throws as showVersion */
export async function tellVersion(host: Host, written: string): Promise<ToldVersion> {
  const [model = '', version = ''] = written.split(/@(.*)/s);
  const { versioning } = host.policy;
  const shown = await showVersion(host.surroundings, { model, version: version === '' ? null : version, versioning });
  const { record, places } = shown;
  const name = `${record.model}@${record.version}`;
  const hints = [
    ...(record.artifacts.length === 0 ? [] : [`weighbridge pull ${name}      brings its files here`]),
    `weighbridge card ${name}      the whole record, for people`,
    `weighbridge lineage ${name}   what it was made of, and what of it`,
  ];
  const text = renderVersionText(record, { places: [...places, ...statesOf(shown)], isFirst: shown.isFirst });
  return { json: versionJson(shown), text: [text, '', ...hints].join('\n') };
}

function statesOf({ archived, deprecated, frozen, releasedAt }: ShownVersion): readonly string[] {
  const released = releasedAt === null ? [] : [`bytes given up on ${releasedAt.slice(0, 10)}`];
  return [
    ...(archived ? ['archived'] : []),
    ...(deprecated ? ['given up'] : []),
    ...(frozen ? ['frozen'] : []),
    ...released,
  ];
}

function versionJson(shown: ShownVersion) {
  const { record, places, archived, deprecated, frozen, releasedAt } = shown;
  return {
    model: record.model,
    version: record.version,
    tag: record.tag,
    commit: record.commit,
    kind: record.snapshot.kind,
    registered_at: record.registeredAt,
    bump: record.bump,
    previous: record.previous?.version ?? null,
    places,
    archived,
    deprecated,
    frozen,
    ...record.digests,
    store: record.store,
    bytes_released_at: releasedAt,
    artifacts: record.artifacts,
    metrics: Object.entries(record.evidence).map(([id, { document, level }]) => ({
      id,
      level,
      values: document.values.map(({ key, slice, value, stderr, samples }) => ({
        metric: `${id}.${key}`,
        slice,
        value,
        stderr,
        samples,
      })),
    })),
    moves: record.moves.map(({ to, time, actor, justification, pull, approvals }) => ({
      to,
      time,
      actor,
      reason: justification,
      pull,
      approvals,
    })),
  };
}
