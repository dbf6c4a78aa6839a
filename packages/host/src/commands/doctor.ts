import { examineRepository } from '@weighbridge/flows';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { renderDiagnosisMarkdown, renderDiagnosisText } from './render-diagnosis.js';

export const doctorCommand: Command = {
  spec: {
    name: 'doctor',
    summary: 'Tell how strong the set-up of this repository is, and what mends each weak point',
    description:
      'Examines, at the tip of the default branch: whether the check of Weighbridge is required and from which source, whether a pull request can edit it, the workflows, the policy and its people, the ledger branch, the signing key and the token. The protection level is L0 (nothing of ours is required), L1 (the result of a job, which a pull request can edit), L2 (a required status that a workflow of the default branch sets) or L3 (an App or a required workflow as the only source). Each finding names the setting or the command that mends it. Writes nothing. Without a token or a forge it examines what the clone shows and says what it could not see. Exit code 1: a finding is "fail".',
    arguments: [],
    inputs: [],
    outputs: [
      { name: 'level', description: 'The protection level: L0, L1, L2, L3 or unknown.' },
      { name: 'findings', description: 'JSON: every finding with id, level, because and remedy.' },
    ],
    examples: ['weighbridge doctor', 'weighbridge doctor --json'],
  },
  run: runDoctor,
};

async function runDoctor(_inputs: InputValues, host: Host): Promise<Outcome> {
  const diagnosis = await examineRepository(host.surroundings);
  return {
    exitCode: diagnosis.findings.some(({ level }) => level === 'fail') ? 1 : 0,
    json: diagnosis,
    text: renderDiagnosisText(diagnosis),
    markdown: renderDiagnosisMarkdown(diagnosis),
    notices: [],
    outputs: { level: diagnosis.protection.level, findings: JSON.stringify(diagnosis.findings) },
  };
}
