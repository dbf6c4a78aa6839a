/**
 * Attributes of the classical operators (ai.onnx.ml) whose very length is learned: the nodes of trees, the support
 * vectors, the vocabulary. A retrained forest has other trees but is the same architecture, so these are weights, and
 * neither their content nor their length is structure.
 */
const learned: ReadonlyMap<string, RegExp> = new Map([
  ['TreeEnsembleClassifier', /^(?:nodes_|base_values|class_(?:ids|nodeids|treeids|weights))/],
  ['TreeEnsembleRegressor', /^(?:nodes_|base_values|target_(?:ids|nodeids|treeids|weights))/],
  ['TreeEnsemble', /^(?:nodes_|leaf_|tree_roots|membership_values)/],
  ['SVMClassifier', /^(?:coefficients|support_vectors|vectors_per_class|rho|prob_a|prob_b|kernel_params)$/],
  ['SVMRegressor', /^(?:coefficients|support_vectors|n_supports|rho|kernel_params)$/],
  ['TfIdfVectorizer', /^(?:pool_|ngram_|weights$)/],
]);

/** Attributes that hold learned numbers of a fixed count: the count is structure, the numbers are weights. */
const weighted: ReadonlyMap<string, RegExp> = new Map([
  ['LinearClassifier', /^(?:coefficients|intercepts)$/],
  ['LinearRegressor', /^(?:coefficients|intercepts)$/],
  ['Scaler', /^(?:offset|scale)$/],
  ['Imputer', /^imputed_value_/],
]);

export function isLearnedAttribute(operator: string, attribute: string): boolean {
  return learned.get(operator)?.test(attribute) ?? false;
}

export function isWeightAttribute(operator: string, attribute: string): boolean {
  return weighted.get(operator)?.test(attribute) ?? false;
}
