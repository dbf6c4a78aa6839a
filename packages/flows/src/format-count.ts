/** How many of something, in words: `1 object`, `12,345 objects`. The plural of the noun is made by an s. */
export function formatCount(count: number, noun: string): string {
  const grouped = String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return `${grouped} ${noun}${count === 1 ? '' : 's'}`;
}
