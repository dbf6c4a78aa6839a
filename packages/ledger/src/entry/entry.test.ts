import { canonicalJson, utf8, type WeighbridgeError } from '@weighbridge/core';
import {
  appliedEvent,
  approvedEvent,
  bypassedEvent,
  digestOf,
  gateDecidedEvent,
  identityOf,
  nodeSha256,
  nodeVerify,
  policyEvent,
  registeredEvent,
  rolledBackEvent,
  testApproval,
  testEvent,
  testSigner,
  transitionedEvent,
  waivedEvent,
} from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../event.js';
import { parseVerifierKey } from '../note/key.js';
import { formatEntry, parseEntry, peekEntry, preAuthenticationEncoding } from './entry.js';
import { eventTypes } from './event-schema.js';
import { eventId, formatStatement, parseStatement } from './statement.js';

const signer = testSigner('ledger.test/entry');
const keys = [parseVerifierKey(nodeSha256, signer.verifierKey)];
const signed = { signed: true, keys, verifySignature: nodeVerify };
const unsigned = { signed: false, keys: [], verifySignature: nodeVerify };
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const identity = identityOf('fraud', '1.0.0');
const detail = { deep: [{ er: ['\u00e9', 1.5, true, null] }] };
const about = { model: 'fraud', version: '1.0.0' } as const;

/** One event of every type. */
const samples: readonly LedgerEvent[] = [
  registeredEvent('fraud', '1.0.0'),
  testEvent('transitioned', {
    ...about,
    body: {
      from: 'staging',
      to: 'production',
      replaces: null,
      identity,
      decision: digestOf('d'),
      verdict: 'pass',
      approvals: [testApproval('bob'), testApproval('carol', 'risk')],
      pull: 17,
    },
  }),
  testEvent('rolled-back', {
    ...about,
    body: {
      stage: 'production',
      replaces: '1.1.0' as never,
      identity,
      frozen: digestOf('f'),
      approvals: [],
      pull: null,
    },
  }),
  testEvent('aliased', { ...about, body: { alias: 'champion', replaces: null, removed: false } }),
  testEvent('archived', { ...about, body: { from: 'staging' } }),
  testEvent('deprecated', { model: 'fraud', body: { scope: 'model' } }),
  approvedEvent('fraud', '1.0.0', { transition: 'staging -> production' }),
  waivedEvent('fraud', { gate: 'accuracy', identity, expires: '2026-12-31' }),
  testEvent('waiver-revoked', { model: 'fraud', body: { gate: 'accuracy', identity, expires: '2026-12-31' } }),
  gateDecidedEvent('fraud', { transition: 'staging -> production', verdict: 'fail', outcome: 'held-back' }),
  testEvent('evidence-added', {
    ...about,
    body: { metrics: digestOf('m'), id: 'eval', level: 'attested', proof: digestOf('p') },
  }),
  testEvent('signed', {
    ...about,
    body: { signature: digestOf('b'), root: digestOf('r'), kind: 'key', signer: 'ab'.repeat(32) },
  }),
  testEvent('deployed', { ...about, body: { environment: 'eu', detail } }),
  testEvent('observed', { ...about, body: { detail } }),
  testEvent('synced', { ...about, body: { registry: 'mlflow', detail } }),
  testEvent('tiered', { ...about, body: { tier: 'cold', detail } }),
  testEvent('annotated', { ...about, body: { detail } }),
  testEvent('bytes-released', {
    ...about,
    body: {
      rule: 'retention.archived.production: 730d',
      policy: digestOf('p'),
      since: '2025-01-01T00:00:00Z',
      bytes: 12,
      entries: 3,
    },
  }),
  testEvent('held', { ...about, body: { matter: 'acme-v-doe', until: '2027-12-31' } }),
  testEvent('hold-released', { ...about, body: { matter: 'acme-v-doe' } }),
  policyEvent(),
  appliedEvent('fraud', { production: '1.0.0', staging: null }, { aliases: { champion: '1.0.0' }, pull: 17 }),
  bypassedEvent('fraud', { production: '1.0.0' }, { because: 'pushed without a pull request' }),
];

/** Entries as they were written before approvals, pull requests and reasons had a place in them. */
const olderBodies: readonly LedgerEvent[] = [
  transitionedEvent('fraud', '1.0.0', { to: 'production' }),
  rolledBackEvent('fraud', '1.0.0', { stage: 'production', replaces: '1.1.0' }),
  testEvent('waived', { ...about, body: { gate: 'accuracy', identity, expires: null } }),
];

