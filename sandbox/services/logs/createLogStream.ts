import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../account.ts';
import { createStream, groupByName } from './groups.ts';
import { groupNameOf, onGroup } from './needs.ts';

export const createLogStream = operation<CreateLogStreamRequest, object>(
  onGroup('CreateLogStream'),
  (input, { account }) => {
    createStream(account, groupByName(account, groupNameOf(input)), input.logStreamName ?? '');
    return {};
  },
);
