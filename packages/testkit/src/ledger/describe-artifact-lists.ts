import { parseModelName, utf8 } from '@weighbridge/core';
import { type ArtifactList, type EventOf, evidencePath, nameArtifacts, verifyLog } from '@weighbridge/ledger';
import type { LedgerLog } from '@weighbridge/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import type { LedgerUnderTest } from './ledger-under-test.js';
import { digestOf } from '../test-digests.js';
import { evidenceFor, policyEvent, registeredEvent, testEvent } from './test-events.js';
import { nodeSha256, nodeVerify } from './test-keys.js';

const fraud = parseModelName('fraud');

/** The part of the contract of the ledger port that is about versions of very many files. */
export function describeArtifactLists(name: string, start: () => Promise<LedgerUnderTest>): void {
  describe(`ledger contract, lists of files: ${name}`, () => {
    let subject: LedgerUnderTest;
    let ledger: LedgerLog;
    beforeEach(async () => {
      subject = await start();
      ledger = await subject.open({ signer: null });
    });
    afterEach(() => subject.dispose());

    test('names a list of very many files in the entry and in the catalogue, and keeps it as evidence', async () => {
      const { event, list, evidence } = registrationOfMany(2000);
      const first = registeredEvent('fraud', '0.9.0');
      await ledger.append([policyEvent(), first], evidenceFor(first));
      await ledger.append([event], evidence);
      expect((await ledger.entries(2, 3))[0]?.length).toBeLessThan(4096);
      ledger = await subject.open({ signer: null });
      const [small, large] = (await ledger.catalogue(fraud))?.versions ?? [];
      expect(small?.artifacts).toHaveLength(1);
      expect(large?.artifacts).toEqual({ digest: list, count: 2000, size: 1999000 });
      expect([...((await ledger.evidence(list, large?.entry)) ?? [])]).toEqual([...(evidence.get(list) ?? [])]);
      expect(await findingsOf(ledger)).toEqual([]);
    });

    test('takes no list of files that is none, is of others or did not come along', async () => {
      const { event, evidence, list } = registrationOfMany(300);
      const named = event.body.artifacts as ArtifactList;
      await ledger.append([policyEvent()]);
      const naming = (change: Partial<ArtifactList>) =>
        testEvent('registered', {
          model: 'fraud',
          version: '1.0.0',
          body: { ...event.body, artifacts: { ...named, ...change } },
        });
      const alone = new Map([...evidence].filter(([digest]) => digest !== list));
      await expectCode(ledger.append([event], alone), 'ledger/malformed-event');
      await expectCode(ledger.append([naming({ count: 299 })], evidence), 'ledger/malformed-event');
      const noList = digestOf('{"no":"list"}');
      const withText = new Map([...alone, [noList, utf8('{"no":"list"}')]]);
      await expectCode(ledger.append([naming({ digest: noList })], withText), 'ledger/malformed-event');
      await ledger.append([event], evidence);
      await subject.edit((files) => files.delete(evidencePath(list)));
      ledger = await subject.open({ signer: null });
      // The rest of the catalogue can be read all the same.
      expect((await ledger.catalogue(fraud))?.versions).toHaveLength(1);
      expect((await findingsOf(ledger)).map(({ code }) => code)).toEqual(['evidence-missing']);
    });
  });
}

async function findingsOf(ledger: LedgerLog) {
  const trust = { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [] };
  return (await verifyLog({ paths: await ledger.paths(), read: ledger.files, trust, otherCheckpoints: [] })).findings;
}

/** A registration whose files are listed beside it. */
function registrationOfMany(count: number) {
  const files = Array.from({ length: count }, (_, at) => ({
    path: `out/part-${at}.bin`,
    size: at,
    sha256: String(at).padStart(64, '0'),
  }));
  const named = nameArtifacts(nodeSha256, files);
  const plain = registeredEvent('fraud', '1.0.0') as EventOf<'registered'>;
  const body = { ...plain.body, artifacts: named.artifacts };
  const event = testEvent('registered', { model: 'fraud', version: '1.0.0', body }) as EventOf<'registered'>;
  const [list] = named.evidence.keys();
  if (list === undefined) throw new Error('they were few enough for the entry');
  const texts = [...named.evidence].map(([digest, text]) => [digest, utf8(text)] as const);
  return { event, list, evidence: new Map([...evidenceFor(plain), ...texts]) };
}
