export const id = 192;
export const ids = [192];
export const modules = {

/***/ 94163:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  doctorCommand: () => (/* binding */ doctorCommand)
});

// EXTERNAL MODULE: ./packages/flows/build/doctor/protection-level.js
var protection_level = __webpack_require__(12636);
// EXTERNAL MODULE: ./packages/flows/build/doctor/commands.js
var commands = __webpack_require__(12318);
;// CONCATENATED MODULE: ./packages/flows/build/doctor/finding.js
/** A point that is as it should be. */
function ok(id, because) {
    return { id, level: 'ok', because, remedy: null };
}
/** A point that is not, or not known to be. */
function finding(id, level, because, remedy) {
    return { id, level, because, remedy };
}
//# sourceMappingURL=finding.js.map
// EXTERNAL MODULE: ./packages/flows/build/doctor/own-checks.js
var own_checks = __webpack_require__(76270);
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/branch.js



/** What the default branch asks besides our check. */
function examineBranch(facts) {
    const { protection } = facts;
    if (protection === null)
        return [];
    return [
        examineWayIn(facts, protection),
        examineDismissal(facts, protection),
        examineUpToDate(facts, protection),
        ...examineQueue(facts, protection),
        ...examineQueueMethod(facts, protection),
    ];
}
/**
 * Who changed a model, and by which pull request, is read from the first parents of the branch. What is pushed to it by
 * hand has no pull request, and a merge made by hand may have the branch as its second parent.
 */
function examineWayIn(facts, protection) {
    const id = 'pull-required';
    const { defaultBranch } = facts;
    if (protection.requiresPull)
        return ok(id, `Changes come into ${defaultBranch} by pull request, whichever way it is merged.`);
    const merges = protection.linearHistory ? '' : ', and a merge by hand can hide which pull request brought a model';
    return finding(id, (0,own_checks/* levelOfAbsence */.z2)(protection, 'warn'), `Whoever may push can push to ${defaultBranch} without a pull request: what comes in that way is judged by nobody and recorded as bypassed${merges}.`, (0,commands/* makeRuleset */.b2)(facts, {
        name: 'weighbridge pull requests',
        target: 'branch',
        include: [`refs/heads/${defaultBranch}`],
        rules: [
            {
                type: 'pull_request',
                parameters: {
                    required_approving_review_count: 0,
                    dismiss_stale_reviews_on_push: true,
                    require_code_owner_review: false,
                    require_last_push_approval: false,
                    required_review_thread_resolution: false,
                },
            },
            { type: 'non_fast_forward' },
        ],
    }));
}
/** Should an evaluation die after a push, the native rule still holds the old approvals back. */
function examineDismissal(facts, protection) {
    const id = 'dismiss-stale';
    const approvals = protection.requiredApprovals;
    if (protection.dismissesStale && approvals > 0)
        return ok(id, `The forge itself dismisses approvals on a push and asks for ${approvals}.`);
    const because = 'The forge itself does not ask for an approval of the newest push: should an evaluation not run, an earlier green status stands.';
    return finding(id, (0,own_checks/* levelOfAbsence */.z2)(protection, 'warn'), because, `Require one approval and turn on "Dismiss stale pull request approvals" in ${(0,commands/* rulesetsPage */.Bs)(facts)}.`);
}
/** Two promotions of one stage are both green against the old base; the second must be judged again. */
function examineUpToDate(facts, protection) {
    const id = 'up-to-date';
    if (protection.mergeQueue !== null)
        return ok(id, 'A merge queue judges each change on top of those before it.');
    if (protection.strict)
        return ok(id, 'A branch must be up to date before it is merged.');
    const because = 'Two pull requests that move the same stage can both be green; the second would fail only when it is applied.';
    return finding(id, (0,own_checks/* levelOfAbsence */.z2)(protection, 'warn'), because, `Turn on "Require branches to be up to date before merging", or a merge queue, in ${(0,commands/* rulesetsPage */.Bs)(facts)}.`);
}
function examineQueue(facts, protection) {
    const id = 'merge-group';
    if (protection.mergeQueue === null)
        return [];
    const judging = (0,own_checks/* judgingWorkflows */.vy)(facts);
    if (judging.some(({ triggers }) => Object.hasOwn(triggers, 'merge_group')))
        return [ok(id, 'Merge groups are judged.')];
    const because = 'The default branch has a merge queue, and no workflow that judges runs on merge_group: the queue would wait for ever.';
    return [
        finding(id, 'fail', because, `Add "merge_group:" under "on:" in ${judging[0]?.path ?? 'the workflow that judges'}.`),
    ];
}
/** A group is judged commit by commit, each of which must tell its pull request; and a red one must hold back. */
function examineQueueMethod(facts, { mergeQueue }) {
    if (mergeQueue === null)
        return [];
    const place = `In ${(0,commands/* rulesetsPage */.Bs)(facts)}, edit the rule "Require merge queue"`;
    const findings = [];
    if (mergeQueue.method === 'rebase')
        findings.push(finding('queue-method', 'fail', 'The merge queue rebases: its commits do not tell which pull request they are of, so no group can be judged.', `${place} and choose "Merge commit" or "Squash and merge".`));
    if (!mergeQueue.everyGreen)
        findings.push(finding('queue-grouping', 'fail', 'The merge queue merges a group when its last pull request is green: those before it come in whatever their verdict.', `${place} and turn on "Only merge non-failing pull requests".`));
    return findings.length > 0
        ? findings
        : [ok('queue-method', `The merge queue merges by ${mergeQueue.method}, and only what is green.`)];
}
//# sourceMappingURL=branch.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/ledger.js



