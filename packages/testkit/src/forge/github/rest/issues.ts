import { commentDocument, issueDocument } from '../documents.js';
import { type Endpoint, notFound, page, refusal, unprocessable, textOf } from '../exchange.js';
import { people } from '../people.js';

const root = '/repos/{owner}/{repo}' as const;
const maxBodyLength = 65_536;

/** Issues, and the comments that pull requests share with them. */
export const issueEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${root}/issues`,
    needs: [['issues=read']],
    answer: (exchange) => {
      const { repository, query, urls } = exchange;
      const state = query.get('state') ?? 'open';
      const issues = [...repository.issues.values()]
        .filter((issue) => state === 'all' || issue.state === state)
        .sort((left, right) => right.number - left.number);
      return page(
        exchange,
        `/repos/${repository.fullName}/issues`,
        issues.map((issue) => issueDocument(repository, issue, urls)),
      );
    },
  },
  {
    route: `POST ${root}/issues`,
    needs: [['issues=write']],
    answer: ({ repository, state, urls, token, body }) => {
      const issue = people(state, urls, token).openIssue(repository, {
        by: token.actor.login,
        title: textOf(body, 'title'),
        body: textOf(body, 'body'),
      });
      return { status: 201, body: issueDocument(repository, issue, urls) };
    },
  },
  {
    route: `POST ${root}/issues/{issue_number}/comments`,
    needs: [['issues=write'], ['pull_requests=write']],
    answer: ({ repository, state, urls, token, path, body }) => {
      const issue = repository.issues.get(Number(path['issue_number']));
      if (issue === undefined) return notFound;
      const text = textOf(body, 'body');
      if (text.length > maxBodyLength) return unprocessable('Body is too long (maximum is 65536 characters)');
      const comment = people(state, urls, token).comment(repository, {
        by: token.actor.login,
        pull: issue.number,
        body: text,
      });
      return { status: 201, body: commentDocument(repository, issue, comment, urls) };
    },
  },
  {
    route: `PATCH ${root}/issues/comments/{comment_id}`,
    needs: [['issues=write'], ['pull_requests=write']],
    answer: ({ repository, state, urls, token, path, body }) => {
      const id = Number(path['comment_id']);
      for (const issue of repository.issues.values()) {
        const comment = issue.comments.find((each) => each.id === id);
        if (comment === undefined) continue;
        if (comment.author?.id !== token.actor.id && token.grants['administration'] === undefined) {
          return refusal(403, 'Must have admin rights to Repository.');
        }
        const text = textOf(body, 'body');
        if (text.length > maxBodyLength) return unprocessable('Body is too long (maximum is 65536 characters)');
        comment.body = text;
        comment.editedAt = state.now();
        return { status: 200, body: commentDocument(repository, issue, comment, urls) };
      }
      return notFound;
    },
  },
];
