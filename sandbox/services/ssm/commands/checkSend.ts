import type { SendCommandRequest } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../account.ts';
import { atMost, checkNodeId, invalid } from '../limits.ts';

const CONCURRENCY = /^(?:[1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$/;
const ERRORS = /^(?:[1-9][0-9]*|0|[1-9][0-9]%|[0-9]%|100%)$/;

/** What is asked for that this account does not do: refused, so that nobody believes it was done. */
function refuseUnmodelled(input: SendCommandRequest): void {
  const asked = [
    ['NotificationConfig', input.NotificationConfig !== undefined],
    ['AlarmConfiguration', input.AlarmConfiguration !== undefined],
    ['CloudWatchOutputConfig', input.CloudWatchOutputConfig?.CloudWatchOutputEnabled === true],
    ['DocumentHash', input.DocumentHash !== undefined],
  ].find(([, isAsked]) => isAsked);
  if (asked !== undefined) throw new AwsError('ValidationException', `This account does not model ${asked[0]}`);
}

function checkText(field: string, text: string | undefined, least: number, most: number): void {
  if (text !== undefined && text.length < least) {
    throw invalid(field, `Member must have length greater than or equal to ${least}`);
  }
  if (text !== undefined && text.length > most) {
    throw invalid(field, `Member must have length less than or equal to ${most}`);
  }
}

function checkPattern(field: string, text: string | undefined, pattern: RegExp): void {
  checkText(field, text, 1, 7);
  if (text !== undefined && !pattern.test(text)) {
    throw invalid(field, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
}

/** Who it is for: ids or targets, not both, each within its bounds. */
function checkWhere({ InstanceIds, Targets }: SendCommandRequest): void {
  const ids = atMost('instanceIds', InstanceIds, 50);
  const targets = atMost('targets', Targets, 5);
  for (const id of ids) checkNodeId('instanceIds', id);
  for (const { Key, Values } of targets) {
    checkText('targets.member.key', Key ?? '', 1, 163);
    atMost('targets.member.values', Values, 50);
  }
  if (ids.length === 0 && targets.length === 0) throw invalid('instanceIds', 'Member must not be null');
  if (ids.length > 0 && targets.length > 0) {
    throw new AwsError('ValidationException', 'InstanceIds and Targets cannot be used together.');
  }
  if (new Set(ids).size < ids.length) throw new AwsError('DuplicateInstanceId', 'An instance ID is given twice.');
}

/** Bounds of SendCommand's request (its model in the SDKs). Throws AwsError. */
export function checkSend(input: SendCommandRequest): void {
  if (input.DocumentName === undefined) throw invalid('documentName', 'Member must not be null');
  const seconds = input.TimeoutSeconds;
  if (seconds !== undefined && (seconds < 30 || seconds > 2_592_000)) {
    const bound = seconds < 30 ? 'greater than or equal to 30' : 'less than or equal to 2592000';
    throw invalid('timeoutSeconds', `Member must have value ${bound}`);
  }
  checkText('comment', input.Comment, 0, 100);
  checkText('outputS3BucketName', input.OutputS3BucketName, 3, 63);
  checkText('outputS3KeyPrefix', input.OutputS3KeyPrefix, 0, 500);
  checkPattern('maxConcurrency', input.MaxConcurrency, CONCURRENCY);
  checkPattern('maxErrors', input.MaxErrors, ERRORS);
  checkWhere(input);
  refuseUnmodelled(input);
}
