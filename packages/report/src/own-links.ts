import { escapeMarkdown } from './escape-markdown.js';

/** Where the guide of this project is read. */
export const guideAddress = 'https://github.com/weighbridge-dev/weighbridge/blob/main/docs';

/** Pages of a run and of a pull request that are shown as links, after the address of the repository. */
const runPage = String.raw`actions/runs/\d{1,20}(?:/job/\d{1,20})?`;
const reviewPart = String.raw`(?:#(?:pullrequestreview-|issuecomment-|discussion\\_r)\d{1,20})?`;
/** What must not follow: the address would be another one. */
const ends = String.raw`(?![\w/?#&%=@\\~+:-]|\.\w)`;

/**
 * Makes links of addresses that are ours, in Markdown that is escaped already: the pull request itself, runs of its
 * repository. Any other address stays the text that it is, whoever wrote it; of a text with one of these, a reader is
 * led to no other place than the one that it is about.
 */
export function linkOwnPages(markdown: string, pull: string | null): string {
  const [, home = '', number = ''] =
    /^(https?:\/\/[\w.:-]+(?:\/[\w.-]+){2,6})\/pull\/(\d{1,12})$/.exec(pull ?? '') ?? [];
  if (home === '') return markdown;
  const pages = `pull/${number}${reviewPart}|${runPage}`;
  const own = new RegExp(`(?<![\\w/=])${literal(escapeMarkdown(home))}/(${pages})${ends}`, 'g');
  return markdown.replaceAll(own, (_, page: string) => {
    const plain = page.replaceAll('\\', '');
    return `[${nameOf(plain)}](${home}/${plain})`;
  });
}

/** `pull request 7`, `review of pull request 7`, `run 17`. */
function nameOf(page: string): string {
  const [kind = '', number = ''] = page.startsWith('pull/') ? page.split(/[/#]/) : ['run', page.split('/')[2]];
  if (kind === 'run') return `run ${number}`;
  return page.includes('#') ? `what was said in pull request ${number}` : `pull request ${number}`;
}

function literal(text: string): string {
  return text.replaceAll(/[.+?^$()|[\]\\{}*]/g, String.raw`\$&`);
}
