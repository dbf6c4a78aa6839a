/** Which items of two lists are the same thing. */
export interface Pairing<Item> {
  readonly pairs: readonly { readonly from: Item; readonly to: Item }[];
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

/** One way to know an item again: equal keys are the same thing, null knows nothing. */
export interface PairingKey<Item> {
  readonly key: (item: Item) => string | null;
  /** Whether the key counts only where exactly one item of either side has it. */
  readonly unique?: boolean;
}

/**
 * Pairs the items of two lists by the first key that fits, in the order of the keys: a name before a content, a content
 * before a likeness. Both lists come sorted; of several items with one key the first is paired with the first.
 */
export function pairItems<Item>(
  previous: readonly Item[],
  candidate: readonly Item[],
  keys: readonly PairingKey<Item>[],
): Pairing<Item> {
  const pairs: { from: Item; to: Item }[] = [];
  let removed = [...previous];
  let added = [...candidate];
  for (const key of keys) {
    if (removed.length === 0 || added.length === 0) break;
    const matched = matchByKey(removed, added, key);
    pairs.push(...matched.map(([from, to]) => ({ from, to })));
    const gone = new Set(matched.flat());
    removed = removed.filter((item) => !gone.has(item));
    added = added.filter((item) => !gone.has(item));
  }
  return { pairs, removed, added };
}

function matchByKey<Item>(
  removed: readonly Item[],
  added: readonly Item[],
  { key, unique }: PairingKey<Item>,
): [Item, Item][] {
  const left = groupByKey(removed, key);
  const right = groupByKey(added, key);
  const matched: [Item, Item][] = [];
  for (const [name, items] of left) {
    const others = right.get(name) ?? [];
    if (unique === true && (items.length !== 1 || others.length !== 1)) continue;
    for (const [index, other] of others.entries()) {
      const item = items[index];
      if (item !== undefined) matched.push([item, other]);
    }
  }
  return matched;
}

function groupByKey<Item>(items: readonly Item[], key: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
