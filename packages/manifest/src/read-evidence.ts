import type { EvidenceTrust, SignerPolicy, SigningPolicy, WorkflowPolicy } from './policy.js';
import type { Place } from './source/place.js';

const publicServer = 'https://github.com/';
const publicIssuer = 'https://token.actions.githubusercontent.com';

/** Whose word counts, of a document that has no faults: addresses written out, defaults filled in. */
export function readEvidenceTrust(evidence: Place): EvidenceTrust {
  const root = evidence.at('trusted_root');
  return {
    keys: evidence.at('keys').texts(),
    signers: evidence.at('signers').items().map(readSigner),
    workflows: evidence.at('workflows').items().map(readWorkflow),
    trustedRoot: root.written ? { path: root.at('path').text() ?? '', digest: root.at('digest').text() ?? '' } : null,
  };
}

/** Who may sign versions, of a document that has no faults; null where nobody is named. */
export function readSigning(root: Place): SigningPolicy | null {
  const signing = root.at('signing');
  if (!signing.written) return null;
  const keys = signing.at('keys').members();
  return {
    keys: Object.fromEntries(keys.map(([name, key]) => [name, key.text() ?? ''])),
    signers: signing.at('signers').items().map(readSigner),
    when: signing.at('when').text() === 'later' ? 'later' : 'register',
    trustedRoot: readEvidenceTrust(root.at('evidence')).trustedRoot,
  };
}

function readSigner(signer: Place): SignerPolicy {
  const written = signer.at('workflow').text() ?? '';
  const workflow = written.startsWith('https://') ? written : `${publicServer}${written}`;
  const server = workflow.slice(0, workflow.indexOf('/', 'https://'.length) + 1);
  const own = workflow.slice(server.length, workflow.indexOf('/.github/workflows/'));
  return {
    workflow,
    refs: signer.at('refs').texts(),
    issuer: signer.at('issuer').text() ?? publicIssuer,
    repository: `${server}${signer.at('repository').text() ?? own}`,
    events: readEvents(signer),
    role: signer.at('role').text() === 'recompute' ? 'recompute' : 'attest',
  };
}

function readWorkflow(workflow: Place): WorkflowPolicy {
  return {
    path: workflow.at('path').text() ?? '',
    branches: workflow.at('branches').texts(),
    events: readEvents(workflow),
  };
}

function readEvents(place: Place): readonly string[] | null {
  return place.at('events').written ? place.at('events').texts() : null;
}
