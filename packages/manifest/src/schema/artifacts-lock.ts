import type { JsonObject } from '@weighbridge/core';
import { digestPattern, element, optional, record, text } from './fragments.js';
import { published } from './published.js';

const digest = (title: string, description: string) =>
  text(
    { title, description, examples: ['sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'] },
    { pattern: digestPattern, maxLength: 71 },
  );

/** `artifacts.lock`, which programs write. Lists are bounded by the size of the file alone. */
export const artifactsLockSchema: JsonObject = published(
  'artifacts-lock',
  record(
    {
      title: 'artifacts lock',
      description:
        'What the artifacts of a model are, for checks that do not have their bytes. Written by "weighbridge store push".',
      examples: [{ version: 1, artifacts: [] }],
    },
    {
      version: { title: 'version of this format', description: 'Always 1.', examples: [1], type: 'integer', enum: [1] },
      artifacts: {
        title: 'artifacts',
        description: 'One entry a file, sorted by path.',
        examples: [[]],
        type: 'array',
        items: record(
          { title: 'artifact', description: 'One file.', examples: [{ path: 'models/fraud/model.onnx', size: 4096 }] },
          {
            path: text(
              {
                title: 'path',
                description: 'Relative to the root of the repository.',
                examples: ['models/fraud/model.onnx'],
              },
              { maxLength: 1024 },
            ),
            size: {
              title: 'size',
              description: 'Size of the file in bytes.',
              examples: [4096],
              type: 'integer',
              minimum: 0,
              maximum: Number.MAX_SAFE_INTEGER,
            },
            sha256: digest('SHA-256 digest', 'Digest of the whole file.'),
            header: {
              title: 'header facts',
              description: 'What the header of the file says; null for a file without a known header.',
              examples: [null, { format: 'safetensors' }],
              type: ['object', 'null'],
            },
            tensors: {
              title: 'tensor digests',
              description: 'Digest of the bytes of each tensor by its name.',
              examples: [{}],
              type: 'object',
              additionalProperties: element('SHA-256 digest', 'Digest of the bytes of one tensor.', [], {
                type: 'string',
                pattern: digestPattern,
              }),
            },
            document: {
              title: 'document facts',
              description: 'What a known document beside the weights says, such as a tokenizer; null for other files.',
              examples: [null, { type: 'hf-config', facts: {} }],
              type: ['object', 'null'],
            },
            store: optional(
              text({
                title: 'store',
                description: 'Where the bytes were put; null when they are in the checkout only.',
                examples: ['folder:/srv/models'],
              }),
            ),
            source: record(
              {
                title: 'source',
                description:
                  'Where a file behind a reference, or at a remote of DVC, was found; absent for files of the checkout.',
                examples: [{ reference: 's3://acme/runs/42/', address: 's3://acme/runs/42/model.onnx?versionId=3HL4' }],
              },
              {
                reference: text(
                  {
                    title: 'reference',
                    description:
                      'The reference as the manifest writes it; of a file of DVC its record with the MD5 in it.',
                    examples: ['s3://acme/runs/42/'],
                  },
                  { maxLength: 2048 },
                ),
                address: text(
                  {
                    title: 'address',
                    description: 'Where this one file is, by its version where the service keeps versions.',
                    examples: ['s3://acme/runs/42/model.onnx?versionId=3HL4'],
                  },
                  { maxLength: 4096 },
                ),
              },
              ['reference', 'address'],
            ),
          },
          ['path', 'size', 'sha256', 'header', 'tensors', 'store'],
        ),
      },
    },
    ['version', 'artifacts'],
  ),
);
