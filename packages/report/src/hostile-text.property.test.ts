import type { VerdictNode } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assessmentOf,
  changeOf,
  decisionOf,
  factsWith,
  reportOf,
  requestFor,
  strictGate,
} from '../test/decision-case.js';
import { amendedWith, amendmentOf } from '../test/amendment-case.js';
import { escapeMarkdown } from './escape-markdown.js';
import { judgedOf } from './judged.js';
import type { PullReport } from './pull-report.js';
import { renderJobSummary } from './render-job-summary.js';
import { pullCommentMarker, renderPullComment } from './render-pull-comment.js';
import { renderStatus } from './render-status.js';
import { renderDecisionText, renderJudgedText } from './render-verdict.js';

/** Text that means something to Markdown, HTML, GitHub, the runner or a terminal, and ordinary words. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!--',
        '-->',
        '<script>',
        '<img src=x onerror=alert(1)>',
        '</details>',
        '<details>',
        '|',
        '\\',
        '`',
        '```',
        '~~~',
        '*',
        '_',
        '[a](javascript:x)',
        '![i](https://evil.example/x.png)',
        'https://evil.example',
        'https://hub.example/acme/models/pull/7',
        'https://hub.example/acme/models/pull/7#issuecomment-5',
        'https://hub.example/acme/models/actions/runs/17',
        'https://hub.example/acme/models/raw/evil/x.html',
        'https://hub.example',
        '/pull/7',
        '?q=',
        ')',
        'www.evil.example',
        '@octocat',
        '@acme/ml',
        'a@b.example',
        '#12',
        'acme/models#12',
        'GH-12',
        '$x$',
        '$$',
        '~~x~~',
        '\n',
        '\r\n',
        '\u2028',
        '\n\n## head\n\n',
        '\n| a |\n',
        '\n::error::x',
        '::add-mask::x',
        '##[error]x',
        '\u001b[31m',
        '\u202e',
        '\u200b',
        '\u0000',
        '&lt;',
        '&#64;octocat',
        'fraud@1.0.0',
        '\ud800',
        pullCommentMarker,
        'word',
        ' ',
        '\n- [x] ',
        '\n> ',
        '\n    code',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(''));

const leaf = fc.record({
  id: hostile,
  because: hostile,
  remedy: hostile,
  verdict: fc.constantFrom('fail' as const, 'pending' as const, 'pass' as const, 'waived' as const, 'error' as const),
});
const node = fc.tuple(leaf, fc.array(leaf, { maxLength: 3 })).map(([own, children]): VerdictNode => {
  return { ...own, kind: 'x', children: children.map((child) => ({ ...child, kind: 'x' })) };
});
const amendment = fc
  .record({
    what: fc.constantFrom('policy' as const, 'waiver' as const, 'manifest' as const),
    path: hostile,
    because: hostile,
    rule: fc.option(hostile),
    takesOver: fc.array(hostile, { maxLength: 2 }),
  })
  .map(amendmentOf);
const detail = fc
  .record({ file: hostile, message: hostile, remedy: fc.option(hostile) })
  .map(({ remedy, ...rest }) => ({ ...rest, line: 3, column: 5, ...(remedy === null ? {} : { remedy }) }));
const fault = fc.record({
  model: fc.option(hostile),
  message: hostile,
  remedy: hostile,
  details: fc.array(detail, { maxLength: 3 }),
});
const report = fc
  .record({
    amendments: fc.option(fc.array(amendment, { maxLength: 3 }).map((list) => amendedWith(list))),
    faults: fc.array(fault, { maxLength: 2 }),
    nodes: fc.array(node, { minLength: 1, maxLength: 4 }),
    text: hostile,
    path: hostile,
    stage: hostile.map((text) => text.replaceAll(/\p{Surrogate}/gu, '')),
    places: fc.array(hostile, { maxLength: 2 }),
  })
  .map(({ nodes, text, path, stage, places, amendments, faults }): PullReport => {
    const judged = decisionOf(requestFor(strictGate(), { transition: { from: stage, to: stage } }), factsWith('0.912'));
    const decision = {
      ...judged,
      requirements: nodes,
      because: text,
      digests: { ...judged.digests, baselines: { [path]: null } },
    };
    return reportOf({
      url: text,
      commit: path,
      time: text,
      decisions: [decision],
      forecast: [decision],
      amendments,
      faults,
      assessments: [
        assessmentOf({ changes: [changeOf({ because: text, path, rule: stage, from: text, to: { [path]: text } })] }),
      ],
      notices: places.map((file) => ({ level: 'warning', text, file, line: 1 })),
      evidence: [{ model: 'fraud', id: path, level: text, time: text }],
      pull: 'https://hub.example/acme/models/pull/7',
      setup: { level: text, because: path, remedy: text },
    });
  });

/** Our own tags; whatever `<` is left after them came from outside. */
const ownTags = /<\/?details>|<summary>[^<]*<\/summary>|<\/?(?:sub|b)>|<span>\$<\/span>/g;
/** Links of ours: they lead to the pull request, to runs of its repository and to the guide. */
const ownLinks =
  /\[[a-zA-Z\d ]+\]\((?:https:\/\/hub\.example\/acme\/models\/(?:pull\/7|actions\/runs\/\d+)[#\w/-]*|https:\/\/github\.com\/weighbridge-dev\/weighbridge\/blob\/main\/docs\/[\w.#-]+)\)/g;
const address = /`(?:[a-z0-9-]{1,63}@(?:v?\d+(?:[.+-]\w+)*|sha256:[0-9a-f]{64})|\*@v\*)`/g;

/** The address of the run is the forge's, and a plain one. */
const runLink = /\[the run\]\(https:\/\/[\w.:/?#=&%~+-]+\)/g;

function expectHarmless(markdown: string): void {
  const body = markdown.replaceAll(ownTags, ' ');
  expect(body).not.toMatch(/[<]/);
  const prose = body.replaceAll(address, ' ').replaceAll(runLink, ' ').replaceAll(ownLinks, ' ');
  expect(prose).not.toMatch(/@(?!\u200b)/);
  expect(prose).not.toMatch(/#\d(?!\d;)/);
  expect(prose).not.toMatch(/\bgh-\d/i);
  expect(prose).not.toMatch(/:\/\/|\bwww\./i);
  expect(prose).not.toMatch(/(?<!\\)(?:\\\\)*[[\]]/);
  expect(body).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
  for (const line of markdown.split('\n'))
    expect(line).toMatch(
      /^(?:$|#{2,3} |\||\s*- |\*\*|[^\w\s:]+ \*\*|_Left|<|🟡|```|flowchart|  m|… and|\w|[❌⛔⏳✅])/u,
    );
  for (const line of markdown.split('\n')) expect(line.trimStart()).not.toMatch(/^(?:::|##\[|>|    )/);
}

describe('text of others', () => {
  it('is shown and does nothing, in comment and summary', () => {
    fc.assert(
      fc.property(report, (each) => {
        const comment = renderPullComment(each);
        expect(comment.split('\n')[0]).toBe(pullCommentMarker);
        expectHarmless(comment.slice(pullCommentMarker.length + 1));
        expect(comment.length).toBeLessThanOrEqual(65_536);
        expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
        expectWholeTables(comment);
        const [summary = ''] = renderJobSummary(each).split('```mermaid');
        expectHarmless(summary);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  it('begins no line of a log, and stays on the one line of a status', () => {
    fc.assert(
      fc.property(report, (each) => {
        const others = judgedOf({ ...each, decisions: [] }).map(renderJudgedText);
        const lines = [...each.decisions.map(renderDecisionText), ...others].join('\n').split('\n');
        for (const line of lines)
          expect(line).toMatch(/^(?:fraud 2\.0\.0: |Files of |Change of the rules: |\s*(?:[✓~!?…✗] |-> ))/);
        for (const told of [each, { ...each, decisions: [] }, { ...each, governed: false }]) {
          const { description } = renderStatus(told);
          expect(description).not.toMatch(/[\u0000-\u001f\u202e\u2028]/);
          expect(description.length).toBeLessThanOrEqual(140);
        }
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('keeps versions as commands take them, and nothing else with an @', () => {
    expect(escapeMarkdown('run weighbridge promote fraud@2.0.0 --to staging.')).toContain('`fraud@2.0.0` --to');
    expect(escapeMarkdown('ask @alice, mail a@b.example')).toBe('ask @\u200balice, mail a@\u200bb.example');
  });
});

/** Every row of a table has as many cells as its head. */
function expectWholeTables(markdown: string): void {
  let columns: number | null = null;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) {
      columns = null;
      continue;
    }
    const cells = line.replaceAll(/\\[\s\S]/g, '').split('|').length;
    columns ??= cells;
    expect(cells).toBe(columns);
  }
}
