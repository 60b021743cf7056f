import type { ListStateMachinesInput, ListStateMachinesOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { statesOf } from '../store.ts';
import { statesPage } from './page.ts';

export const listStateMachines = operation<ListStateMachinesInput, ListStateMachinesOutput>(
  () => [{ action: 'states:ListStateMachines', resource: '*' }],
  ({ maxResults, nextToken }, { account }) => {
    const page = statesPage([...statesOf(account).machines.values()], maxResults, nextToken);
    const stateMachines = page.items.map(({ arn, name, createdAt }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD' as const,
      creationDate: new Date(createdAt),
    }));
    return { stateMachines, nextToken: page.nextToken };
  },
);
