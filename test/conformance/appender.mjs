// One writer of a ledger in a process of its own: `node appender.mjs <clone> <name> <count>`. Appends that many entries
// one after the other, each with a document of its own, and prints the index that each became. Run again with the same
// words it appends what is not there yet.
import { digestBytes, utf8 } from '@weighbridge/core';
import { openGitLedger } from '@weighbridge/git';
import { nodeSha256, nodeVerify, testEvent, testSigner } from '@weighbridge/testkit';

const [clone, name, count] = process.argv.slice(2);
const signer = testSigner('ledger.test/concurrency');
const ledger = openGitLedger({
  folder: clone,
  origin: 'ledger.test/concurrency',
  trust: { sha256: nodeSha256, verifySignature: nodeVerify, verifierKeys: [signer.verifierKey], signer },
  random: Math.random,
});
for (let number = 0; number < Number(count); number++) {
  const bytes = utf8(`${name} ${number}`);
  const decision = digestBytes(nodeSha256, bytes);
  const about = {
    transition: 'staging',
    verdict: 'pass',
    outcome: 'applied',
    pull: null,
    statusContext: 'weighbridge',
  };
  const event = testEvent('gate-decided', { model: 'fraud', body: { ...about, decision } });
  const [receipt] = await ledger.append([event], new Map([[decision, bytes]]));
  console.log(receipt.index);
}
