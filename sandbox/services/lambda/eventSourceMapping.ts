import { type Account, AwsError, slice } from '../../account.ts';
import { disturbance } from '../../faults/disturbed.ts';
import { authorise } from '../../iam/authorise.ts';
import { kernelOf } from '../../kernel/kernel.ts';
import { type Message, onMessage, receive, remove } from '../sqs/queue.ts';
import { failedMessages } from './batchResponse.ts';
import { executionRole } from './executionRole.ts';
import { invokeFunction } from './invoke.ts';
import { sqsEvent } from './sqsEvent.ts';
import { functionNamed } from './state.ts';

export interface MappingSettings {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** How long to gather messages for a fuller batch; 0 when absent. */
  readonly windowSeconds?: number;
  readonly reportBatchItemFailures: boolean;
  readonly maximumConcurrency?: number;
}

export interface Mapping {
  readonly uuid: string;
  readonly settings: MappingSettings;
  /** Off, nothing is received for it. */
  enabled: boolean;
  /** Batches that the function is at work on. */
  running: number;
  /** Received, and waiting for the batch to fill or the window to close. */
  gathered: Message[];
  /** Number of the clock event that closes the window. */
  window: number | undefined;
  /** As AWS words it, e.g. `PROBLEM: …`. */
  lastProcessingResult: string;
}

const POLL = 'lambda.poll';
const WINDOW = 'lambda.window';
const NEEDED = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** The poller's own pause after an error; AWS does not say how long it is. */
const POLL_AGAIN_MS = 1000;

/** Batches that a mapping without a limit may have under way (Lambda developer guide, SQS scaling). */
const MOST_CONCURRENT = 1250;

const mappingsOf = slice('lambda.mappings', (account) => {
  const mappings: Mapping[] = [];
  account.clock.on(POLL, (args) => {
    const { queueArn } = args as { queueArn: string };
    for (const mapping of mappings) if (mapping.settings.queueArn === queueArn) poll(account, mapping);
  });
  account.clock.on(WINDOW, (args) => {
    const mapping = mappings.find(({ uuid }) => uuid === (args as { uuid: string }).uuid);
    if (!mapping) return;
    mapping.window = undefined;
    hand(account, mapping);
    poll(account, mapping);
  });
  return mappings;
});

/** The account's mappings, for whoever lists them. */
export const eventSourceMappings = (account: Account): readonly Mapping[] => mappingsOf(account);

/**
 * Lets a function consume a queue. Lambda reads it with the function's own role.
 * Throws AwsError InvalidParameterValueException when that role may not, as AWS does.
 */
export function createEventSourceMapping(account: Account, settings: MappingSettings): Mapping {
  const { settings: fn } = functionNamed(account, settings.functionName);
  for (const action of NEEDED) {
    try {
      authorise(account, executionRole(account, fn), [{ action, resource: settings.queueArn }]);
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause;
      const call = action.replace('sqs:', '');
      const why = `The function execution role does not have permissions to call ${call} on SQS (${cause.message})`;
      throw new AwsError('InvalidParameterValueException', why);
    }
  }
  const uuid = account.random.uuid();
  const mapping: Mapping = {
    uuid,
    settings,
    enabled: true,
    running: 0,
    gathered: [],
    window: undefined,
    lastProcessingResult: 'No records processed',
  };
  const mappings = mappingsOf(account);
  const listening = mappings.some((other) => other.settings.queueArn === settings.queueArn);
  mappings.push(mapping);
  if (listening) account.clock.after(0, POLL, { queueArn: settings.queueArn });
  else onMessage(account, settings.queueArn, POLL);
  return mapping;
}

/** Asks IAM as the function's role; a refusal is entered in the trail. */
function allowed(account: Account, mapping: Mapping, action: string): boolean {
  const { queueArn, functionName } = mapping.settings;
  try {
    const role = executionRole(account, functionNamed(account, functionName).settings);
    authorise(account, role, [{ action, resource: queueArn }]);
    return true;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    enter(account, mapping, action, error.code);
    mapping.lastProcessingResult = `PROBLEM: ${error.message}`;
    return false;
  }
}

