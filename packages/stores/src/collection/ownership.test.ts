import { utf8 } from '@weighbridge/core';
import { formatOwners, ownersKey, parseOwners } from '@weighbridge/storage';
import { expectCode, openMemoryBucket } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { addOwner, beginOwnership, claimBucket, requireSoleOwner } from './ownership.js';

/** A bucket whose note names these owners; none has no note. */
async function bucketOf(owners: readonly string[] | null) {
  const bucket = openMemoryBucket();
  if (owners !== null) await bucket.replace(ownersKey, utf8(formatOwners(owners)), null);
  const noted = async () => {
    const held = await bucket.read(ownersKey);
    return held === null ? null : { owners: parseOwners(held.bytes), revision: held.revision };
  };
  return { bucket, noted };
}

describe('claiming makes somebody the only owner', () => {
  test.each([
    ['no note', null],
    ['nobody', []],
    ['another', ['b']],
    ['the claimant before another', ['a', 'b']],
    ['the claimant after another', ['b', 'a']],
  ])('where the note names %s', async (_what, owners) => {
    const { bucket, noted } = await bucketOf(owners);
    await claimBucket(bucket, 'a');
    expect(await noted()).toMatchObject({ owners: ['a'] });
  });

  test('and writes nothing where it was that already', async () => {
    const { bucket, noted } = await bucketOf(['a']);
    const before = await noted();
    await claimBucket(bucket, 'a');
    expect(await noted()).toEqual(before);
  });
});

describe('an owner is added', () => {
  test.each([
    ['to nobody', [], ['a']],
    ['after others', ['b', 'c'], ['b', 'c', 'a']],
    ['once', ['a', 'b'], ['a', 'b']],
  ])('%s', async (_what, owners, expected) => {
    const { bucket, noted } = await bucketOf(owners);
    await addOwner(bucket, 'a');
    expect(await noted()).toMatchObject({ owners: expected });
  });

  test('never to a store without a note', async () => {
    const { bucket, noted } = await bucketOf(null);
    await addOwner(bucket, 'a');
    expect(await noted()).toBeNull();
  });
});

describe('whoever asks to be the only owner', () => {
  test('is', async () => {
    expect(await requireSoleOwner((await bucketOf(['a'])).bucket, 'a')).toBeUndefined();
  });

  test.each([
    ['there is no note', null, 'says whose ledger names its bytes'],
    ['it names nobody', [], 'names no ledger yet'],
    ['it names another', ['b'], 'the ledger b names bytes there, too, and this one is a'],
    ['it names another after them', ['a', 'b'], 'the ledger b names bytes there, too, and this one is a'],
    ['it names another before them', ['b', 'a'], 'the ledger b names bytes there, too, and this one is a'],
  ])('is refused where %s', async (_what, owners, reason) => {
    const { bucket } = await bucketOf(owners);
    const asked = requireSoleOwner(bucket, 'a');
    await expect(asked).rejects.toThrow(reason);
    await expectCode(asked, 'store/not-owned');
  });

  test('is told of a note that is none', async () => {
    const { bucket } = await bucketOf(null);
    await bucket.replace(ownersKey, utf8('{"version":2}'), null);
    await expectCode(requireSoleOwner(bucket, 'a'), 'store/control-malformed');
  });
});

describe('ownership begins', () => {
  test('in an empty store with nobody, and changes no note', async () => {
    const { bucket, noted } = await bucketOf(null);
    await beginOwnership(bucket);
    expect(await noted()).toMatchObject({ owners: [] });
    await addOwner(bucket, 'a');
    await beginOwnership(bucket);
    expect(await noted()).toMatchObject({ owners: ['a'] });
  });

  test.each(['sha256/', 'recipes/', 'compressed/'])('never where there is something below %s', async (prefix) => {
    const { bucket, noted } = await bucketOf(null);
    await bucket.replace(`${prefix}00`, utf8('bytes'), null);
    await beginOwnership(bucket);
    expect(await noted()).toBeNull();
  });
});
