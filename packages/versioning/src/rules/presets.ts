import type { Bump } from '@weighbridge/core';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { RuleName } from './rule-names.js';

/** What one kind of difference moves the version by, in each preset. */
export interface Rule extends Readonly<Record<VersioningPolicy['preset'], Bump>> {
  /**
   * Whether the content is the same and only its form is another: renamed, sharded, saved again. Then an override of the
   * whole facet leaves it alone; one of this very rule counts.
   */
  readonly noise: boolean;
  /** What the rule speaks of, for the documentation. */
  readonly says: string;
}

/**
 * The one table of rules. `weights` counts what the model is: another architecture or base is major, a retrain on other
 * data minor. `interface` counts what callers see: a retrain is a patch, and only what goes in or comes out is major.
 * A kind of difference without a line does not compile.
 */
export const rules = {
  'base.model': rule('major', 'minor', 'the base is another model'),
  'base.added': rule('major', 'minor', 'a base was added, and the weights are not the same'),
  'base.removed': rule('major', 'minor', 'the base was removed, and the weights are not the same'),
  'base.declared': rule('patch', 'patch', 'the base is named, or no longer, while the weights are the same'),
  'base.revision': rule('minor', 'patch', 'another revision of the same base'),
  'base.dated-snapshot': rule('minor', 'patch', 'another dated snapshot of the same base'),
  'base.quantisation': rule('minor', 'patch', 'another quantisation of the same base'),
  'base.registry-major': rule('major', 'major', 'the base, a model of this registry, had a major release'),
  'base.registry-minor': rule('minor', 'minor', 'the base, a model of this registry, had a minor release'),
  'base.registry-patch': rule('patch', 'patch', 'the base, a model of this registry, had a patch release'),
  'base.range': rule('patch', 'patch', 'which versions of a base of this registry fit'),
  'base.renamed': noise('the base has another name and the same content'),

  'architecture.artifact-added': rule('minor', 'minor', 'further weights beside those that were there'),
  'architecture.artifact-removed': rule('major', 'major', 'weights are no longer there'),
  'architecture.format': rule('minor', 'minor', 'the same model in another file format'),
  'architecture.tensor-added': rule('major', 'minor', 'tensors that were not there'),
  'architecture.tensor-removed': rule('major', 'minor', 'tensors that are no longer there'),
  'architecture.tensor-renamed': rule('major', 'minor', 'tensors of the same content under other names'),
  'architecture.tensor-reshaped': rule('major', 'minor', 'tensors of other shapes'),
  'architecture.parameter-count': rule(
    'major',
    'minor',
    'another count of parameters, where formats name tensors differently',
  ),
  'architecture.dtype': rule('minor', 'minor', 'the same tensors in another number format'),
  'architecture.quantisation': rule('minor', 'minor', 'the same tensors quantised otherwise'),
  'architecture.graph': rule('major', 'minor', 'the graph has another structure'),
  'architecture.opset-raised': rule(
    'minor',
    'minor',
    'the graph asks for a newer operator set, which older runtimes refuse',
  ),
  'architecture.opset-lowered': rule('none', 'none', 'the graph asks for an older operator set'),
  'architecture.estimator': rule('major', 'minor', 'the estimator is made of other classes'),
  'architecture.setting': rule('major', 'minor', 'a setting that decides how the layers are built'),
  'architecture.context-length': rule('minor', 'minor', 'positions: context length, rotary embedding, window'),

  'weights.tensors': rule('patch', 'patch', 'tensors with other content'),
  'weights.file': rule('patch', 'patch', 'a file with other bytes, where tensors are not told apart'),
  'weights.file-added': rule('patch', 'patch', 'a further file without a known header'),
  'weights.file-removed': rule('minor', 'minor', 'a file without a known header is no longer there'),
  'weights.resaved': noise('saved or sharded otherwise, every tensor equal'),
  'weights.renamed': noise('another file name, the same bytes'),

  'tokenizer.ids-moved': rule('major', 'major', 'ids mean other tokens'),
  'tokenizer.tokens-removed': rule('major', 'major', 'tokens that are no longer there'),
  'tokenizer.tokens-added': rule('minor', 'minor', 'further tokens, all others keep their ids'),
  'tokenizer.vocabulary-replaced': rule('major', 'major', 'a vocabulary known by digest alone is another one'),
  'tokenizer.segmentation': rule('major', 'minor', 'text falls into other tokens: merges, scores, normalisation'),
  'tokenizer.special-token-changed': rule('major', 'major', 'a special token is another one or gone'),
  'tokenizer.special-token-added': rule('minor', 'minor', 'a further special token'),
  'tokenizer.chat-template': rule('minor', 'patch', 'wording or layout of the chat template'),
  'tokenizer.chat-template-roles': rule('major', 'major', 'roles or tokens of the chat template'),
  'tokenizer.chat-template-added': rule('minor', 'minor', 'a further chat template'),
  'tokenizer.chat-template-removed': rule('major', 'major', 'a chat template is no longer there'),
  'tokenizer.setting': rule('patch', 'patch', 'another setting of the tokenizer'),
  'tokenizer.added': rule('minor', 'minor', 'a further tokenizer file'),
  'tokenizer.removed': rule('major', 'major', 'a tokenizer file is no longer there'),
  'tokenizer.part-removed': rule('minor', 'minor', 'one of several files that tell the tokenizer is no longer there'),

  'data.training': rule('minor', 'patch', 'other training data with other weights'),
  'data.training-only': rule('patch', 'patch', 'other training data while the weights are the same'),
  'data.validation': rule('patch', 'patch', 'other validation data'),
  'data.evaluation': rule('none', 'none', 'other evaluation data'),
  'data.renamed': noise('data with another name and the same content'),
  'data.pinned': noise('the same reference, pinned now or no longer'),

  'config.value': rule('patch', 'patch', 'a setting with another value'),
  'config.key-added': rule('patch', 'patch', 'a further setting'),
  'config.key-removed': rule('patch', 'patch', 'a setting that is no longer there'),
  'config.opaque': rule('patch', 'patch', 'a settings file that cannot be read key by key'),
  'config.file-added': rule('patch', 'patch', 'a further settings file'),
  'config.file-removed': rule('patch', 'patch', 'a settings file that is no longer there'),
  'config.model-setting': rule('patch', 'patch', 'a setting of the model itself that is no architecture'),
  'config.generation': rule('patch', 'patch', 'a default of generation'),
  'config.layout': noise('comments, white space or the order of keys'),
  'config.renamed': noise('a settings file with another name'),

  'code.changed': rule('patch', 'patch', 'training code'),
  'code.added': rule('patch', 'patch', 'further training code'),
  'code.removed': rule('patch', 'patch', 'training code that is no longer there'),
  'code.renamed': noise('training code with another name'),

  'prompts.variable-removed': rule('major', 'major', 'a template no longer has a variable'),
  'prompts.variable-added': rule('major', 'major', 'a template asks for a further variable'),
  'prompts.variable-added-optional': rule('minor', 'minor', 'a further variable that may be left out'),
  'prompts.variable-required': rule('major', 'major', 'a variable that must be given now'),
  'prompts.variable-optional': rule('minor', 'minor', 'a variable that may be left out now'),
  'prompts.language': rule('major', 'major', 'a template in another template language'),
  'prompts.roles': rule('minor', 'minor', 'which roles speak in a template'),
  'prompts.examples': rule('minor', 'patch', 'how many examples a template shows'),
  'prompts.template-added': rule('minor', 'minor', 'a further template'),
  'prompts.template-removed': rule('major', 'major', 'a template is no longer there'),
  'prompts.wording': rule('patch', 'patch', 'the wording of a template'),
  'prompts.own-wording': rule('minor', 'patch', 'the wording of a template, where the prompt is the model'),
  'prompts.renamed': noise('a template with another name'),

  'retrieval.embedding': rule('major', 'minor', 'the embedding model or its dimension'),
  'retrieval.embedding-setting': rule('patch', 'patch', 'how the embedding is run'),
  'retrieval.chunking': rule('minor', 'patch', 'how documents are cut'),
  'retrieval.index': rule('minor', 'patch', 'the kind of index or its distance'),
  'retrieval.corpus': rule('minor', 'patch', 'what is searched'),
  'retrieval.reranker': rule('minor', 'patch', 'how hits are ordered again'),
  'retrieval.query': rule('patch', 'patch', 'query parameters'),
  'retrieval.opaque': rule('minor', 'minor', 'a retrieval file that cannot be read key by key'),
  'retrieval.added': rule('minor', 'minor', 'retrieval was added'),
  'retrieval.removed': rule('major', 'minor', 'retrieval was removed'),
  'retrieval.layout': noise('comments, white space or the order of keys'),

  'interface.input-removed': rule('major', 'major', 'an input that is no longer taken'),
  'interface.input-added': rule('minor', 'minor', 'a further optional input'),
  'interface.input-added-required': rule('major', 'major', 'a further input that must be given'),
  'interface.input-required': rule('major', 'major', 'an input that must be given now'),
  'interface.input-optional': rule('minor', 'minor', 'an input that may be left out now'),
  'interface.input-retyped': rule('major', 'major', 'an input of another type'),
  'interface.input-reshaped': rule('major', 'major', 'an input of another shape'),
  'interface.input-narrowed': rule('major', 'major', 'an input that takes fewer values'),
  'interface.input-widened': rule('minor', 'minor', 'an input that takes more values'),
  'interface.output-removed': rule('major', 'major', 'an output that is no longer given'),
  'interface.output-added': rule('minor', 'minor', 'a further output'),
  'interface.output-optional': rule('major', 'major', 'an output that may be missing now'),
  'interface.output-guaranteed': rule('minor', 'minor', 'an output that is always given now'),
  'interface.output-retyped': rule('major', 'major', 'an output of another type'),
  'interface.output-reshaped': rule('major', 'major', 'an output of another shape'),
  'interface.output-narrowed': rule('minor', 'minor', 'an output that takes fewer values'),
  'interface.output-widened': rule('major', 'major', 'an output that takes values it never took'),
  'interface.output-reordered': rule('major', 'major', 'outputs in another order'),
  'interface.label-removed': rule('major', 'major', 'a label that is no longer given'),
  'interface.label-moved': rule('major', 'major', 'a label under another id'),
  'interface.label-added': rule('minor', 'minor', 'a further label'),
  'interface.tool-removed': rule('major', 'major', 'a tool that is no longer called'),
  'interface.tool-changed': rule('major', 'major', 'a tool that is called otherwise'),
  'interface.tool-added': rule('minor', 'minor', 'a further tool'),
  'interface.default': rule('minor', 'minor', 'what is taken when an input is left out'),
  'interface.keyword': rule('patch', 'patch', 'another part of the interface document'),
  'interface.wording': rule('none', 'none', 'titles, descriptions and examples'),
  'interface.described': rule('minor', 'minor', 'a part of the interface is described for the first time'),
  'interface.undescribed': rule('minor', 'minor', 'a part of the interface is no longer described'),
  'interface.opaque': rule('major', 'major', 'an interface document that cannot be compared'),
  'interface.layout': noise('comments, white space or the order of keys'),
  'interface.model-kind': rule('major', 'major', 'the model is of another kind'),

  'adapter.rank': rule('major', 'minor', 'the rank of the adapter'),
  'adapter.target-modules': rule('major', 'minor', 'which modules the adapter changes'),
  'adapter.type': rule('major', 'minor', 'the method or the task of the adapter'),
  'adapter.scaling': rule('patch', 'patch', 'alpha, dropout and their kin'),
  'adapter.setting': rule('patch', 'patch', 'another setting of the adapter'),
  'adapter.base-name': rule('major', 'minor', 'the base that the adapter names, where the manifest names none'),
  'adapter.base-revision': rule(
    'minor',
    'patch',
    'the revision, dated snapshot or quantisation of the base that the adapter names',
  ),
  'adapter.added': rule('major', 'minor', 'an adapter was added'),
  'adapter.removed': rule('major', 'minor', 'the adapter was removed'),

  'metrics.significant': rule('minor', 'minor', 'a primary metric moved by at least the threshold, with the model'),
  'metrics.capability': rule('minor', 'minor', 'a metric is within the bounds of a new capability for the first time'),
  'metrics.values': rule('none', 'none', 'metrics'),
  'metrics.context': rule('none', 'none', 'the circumstances of a measurement'),
  'metrics.added': rule('none', 'none', 'further metrics'),
  'metrics.removed': rule('none', 'none', 'metrics that are no longer there'),

  'runtime.framework': rule('minor', 'minor', 'another framework'),
  'runtime.framework-major': rule('minor', 'minor', 'another major version of the framework'),
  'runtime.framework-version': rule('patch', 'patch', 'another version of the framework'),
  'runtime.declared': rule('patch', 'patch', 'the framework is recorded, or no longer'),
  'runtime.image': rule('patch', 'patch', 'the image'),
  'runtime.lock': rule('patch', 'patch', 'the dependency lock'),
  'runtime.flavor': rule('patch', 'patch', 'how the model is loaded'),
  'runtime.flavor-removed': rule('major', 'major', 'a way to load the model is no longer there'),

  'uses.part-added': rule('minor', 'minor', 'a further part'),
  'uses.part-removed': rule('major', 'major', 'a part was removed or replaced by another'),
  'uses.part-major': rule('major', 'major', 'a part had a major release'),
  'uses.part-minor': rule('minor', 'minor', 'a part had a minor release'),
  'uses.part-patch': rule('patch', 'patch', 'a part had a patch release'),
  'uses.part-renumbered': noise('a part with another version and the same content'),
  'uses.range': rule('patch', 'patch', 'which versions of a part fit'),

  'documentation.description': rule('none', 'none', 'the description'),
  'documentation.owners': rule('none', 'none', 'the owners'),
  'documentation.file': rule('none', 'none', 'a README'),
  'documentation.model-card': rule('none', 'none', 'the model card'),
  'documentation.training': rule('none', 'none', 'the record of the training run'),
  'documentation.metadata': rule('none', 'none', 'free metadata'),
} as const satisfies Readonly<Record<RuleName, Rule>>;

function rule(weights: Bump, callers: Bump, says: string): Rule {
  return { weights, interface: callers, noise: false, says };
}

function noise(says: string): Rule {
  return { weights: 'none', interface: 'none', noise: true, says };
}
