import { setTimeout as pause } from 'node:timers/promises';
import { weighbridgeError } from '@weighbridge/core';
import { formatCount, formatSize, restoreVersion } from '@weighbridge/flows';
import type { RestoreSpeed } from '@weighbridge/ports';
import type { Command } from '../host.js';
import type { InputValues } from '../inputs.js';
import { modelVersionOf } from '../model-version.js';

const maxDays = 365;
const speeds: readonly string[] = ['fast', 'standard', 'cheap'] satisfies readonly RestoreSpeed[];

export const storeRestoreCommand: Command = {
  spec: {
    name: 'store restore',
    summary: 'Make a version readable that is in cold storage',
    description:
      'Asks the store for the archived objects of a version, and says how long that takes and what can be read already. Asking again changes nothing. They stay readable for the given days; "store tier" moves none of them before.',
    arguments: [
      { name: 'model', description: 'MODEL@VERSION, MODEL@STAGE, MODEL@ALIAS or MODEL@sha256:…', required: true },
    ],
    inputs: [
      { name: 'days', description: 'How long they stay readable.', type: 'integer', default: '7', placeholder: 'N' },
      {
        name: 'speed',
        description: 'fast, standard or cheap, as far as the service and the class have it.',
        type: 'text',
        default: 'standard',
        placeholder: 'SPEED',
      },
      {
        name: 'wait',
        description: 'End when all can be read. A job of GitHub Actions ends after six hours: run it again then.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [{ name: 'waiting', description: 'How many objects cannot be read yet.' }],
    examples: [
      'weighbridge store restore fraud@1.4.0 --wait',
      'weighbridge store restore fraud@1.4.0 --days 30 --speed cheap',
    ],
  },
  run: async (inputs, host) => {
    const dryRun = inputs.boolean('dry-run');
    const request = { ...modelVersionOf(inputs, 'store restore'), ...optionsOf(inputs), dryRun };
    const wait = inputs.boolean('wait') && !dryRun ? pause : null;
    const restore = await restoreVersion(host.surroundings, { ...request, pause: wait });
    const { model, version, readable, cold, waiting } = restore;
    const count = ({ objects, sizeBytes }: typeof cold) =>
      `${formatCount(objects, 'object')}, ${formatSize(sizeBytes)}`;
    const asked =
      cold.objects === 0
        ? 'Nothing is in cold storage.'
        : `In cold storage: ${count(cold)}; a restore takes up to ${restore.wait}.`;
    const left =
      dryRun || cold.objects === 0
        ? []
        : [waiting === 0 ? 'All can be read now.' : `Asked for; not readable yet: ${formatCount(waiting, 'object')}.`];
    const text = [`${model} ${version}: ${count(readable)} can be read. ${asked}`, ...left].join('\n');
    return {
      exitCode: 0,
      json: {
        dry_run: dryRun,
        model,
        version,
        readable: { objects: readable.objects, bytes: readable.sizeBytes },
        cold: { objects: cold.objects, bytes: cold.sizeBytes },
        waiting,
        wait: cold.objects === 0 ? null : restore.wait,
      },
      text,
      markdown: text,
      notices: restore.notices,
      outputs: { waiting: String(waiting) },
    };
  },
};

/** @throws host/input */
function optionsOf(inputs: InputValues): { readonly days: number; readonly speed: RestoreSpeed } {
  const refuse = (input: string, reason: string) =>
    weighbridgeError('host/input', { input, reason, command: 'store restore' });
  const days = inputs.integer('days') ?? 7;
  if (!Number.isSafeInteger(days) || days < 1 || days > maxDays)
    throw refuse('days', `write a number from 1 to ${maxDays}`);
  const speed = inputs.text('speed') ?? 'standard';
  if (!speeds.includes(speed)) throw refuse('speed', `write one of ${speeds.join(', ')}`);
  return { days, speed: speed as RestoreSpeed };
}
