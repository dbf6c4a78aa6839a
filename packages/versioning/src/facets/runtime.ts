import type { KnownDocument } from '../known-document.js';
import { type Comparison, documentPairs } from '../comparison.js';
import { type Difference, showValue } from '../difference.js';
import type { RuntimeFacet } from '../snapshot.js';
import { settingDifferences } from './architecture-settings.js';

export type RuntimeKind =
  | 'framework'
  | 'framework-major'
  | 'framework-version'
  | 'declared'
  | 'image'
  | 'lock'
  | 'flavor'
  | 'flavor-removed';

type Found = Difference<RuntimeKind>;

/** What the model was made with and runs in. */
export function compareRuntime(comparison: Comparison): Found[] {
  const [from, to] = [comparison.previous.runtime, comparison.candidate.runtime];
  const found = compareFramework(from, to);
  if (from.image !== to.image)
    found.push({
      kind: 'image',
      path: 'environment.image',
      from: from.image,
      to: to.image,
      because: `The image is ${showValue(to.image)}, before ${showValue(from.image)}.`,
    });
  if (from.lock?.digest !== to.lock?.digest) {
    const path = to.lock?.path ?? from.lock?.path ?? '';
    found.push({
      kind: 'lock',
      path,
      from: from.lock?.digest ?? null,
      to: to.lock?.digest ?? null,
      because: `The dependency lock ${path} changed.`,
    });
  }
  for (const { from: before, to: after } of documentPairs(comparison, 'mlmodel'))
    found.push(...compareFlavors(before, after));
  return found;
}

/** MLmodel names the versions of what the model was saved with; a flavor is a way to load it. */
function compareFlavors(from: KnownDocument, to: KnownDocument): Found[] {
  return settingDifferences(from, to).flatMap(({ key, from: before, to: after }): Found[] => {
    const [group = '', name = ''] = key.split('.');
    if (!['flavors', 'versions', 'settings'].includes(group)) return [];
    const [old, now] = [before ?? null, after ?? null];
    const step = {
      path: `${to.path}#${key}`,
      from: old,
      to: now,
      because: `${key} ${showValue(old)} -> ${showValue(now)} in ${to.path}.`,
    };
    if (group === 'flavors' && now === null && key === `flavors.${name}`) return [{ kind: 'flavor-removed', ...step }];
    const isMajor =
      group === 'versions' && typeof old === 'string' && typeof now === 'string' && leading(old) !== leading(now);
    return [{ kind: isMajor ? 'framework-major' : 'flavor', ...step }];
  });
}

function compareFramework(from: RuntimeFacet, to: RuntimeFacet): Found[] {
  const sides = { path: 'training.framework', from: frameworkOf(from), to: frameworkOf(to) };
  const step = `${sides.from ?? 'none'} -> ${sides.to ?? 'none'}`;
  if (from.framework === to.framework && from.frameworkVersion === to.frameworkVersion) return [];
  if (from.framework === null || to.framework === null)
    return [{ kind: 'declared', ...sides, because: `The framework is recorded otherwise: ${step}.` }];
  if (from.framework.toLowerCase() !== to.framework.toLowerCase())
    return [{ kind: 'framework', ...sides, because: `Another framework: ${step}.` }];
  if (from.frameworkVersion === to.frameworkVersion) return [];
  if (from.frameworkVersion === null || to.frameworkVersion === null)
    return [{ kind: 'declared', ...sides, because: `The framework is recorded otherwise: ${step}.` }];
  const major = leading(from.frameworkVersion) !== leading(to.frameworkVersion);
  return [
    {
      kind: major ? 'framework-major' : 'framework-version',
      ...sides,
      because: `Another ${major ? 'major ' : ''}version of the framework: ${step}.`,
    },
  ];
}

function frameworkOf({ framework, frameworkVersion }: RuntimeFacet): string | null {
  return framework === null
    ? frameworkVersion
    : [framework, frameworkVersion].filter((part) => part !== null).join(' ');
}

/** Frameworks number as they like; what stands before the first dot is the major version. */
function leading(version: string): string {
  return version.replace(/^v/, '').split(/[.+-]/)[0] ?? '';
}
