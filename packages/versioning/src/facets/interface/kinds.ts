import type { Difference } from '../../difference.js';

/** Who gives the value: the caller (`input`) or the model (`output`). What is a loss for one is a gain for the other. */
export type Direction = 'input' | 'output';

export type InterfaceKind =
  | 'input-removed'
  | 'input-added'
  | 'input-added-required'
  | 'input-required'
  | 'input-optional'
  | 'input-retyped'
  | 'input-reshaped'
  | 'input-narrowed'
  | 'input-widened'
  | 'output-removed'
  | 'output-added'
  | 'output-optional'
  | 'output-guaranteed'
  | 'output-retyped'
  | 'output-reshaped'
  | 'output-narrowed'
  | 'output-widened'
  | 'output-reordered'
  | 'label-removed'
  | 'label-moved'
  | 'label-added'
  | 'tool-removed'
  | 'tool-changed'
  | 'tool-added'
  | 'default'
  | 'keyword'
  | 'wording'
  | 'described'
  | 'undescribed'
  | 'opaque'
  | 'layout'
  | 'model-kind';

export type InterfaceDifference = Difference<InterfaceKind>;
