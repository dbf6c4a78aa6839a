/** Standard normal distribution function; absolute error below 1e-14 for |x| <= 8, beyond which it is 0 or 1. */
export function normalBelow(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  // Series of Marsaglia (2004): every term has the sign of x, so nothing cancels.
  let [sum, term] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

/** The z with a central probability of `confidence` (0 < confidence < 1) between -z and z: 1.959964 for 0.95. */
export function centralQuantile(confidence: number): number {
  let [low, high] = [0, 8];
  // 60 halvings of 8 are below the spacing of doubles there.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (2 * normalBelow(middle) - 1 < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
