import { expect, test } from 'vitest';
import { delegatedAccess, type DelegationKey, serviceAccess } from './shared-access.js';

// What azure-storage-blob 12.15.0 for Python, Microsoft's own client for the version of the service that is ours, signs for
// the same: BlobSharedAccessSignature.generate_blob.
const accountKey = Buffer.from('an-account-key-of-tests');
const delegation: DelegationKey = {
  objectId: 'object',
  tenantId: 'tenant',
  start: '2026-11-23T09:55:00Z',
  expiry: '2026-11-23T11:00:00Z',
  service: 'b',
  version: '2021-12-02',
  value: accountKey,
};
const version = '2026-11-20T08:15:30.1234567Z';

test.each([
  ['a version, by the key', version, null, 's77o8SKeo+Kgeq5BLd8U4fPXQi2xIDDUJjNqLKxzvWQ='],
  ['a version, by a delegation', version, delegation, '8S/Sn8CrMPhb8tMP4Y1TboOPfQy3lvWO4I3CtXprhlE='],
  ['a blob, by the key', null, null, 'r9jufGWVuAPKkrphkVHxQ9cAXssPhI1/PxDd4yc1WFs='],
  ['a blob, by a delegation', null, delegation, 'Su39Up963Ow7SX7VmzV+AftSii+dMmtgAmAGVZuny6g='],
])('access to %s is signed as the client of the service signs it', (_name, of, key, sig) => {
  const expiresAt = new Date('2026-11-23T10:01:00Z');
  const access = { signedName: '/blob/acme/data/a/m.bin', version: of, expiresAt, httpsOnly: false };
  const shared = { sv: '2021-12-02', spr: 'https,http', se: '2026-11-23T10:01:00Z', sp: 'r' };
  const times = { skt: '2026-11-23T09:55:00Z', ske: '2026-11-23T11:00:00Z' };
  const delegated = key === null ? {} : { skoid: 'object', sktid: 'tenant', ...times, sks: 'b', skv: '2021-12-02' };
  expect(key === null ? serviceAccess(access, accountKey) : delegatedAccess(access, key)).toEqual({
    ...shared,
    ...delegated,
    sr: of === null ? 'b' : 'bv',
    sig,
  });
});