describe('statements', () => {
  test('there is a sample of every type', () => {
    expect(samples.map(({ type }) => type).sort()).toEqual([...eventTypes].sort());
  });

  test.each(samples.map((event) => [event.type, event] as const))('%s is read back', (_, event) => {
    expect(parseStatement(formatStatement(event))).toEqual({ value: event });
    for (const trust of [signed, unsigned]) {
      const bytes = formatEntry(nodeSha256, event, trust.signed ? signer : null);
      expect(parseEntry(bytes, trust)).toMatchObject({ value: { event } });
      expect(peekEntry(bytes)).toMatchObject({ value: { event } });
      expect(text(bytes)).toBe(canonicalJson(JSON.parse(text(bytes))));
    }
  });

  test.each(olderBodies.map((event) => [event.type, event] as const))('an older %s is read back', (_, event) => {
    expect(parseStatement(formatStatement(event))).toEqual({ value: event });
  });

  const bodyOf = (type: LedgerEvent['type']) => {
    const event = samples.find((sample) => sample.type === type) as LedgerEvent;
    return (change: Record<string, unknown>) => ({ ...event, body: { ...event.body, ...change } }) as LedgerEvent;
  };
  test.each([
    ['transitioned', { approvals: null }],
    ['transitioned', { approvals: [{ ...testApproval('bob'), id: 42 }] }],
    ['transitioned', { approvals: [{ ...testApproval('bob'), submittedAt: 'yesterday' }] }],
    ['transitioned', { approvals: [{ ...testApproval('bob'), mail: 'bob@acme.test' }] }],
    ['rolled-back', { pull: -1 }],
    ['rolled-back', { pull: '17' }],
    ['approved', { review: { id: '1' } }],
    ['approved', { evidence: 'none' }],
    ['waived', { rule: null }],
    ['waived', { approvedBy: ['bob'] }],
    ['gate-decided', { outcome: 'done' }],
    ['gate-decided', { statusContext: '' }],
    ['applied', { stages: { 'pro duction': '1.0.0' } }],
    ['applied', { aliases: { champion: 'latest' } }],
    ['applied', { stages: [] }],
    ['bypassed', { commits: ['HEAD'] }],
    ['bypassed', { requested: null }],
  ] as const)('%s with %j is refused', (type, change) => {
    expect(() => formatStatement(bodyOf(type)(change))).toThrowError(
      expect.objectContaining({ code: 'ledger/malformed-event' }),
    );
  });

  test('are in-toto statements about a model version and its identity', () => {
    expect(JSON.parse(text(formatStatement(registeredEvent('fraud', '1.0.0'))))).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'fraud@1.0.0', digest: { sha256: identity.slice(7) } }],
      predicateType: 'https://weighbridge.dev/ledger/registered/v1',
    });
    const deprecated = samples.find(({ type }) => type === 'deprecated') as LedgerEvent;
    expect(JSON.parse(text(formatStatement(deprecated)))).toMatchObject({
      subject: [{ name: 'fraud', digest: { 'weighbridge-event': deprecated.id } }],
    });
  });

  test('no byte of an entry can change', () => {
    const random = fc.sample(fc.nat(), { seed: 8, numRuns: 400 });
    for (const trust of [signed, unsigned]) {
      const bytes = formatEntry(nodeSha256, registeredEvent('fraud', '1.0.0'), trust.signed ? signer : null);
      const original = canonicalJson(parseEntry(bytes, trust));
      for (const number of random) {
        const changed = bytes.slice();
        const at = number % bytes.length;
        changed.set([(bytes.at(at) ?? 0) ^ (1 << (number % 7))], at);
        const parsed = parseEntry(changed, trust);
        // Without a signature another event may result, but never the same one from other bytes.
        if (trust.signed) expect(parsed).toHaveProperty('fault');
        else expect(canonicalJson(parsed)).not.toBe(original);
      }
    }
  });

  const valid = () => JSON.parse(text(formatStatement(registeredEvent('fraud', '1.0.0'))));
  const refused: readonly (readonly [string, (statement: ReturnType<typeof valid>) => unknown])[] = [
    ['an unknown member of the statement', (it) => ({ ...it, more: 1 })],
    ['an unknown member of the predicate', (it) => ({ ...it, predicate: { ...it.predicate, more: 1 } })],
    [
      'an unknown member of the body',
      (it) => ({ ...it, predicate: { ...it.predicate, body: { ...it.predicate.body, more: 1 } } }),
    ],
    ['a missing member', (it) => ({ ...it, predicate: { ...it.predicate, id: undefined } })],
    ['another type', (it) => ({ ...it, predicateType: 'https://weighbridge.dev/ledger/archived/v1' })],
    ['an unknown type', (it) => ({ ...it, predicateType: 'https://weighbridge.dev/ledger/toString/v1' })],
    ['another subject', (it) => ({ ...it, subject: [{ name: 'churn@1.0.0', digest: it.subject[0].digest }] })],
    [
      'a day that does not exist',
      (it) => ({
        ...it,
        predicate: { ...it.predicate, context: { ...it.predicate.context, time: '2026-02-30T00:00:00Z' } },
      }),
    ],
    ['a model name with a slash', (it) => ({ ...it, predicate: { ...it.predicate, model: '../x' } })],
    [
      'an upper-case digest',
      (it) => ({
        ...it,
        predicate: { ...it.predicate, body: { ...it.predicate.body, identity: `sha256:${'A'.repeat(64)}` } },
      }),
    ],
    [
      'a negative size',
      (it) => ({
        ...it,
        predicate: {
          ...it.predicate,
          body: { ...it.predicate.body, artifacts: [{ path: 'a', size: -1, sha256: 'ab'.repeat(32) }] },
        },
      }),
    ],
    ['a list', () => []],
    ['null', () => null],
  ];
  test.each(refused)('%s is refused', (_, change) => {
    expect(parseStatement(utf8(canonicalJson(change(valid()))))).toHaveProperty('fault');
  });

  test('other spellings of the same statement are refused', () => {
    const source = text(formatStatement(registeredEvent('fraud', '1.0.0')));
    const spellings = [
      ` ${source}`,
      `${source}\n`,
      `\ufeff${source}`,
      source.replace('"fraud"', '"\\u0066raud"'),
      JSON.stringify(JSON.parse(source), null, 1),
    ];
    for (const spelling of spellings) expect(parseStatement(utf8(spelling))).toHaveProperty('fault');
  });

  test('hostile bytes are a fault and nothing else', () => {
    const deep = `{"predicateType":"x","predicate":${'['.repeat(60_000)}`;
    for (const source of ['', '{', deep, '{"__proto__":{"a":1}}', '"\\ud800"', '1e999']) {
      expect(parseStatement(utf8(source))).toHaveProperty('fault');
      expect(parseEntry(utf8(source), unsigned)).toHaveProperty('fault');
      expect(parseEntry(utf8(`{"payload":${source}`), signed)).toHaveProperty('fault');
    }
    expect(parseStatement(Uint8Array.of(0xff, 0xfe))).toHaveProperty('fault');
    const event = testEvent('annotated', { ...about, body: { detail: {} } });
    const withDetail = (value: unknown) => ({ ...event, body: { detail: value } }) as LedgerEvent;
    const proto = withDetail(JSON.parse('{"__proto__":1}'));
    expect(() => formatStatement(proto)).toThrowError(expect.objectContaining({ code: 'ledger/malformed-event' }));
    expect(() => formatStatement(withDetail({ half: '\ud800' }))).toThrowError(
      expect.objectContaining({ code: 'ledger/malformed-event' }),
    );
  });
});

