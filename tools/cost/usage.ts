import type { Sandbox } from '../../sandbox/sandbox.ts';
import { consumedUnits } from '../../sandbox/services/dynamodb/capacity.ts';
import { itemBytes } from '../../sandbox/services/dynamodb/itemSize.ts';
import { itemsOf } from '../../sandbox/services/dynamodb/state.ts';
import { lambdaFigures } from '../../sandbox/services/lambda/figures.ts';
import { lambdaState } from '../../sandbox/services/lambda/state.ts';
import { logsState } from '../../sandbox/services/logs/groups.ts';
import { objectsOf } from '../../sandbox/services/s3/buckets.ts';
import { topicByArn } from '../../sandbox/services/sns/state.ts';
import { messagesOf } from '../../sandbox/services/sns/topics.ts';
import { statesOf } from '../../sandbox/services/states/store.ts';

/** What AWS bills for, as far as it is counted on the embedded account. */
export const billed = [
  'transitions',
  'invocations',
  'coldStarts',
  'calls',
  'gbSeconds',
  'writeUnits',
  'readUnits',
  's3Puts',
  's3Gets',
  'queueRequests',
  'published',
  'mails',
  'logBytes',
  'tableBytes',
  'bucketBytes',
] as const;
export type Usage = Readonly<Record<(typeof billed)[number], number>>;

export const usageOf = (count: (of: keyof Usage) => number): Usage =>
  Object.fromEntries(billed.map((of) => [of, count(of)])) as Usage;
export const minus = (a: Usage, b: Usage): Usage => usageOf((of) => a[of] - b[of]);
export const plus = (a: Usage, b: Usage): Usage => usageOf((of) => a[of] + b[of]);
export const times = (a: Usage, factor: number): Usage => usageOf((of) => a[of] * factor);
export const nothing: Usage = usageOf(() => 0);

/** What runs by the clock, whether or not anything happens: it is counted by the hour, and not with an incident. */
const upkeep = ['guard', 'sweep'];

/** Session names end in the function's: `…/firebreak-dev-guard`. */
const isUpkeep = (name: string): boolean => upkeep.some((one) => name.endsWith(`-${one}`));
/** The schedule puts a message there each minute. */
const isUpkeepQueue = (resource: string): boolean => /GuardAgainQueue/.test(resource);
/** A function's own session, or one of the responder role that it took. */
const isOurs = (principal: string): boolean => /:assumed-role\/.*\/firebreak-dev-[a-zA-Z]+$/.test(principal);

/** Lambda adds 26 bytes to each log event (CloudWatch Logs, PutLogEvents: how the size of a batch is counted). */
const LOG_EVENT_BYTES = 26;

/**
 * Time that Lambda bills, which no embedded account can measure, milliseconds: of a function's own work in each invocation, of each call that it
 * waits for (taken one after the other), and of a cold start (INIT is billed).
 */
export const ASSUMED_MS = { run: 100, tableCall: 15, otherCall: 75, coldStart: 700 } as const;

/** All that was used since the account was opened; with `upkeep`, what runs by the clock too. */
export function usageSoFar({ account, stack }: Sandbox, { upkeep: withUpkeep = false } = {}): Usage {
  const counts = (name: string): boolean => withUpkeep || !isUpkeep(name);
  const trail = account.trail.filter(
    ({ principal, resource }) => counts(principal) && (withUpkeep || !isUpkeepQueue(resource)),
  );
  const called = (test: (action: string, principal: string) => boolean): number =>
    trail.filter(({ action, principal }) => test(action, principal)).length;
  const functions = Object.entries(lambdaFigures(account).functions).filter(([name]) => counts(name));
  const memoryGb =
    Math.max(...[...lambdaState(account).functions.values()].map(({ settings }) => settings.memoryMb)) / 1024;
  const executions = [...statesOf(account).executions.values()];
  const units = [...consumedUnits(account)].filter(([by]) => isOurs(by) && counts(by)).map(([, one]) => one);
  const groups = [...logsState(account).groups.values()].filter(({ name }) => counts(name));
  const events = groups.flatMap(({ streams }) => [...streams.values()].flatMap((stream) => stream.events));
  const messages = messagesOf(account);
  const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);
  const invocations = sum(functions, ([, one]) => one.invocations);
  const coldStarts = sum(functions, ([, one]) => one.coldStarts);
  // The pollers and the state machine call from AWS's side: no function waits for them.
  const calls = called((action, principal) => isOurs(principal) && !/^sqs:(Receive|Delete)Message/.test(action));
  const tableCalls = called((action, principal) => isOurs(principal) && action.startsWith('dynamodb:'));
  const billedMs =
    invocations * ASSUMED_MS.run +
    tableCalls * ASSUMED_MS.tableCall +
    (calls - tableCalls) * ASSUMED_MS.otherCall +
    coldStarts * ASSUMED_MS.coldStart;
  return {
    // Each state entered and each retry; and one for the start, to be on the safe side.
    transitions: sum(executions, ({ figures }) => figures.statesEntered + figures.retries + 1),
    invocations,
    coldStarts,
    calls,
    gbSeconds: (memoryGb * billedMs) / 1000,
    writeUnits: sum(units, ({ write }) => write),
    readUnits: sum(units, ({ read }) => read),
    s3Puts: called((action, by) => isOurs(by) && /^s3:(Put|List|Copy)/.test(action)),
    s3Gets: called((action, by) => isOurs(by) && /^s3:(Get|Head)/.test(action)),
    queueRequests: called((action, by) => action.startsWith('sqs:') && !by.endsWith('root')),
    published: messages.length,
    // What SNS brings to a queue is free.
    mails: sum(
      messages,
      ({ topicArn }) =>
        topicByArn(account, topicArn).subscriptions.filter(({ protocol }) => protocol === 'email').length,
    ),
    logBytes: sum(events, ({ message }) => Buffer.byteLength(message) + LOG_EVENT_BYTES),
    tableBytes: sum(itemsOf(account, stack.outputs['IncidentTableName'] ?? ''), itemBytes),
    bucketBytes: sum(objectsOf(account, stack.outputs['EvidenceBucketName'] ?? ''), ({ body }) => body.length),
  };
}
