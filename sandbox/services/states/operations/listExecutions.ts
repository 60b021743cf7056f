import type { ExecutionListItem, ListExecutionsInput, ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { type Execution, machineByArn, statesOf } from '../store.ts';
import { statesPage } from './page.ts';

/** Newest first. */
export const listExecutions = operation<ListExecutionsInput, ListExecutionsOutput>(
  ({ stateMachineArn }) => [{ action: 'states:ListExecutions', resource: stateMachineArn ?? '' }],
  ({ stateMachineArn, statusFilter, maxResults, nextToken }, { account }) => {
    const machine = machineByArn(account, stateMachineArn ?? '');
    const executions = [...statesOf(account).executions.values()]
      .reverse()
      .filter((each) => each.machine === machine && (statusFilter === undefined || each.status === statusFilter));
    const page = statesPage(executions, maxResults, nextToken);
    return { executions: page.items.map(listItem), nextToken: page.nextToken };
  },
);

const listItem = ({ arn, machine, name, status, startedAt, stoppedAt }: Execution): ExecutionListItem => ({
  executionArn: arn,
  stateMachineArn: machine.arn,
  name,
  status,
  startDate: new Date(startedAt),
  stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
  redriveCount: 0,
});
