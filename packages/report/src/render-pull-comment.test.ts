import { type ModelName, utf8 } from '@weighbridge/core';
import { describe, expect, it } from 'vitest';
import {
  accuracyGate,
  assessmentOf,
  changeOf,
  decisionOf,
  factsWith,
  identity,
  reportOf,
  requestFor,
  strictGate,
} from '../test/decision-case.js';
import { amendedWith, amendmentOf, faultOf } from '../test/amendment-case.js';
import { judgedOf } from './judged.js';
import type { PullReport } from './pull-report.js';
import { renderJudgedText } from './render-verdict.js';
import { commit, pullUrl, review, reviewFacts } from '../test/review-case.js';
import { renderJobSummary } from './render-job-summary.js';
import { pullCommentMarker, renderPullComment } from './render-pull-comment.js';

const blocked = decisionOf(requestFor(strictGate()), factsWith('0.912'));
const later = decisionOf(
  requestFor(strictGate({ soakMs: 86_400_000 }), { transition: { from: 'development', to: 'staging' } }),
  factsWith('0.912', { stagesEntered: { development: '2026-06-01T10:00:00Z' } }),
);

const fine = decisionOf(requestFor(null, { model: 'bot' as ModelName, version: '1.1.0' }), factsWith('0.93'));
const waiting = decisionOf(requestFor(strictGate()), factsWith('0.93'));

