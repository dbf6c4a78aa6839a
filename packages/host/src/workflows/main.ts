import { checkoutStep, keyEnvironment, storeRunner, weighbridge } from './parts.js';

/** What a merge sets off. */
export const mainWorkflow = (
  branch: string,
): string => `# A merge: registers what changed where the policy releases on merge, and moves stages to where stages.yaml asks them to
# be, after judging every move again on what is so now. What was merged without its gate moves nothing and turns red.
name: weighbridge main
on:
  push:
    branches: [${branch}] # the default branch
permissions: {}
jobs:
  apply:
    name: apply
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 60
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the ledger branch and the tags
      pull-requests: read # the reviews of the pull request that was merged
      checks: read # checks that a gate asks for
      statuses: write # tells on the merged commit what was not applied
      issues: write # an issue for what came in without a pull request
      actions: read # artifacts with evidence
    steps:
${checkoutStep}
      - id: apply
        uses: ${weighbridge}@v1
        with:
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;

/** A version tag registers. */
export const registerWorkflow = `# A pushed version tag, such as fraud@v1.4.0, registers that version. A tag that does not name the
# version that was computed fails, says the right one and registers nothing.
name: weighbridge register
on:
  push:
    tags: ['*@v*']
permissions: {}
jobs:
  register:
    name: register
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 60
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the ledger branch and the stage tags
      pull-requests: read # the reviews of the pull request that brought the version
      checks: read # checks that a gate asks for
      statuses: read # those of them that are statuses
      actions: read # artifacts with evidence
    steps:
${checkoutStep}
      - id: register
        uses: ${weighbridge}/actions/register@v1
        with:
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;
