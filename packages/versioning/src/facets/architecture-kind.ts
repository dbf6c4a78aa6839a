/** What can differ in the facet `architecture`. */
export type ArchitectureKind =
  | 'artifact-added'
  | 'artifact-removed'
  | 'format'
  | 'tensor-added'
  | 'tensor-removed'
  | 'tensor-renamed'
  | 'tensor-reshaped'
  | 'parameter-count'
  | 'dtype'
  | 'quantisation'
  | 'graph'
  | 'opset-raised'
  | 'opset-lowered'
  | 'estimator'
  | 'setting'
  | 'context-length';
