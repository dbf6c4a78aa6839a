import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from './escape-markdown.js';
import { linkOwnPages } from './own-links.js';

const home = 'https://git.acme.test:8443/ghe/acme_ml/the_models';
const pull = `${home}/pull/7`;
const linked = (text: string, of: string | null = pull) => linkOwnPages(escapeMarkdown(text), of);

describe('an address of ours', () => {
  it.each([
    [`Ask bob to review ${pull}.`, `Ask bob to review [pull request 7](${pull}).`],
    [`${pull}, or (${pull})`, `[pull request 7](${pull}), or ([pull request 7](${pull}))`],
    [`${pull}#pullrequestreview-12`, `[what was said in pull request 7](${pull}#pullrequestreview-12)`],
    [`${pull}#discussion_r12`, `[what was said in pull request 7](${pull}#discussion_r12)`],
    [`See ${home}/actions/runs/17/job/3`, `See [run 17](${home}/actions/runs/17/job/3)`],
  ])('is a link: %s', (text, markdown) => expect(linked(text)).toBe(markdown));

  it.each([
    `${home}/pull/8`,
    `${pull}0`,
    `${pull}/files`,
    `${pull}?x=1`,
    `${pull}.evil.example`,
    `${pull}#x`,
    `${pull}@evil.example`,
    `${home}/raw/main/x.html`,
    `${home}/actions/runs/17_`,
    `https://evil.example/?to=${pull}`,
    'https://evil.example/acme/models/pull/7',
    `${home}.evil/pull/7`,
    `x${pull}`,
  ])('is none: %s', (text) => expect(linked(text)).toBe(escapeMarkdown(text)));

  it('is only known where the forge told it', () => {
    expect(linked(pull, null)).toBe(escapeMarkdown(pull));
    for (const told of ['javascript:x/a/b/pull/7', `${pull}](https://evil.example)`, 'https://evil.example/pull/7'])
      expect(linked(told, told)).toBe(escapeMarkdown(told));
  });
});
