import { describe, expect, test } from 'vitest';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { Snapshot } from '@weighbridge/versioning';
import { certainMoves } from './certain-moves.js';

const snapshot = (value: string | null, stderr: string | null = null): Snapshot =>
  ({
    metrics: [
      {
        id: 'eval',
        path: 'eval.json',
        digest: `sha256:${'0'.repeat(64)}`,
        format: 'plain',
        context: {},
        values: value === null ? [] : [{ key: 'accuracy', value, stderr, samples: null, slice: null }],
      },
    ],
  }) as unknown as Snapshot;
const policy = (over: Partial<VersioningPolicy['metrics'][number]> = {}): Pick<VersioningPolicy, 'metrics'> => ({
  metrics: [{ metric: 'eval.accuracy', direction: 'higher', threshold: '0.01', ...over }],
});
const stderr = { uncertainty: { use: 'stderr', confidence: '0.95' } } as const;

describe('moves that count for the version', () => {
  test('without uncertainty the threshold decides', () => {
    expect(certainMoves(snapshot('0.90'), snapshot('0.91'), policy()).moves).toMatchObject([{ kind: 'significant' }]);
    expect(certainMoves(snapshot('0.90'), snapshot('0.9099'), policy())).toEqual({ moves: [], told: [] });
  });

  test('with it a move that chance explains is told and does not count', () => {
    expect(certainMoves(snapshot('0.90', '0.001'), snapshot('0.95', '0.001'), policy(stderr)).moves).toHaveLength(1);
    const { moves, told } = certainMoves(snapshot('0.90', '0.05'), snapshot('0.95', '0.05'), policy(stderr));
    expect(moves).toEqual([]);
    expect(told).toMatchObject([expect.stringContaining('may be chance: 95% interval of the gain')]);
  });

  test('a capability is gained once: by a metric that is new, or that is within the bounds for the first time', () => {
    const rule = policy({ threshold: '1', capability: { min: '0.7', max: null } });
    const kinds = (before: string | null, after: string | null) =>
      certainMoves(snapshot(before), snapshot(after), rule).moves.map(({ kind, from, to }) => ({ kind, from, to }));
    expect(kinds(null, '0.7')).toEqual([{ kind: 'capability', from: null, to: '0.7' }]);
    expect(kinds('0.6', '0.8')).toEqual([{ kind: 'capability', from: '0.6', to: '0.8' }]);
    expect(kinds('0.7', '0.9')).toEqual([]);
    expect(kinds('0.6', '0.69')).toEqual([]);
    expect(kinds(null, 'NaN')).toEqual([]);
    expect(kinds('0.9', null)).toEqual([]);
    const upper = policy({ threshold: '1', direction: 'lower', capability: { min: null, max: '0.2' } });
    expect(certainMoves(snapshot('0.3'), snapshot('0.2'), upper).moves).toHaveLength(1);
  });
});
