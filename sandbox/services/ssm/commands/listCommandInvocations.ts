import type { ListCommandInvocationsRequest, ListCommandInvocationsResult } from '@aws-sdk/client-ssm';
import { operation } from '../../../account.ts';
import { checkNodeId, sizeWithin } from '../limits.ts';
import { pageOf } from '../page.ts';
import { describedInvocation } from './describe.ts';
import { wantedBy } from './filters.ts';
import { commandsNamed } from './find.ts';
import { hasEnded } from './state.ts';

/** One for each node, newest command first; a second or two behind SendCommand. IAM does not scope it. */
export const listCommandInvocations = operation<ListCommandInvocationsRequest, ListCommandInvocationsResult>(
  () => [{ action: 'ssm:ListCommandInvocations', resource: '*' }],
  (input, { account }) => {
    const { InstanceId: node } = input;
    if (node !== undefined) checkNodeId('instanceId', node);
    const wanted = wantedBy(input.Filters, false);
    const now = account.clock.now();
    const found = commandsNamed(account, input.CommandId).flatMap((command) =>
      [...command.invocations.values()]
        .filter(
          (each) =>
            each.visibleAt <= now &&
            (node === undefined || each.nodeId === node) &&
            wanted({ ...each, documentName: command.documentName, hasEnded: hasEnded(each) }),
        )
        .map((invocation) => ({ command, invocation })),
    );
    const { items, ...rest } = pageOf(found, input.NextToken, sizeWithin(input.MaxResults, 50, 1, 50));
    const details = input.Details === true;
    return {
      CommandInvocations: items.map(({ command, invocation }) => describedInvocation(command, invocation, details)),
      ...rest,
    };
  },
);
