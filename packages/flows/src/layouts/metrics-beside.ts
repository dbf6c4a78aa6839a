import { WeighbridgeError } from '@weighbridge/core';
import { parseMetricDocument } from '@weighbridge/formats';
import type { Manifest } from '@weighbridge/manifest';
import type { WorkTree } from '@weighbridge/ports';

/** What the programs that evaluate call their results. */
const resultName =
  /^(?:metrics?|eval_results|all_results|results)\.(?:json|ya?ml|csv)$|^eval(?:uation)?\.(?:json|csv)$/i;
const maxResultBytes = 1024 * 1024;

/**
 * Documents of metrics in the folders of weights, the first as `eval`. What is named so and holds no number is passed
 * over, and what lies where other models have weights, too: nobody says whose numbers it holds.
 */
export async function metricsBeside(
  workTree: WorkTree,
  weights: readonly string[],
  weightsOfOthers: readonly string[],
): Promise<Manifest['metrics']> {
  const shared = new Set(weightsOfOthers.map(folderOf));
  const folders = [...new Set(weights.map(folderOf))].filter((folder) => !shared.has(folder)).sort();
  const found: string[] = [];
  for (const folder of folders) {
    const own = (await workTree.list(folder)).filter((path) => folderOf(path) === folder);
    for (const path of own.filter((each) => resultName.test(each.slice(each.lastIndexOf('/') + 1))))
      if (await holdsMetrics(workTree, path)) found.push(path);
  }
  return found.slice(0, 20).map((path, place) => ({
    id: place === 0 ? 'eval' : `eval-${place + 1}`,
    path: `/${path}`,
    examples: [],
    attestation: null,
    run: null,
    artifact: null,
  }));
}

async function holdsMetrics(workTree: WorkTree, path: string): Promise<boolean> {
  try {
    const bytes = await workTree.read(path, maxResultBytes);
    if (bytes === null) return false;
    // Words are read as values, too, so that gates can refuse them by name.
    return parseMetricDocument({ name: path, bytes }).values.some(({ value }) => Number.isFinite(Number(value)));
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return false;
    throw error;
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
