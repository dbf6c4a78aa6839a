import { coreErrors } from './core.js';
import { evidenceErrors } from './evidence.js';
import { flowStoredErrors } from './flow-stored.js';
import { flowErrors } from './flow.js';
import { forgeErrors } from './forge.js';
import { formatsErrors } from './formats.js';
import { gatesErrors } from './gates.js';
import { gitErrors } from './git.js';
import { hostErrors } from './host.js';
import { ledgerErrors } from './ledger.js';
import { manifestErrors } from './manifest.js';
import { signingErrors } from './signing.js';
import { sourceErrors } from './source.js';
import { storeErrors } from './store.js';
import { versioningErrors } from './versioning.js';

/** Every error that Weighbridge can raise. The documentation page and the tests are made from this table. */
export const errorCatalogue = {
  ...coreErrors,
  ...evidenceErrors,
  ...flowErrors,
  ...flowStoredErrors,
  ...forgeErrors,
  ...formatsErrors,
  ...gatesErrors,
  ...gitErrors,
  ...hostErrors,
  ...ledgerErrors,
  ...manifestErrors,
  ...signingErrors,
  ...sourceErrors,
  ...storeErrors,
  ...versioningErrors,
} as const;

/** The closed list of codes; tests and callers compare them, people read the texts. */
export type ErrorCode = keyof typeof errorCatalogue;
