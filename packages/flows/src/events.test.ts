import { digestBytes, parseModelName, parseVersion, utf8 } from '@weighbridge/core';
import type { DocumentKind, EventBodies } from '@weighbridge/ledger';
import { nodeSha256, registeredEvent, testContext } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { makeEvent } from './events.js';

const body = registeredEvent('fraud', '1.0.0').body as EventBodies['registered'];
const made = (kind: DocumentKind, text: string) => ({ kind, digest: digestBytes(nodeSha256, utf8(text)) });
const idOf = (registered: EventBodies['registered'], time = '2026-05-01T12:00:00Z') =>
  makeEvent(nodeSha256, {
    type: 'registered',
    model: parseModelName('fraud'),
    version: parseVersion('1.0.0'),
    context: testContext({ time }),
    body: registered,
  }).id;

test('an event is the same whenever it is written, and whatever documents tell of that moment', () => {
  expect(idOf(body, '2026-05-02T12:00:00Z')).toBe(idOf(body));
  expect(idOf({ ...body, documents: [made('bom', 'then')] })).toBe(idOf(body));
  expect(idOf({ ...body, documents: [made('bom', 'later'), made('model-card', 'x')] })).toBe(idOf(body));
});

test('an event of other content is another', () => {
  expect(idOf({ ...body, identity: digestBytes(nodeSha256, utf8('other')) })).not.toBe(idOf(body));
});
