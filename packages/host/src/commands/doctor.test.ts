import type { Diagnosis } from '@weighbridge/flows';
import { buildRepository } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import { chooseCommand } from '../actions/choose-command.js';
import { runCommand } from '../run-command.js';
import { doctorCommand } from './doctor.js';
import { renderDiagnosisMarkdown, renderDiagnosisText } from './render-diagnosis.js';

const diagnosis: Diagnosis = {
  schema: 1,
  repository: 'acme/models',
  protection: {
    level: 'L1',
    because: 'A pull request can edit its check.',
    remedy: 'Judge elsewhere. Run: weighbridge init',
  },
  findings: [
    { id: 'mode', level: 'ok', because: 'The policy enforces.', remedy: null },
    { id: 'token', level: 'unknown', because: 'Not told\n::error::x.', remedy: 'Pass one.' },
    {
      id: 'ledger-protected',
      level: 'fail',
      because: 'It allows <b>deletion</b>.',
      remedy: `Make a rule. Run: echo '{"include":["refs/tags/*@v*"]}' | gh api x`,
    },
  ],
  unseen: ['The teams of @acme.'],
};

describe('a diagnosis', () => {
  it('reads in a terminal from the worst to what is well', () => {
    expect(renderDiagnosisText(diagnosis)).toBe(`acme/models: protection L1
  A pull request can edit its check.
    -> Judge elsewhere. Run: weighbridge init

✗ ledger-protected: It allows <b>deletion</b>.
    -> Make a rule. Run: echo '{"include":["refs/tags/*@v*"]}' | gh api x
? token: Not told ::error::x.
    -> Pass one.
✓ mode: The policy enforces.

Not seen:
  - The teams of @acme.

1 to mend, 1 not seen, 1 as they should be.`);
  });

  it('reads the same in a summary, its commands as they are to be pasted and all else as text', () => {
    const markdown = renderDiagnosisMarkdown(diagnosis);
    expect(markdown).toContain(`- **Next:** Make a rule. Run: \`echo '{"include":["refs/tags/*@v*"]}' | gh api x\``);
    expect(markdown).toContain('**To raise it:** Judge elsewhere. Run: `weighbridge init`');
    expect(markdown).toContain('It allows &lt;b&gt;deletion&lt;/b&gt;.');
    expect(markdown).not.toMatch(/@acme|\n::/);
  });
});

describe('weighbridge doctor', () => {
  const policy = 'version: 1\nmode: enforce\nowners: [alice]\n';

  it('ends with 1 when something is to be mended, and with 0 when nothing is, without a network', async () => {
    expect(await examine(policy)).toMatchObject({ exitCode: 1, outputs: { level: 'unknown' } });
    const workflow = `on: { pull_request: }\npermissions: {}\njobs: { gate: { permissions: { contents: read }, steps: [{ uses: a/weighbridge/actions/gate@v1 }] } }\n`;
    const softer = 'version: 1\nmode: warn\nledger: { branch: weighbridge, signing: optional }\n';
    const outcome = await examine(softer, { '.github/workflows/gate.yml': workflow });
    expect(outcome.text).toContain('✓ workflows: Changes are judged by .github/workflows/gate.yml.');
    expect(outcome.exitCode).toBe(0);
    expect(JSON.parse(outcome.outputs['findings'] ?? '')).toEqual((outcome.json as Diagnosis).findings);
  });

  it('is what the root action runs when it is told to', async () => {
    expect(await chooseCommand('', {}, 'doctor')).toBe(doctorCommand);
  });
});

async function examine(policy: string, files: Readonly<Record<string, string>> = {}) {
  const repository = await buildRepository({ commits: [{ files: { 'weighbridge.yaml': policy, ...files } }] });
  try {
    const texts = new Map([['offline', 'true']]);
    return await runCommand({
      command: doctorCommand,
      texts,
      environment: {},
      folder: repository.root,
      progress: () => {},
    });
  } finally {
    await repository.dispose();
  }
}
