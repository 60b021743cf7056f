import type { ListStackResourcesInput, ListStackResourcesOutput } from '@aws-sdk/client-cloudformation';
import { operation } from '../../account.ts';
import { pageOf } from '../paging.ts';
import { stackArn, stackNamed } from './stacks.ts';

/** AWS gives no figure but one megabyte; clients see 100. */
const PAGE = 100;

/** What the template has made, as it made it: what is deleted by another call is listed on, as on AWS. */
export const listStackResources = operation<ListStackResourcesInput, ListStackResourcesOutput>(
  ({ StackName }, account) => [{ action: 'cloudformation:ListStackResources', resource: stackArn(account, StackName) }],
  ({ StackName, NextToken }, { account }) => {
    const { resources, createdAt } = stackNamed(account, StackName);
    const page = pageOf(resources, PAGE, NextToken, 'ValidationError');
    return {
      StackResourceSummaries: page.items.map(({ logicalId, physicalId, type }) => ({
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        LastUpdatedTimestamp: new Date(createdAt),
        ResourceStatus: 'CREATE_COMPLETE',
      })),
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    };
  },
);
