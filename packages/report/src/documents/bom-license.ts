import type { JsonObject } from '@weighbridge/core';

/** Identifiers of SPDX by the words of the Hugging Face Hub, where they differ by more than case or not at all. */
const spdx: Readonly<Record<string, string>> = {
  'afl-3.0': 'AFL-3.0',
  'agpl-3.0': 'AGPL-3.0-only',
  'apache-2.0': 'Apache-2.0',
  'artistic-2.0': 'Artistic-2.0',
  'bsd-2-clause': 'BSD-2-Clause',
  'bsd-3-clause': 'BSD-3-Clause',
  'bsd-3-clause-clear': 'BSD-3-Clause-Clear',
  'bsl-1.0': 'BSL-1.0',
  'cc-by-2.0': 'CC-BY-2.0',
  'cc-by-3.0': 'CC-BY-3.0',
  'cc-by-4.0': 'CC-BY-4.0',
  'cc-by-nc-4.0': 'CC-BY-NC-4.0',
  'cc-by-nc-nd-4.0': 'CC-BY-NC-ND-4.0',
  'cc-by-nc-sa-4.0': 'CC-BY-NC-SA-4.0',
  'cc-by-nd-4.0': 'CC-BY-ND-4.0',
  'cc-by-sa-3.0': 'CC-BY-SA-3.0',
  'cc-by-sa-4.0': 'CC-BY-SA-4.0',
  'cc0-1.0': 'CC0-1.0',
  'ecl-2.0': 'ECL-2.0',
  'epl-1.0': 'EPL-1.0',
  'epl-2.0': 'EPL-2.0',
  'eupl-1.1': 'EUPL-1.1',
  'eupl-1.2': 'EUPL-1.2',
  'gpl-2.0': 'GPL-2.0-only',
  'gpl-3.0': 'GPL-3.0-only',
  isc: 'ISC',
  'lgpl-2.1': 'LGPL-2.1-only',
  'lgpl-3.0': 'LGPL-3.0-only',
  mit: 'MIT',
  'mpl-2.0': 'MPL-2.0',
  'ms-pl': 'MS-PL',
  ncsa: 'NCSA',
  'odc-by': 'ODC-By-1.0',
  'ofl-1.1': 'OFL-1.1',
  odbl: 'ODbL-1.0',
  'osl-3.0': 'OSL-3.0',
  pddl: 'PDDL-1.0',
  postgresql: 'PostgreSQL',
  unlicense: 'Unlicense',
  wtfpl: 'WTFPL',
  zlib: 'Zlib',
};

/** A licence as CycloneDX has it: an SPDX identifier where the word stands for one, else the word itself. */
export function licenseChoice(license: string): JsonObject {
  const key = license.toLowerCase();
  const id = Object.hasOwn(spdx, key) ? spdx[key] : undefined;
  return { license: id === undefined ? { name: license } : { id } };
}
