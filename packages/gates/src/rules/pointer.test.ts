import { describe, expect, test } from 'vitest';
import { gateFacts, gatePolicy, gateRequest, judged } from '../../test/gate-case.js';

const judge = (expected: string | null, found: string | null) =>
  judged(gateRequest(gatePolicy({})), gateFacts({ pointer: { stage: 'production', expected, found } }), 'pointer');

describe('what a change says that it replaces', () => {
  test.each([['1.3.2'], [null]])('is what the base asks for now: %s', (version) => {
    expect(judge(version, version)).toMatchObject({ verdict: 'pass', facts: { expected: version, found: version } });
  });

  test.each([
    ['1.3.2', '1.4.0'],
    ['1.3.2', null],
    [null, '1.4.0'],
  ])('was %s and is %s by now: another change was faster', (expected, found) => {
    const node = judge(expected, found);
    expect(node).toMatchObject({ verdict: 'fail' });
    expect(node.because).toContain(found ?? 'no version');
    expect(node.remedy).toContain('up to date');
  });
});
