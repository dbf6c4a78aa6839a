import { describe, expect, it } from 'vitest';
import { formatAddress, readAddress } from './file-address.js';

const object = `22/${'a1'.repeat(15)}`;

describe('the address of a file', () => {
  it.each([
    `file:/srv/dvc/files/md5/${object}`,
    `file:../dvc/${object}`,
    `file:${object}.dir`,
    's3://models/dvc/a?versionId=3',
    'hf://acme/bert@main/model.onnx',
  ])('%s is read and written alike', (text) => {
    const address = readAddress(text);
    expect(address === null ? null : formatAddress(address)).toBe(text);
  });

  it.each([
    'file:/etc/passwd',
    `file:/srv/${object}/x`,
    'file:',
    `file:/srv\n/${object}`,
    'models/a.onnx',
    'dvc:a',
    '',
  ])('%j is none: folders are read for what DVC keeps in them alone', (text) => expect(readAddress(text)).toBeNull());
});
