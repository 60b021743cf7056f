import type { JsonObject } from '../../../shared/platform/json.ts';
import type { Account } from '../../account.ts';
import { putServiceEvent } from '../eventbridge/bus.ts';
import { MAX_EVENT_PAYLOAD_BYTES, utf8Bytes } from './limits.ts';
import type { Execution } from './store.ts';

/** Emits `Step Functions Execution Status Change` for the status that an execution has now. */
export function announceStatus(account: Account, execution: Execution): void {
  putServiceEvent(account, {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    detail: statusDetail(execution),
    resources: [execution.arn],
  });
}

/** The event's detail (Step Functions developer guide, "EventBridge integration"); dates in milliseconds. */
function statusDetail(execution: Execution): JsonObject {
  const { arn, name, machine, status, startedAt, stoppedAt, inputText, outputText, error, cause } = execution;
  const input = fitting(inputText);
  const output = outputText === undefined ? undefined : fitting(outputText);
  const redrivable = status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: startedAt,
    stopDate: stoppedAt ?? null,
    input,
    output: output ?? null,
    inputDetails: { included: input !== null },
    outputDetails: output === undefined ? null : { included: output !== null },
    error: error ?? null,
    cause: cause ?? null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: redrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
  };
}

/** AWS leaves out what would not fit into an event once it is escaped. */
const fitting = (text: string): string | null =>
  utf8Bytes(JSON.stringify(text)) <= MAX_EVENT_PAYLOAD_BYTES ? text : null;
