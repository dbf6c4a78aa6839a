import type { LogState } from '../log/state.js';

/** The page of the branch: what it is and how to verify it. It changes only when a key is added. */
export function renderBranchPage(origin: string, state: LogState): string {
  const keys = state.signed
    ? `Entries and checkpoint are signed (Ed25519). Verifier keys:\n\n\`\`\`\n${state.keys.join('\n')}\n\`\`\``
    : 'This log is not signed: it shows accidents, and nobody who can push is kept from rewriting it.';
  return `# Ledger of \`${origin}\`

This branch is an append-only log of what happened to the models of this repository. Weighbridge writes it; do not edit,
rebase, squash or force-push it. Protect it against force pushes and deletion.

${keys}

| path | what it is |
| --- | --- |
| \`checkpoint\` | head of the log: origin, size, root hash (C2SP tlog-checkpoint) |
| \`tile/\` | Merkle tree (RFC 6962) and entries (C2SP tlog-tiles); the newest tiles are partial |
| \`evidence/sha256/\` | documents that entries name by digest |
| \`models/\` | names of all models, catalogue of each, and a page to read: made from the entries |
| \`ids/\`, \`state.json\` | which entry an event became; policy, stages and keys: made from the entries |
| \`map/\` | what the files made from the entries must be: \`map/head\` is signed like the checkpoint, \`sha256sum -c map/??\` compares |

Run \`weighbridge audit verify\` to check all of it: signatures, hashes, the rules of each entry, and everything that is
made from the entries. A checkpoint that you kept elsewhere shows whether the log was rewritten since.
`;
}
