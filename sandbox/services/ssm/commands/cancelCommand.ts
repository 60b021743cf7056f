import type { CancelCommandRequest, CancelCommandResult } from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../../account.ts';
import { atMost, checkNodeId } from '../limits.ts';
import { notValid } from '../nodes/state.ts';
import { commandNamed } from './find.ts';
import { cancel } from './motion.ts';

/** "There is no guarantee that the command will be terminated": what has ended stays as it is. IAM does not scope it. */
export const cancelCommand = operation<CancelCommandRequest, CancelCommandResult>(
  () => [{ action: 'ssm:CancelCommand', resource: '*' }],
  (input, { account }) => {
    const command = commandNamed(account, input.CommandId);
    const ids = atMost('instanceIds', input.InstanceIds, 50).map((id) => checkNodeId('instanceIds', id));
    if (new Set(ids).size < ids.length) throw new AwsError('DuplicateInstanceId', 'An instance ID is given twice.');
    const strangers = ids.filter((id) => !command.invocations.has(id));
    if (strangers.length > 0) throw notValid(account, strangers);
    if (ids.length === 0) command.isCancelled = true;
    cancel(account, command, ids.length > 0 ? ids : [...command.invocations.keys()]);
    return {};
  },
);
