import type { Snapshot } from '@weighbridge/versioning';

/** Classes of Transformers end in what they are for; only endings with one pipeline tag are here (hub-docs, tasks). */
const tasksByClass: Readonly<Record<string, string>> = {
  ForCausalLM: 'text-generation',
  ForSequenceClassification: 'text-classification',
  ForTokenClassification: 'token-classification',
  ForQuestionAnswering: 'question-answering',
  ForMaskedLM: 'fill-mask',
  ForImageClassification: 'image-classification',
  ForObjectDetection: 'object-detection',
  ForCTC: 'automatic-speech-recognition',
  ForAudioClassification: 'audio-classification',
};

const tasksByAdapter: Readonly<Record<string, string>> = {
  CAUSAL_LM: 'text-generation',
  SEQ_CLS: 'text-classification',
  TOKEN_CLS: 'token-classification',
  QUESTION_ANS: 'question-answering',
  FEATURE_EXTRACTION: 'feature-extraction',
};

/** Frameworks as manifests write them, in the spelling of the Hub's `library_name`. */
const libraries: Readonly<Record<string, string>> = {
  'scikit-learn': 'sklearn',
  sklearn: 'sklearn',
  pytorch: 'pytorch',
  torch: 'pytorch',
  keras: 'keras',
  transformers: 'transformers',
  peft: 'peft',
  diffusers: 'diffusers',
  'sentence-transformers': 'sentence-transformers',
  timm: 'timm',
  spacy: 'spacy',
  flair: 'flair',
  fastai: 'fastai',
  onnx: 'onnx',
};

/** The pipeline tag that an adapter's task type or a class names; null where it names none for certain. */
export function taskOf(adapterTask: string | null, architecture: string | null): string | null {
  if (adapterTask !== null && Object.hasOwn(tasksByAdapter, adapterTask)) return tasksByAdapter[adapterTask] ?? null;
  return Object.entries(tasksByClass).find(([ending]) => architecture?.endsWith(ending))?.[1] ?? null;
}

/** The library that loads it: that of the files, else the framework that the manifest names. */
export function libraryOf(snapshot: Snapshot, isPeft: boolean): string | null {
  if (isPeft) return 'peft';
  if (snapshot.artifacts.some(({ document }) => document?.type === 'hf-config')) return 'transformers';
  const framework = snapshot.runtime.framework?.toLowerCase() ?? '';
  if (Object.hasOwn(libraries, framework)) return libraries[framework] ?? null;
  const formats = new Set(snapshot.artifacts.flatMap(({ header }) => header?.format ?? []));
  const [only] = formats;
  return formats.size === 1 && (only === 'gguf' || only === 'onnx') ? only : null;
}

/** How it came from its base: `adapter` by its kind, `quantized` by its tensors; null leaves it to the Hub to infer. */
export function relationOf(snapshot: Snapshot): string | null {
  if (snapshot.kind === 'adapter') return 'adapter';
  const isQuantized = snapshot.artifacts.some(
    ({ header }) => header?.format === 'gguf' && header.tensors.some(([, dtype]) => /^I?Q\d/.test(dtype)),
  );
  return isQuantized ? 'quantized' : null;
}
