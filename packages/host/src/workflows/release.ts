import { checkoutStep, weighbridge } from './parts.js';

/** Publishes releases of what was registered, in a job of its own that has no key. */
export const releaseWorkflow = `# After a version was registered: its release on GitHub, with notes, model card, bill of materials and signature. This
# job may write releases and has no key of the ledger, so that no other needs to. It looks at what the ledger says, not at
# the run that started it, and a second run changes nothing that is right.
name: weighbridge release
on:
  workflow_run: # zizmor: ignore[dangerous-triggers] checks out the default branch only, and uses nothing of the run
    workflows: [weighbridge register, weighbridge main]
    types: [completed]
  workflow_dispatch:
    inputs:
      version:
        description: Model and version, such as fraud@1.4.0; the newest of every model when empty
        required: false
        type: string
permissions: {}
concurrency: # two at once could each begin a draft
  group: weighbridge-release-\${{ inputs.version || 'newest' }}
  cancel-in-progress: false
jobs:
  release:
    name: release
    if: github.event_name == 'workflow_dispatch' || github.event.workflow_run.conclusion == 'success'
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
