/** What --help tells of a command without its code: that of all commands takes several times as long to load as that of one. */
export interface OutlinedCommand {
  /** The first word of its name, which several may share. */
  readonly name: string;
  /** Its words as its usage shows them, such as `<model> [folder]`; null for a group of commands. */
  readonly words: string | null;
  readonly summary: string;
}

/** Every command, and every group of commands, in the order in which --help lists them. */
export const outline: readonly OutlinedCommand[] = [
  { name: 'init', words: '', summary: 'Set up Weighbridge in a repository' },
  { name: 'check', words: '', summary: 'Look for faults in the files that people write' },
  { name: 'version', words: '[models...]', summary: 'Work out the next version of models from what changed' },
  { name: 'gate', words: '[models...]', summary: 'Judge models by the gate of the stage they are to enter' },
  { name: 'register', words: '[models...]', summary: 'Store artifacts, record the version, tag it' },
  { name: 'promote', words: '<model>', summary: 'Move a version to a stage, if the gate of that stage permits' },
  {
    name: 'apply',
    words: '[models...]',
    summary: 'Move stages to where stages.yaml of the default branch asks them to be',
  },
  { name: 'rollback', words: '<model>', summary: 'Point a stage back to its last good version' },
  { name: 'show', words: '[models...]', summary: 'Show what is registered and which version each stage points to' },
  {
    name: 'adapters',
    words: '',
    summary: 'List the LoRA adapters that can be served on a base, with arguments for vLLM and KServe',
  },
  { name: 'audit', words: null, summary: 'Verify, show, export and prove what the ledger says' },
  {
    name: 'doctor',
    words: '',
    summary: 'Tell how strong the set-up of this repository is, and what mends each weak point',
  },
  { name: 'diff', words: '<from> <to>', summary: 'Tell what changed between two model files or two versions' },
  { name: 'lineage', words: '<version>', summary: 'Show what a version was made of, and what was made of it' },
  {
    name: 'impact',
    words: '<about>',
    summary: 'Show what depends on a model, on data or on a digest, and the version each would get',
  },
  {
    name: 'reproduce',
    words: '<version>',
    summary: 'Tell how to make a version again: code, environment, data, command, figures to compare',
  },
  { name: 'card', words: '<version>', summary: 'Write the model card of a version' },
  { name: 'bom', words: '<version>', summary: 'Write the bill of materials of a version (CycloneDX)' },
  { name: 'notes', words: '<version>', summary: 'Write the release notes of a version' },
  {
    name: 'documents',
    words: '<version>',
    summary: 'Write model card, bill of materials and release notes of a version into a folder',
  },
  { name: 'release', words: '[versions...]', summary: 'Publish the GitHub release of a registered version' },
  { name: 'attest', words: '[model]', summary: 'Sign what was measured of a model' },
  { name: 'evidence', words: null, summary: 'Metric documents of registered versions' },
  { name: 'sign', words: '<model>', summary: 'Sign a registered version, or record its signature' },
  { name: 'verify', words: '<model> [folder]', summary: 'Verify the signatures of a version, and its files' },
  { name: 'pull', words: '<model>', summary: 'Bring the files of a version here, verified' },
  { name: 'export', words: '<model>', summary: 'Write a version as an OCI image layout (CNCF ModelPack)' },
  { name: 'store', words: null, summary: 'The store of artifacts' },
  { name: 'hold', words: '<model>', summary: 'Keep the bytes of a version, whatever retention says' },
  { name: 'demo', words: '', summary: 'Take a real model through its life in a repository of its own' },
];
