import type { VerdictNode } from '@weighbridge/core';
import type { CheckFacts } from '../facts.js';
import { defineRule } from '../rule.js';

/** Checks that must have concluded success on the evaluated commit. Changed by whoever can repair or re-run them. */
export const checksRule = defineRule({
  kind: 'checks',
  needs: ['checks'],
  judge(request, facts): readonly VerdictNode[] {
    const asked = request.policy.gate?.checks ?? [];
    return asked.map((name) => {
      const id = `checks/${name}`;
      if (facts.checks === undefined) {
        const because = `The check "${name}" is judged on the forge, and this evaluation had no forge facts.`;
        const remedy =
          'See the status on the pull request, or run weighbridge gate in CI with a token that reads checks.';
        return { id, kind: 'checks', verdict: 'pending', because, remedy };
      }
      return judgeCheck(id, name, Object.hasOwn(facts.checks, name) ? facts.checks[name] : undefined);
    });
  },
});

function judgeCheck(id: string, name: string, check: CheckFacts | undefined): VerdictNode {
  if (check === undefined) {
    const remedy = `Start the workflow that reports "${name}", or correct its name under checks in weighbridge.yaml.`;
    return {
      id,
      kind: 'checks',
      verdict: 'pending',
      because: `The check "${name}" has not run on this commit.`,
      remedy,
    };
  }
  const { state, conclusion, commit, url } = check;
  const node = { id, kind: 'checks', facts: { conclusion, commit, url } };
  const place = url === null ? '' : ` at ${url}`;
  switch (state) {
    case 'success':
      return { ...node, verdict: 'pass', because: `The check "${name}" succeeded on ${commit}.` };
    case 'running':
      return {
        ...node,
        verdict: 'pending',
        because: `The check "${name}" is ${conclusion}.`,
        remedy: `Wait for it${place}.`,
      };
    case 'failure':
      return {
        ...node,
        verdict: 'fail',
        because: `The check "${name}" concluded ${conclusion}.`,
        remedy: `Repair it${place} and run it again.`,
      };
  }
}
