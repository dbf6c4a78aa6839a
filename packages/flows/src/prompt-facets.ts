import { type Digest, parseUtf8, WeighbridgeError } from '@weighbridge/core';
import { maxCountedCharacters, openTokenizer, readPromptDocument, type TokenCounter } from '@weighbridge/formats';
import { parseReference, resolveManifestPath } from '@weighbridge/manifest';
import type { PromptFacet } from '@weighbridge/versioning';
import type { ArtifactFile } from './artifact-file.js';
import type { GovernedModel } from './governance.js';
import { maxPointerBytes, parseLfsPointer } from './lfs-pointer.js';
import { readWhole } from './measure-file.js';
import type { Notice } from './surroundings.js';

/** Tokenizers of 262,144 tokens take 33 MB. */
const maxTokenizerBytes = 64 * 1024 * 1024;

/** One prompt file as it was read. */
export interface ReadPrompt {
  readonly path: string;
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** What prompt templates are: their variables, roles and examples, and their tokens where the model's tokenizer is there. */
export async function promptFacets(
  model: GovernedModel,
  files: readonly ArtifactFile[],
  prompts: readonly ReadPrompt[],
): Promise<{ readonly prompts: readonly PromptFacet[]; readonly notices: readonly Notice[] }> {
  if (prompts.length === 0) return { prompts: [], notices: [] };
  const read = prompts.map(({ path, digest, bytes }) => ({
    path,
    digest,
    facts: readPromptDocument(path, parseUtf8(bytes)),
  }));
  const counted = await countTokens(
    model,
    files,
    read.map(({ facts }) => facts.text),
  );
  const facets = read.map(({ path, digest, facts }, place): PromptFacet => {
    const { language, variables, optional, roles, examples } = facts;
    const tokens = counted.tokens[place] ?? null;
    return { path, digest, variables, template: { language, optional, roles, examples, tokens } };
  });
  return { prompts: facets, notices: counted.notices };
}

/** The version does not hang on a count, so that a tokenizer that cannot be run is told and no more. */
async function countTokens(
  model: GovernedModel,
  files: readonly ArtifactFile[],
  texts: readonly string[],
): Promise<{ readonly tokens: readonly (number | null)[]; readonly notices: readonly Notice[] }> {
  try {
    const count = await findCounter(model, files);
    if (count !== null)
      return { tokens: texts.map((text) => (text.length > maxCountedCharacters ? null : count(text))), notices: [] };
    const why = 'no tokenizer.json that git holds is among its artifacts, or in the folder that is its base';
    return { tokens: [], notices: [uncounted(model, why)] };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'formats/document-malformed') throw error;
    return { tokens: [], notices: [uncounted(model, error.message)] };
  }
}

function uncounted({ manifest, manifestPath, line }: GovernedModel, why: string): Notice {
  const text = `Tokens of the prompts of ${manifest.name} are not counted: ${why.replace(/\.$/, '')}.`;
  return { level: 'notice', text, file: manifestPath, line };
}

async function findCounter(model: GovernedModel, files: readonly ArtifactFile[]): Promise<TokenCounter | null> {
  const own = files.map(({ path }) => path).find((path) => /(?:^|\/)tokenizer\.json$/.test(path));
  const base = model.manifest.base === null ? null : parseReference(model.manifest.base.model);
  const beside =
    base?.scheme === 'path' ? `${resolveManifestPath(model.manifestPath, base.path)}/tokenizer.json` : null;
  for (const path of [own, beside]) {
    if (path === undefined || path === null) continue;
    // What git ignores is not at hand everywhere, and one commit is to be counted alike by all.
    if ((await model.files.ignored([path])).has(path)) continue;
    const bytes = await readTokenizer(model, path);
    if (bytes !== null) return openTokenizer(bytes, path);
  }
  return null;
}

/** Null for one that is not at hand, be it a pointer or known from the lock alone. */
async function readTokenizer({ files }: GovernedModel, path: string): Promise<Uint8Array | null> {
  const source = await files.open(path);
  if (source === null) return null;
  try {
    if (source.sizeBytes > maxTokenizerBytes) return null;
    const bytes = await readWhole(source);
    return source.sizeBytes <= maxPointerBytes && parseLfsPointer(bytes) !== null ? null : bytes;
  } finally {
    await source.close();
  }
}
