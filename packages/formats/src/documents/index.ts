export { architectureKeys, architecturePatterns, type HfConfigFacts, parseHfConfig } from './hf-config.js';
export {
  type MlmodelFacts,
  type MlmodelOrigin,
  parseMlmodel,
  parseMlmodelInterface,
  parseMlmodelOrigin,
  type SignatureField,
} from './mlmodel.js';
export { type FrontMatter, type ModelCardFacts, parseFrontMatter, parseModelCard } from './model-card.js';
export {
  type ModelDocument,
  type ModelDocumentType,
  modelDocumentType,
  parseModelDocument,
} from './model-documents.js';
export { type PeftAdapterFacts, parsePeftAdapter } from './peft-adapter.js';
export {
  isJsonObject,
  parseStrictJson,
  parseStrictJsonObject,
  type StrictJsonOptions,
  strictJsonLimits,
} from './strict-json.js';
export { parseStrictYaml, strictYamlLimits } from './strict-yaml.js';
export { parseSentencePiece } from './sentencepiece.js';
export { type DocumentOptions, parseTokenizer, type TokenizerFacts } from './tokenizer.js';
export {
  chatTemplateFacts,
  parseGenerationConfig,
  parseTokenizerConfig,
  type TokenizerConfigFacts,
} from './tokenizer-config.js';
export {
  compareVocabularies,
  digestVocabulary,
  maxVocabularyIds,
  type VocabularyFacts,
  type VocabularyRelation,
  vocabularyBlockIds,
  vocabularyWindowIds,
} from './vocabulary.js';
