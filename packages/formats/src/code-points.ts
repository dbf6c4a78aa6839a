/**
 * Order of two texts by code points, which is also the order of their UTF-8 bytes. JavaScript's own order is by UTF-16
 * units and differs for characters beyond U+FFFF.
 */
export function compareCodePoints(left: string, right: string): number {
  const sharedLength = Math.min(left.length, right.length);
  for (let index = 0; index < sharedLength; index++) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0)
      return isSurrogate(left, index) === isSurrogate(right, index) ? difference : isSurrogate(left, index) ? 1 : -1;
  }
  return left.length - right.length;
}

function isSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xf800) === 0xd800;
}
