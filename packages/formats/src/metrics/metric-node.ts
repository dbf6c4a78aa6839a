/**
 * A JSON or YAML document as metric readers see it: numbers are the text that stood there, so that nothing is rounded
 * on the way. `NaN` and infinities, which JSON does not know and Python writes, are words.
 */
export type MetricNode =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: 'true' | 'false' }
  | { readonly kind: 'null'; readonly text: 'null' }
  | { readonly kind: 'list'; readonly items: readonly MetricNode[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, MetricNode> };

export type MetricMap = Extract<MetricNode, { readonly kind: 'map' }>;

/** Bounds on every metric document: beyond them it is refused by name, never truncated. */
export const metricLimits = {
  /** JSON, CSV and text. */
  sizeBytes: 16 * 1024 * 1024,
  /** YAML costs more to read. */
  yamlSizeBytes: 1024 * 1024,
  depth: 64,
  nodes: 1_000_000,
  values: 20_000,
  keyLength: 500,
  textLength: 1_000,
} as const;

/** Half of a surrogate pair, which has no UTF-8 and therefore no digest: readers refuse texts that hold one. */
export const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The member of a map that is itself a map, or null. */
export function mapAt(node: MetricNode | null | undefined, key: string): MetricMap | null {
  const member = nodeAt(node, key);
  return member?.kind === 'map' ? member : null;
}

/** The items of a member that is a list, or null. */
export function listAt(node: MetricNode | null | undefined, key: string): readonly MetricNode[] | null {
  const member = nodeAt(node, key);
  return member?.kind === 'list' ? member.items : null;
}

/** The text of a member that is a number, word, boolean or null; null when it is absent, a list or a map. */
export function textAt(node: MetricNode | null | undefined, key: string): string | null {
  return scalarText(nodeAt(node, key));
}

export function nodeAt(node: MetricNode | null | undefined, key: string): MetricNode | null {
  return node?.kind === 'map' ? (node.entries.get(key) ?? null) : null;
}

export function scalarText(node: MetricNode | null | undefined): string | null {
  return node === null || node === undefined || node.kind === 'list' || node.kind === 'map' ? null : node.text;
}
