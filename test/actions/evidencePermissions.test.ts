import { describe, expect, test } from 'vitest';
import { evidencePermissions } from '../../shared/actions/evidenceCapture/permissions.ts';
import type { NamedContainer } from '../../shared/finding/resource.ts';
import { account, region, repositoryUri } from '../account/mockAccount.ts';
import { target, taskId } from './taskWorld.ts';

const resourceOf = (action: string, change: Partial<typeof target> = {}) =>
  evidencePermissions({ ...target, ...change }).read.find((one) => one.action === action)?.resource;

const images = (...containers: readonly string[]): { containers: readonly NamedContainer[] } => ({
  containers: containers.map((image) => ({ name: 'c', image })),
});
const any = `arn:aws:ecr:${region}:${account}:repository/*`;

describe('what evidence on a task may read', () => {
  test('are the lines of this task alone, whatever group they are in', () => {
    expect(resourceOf('logs:GetLogEvents')).toBe(
      `arn:aws:logs:${region}:${account}:log-group:*:log-stream:*/${taskId}`,
    );
  });

  test.each([
    [
      'the one repository of its containers',
      images(`${repositoryUri}:1`, `${repositoryUri}:2`),
      any.replace('*', 'payments/checkout-api'),
    ],
    ['any, where there are two', images(`${repositoryUri}:1`, `${repositoryUri}-2:1`), any],
    ['any, where one is of another registry', images(`${repositoryUri}:1`, 'nginx'), any],
    ['any, where none is known', images(), any],
    ['any, where a name is none', images(`${repositoryUri}*:1`), any],
    ['any, where the name is too long', images(`${repositoryUri}${'x'.repeat(200)}:1`), any],
  ])('are the images of %s', (_what, change, resource) => {
    expect(resourceOf('ecr:BatchGetImage', change)).toBe(resource);
  });

  test.each([
    { cluster: '*' },
    { service: '*' },
    { arn: `arn:aws:ecs:${region}:${account}:task/prod/*` },
    { account: '*' },
  ])('is nothing when the event holds what is no name: %j', (change) => {
    expect(() => evidencePermissions({ ...target, ...change })).toThrow(
      expect.objectContaining({ name: 'ActionFailed' }),
    );
  });
});
