/**
 * Names that every JavaScript object answers to. As keys they could reach into the program that reads the file or pass
 * for something that nobody wrote, so no file and no name of ours may use them.
 */
const reserved: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function isReservedKey(key: string): boolean {
  return reserved.has(key);
}
