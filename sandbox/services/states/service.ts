import type { Service } from '../../account.ts';
import { describeExecution } from './operations/describeExecution.ts';
import { describeStateMachine } from './operations/describeStateMachine.ts';
import { getExecutionHistory } from './operations/getExecutionHistory.ts';
import { listExecutions } from './operations/listExecutions.ts';
import { listStateMachines } from './operations/listStateMachines.ts';
import { sendTaskFailure } from './operations/sendTaskFailure.ts';
import { sendTaskHeartbeat } from './operations/sendTaskHeartbeat.ts';
import { sendTaskSuccess } from './operations/sendTaskSuccess.ts';
import { startExecution } from './operations/startExecution.ts';
import { stopExecution } from './operations/stopExecution.ts';

/** Step Functions: Standard workflows in JSONPath, with tokens, retries, time-outs and history, on the account's clock. */
export const statesService: Service = {
  name: 'states',
  protocol: 'json-1.0',
  target: 'AWSStepFunctions',
  operations: {
    DescribeExecution: describeExecution,
    DescribeStateMachine: describeStateMachine,
    GetExecutionHistory: getExecutionHistory,
    ListExecutions: listExecutions,
    ListStateMachines: listStateMachines,
    SendTaskFailure: sendTaskFailure,
    SendTaskHeartbeat: sendTaskHeartbeat,
    SendTaskSuccess: sendTaskSuccess,
    StartExecution: startExecution,
    StopExecution: stopExecution,
  },
};
