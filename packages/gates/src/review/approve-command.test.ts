import { expect, test } from 'vitest';
import { parseApproveCommand } from './approve-command.js';

const sha = '4ead00000000';

test.each([
  `/weighbridge approve ${sha}`,
  `/weighbridge approve ${sha}\nand thank you`,
  `/weighbridge approve ${sha}\r\nand thank you`,
  `/weighbridge approve ${sha} \t\nand thank you`,
  `/weighbridge \t approve \t ${sha}`,
  `/Weighbridge Approve ${sha.toUpperCase()}`,
])('%j approves that commit', (body) => {
  expect(parseApproveCommand(body)).toBe(sha);
});

test.each([
  ['other digits', `/weighbridge approve ${sha}g`],
  ['other words', `/weighbridge approve ${sha} not`],
  ['other words after any number of blanks', `/weighbridge approve ${sha}${' '.repeat(300)}not`],
  ['more digits than a commit has', `/weighbridge approve ${'4'.repeat(65)}`],
  ['words run together', `/weighbridgeapprove ${sha}`],
  ['the digits on a line of their own', `/weighbridge approve\n${sha}`],
  ['words before it', `I would /weighbridge approve ${sha}`],
])('a line with %s approves nothing', (_, body) => {
  expect(parseApproveCommand(body)).toBeNull();
});
