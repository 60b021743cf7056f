import type {
  AssociationExecution,
  AssociationExecutionFilter,
  DescribeAssociationExecutionsRequest,
  DescribeAssociationExecutionsResult,
} from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../../account.ts';
import { atMost, sizeWithin } from '../limits.ts';
import { pageOf } from '../page.ts';
import { associationArn, associationOf, countsOf, type Execution, type StoredAssociation, worstOf } from './state.ts';

const statusOf = ({ targets }: Execution) => worstOf([...targets.values()]);

function timeIn(value: string): number {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new AwsError('ValidationException', `The filter value ${value} is no timestamp.`);
  return at;
}

function testOf({ Key, Value = '', Type }: AssociationExecutionFilter): (one: Execution) => boolean {
  if (Key === 'CreatedTime') {
    const at = timeIn(Value);
    if (Type === 'GREATER_THAN') return ({ createdAt }) => createdAt > at;
    if (Type === 'LESS_THAN') return ({ createdAt }) => createdAt < at;
    return ({ createdAt }) => createdAt === at;
  }
  if (Type !== 'EQUAL') throw new AwsError('ValidationException', `The filter ${Key} takes EQUAL alone.`);
  if (Key === 'ExecutionId') return ({ id }) => id === Value;
  if (Key === 'Status') return (one) => statusOf(one) === Value;
  throw new AwsError('ValidationException', `The filter key ${Key} is not valid.`);
}

function described({ id: AssociationId }: StoredAssociation, execution: Execution): AssociationExecution {
  const all = [...execution.targets.values()];
  const counts = Object.entries(countsOf(all)).map(([status, count]) => `${status}=${count}`);
  return {
    AssociationId,
    AssociationVersion: '1',
    ExecutionId: execution.id,
    Status: statusOf(execution),
    DetailedStatus: statusOf(execution),
    CreatedTime: new Date(execution.createdAt),
    LastExecutionDate: new Date(Math.max(execution.createdAt, ...all.map(({ at }) => at))),
    ResourceCountByStatus: `{${counts.join(', ')}}`,
  };
}

/** Newest first, which AWS does not promise. Every filter must hold. */
export const describeAssociationExecutions = operation<
  DescribeAssociationExecutionsRequest,
  DescribeAssociationExecutionsResult
>(
  (input, account) => [
    { action: 'ssm:DescribeAssociationExecutions', resource: associationArn(account, input.AssociationId ?? '') },
  ],
  (input, { account }) => {
    const association = associationOf(account, input.AssociationId);
    const tests = atMost('filters', input.Filters, 5).map(testOf);
    const found = association.executions.filter((one) => tests.every((test) => test(one)));
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    return { AssociationExecutions: items.map((one) => described(association, one)), ...rest };
  },
);
