import { weighbridgeError } from '@weighbridge/core';
import { readAddress } from '@weighbridge/manifest';
import type { ArtifactFile } from '../../artifacts/artifact-file.js';
import type { GovernedModel } from '../../governing/governance.js';
import type { Surroundings } from '../../surroundings.js';
import { about } from '../written-references.js';
import { parseDvcSource, partsOfAddress } from './dvc-source.js';
import { readDvcFolder } from './read-folder.js';

/**
 * Files that a lock has of folders at remotes of DVC: each must be what the list of its folder says.
 * @throws flow/lock-differs, source/*
 */
export async function checkMembers(
  surroundings: Surroundings,
  { model, files }: { readonly model: GovernedModel; readonly files: readonly ArtifactFile[] },
): Promise<void> {
  const lists = new Map<string, Promise<ReadonlySet<string>>>();
  for (const file of files) {
    const from = file.source === null ? null : parseDvcSource(file.source);
    const parts = file.source === null ? null : partsOfAddress(file.source);
    if (from === null || parts === null || !from.object.endsWith('.dir')) continue;
    const address = `${parts.before}${from.object.slice(0, 2)}/${from.object.slice(2)}`;
    const list = lists.get(address) ?? listAt(surroundings, { ...from, address });
    lists.set(address, list);
    const endings = file.path.split('/').map((_, place, all) => `${parts.md5} ${all.slice(place + 1).join('/')}`);
    const members = await list;
    if (endings.some((each) => members.has(each))) continue;
    const what = `the list of its folder in ${address} does not name it`;
    throw weighbridgeError('flow/lock-differs', { path: file.path, what, ...about(model) });
  }
}

/** The MD5 and the path of each file. */
async function listAt(
  surroundings: Surroundings,
  { record, object, address }: { readonly record: string; readonly object: string; readonly address: string },
): Promise<ReadonlySet<string>> {
  const found = readAddress(address);
  const listing = found === null ? undefined : await surroundings.remote?.list(found);
  const [file] = listing?.kind === 'files' ? listing.files : [];
  if (file === undefined) throw weighbridgeError('source/gone', { address });
  const md5 = object.slice(0, -'.dir'.length);
  const members = await readDvcFolder(surroundings, { path: address, record, md5, ...file });
  return new Set(members.map((member) => `${member.md5} ${member.path}`));
}