describe('the comment on a pull request', () => {
  it('reads from the verdict to what mends it', () => {
    const report = reportOf({
      pull: pullUrl,
      decisions: [blocked],
      assessments: [assessmentOf()],
      notices: [{ level: 'warning', text: 'Only headers were read.', file: 'models/fraud/model.yaml', line: 3 }],
      setup: { level: 'L1', because: 'A pull request can edit its own check.', remedy: null },
    });
    const [shown] = renderPullComment(report).split('<details><summary>Digests');
    expect(shown).toBe(`<!-- weighbridge: pull request -->
## ❌ fraud 2.0.0 may not enter development

fraud 2.0.0: accuracy 0.912 &lt; 0.920 (+1); 1 of 2 from ml approved · [the run](https://github.com/acme/models/actions/runs/17)

<sub>Judged commit ${commit} at 2026-06-01T12:00:00Z, by the policy of the base branch. If the head is another commit by now, this is out of date.</sub>

### fraud 1.3.2 → 2.0.0 (major)

**What changed**

| bump | what changed | rule | evidence |
| --- | --- | --- | --- |
| major | The input country is new and required. | interface.input-added | interface.json#/inputs/country: none → string |
| patch | 12 of 14 tensors have other values. | weights.tensors | model.safetensors: sha256:222222222222… → sha256:111111111111… |

**Gate of development**: 4 of 6 requirements met.

- ❌ **accuracy**: 0 of 2 parts are met.
  - ❌ **accuracy/bounds**: eval.accuracy 0.912 is 0.008 below the bound 0.920.
  - ❌ **accuracy/regression**: eval.accuracy 0.912 regressed by 0.019 against production 1.3.2 (0.931), 0.014 more than the allowed 0.005.
  - **Next:** Improve the model and evaluate again, or ask the policy owners (alice) to merge a waiver for gate accuracy, model fraud, digest ${identity}.
- ⏳ **reviewers/ml**: 1 of 2 from ml approved (alice).
  - **Next:** Ask bob or carol to review [pull request 7](${pullUrl}).
- ✅ **transition**: development may be entered from none.
- ✅ **checks/ci / tests**: The check "ci / tests" succeeded on ${commit}.
- ✅ **metadata**: All 8 required fields of a model are present.
- ✅ **formats**: The formats of all 1 artifacts are allowed.

**Notices**

- ⚠️ Only headers were read. (models/fraud/model.yaml:3)

`);
  });

  it('ends with the digests in full and how hard the set-up is to get around', () => {
    const setup = {
      level: 'L0',
      because: 'Nothing is <required>.',
      remedy: `Require it. Run: echo '{"@v*": "<x>"}' | gh api x`,
    };
    const text = renderPullComment(reportOf({ decisions: [blocked], setup }));
    for (const digest of [blocked.digests.identity, blocked.digests.evidence, blocked.digests.policy])
      expect(text).toContain(digest);
    const levels =
      '[What the levels mean](https://github.com/weighbridge-dev/weighbridge/blob/main/docs/checks.md#weighbridge-doctor); `weighbridge doctor` examines all of it.</sub>';
    expect(text.split('\n').at(-1)).toBe(
      `<sub>Protection L0: Nothing is &lt;required&gt;. <b>To raise it:</b> Require it. Run: \`echo '{"@v*": "<x>"}' | gh api x\` ${levels}`,
    );
    const broken = renderPullComment(reportOf({ setup: { ...setup, remedy: 'Run: x `y` <b>' } }));
    expect(broken).toContain('Run: x \\`y\\` &lt;b&gt;');
    expect(renderPullComment(reportOf({ setup: { ...setup, remedy: null } }))).not.toContain('To raise it');
  });

  it('forecasts later gates with who can supply what is missing, and no status', () => {
    const text = renderPullComment(reportOf({ decisions: [], forecast: [later] }));
    expect(text).toContain('## ✅ No governed model is touched');
    expect(text).toContain('Later gates, as things stand (sets no status)');
    expect(text).toContain('Wait until 2026-06-02T10:00:00.000Z');
  });

  it('shows waivers above the fold', () => {
    const facts = factsWith('0.912', {
      waivers: [{ gate: 'accuracy', identity, expires: null, justification: 'known bug' }],
    });
    const text = renderPullComment(reportOf({ decisions: [decisionOf(requestFor(strictGate()), facts)] }));
    expect(text).toContain('🟡 **Waived:** fraud 2.0.0: accuracy.');
    expect(text).toContain('Waived without an end by ledger: known bug');
  });

  it('is a preview without a policy, and a warning in mode warn', () => {
    const warned = decisionOf(requestFor(strictGate(), { mode: 'warn' }), factsWith('0.912'));
    expect(renderPullComment(reportOf({ decisions: [warned] }))).toContain(
      '## ⚠️ Nothing blocks, because the mode of the policy is warn',
    );
    expect(renderPullComment(reportOf({ decisions: [warned], governed: false }))).toContain(
      'by the policy that this change proposes',
    );
    expect(renderPullComment(reportOf({ decisions: [warned], governed: false }))).toContain('## ℹ️ Preview');
  });

  it('lists several models in a table, the status being that of the worst', () => {
    const text = renderPullComment(reportOf({ decisions: [fine, blocked] }));
    expect(text).toContain('## ❌ 2 moves: not all may go ahead');
    expect(text).toContain('| bot 1.1.0 | none → development | ✅ pass | nothing |');
    expect(text).toContain('| fraud 2.0.0 | none → development | ❌ fail | accuracy 0.912 &lt; 0.920 (+1) |');
  });

  it('links nothing but a plain address', () => {
    const text = renderPullComment(reportOf({ url: 'https://example.com/) [click](javascript:x' }));
    expect(text).not.toContain('](');
  });

  it('fits its limit with hundreds of models, keeps the verdict, and says what is left out', () => {
    const text = renderPullComment(longReport(400));
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(40_000);
    expect(text.startsWith(`${pullCommentMarker}\n## ❌ 400 moves`)).toBe(true);
    expect(text).toMatch(
      /_Left out for length: .*the digests.*The job summary, or "weighbridge gate --json", has the whole\._/,
    );
    expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
    expect(text).not.toContain('Digests that this rests on');
  });
});

/** A change of a gate that carol takes over, of a waiver and of a workflow; alice approved. */
const amendments = amendedWith(
  [
    amendmentOf({ takesOver: ['carol'] }),
    amendmentOf({ what: 'waiver', rule: 'ml', because: 'a waiver lets fraud pass gate accuracy until 2026-07-01' }),
  ],
  reviewFacts({ reviews: [review('alice')] }),
);
const address = pullUrl.replace('://', '&#58;//');