/** Whether nobody can rewrite the ledger. */
function examineLedger(facts) {
    return [ledger_examineBranch(facts), ...examineLedgerBypass(facts), examineDrift(facts)];
}
function ledger_examineBranch(facts) {
    const id = 'ledger-protected';
    const { ledgerProtection: protection, policy } = facts;
    const { branch } = policy.ledger;
    if (protection === null)
        return finding(id, 'unknown', `What protects the ledger branch ${branch} could not be read.`, `See ${(0,commands/* rulesetsPage */.Bs)(facts)}: it must block force pushes and deletion.`);
    const remedy = (0,commands/* makeRuleset */.b2)(facts, {
        name: 'weighbridge ledger',
        target: 'branch',
        include: [`refs/heads/${branch}`],
        rules: [{ type: 'non_fast_forward' }, { type: 'deletion' }],
    });
    const open = [protection.forcePushBlocked ? '' : 'force pushes', protection.deletionBlocked ? '' : 'deletion'].filter((what) => what !== '');
    if (open.length > 0)
        return finding(id, (0,own_checks/* levelOfAbsence */.z2)(protection, 'fail'), `The ledger branch ${branch} allows ${open.join(' and ')}: whoever may push can replace the record.`, remedy);
    const checks = protection.requiredChecks.length > 0
        ? `required checks (${protection.requiredChecks.map(({ context }) => context).join(', ')})`
        : '';
    // Whoever is on the bypass list passes such a rule: that may be the App that writes the ledger.
    const refuses = protection.bypass.length > 0 ? [] : protection.refuses;
    const rules = refuses.length > 0 ? `what its rules say (${refuses.join(', ')})` : '';
    const hindered = [protection.requiresPull ? 'a pull request' : '', checks, rules].filter((what) => what !== '');
    if (hindered.length > 0)
        return finding(id, 'fail', `The ledger branch ${branch} asks for ${hindered.join(' and ')}, which an append by a job cannot bring.`, `Exclude refs/heads/${branch} from that rule in ${(0,commands/* rulesetsPage */.Bs)(facts)}.`);
    return ok(id, `The ledger branch ${branch} takes no force push and no deletion.`);
}
function examineLedgerBypass(facts) {
    const bypass = facts.ledgerProtection?.bypass ?? [];
    if (bypass.length === 0)
        return [];
    const because = `${bypass.join(', ')} may rewrite the ledger branch ${facts.policy.ledger.branch}; "weighbridge audit verify" finds it only against a checkpoint kept elsewhere.`;
    return [finding('ledger-bypass', 'warn', because, `Empty the bypass list of its ruleset in ${(0,commands/* rulesetsPage */.Bs)(facts)}.`)];
}
const namedDrift = 8;
function examineDrift({ drift }) {
    if (drift.length === 0)
        return ok('drift', 'stages.yaml and the ledger agree.');
    const told = drift
        .slice(0, namedDrift)
        .map(({ model, stage, asked, held }) => `${model} ${stage}: asked ${asked ?? 'nothing'}, held ${held ?? 'nothing'}`);
    const more = drift.length > namedDrift ? `; and ${drift.length - namedDrift} more` : '';
    const first = drift[0];
    const remedy = first?.asked === null || first === undefined
        ? `Write what the ledger holds into stages.yaml ("weighbridge show ${first?.model ?? ''}"), by a pull request.`
        : `Apply it ("weighbridge promote ${first.model}@${first.asked} --to ${first.stage}"), or write what the ledger holds into stages.yaml by a pull request.`;
    return finding('drift', 'warn', `stages.yaml and the ledger differ: ${told.join('; ')}${more}.`, remedy);
}
//# sourceMappingURL=ledger.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/people.js

/** Whether those whom the policy asks exist, may approve, and are enough. */
function examinePeople(facts) {
    if (Object.keys(facts.policy.reviewers).length === 0)
        return examineSeats(facts);
    return [...examineTeams(facts), ...examineMembers(facts), ...examineSeats(facts)];
}
function examineTeams({ policy, teams }) {
    const id = 'teams';
    const slugs = [...new Set(Object.values(policy.reviewers).flatMap((roster) => roster.teams))];
    if (slugs.length === 0)
        return [];
    const app = 'Pass the token of an App with "Organization members: read" as github-token, or list the members under "users:" in weighbridge.yaml.';
    if (teams === null)
        return [finding(id, 'unknown', `Who belongs to ${slugs.join(', ')} could not be read.`, app)];
    const unread = slugs.flatMap((slug) => {
        const team = Object.hasOwn(teams, slug) ? teams[slug] : undefined;
        return team?.state === 'read' ? [] : [{ slug, team }];
    });
    if (unread.length === 0)
        return [ok(id, `The token reads ${slugs.join(', ')}.`)];
    const because = unread.map(({ slug, team }) => `${slug} (${team?.because ?? 'not asked'})`).join('; ');
    return [
        finding(id, 'fail', `Members of teams cannot be verified, so gates that ask them end in error: ${because}.`, unread[0]?.team?.remedy ?? app),
    ];
}
function examineMembers({ people }) {
    const id = 'roster';
    if (people === null)
        return [
            finding(id, 'unknown', 'Whether the people of the rosters exist and may approve could not be read.', 'Run "weighbridge doctor" with a token: export GITHUB_TOKEN, or run it as an action.'),
        ];
    const gone = people.filter(({ exists }) => !exists);
    const weak = people.filter(({ exists, permission }) => exists && ['none', 'read', 'triage'].includes(permission));
    const unseen = people.filter(({ exists, permission }) => exists && permission === 'cannot-verify');
    const findings = [];
    if (gone.length > 0)
        findings.push(finding(id, 'fail', `No such account: ${gone.map(nameOf).join('; ')}.`, 'Correct the login in "reviewers:" of weighbridge.yaml.'));
    if (weak.length > 0)
        findings.push(finding('roster-permission', 'warn', `Without write permission, so that approvals may not count: ${weak.map(({ permission, ...person }) => `${nameOf(person)} has ${permission}`).join('; ')}.`, 'Give them write in Settings > Collaborators and teams, or take them off the roster.'));
    if (unseen.length > 0)
        findings.push(finding('roster-permission', 'unknown', `The permission of ${unseen.map(({ login }) => login).join(', ')} could not be read.`, 'Run "weighbridge doctor" with a token that may read collaborators.'));
    return findings.length > 0 || people.length === 0
        ? findings
        : [ok(id, `All ${people.length} people of the rosters exist and may approve.`)];
}
function nameOf({ login, rosters }) {
    return `${login} (${rosters.join(', ')})`;
}
/** A gate that asks for more people than its roster has can never pass. */
function examineSeats({ policy, teams }) {
    const asked = Object.entries(policy.gates).flatMap(([stage, { reviewers }]) => reviewers.map((gate) => ({ stage, ...gate })));
    const short = asked.flatMap(({ stage, from, count }) => {
        const roster = Object.hasOwn(policy.reviewers, from) ? policy.reviewers[from] : undefined;
        if (roster === undefined)
            return [`${stage} asks for ${count} from ${from}, which is no roster`];
        const members = new Set(roster.users.map((login) => login.toLowerCase()));
        for (const slug of roster.teams) {
            const team = teams?.[slug];
            if (team?.state !== 'read')
                return [];
            for (const { login } of team.members)
                members.add(login.toLowerCase());
        }
        return members.size >= count ? [] : [`${stage} asks for ${count} from ${from}, which has ${members.size}`];
    });
    if (short.length === 0)
        return asked.length === 0 ? [] : [ok('seats', 'Every roster has as many people as its gates ask for.')];
    return [
        finding('seats', 'fail', `Gates that can never pass: ${short.join('; ')}.`, 'Add people to the roster under "reviewers:" in weighbridge.yaml, or lower the count.'),
    ];
}
//# sourceMappingURL=people.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/policy.js

