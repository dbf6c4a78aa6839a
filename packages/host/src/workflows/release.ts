import { checkoutStep, weighbridge } from './parts.js';

/** Publishes releases of what was registered, in a job of its own that has no key. */
export const releaseWorkflow = `# After versions were registered: their releases on GitHub, with notes, model card, bill of materials and signature. This
# job may write releases and has no key of the ledger, so that no other needs to. It looks at what the ledger says, and
# of the run that started it only at its commit: also where that run held one model back and registered others, and where
# an earlier run of this workflow gave way to a later one, each version gets its release. A second run changes nothing
# that is right.
name: weighbridge release
on:
  workflow_run: # zizmor: ignore[dangerous-triggers] checks out the default branch only; of the run it compares the commit
    workflows: [weighbridge register, weighbridge main]
    types: [completed]
  workflow_dispatch:
    inputs:
      version:
        description: Model and version, such as fraud@1.4.0; every version that has no release when empty
        required: false
        type: string
permissions: {}
concurrency: # two at once could each begin a draft
  group: weighbridge-release-\${{ inputs.version || 'missing' }}
  cancel-in-progress: false
jobs:
  release:
    name: release
    if: github.event_name == 'workflow_dispatch' || github.event.workflow_run.conclusion == 'success' || github.event.workflow_run.conclusion == 'failure'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: write # releases and their files; it reads the ledger branch
    steps:
${checkoutStep}
      - id: release
        uses: ${weighbridge}/actions/release@v1
        with:
          versions: \${{ inputs.version }}
`;
