import type { ErrorArea } from './definition.js';

export const flowErrors = {
  'flow/invalid-files': {
    exit: 2,
    message: 'Faults in {files}: {count}.',
    remedy: 'Mend the places listed; an editor that knows the published JSON Schemas shows them while you type.',
  },
  'flow/record-too-large': {
    exit: 2,
    message:
      'The record of {model} with its {files} files has {size}, and a registration may write {max} into the ledger.',
    remedy: 'Pack the files into fewer and larger ones, such as shards or one archive, and name those in "artifacts:".',
  },
  'flow/no-policy': {
    exit: 2,
    message: 'This repository has no weighbridge.yaml.',
    remedy: 'Run "weighbridge init" to write one, then commit it.',
  },
  'flow/unknown-model': {
    exit: 2,
    message: 'No model is named {model}; known: {known}.',
    remedy:
      '{hint} "weighbridge init" writes a manifest, such as models/fraud/model.yaml, for each model file it finds.',
  },
  'flow/unknown-subject': {
    exit: 2,
    message: 'Nothing is known by "{subject}": {reason}.',
    remedy:
      'Name a model (fraud, fraud@1.4.0, fraud@production), a reference as manifests write it (s3://…, hf://…, /data/train.csv from the root of the repository), or a digest (sha256:…).',
  },
  'flow/duplicate-model': {
    exit: 2,
    message: '{first} and {second} both name the model {model}.',
    remedy: 'Give each manifest a name of its own.',
  },
  'flow/uses-cycle': {
    exit: 2,
    message: 'Models are built on each other in a circle: {cycle}.',
    remedy: 'Take one of these out of "uses" or "base", beginning with {manifest}.',
  },
  'flow/no-version-in-range': {
    exit: 1,
    message: '{model} is built on {part} {range}, and no version of it is in that range; there are {known}.',
    remedy: 'Widen the range in the manifest of {model}, or register a version of {part} that lies in it.',
  },
  'flow/part-not-registered': {
    exit: 1,
    message: '{model} is built on {part} {range}, of which no version is registered.',
    remedy: 'Run "weighbridge register {part}" first: a version is locked to the versions of its parts.',
  },
  'flow/adapter-unfit': {
    exit: 1,
    message: 'The adapter {model} does not fit {base}: {reasons}',
    remedy:
      'Train the adapter on that base, or name the versions that it fits under "uses" or in the range of "base". "weighbridge adapters --for {base}" shows every adapter of it.',
  },
  'flow/no-store': {
    exit: 2,
    message: '{path} is to be stored, but weighbridge.yaml names no store.',
    remedy:
      'Add "store: s3://BUCKET/PREFIX", "store: az://ACCOUNT/CONTAINER/PREFIX" or a "store:" with "type: folder" and a "path:" to weighbridge.yaml, or "store: reference" to the manifest to copy nothing.',
  },
  'flow/store-not-persistent': {
    exit: 2,
    message: 'The folder store {path} would vanish with this CI job.',
    remedy:
      'Write "store: s3://BUCKET/PREFIX", or point "store.path" at a folder outside the checkout that outlives the job, such as a mounted volume of a self-hosted runner.',
  },
  'flow/not-collectable': {
    exit: 2,
    message: 'Nothing was collected: {reason}.',
    remedy:
      'Run "weighbridge store collect" in the repository whose ledger names the bytes, where it can be read whole.',
  },
  'flow/clocks-differ': {
    exit: 3,
    message: 'Nothing was given up or collected: it is {here} here, and {there} by the clock of {address}.',
    remedy:
      'Set the clock that is wrong (on a machine: by NTP), then run it again. Retention counts days, and a clock that is fast would give up what has years to go.',
  },
  'flow/clock-behind': {
    exit: 3,
    message:
      'Nothing was given up or collected: it is {here} by the clocks here, and the newest entry of the ledger is of {there}.',
    remedy:
      'Set the clock of this machine (by NTP), then run it again. If it is right, the machine that wrote that entry had a clock that was fast: the next entry of another one, such as a registration, ends this.',
  },
  'flow/artifact-missing': {
    exit: 2,
    message: '{path} is neither in the checkout nor in artifacts.lock.',
    remedy:
      'Commit the file (git or Git LFS), or run "weighbridge store push" where the file is and commit the artifacts.lock that it writes.',
  },
  'flow/artifact-ignored': {
    exit: 2,
    message: '{path} is in the checkout, but git ignores it and artifacts.lock does not list it.',
    remedy:
      'Run "weighbridge store push {model}" and commit the artifacts.lock that it writes; or take the file out of .gitignore and commit it (git or Git LFS).',
  },
  'flow/name-of-several': {
    exit: 2,
    message: 'The name {name} cannot be that of several models: {found}.',
    remedy:
      'Run "weighbridge init" without --name, and change "name:" in the manifests that it writes, with the name of their folders.',
  },
  'flow/lock-ignored': {
    exit: 2,
    message: '{path} is not read, because git ignores it, and artifacts that it describes are not in the checkout.',
    remedy:
      'Take it out of .gitignore ("git check-ignore --verbose {path}" names the line) and commit it, so that checks elsewhere have it too.',
  },
  'flow/pattern-matches-nothing': {
    exit: 2,
    message: '"{pattern}" in {manifest} matches no file.',
    remedy:
      'Correct the path, commit the file, or run "weighbridge store push" where the file is and commit artifacts.lock.',
  },
  'flow/lock-differs': {
    exit: 1,
    message: '{path} is not the file that {lock} describes: {what}.',
    remedy: 'Run "weighbridge store push {model}" and commit the new artifacts.lock, or bring the described file back.',
  },
  'flow/no-commit': {
    exit: 2,
    message: 'The repository has no commit yet.',
    remedy: 'Commit the manifest and its files first: a version names the commit that it was made from.',
  },
  'flow/uncommitted': {
    exit: 2,
    message: 'Not committed: {paths}.',
    remedy: 'Commit these files first: a version names the commit that it was made from.',
  },
  'flow/branch-not-known': {
    exit: 2,
    message: 'The history at hand does not tell whether commit {commit} is on {branches}.',
    remedy: 'Check out the whole history ("fetch-depth: 0" of actions/checkout), so that it can be told.',
  },
  'flow/policy-outdated': {
    exit: 1,
    message: 'The policy of commit {commit} is not the one of {branch}, which counts.',
    remedy: 'Check out {branch} as it is now and run it again; in a workflow, start it from {branch}.',
  },
  'flow/default-branch-unread': {
    exit: 3,
    message:
      '"weighbridge {command}" goes by the policy of the default branch, and the remote does not tell which that is.',
    remedy: 'Run it where the remote can be reached and has a default branch; without a remote, check out a branch.',
  },
  'flow/not-on-branch': {
    exit: 1,
    message: 'Commit {commit} is not on {branches} yet.',
    remedy: 'Push or merge it first, or add its branch to "release.branches" in weighbridge.yaml.',
  },
  'flow/wrong-tag': {
    exit: 1,
    message: 'The tag {tag} does not name the version that was computed: {expected}.',
    remedy: 'Delete the tag {tag} and push {expected} instead ("weighbridge version {model}" shows why).',
  },
  'flow/not-a-version-tag': {
    exit: 2,
    message: '"{tag}" is not a version tag of a governed model.',
    remedy: 'Version tags look like fraud@v1.4.0; limit the workflow to them with on.push.tags "*@v*".',
  },
  'flow/unknown-version': {
    exit: 2,
    message:
      '{model} has nothing under "{version}": no version of that number, and no stage or alias that points to one; the newest versions are {known}.',
    remedy: 'Run "weighbridge show {model}" for all versions and for what each stage points to.',
  },
  'flow/unknown-stage': {
    exit: 2,
    message: '"{stage}" is no stage of this repository; they are {known}.',
    remedy: 'Use one of those, or add it to "stages:" in weighbridge.yaml.',
  },
  'flow/not-registered': {
    exit: 2,
    message: '{model} has no registered version.',
    remedy:
      'Run "weighbridge register {model}" first; "weighbridge show" lists the models and versions that there are.',
  },
  'flow/nothing-to-roll-back-to': {
    exit: 1,
    message: '{model} has no earlier good version in {stage}: {because}.',
    remedy: 'Name a version with --to, or promote one: "weighbridge promote {model}@VERSION --to {stage}".',
  },
  'flow/stage-empty': {
    exit: 1,
    message: 'Nothing is in {stage} of {model}, so there is nothing to roll back.',
    remedy: 'Run "weighbridge show {model}" to see what is where.',
  },
  'flow/reason-missing': {
    exit: 2,
    message: 'A {command} needs a reason.',
    remedy: 'Add --reason "what happened": it is recorded in the ledger.',
  },
  'flow/not-allowed': {
    exit: 1,
    message: '{actor} may not {action}; allowed: {allowed}.',
    remedy: 'Ask one of those, or change "{setting}" in weighbridge.yaml by a reviewed pull request.',
  },
  'flow/allowed-unread': {
    exit: 1,
    message:
      '{actor} may not {action} as far as it can be told; allowed: {allowed}. Members of teams could not be read: {unread}.',
    remedy:
      'Pass the token of a GitHub App with "members: read" as the github-token, or list the people under "users" of the roster that "{setting}" names.',
  },
  'flow/unsigned': {
    exit: 2,
    message: '"{command}" writes to the ledger, which must be signed, and there is no signing key.',
    remedy:
      'Set WEIGHBRIDGE_SIGNING_KEY (in CI an environment secret) to the key that "weighbridge init" left in .git/weighbridge/signing.key of the clone where it ran.',
  },
  'flow/untrusted-key': {
    exit: 2,
    message: 'The signing key {key} is not one of "ledger.keys" in weighbridge.yaml.',
    remedy:
      'Use the key of the ledger, or add this one to "ledger.keys" by a reviewed pull request; nothing was written.',
  },
  'flow/tag-elsewhere': {
    exit: 1,
    message: 'The tag {tag} exists at {at}, and the version would be registered at {commit}.',
    remedy:
      'Nothing was written. Run the command at the commit of the tag where that holds the manifest of the model; else write a higher versioning.initial into weighbridge.yaml, or delete the tag if it is a mistake.',
  },
  'flow/evidence-missing': {
    exit: 1,
    message: 'The ledger names {digest} but does not hold it.',
    remedy: 'Run "weighbridge audit verify": somebody changed the ledger branch by hand.',
  },
  'flow/no-recorded-document': {
    exit: 1,
    message: 'No {document} of {model} {version} was recorded: it was registered before documents were.',
    remedy: 'Leave out --recorded: the document is then made from what the ledger holds.',
  },
  'flow/evidence-malformed': {
    exit: 1,
    message: 'The ledger holds {digest} as {what}, and it is none: {reason}.',
    remedy:
      'Whoever recorded it used another program or an incompatible version: "weighbridge audit log" shows who. Register the model again, or add the evidence again.',
  },
  'flow/model-removed-in-stage': {
    exit: 1,
    message: 'The manifest of {model} was removed while {stage} still runs {version}.',
    remedy: 'Archive it first ("weighbridge promote {model}@{version} --to archived"), or bring the manifest back.',
  },
  'flow/named-file-missing': {
    exit: 2,
    message: '{manifest} names {path}, which is not there.',
    remedy:
      'Commit that file, or correct the path in {manifest}: it is relative to the folder of the manifest, and from the root of the repository with a leading /.',
  },
  'flow/path-not-found': {
    exit: 2,
    message: '{path} does not exist.',
    remedy: 'Check the path; it is relative to the folder that the command runs in.',
  },
  'flow/base-missing': {
    exit: 3,
    message: 'The base commit {base} could not be fetched.',
    remedy: 'Check that the token may read the repository, or fetch the base branch before this step.',
  },
  'flow/commit-missing': {
    exit: 3,
    message: 'The commit {commit} could not be fetched.',
    remedy: 'Check the id, that the commit was pushed, and that the token may read the repository.',
  },
  'flow/lfs-pointer': {
    exit: 2,
    message: '{path} is in Git LFS, and its content is not here.',
    remedy:
      'Settings, prompts, metrics and code belong into git itself, where a check of a pull request can read them: take the path out of .gitattributes and run "git add --renormalize {path}".',
  },
  'flow/not-a-model': {
    exit: 2,
    message: '{path} is not in a format that Weighbridge reads.',
    remedy: 'It reads safetensors, GGUF, ONNX, PyTorch zip, pickle and joblib files, by content and not by name.',
  },
  'flow/ledger-missing': {
    exit: 1,
    message: 'There is no ledger here, and there was one: {because}.',
    remedy:
      'Leave out --offline ("git fetch" keeps the ledger branch in the clone for later), or bring the branch back from a clone or backup that has it. To begin anew on purpose, run "weighbridge audit forget" and then "weighbridge register --new-ledger" at the commit of the first version.',
  },
  'flow/unknown-entry': {
    exit: 2,
    message: 'The ledger has no entry {entry}; it holds {size}.',
    remedy: 'Run "weighbridge audit log" to see the entries; the first is 0.',
  },
  'flow/no-ledger': {
    exit: 1,
    message: 'There is no ledger here, so that nothing tells what {model} {version} is.',
    remedy:
      'Leave out --offline, and check that the remote of this clone has the ledger branch and that the token may read it; where nothing was ever registered, run "weighbridge register {model}".',
  },
  'flow/path-leaves-folder': {
    exit: 1,
    message:
      'The ledger names {path} as a file of {model} {version}, which cannot be written inside a folder: {reason}.',
    remedy:
      'Nothing was written. "weighbridge audit log" shows who registered it; a version with usable paths has to be registered instead.',
  },
  'flow/nothing-selected': {
    exit: 2,
    message: '"{pattern}" selects no {what} of {model} {version}; there are: {known}.',
    remedy: 'Quote the pattern for the shell; * stays inside one folder, ** crosses folders.',
  },
  'flow/bad-date': {
    exit: 2,
    message: '"{text}" is not a date.',
    remedy: 'Write a date such as 2026-05-01 (its end, UTC) or a time such as 2026-05-01T12:00:00Z.',
  },
  'flow/no-forge': {
    exit: 2,
    message: '{command} needs a forge to ask, and none is known here.',
    remedy:
      'Run it in GitHub Actions, or export GITHUB_TOKEN and GITHUB_REPOSITORY (owner/name); for another server also GITHUB_API_URL.',
  },
} as const satisfies ErrorArea;
