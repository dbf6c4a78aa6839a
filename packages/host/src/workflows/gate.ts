import { checkoutStep, weighbridge } from './parts.js';

const permissions = `    permissions:
      contents: read # the default branch, the ledger branch, the tags and the commits of the pull request
      pull-requests: write # reads reviews, commits and files; writes the comment
      statuses: write # the status "weighbridge" that the branch requires
      checks: read # checks that a gate asks for, and when the head was first seen
      actions: read # artifacts with evidence`;

/** Started by hand for one or all, and the job itself. */
const handAndJob = `  workflow_dispatch:
    inputs:
      pull:
        description: Number of a pull request; every open one when empty
        required: false
        type: string
permissions: {}
jobs:
  gate:
    name: gate
    runs-on: ubuntu-latest
    timeout-minutes: 20
${permissions}
    steps:
${checkoutStep}
      - id: gate
        uses: ${weighbridge}/actions/gate@v1
`;

/** The relay: privileged, from the default branch, and nothing of a pull request is checked out or run. */
export const gateWorkflow = `# Judges pull requests and sets the status "weighbridge": require that status, not a job. It runs the default branch's
# copy of this file (a merge queue runs that of its group, where a change of it was approved before), reads the change as
# data of git, and executes nothing of it. No path filter and no concurrency group: a required status must always come,
# and judging twice does no harm.
name: weighbridge gate
on:
  workflow_run: # zizmor: ignore[dangerous-triggers] checks out the default branch only, and uses no artifact of the run
    workflows: [weighbridge check]
    types: [completed]
  merge_group:
  schedule:
    - cron: '17 * * * *' # what a lost event, a soak or another base left behind
${handAndJob}`;

/** For private repositories: one workflow in place of two, started by the change itself. */
export const gateTargetWorkflow = `# In place of "weighbridge check" and "weighbridge gate", where pull_request_target is allowed (private and internal
# repositories; public ones have it blocked by default): one workflow that the default branch owns. It reads the change
# as data of git and executes nothing of it. Reviews come with the next sweep, or at once by "weighbridge check".
name: weighbridge gate
on:
  pull_request_target: # zizmor: ignore[dangerous-triggers] checks out the default branch only
    types: [opened, reopened, synchronize, edited, ready_for_review, converted_to_draft, review_requested]
  issue_comment: # only needed where the policy allows review.commands
    types: [created]
  merge_group:
  schedule:
    - cron: '*/20 * * * *' # reviews, and what a lost event left behind
${handAndJob}`;
