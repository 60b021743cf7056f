import { expect, it } from 'vitest';
import { executionInput, executionName, isRetry, keys, retryRun } from '../../shared/incident/keys.ts';

const incident = 'image/123456789012/us-east-1/a/b@sha256:0';

it('an execution has a name that Step Functions takes, of the incident and the run', () => {
  expect(executionName(incident, 'r')).toMatch(/^[0-9a-f]{64}$/);
  expect(executionName(incident, 'r')).toBe(executionName(incident, 'r'));
  expect(executionName(incident, 'r')).not.toBe(executionName(incident, 's'));
  expect(executionName('a\nb', 'c')).not.toBe(executionName('a', 'bc'));
});

it('an execution has the same bytes as input each time', () => {
  expect(executionInput('i', 'r')).toBe('{"incident":"i","run":"r"}');
});

it('a retry is known by its id', () => {
  expect(isRetry(retryRun('r'))).toBe(true);
  expect(isRetry('r')).toBe(false);
});

it('receipts of ten and more steps sort by number', () => {
  expect(keys.receipt('i', 'r', 1, 9).sk < keys.receipt('i', 'r', 1, 10).sk).toBe(true);
});
