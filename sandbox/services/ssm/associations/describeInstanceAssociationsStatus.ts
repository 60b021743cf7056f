import type {
  DescribeInstanceAssociationsStatusRequest,
  DescribeInstanceAssociationsStatusResult,
  InstanceAssociationStatusInfo,
} from '@aws-sdk/client-ssm';
import { type Account, operation } from '../../../account.ts';
import { checkNodeId, sizeWithin } from '../limits.ts';
import { managedNodes, nodeArn, notValid } from '../nodes/state.ts';
import { pageOf } from '../page.ts';
import { associations, type ExecutionTarget, nodesOf, type StoredAssociation, standingOn } from './state.ts';

function described(association: StoredAssociation, node: string, on: ExecutionTarget | undefined) {
  const { id, name, document } = association;
  const status = on?.status ?? 'Pending';
  const info: InstanceAssociationStatusInfo = {
    AssociationId: id,
    Name: document,
    ...(name === undefined ? {} : { AssociationName: name }),
    DocumentVersion: '1',
    AssociationVersion: '1',
    InstanceId: node,
    Status: status,
    DetailedStatus: status,
    ...(on === undefined ? {} : { ExecutionDate: new Date(on.at) }),
    ...(status === 'Failed' ? { ErrorCode: 'Failed' } : {}),
    ExecutionSummary: `1 out of 1 plugin processed, ${status === 'Success' ? 1 : 0} success, ${status === 'Failed' ? 1 : 0} failed, 0 timedout, 0 skipped. `,
  };
  return info;
}

const onNode = (account: Account, node: string) =>
  [...associations(account).values()]
    .filter((one) => nodesOf(account, one).some(({ id }) => id === node))
    .map((one) => described(one, node, standingOn(one, node)));

/** Every association of a node, as it stands there. Throws AwsError InvalidInstanceId for what is no managed node. */
export const describeInstanceAssociationsStatus = operation<
  DescribeInstanceAssociationsStatusRequest,
  DescribeInstanceAssociationsStatusResult
>(
  (input, account) => [
    { action: 'ssm:DescribeInstanceAssociationsStatus', resource: nodeArn(account, input.InstanceId ?? '') },
  ],
  (input, { account }) => {
    const id = checkNodeId('instanceId', input.InstanceId);
    if (!managedNodes(account).has(id)) throw notValid(account, [id]);
    const size = sizeWithin(input.MaxResults, 50, 1, 50);
    const { items, ...rest } = pageOf(onNode(account, id), input.NextToken, size);
    return { InstanceAssociationStatusInfos: [...items], ...rest };
  },
);
