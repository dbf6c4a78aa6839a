import { isModelName, type ModelName, weighbridgeError } from '@weighbridge/core';
import {
  type ManifestFacts,
  renderManifestTemplate,
  renderPolicyTemplate,
  renderStagesTemplate,
} from '@weighbridge/manifest';
import { applyPlan } from './apply-plan.js';
import type { Effect, Plan, Receipt } from './plan.js';
import { governedFiles } from './layouts/governed-files.js';
import { modelNameFrom, tellingFolder, vagueName } from './layouts/layout.js';
import { metricsBeside } from './layouts/metrics-beside.js';
import type { LaidOutModel } from './layouts/layout.js';
import { recogniseLayouts } from './layouts/recognise-layouts.js';
import { type RecognisedFile, recognise } from './artifacts/recognise.js';
import type { Surroundings } from './surroundings.js';

/** What `init` is told. */
export interface InitRequest {
  /** Name of the model; null to take it from the file that was found. */
  readonly name: string | null;
  /** Public half of the signing key; null when the log is not to be signed. */
  readonly verifierKey: string | null;
  readonly storePath: string;
  /** Texts of the workflow files to write, by path. */
  readonly workflows: ReadonlyMap<string, string>;
  readonly dryRun: boolean;
}

/** What `init` found and wrote, or would write. */
export interface Initiation {
  readonly recognised: readonly RecognisedFile[];
  /** Models that were found by how their files are laid out, and as what. */
  readonly layouts: readonly { readonly model: ModelName; readonly layout: string }[];
  readonly models: readonly ModelName[];
  /** Files that were there already and stay as they are. */
  readonly kept: readonly string[];
  /** Files of ours that a rule of .gitignore would hide from git. */
  readonly hidden: readonly string[];
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
}

/**
 * Writes weighbridge.yaml, a manifest and a stages file for each model that is found, and the workflows. Overwrites
 * nothing.
 * @throws flow/name-of-several
 */
export async function initRepository(surroundings: Surroundings, request: InitRequest): Promise<Initiation> {
  const recognised = await recognise(surroundings);
  // In a governed repository nothing is made up: neither a model that nobody has, nor a store that its policy does not name.
  const governed = (await surroundings.workTree.read('weighbridge.yaml', 1024 * 1024)) !== null;
  const present = await governedFiles(surroundings.workTree);
  const isPresent = (path: string) => present.some(({ covers }) => covers(path));
  const unnamed = (await recogniseLayouts(surroundings.workTree, recognised)).filter(
    ({ facts }) => !(facts.artifacts ?? []).every((path) => isPresent(path.slice(1))),
  );
  const covered = (path: string) => isPresent(path) || unnamed.some(({ covers }) => covers(path));
  const rest = recognised.filter(({ path }) => !covered(path));
  const laidOut = nameLaidOut(unnamed, request.name, rest);
  const named = {
    name: laidOut.length === 0 ? request.name : null,
    root: surroundings.workTree.root,
    governed: governed || laidOut.length + present.length > 0,
  };
  const models = new Map<ModelName, ManifestFacts>();
  for (const { facts } of laidOut) if (!models.has(facts.name)) models.set(facts.name, facts);
  for (const [name, paths] of groupByModel(rest, named)) {
    if (models.has(name)) continue;
    const others = recognised.map(({ path }) => path).filter((path) => !paths.includes(path));
    const metrics = await metricsBeside(surroundings.workTree, paths, others);
    const artifacts = paths.map((path) => `/${path}`);
    models.set(name, { name, artifacts, ...(metrics.length === 0 ? {} : { metrics }) });
  }
  const files = new Map<string, string>(request.workflows);
  files.set(
    'weighbridge.yaml',
    renderPolicyTemplate({
      storePath: request.storePath,
      ...(request.verifierKey === null ? {} : { verifierKey: request.verifierKey }),
    }),
  );
  for (const [name, facts] of models) {
    files.set(`models/${name}/model.yaml`, renderManifestTemplate(facts));
    files.set(`models/${name}/stages.yaml`, renderStagesTemplate());
  }
  for (const { manifestPath, stagesPath } of present) {
    files.set(manifestPath, '');
    files.set(stagesPath, renderStagesTemplate());
  }
  const effects: Effect[] = [];
  const kept: string[] = [];
  for (const [path, text] of [...files].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const there = await surroundings.workTree.read(path, 1024 * 1024);
    if (there === null) effects.push({ kind: 'write', path, text });
    else kept.push(path);
  }
  const ignore = governed ? [] : await planIgnore(surroundings, request.storePath);
  const plan: Plan = { effects: [...effects, ...ignore] };
  const hidden = [...(await surroundings.workTree.ignored([...files.keys()]))];
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan);
  const layouts = laidOut.map(({ facts, layout }) => ({ model: facts.name, layout }));
  const names = [...new Set([...present.map(({ name }) => name), ...models.keys()])];
  return { recognised, layouts, models: names, kept, hidden, plan, receipts };
}

/** A name that is asked for is that of the one model that is there. @throws flow/name-of-several */
function nameLaidOut(
  laidOut: readonly LaidOutModel[],
  name: string | null,
  rest: readonly RecognisedFile[],
): readonly LaidOutModel[] {
  const [only, ...others] = laidOut;
  if (name === null || only === undefined || !isModelName(name)) return laidOut;
  if (others.length === 0 && rest.length === 0) return [{ ...only, facts: { ...only.facts, name } }];
  const found = [...laidOut.map(({ layout }) => layout), ...rest.map(({ path }) => path)];
  const shown = found.length > 5 ? [...found.slice(0, 5), `${found.length - 5} more`] : found;
  throw weighbridgeError('flow/name-of-several', { name, found: shown.join(', ') });
}

/** Files of one folder are one model, named after the folder, else the file, else the repository. */
function groupByModel(
  recognised: readonly RecognisedFile[],
  { name, root, governed }: { readonly name: string | null; readonly root: string; readonly governed: boolean },
): Map<ModelName, string[]> {
  const groups = new Map<ModelName, string[]>();
  for (const { path } of recognised) {
    const named = name ?? modelNameFrom(tellingName(path, root));
    if (!isModelName(named)) continue;
    groups.set(named, [...(groups.get(named) ?? []), path]);
  }
  const fallback = name ?? (governed ? null : 'my-model');
  if (groups.size === 0 && fallback !== null && isModelName(fallback)) groups.set(fallback, []);
  return groups;
}

function tellingName(path: string, root: string): string {
  const parts = path.split('/');
  const file = (parts.pop() ?? path).replace(/\.[^.]+$/, '');
  const folder = tellingFolder(parts.join('/'));
  if (folder !== null) return folder;
  return vagueName.test(file) ? (root.split(/[\\/]/).at(-1) ?? file) : file;
}

/** A store inside the checkout must not be committed. */
async function planIgnore(surroundings: Surroundings, storePath: string): Promise<Effect[]> {
  if (/^(?:\/|[A-Za-z]:|[a-z0-9]+:\/\/)/.test(storePath) || storePath.startsWith('..')) return [];
  const bytes = await surroundings.workTree.read('.gitignore', 1024 * 1024);
  const before = bytes === null ? '' : new TextDecoder().decode(bytes);
  const line = `/${storePath.replace(/^\.\//, '').replace(/\/+$/, '')}/`;
  if (before.split(/\r?\n/).includes(line)) return [];
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  return [{ kind: 'write', path: '.gitignore', text: `${before}${separator}${line}\n` }];
}
