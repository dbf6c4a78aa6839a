import { type Digest, parseUtf8, WeighbridgeError } from '@weighbridge/core';
import { maxCountedCharacters, openTokenizer, readPromptDocument, type TokenCounter } from '@weighbridge/formats';
import { parseReference, resolveManifestPath } from '@weighbridge/manifest';
import type { PromptFacet } from '@weighbridge/versioning';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { GovernedModel } from '../governing/governance.js';
import { maxPointerBytes, parseLfsPointer } from '../artifacts/lfs-pointer.js';
import { readWhole } from '../artifacts/measure-file.js';
import { type BuiltOn, readRegisteredTokenizer } from './registered-tokenizer.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** Tokenizers of 262,144 tokens take 33 MB. */
const maxTokenizerBytes = 64 * 1024 * 1024;

/** One prompt file as it was read. */
export interface ReadPrompt {
  readonly path: string;
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** What is read of prompts, and where tokenizers may be. */
export interface PromptSources {
  readonly files: readonly ArtifactFile[];
  readonly prompts: readonly ReadPrompt[];
  readonly builtOn: BuiltOn;
}

/** What prompt templates are: their variables, roles and examples, and their tokens where the model's tokenizer is there. */
export async function promptFacets(
  surroundings: Surroundings,
  model: GovernedModel,
  { files, prompts, builtOn }: PromptSources,
): Promise<{ readonly prompts: readonly PromptFacet[]; readonly notices: readonly Notice[] }> {
  if (prompts.length === 0) return { prompts: [], notices: [] };
  const read = prompts.map(({ path, digest, bytes }) => ({
    path,
    digest,
    facts: readPromptDocument(path, parseUtf8(bytes)),
  }));
  const counted = await countTokens(
    model,
    () => findCounter(surroundings, model, { files, builtOn }),
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
  find: () => Promise<TokenCounter | { readonly missing: string }>,
  texts: readonly string[],
): Promise<{ readonly tokens: readonly (number | null)[]; readonly notices: readonly Notice[] }> {
  try {
    const count = await find();
    if (typeof count === 'function')
      return { tokens: texts.map((text) => (text.length > maxCountedCharacters ? null : count(text))), notices: [] };
    return { tokens: [], notices: [uncounted(model, count.missing)] };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'formats/document-malformed') throw error;
    return { tokens: [], notices: [uncounted(model, error.message)] };
  }
}

function uncounted({ manifest, manifestPath, line }: GovernedModel, why: string): Notice {
  const text = `Tokens of the prompts of ${manifest.name} are not counted: ${why.replace(/\.$/, '')}.`;
  return { level: 'notice', text, file: manifestPath, line };
}

async function findCounter(
  surroundings: Surroundings,
  model: GovernedModel,
  { files, builtOn }: Pick<PromptSources, 'files' | 'builtOn'>,
): Promise<TokenCounter | { readonly missing: string }> {
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
  const registered = await readRegisteredTokenizer(surroundings, model.files, builtOn, maxTokenizerBytes);
  if (registered !== null)
    return 'missing' in registered ? registered : openTokenizer(registered.bytes, registered.path);
  return { missing: 'no tokenizer.json that git holds is among its artifacts, or in the folder that is its base' };
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
