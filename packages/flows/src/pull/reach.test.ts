import { memoryLedger, nodeSha256, openMemoryWorkTree } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { filesOfWorkTree } from '../reading/files.js';
import { readGovernance } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { findReach } from './reach.js';

it('a pipeline that cannot be read is told, because what depends on it is not known', async () => {
  const files = filesOfWorkTree(
    openMemoryWorkTree({
      files: {
        'weighbridge.yaml': 'version: 1\n',
        'models/fraud/model.yaml': 'name: fraud\nkind: model\nartifacts: [model.onnx]\n',
        'dvc.lock': 'stages: [',
      },
    }),
  );
  const surroundings = { ledger: memoryLedger(), sha256: nodeSha256 } as unknown as Surroundings;
  const governance = await readGovernance(files, nodeSha256);
  const reach = await findReach(surroundings, {
    governance,
    weighed: [],
    paths: ['data/raw.csv'],
    time: '2026-05-01T12:00:00Z',
  });
  expect(reach.notices).toMatchObject([{ level: 'warning', file: 'dvc.lock' }]);
});
