import { artifactDocument, runDocument } from '../documents.js';
import { type Endpoint, type Exchange, notFound, page, refusal } from '../exchange.js';
import type { Run } from '../state.js';

const root = '/repos/{owner}/{repo}' as const;
const reading = [['actions=read']];

/** Runs of workflows, their artifacts, and attestations. */
export const actionsEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${root}/actions/runs`,
    needs: reading,
    answer: (exchange) => {
      const { repository, query } = exchange;
      const runs = [...repository.runs.values()]
        .filter(({ commit }) => query.get('head_sha') === null || commit === query.get('head_sha'))
        .filter(({ event }) => query.get('event') === null || event === query.get('event'))
        .reverse();
      return page(
        exchange,
        `/repos/${repository.fullName}/actions/runs`,
        runs.map((run) => document(exchange, run)),
        (list, total) => ({ total_count: total, workflow_runs: list }),
      );
    },
  },
  {
    route: `GET ${root}/actions/workflows/{workflow_id}/runs`,
    needs: reading,
    answer: (exchange) => {
      const { repository, query, path } = exchange;
      const file = path['workflow_id'] ?? '';
      const ofWorkflow = [...repository.runs.values()].filter((run) => run.path === `.github/workflows/${file}`);
      if (ofWorkflow.length === 0) return notFound;
      const runs = ofWorkflow.filter(
        ({ commit }) => query.get('head_sha') === null || commit === query.get('head_sha'),
      );
      return page(
        exchange,
        `/repos/${repository.fullName}/actions/workflows/${file}/runs`,
        runs.reverse().map((run) => document(exchange, run)),
        (list, total) => ({ total_count: total, workflow_runs: list }),
      );
    },
  },
  {
    route: `GET ${root}/actions/runs/{run_id}`,
    needs: reading,
    answer: (exchange) => {
      const run = exchange.repository.runs.get(Number(exchange.path['run_id']));
      return run === undefined ? notFound : { status: 200, body: document(exchange, run) };
    },
  },
  {
    route: `GET ${root}/actions/runs/{run_id}/artifacts`,
    needs: reading,
    answer: (exchange) => {
      const { repository, path, urls } = exchange;
      const id = Number(path['run_id']);
      if (!repository.runs.has(id)) return notFound;
      const artifacts = [...repository.artifacts.values()].filter(({ run }) => run === id);
      return page(
        exchange,
        `/repos/${repository.fullName}/actions/runs/${id}/artifacts`,
        artifacts.map((artifact) => artifactDocument(repository, artifact, urls)),
        (list, total) => ({ total_count: total, artifacts: list }),
      );
    },
  },
  {
    route: `GET ${root}/actions/artifacts/{artifact_id}`,
    needs: reading,
    answer: ({ repository, path, urls }) => {
      const artifact = repository.artifacts.get(Number(path['artifact_id']));
      return artifact === undefined ? notFound : { status: 200, body: artifactDocument(repository, artifact, urls) };
    },
  },
  {
    route: `GET ${root}/actions/artifacts/{artifact_id}/{archive_format}`,
    needs: reading,
    answer: ({ repository, path, urls }) => {
      const artifact = repository.artifacts.get(Number(path['artifact_id']));
      if (artifact === undefined || path['archive_format'] !== 'zip') return notFound;
      if (artifact.expired) return refusal(410, 'Artifact has expired');
      // The storage is another host and takes no token: the address itself is the permission.
      return {
        status: 302,
        headers: { location: `${urls.server}/_storage/${repository.id}/${artifact.id}?sig=granted` },
      };
    },
  },
  {
    route: `GET ${root}/attestations/{subject_digest}`,
    needs: [['attestations=read']],
    answer: ({ repository, path }) => {
      const bundles = repository.attestations.get(path['subject_digest'] ?? '');
      if (bundles === undefined) return notFound;
      const attestations = bundles.map((bundle) => ({ bundle, repository_id: repository.id, bundle_url: '' }));
      return { status: 200, body: { attestations } };
    },
  },
];

function document({ repository, state, urls }: Exchange, run: Run): object {
  return runDocument(repository, run, state.repositories.get(run.headRepository.toLowerCase()) ?? null, urls);
}
