import { createHash } from 'node:crypto';
import { type Digest, formatDigest, parseDigest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Forge, RunArtifact, WorkflowRun } from '@weighbridge/ports';
import { type RestAccount, restActor } from './actor.js';
import { githubLimits } from './bounds.js';
import type { GitHubClient, Purpose } from './client.js';

/** Runs of workflows and what they kept. */
export function workflowRuns(
  client: GitHubClient,
): Pick<Forge, 'run' | 'runsAt' | 'runArtifacts' | 'downloadArtifact'> {
  const about = (what: string): Purpose => ({ action: `read ${what}`, what, needs: ['actions: read'] });
  return {
    async run(id) {
      const answer = await client.find(about(`run ${id}`), (octokit, at) =>
        octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...at, run_id: idOf(id) }),
      );
      return answer === null ? null : workflowRun(answer.data);
    },
    async runsAt({ workflow, commit, limit }) {
      const file = /^\.github\/workflows\/([^/]+)$/.exec(workflow)?.[1];
      if (file === undefined) return { runs: [], complete: true };
      try {
        const listed = await client.list(
          about(`runs of ${file}`),
          (octokit, at) =>
            octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
              ...at,
              workflow_id: file,
              head_sha: commit,
              per_page: Math.min(limit + 1, githubLimits.pageSize),
            }),
          (found) => found.length > limit,
        );
        // A workflow that took the place of another has runs of the other, too.
        const runs = listed.map(workflowRun).filter((run) => run.workflowPath === workflow && run.commit === commit);
        return { runs: runs.slice(0, limit), complete: runs.length <= limit };
      } catch (error) {
        if (error instanceof WeighbridgeError && error.code === 'forge/not-found') return { runs: [], complete: true };
        throw error;
      }
    },
    async runArtifacts(run) {
      const artifacts = await client.list(about(`artifacts of run ${run}`), (octokit, at) =>
        octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
          ...at,
          run_id: idOf(run),
        }),
      );
      return artifacts.map(runArtifact);
    },
    async downloadArtifact(artifact, maxBytes) {
      const purpose = about(`artifact ${artifact}`);
      const { data } = await client.ask(purpose, (octokit, at) =>
        octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}', {
          ...at,
          artifact_id: idOf(artifact),
        }),
      );
      const { sizeBytes, expired, digest } = runArtifact(data);
      if (expired) throw weighbridgeError('forge/artifact-expired', { artifact: data.name });
      if (sizeBytes > maxBytes) {
        throw weighbridgeError('forge/too-large', { what: `artifact ${artifact}`, sizeBytes, maxBytes });
      }
      const { headers } = await client.ask(purpose, (octokit, at) =>
        octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
          ...at,
          artifact_id: idOf(artifact),
          archive_format: 'zip',
          request: { redirect: 'manual' },
        }),
      );
      const bytes = await client.download(purpose, headers.location ?? '', maxBytes);
      if (digest !== null && digest !== digestOf(bytes)) {
        const reason = 'the archive has other bytes than its digest says';
        throw weighbridgeError('forge/unexpected', { address: client.address, action: purpose.action, reason });
      }
      return bytes;
    },
  };
}

interface RestRun {
  readonly id: number | bigint;
  readonly run_attempt?: number;
  readonly html_url: string;
  readonly path: string;
  readonly event: string;
  readonly head_sha: string;
  readonly head_branch: string | null;
  readonly head_repository?: { readonly full_name: string } | null;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly actor?: RestAccount | null;
  readonly run_started_at?: string;
  readonly created_at: string;
  readonly pull_requests: readonly { readonly number: number }[] | null;
}

function workflowRun(run: RestRun): WorkflowRun {
  return {
    id: String(run.id),
    attempt: run.run_attempt ?? 1,
    url: run.html_url,
    workflowPath: run.path.replace(/@.*$/, ''),
    event: run.event,
    commit: run.head_sha,
    branch: run.head_branch,
    headRepository: run.head_repository?.full_name ?? null,
    status: run.status === 'completed' ? 'completed' : 'running',
    conclusion: run.conclusion,
    actor: restActor(run.actor),
    startedAt: run.run_started_at ?? run.created_at,
    pulls: (run.pull_requests ?? []).map(({ number }) => number),
  };
}

function runArtifact(artifact: {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly expired: boolean;
  readonly digest?: string | null;
}): RunArtifact {
  return {
    id: String(artifact.id),
    name: artifact.name,
    sizeBytes: artifact.size_in_bytes,
    digest: knownDigest(artifact.digest),
    expired: artifact.expired,
  };
}

function knownDigest(text: string | null | undefined): Digest | null {
  return text !== null && text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text) ? parseDigest(text) : null;
}

function digestOf(bytes: Uint8Array): Digest {
  return formatDigest(createHash('sha256').update(bytes).digest());
}

/** Ids are whole numbers; anything else names nothing. */
function idOf(text: string): number {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : 0;
}
