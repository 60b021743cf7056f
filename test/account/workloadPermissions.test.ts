import { expect, test } from 'vitest';
import { workloadPermissions } from '../../shared/account/workloadPermissions.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';

const cluster = { partition: 'aws-us-gov', account: '123456789012', region: 'ap-southeast-2', name: 'x'.repeat(255) };

test('what is read of a workload fits into a session policy, however long the name of its cluster', () => {
  expect(sessionPolicy(workloadPermissions(cluster)).length).toBeLessThanOrEqual(2048);
});

test('it is read in this cluster alone, where AWS can scope the call', () => {
  for (const { action, resource, why } of workloadPermissions({ ...cluster, name: 'prod' })) {
    expect(action).toMatch(/^ecs:(Describe|List)[A-Za-z]+$/);
    if (why === undefined)
      expect(resource).toMatch(/^arn:aws-us-gov:ecs:ap-southeast-2:123456789012:([a-z-]+\/prod\/\*|cluster\/prod)$/);
    else expect([action, resource]).toEqual(['ecs:DescribeTaskDefinition', '*']);
  }
});
