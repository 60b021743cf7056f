import { expect, it } from 'vitest';
import { keepEvent } from '../../../../sandbox/services/cloudtrail/keep.ts';
import { eventHistory } from '../../../../sandbox/services/cloudtrail/state.ts';
import { fakeAccount } from '../../fakeAccount.ts';

it('has who opened a security group, by its id, and not who looked at it', () => {
  const { account } = fakeAccount();
  for (const operation of ['AuthorizeSecurityGroupIngress', 'DescribeSecurityGroups']) {
    keepEvent(account, {
      ...{ service: 'ec2', operation, input: { GroupId: 'sg-0a1b2c3d' }, output: {} },
      ...{ principal: { kind: 'root', arn: 'arn:aws:iam::123456789012:root' }, accessKeyId: 'AKIA' },
      ...{ userAgent: 'test', requestId: operation },
    });
  }
  const { events } = eventHistory(account);
  expect(events).toMatchObject([{ source: 'ec2.amazonaws.com', name: 'AuthorizeSecurityGroupIngress' }]);
  expect(JSON.parse(events[0]?.record ?? '')).toMatchObject({ requestParameters: { groupId: 'sg-0a1b2c3d' } });
});
