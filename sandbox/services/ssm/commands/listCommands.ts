import type { ListCommandsRequest, ListCommandsResult } from '@aws-sdk/client-ssm';
import { operation } from '../../../account.ts';
import { checkNodeId, sizeWithin } from '../limits.ts';
import { pageOf } from '../page.ts';
import { describedCommand } from './describe.ts';
import { wantedBy } from './filters.ts';
import { commandsNamed } from './find.ts';
import { hasEnded } from './state.ts';

/** Newest first. IAM does not scope it. */
export const listCommands = operation<ListCommandsRequest, ListCommandsResult>(
  () => [{ action: 'ssm:ListCommands', resource: '*' }],
  (input, { account }) => {
    const { InstanceId: node } = input;
    if (node !== undefined) checkNodeId('instanceId', node);
    const wanted = wantedBy(input.Filters, true);
    const found = commandsNamed(account, input.CommandId).filter(
      (command) =>
        (node === undefined || command.invocations.has(node)) &&
        wanted({ ...command, hasEnded: [...command.invocations.values()].every(hasEnded) }),
    );
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    return { Commands: items.map(describedCommand), ...rest };
  },
);
