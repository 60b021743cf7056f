import type { Json } from '../../../../shared/platform/json.ts';
import { type Account, AwsError } from '../../../account.ts';
import { disturbance } from '../../../faults/disturbed.ts';
import { serviceMay } from '../../../iam/resourcePolicies.ts';
import { invokeAsync } from '../../lambda/invokeAsync.ts';
import { publish } from '../../sns/topics.ts';
import { sendToQueue } from '../../sqs/queue.ts';
import { isJson } from '../transform.ts';
import type { Failure } from './failure.ts';

export const EVENTS = 'events.amazonaws.com';

interface Kind {
  readonly action: string;
  readonly send: (account: Account, arn: string, input: string, upkeep: boolean) => unknown;
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    'sqs',
    {
      action: 'sqs:SendMessage',
      send: (account, arn, input, upkeep) => sendToQueue(account, arn, input, {}, { upkeep }),
    },
  ],
  ['sns', { action: 'sns:Publish', send: (account, topicArn, message) => publish(account, { topicArn, message }) }],
  ['lambda', { action: 'lambda:InvokeFunction', send: invoke }],
]);

/** A function takes JSON: text in quotes that does not parse is refused, as EventBridge refuses it. */
function invoke(account: Account, arn: string, input: string): void {
  if (!isJson(input)) throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  invokeAsync(account, arn, JSON.parse(input) as Json);
}

const kindOf = (arn: string): Kind | undefined => KINDS.get(arn.split(':')[2] ?? '');

/** Whether this account delivers to such a target. */
export const isDeliverable = (arn: string): boolean => kindOf(arn) !== undefined;

/**
 * Sends to a queue, topic or function, if its own policy lets EventBridge in for this rule. Answers with the failure, if it failed.
 * @param upkeep whether it comes by the clock, again and again
 */
export function sendToTarget(
  account: Account,
  ruleArn: string,
  arn: string,
  input: string,
  upkeep = false,
): Failure | undefined {
  const kind = kindOf(arn);
  if (!kind) return { code: 'NO_RESOURCE', message: `Nothing can be sent to ${arn}`, retry: false };
  if (!serviceMay(account, { service: EVENTS, sourceArn: ruleArn, action: kind.action, resourceArn: arn })) {
    const message = `${EVENTS} is not authorized to perform: ${kind.action} on resource: ${arn} for ${ruleArn}`;
    return { code: 'NO_PERMISSIONS', message, retry: false };
  }
  const [service = '', operation = ''] = kind.action.replace(/Function$/, '').split(':');
  const { before, after } = disturbance(account, { service, operation, target: arn, by: EVENTS });
  try {
    if (before) throw before;
    kind.send(account, arn, input, upkeep);
    if (after) throw after;
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return failureOf(error);
    throw error;
  }
}

function failureOf({ code, status, message }: AwsError): Failure {
  if (/NotFound|DoesNotExist|NonExistent/.test(code)) return { code: 'NO_RESOURCE', message, retry: false };
  if (/Thrott|TooManyRequests/.test(code)) return { code: 'THROTTLING', message, retry: true };
  if (status >= 500) return { code: 'ERROR_FROM_TARGET', message, retry: true };
  return { code: 'INVALID_PARAMETER', message, retry: false };
}