/** Whether the policy is there, blocks, and belongs to somebody. */
function examinePolicy(facts) {
    const { governed, defaultBranch, policy } = facts;
    if (!governed)
        return [
            finding('policy', 'fail', `${defaultBranch} has no weighbridge.yaml: nothing is governed, and every verdict is a preview.`, 'Run "weighbridge init" and merge what it writes.'),
        ];
    return [examineMode(facts), examineOwners(facts), ...examineGates(policy.gates, policy.stages)];
}
function examineMode({ policy }) {
    if (policy.mode === 'enforce')
        return ok('mode', 'The policy enforces: what fails blocks.');
    return finding('mode', 'warn', 'The mode of the policy is warn: every verdict is told and none blocks.', 'Set "mode: enforce" in weighbridge.yaml by a pull request, once the verdicts are those that you want.');
}
function examineOwners({ policy }) {
    if (policy.owners.length > 0)
        return ok('policy-owners', `The policy belongs to ${policy.owners.join(', ')}.`);
    return finding('policy-owners', policy.mode === 'enforce' ? 'fail' : 'warn', 'Nobody owns the policy: a pull request that loosens it needs no approval of its own.', 'Set "owners:" in weighbridge.yaml to a roster or to logins.');
}
/** The stages that people depend on are those after the first and before the archive. */
function examineGates(gates, stages) {
    const last = stages.at(-2);
    if (last === undefined || Object.hasOwn(gates, last))
        return [];
    return [
        finding('gates', 'warn', `No gate is set for ${last}: every version may enter it.`, `Add "gates: {${last}: …}" to weighbridge.yaml; docs/guide.md has an example.`),
    ];
}
//# sourceMappingURL=policy.js.map
// EXTERNAL MODULE: ./packages/flows/build/doctor/code-owners.js
var code_owners = __webpack_require__(13474);
// EXTERNAL MODULE: ./packages/flows/build/doctor/raise-protection.js
var raise_protection = __webpack_require__(27100);
// EXTERNAL MODULE: ./packages/flows/build/doctor/workflow.js
var doctor_workflow = __webpack_require__(59257);
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/required-check.js






