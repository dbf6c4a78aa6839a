import { weighbridgeError } from '@weighbridge/core';
import { formatCount, presignFiles } from '@weighbridge/flows';
import type { Command } from '../host.js';
import type { InputValues } from '../inputs.js';
import { modelVersionOf } from '../model-version.js';

const maxSeconds = 7 * 24 * 3600;

export const storeUrlCommand: Command = {
  spec: {
    name: 'store url',
    summary: 'Make addresses that let others read files of a version for a time',
    description:
      'Presigned addresses of an object store. A file that is one object has one address; a file in pieces has a list in order, each with the range of bytes to ask for: their bytes one behind the other are the file. Of a version that was registered with "store: reference" they are those of the objects at S3, Cloud Storage or Azure that its record names. Whoever has an address can read until it expires, so they go to standard output only.',
    arguments: [
      { name: 'model', description: 'MODEL@VERSION', required: true },
      { name: 'path', description: 'File of the version, or a pattern; all files when not given.' },
    ],
    inputs: [
      {
        name: 'expires',
        description: 'Seconds until the addresses end, at most a week.',
        type: 'integer',
        default: '3600',
        placeholder: 'SECONDS',
      },
    ],
    outputs: [],
    examples: ['weighbridge store url fraud@production model.safetensors --expires 600'],
  },
  run: async (inputs, host) => {
    const expiresInSeconds = secondsOf(inputs);
    const asked = { ...modelVersionOf(inputs, 'store url'), only: inputs.text('path'), expiresInSeconds };
    const { model, version, files, notices } = await presignFiles(host.surroundings, asked);
    const told = files.map(({ name, sizeBytes, digest, parts }) => ({
      name,
      size: sizeBytes,
      sha256: digest,
      parts: parts.map(({ url, offset, lengthBytes }) => ({ url, offset, length: lengthBytes })),
    }));
    const lines = told.flatMap(({ name, parts }) => [
      `${name}:`,
      ...parts.map(({ url, offset, length }) => `  bytes=${offset}-${offset + length - 1} ${url}`),
    ]);
    return {
      exitCode: 0,
      json: { model, version: version.version, expires_in: expiresInSeconds, files: told },
      text: lines.join('\n'),
      markdown: `Addresses of ${formatCount(files.length, 'file')} of ${model} ${version.version} were made; they are not shown here.`,
      notices,
      outputs: {},
    };
  },
};

/** @throws host/input */
function secondsOf(inputs: InputValues): number {
  const seconds = inputs.integer('expires') ?? 3600;
  if (Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= maxSeconds) return seconds;
  const reason = `write a number of seconds from 1 to ${maxSeconds}`;
  throw weighbridgeError('host/input', { input: 'expires', reason, command: 'store url' });
}
