/** Rows as a Markdown table: ratios first, then what was counted on both sides. */
export function renderTable(rows) {
  const head = ['B / A', 'ratio, quickest', 'ratio, median', 'aim', 'counted (A, B)'];
  const lines = rows.map(({ name, min, median, target, counts = {} }) => [
    name,
    String(min),
    String(median),
    target === undefined ? '' : `<= ${target}`,
    Object.entries(counts)
      .map(([what, sides]) => `${what}: ${countText(sides)}`)
      .join('; '),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function countText({ a, b }) {
  return [a, b]
    .filter((count) => count !== null)
    .map(formatCount)
    .join(', ');
}

function formatCount(count) {
  return Math.round(count).toLocaleString('en-US');
}
