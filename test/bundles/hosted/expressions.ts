/** Values that `${{ … }}` of our workflows may name, such as `inputs.model` or `secrets.KEY`. */
export type ExpressionValues = Readonly<Record<string, string>>;

/** Fills in `${{ name }}`, also where YAML read a number or a truth. A name that is not there is empty, as on the runner; what is no name is refused. */
export function fillIn(text: unknown, values: ExpressionValues): string {
  return String(text).replaceAll(/\$\{\{(.*?)\}\}/g, (_whole, inner: string) => {
    const name = inner.trim();
    if (!/^[a-z_-]+(\.[\w-]+)+$/i.test(name)) throw new Error(`The stories' runner cannot evaluate "${name}".`);
    return values[name] ?? '';
  });
}

/** Whether `if:` of a job holds: none, or one of several comparisons of a name with a text. */
export function holds(condition: string | null, values: ExpressionValues): boolean {
  if (condition === null) return true;
  return condition.split('||').some((comparison) => {
    const match = /^([\w.-]+) == '([^']*)'$/.exec(comparison.trim());
    if (match === null) throw new Error(`The stories' runner cannot evaluate "${condition}".`);
    return values[match[1] ?? ''] === match[2];
  });
}
