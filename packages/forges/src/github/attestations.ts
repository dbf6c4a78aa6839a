import { WeighbridgeError } from '@weighbridge/core';
import type { Forge } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';

/** Sigstore bundles by the digest of their subject. */
export function attestations(client: GitHubClient): Pick<Forge, 'attestations'> {
  return {
    async attestations(digest) {
      const purpose: Purpose = {
        action: `read attestations of ${digest}`,
        what: `attestation of ${digest}`,
        needs: ['attestations: read'],
      };
      try {
        const pages = await client.list(purpose, async function* (octokit, at) {
          const answers = octokit.paginate.iterator('GET /repos/{owner}/{repo}/attestations/{subject_digest}', {
            ...at,
            subject_digest: digest,
          });
          for await (const { data } of answers) yield { data: bundlesOf(data) };
        });
        return pages;
      } catch (error) {
        // Servers that keep none, and digests of which there are none, both answer 404.
        if (error instanceof WeighbridgeError && error.code === 'forge/not-found') return [];
        throw error;
      }
    },
  };
}

/** An attestation whose bundle stands elsewhere is left out: what is not here proves nothing. */
function bundlesOf(page: unknown): readonly unknown[] {
  const { attestations: listed } = page as { readonly attestations?: readonly { readonly bundle?: unknown }[] };
  const items = listed ?? (Array.isArray(page) ? (page as readonly { readonly bundle?: unknown }[]) : []);
  return items.flatMap(({ bundle }) => (typeof bundle === 'object' && bundle !== null ? [bundle] : []));
}
