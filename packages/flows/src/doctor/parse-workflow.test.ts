import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relayText } from '../../test/doctor-case.js';
import { parseWorkflow } from './parse-workflow.js';

const jobsOf = (text: string) => parseWorkflow('w.yml', text).jobs;
const stepsOf = (on: string, ...steps: readonly string[]) =>
  `on: ${on}\njobs:\n  a:\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;

describe('a workflow', () => {
  it('is read with its triggers, permissions, groups and actions by line', () => {
    const workflow = parseWorkflow('w.yml', relayText);
    expect(workflow).toMatchObject({ path: 'w.yml', name: 'weighbridge', fault: null });
    expect(Object.keys(workflow.triggers)).toEqual(['workflow_run', 'merge_group', 'schedule']);
    expect(workflow.jobs).toMatchObject([
      {
        id: 'gate',
        check: 'weighbridge gate',
        permissions: { contents: 'read', statuses: 'write', 'pull-requests': 'write' },
        concurrency: [],
        environment: null,
        commands: ['gate'],
      },
    ]);
    expect(workflow.jobs[0]?.uses.map(({ line, pinned }) => ({ line, pinned }))).toEqual([
      { line: 13, pinned: true },
      { line: 14, pinned: true },
    ]);
  });

  it('may write its triggers in three ways', () => {
    for (const on of ['pull_request', '[pull_request]', '{ pull_request: }'])
      expect(parseWorkflow('w.yml', `on: ${on}\njobs: {}`).triggers).toEqual({ pull_request: { pathFilter: false } });
    expect(parseWorkflow('w.yml', 'on: { push: { paths: [a] } }').triggers).toEqual({ push: { pathFilter: true } });
  });

  it('takes what the workflow sets for jobs that set nothing', () => {
    const [first, second] = jobsOf(
      'permissions: read-all\nconcurrency: x\njobs:\n  a: {}\n  b: { permissions: {}, concurrency: { group: y }, environment: { name: prod } }',
    );
    expect(first).toMatchObject({ id: 'a', check: 'a', permissions: { all: 'read' }, concurrency: ['x'] });
    expect(second).toMatchObject({ permissions: {}, concurrency: ['x', 'y'], environment: 'prod' });
    expect(jobsOf('jobs: { a: {} }')[0]?.permissions).toBeNull();
  });

  it('shows the commands of Weighbridge, by action, by event and on a command line', () => {
    const commandsOf = (on: string, ...steps: readonly string[]) => jobsOf(stepsOf(on, ...steps))[0]?.commands;
    expect(commandsOf('push', 'uses: acme/weighbridge/actions/promote@v1')).toEqual(['promote']);
    expect(commandsOf('[pull_request, push]', 'uses: weighbridge-dev/weighbridge@v1')).toEqual([
      'version',
      'gate',
      'register',
    ]);
    expect(commandsOf('push', 'uses: weighbridge-dev/weighbridge@v1\n        with: { command: gate }')).toEqual([
      'gate',
    ]);
    expect(commandsOf('push', 'run: npx weighbridge gate --json', 'run: weighbridge version')).toEqual([
      'gate',
      'version',
    ]);
    expect(commandsOf('push', 'uses: acme/weighbridge-notes@v1', 'run: echo "weighbridge gate looks"')).toEqual([]);
  });

  it('takes for a command what follows what is printed, and not what is printed', () => {
    const commandsOf = (script: string) => jobsOf(stepsOf('push', `run: ${JSON.stringify(script)}`))[0]?.commands;
    expect(commandsOf('printf %s "$K" > key && weighbridge register')).toEqual(['register']);
    expect(commandsOf('echo one; weighbridge gate')).toEqual(['gate']);
    expect(commandsOf('printf %s "$K" | weighbridge apply')).toEqual(['apply']);
    expect(commandsOf('echo failed >&2 || weighbridge rollback fraud')).toEqual(['rollback']);
    expect(commandsOf('echo "a\nb"\nweighbridge register')).toEqual(['register']);
    for (const script of [
      'echo "$(weighbridge gate)"',
      'echo "$( (id) && weighbridge gate)"',
      'echo $(weighbridge gate --json | jq .)',
      'echo "::notice::it\'s `weighbridge gate`" >> "$GITHUB_OUTPUT"',
      'printf "%s (%s)" "$(cat "a b")" "$(id; (weighbridge gate))"',
      'echo \'a\' "$(echo "$(weighbridge gate)")"',
    ])
      expect(commandsOf(script), script).toEqual(['gate']);
    expect(commandsOf('echo "$(weighbridge version)" && weighbridge gate')).toEqual(['version', 'gate']);
    for (const told of [
      "echo '$(weighbridge gate)'",
      'echo "\\$(weighbridge gate)"',
      'echo "\\`weighbridge gate\\`"',
      'echo "$(date) weighbridge gate (`date`) weighbridge gate"',
      'echo "$(echo weighbridge gate)"',
      'echo "one && weighbridge gate"',
      "echo 'one; weighbridge gate'",
      'echo one \\\n  weighbridge gate',
      'echo "one\nweighbridge gate"',
      'true && echo weighbridge gate',
      "# don't: weighbridge gate",
    ])
      expect(commandsOf(told), told).toEqual([]);
  });

  it('shows which secret it hands over as the signing key', () => {
    const secretsOf = (value: string) =>
      jobsOf(stepsOf('push', `uses: x/y@v1\n        with: { signing-key: ${value} }`))[0]?.signingSecrets;
    expect(secretsOf("'${{ secrets.KEY }}'")).toEqual(['KEY']);
    expect(secretsOf('"${{ secrets[\'KEY\'] }}"')).toEqual(['KEY']);
    expect(secretsOf('plain')).toEqual([]);
    expect(
      jobsOf(stepsOf('push', "run: x\n        env: { WEIGHBRIDGE_SIGNING_KEY: '${{ secrets.K }}' }"))[0]
        ?.signingSecrets,
    ).toEqual(['K']);
  });

  it('counts as pinned what cannot be moved, reusable workflows too', () => {
    const text = `jobs:\n  a: { uses: 'acme/x/.github/workflows/y.yml@main' }\n  b: { steps: [{ uses: ./local }, { uses: 'docker://alpine:3' }, { uses: 'docker://a@sha256:${'b'.repeat(64)}' }, { uses: 'a/b@abc1234' }] }`;
    expect(jobsOf(text).map(({ uses }) => uses.map(({ pinned }) => pinned))).toEqual([
      [false],
      [true, false, true, false],
    ]);
  });

  it('that is none says so and is empty', () => {
    for (const text of ['on: [', '- a', 'just text', '']) {
      const workflow = parseWorkflow('w.yml', text);
      expect(workflow.fault).not.toBeNull();
      expect(workflow.jobs).toEqual([]);
    }
    const bomb = `a: &a [x, x]\n${'bcdefgh'
      .split('')
      .map((name, place) => `${name}: &${name} [${`*${'abcdefg'[place]}, `.repeat(10)}x]`)
      .join('\n')}`;
    expect(parseWorkflow('w.yml', bomb).fault).toContain('alias');
  });

  it('never throws, whatever it holds', () => {
    const scalar = fc.oneof(
      fc.constantFrom('on', 'jobs', 'steps', 'uses', 'with', 'permissions', 'concurrency', 'environment'),
      fc.string({ maxLength: 8 }),
      fc.integer(),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        scalar,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom('on', 'jobs', 'steps', 'uses', 'with', 'run', 'name', 'permissions', 'a', '__proto__'),
          tie('tree'),
          { maxKeys: 6 },
        ),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          tree.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        (text) => {
          expect(parseWorkflow('w.yml', text).path).toBe('w.yml');
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});
