import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askText, type Service } from './ask-json.js';
import { openRanges } from './open-ranges.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A service that sends a byte after each of these times, and keeps to the signal as the platform's fetch does. */
function dripping(everyMs: number, sizeBytes: number, waits: number[] = []): Service {
  const send: typeof fetch = async (_url, { signal } = {}) => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const timer = setInterval(() => {
          controller.enqueue(new Uint8Array([sent++]));
          if (sent < sizeBytes) return;
          clearInterval(timer);
          controller.close();
        }, everyMs);
        signal?.addEventListener('abort', () => {
          clearInterval(timer);
          controller.error(signal.reason);
        });
      },
    });
    return new Response(body, { status: 206 });
  };
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  return { baseUrl: 'https://hub.test', authorization: null, fetch: send, sleep };
}

async function readAll(service: Service, sizeBytes: number): Promise<string> {
  const explain = ({ because }: { readonly because: string }) => ({ because, remedy: '' });
  const file = openRanges({ service, question: { path: '/x' }, address: 'hf://acme/x', sizeBytes, explain });
  const reading = file.read(0, sizeBytes).then(
    (bytes) => bytes.join(),
    (error: { readonly code: string }) => error.code,
  );
  await vi.advanceTimersByTimeAsync(3_600_000);
  return reading;
}

test('a range may take long as long as something comes', async () => {
  expect(await readAll(dripping(20_000, 6), 6)).toBe('0,1,2,3,4,5');
});

test('a range that stands still, or comes drop by drop, is given up after three tries', async () => {
  const waits: number[] = [];
  expect(await readAll(dripping(31_000, 1, waits), 1)).toBe('source/unread');
  expect(await readAll(dripping(20_000, 100), 100)).toBe('source/unread');
  expect(waits).toHaveLength(2);
});

test('what is no range has half a minute in all', async () => {
  const asking = askText(dripping(20_000, 3), { path: '/x' });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await asking).toMatchObject({ kind: 'refused' });
});

test('those who are refused together do not come again together', async () => {
  const waits: number[] = [];
  vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(0.75);
  await readAll(dripping(31_000, 1, waits), 1);
  expect(waits).toEqual([250, 1250]);
  expect(vi.getTimerCount()).toBe(0);
});