describe('changes of the rules and files that cannot be read', () => {
  it('come before the moves, in a table and then with every fault and every person who is missing', () => {
    const faults = [faultOf([3, 7], { model: 'bot' })];
    const text = renderPullComment(reportOf({ decisions: [blocked], amendments, faults }));
    expect(text.split('\n')[1]).toBe(
      '## ⛔ fraud 2.0.0, a change of the rules and files that cannot be read: not all could be judged',
    );
    const ofPolicy = amendments.requirements[0]?.because ?? '';
    expect(ofPolicy).toContain(
      'the gate of production changes. 1 of 1 from the policy owners (alice, bob) approved (alice). 0 of 1',
    );
    const shown = text.slice(text.indexOf('| what |'), text.indexOf('**Gate of'));
    expect(shown).toBe(`| what | move | verdict | missing |
| --- | --- | --- | --- |
| files of bot |  | ⛔ error | models/fraud/model.yaml:3:3: Unknown key "key3" (+1) |
| the rules |  | ⏳ pending | 0 of 1 from those who take over (carol) approved |
| fraud 2.0.0 | none → development | ❌ fail | accuracy 0.912 &lt; 0.920 (+1) |

### ⛔ Files of bot: error

- ⛔ **files**: Faults in models/fraud/model.yaml: 2.
  - ⛔ **models/fraud/model.yaml:3:3**: Unknown key "key3".
  - ⛔ **models/fraud/model.yaml:7:3**: Unknown key "key7".
  - **Next:** Mend the places listed; an editor that knows the published JSON Schemas shows them while you type.

### ⏳ Change of the rules: pending

- ⏳ **amendment/policy/weighbridge.yaml**: ${ofPolicy}
  - **Next:** Ask carol to review ${address}.
- ✅ **amendment/waiver/ml/weighbridge.yaml**: In weighbridge.yaml, a waiver lets fraud pass gate accuracy until 2026-07-01. 1 of 1 from ml approved (alice).

### fraud

`);
    expect(text).toContain(`| change of the rules | policy | ${amendments.digests.policy} |`);
  });

  it('say what changes and everybody who is missing where owners and heirs are both waited for', () => {
    const both = amendedWith([amendmentOf({ takesOver: ['carol'] })]);
    const text = renderPullComment(reportOf({ amendments: both }));
    expect(text).toContain(
      'In weighbridge.yaml, the gate of production changes. 0 of 1 from the policy owners (alice, bob) approved. 0 of 1 from those who take over (carol) approved.',
    );
    expect(text).toContain(`**Next:** Ask alice or bob to review ${address}. Ask carol to review ${address}.`);
  });

  it.each([
    ['⏳ The change of the rules waits for people', { amendments: amendedWith([amendmentOf()]) }],
    [
      '✅ The rules may change',
      { amendments: amendedWith([amendmentOf()], reviewFacts({ reviews: [review('bob')] })) },
    ],
    [
      '❌ The rules may not change like this',
      { amendments: amendedWith([amendmentOf()], reviewFacts({ reviews: [review('bob', 'changes-requested')] })) },
    ],
    [
      '⛔ The change of the rules could not be judged',
      { amendments: amendedWith([amendmentOf({ what: 'waiver', rule: 'risk' })]) },
    ],
    [
      '⚠️ Nothing blocks, because the mode of the policy is warn',
      { amendments: amendedWith([amendmentOf()], reviewFacts(), 'warn') },
    ],
    ['⛔ Files of fraud could not be read', { faults: [faultOf([3])] }],
    ['⛔ Files of the change could not be read', { faults: [faultOf([], { model: null })] }],
    ['⛔ Files that cannot be read: not all could be judged', { faults: [faultOf([3]), faultOf([], { model: null })] }],
    [
      '⛔ A change of the rules and files that cannot be read: not all could be judged',
      { amendments, faults: [faultOf([3])] },
    ],
    ['⏳ 2 moves and a change of the rules: waiting for people or time', { decisions: [fine, waiting], amendments }],
  ] satisfies readonly (readonly [string, Partial<PullReport>])[])('are in the headline: %s', (headline, parts) => {
    for (const text of [renderPullComment(reportOf(parts)), `\n${renderJobSummary(reportOf(parts))}`])
      expect(text.split('\n')[1]).toBe(`## ${headline}`);
  });

  it('show one fault with its place, one without a place by itself, and of many how many are left out', () => {
    expect(renderPullComment(reportOf({ faults: [faultOf([3])] }))).toContain(
      '- ⛔ **files**: Faults in models/fraud/model.yaml: 1.\n  - ⛔ **models/fraud/model.yaml:3:3**: Unknown key "key3".\n  - **Next:** Mend the places listed;',
    );
    expect(renderPullComment(reportOf({ faults: [faultOf([], { model: null })] }))).toContain(
      '### ⛔ Files of the change: error\n\n- ⛔ **files**: There is no file models/fraud/model.yaml.\n  - **Next:** Commit the file, or correct its path.',
    );
    const many = faultOf(Array.from({ length: 25 }, (_, place) => place + 1));
    const text = renderPullComment(reportOf({ faults: [many] }));
    expect(text.match(/Unknown key "key\d+"\.$/gm)).toHaveLength(20);
    expect(text).toContain('  - … and 5 more parts.');
  });

  it('tell what mends a fault where the fault knows better', () => {
    const [detail] = faultOf([3]).details;
    const details = detail === undefined ? [] : [{ ...detail, remedy: 'Write "key" instead.' }];
    const text = renderPullComment(reportOf({ faults: [faultOf([3], { details })] }));
    expect(text).toContain('Unknown key "key3".\n    - **Next:** Write "key" instead.\n  - **Next:** Mend the places');
  });

  it('read the same in a terminal', () => {
    const lines = judgedOf(reportOf({ amendments, faults: [faultOf([3])] })).map(renderJudgedText);
    expect(lines.join('\n').split('\n').slice(0, 6)).toEqual([
      'Files of fraud: error',
      '  ✗ files: Faults in models/fraud/model.yaml: 1.',
      '    ✗ models/fraud/model.yaml:3:3: Unknown key "key3".',
      '      -> Mend the places listed; an editor that knows the published JSON Schemas shows them while you type.',
      'Change of the rules: pending',
      expect.stringMatching(/^  … amendment\/policy\/weighbridge\.yaml: In weighbridge\.yaml, /),
    ]);
  });
});

