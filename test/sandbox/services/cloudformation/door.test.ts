import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { cloudformationService } from '../../../../sandbox/services/cloudformation/service.ts';
import { addStack } from '../../../../sandbox/services/cloudformation/stacks.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

it('lists what a stack is made of, page by page, by its name and by its ARN', () =>
  throughDoor([cloudformationService], async ({ account }) => {
    const client = new CloudFormationClient(clientOptions(account));
    const list = (StackName: string, NextToken?: string) =>
      client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    await expect(list('shop')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id shop does not exist',
    });
    const ids = Array.from({ length: 101 }, (_, at) => `Topic${at}`);
    addStack(
      account,
      'shop',
      ids.map((logicalId) => ({ logicalId, physicalId: `arn:${logicalId}`, type: 'AWS::SNS::Topic' })),
    );
    const first = await list('shop');
    expect(first.StackResourceSummaries?.[0]).toEqual({
      LogicalResourceId: 'Topic0',
      PhysicalResourceId: 'arn:Topic0',
      ResourceType: 'AWS::SNS::Topic',
      LastUpdatedTimestamp: new Date(account.clock.now()),
      ResourceStatus: 'CREATE_COMPLETE',
    });
    const second = await list('shop', first.NextToken);
    const names = [first, second].flatMap(({ StackResourceSummaries = [] }) =>
      StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId),
    );
    expect(names).toEqual(ids);
    expect(second.NextToken).toBeUndefined();
    const [asked] = account.trail.slice(-1);
    expect(asked?.resource).toMatch(/^arn:aws:cloudformation:eu-west-1:123456789012:stack\/shop\/[0-9a-f-]{36}$/);
    expect((await list(asked?.resource ?? '')).StackResourceSummaries).toHaveLength(100);
  }));
