import { describe, expect, test } from 'vitest';
import { repositoryArn, usersPermissions } from '../../shared/actions/targets/imageTarget.ts';
import { imageTarget } from './actContext.ts';

const target = imageTarget(`sha256:${'1'.repeat(64)}`);

describe('the ARN that a session is scoped to', () => {
  test('is made of the account, Region and repository of the target', () => {
    expect(repositoryArn(target)).toBe('arn:aws:ecr:eu-central-1:123456789012:repository/payments/checkout-api');
    expect(repositoryArn({ ...target, arn: target.arn.replace('arn:aws:', 'arn:aws-cn:') })).toMatch(
      /^arn:aws-cn:ecr:/,
    );
  });

  test.each([
    ['repository', '*'],
    ['repository', 'payments/*'],
    ['repository', 'payments/?'],
    ['repository', '${aws:username}'],
    ['repository', '","Action":"*'],
    ['repository', ''],
    ['repository', 'a'.repeat(257)],
    ['account', '*'],
    ['account', '12345678901'],
    ['region', '*'],
    ['arn', 'arn:*:ecr:x'],
  ])('is refused for the %s %s, which would widen it', (field, value) => {
    const forged = { ...target, [field]: value };
    expect(() => repositoryArn(forged)).toThrow(expect.objectContaining({ name: 'ActionFailed' }));
    if (field !== 'repository' || value !== '') {
      expect(() => usersPermissions(forged)).toThrow(expect.objectContaining({ name: 'ActionFailed' }));
    }
  });
});