describe('the job summary', () => {
  it('shows the same, with a diagram of the way where later gates were forecast', () => {
    const summary = renderJobSummary(reportOf({ decisions: [blocked], forecast: [later] }));
    expect(summary).toContain('## ❌ fraud 2.0.0 may not enter development');
    expect(summary).not.toContain(pullCommentMarker);
    expect(summary).toContain('  m0 -->|fail| m0s0["development"]\n  m0s0 -->|fail| m0s1["staging"]');
    expect(renderJobSummary(reportOf({ decisions: [blocked] }))).not.toContain('mermaid');
  });

  it('counts bytes: what is long in UTF-8 is left out whole', () => {
    const summary = renderJobSummary(longReport(1_200));
    expect(utf8(summary).byteLength).toBeLessThanOrEqual(1_000_000);
    expect(summary).toContain('_Left out for length');
  });

  it('has the faults and the change of the rules, as the comment has', () => {
    const report = reportOf({ amendments, faults: [faultOf([3, 7])] });
    const [, ...comment] = renderPullComment(report).split('\n');
    expect(renderJobSummary(report)).toBe(comment.join('\n'));
  });
});

function longReport(models: number) {
  const names = Array.from({ length: models }, (_, place) => `model-${place}` as ModelName);
  const decided = (model: ModelName) =>
    decisionOf(requestFor(strictGate({ metrics: [accuracyGate()] }), { model }), factsWith('0.912'));
  const changes = Array.from({ length: 30 }, (_, place) =>
    changeOf({ path: `configs/${place}.yaml`, because: `Größe ${place} → ${place + 1}.` }),
  );
  return reportOf({
    decisions: names.map(decided),
    assessments: names.map((model) => assessmentOf({ model, changes })),
  });
}
