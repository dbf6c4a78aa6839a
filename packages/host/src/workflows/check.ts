import { checkoutStep, weighbridge } from './parts.js';

/** What a pull request runs from its own copy of the workflow: it may read only, and decides nothing. */
export const checkWorkflow = `# What would this pull request's models be called? Tells it in the summary, reads only, and decides nothing: the
# verdict is set by "weighbridge gate", which runs from the default branch when this has ended. So it does not matter that
# a pull request can edit this file, or that a fork's job may write nothing.
name: weighbridge check
on:
  pull_request:
    types: [opened, reopened, synchronize, edited, ready_for_review, converted_to_draft]
  pull_request_review:
    types: [submitted, edited, dismissed]
permissions: {}
jobs:
  version:
    name: version
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read # the checkout, the ledger branch and the tags
    steps:
${checkoutStep}
      - id: version
        uses: ${weighbridge}/actions/version@v1
  review:
    name: review
    if: github.event_name == 'pull_request_review'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: {}
    steps:
      - run: echo "A review came or went; weighbridge gate looks at it."
`;