describe('signed entries', () => {
  const event = registeredEvent('fraud', '1.0.0');

  test('sign the pre-authentication encoding of DSSE v1', () => {
    expect(text(preAuthenticationEncoding(utf8('hello')))).toBe('DSSEv1 28 application/vnd.in-toto+json 5 hello');
  });

  test('of the other kind, or of a key that is not trusted, are refused', () => {
    const bytes = formatEntry(nodeSha256, event, signer);
    expect(parseEntry(bytes, unsigned)).toMatchObject({ fault: 'it is signed, and the log is not' });
    expect(parseEntry(formatEntry(nodeSha256, event, null), signed)).toMatchObject({
      fault: 'it is not signed, and the log is',
    });
    expect(parseEntry(bytes, { ...signed, keys: [] })).toHaveProperty('fault');
    const sameName = formatEntry(nodeSha256, event, testSigner('ledger.test/entry', 9));
    expect(parseEntry(sameName, signed)).toHaveProperty('fault');
  });

  test('hold at most 65,535 bytes', () => {
    const large = (length: number) =>
      testEvent('annotated', { ...about, body: { detail: { text: 'x'.repeat(length) } } });
    const code = (run: () => unknown) => {
      try {
        return String(run()).slice(0, 0);
      } catch (error) {
        return (error as WeighbridgeError).code;
      }
    };
    const overhead = formatEntry(nodeSha256, large(0), null).length;
    expect(formatEntry(nodeSha256, large(65_535 - overhead), null).length).toBe(65_535);
    expect(code(() => formatEntry(nodeSha256, large(65_536 - overhead), null))).toBe('ledger/entry-too-large');
    expect(code(() => formatEntry(nodeSha256, large(60_000), signer))).toBe('ledger/entry-too-large');
    expect(code(() => formatEntry(nodeSha256, large(45_000), signer))).toBe('');
  });
});

test('an id says what an event means and not when it was written', () => {
  const base = { type: 'archived', model: null, version: null, body: { from: null } } as const;
  const id = eventId(nodeSha256, base);
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(eventId(nodeSha256, { ...base })).toBe(id);
  expect(eventId(nodeSha256, { ...base, occasion: 1 })).not.toBe(id);
  expect(eventId(nodeSha256, { ...base, body: { from: 'staging' } })).not.toBe(id);
});