/** Whether our check is required, from whom it counts, and whether a pull request can edit it. */
function examineRequiredCheck(facts) {
    return [examineRequired(facts), ...examineSource(facts), ...examineTampering(facts), ...examineBypass(facts)];
}
function examineRequired(facts) {
    const id = 'status-required';
    const { protection, defaultBranch } = facts;
    const context = (0,own_checks/* contextToRequire */.Ip)(facts);
    if (protection === null)
        return finding(id, 'unknown', `Whether "${context}" is required on ${defaultBranch} could not be read.`, `See ${(0,commands/* rulesetsPage */.Bs)(facts)}.`);
    const required = [...(0,own_checks/* ownRequired */.UG)(facts).map(({ context }) => `"${context}"`), ...(0,own_checks/* ownRequiredWorkflows */.mk)(facts)];
    if (required.length > 0)
        return ok(id, `${required.join(', ')} must succeed before a merge into ${defaultBranch}.`);
    return finding(id, (0,own_checks/* levelOfAbsence */.z2)(protection, 'fail'), `No check of Weighbridge is seen to be required on ${defaultBranch}: a red verdict can be merged.`, (0,raise_protection/* requireCheck */.A)(facts, context));
}
function examineSource(facts) {
    const id = 'status-source';
    const required = (0,own_checks/* ownRequired */.UG)(facts);
    if (required.length === 0 || (0,own_checks/* ownRequiredWorkflows */.mk)(facts).length > 0)
        return [];
    const open = required.filter(({ source }) => source === null).map(({ context }) => `"${context}"`);
    const place = `In ${(0,commands/* rulesetsPage */.Bs)(facts)}, edit the rule and choose a source for the check: the App whose token Weighbridge runs with, else GitHub Actions.`;
    if (open.length > 0)
        return [finding(id, 'warn', `${open.join(', ')} counts from anybody who may set a status.`, place)];
    const actions = required.filter(({ source }) => source === 'github-actions').map(({ context }) => `"${context}"`);
    if (actions.length > 0)
        return [
            finding(id, 'warn', `${actions.join(', ')} counts from any workflow of this repository, one of a pull request too.`, `Run Weighbridge with the token of an App of your own (input github-token). ${place}`),
        ];
    return [
        ok(id, `The required check counts from ${required.map(({ source }) => `the App ${source}`).join(', ')} alone.`),
    ];
}
/** A job that the change itself defines can be edited by whoever may push, unless its workflow has owners. */
function examineTampering(facts) {
    const id = 'check-editable';
    const required = new Set((0,own_checks/* ownRequired */.UG)(facts).map(({ context }) => context));
    const judging = (0,own_checks/* judgingWorkflows */.vy)(facts);
    // What is required could not be seen: the workflows still tell what a pull request could edit.
    if (required.size === 0 && (facts.protection !== null || judging.length === 0))
        return [];
    const fromBranch = judging.some(doctor_workflow/* runsFromDefaultBranch */.So) && [...required].every(own_checks/* isStatus */.zM);
    if (fromBranch)
        return [ok(id, 'The verdict comes from the workflow of the default branch: a pull request cannot edit it.')];
    const paths = judging.map(({ path }) => path);
    const guarded = paths.length > 0 && paths.every((path) => (0,code_owners/* hasOwners */.p)(facts.codeOwners ?? '', path));
    if (guarded && facts.protection?.requiresOwners === true)
        return [ok(id, 'A pull request can edit the workflow that judges it, and its owners must approve that.')];
    const half = guarded
        ? 'Turn on "Require review from Code Owners"'
        : 'Add "/.github/workflows/ @your-team" to .github/CODEOWNERS and turn on "Require review from Code Owners"';
    return [
        finding(id, 'warn', `A pull request can edit the workflow that judges it (${paths.join(', ') || 'none was found'}), and nobody must approve that.`, `${half} in ${(0,commands/* rulesetsPage */.Bs)(facts)}; or copy the workflows that "weighbridge init" writes for evaluation from the default branch and require the status weighbridge.`),
    ];
}
function examineBypass(facts) {
    const bypass = facts.protection?.bypass ?? [];
    if (bypass.length === 0)
        return [];
    const because = `${bypass.join(', ')} may pass every rule of ${facts.defaultBranch}; what comes in that way is recorded as bypassed.`;
    return [
        finding('branch-bypass', 'warn', because, `Shorten the bypass list in ${(0,commands/* rulesetsPage */.Bs)(facts)}, or allow it for pull requests only.`),
    ];
}
//# sourceMappingURL=required-check.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/signing.js



