/** What can differ in the facet `tokenizer`. */
export type TokenizerKind =
  | 'ids-moved'
  | 'tokens-removed'
  | 'tokens-added'
  | 'vocabulary-replaced'
  | 'segmentation'
  | 'special-token-changed'
  | 'special-token-added'
  | 'chat-template'
  | 'chat-template-roles'
  | 'chat-template-added'
  | 'chat-template-removed'
  | 'setting'
  | 'added'
  | 'removed'
  | 'part-removed';
