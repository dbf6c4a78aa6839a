import type { GitHubClient } from './client.js';

/** The time that GitHub writes on its answers (RFC 9110, Date), to the second. */
export async function readTime(client: GitHubClient): Promise<Date | null> {
  const purpose = { action: 'ask what time it is', what: 'such repository', needs: ['metadata: read'] as const };
  const { headers } = await client.ask(purpose, (octokit, at) =>
    octokit.request('GET /repos/{owner}/{repo}', { ...at }),
  );
  const timeMs = Date.parse(headers.date ?? '');
  return Number.isNaN(timeMs) ? null : new Date(timeMs);
}
