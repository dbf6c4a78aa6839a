/** Headings of --help, in the order in which somebody needs them, with the commands below each. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'Set up:': ['init', 'check', 'doctor', 'demo'],
  'From change to production:': ['version', 'gate', 'register', 'promote', 'apply', 'rollback'],
  'Look:': ['show', 'diff', 'lineage', 'impact', 'reproduce', 'adapters', 'audit'],
  'Evidence and signatures:': ['attest', 'evidence', 'sign', 'verify'],
  'Documents and releases:': ['card', 'bom', 'notes', 'documents', 'release'],
  'Files and stores:': ['pull', 'export', 'store', 'hold'],
};

/** The heading of a command, by its first word. Commands of a group of their own stand under its help without one. */
export function groupOfHelp(name: string): string {
  const found = Object.entries(groups).find(([, names]) => names.includes(name));
  return found === undefined ? 'Commands:' : found[0];
}
