import { expect, it } from 'vitest';
import { missingCalls } from '../../../cli/sandbox/missingCalls.ts';
import type { TrailEntry } from '../../../sandbox/account.ts';

const missing = (action: string): TrailEntry => ({
  at: 0,
  principal: 'arn:aws:iam::123456789012:root',
  action,
  resource: '*',
  result: 'UnknownOperationException',
});

it('counts what is not there, most often first, by name', () => {
  const done = { ...missing('ecs:ListTasks'), result: 'ok' };
  const denied = { ...missing('ecs:StopTask'), result: 'AccessDeniedException' };
  const calls = ['kms:ListKeys', 'ecs:DeleteService', 'ecs:CreateService', 'ecs:CreateService', 'ecs:CreateService'];
  expect(missingCalls([done, denied, ...calls.map(missing)])).toBe(
    'Calls that the sandbox does not have: ecs:CreateService 3 times, ecs:DeleteService once, kms:ListKeys once.',
  );
});

it('says nothing where everything was there', () => {
  expect(missingCalls([])).toBeUndefined();
  expect(missingCalls([{ ...missing('ecs:ListTasks'), result: 'ok' }])).toBeUndefined();
});

it('is one line of bounded length, whatever clients ask for', () => {
  const asked = Array.from({ length: 25 }, (_, n) => missing(`ecs:\u001b[2J\n${String(n).padStart(2, '0')}`));
  const line = missingCalls(asked) ?? '';
  expect(line).not.toMatch(/\p{Cc}/u);
  expect(line).toMatch(/\\u\{1b\}\[2J\\u\{a\}19 once, and 5 others\.$/);
});
