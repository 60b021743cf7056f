import { AwsError } from '../../account.ts';
import { checkPath } from './path.ts';
import type { Target } from './state.ts';
import { isDeliverable } from './target/send.ts';
import { checkTransformer, isJson } from './transform.ts';

/** The default quota. */
const MAX_TARGETS = 5;

/** What PutTargets refuses, and targets to which this account does not deliver. Throws AwsError. */
export function checkTargets(rule: string, targets: readonly Target[]): void {
  if (targets.length > MAX_TARGETS) {
    throw new AwsError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: ${rule} has more than 5 targets.`,
    );
  }
  const ids = new Set(targets.map((target) => target.id));
  if (ids.size < targets.length) throw invalid(`Rule ${rule} has two targets with the same id`);
  for (const target of targets) checkTarget(`Rule ${rule}, target ${target.id}`, target);
}

function checkTarget(where: string, target: Target): void {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(target.id)) throw invalid(`${where}: not an id of a target`);
  if (!isDeliverable(target.arn)) throw invalid(`${where}: this account does not deliver to ${target.arn}`);
  const inputs = [target.input, target.inputPath, target.inputTransformer].filter((each) => each !== undefined);
  if (inputs.length > 1) throw invalid(`${where}: only one of Input, InputPath and InputTransformer may be given`);
  if (target.input !== undefined && !isJson(target.input)) throw invalid(`${where}: Input is not JSON`);
  if (target.inputPath !== undefined) checkPath(target.inputPath);
  if (target.inputTransformer) checkTransformer(target.inputTransformer);
  if (target.deadLetterArn !== undefined && !target.deadLetterArn.startsWith('arn:aws:sqs:')) {
    throw invalid(`${where}: a dead-letter queue is an SQS queue`);
  }
  inRange(`${where}: MaximumRetryAttempts`, target.retryPolicy?.maximumRetryAttempts, 0, 185);
  inRange(`${where}: MaximumEventAgeInSeconds`, target.retryPolicy?.maximumEventAgeInSeconds, 60, 86_400);
}

function inRange(what: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalid(`${what} must be between ${least} and ${most}`);
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
