/**
 * What people type first who know another registry (MLflow, DVC, GTO, the Hub, Weights & Biases) or git, and the command
 * line that does it here. None of these words is a command, so that each thing keeps one name.
 */
const ownLines: Readonly<Record<string, string>> = {
  add: 'weighbridge init',
  alias: 'weighbridge apply',
  archive: 'weighbridge promote fraud@1.4.0 --to archived',
  assign: 'weighbridge promote fraud@1.4.0 --to staging',
  bump: 'weighbridge version',
  checkout: 'weighbridge pull fraud@1.4.0',
  commit: 'weighbridge register',
  create: 'weighbridge register',
  delete: 'weighbridge promote fraud@1.4.0 --to archived',
  deploy: 'weighbridge promote fraud@1.4.0 --to production',
  describe: 'weighbridge show fraud@1.4.0',
  download: 'weighbridge pull fraud@1.4.0',
  evaluate: 'weighbridge gate',
  fetch: 'weighbridge pull fraud@1.4.0',
  fsck: 'weighbridge audit verify',
  gc: 'weighbridge store collect --dry-run',
  get: 'weighbridge pull fraud@1.4.0',
  history: 'weighbridge audit log',
  info: 'weighbridge show fraud@1.4.0',
  list: 'weighbridge show',
  log: 'weighbridge audit log',
  ls: 'weighbridge show',
  metrics: 'weighbridge show fraud@1.4.0',
  models: 'weighbridge show',
  move: 'weighbridge promote fraud@1.4.0 --to staging',
  publish: 'weighbridge register',
  push: 'weighbridge store push',
  remove: 'weighbridge promote fraud@1.4.0 --to archived',
  repro: 'weighbridge reproduce fraud@1.4.0',
  reset: 'weighbridge rollback fraud --stage production --reason "false positives doubled"',
  revert: 'weighbridge rollback fraud --stage production --reason "false positives doubled"',
  rm: 'weighbridge promote fraud@1.4.0 --to archived',
  search: 'weighbridge show',
  stage: 'weighbridge promote fraud@1.4.0 --to staging',
  stages: 'weighbridge show',
  status: 'weighbridge version',
  tag: 'weighbridge register',
  transition: 'weighbridge promote fraud@1.4.0 --to staging',
  upload: 'weighbridge store push',
  validate: 'weighbridge check',
  lint: 'weighbridge check',
  versions: 'weighbridge show fraud',
};

/** Every word that ownLineFor knows. */
export const foreignWords: readonly string[] = Object.keys(ownLines);

/** The command line that does here what a word of another tool asks for; null for any other word. */
export function ownLineFor(word: string): string | null {
  return Object.hasOwn(ownLines, word) ? (ownLines[word] ?? null) : null;
}
