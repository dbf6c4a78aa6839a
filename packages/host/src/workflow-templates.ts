/**
 * Workflows that a team copies: `init` writes them, `workflows-examples/` holds the same texts (npm run gen). Each job
 * gets the least permissions that it needs, and nothing of a pull request is run by a job that may write.
 */
const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
const weighbridge = 'weighbridge-dev/weighbridge';

const versionCheck = `# What would this pull request's models be called, and may they enter the registry?
# Reads only: the job's own result is the check. No path filter: a required check must always report.
name: weighbridge
on:
  pull_request:
  merge_group:
permissions: {}
jobs:
  version:
    name: version check
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read # the checkout, the ledger branch and the tags
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - id: version
        uses: ${weighbridge}/actions/version@v1
      - uses: ${weighbridge}/actions/gate@v1
`;

const register = `# A pushed version tag, such as fraud@v1.4.0, registers that version. A tag that does not name the
# version that was computed fails, says the right one and registers nothing.
name: weighbridge register
on:
  push:
    tags: ['*@v*']
permissions: {}
concurrency:
  group: weighbridge-register-\${{ github.ref }}
  cancel-in-progress: false
jobs:
  register:
    name: register
    runs-on: ubuntu-latest # a folder store needs a self-hosted runner with a folder that stays
    timeout-minutes: 60
    environment: weighbridge # holds the signing key; limit it to the default branch and to version tags
    permissions:
      contents: write # the ledger branch and the stage tags
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - id: register
        uses: ${weighbridge}/actions/register@v1
        with:
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;

const rollback = `# Run by hand: Actions > weighbridge rollback > Run workflow. Back to the last good version, on record.
name: weighbridge rollback
on:
  workflow_dispatch:
    inputs:
      model:
        description: Model
        required: true
        type: string
      stage:
        description: Stage
        required: true
        default: production
        type: string
      reason:
        description: What happened (recorded in the ledger)
        required: true
        type: string
      to:
        description: Version; the last good one when empty
        required: false
        type: string
permissions: {}
jobs:
  rollback:
    name: roll back
    runs-on: ubuntu-latest # a folder store needs a self-hosted runner with a folder that stays
    timeout-minutes: 15
    environment: weighbridge
    permissions:
      contents: write # the ledger branch and the stage tags
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - id: rollback
        uses: ${weighbridge}/actions/rollback@v1
        with:
          model: \${{ inputs.model }}
          stage: \${{ inputs.stage }}
          reason: \${{ inputs.reason }}
          to: \${{ inputs.to }}
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;

/** Workflow texts by the path that they have in a repository. */
export function workflowTemplates(): ReadonlyMap<string, string> {
  return new Map([
    ['.github/workflows/weighbridge-version.yml', versionCheck],
    ['.github/workflows/weighbridge-register.yml', register],
    ['.github/workflows/weighbridge-rollback.yml', rollback],
  ]);
}
