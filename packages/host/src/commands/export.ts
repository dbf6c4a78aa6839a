import { resolve } from 'node:path';
import { exportOci, formatCount, formatSize } from '@weighbridge/flows';
import { weighbridgeError } from '@weighbridge/core';
import { openLocalFolder } from '@weighbridge/stores';
import type { Command } from '../host.js';
import { modelVersionOf } from '../model-version.js';
import { processes } from '../processes.js';

export const exportCommand: Command = {
  spec: {
    name: 'export',
    summary: 'Write a version as an OCI image layout (CNCF ModelPack)',
    description:
      'The layers are the files themselves under their own digests, so that what a registry of images serves can be compared with the ledger; a version that was registered with "store: reference" is read from the addresses in its record. ORAS, crane, skopeo and the tools of ModelPack take the folder from there. The image is called MODEL-VERSION in the folder; other images stay, and running it again changes nothing.',
    arguments: [{ name: 'model', description: 'MODEL@VERSION', required: true }],
    inputs: [
      {
        name: 'oci',
        description: 'Folder anywhere for the image layout.',
        type: 'text',
        required: true,
        placeholder: 'DIR',
      },
    ],
    outputs: [
      { name: 'manifest', description: 'Digest of the image manifest.' },
      { name: 'tag', description: 'Name of the image in the layout.' },
    ],
    examples: ['weighbridge export fraud@1.4.0 --oci ./fraud-oci'],
  },
  run: async (inputs, host) => {
    const asked = modelVersionOf(inputs, 'export');
    const folder = inputs.text('oci');
    if (folder === null) {
      throw weighbridgeError('host/input', { input: 'oci', reason: 'name a folder', command: 'export' });
    }
    const dryRun = inputs.boolean('dry-run');
    const exported = await exportOci(host.surroundings, {
      ...asked,
      folder: openLocalFolder(resolve(host.folder, folder), processes),
      dryRun,
    });
    const { model, version, tag, manifest, present } = exported;
    const layers = exported.layers.map(({ name, digest, sizeBytes }) => ({ name, digest, size: sizeBytes }));
    const sizeBytes = layers.reduce((sum, { size }) => sum + size, 0);
    const text = `${dryRun ? 'Would write' : 'Wrote'} ${model} ${version.version} to ${exported.folder} as ${tag} (${manifest}): ${formatCount(layers.length, 'layer')}, ${formatSize(sizeBytes)}, ${present} present`;
    return {
      exitCode: 0,
      json: {
        model,
        version: version.version,
        folder: exported.folder,
        tag,
        manifest,
        layers,
        present,
        dry_run: dryRun,
      },
      text,
      markdown: text,
      notices: exported.notices,
      outputs: { manifest, tag },
    };
  },
};
