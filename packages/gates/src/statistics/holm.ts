/**
 * Holm's adjusted p-values (Scandinavian Journal of Statistics 6, 1979), in the order of the given ones: rejecting where
 * they are at most alpha keeps the chance of any false rejection among all of them at alpha, whatever their dependence.
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, at) => at).sort((left, right) => (pValues[left] ?? 1) - (pValues[right] ?? 1));
  const adjusted: number[] = [];
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[at] ?? 1)));
    adjusted[at] = largest;
  });
  return adjusted;
}
