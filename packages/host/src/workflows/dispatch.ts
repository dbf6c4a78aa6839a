import { checkoutStep, keyEnvironment, storeRunner, weighbridge } from './parts.js';

/** Asks for a promotion by hand. */
export const promoteWorkflow = `# Run by hand: Actions > weighbridge promote > Run workflow. Opens the pull request that asks for the move, with its
# status and reviewers, where the gate of the stage asks for reviews; moves the stage at once where it does not.
name: weighbridge promote
on:
  workflow_dispatch:
    inputs:
      model:
        description: Model and version, such as fraud@1.4.0
        required: true
        type: string
      to:
        description: Stage to enter
        required: true
        default: staging
        type: string
      reason:
        description: Why (recorded in the ledger)
        required: false
        type: string
permissions: {}
jobs:
  promote:
    name: promote
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 15
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the branch of the pull request; the ledger branch and tags where no review is asked for
      pull-requests: write # opens the pull request and asks for reviews
      statuses: write # the status of that pull request, which this job's push starts no workflow for
      checks: read # checks that a gate asks for
      actions: read # artifacts with evidence
    steps:
${checkoutStep}
      - id: promote
        uses: ${weighbridge}/actions/promote@v1
        with:
          model: \${{ inputs.model }}
          to: \${{ inputs.to }}
          reason: \${{ inputs.reason }}
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;

/** Goes back by hand. */
export const rollbackWorkflow = `# Run by hand: Actions > weighbridge rollback > Run workflow. Back to the last good version at once, on record; then a
# pull request that brings stages.yaml in line.
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
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 15
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the ledger branch, the stage tags and the branch of the pull request
      pull-requests: write # the pull request that brings stages.yaml in line
      statuses: write # its status
      checks: read # checks that a gate asks for
    steps:
${checkoutStep}
      - id: rollback
        uses: ${weighbridge}/actions/rollback@v1
        with:
          model: \${{ inputs.model }}
          stage: \${{ inputs.stage }}
          reason: \${{ inputs.reason }}
          to: \${{ inputs.to }}
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;

/** Checks the ledger and the set-up every night. */
export const auditWorkflow = `# Every night: replays the ledger and checks that nobody rewrote it, then tells how strong this repository's set-up is.
name: weighbridge audit
on:
  schedule:
    - cron: '23 3 * * *'
  workflow_dispatch:
permissions: {}
jobs:
  audit:
    name: audit
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # the ledger branch and the tags
    steps:
${checkoutStep}
      - id: audit
        uses: ${weighbridge}/actions/audit@v1
  doctor:
    name: doctor
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read # policy, workflows and the ledger branch
      pull-requests: read # what the token may see of pull requests
      actions: read # environments
    steps:
${checkoutStep}
      - id: doctor
        uses: ${weighbridge}@v1
        with:
          command: doctor
`;
