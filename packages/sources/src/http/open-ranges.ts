import { weighbridgeError } from '@weighbridge/core';
import type { RemoteFiles } from '@weighbridge/ports';
import { askAnything, type Question, readBody, type RefusedAnswer, type Service } from './ask-json.js';

type OpenRemote = Awaited<ReturnType<RemoteFiles['open']>>;

/** A service that knows no ranges sends the whole: so much of it is read for one. */
const maxWholeBytes = 64 * 1024 * 1024;

/** A file of a service over HTTP. */
export interface RangedFile {
  readonly service: Service;
  readonly question: Question;
  /** What messages call it. */
  readonly address: string;
  readonly sizeBytes: number;
  /** Why a refusal is one, and what to do about it, in the words of the service. */
  readonly explain: (refused: RefusedAnswer) => { readonly because: string; readonly remedy: string };
}

/**
 * A file by ranges (RFC 9110, 14), which fetch asks for as they are kept: with a Range header it takes no compression
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). @throws in a read: source/gone, source/unread, source/changed
 */
export function openRanges(file: RangedFile): OpenRemote {
  const { service, question, address, sizeBytes, explain } = file;
  return {
    name: address,
    sizeBytes,
    async read(offset, lengthBytes) {
      if (lengthBytes === 0) return new Uint8Array(0);
      const headers = {
        range: `bytes=${offset}-${offset + lengthBytes - 1}`,
        accept: '*/*',
      };
      const range = { offset, lengthBytes, sizeBytes };
      const answer = await askAnything(service, { ...question, headers }, (response, moved) =>
        readRange(response, { ...range, moved }),
      );
      if (answer.kind === 'bytes') return answer.bytes;
      if (answer.status === 404) throw weighbridgeError('source/gone', { address });
      if (answer.status === 416) throw weighbridgeError('source/changed', { address, what: 'it is shorter now' });
      throw weighbridgeError('source/unread', { reference: address, ...explain(answer) });
    },
    close: async () => {},
  };
}

interface WantedRange {
  readonly offset: number;
  readonly lengthBytes: number;
  /** Of the whole file. */
  readonly sizeBytes: number;
  readonly moved: () => void;
}

async function readRange(
  response: Response,
  { offset, lengthBytes, sizeBytes, moved }: WantedRange,
): Promise<{ readonly kind: 'bytes'; readonly bytes: Uint8Array } | RefusedAnswer> {
  const { status } = response;
  if (status !== 206 && status !== 200) {
    await response.body?.cancel();
    return { kind: 'refused', status, because: `it answered ${status}` };
  }
  const isWhole = status === 200;
  const bytes = await readBody(response, isWhole ? maxWholeBytes : lengthBytes, moved);
  const isExpected = bytes?.length === (isWhole ? sizeBytes : lengthBytes);
  if (isExpected) return { kind: 'bytes', bytes: isWhole ? bytes.subarray(offset, offset + lengthBytes) : bytes };
  return { kind: 'refused', status: null, because: 'its answer is not the range that was asked for, or broke off' };
}