function enter(account: Account, mapping: Mapping, action: string, result: string): void {
  const { queueArn, functionName } = mapping.settings;
  const { arn } = executionRole(account, functionNamed(account, functionName).settings);
  account.trail.push({ at: account.clock.now(), principal: arn, action, resource: queueArn, result });
}

/** What a call of the poller meets, beside IAM; an error is entered in the trail. */
function refused(account: Account, mapping: Mapping, operation: string, when: 'before' | 'after'): boolean {
  const { queueArn, functionName } = mapping.settings;
  const { arn } = executionRole(account, functionNamed(account, functionName).settings);
  const error = disturbance(account, { service: 'sqs', operation, target: queueArn, by: arn })[when];
  if (error) enter(account, mapping, `sqs:${operation}`, error.code);
  return error !== undefined;
}

/** Receives what the function has room for. */
function poll(account: Account, mapping: Mapping): void {
  const { queueArn, batchSize, windowSeconds = 0, maximumConcurrency = MOST_CONCURRENT } = mapping.settings;
  while (mapping.enabled && mapping.running < maximumConcurrency) {
    if (!allowed(account, mapping, 'sqs:ReceiveMessage')) return;
    if (refused(account, mapping, 'ReceiveMessage', 'before')) {
      account.clock.after(POLL_AGAIN_MS, POLL, { queueArn });
      return;
    }
    const received = receive(account, queueArn, batchSize - mapping.gathered.length);
    // Lambda polls without end; only what it found is worth a line in the trail.
    if (received.length === 0) return;
    enter(account, mapping, 'sqs:ReceiveMessage', 'ok');
    mapping.gathered.push(...received);
    if (windowSeconds === 0 || mapping.gathered.length >= batchSize) hand(account, mapping);
    else mapping.window ??= account.clock.after(windowSeconds * 1000, WINDOW, { uuid: mapping.uuid });
  }
}

/** Hands what was gathered to the function, as work of its own that the poll does not wait for. */
function hand(account: Account, mapping: Mapping): void {
  const batch = mapping.gathered;
  mapping.gathered = [];
  if (mapping.window !== undefined) account.clock.cancel(mapping.window);
  mapping.window = undefined;
  if (batch.length === 0) return;
  mapping.running += 1;
  const { clock } = kernelOf(account);
  clock
    .run(`batch for ${mapping.settings.functionName}`, () => consume(account, mapping, batch))
    .catch((cause: unknown) => clock.fail(new Error(`the poller of ${mapping.settings.queueArn} failed`, { cause })));
}

/**
 * One batch: what the function has dealt with is deleted; the rest comes back when its visibility time-out is over,
 * which is also what happens when the function is throttled.
 */
async function consume(account: Account, mapping: Mapping, batch: readonly Message[]): Promise<void> {
  const { queueArn, functionName, reportBatchItemFailures } = mapping.settings;
  const ids = batch.map(({ messageId }) => messageId);
  let failed: readonly string[] = ids;
  try {
    const result = await invokeFunction(account, functionName, sqsEvent(account, queueArn, batch));
    if (result.ok) failed = reportBatchItemFailures ? failedMessages(result.payload, ids) : [];
    mapping.lastProcessingResult = result.ok ? 'OK' : `PROBLEM: Function call failed: ${result.errorType}`;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    mapping.lastProcessingResult = `PROBLEM: ${error.code}`;
  }
  mapping.running -= 1;
  const done = batch.filter(({ messageId }) => !failed.includes(messageId));
  if (
    done.length > 0 &&
    allowed(account, mapping, 'sqs:DeleteMessage') &&
    !refused(account, mapping, 'DeleteMessage', 'before')
  ) {
    enter(account, mapping, 'sqs:DeleteMessage', 'ok');
    for (const { receiptHandle } of done) remove(account, queueArn, receiptHandle);
  }
  poll(account, mapping);
}
