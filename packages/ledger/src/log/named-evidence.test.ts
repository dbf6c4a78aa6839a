import { digestOf, nodeSha256, registeredEvent } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import type { EventOf, LedgerEvent } from '../event.js';
import { peekEntry, formatEntry } from '../entry/entry.js';
import { namedDigests, requiredEvidence } from './named-evidence.js';

const plain = registeredEvent('fraud', '1.0.0') as EventOf<'registered'>;
const documents = [
  { kind: 'model-card', digest: digestOf('card') },
  { kind: 'bom', digest: digestOf('bill') },
] as const;
const documented: LedgerEvent = { ...plain, body: { ...plain.body, documents } };

test('documents of a version must be on the branch, as its snapshot', () => {
  expect(requiredEvidence(plain)).toEqual([plain.body.snapshot]);
  expect(requiredEvidence(documented)).toEqual([plain.body.snapshot, documents[0].digest, documents[1].digest]);
  for (const digest of requiredEvidence(documented)) expect(namedDigests(documented)).toContain(digest);
});

test('entries with documents and without are read as they were written; other kinds are refused', () => {
  for (const event of [plain, documented]) {
    const read = peekEntry(formatEntry(nodeSha256, event, null));
    expect('value' in read && read.value.event).toEqual(event);
  }
  const [{ digest }] = documents;
  const foreign = {
    ...plain,
    body: { ...plain.body, documents: [{ kind: 'poem', digest }] },
  } as unknown as LedgerEvent;
  expect(() => formatEntry(nodeSha256, foreign, null)).toThrow('documents');
});