const usualSecret = 'WEIGHBRIDGE_SIGNING_KEY';
/** Whether the ledger is signed, by a key that only the right jobs can reach. */
function examineSigning(facts) {
    return [examineSecret(facts), examineSigned(facts), ...examineKeys(facts)];
}
function examineSecret(facts) {
    const id = 'signing-key';
    const { setting, defaultBranch } = facts;
    const names = secretNames(facts);
    const repository = (0,commands/* repositoryOf */._M)(facts);
    const move = `Make an environment "weighbridge" limited to ${defaultBranch} and tags *@v* (Settings > Environments), put the key there ("gh secret set ${names[0]} --env weighbridge --repo ${repository} < .git/weighbridge/signing.key") and name it in the job (environment: weighbridge).`;
    const look = `Look: "gh secret list --repo ${repository}" must not name ${names[0]}, and "gh secret list --env weighbridge --repo ${repository}" must.`;
    const exposed = findExposure(facts, names);
    if (exposed !== null)
        return finding(id, 'fail', exposed.because, exposed.remedy ?? move);
    const holding = environmentsWithKey(facts, names).map(({ name }) => name);
    if (setting === null || setting.secrets === null)
        return finding(id, 'unknown', 'Whether the signing key is a secret of the repository could not be read.', look);
    if (holding.length > 0)
        return ok(id, `The signing key is a secret of the environment ${holding.join(', ')}, which not every branch may use.`);
    if (setting.environments.some(({ secrets }) => secrets === null))
        return finding(id, 'unknown', 'Which environment holds the signing key could not be read.', look);
    if (facts.policy.ledger.signing === 'optional')
        return finding(id, 'warn', 'No signing key was found, and the policy does not require one.', move);
    const because = 'No signing key was found in the repository or its environments (secrets of the organisation are never seen), and the policy requires one.';
    return finding(id, 'fail', because, move);
}
/** A key that a workflow on any branch can read: whoever may push can sign. */
function findExposure(facts, names) {
    const repositorySecret = names.find((name) => facts.setting?.secrets?.includes(name) === true);
    if (repositorySecret !== undefined) {
        const because = `The signing key ${repositorySecret} is a secret of the repository: a workflow on any branch can read it and sign.`;
        const remedy = `Move it to an environment that is limited to ${facts.defaultBranch} and tags *@v* (Settings > Environments), named in the job (environment: weighbridge). Run: gh secret set ${repositorySecret} --env weighbridge --repo ${(0,commands/* repositoryOf */._M)(facts)} < .git/weighbridge/signing.key && gh secret delete ${repositorySecret} --repo ${(0,commands/* repositoryOf */._M)(facts)}`;
        return { because, remedy };
    }
    const bare = jobsWithoutEnvironment(facts);
    if (bare.length > 0)
        return {
            because: `${bare.join('; ')} hands over a signing key without an environment, so it is a secret that any branch can read.`,
        };
    const open = environmentsWithKey(facts, names).filter(({ branches }) => branches === 'all');
    if (open.length === 0)
        return null;
    const because = `The environment ${open.map(({ name }) => name).join(', ')} holds the signing key and is open to every branch.`;
    const remedy = `In Settings > Environments > ${open[0]?.name}, limit "Deployment branches and tags" to ${facts.defaultBranch} and tags *@v*.`;
    return { because, remedy };
}
/** Those that list the secret, and those that a job names which hands it over. */
function environmentsWithKey({ setting, workflows }, names) {
    const signing = workflows.flatMap(({ jobs }) => jobs.filter(({ signingSecrets }) => signingSecrets.length > 0));
    const named = new Set(signing.map(({ environment }) => environment));
    return (setting?.environments ?? []).filter(({ name, secrets }) => {
        return secrets === null ? named.has(name) : names.some((secret) => secrets.includes(secret));
    });
}
function secretNames({ workflows }) {
    const named = workflows.flatMap(({ jobs }) => jobs.flatMap(({ signingSecrets }) => signingSecrets));
    return named.length === 0 ? [usualSecret] : [...new Set(named)];
}
function jobsWithoutEnvironment({ workflows }) {
    return workflows.flatMap(({ path, jobs }) => jobs
        .filter((job) => (0,doctor_workflow/* writesLedger */.yo)(job) && job.signingSecrets.length > 0 && job.environment === null)
        .map(({ id }) => `${path} (${id})`));
}
function examineSigned({ ledger, policy }) {
    const id = 'ledger-signed';
    if (ledger.size === 0)
        return ok(id, 'There is no ledger yet; the first "weighbridge register" begins it.');
    if (ledger.signed)
        return ok(id, `The ledger is signed (${ledger.size} entries).`);
    const remedy = 'Begin a signed ledger on a branch of its own: set ledger.branch in weighbridge.yaml to a new name and register with the key. A log cannot become signed later.';
    return finding(id, policy.ledger.signing === 'required' ? 'fail' : 'warn', 'The ledger is unsigned: whoever may push could have written it.', remedy);
}
function examineKeys({ policy, signer, ledger }) {
    const id = 'ledger-keys';
    const { keys, signing } = policy.ledger;
    if (keys.length === 0) {
        const needed = signing === 'required' || ledger.signed;
        const remedy = 'Add the line that "weighbridge audit key" prints to "ledger: {keys: [...]}" in weighbridge.yaml, by a pull request.';
        return [
            finding(id, needed ? 'fail' : 'warn', 'weighbridge.yaml names no verifier key: nobody can tell a forged signature from a true one.', remedy),
        ];
    }
    if (signer !== null && !keys.includes(signer))
        return [
            finding(id, 'fail', `The signing key at hand (${signer}) is none of ledger.keys in weighbridge.yaml.`, 'Use the key of the ledger, or add this one to ledger.keys by a pull request.'),
        ];
    return [ok(id, `weighbridge.yaml names ${keys.length} verifier key${keys.length === 1 ? '' : 's'}.`)];
}
//# sourceMappingURL=signing.js.map
// EXTERNAL MODULE: ./packages/core/build/model-name.js
var model_name = __webpack_require__(73699);
// EXTERNAL MODULE: ./packages/core/build/version.js
var build_version = __webpack_require__(55334);
// EXTERNAL MODULE: ./packages/core/build/tag.js
var tag = __webpack_require__(30882);
// EXTERNAL MODULE: ./packages/manifest/build/glob.js
var glob = __webpack_require__(12284);
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/tags.js




