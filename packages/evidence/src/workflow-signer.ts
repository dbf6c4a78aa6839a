import { matchGlob, type SignerPolicy } from '@weighbridge/manifest';

/**
 * What a Fulcio certificate says of the run that signed (github.com/sigstore/fulcio, docs/oid-info.md). Null where the
 * certificate does not say it. Addresses are whole, such as `https://github.com/acme/models`.
 */
export interface WorkflowClaims {
  /** Subject alternative name: the workflow that signed, with its ref. */
  readonly subject: string;
  readonly issuer: string | null;
  readonly repository: string | null;
  /** Ref of the commit that the run was on. */
  readonly ref: string | null;
  readonly commit: string | null;
  readonly event: string | null;
  readonly run: string | null;
}

/** A bundle whose signature, certificate and log entries are good. Nothing is said yet of whether its signer counts. */
export interface VerifiedBundle {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly claims: WorkflowClaims;
  /** When it was signed, as a log or a timestamp authority vouches: RFC 3339, UTC. */
  readonly time: string;
}

/** The signer of the policy that a certificate fits. */
export interface AllowedSigner {
  readonly signer: SignerPolicy;
  /** Ref of the workflow that signed. */
  readonly ref: string;
}

/**
 * Whether the policy lets a workflow sign. Its own ref and that of the commit it ran on must both be allowed: the author
 * of a pull request writes the workflow that runs on it, so nothing of a pull request ever is.
 */
export function findSigner(
  claims: WorkflowClaims,
  trust: { readonly signers: readonly SignerPolicy[] },
  /** The list as the policy calls it, for the fault. */
  section = 'evidence.signers',
): AllowedSigner | { readonly fault: string } {
  const at = claims.subject.lastIndexOf('@');
  const [workflow, ref] = [claims.subject.slice(0, at), claims.subject.slice(at + 1)];
  if (at < 0) return { fault: `its certificate names ${show(claims.subject)}, which is no workflow` };
  const ofWorkflow = trust.signers.filter((signer) => signer.workflow === workflow);
  if (ofWorkflow.length === 0) return { fault: `${show(workflow)} is none of ${section}` };
  const faults: string[] = [];
  for (const signer of ofWorkflow) {
    const fault = refuse(claims, ref, signer);
    if (fault === null) return { signer, ref };
    faults.push(fault);
  }
  return { fault: `${show(workflow)} signed, but ${[...new Set(faults)].join(', and ')}` };
}

function refuse(claims: WorkflowClaims, ref: string, signer: SignerPolicy): string | null {
  const { issuer, repository, event } = claims;
  if (issuer !== signer.issuer) return `${show(issuer)} vouches for it, and not ${signer.issuer}`;
  if (repository !== signer.repository) return `in a run of ${show(repository)}, and not of ${signer.repository}`;
  for (const [what, found] of [
    ['its workflow is', ref],
    ['it ran on', claims.ref],
  ] as const) {
    if (found === null || !isAllowedRef(found, signer.refs)) {
      return `${what} at ${show(found)}, which is none of ${signer.refs.join(', ')}`;
    }
  }
  if (event === null || !isAllowedEvent(event, signer.events)) return `the event ${show(event)} started it`;
  return null;
}

/** What a pull request can name is never allowed, whatever a pattern says. */
export function isAllowedRef(ref: string, patterns: readonly string[]): boolean {
  return /^refs\/(?:heads|tags)\//.test(ref) && patterns.some((pattern) => matchGlob(pattern, ref));
}

/** Without a list, every event but those that a pull request starts. */
export function isAllowedEvent(event: string, events: readonly string[] | null): boolean {
  return events === null ? !/^(?:pull_request|issue_comment|workflow_run$)/.test(event) : events.includes(event);
}

/** What a certificate says is written by others: one line, printable, short. */
export function show(text: string | null): string {
  return text === null ? 'nobody knows what' : text.slice(0, 200).replaceAll(/[^\x21-\x7e]/g, '?');
}
