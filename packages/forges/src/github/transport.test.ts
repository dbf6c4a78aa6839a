import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeGitHub, type Repository, fakeGitHub } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGitHub } from './open-github.js';
import { shortened } from './statuses.js';
import type { ProxySetting } from './transport.js';

let hub: FakeGitHub;
let repository: Repository;
let proxy: Server;
let tunnels: string[];

beforeEach(async () => {
  hub = await fakeGitHub();
  repository = hub.addRepository({ name: 'acme/models' });
  tunnels = [];
  proxy = createServer((request, response) => {
    // As a web proxy does it for plain addresses: the whole address is in the request line.
    tunnels.push(request.url ?? '');
    const headers = Object.entries(request.headers).filter(([name]) => name !== 'host' && !name.startsWith('proxy'));
    const forwarded = fetch(request.url ?? '', { headers: headers.map(([name, value]) => [name, String(value)]) });
    void forwarded.then(async (answer) =>
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()),
    );
  });
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => {
    proxy.close(resolve);
  });
  await hub.dispose();
});

async function requestsThrough(setting: (address: string) => ProxySetting): Promise<number> {
  const { urls } = await hub.listen();
  const token = hub.actionsToken(repository, { 'pull-requests': 'read' });
  const { clock } = hub.reach(repository, token);
  const forge = openGitHub({
    apiUrl: urls.api,
    graphqlUrl: urls.graphql,
    serverUrl: urls.server,
    repository: 'acme/models',
    token,
    clock,
    secondMs: 1,
    bounds: { retries: 0 },
    proxy: setting(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`),
  });
  await forge.openPulls(5).catch(() => undefined);
  return tunnels.length;
}

test('without a proxy the forge is asked directly', async () => {
  expect(await requestsThrough(() => ({}))).toBe(0);
  expect(hub.requests).toHaveLength(1);
});

test('a proxy is asked where one is set', async () => {
  expect(await requestsThrough((http) => ({ http }))).toBe(1);
});

test('hosts that NO_PROXY names are asked directly', async () => {
  expect(await requestsThrough((http) => ({ http, none: 'example.test,127.0.0.1' }))).toBe(0);
  expect(hub.requests).toHaveLength(1);
});

test('only the addresses that were given are asked', async () => {
  const asked: string[] = [];
  const token = hub.actionsToken(repository, { 'pull-requests': 'read', contents: 'read', checks: 'read' });
  const { fetch: answer, ...reach } = hub.reach(repository, token);
  hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
  const watched: typeof fetch = (input, init) => {
    asked.push(new URL(input as string).host);
    return answer(input, init);
  };
  await openGitHub({ ...reach, fetch: watched }).pull(number, { comments: true });
  expect(new Set(asked)).toEqual(new Set(['api.hub.test']));
});

test.each([
  ['short', 'Waiting for ml', 'Waiting for ml'],
  ['of exactly 140', 'a'.repeat(140), 'a'.repeat(140)],
  ['longer, cut at a word', `${'word '.repeat(40)}end`, `${'word '.repeat(26)}word…`],
  ['longer without words', 'a'.repeat(200), `${'a'.repeat(139)}…`],
])('a description that is %s', (_, given, expected) => {
  const text = shortened(given);
  expect(text.length).toBeLessThanOrEqual(140);
  expect(text).toBe(expected);
});