/** Models whose tags are looked at; a pattern that covers these covers the others. */
const maxModels = 50;
const named = 5;
/** Whether the tags of versions and of stages can be moved or deleted, and whether a job can make them. */
function examineTags(facts) {
    const { tagProtection } = facts;
    if (tagProtection === null)
        return [
            finding('release-tags', 'unknown', 'What protects the tags of versions and stages could not be read.', `See ${(0,commands/* rulesetsPage */.Bs)(facts)}: tags *@v* and *#* must not be updated or deleted. ${protectTags(facts)}`),
        ];
    return [examineMoves(facts, tagProtection.rulesets), ...examineCreation(facts, tagProtection.rulesets)];
}
function examineMoves(facts, rulesets) {
    const id = 'release-tags';
    const tags = tagsOf(facts);
    const open = (rule) => tags.filter((tag) => rulesFor(rulesets, tag).every(({ rules }) => !rules.includes(rule)));
    const [movable, deletable] = [open('update'), open('deletion')];
    if (movable.length === 0 && deletable.length === 0) {
        const passing = [...new Set(tags.flatMap((tag) => rulesFor(rulesets, tag).flatMap(({ bypass }) => bypass ?? [])))];
        const but = passing.length === 0 ? '' : ` ${passing.join(', ')} may all the same.`;
        return ok(id, `Nobody may move or delete the tags of versions and stages.${but}`);
    }
    const told = [
        ...(movable.length === 0 ? [] : [`moved (${listed(movable)})`]),
        ...(deletable.length === 0 ? [] : [`deleted (${listed(deletable)})`]),
    ];
    const because = `Tags that say what was released can be ${told.join(' and ')}: what a name stands for could be exchanged.`;
    return finding(id, 'warn', because, protectTags(facts));
}
/** A rule on new tags that nobody passes stops each release: the job makes the tag. */
function examineCreation(facts, rulesets) {
    const hindering = ['creation', 'tag_name_pattern', 'required_signatures'];
    const tags = tagsOf(facts);
    const found = rulesets.filter((ruleset) => tags.some((tag) => holdsFor(ruleset, tag)) && ruleset.rules.some((rule) => hindering.includes(rule)));
    const closed = found.filter(({ bypass }) => bypass === null || bypass.length === 0);
    if (closed.length === 0)
        return [];
    const rules = [...new Set(closed.flatMap((ruleset) => ruleset.rules.filter((rule) => hindering.includes(rule))))];
    const names = closed.map(({ name }) => `"${name}"`).join(', ');
    const seen = closed.every(({ bypass }) => bypass !== null);
    return [
        finding('tag-creation', seen ? 'fail' : 'unknown', `${names} restricts new tags of versions or stages (${rules.join(', ')}), and ${seen ? 'nobody is' : 'nobody is seen to be'} on its bypass list: a job may not be able to make them.`, `In ${(0,commands/* rulesetsPage */.Bs)(facts)}, add the App whose token registers to the bypass list of ${names}, or take that rule out of it.`),
    ];
}
/** One of each kind of tag that registering and promoting make. */
function tagsOf({ models, policy }) {
    const version = '1.0.0';
    const known = models.filter(model_name/* isModelName */.j).slice(0, maxModels);
    const names = known.length > 0 ? known : ['model'];
    return names.flatMap((model) => [
        ...((0,build_version/* isVersion */.lF)(version) ? [(0,tag/* versionTag */.Vm)(model, version)] : []),
        ...policy.stages.map((stage) => (0,tag/* formatTag */._3)({ event: 'assigned', model, stage, counter: 1 })),
    ]);
}
function rulesFor(rulesets, tag) {
    return rulesets.filter((ruleset) => holdsFor(ruleset, tag));
}
/** Patterns are those of fnmatch on the whole ref, with ~ALL for every one. */
function holdsFor({ include, exclude }, tag) {
    const matches = (pattern) => pattern === '~ALL' || (0,glob/* matchGlob */.sB)(pattern, `refs/tags/${tag}`);
    return include.some(matches) && !exclude.some(matches);
}
function protectTags(facts) {
    const deep = facts.policy.stages.some((stage) => stage.includes('/')) ? ['refs/tags/*#*/**/*'] : [];
    return (0,commands/* makeRuleset */.b2)(facts, {
        name: 'weighbridge tags',
        target: 'tag',
        include: ['refs/tags/*@v*', 'refs/tags/*#*', ...deep],
        rules: [{ type: 'update' }, { type: 'deletion' }],
    });
}
function listed(tags) {
    const more = tags.length - named;
    return `${tags.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
//# sourceMappingURL=tags.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/token.js

/** What Weighbridge writes, and which permission of a token that takes. */
const writes = [
    { scope: 'statuses', what: 'the commit status' },
    { scope: 'pull-requests', what: 'the comment' },
    { scope: 'contents', what: 'the ledger and the tags' },
];
/** Whether the token at hand suffices for what Weighbridge writes. A job that only judges needs no contents. */
function examineToken({ setting }) {
    const id = 'token';
    if (setting === null)
        return [
            finding(id, 'unknown', 'What the token may do could not be read.', 'Run "weighbridge doctor" with a token: export GITHUB_TOKEN, or run it as an action.'),
        ];
    const given = writes.map(({ scope, what }) => ({ scope, what, level: setting.tokenPermissions[scope] ?? 'unknown' }));
    const missing = given.filter(({ level }) => level === 'none' || level === 'read');
    const unknown = given.filter(({ level }) => level === 'unknown');
    const kind = { actions: 'of this job', app: 'of an App', user: 'of a person', unknown: 'at hand' }[setting.tokenKind];
    if (missing.length > 0) {
        const because = `The token ${kind} cannot write ${missing.map(({ what, scope }) => `${what} (${scope}: write)`).join(', ')}.`;
        return [
            finding(id, 'warn', because, 'Under "permissions:" give each job what it writes and no more: jobs that judge statuses and pull-requests, jobs that register contents. Examine those jobs by the action with "command: doctor".'),
        ];
    }
    if (unknown.length > 0)
        return [
            finding(id, 'unknown', `Whether the token ${kind} may write ${unknown.map(({ what }) => what).join(', ')} cannot be told.`, `Compare "permissions:" of the jobs with ${unknown.map(({ scope }) => `${scope}: write`).join(', ')}.`),
        ];
    return [ok(id, `The token ${kind} may write the status, the comment, the ledger and the tags.`)];
}
//# sourceMappingURL=token.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/points/workflows.js



const workflows_named = 8;
/** What the workflows that use Weighbridge do and may do. */
function examineWorkflows(facts) {
    const own = facts.workflows.filter(({ jobs }) => jobs.some(({ commands }) => commands.length > 0));
    return [
        examinePresence(facts),
        ...examineFaults(facts.workflows),
        ...examinePathFilters(own),
        ...examineConcurrency(own),
        ...examinePermissions(own),
        ...examinePins(own),
        ...examineTarget(facts, own),
        ...examineSweep(own),
    ];
}
function examinePresence(facts) {
    const judging = (0,own_checks/* judgingWorkflows */.vy)(facts)
        .filter(doctor_workflow/* runsOnChanges */.DY)
        .map(({ path }) => path);
    if (judging.length > 0)
        return ok('workflows', `Changes are judged by ${workflows_listed(judging)}.`);
    const because = `No workflow on ${facts.defaultBranch} judges pull requests.`;
    return finding('workflows', 'fail', because, 'Run "weighbridge init", which writes them, and merge what it writes; on another CI run "weighbridge gate" in the job of a merge request.');
}
function examineFaults(workflows) {
    return workflows
        .filter(({ fault }) => fault !== null)
        .map(({ path, fault }) => finding('workflow-unreadable', 'unknown', `${path} could not be read: ${fault}.`, `Mend ${path}, then run "weighbridge doctor" again.`));
}
/** A workflow that a filter leaves out never reports, and a required check that never reports waits for ever. */
function examinePathFilters(own) {
    const filtered = own.filter(({ jobs, triggers }) => jobs.some(doctor_workflow/* judges */.N0) && Object.values(triggers).some(({ pathFilter }) => pathFilter));
    if (filtered.length === 0)
        return own.some(({ jobs }) => jobs.some(doctor_workflow/* judges */.N0))
            ? [ok('path-filter', 'No path filter keeps the check from reporting.')]
            : [];
    const because = `${paths(filtered)} judges only some paths: where it does not start, a required check stays pending for ever.`;
    return [
        finding('path-filter', 'fail', because, 'Remove "paths:" and "paths-ignore:" there; a change without governed models is a success by itself.'),
    ];
}
/** A waiting run of a group is cancelled by the next one, and a cancelled check strands the pull request. */
function examineConcurrency(own) {
    const grouped = jobsOf(own, (job) => (0,doctor_workflow/* judges */.N0)(job) && job.concurrency.some((group) => !group.includes('github.run_id')));
    if (grouped.length === 0)
        return own.some(({ jobs }) => jobs.some(doctor_workflow/* judges */.N0))
            ? [ok('concurrency', 'No concurrency group can cancel the check.')]
            : [];
    const because = `${workflows_listed(grouped)} shares a concurrency group: a run that waits in it is cancelled by the next, and the check never concludes.`;
    return [
        finding('concurrency', 'warn', because, 'Remove "concurrency:" there; judging the same change twice at once is harmless.'),
    ];
}
function examinePermissions(own) {
    const wide = own.flatMap((workflow) => workflow.jobs.flatMap((job) => tooWide(workflow, job)));
    const narrow = own.flatMap((workflow) => workflow.jobs.flatMap((job) => tooNarrow(workflow, job)));
    const findings = [];
    if (wide.length > 0)
        findings.push(finding('permissions-wide', 'warn', `Jobs may more than they need: ${workflows_listed(wide)}.`, 'Write "permissions: {}" at the top of the workflow and give each job what its README lists.'));
    if (narrow.length > 0)
        findings.push(finding('permissions-narrow', 'fail', `Jobs may less than they need: ${workflows_listed(narrow)}.`, 'Add these under "permissions:" of the job.'));
    const any = own.some(({ jobs }) => jobs.some(({ commands }) => commands.length > 0));
    return findings.length > 0 || !any
        ? findings
        : [ok('permissions', 'The jobs of Weighbridge may what they need and no more.')];
}
function tooWide(workflow, job) {
    const place = `${workflow.path} (${job.id})`;
    if (job.commands.length === 0)
        return [];
    if (job.permissions === null)
        return [`${place} names none, so the repository's default counts`];
    if (job.permissions['all'] === 'write')
        return [`${place} has write-all`];
    const writes = Object.entries(job.permissions).flatMap(([scope, level]) => (level === 'write' ? [scope] : []));
    const needless = (0,doctor_workflow/* writesLedger */.yo)(job) ? [] : writes.filter((scope) => scope === 'contents' || scope === 'actions');
    return needless.map((scope) => `${place} has ${scope}: write and only reads`);
}
function tooNarrow(workflow, job) {
    const { permissions } = job;
    if (permissions === null || permissions['all'] === 'write')
        return [];
    const lacks = (scope, level) => {
        const given = permissions[scope] ?? permissions['all'] ?? 'none';
        return given === 'write' || given === level ? [] : [`${workflow.path} (${job.id}) lacks ${scope}: ${level}`];
    };
    if ((0,doctor_workflow/* writesLedger */.yo)(job))
        return lacks('contents', 'write');
    if (!(0,doctor_workflow/* judges */.N0)(job))
        return job.commands.length > 0 ? lacks('contents', 'read') : [];
    const posts = (0,doctor_workflow/* runsFromDefaultBranch */.So)(workflow)
        ? [...lacks('statuses', 'write'), ...lacks('pull-requests', 'write')]
        : [];
    return [...lacks('contents', 'read'), ...posts];
}
function examinePins(own) {
    const used = own.flatMap(({ path, jobs }) => jobs.flatMap(({ uses }) => uses.map((use) => ({ ...use, path }))));
    const loose = used.filter(({ pinned }) => !pinned).map(({ path, line, text }) => `${path}:${line} ${text}`);
    if (loose.length === 0)
        return used.length === 0 ? [] : [ok('pinned', `All ${used.length} actions are pinned by commit.`)];
    const because = `A tag or branch can be moved to other code: ${workflows_listed(loose)}.`;
    return [
        finding('pinned', 'warn', because, 'Write the full commit id after the @ and the version as a comment, and let Dependabot or Renovate raise it.'),
    ];
}
/** https://gh.io/securely-using-pull_request_target */
function examineTarget({ setting }, own) {
    const users = own.filter(({ triggers }) => Object.hasOwn(triggers, 'pull_request_target'));
    if (users.length === 0 || setting?.visibility === 'private' || setting?.visibility === 'internal')
        return [];
    const level = setting === null ? 'unknown' : 'warn';
    const because = `${paths(users)} runs on pull_request_target, which public repositories block by default.`;
    return [
        finding('pull-request-target', level, because, 'Use the relay (pull_request and pull_request_review, then workflow_run) that "weighbridge init" writes, or allow this file in Settings > Actions > General.'),
    ];
}
/** A lost event leaves a status as it was; a sweep looks again. */
function examineSweep(own) {
    const posting = own.filter((workflow) => workflow.jobs.some(doctor_workflow/* judges */.N0) && (0,doctor_workflow/* runsFromDefaultBranch */.So)(workflow));
    if (posting.length === 0)
        return [];
    if (own.some(({ jobs, triggers }) => jobs.some(doctor_workflow/* judges */.N0) && Object.hasOwn(triggers, 'schedule')))
        return [ok('sweep', 'A scheduled run judges open pull requests again.')];
    return [
        finding('sweep', 'warn', 'No scheduled run judges open pull requests again: a lost event leaves an old status.', `Add "schedule:" under "on:" in ${posting[0]?.path}.`),
    ];
}
function jobsOf(workflows, wanted) {
    return workflows.flatMap(({ path, jobs }) => jobs.filter(wanted).map(({ id }) => `${path} (${id})`));
}
function paths(workflows) {
    return workflows_listed(workflows.map(({ path }) => path));
}
function workflows_listed(items) {
    const more = items.length - workflows_named;
    return `${items.slice(0, workflows_named).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
//# sourceMappingURL=workflows.js.map
;// CONCATENATED MODULE: ./packages/flows/build/doctor/diagnose.js










const points = [
    examineRequiredCheck,
    examineBranch,
    examineWorkflows,
    examinePolicy,
    examinePeople,
    examineLedger,
    examineTags,
    examineSigning,
    examineToken,
];
/** What the facts come to: the level of protection and every point, in a fixed order. Pure. */
function diagnose(facts) {
    return {
        schema: 1,
        repository: facts.setting?.name ?? null,
        protection: (0,protection_level/* decideProtectionLevel */.Q)(facts),
        findings: points.flatMap((examine) => examine(facts)),
        unseen: facts.unseen,
    };
}
//# sourceMappingURL=diagnose.js.map
// EXTERNAL MODULE: ./packages/flows/build/doctor/gather.js + 1 modules
var gather = __webpack_require__(53222);
;// CONCATENATED MODULE: ./packages/flows/build/doctor/examine-repository.js


/**
 * Tells how strong the set-up of a repository is, and what mends each weak point. Writes nothing. Without a forge it
 * tells what the clone shows and says what it could not see.
 * @throws flow/invalid-files
 */
async function examineRepository(surroundings) {
    return diagnose(await (0,gather/* gatherDoctorFacts */.M1)(surroundings));
}
//# sourceMappingURL=examine-repository.js.map
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/report/build/render-remedy.js
var render_remedy = __webpack_require__(95020);
;// CONCATENATED MODULE: ./packages/host/build/commands/render-diagnosis.js

/** What has to be done first, first. */
const order = ['fail', 'warn', 'unknown', 'ok'];
const textMark = { fail: '✗', warn: '!', unknown: '?', ok: '✓' };
const markdownMark = { fail: '❌', warn: '⚠️', unknown: '❔', ok: '✅' };
function sorted({ findings }) {
    return order.flatMap((level) => findings.filter((each) => each.level === level));
}
function headlineOf({ repository, protection }) {
    return `${repository ?? 'This repository'}: protection ${protection.level}`;
}
/** `2 to mend, 3 to consider, 1 not seen, 12 as they should be` */
function countOf({ findings }) {
    const words = { fail: 'to mend', warn: 'to consider', unknown: 'not seen', ok: 'as they should be' };
    const counted = order.map((level) => ({ level, count: findings.filter((each) => each.level === level).length }));
    return counted.flatMap(({ level, count }) => (count === 0 ? [] : [`${count} ${words[level]}`])).join(', ');
}
/** For a terminal: the level, then each point with what mends it beneath, the worst first. */
function renderDiagnosisText(diagnosis) {
    const { because: why, remedy: raise } = diagnosis.protection;
    const lines = [headlineOf(diagnosis), `  ${(0,escape_markdown/* oneLine */.TN)(why)}`];
    if (raise !== null)
        lines.push(`    -> ${(0,escape_markdown/* oneLine */.TN)(raise)}`);
    lines.push('');
    for (const { id, level, because, remedy } of sorted(diagnosis)) {
        lines.push(`${textMark[level]} ${id}: ${(0,escape_markdown/* oneLine */.TN)(because)}`);
        if (remedy !== null)
            lines.push(`    -> ${(0,escape_markdown/* oneLine */.TN)(remedy)}`);
    }
    if (diagnosis.unseen.length > 0)
        lines.push('', 'Not seen:', ...diagnosis.unseen.map((what) => `  - ${(0,escape_markdown/* oneLine */.TN)(what)}`));
    return [...lines, '', `${countOf(diagnosis)}.`].join('\n');
}
/** The same for a job summary; a command that is to be pasted stands as code. */
function renderDiagnosisMarkdown(diagnosis) {
    const { because: why, remedy: raise } = diagnosis.protection;
    const lines = [
        `### ${(0,escape_markdown/* escapeMarkdown */.FV)(headlineOf(diagnosis))}`,
        '',
        `Level: ${(0,escape_markdown/* escapeMarkdown */.FV)(why)}`,
        ...(raise === null ? [] : ['', `**To raise it:** ${(0,render_remedy/* renderRemedy */.X)(raise)}`]),
        '',
    ];
    for (const { id, level, because, remedy } of sorted(diagnosis)) {
        lines.push(`- ${markdownMark[level]} **${id}**: ${(0,escape_markdown/* escapeMarkdown */.FV)(because)}`);
        if (remedy !== null)
            lines.push(`  - **Next:** ${(0,render_remedy/* renderRemedy */.X)(remedy)}`);
    }
    if (diagnosis.unseen.length > 0)
        lines.push('', '**Not seen**', '', ...diagnosis.unseen.map((what) => `- • ${(0,escape_markdown/* escapeMarkdown */.FV)(what)}`));
    return [...lines, '', `_${countOf(diagnosis)}._`].join('\n');
}
//# sourceMappingURL=render-diagnosis.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/doctor.js


const doctorCommand = {
    spec: {
        name: 'doctor',
        summary: 'Tell how strong the set-up of this repository is, and what mends each weak point',
        description: 'Examines, at the tip of the default branch: whether the check of Weighbridge is required and from which source, whether a pull request can edit it, the workflows, the policy and its people, the ledger branch, the signing key and the token. The protection level is L0 (nothing of ours is required), L1 (the result of a job, which a pull request can edit), L2 (a required status that a workflow of the default branch sets) or L3 (an App or a required workflow as the only source). Each finding names the setting or the command that mends it. Writes nothing. Without a token or a forge it examines what the clone shows and says what it could not see. Exit code 1: a finding is "fail".',
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
async function runDoctor(_inputs, host) {
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
//# sourceMappingURL=doctor.js.map

/***/ })

};
