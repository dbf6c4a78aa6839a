import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { GovernedModel } from '../governing/governance.js';
import type { Notice } from '../surroundings.js';

/** Endings of formats that are recognised by content: what is called so and is none was not written by their programs. */
const weightsName = /\.(?:safetensors|gguf|onnx|pt|pth|pkl|joblib)$/i;

/** Files that are there to be there: a package of Python, and what keeps a folder in git. */
const emptyOnPurpose = /(?:\.py|(?:^|\/)\.[^/]+)$/;

/**
 * Files that are hardly the weights that somebody meant: empty ones, and those that are called like weights and are in no
 * format that is read, such as a page of an error that a download saved. They are told and not refused, because a format
 * may be new.
 */
export function doubtfulNotices(
  model: Pick<GovernedModel, 'manifestPath' | 'line'>,
  files: readonly ArtifactFile[],
): Notice[] {
  return files.flatMap((file): Notice[] => {
    const why = doubtOf(file);
    if (why === null) return [];
    const text = `${file.path} ${why} Fetch or save it again, or take it out of "artifacts".`;
    return [{ level: 'warning', text, file: model.manifestPath, line: model.line }];
  });
}

function doubtOf({ path, size, from, header, document, unopened }: ArtifactFile): string | null {
  if (size === 0) return emptyOnPurpose.test(path) ? null : 'is empty.';
  // Of what is in Git LFS and was not fetched, nobody read the content.
  if (from === 'lock' || header !== null || document !== null || unopened !== undefined) return null;
  if (!weightsName.test(path)) return null;
  return 'is called like weights, and its content is in no format that Weighbridge reads.';
}
