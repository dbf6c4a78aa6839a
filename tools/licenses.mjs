import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The licence texts of all that a package needs at run time, its own siblings in this project left out: one block for
 * each name and version, sorted, so that the text changes only with the dependencies.
 *
 * @param {string} folder the package's folder
 * @param {(name: string) => boolean} isOwn packages of this project are walked through and not listed
 */
export function renderLicenses(folder, isOwn) {
  const blocks = new Map();
  collect(folder, isOwn, blocks, new Set());
  const names = [...blocks.keys()].sort();
  return names.map((name) => blocks.get(name)).join(`\n${'-'.repeat(80)}\n\n`);
}

function collect(folder, isOwn, blocks, seen) {
  if (seen.has(folder)) return;
  seen.add(folder);
  const { name, version, license, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!isOwn(name)) {
    blocks.set(`${name} ${version}`, `${name} ${version} (${license})\n\n${readLicense(folder, name)}\n`);
  }
  for (const dependency of Object.keys(dependencies)) collect(findPackage(folder, dependency), isOwn, blocks, seen);
}

function readLicense(folder, name) {
  const file = readdirSync(folder)
    .filter((each) => /^(licen[cs]e|copying)(\.|-|$)/i.test(each))
    .sort()[0];
  if (file === undefined) return `${name} brings no licence text; its package.json names the licence above.`;
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}

/** As Node finds it: the nearest node_modules upwards that has the package. */
function findPackage(from, name) {
  for (let at = from; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (at === dirname(at)) throw new Error(`${name}, which ${from} needs, is not installed`);
  }
}
