import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import { imageTarget } from './actContext.ts';

const longest = 'a'.repeat(256);
const target = {
  ...imageTarget(`sha256:${'1'.repeat(64)}`),
  repository: longest,
  region: 'ap-southeast-1',
  arn: `arn:aws-us-gov:ecr:ap-southeast-1:123456789012:repository/${longest}`,
};

describe('session policy', () => {
  test('allows what is asked for and nothing else, actions on the same resources together', () => {
    const policy = sessionPolicy([
      { action: 'ecs:ListTasks', resource: '*', why: 'no narrower' },
      { action: 'ecr:DescribeImages', resource: 'arn:r' },
      { action: 'ecr:BatchGetImage', resource: 'arn:r' },
      { action: 'ecr:BatchGetImage', resource: 'arn:r' },
      { action: 'ecs:DescribeServiceRevisions', resource: 'arn:s' },
      { action: 'ecs:DescribeServiceRevisions', resource: 'arn:v' },
    ]);
    expect(JSON.parse(policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:DescribeImages'], Resource: 'arn:r' },
        { Effect: 'Allow', Action: 'ecs:DescribeServiceRevisions', Resource: ['arn:s', 'arn:v'] },
        { Effect: 'Allow', Action: 'ecs:ListTasks', Resource: '*' },
      ],
    });
  });

  test.each(catalogue.map((action) => [action.name, action] as const))(
    '%s fits on the longest repository name',
    (_name, action) => {
      const { read, write } = action.permissions(target);
      expect(sessionPolicy([...read, ...write]).length).toBeLessThanOrEqual(2048);
    },
  );

  test('2,048 characters pass, one more fails', () => {
    const empty = sessionPolicy([{ action: 'a:B', resource: '' }]).length;
    const sized = (length: number) => [{ action: 'a:B', resource: 'x'.repeat(length - empty) }];
    expect(sessionPolicy(sized(2048))).toHaveLength(2048);
    expect(() => sessionPolicy(sized(2049))).toThrow(expect.objectContaining({ name: 'ActionFailed' }));
  });
});
