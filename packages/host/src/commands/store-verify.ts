import { checkStore, type DamagedFile, formatCount, formatSize, type StoreCheck } from '@weighbridge/flows';
import { weighbridgeError } from '@weighbridge/core';
import type { Command } from '../host.js';
import type { InputValues } from '../inputs.js';

/** More lines help nobody; --json has all of them. */
const maxListed = 20;

export const storeVerifyCommand: Command = {
  spec: {
    name: 'store verify',
    summary: 'Read what is stored and compare it with what was registered',
    description:
      'Reads the files of all versions, or of a sample, to their end: every piece by its digest, every file by the digest and the size in the ledger. Tells which versions a damaged file belongs to and how to mend it, and which files were stored elsewhere before weighbridge.yaml named another store; exit 1 then. With --quarantine what is damaged is set aside, so that storing the right file again mends it.',
    arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
    inputs: [
      {
        name: 'sample',
        description: 'Read so many of a hundred files, chosen by chance, at least one.',
        type: 'text',
        default: '100',
        placeholder: 'PERCENT',
      },
      {
        name: 'quarantine',
        description: 'Set aside what is damaged; nothing is deleted.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [
      { name: 'verified', description: 'true or false.' },
      { name: 'damaged', description: 'JSON: [{"sha256","uses","code","because","quarantined"}].' },
    ],
    examples: ['weighbridge store verify', 'weighbridge store verify fraud --sample 10'],
  },
  run: async (inputs, host) => {
    const check = await checkStore(host.surroundings, {
      models: inputs.list('models'),
      samplePercent: samplePercentOf(inputs),
      quarantine: inputs.boolean('quarantine') && !inputs.boolean('dry-run'),
      random: Math.random,
    });
    const { damaged, elsewhere, checked, cold, of, sizeBytes, byReference } = check;
    const verified = damaged.length === 0 && elsewhere.length === 0;
    const told = damaged.map(({ digest, uses, code, because, quarantined }) => {
      return { sha256: digest, uses, code, because, quarantined };
    });
    const text = tell(check).join('\n');
    return {
      exitCode: verified ? 0 : 1,
      json: {
        verified,
        checked,
        cold: cold.length,
        of,
        size: sizeBytes,
        damaged: told,
        elsewhere: elsewhere.map(({ digest, uses, store }) => ({ sha256: digest, uses, store })),
        not_verified: cold.map(({ digest, uses }) => ({ sha256: digest, uses, because: 'archived' })),
        by_reference: byReference,
      },
      text,
      markdown: text,
      notices: [],
      outputs: { verified: String(verified), damaged: JSON.stringify(told) },
    };
  },
};

/** More than 0 and at most 100. @throws host/input */
function samplePercentOf(inputs: InputValues): number {
  const written = (inputs.text('sample') ?? '100').replace(/%$/, '');
  const percent = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : 0;
  if (percent > 0 && percent <= 100) return percent;
  throw weighbridgeError('host/input', {
    input: 'sample',
    reason: 'write a percentage above 0 and up to 100',
    command: 'store verify',
  });
}

function tell({ damaged, elsewhere, checked, cold, of, sizeBytes, byReference }: StoreCheck): readonly string[] {
  const lines = damaged.flatMap(tellDamage);
  const counted = `${checked} of ${formatCount(of, 'file')}, ${formatSize(sizeBytes)}`;
  const isRight = damaged.length === 0 && elsewhere.length === 0;
  lines.push(isRight ? `All is right: ${counted}.` : `${damaged.length} damaged of ${counted}.`);
  lines.push(...tellElsewhere(elsewhere));
  lines.push(...tellCold(cold));
  if (byReference.length > 0) lines.push(`Not in the store, by reference: ${byReference.join(', ')}.`);
  return lines;
}

/** By the stores that were named when the files were registered. */
function tellElsewhere(elsewhere: StoreCheck['elsewhere']): readonly string[] {
  const counts = new Map<string, number>();
  for (const { store } of elsewhere) counts.set(store, (counts.get(store) ?? 0) + 1);
  return [...counts].map(([store, count]) => {
    const files = formatCount(count, 'file');
    return `Not in the store that weighbridge.yaml names: ${files} that ${count === 1 ? 'was' : 'were'} stored in ${store}. Copy that store here as docs/storage.md says under "Moving a store", or name it again.`;
  });
}

/** Each file by the first version that names it, which can be restored. */
function tellCold(cold: StoreCheck['cold']): readonly string[] {
  if (cold.length === 0) return [];
  const listed = cold.slice(0, maxListed).map(({ uses: [first] }) => {
    return `  ${first?.path ?? ''} of ${first?.model ?? ''} ${first?.version ?? ''}`;
  });
  const more = cold.length > maxListed ? [`  and ${cold.length - maxListed} more (--json lists all)`] : [];
  const how = 'run "weighbridge store restore MODEL@VERSION" before, to have them read';
  return [`Not verified, archived: ${formatCount(cold.length, 'file')}; ${how}.`, ...listed, ...more];
}

function tellDamage({ because, code, uses, quarantined }: DamagedFile): readonly string[] {
  const [first] = uses;
  const isKept = quarantined === null && code !== 'store/missing';
  const aside = isKept ? `run "weighbridge store verify ${first?.model ?? ''} --quarantine", then ` : '';
  return [
    because,
    ...uses.map(({ model, version, path }) => `  ${path} of ${model} ${version}`),
    ...(quarantined === null ? [] : [`  Set aside as ${quarantined}`]),
    `  To mend it, ${aside}check out the commit of ${first?.version ?? 'the version'} where the right file is and run "weighbridge store push ${first?.model ?? ''}".`,
  ];
}
