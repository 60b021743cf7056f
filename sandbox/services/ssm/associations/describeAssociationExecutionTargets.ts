import type {
  AssociationExecutionTarget,
  AssociationExecutionTargetsFilter,
  DescribeAssociationExecutionTargetsRequest,
  DescribeAssociationExecutionTargetsResult,
} from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../../account.ts';
import { atMost, sizeWithin } from '../limits.ts';
import { pageOf } from '../page.ts';
import { associationArn, associationOf, checkUuid, type Execution, type ExecutionTarget } from './state.ts';

const TYPE = 'ManagedInstance';

function testOf({ Key, Value }: AssociationExecutionTargetsFilter): (one: ExecutionTarget) => boolean {
  if (Key === 'ResourceId') return ({ nodeId }) => nodeId === Value;
  if (Key === 'Status') return ({ status }) => status === Value;
  if (Key === 'ResourceType') return () => Value === TYPE;
  throw new AwsError('ValidationException', `The filter key ${Key} is not valid.`);
}

const described = (
  AssociationId: string,
  { id: ExecutionId }: Execution,
  { nodeId, status, at }: ExecutionTarget,
): AssociationExecutionTarget => ({
  AssociationId,
  AssociationVersion: '1',
  ExecutionId,
  ResourceId: nodeId,
  ResourceType: TYPE,
  Status: status,
  DetailedStatus: status,
  LastExecutionDate: new Date(at),
});

/** How one execution went on each node. Throws AwsError AssociationExecutionDoesNotExist. */
export const describeAssociationExecutionTargets = operation<
  DescribeAssociationExecutionTargetsRequest,
  DescribeAssociationExecutionTargetsResult
>(
  (input, account) => [
    { action: 'ssm:DescribeAssociationExecutionTargets', resource: associationArn(account, input.AssociationId ?? '') },
  ],
  (input, { account }) => {
    const { id, executions } = associationOf(account, input.AssociationId);
    const wanted = checkUuid('executionId', input.ExecutionId);
    const execution = executions.find((one) => one.id === wanted);
    if (execution === undefined) {
      throw new AwsError('AssociationExecutionDoesNotExist', 'The specified execution ID does not exist.');
    }
    const tests = atMost('filters', input.Filters, 5).map(testOf);
    const found = [...execution.targets.values()].filter((one) => tests.every((test) => test(one)));
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    return { AssociationExecutionTargets: items.map((one) => described(id, execution, one)), ...rest };
  },
);
