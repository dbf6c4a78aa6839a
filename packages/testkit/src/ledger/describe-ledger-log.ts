import { type Digest, parseModelName, utf8 } from '@weighbridge/core';
import {
  evidencePath,
  type LedgerEvent,
  parseEvidenceBundle,
  parseSignedNote,
  peekEntry,
  verifyLog,
  type VerifyLogOptions,
} from '@weighbridge/ledger';
import type { LedgerLog } from '@weighbridge/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { describeArtifactLists } from './describe-artifact-lists.js';
import type { LedgerUnderTest } from './ledger-under-test.js';
import { digestOf } from '../test-digests.js';
import {
  evidenceFor,
  identityOf,
  policyEvent,
  registeredEvent,
  rolledBackEvent,
  snapshotText,
  testEvent,
  testStages,
  transitionedEvent,
} from './test-events.js';
import { nodeSha256, nodeVerify, testSigner } from './test-keys.js';

const fraud = parseModelName('fraud');
/** Three hundred entries, with git at work on them on a busy machine. */
const longTimeoutMs = 180_000;

/** The contract of the ledger port. Every adapter runs it. */
export function describeLedgerLog(name: string, start: () => Promise<LedgerUnderTest>): void {
  describe.each([
    ['unsigned', null],
    ['signed', testSigner('ledger.test/contract')],
  ])(`ledger contract: ${name}, %s`, (_, signer) => {
    let subject: LedgerUnderTest;
    let ledger: LedgerLog;
    const append = (...events: readonly LedgerEvent[]) => ledger.append(events, evidenceFor(...events));
    const begin = () => append(policyEvent(), registeredEvent('fraud', '1.0.0'));
    beforeEach(async () => {
      subject = await start();
      ledger = await subject.open({ signer });
    });
    afterEach(() => subject.dispose());

    test('gives the catalogues of several models at once, and the digest of each', async () => {
      await begin();
      await append(registeredEvent('spam', '1.0.0'));
      const names = ['fraud', 'spam', 'unknown'].map(parseModelName);
      const catalogues = await ledger.catalogues(names);
      expect([...catalogues.keys()]).toEqual(['fraud', 'spam']);
      for (const [model, catalogue] of catalogues) expect(catalogue).toEqual(await ledger.catalogue(model));
      const before = await ledger.catalogueHashes();
      expect([...before.keys()]).toEqual(['fraud', 'spam']);
      await append(registeredEvent('spam', '1.1.0'));
      await ledger.head();
      const after = await ledger.catalogueHashes();
      expect(after.get(fraud)).toBe(before.get(fraud));
      expect(after.get(parseModelName('spam'))).not.toBe(before.get(parseModelName('spam')));
    });

    test('keeps what a version was made of', async () => {
      const dependency = { kind: 'base', role: null, ref: 'registry:llama', pin: '1.2.0', range: '^1.2' } as const;
      const event = registeredEvent('fraud', '1.0.0') as Extract<LedgerEvent, { type: 'registered' }>;
      const body = { ...event.body, dependencies: [dependency] };
      await append(policyEvent(), testEvent('registered', { model: 'fraud', version: '1.0.0', body }));
      expect((await ledger.catalogue(fraud))?.versions[0]?.dependencies).toEqual([dependency]);
    });

    test('is empty before the first append', async () => {
      expect(await ledger.head()).toMatchObject({ size: 0, checkpoint: '' });
      expect(await ledger.models()).toEqual([]);
      expect(await ledger.policy()).toBeNull();
      expect(await ledger.catalogue(fraud)).toBeNull();
      expect(await ledger.paths()).toEqual([]);
      expect(await ledger.entries(0, 10)).toEqual([]);
      expect(await ledger.file('checkpoint')).toBeNull();
      expect(await ledger.append([])).toEqual([]);
      expect(await ledger.rebuild()).toEqual([]);
      expect(await ledger.lastSeen()).toBeNull();
      expect(await ledger.readOnly()).toBeNull();
    });

    test('a log begins with policy-changed', async () => {
      await expectCode(append(registeredEvent('fraud', '1.0.0')), 'ledger/illegal');
      expect((await ledger.head()).size).toBe(0);
    });

    test('an append is seen by its writer and by others', async () => {
      const receipts = await begin();
      expect(receipts.map(({ index, outcome }) => [index, outcome])).toEqual([
        [0, 'appended'],
        [1, 'appended'],
      ]);
      for (const reader of [ledger, await subject.open({ signer })]) {
        const head = await reader.head();
        expect(head.size).toBe(2);
        expect(head.signed).toBe(signer !== null);
        expect(parseSignedNote(head.checkpoint) !== null).toBe(signer !== null);
        expect(await reader.models()).toEqual(['fraud']);
        expect(await reader.policy()).toMatchObject({ stages: testStages });
        const catalogue = await reader.catalogue(fraud);
        expect(catalogue?.versions.map(({ version, entry }) => [version, entry])).toEqual([['1.0.0', 1]]);
        const bytes = await reader.evidence(digestOf(snapshotText('fraud', '1.0.0')));
        expect(new TextDecoder().decode(bytes ?? undefined)).toBe(snapshotText('fraud', '1.0.0'));
        expect(await reader.evidence(digestOf('never'))).toBeNull();
        const entries = await reader.entries(0, 99);
        expect(entries.map((entry) => peekEntry(entry))).toMatchObject([
          { value: { event: { type: 'policy-changed' } } },
          { value: { event: { type: 'registered', version: '1.0.0' } } },
        ]);
        expect(await reader.entries(1, 2)).toEqual([entries[1]]);
        expect((await reader.files(['checkpoint', 'nothing/here'])).size).toBe(1);
      }
    });

    test('the same events again change nothing and say where they are', async () => {
      await begin();
      const checkpoint = (await ledger.head()).checkpoint;
      const again = await append(policyEvent(), registeredEvent('fraud', '1.0.0', { time: '2026-06-01T00:00:00Z' }));
      expect(again.map(({ index, outcome }) => [index, outcome])).toEqual([
        [0, 'present'],
        [1, 'present'],
      ]);
      expect((await ledger.head()).checkpoint).toBe(checkpoint);
      const mixed = await append(policyEvent(), registeredEvent('fraud', '1.1.0', { previous: '1.0.0' }));
      expect(mixed.map(({ index, outcome }) => [index, outcome])).toEqual([
        [0, 'present'],
        [2, 'appended'],
      ]);
    });

    test('a move whose stage points elsewhere is a conflict', async () => {
      await begin();
      await append(registeredEvent('fraud', '1.1.0'), transitionedEvent('fraud', '1.0.0', { to: 'production' }));
      await expectCode(append(transitionedEvent('fraud', '1.1.0', { to: 'production' })), 'ledger/conflict');
      const [receipt] = await append(transitionedEvent('fraud', '1.1.0', { to: 'production', replaces: '1.0.0' }));
      expect(receipt?.index).toBe(4);
      expect((await ledger.catalogue(fraud))?.stages).toEqual({ production: '1.1.0' });
    });

    test('an append is whole or not at all', async () => {
      await begin();
      const events = [registeredEvent('fraud', '2.0.0'), transitionedEvent('fraud', '1.0.0', { to: 'nowhere' })];
      await expectCode(ledger.append(events, evidenceFor(...events)), 'ledger/illegal');
      expect((await ledger.head()).size).toBe(2);
      expect((await ledger.catalogue(fraud))?.versions).toHaveLength(1);
    });

    test('moves of one append are judged in their order', async () => {
      await begin();
      await append(
        registeredEvent('fraud', '1.1.0'),
        transitionedEvent('fraud', '1.0.0', { to: 'staging' }),
        transitionedEvent('fraud', '1.1.0', { to: 'staging', replaces: '1.0.0' }),
        rolledBackEvent('fraud', '1.0.0', { stage: 'staging', replaces: '1.1.0' }),
      );
      const catalogue = await ledger.catalogue(fraud);
      expect(catalogue?.stages).toEqual({ staging: '1.0.0' });
      expect(catalogue?.frozen.map(({ identity }) => identity)).toEqual([identityOf('fraud', '1.1.0')]);
    });

    test('of two concurrent moves of one stage exactly one wins', async () => {
      await begin();
      await append(registeredEvent('fraud', '1.1.0'));
      const other = await subject.open({ signer });
      const outcomes = await Promise.allSettled([
        ledger.append([transitionedEvent('fraud', '1.0.0', { to: 'production' })]),
        other.append([transitionedEvent('fraud', '1.1.0', { to: 'production' })]),
      ]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(lost.map(({ reason }) => (reason as { code: string }).code)).toEqual(['ledger/conflict']);
      expect((await ledger.head()).size).toBe(4);
    });

    test('evidence has the bytes that its digest says, and is there', async () => {
      await begin();
      const event = testEvent('evidence-added', {
        model: 'fraud',
        version: '1.0.0',
        body: { metrics: digestOf('{"acc":1}'), id: 'eval', level: 'attested', proof: digestOf('{}') },
      });
      await expectCode(
        ledger.append([event], new Map([[digestOf('{"acc":1}'), utf8('{"acc":2}')]])),
        'ledger/evidence-differs',
      );
      await expectCode(ledger.append([event]), 'ledger/malformed-event');
      await expectCode(
        ledger.append(
          [event],
          new Map([
            [digestOf('x'), utf8('x')],
            [digestOf('{"acc":1}'), utf8('{"acc":1}')],
          ]),
        ),
        'ledger/malformed-event',
      );
      const evidence = new Map([[digestOf('{"acc":1}'), utf8('{"acc":1}')]]);
      await expectCode(ledger.append([event], evidence), 'ledger/malformed-event');
      await ledger.append([event], evidence.set(digestOf('{}'), utf8('{}')));
      expect((await ledger.catalogue(fraud))?.versions[0]?.addedEvidence).toMatchObject([{ id: 'eval' }]);
    });

    test('an entry that is too large is refused by name', async () => {
      await begin();
      const detail = { text: 'x'.repeat(70_000) };
      await expectCode(append(testEvent('annotated', { model: 'fraud', body: { detail } })), 'ledger/entry-too-large');
    });

    test('a log is signed or unsigned from its first entry', async () => {
      await begin();
      const other = await subject.open({ signer: signer === null ? testSigner('ledger.test/contract') : null });
      const event = registeredEvent('fraud', '1.1.0');
      const code = signer === null ? 'ledger/unsigned' : 'ledger/unsigned';
      await expectCode(other.append([event], evidenceFor(event)), code);
    });

    const grow = () =>
      append(
        registeredEvent('churn', '0.1.0'),
        registeredEvent('fraud', '1.1.0'),
        transitionedEvent('fraud', '1.0.0', { to: 'production' }),
      );
    const again = () => subject.open({ signer });
    const findings = async (otherCheckpoints: VerifyLogOptions['otherCheckpoints'] = []) => {
      const verdict = await verifyLog({
        paths: await ledger.paths(),
        read: (paths) => ledger.files(paths),
        trust: {
          sha256: nodeSha256,
          verifySignature: nodeVerify,
          verifierKeys: signer === null ? [] : [signer.verifierKey],
        },
        otherCheckpoints,
      });
      return verdict.findings;
    };

    test('a catalogue that somebody edited is not believed, and is made anew from the entries', async () => {
      await begin();
      await grow();
      await subject.edit((files) => {
        const text = new TextDecoder().decode(files.get('models/fraud/catalogue.json'));
        files.set('models/fraud/catalogue.json', utf8(text.replace('"production": "1.0.0"', '"production": "1.1.0"')));
      });
      await expectCode((await again()).catalogue(fraud), 'ledger/derived-differs');
      expect((await (await again()).catalogue(parseModelName('churn')))?.versions).toHaveLength(1);
      const move = transitionedEvent('fraud', '1.0.0', { to: 'production', replaces: '1.1.0' });
      await expectCode(append(move), 'ledger/derived-differs');
      expect((await ledger.head()).size).toBe(5);
      expect(await ledger.rebuild()).toEqual(['models/fraud/catalogue.json']);
      expect(await ledger.rebuild()).toEqual([]);
      expect((await (await again()).catalogue(fraud))?.stages).toEqual({ production: '1.0.0' });
      await expectCode(append(move), 'ledger/conflict');
    });

    test('a ledger whose files nothing vouches for is not read until they are made anew', async () => {
      await begin();
      await grow();
      await subject.edit((files) => {
        for (const path of files.keys()) if (path.startsWith('map/') || path === 'models/names.txt') files.delete(path);
      });
      for (const read of [
        async () => (await again()).head(),
        async () => (await again()).catalogue(fraud),
        async () => (await again()).models(),
        async () => append(registeredEvent('fraud', '1.2.0')),
      ])
        await expectCode(read(), 'ledger/unbound');
      expect(await ledger.rebuild()).toContain('map/head');
      expect(await (await again()).models()).toEqual(['churn', 'fraud']);
      expect((await append(registeredEvent('fraud', '1.2.0')))[0]?.index).toBe(5);
    });

    test('a log that was cut, written anew or deleted is not taken by a clone that saw more of it', async () => {
      await begin();
      const before = await ledger.files(await ledger.paths());
      await grow();
      const { checkpoint } = await ledger.head();
      const after = await ledger.files(await ledger.paths());
      expect(await ledger.lastSeen()).toBe(checkpoint);
      const restore = (kept: ReadonlyMap<string, Uint8Array>) =>
        subject.edit((files) => {
          files.clear();
          for (const [path, bytes] of kept) files.set(path, bytes);
        });
      for (const lost of [before, new Map<string, Uint8Array>()]) {
        await restore(lost);
        await expectCode(ledger.head(), 'ledger/rewound');
        await expectCode(append(registeredEvent('fraud', '3.0.0')), 'ledger/rewound');
        await expectCode(ledger.catalogue(fraud), 'ledger/rewound');
        expect(await ledger.lastSeen()).toBe(checkpoint);
      }
      await restore(after);
      expect((await ledger.head()).size).toBe(5);
      await restore(new Map());
      expect(await ledger.forgetSeen()).toBe(true);
      expect(await ledger.forgetSeen()).toBe(false);
      expect((await ledger.head()).size).toBe(0);
      const events = [policyEvent(['one', 'two']), registeredEvent('fraud', '7.0.0')];
      await append(...events);
      // The log that was before goes further, and is another one.
      await restore(after);
      await expectCode(ledger.head(), 'ledger/rewound');
    });

    test('entries that lead elsewhere than the checkpoint are not read', async () => {
      await begin();
      await subject.edit((files) => {
        const bytes = (files.get('tile/entries/000.p/2') as Uint8Array).slice();
        bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
        files.set('tile/entries/000.p/2', bytes);
      });
      await expectCode((await again()).entries(0, 1), 'ledger/malformed');
      await expectCode(ledger.rebuild(), 'ledger/rebuild-refused');
      // A branch without a head is no place for a new log.
      await subject.edit((files) => {
        for (const path of ['checkpoint', 'state.json', 'map/head']) files.delete(path);
      });
      await ledger.forgetSeen();
      await expectCode((await again()).catalogue(fraud), 'ledger/damaged');
      await expectCode(append(policyEvent(['one', 'two'])), 'ledger/damaged');
    });

    test(
      'evidence of a full bundle is one file, and is read from there',
      async () => {
        await begin();
        const texts = Array.from({ length: 300 }, (_, at) => `{"decision":${at}}`);
        const decided = (text: string) =>
          testEvent('gate-decided', {
            model: 'fraud',
            body: {
              transition: 'staging',
              verdict: 'pass',
              outcome: 'applied',
              decision: digestOf(text),
              pull: null,
              statusContext: 'weighbridge',
            },
          });
        const decide = (some: readonly string[]) =>
          ledger.append(some.map(decided), new Map(some.map((text) => [digestOf(text), utf8(text)])));
        await decide(texts.slice(0, 200));
        // A writer that has none of the documents which it puts together.
        ledger = await again();
        await decide(texts.slice(200));
        const paths = await ledger.paths();
        expect(paths.filter((path) => path.startsWith('evidence/bundle/'))).toEqual(['evidence/bundle/000']);
        expect(paths.filter((path) => path.startsWith('evidence/sha256/'))).toHaveLength(46);
        const reader = await again();
        for (const at of [0, 253, 254, 299])
          expect(await reader.evidence(digestOf(`{"decision":${at}}`), at + 2)).toEqual(
            (await reader.evidence(digestOf(`{"decision":${at}}`))) ?? expect.fail('no evidence'),
          );
        expect(await reader.evidence(digestOf('never'))).toBeNull();
        // Of a bundle, a file of its own, one whose entry is told wrongly, and one that is not there.
        const at = (place: number, entry: number | null) => ({ digest: digestOf(`{"decision":${place}}`), entry });
        const asked = [at(0, 2), at(299, 301), at(1, 290), at(500, 502), at(2, null)];
        const found: (readonly [Digest, number])[] = [];
        await reader.documents([...asked, at(299, 301)], (digest, bytes) => found.push([digest, bytes.length]));
        const lengths = new Map(found);
        expect(asked.map(({ digest }) => lengths.get(digest))).toEqual([14, 16, 14, undefined, 14]);
        // Each once, however often it is asked for.
        expect(found).toHaveLength(4);
        // As an earlier version wrote it.
        await subject.edit((files) => {
          const bundle = parseEvidenceBundle(files.get('evidence/bundle/000') as Uint8Array) ?? [];
          for (const [digest, bytes] of bundle) files.set(evidencePath(digest), bytes);
          files.delete('evidence/bundle/000');
        });
        ledger = await again();
        expect(await ledger.rebuild()).toHaveLength(256);
        ledger = await again();
        expect(await ledger.paths()).toEqual(paths);
        expect(await findings()).toEqual([]);
      },
      longTimeoutMs,
    );

    test('passes an audit after every append', async () => {
      await begin();
      await append(registeredEvent('churn', '0.1.0'), registeredEvent('fraud', '1.1.0', { previous: '1.0.0' }));
      await append(transitionedEvent('fraud', '1.0.0', { to: 'production' }));
      await append(transitionedEvent('fraud', '1.1.0', { to: 'production', replaces: '1.0.0' }));
      const first = (await ledger.head()).checkpoint;
      await append(rolledBackEvent('fraud', '1.0.0', { stage: 'production', replaces: '1.1.0' }));
      expect(await findings([{ from: 'a release', text: first }])).toEqual([]);
      expect((await ledger.head()).size).toBe(7);
    });
  });
  describeArtifactLists(name, start);
}
