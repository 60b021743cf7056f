import type { SendTaskHeartbeatInput, SendTaskHeartbeatOutput } from '@aws-sdk/client-sfn';
import { operation } from '../../../account.ts';
import { needsTask, openTask } from './openTask.ts';

export const sendTaskHeartbeat = operation<SendTaskHeartbeatInput, SendTaskHeartbeatOutput>(
  needsTask('SendTaskHeartbeat'),
  ({ taskToken }, { account }) => {
    openTask(account, taskToken).heartbeat();
    return {};
  },
);
