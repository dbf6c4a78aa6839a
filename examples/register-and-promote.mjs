// Registers what changed in a repository and promotes the newest version of one model.
//
//   node examples/register-and-promote.mjs PATH-OF-REPOSITORY MODEL STAGE
//
// The same as "weighbridge register" and "weighbridge promote MODEL@VERSION --to STAGE", from a program.
import { promoteModel, registerModels } from '@weighbridge/flows';
import { describeFailure, openHost, renderFailure } from '@weighbridge/host';

const [folder = '.', model = '', stage = 'staging'] = process.argv.slice(2);

try {
  // Everything a flow may touch: git, ledger, store, clock, actor. Nothing is written yet.
  const { surroundings } = await openHost({
    folder,
    environment: process.env,
    offline: false,
    token: null, // git's own credentials
    signingKey: null, // WEIGHBRIDGE_SIGNING_KEY, or the key that "weighbridge init" left in the clone
    progress: (sentence) => console.error(sentence),
  });

  const request = { models: [model], tag: null, reason: 'registered by a program', dryRun: false };
  const { registrations } = await registerModels(surroundings, request);
  for (const { version, outcome } of registrations) console.log(`${model} ${version}: ${outcome}`);

  const version = registrations[0]?.version;
  if (version === undefined) throw new Error(`nothing was registered of ${model}`);
  const promotion = await promoteModel(surroundings, {
    model,
    version,
    to: stage,
    reason: 'promoted by a program',
    dryRun: false,
    writeStages: true,
  });
  console.log(`${model} ${version} -> ${stage}: ${promotion.outcome}`);
  for (const { id, verdict, because } of promotion.decision?.requirements ?? []) console.log(`  ${verdict} ${id}: ${because}`);
  process.exitCode = promotion.outcome === 'held-back' ? 1 : 0;
} catch (error) {
  // Errors carry a code that does not change, what is wrong, and what to do.
  const failure = describeFailure(error);
  console.error(renderFailure(failure));
  process.exitCode = failure.exitCode;
}
