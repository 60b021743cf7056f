import { expect, test } from 'vitest';
import { shownErrors, shownOutput, shownTogether } from '../../../../../sandbox/services/ssm/commands/output.ts';

const long = 'x'.repeat(30_000);

test('what fits is shown as it is', () => {
  expect(shownOutput('up')).toBe('up');
  expect(shownErrors('')).toBe('');
  expect(shownTogether('up', '')).toBe('up');
  expect(shownTogether('up', 'down')).toBe('up\n----------ERROR-------\ndown');
});

test('GetCommandInvocation shows 24,000 characters of output and 8,000 of errors, the mark of the cut among them', () => {
  expect(shownOutput(long)).toHaveLength(24_000);
  expect(shownOutput(long)).toMatch(/x\n---Output truncated---$/);
  expect(shownOutput('x'.repeat(24_000))).not.toContain('truncated');
  expect(shownErrors(long)).toHaveLength(8000);
  expect(shownErrors(long)).toMatch(/x\n---Error truncated----$/);
});

test.each([
  [long, ''],
  ['', long],
  [long, long],
  [long, 'down'],
  ['up', long],
])('together they have 2,500 characters', (stdout, stderr) => {
  expect(shownTogether(stdout, stderr)).toHaveLength(2500);
});

test('where one is short, the other has the room', () => {
  expect(shownTogether(long, 'down')).toMatch(/^x{2449}\n---Output truncated---\n----------ERROR-------\ndown$/);
  expect(shownTogether('up', long)).toMatch(/^up\n----------ERROR-------\nx{2451}\n---Error truncated----$/);
});
