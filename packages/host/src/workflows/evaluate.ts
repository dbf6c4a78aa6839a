import { checkoutStep, weighbridge } from './parts.js';

/** Evaluates and signs what came out, so that numbers are more than a file that somebody wrote. */
export const evaluateWorkflow = `# Evaluates a model and signs what came out, keyless, with the identity of this workflow on this branch. A gate that asks
# for "evidence: { level: attested }" counts it when the policy lists this workflow under evidence.signers. Replace the
# step "evaluate" by your own; the statement goes to the pull request or into the ledger by "weighbridge evidence add".
name: evaluate
on:
  workflow_dispatch:
    inputs:
      model:
        description: Model
        required: true
        type: string
permissions: {}
jobs:
  evaluate:
    name: evaluate
    runs-on: ubuntu-latest
    timeout-minutes: 120
    permissions:
      contents: read # the checkout
      id-token: write # the identity that signs
    steps:
${checkoutStep}
      - name: evaluate
        run: python evaluate.py --model "$MODEL" --output eval.json
        env:
          MODEL: \${{ inputs.model }}
      - id: attest
        uses: ${weighbridge}/actions/attest@v1
        with:
          model: \${{ inputs.model }}
          metrics: eval=eval.json
      # The signed statement lies beside the document now, as eval.json.sigstore.json, and goes with this job: upload both
      # for the pull request, or record them for a registered version by weighbridge-dev/weighbridge/actions/evidence, in a
      # job with "contents: write" and the key of the ledger.
`;
