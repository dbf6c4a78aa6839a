// Runs one flow in the built packages and ends its own process, without a chance to clean up, at the moment given.
import { describeFailure, openHost } from '@weighbridge/host';
import { promoteModel, registerModels, rollbackModel } from '@weighbridge/flows';

const [root, flow, requestText, killAt] = process.argv.slice(2);
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => key !== 'CI' && !key.startsWith('GITHUB_')),
);
const host = await openHost({
  folder: root,
  environment,
  offline: false,
  token: null,
  signingKey: null,
  progress: () => {},
});
const flows = { register: registerModels, promote: promoteModel, rollback: rollbackModel };
const moments = [];
try {
  await flows[flow](host.surroundings, JSON.parse(requestText), ({ index, when }) => {
    moments.push(`${when}:${index}`);
    if (`${when}:${index}` === killAt) process.kill(process.pid, 'SIGKILL');
  });
  console.log(JSON.stringify(moments));
} catch (error) {
  console.error(describeFailure(error).code);
  process.exitCode = 1;
}
