import { repositoryOf } from '../commands.js';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import { writesLedger } from '../workflow.js';

const usualSecret = 'WEIGHBRIDGE_SIGNING_KEY';

/** Whether the ledger is signed, by a key that only the right jobs can reach. */
export function examineSigning(facts: DoctorFacts): readonly Finding[] {
  return [examineSecret(facts), examineSigned(facts), ...examineKeys(facts)];
}

function examineSecret(facts: DoctorFacts): Finding {
  const id = 'signing-key';
  const { setting, defaultBranch } = facts;
  const names = secretNames(facts);
  const repository = repositoryOf(facts);
  const move = `Make an environment "weighbridge" limited to ${defaultBranch} and tags *@v* (Settings > Environments), put the key there ("gh secret set ${names[0]} --env weighbridge --repo ${repository} < .git/weighbridge/signing.key") and name it in the job (environment: weighbridge).`;
  const look = `Look: "gh secret list --repo ${repository}" must not name ${names[0]}, and "gh secret list --env weighbridge --repo ${repository}" must.`;
  const exposed = findExposure(facts, names);
  if (exposed !== null) return finding(id, 'fail', exposed.because, exposed.remedy ?? move);
  const holding = environmentsWithKey(facts, names).map(({ name }) => name);
  if (setting === null || setting.secrets === null)
    return finding(id, 'unknown', 'Whether the signing key is a secret of the repository could not be read.', look);
  if (holding.length > 0)
    return ok(
      id,
      `The signing key is a secret of the environment ${holding.join(', ')}, which not every branch may use.`,
    );
  if (setting.environments.some(({ secrets }) => secrets === null))
    return finding(id, 'unknown', 'Which environment holds the signing key could not be read.', look);
  if (facts.policy.ledger.signing === 'optional')
    return finding(id, 'warn', 'No signing key was found, and the policy does not require one.', move);
  const because =
    'No signing key was found in the repository or its environments (secrets of the organisation are never seen), and the policy requires one.';
  return finding(id, 'fail', because, move);
}

/** A key that a workflow on any branch can read: whoever may push can sign. */
function findExposure(facts: DoctorFacts, names: readonly string[]): { because: string; remedy?: string } | null {
  const repositorySecret = names.find((name) => facts.setting?.secrets?.includes(name) === true);
  if (repositorySecret !== undefined) {
    const because = `The signing key ${repositorySecret} is a secret of the repository: a workflow on any branch can read it and sign.`;
    const remedy = `Move it to an environment that is limited to ${facts.defaultBranch} and tags *@v* (Settings > Environments), named in the job (environment: weighbridge). Run: gh secret set ${repositorySecret} --env weighbridge --repo ${repositoryOf(facts)} < .git/weighbridge/signing.key && gh secret delete ${repositorySecret} --repo ${repositoryOf(facts)}`;
    return { because, remedy };
  }
  const bare = jobsWithoutEnvironment(facts);
  if (bare.length > 0)
    return {
      because: `${bare.join('; ')} hands over a signing key without an environment, so it is a secret that any branch can read.`,
    };
  const open = environmentsWithKey(facts, names).filter(({ branches }) => branches === 'all');
  if (open.length === 0) return null;
  const because = `The environment ${open.map(({ name }) => name).join(', ')} holds the signing key and is open to every branch.`;
  const remedy = `In Settings > Environments > ${open[0]?.name}, limit "Deployment branches and tags" to ${facts.defaultBranch} and tags *@v*.`;
  return { because, remedy };
}

/** Those that list the secret, and those that a job names which hands it over. */
function environmentsWithKey({ setting, workflows }: DoctorFacts, names: readonly string[]) {
  const signing = workflows.flatMap(({ jobs }) => jobs.filter(({ signingSecrets }) => signingSecrets.length > 0));
  const named = new Set(signing.map(({ environment }) => environment));
  return (setting?.environments ?? []).filter(({ name, secrets }) => {
    return secrets === null ? named.has(name) : names.some((secret) => secrets.includes(secret));
  });
}

function secretNames({ workflows }: DoctorFacts): readonly string[] {
  const named = workflows.flatMap(({ jobs }) => jobs.flatMap(({ signingSecrets }) => signingSecrets));
  return named.length === 0 ? [usualSecret] : [...new Set(named)];
}

function jobsWithoutEnvironment({ workflows }: DoctorFacts): readonly string[] {
  return workflows.flatMap(({ path, jobs }) =>
    jobs
      .filter((job) => writesLedger(job) && job.signingSecrets.length > 0 && job.environment === null)
      .map(({ id }) => `${path} (${id})`),
  );
}

function examineSigned({ ledger, policy }: DoctorFacts): Finding {
  const id = 'ledger-signed';
  if (ledger.size === 0) return ok(id, 'There is no ledger yet; the first "weighbridge register" begins it.');
  if (ledger.signed) return ok(id, `The ledger is signed (${ledger.size} entries).`);
  const remedy =
    'Begin a signed ledger on a branch of its own: set ledger.branch in weighbridge.yaml to a new name and register with the key. A log cannot become signed later.';
  return finding(
    id,
    policy.ledger.signing === 'required' ? 'fail' : 'warn',
    'The ledger is unsigned: whoever may push could have written it.',
    remedy,
  );
}

function examineKeys({ policy, signer, ledger }: DoctorFacts): readonly Finding[] {
  const id = 'ledger-keys';
  const { keys, signing } = policy.ledger;
  if (keys.length === 0) {
    const needed = signing === 'required' || ledger.signed;
    const remedy =
      'Add the line that "weighbridge audit key" prints to "ledger: {keys: [...]}" in weighbridge.yaml, by a pull request.';
    return [
      finding(
        id,
        needed ? 'fail' : 'warn',
        'weighbridge.yaml names no verifier key: nobody can tell a forged signature from a true one.',
        remedy,
      ),
    ];
  }
  if (signer !== null && !keys.includes(signer))
    return [
      finding(
        id,
        'fail',
        `The signing key at hand (${signer}) is none of ledger.keys in weighbridge.yaml.`,
        'Use the key of the ledger, or add this one to ledger.keys by a pull request.',
      ),
    ];
  return [ok(id, `weighbridge.yaml names ${keys.length} verifier key${keys.length === 1 ? '' : 's'}.`)];
}
