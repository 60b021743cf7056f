import type {
  DescribeLogGroupsResponse,
  FilterLogEventsResponse,
  GetLogEventsResponse,
  PutLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, test } from 'vitest';
import { appendLog } from '../../../../sandbox/services/logs/append.ts';
import { createLogGroup } from '../../../../sandbox/services/logs/groups.ts';
import { logsService } from '../../../../sandbox/services/logs/service.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

const logGroupName = '/aws/lambda/act';
const DAY = 86_400_000;
let fake: FakeAccount;
beforeEach(() => {
  fake = fakeAccount();
  createLogGroup(fake.account, { name: logGroupName, retentionDays: 30 });
});
const run = <O>(name: string, input: object): Promise<O> =>
  invoke<O>(logsService, name, { logGroupName, ...input }, fake.call());

describe('filtering', () => {
  const found = async (filterPattern: string): Promise<unknown> =>
    (await run<FilterLogEventsResponse>('FilterLogEvents', { filterPattern })).events?.map((event) => event.message);

  test('merges streams by time, then by order written', async () => {
    appendLog(fake.account, logGroupName, 'one', ['a', 'b']);
    appendLog(fake.account, logGroupName, 'two', ['c']);
    await fake.clock.advance(5);
    appendLog(fake.account, logGroupName, 'one', ['d']);
    expect(await found('')).toEqual(['a', 'b', 'c', 'd']);
  });

  test('words must all be there, ?words one of them, -words none', async () => {
    appendLog(fake.account, logGroupName, 'one', ['red fox', 'red dog', 'blue dog']);
    expect(await found('red')).toEqual(['red fox', 'red dog']);
    expect(await found('red -fox')).toEqual(['red dog']);
    expect(await found('?fox ?blue')).toEqual(['red fox', 'blue dog']);
    expect(await found('"d d"')).toEqual(['red dog']);
    await expect(found('[level, text]')).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  test('pages by token', async () => {
    appendLog(fake.account, logGroupName, 'one', ['a', 'b', 'c']);
    const first = await run<FilterLogEventsResponse>('FilterLogEvents', { limit: 2 });
    expect(first.events).toHaveLength(2);
    const second = await run<FilterLogEventsResponse>('FilterLogEvents', { limit: 2, nextToken: first.nextToken });
    expect(second.events?.map((event) => event.message)).toEqual(['c']);
    expect(second.nextToken).toBeUndefined();
  });
});

test('a stream is read from its end, and forward until the token stays the same', async () => {
  const logStreamName = 'one';
  appendLog(fake.account, logGroupName, logStreamName, ['a', 'b', 'c']);
  const tail = await run<GetLogEventsResponse>('GetLogEvents', { logStreamName, limit: 2 });
  expect(tail.events?.map((event) => event.message)).toEqual(['b', 'c']);
  const further = await run<GetLogEventsResponse>('GetLogEvents', { logStreamName, nextToken: tail.nextForwardToken });
  expect(further).toMatchObject({ events: [], nextForwardToken: tail.nextForwardToken });
  const back = await run<GetLogEventsResponse>('GetLogEvents', { logStreamName, nextToken: tail.nextBackwardToken });
  expect(back.events?.map((event) => event.message)).toEqual(['a']);
});

test('events go when their retention is over', async () => {
  appendLog(fake.account, logGroupName, 'one', ['old']);
  await fake.clock.advance(30 * DAY);
  expect((await run<FilterLogEventsResponse>('FilterLogEvents', {})).events).toHaveLength(1);
  await fake.clock.advance(1);
  expect((await run<FilterLogEventsResponse>('FilterLogEvents', {})).events).toEqual([]);
});

describe('writing', () => {
  const now = (): number => fake.clock.now();
  const put = (logEvents: object[]): Promise<PutLogEventsResponse> =>
    run('PutLogEvents', { logStreamName: 'mine', logEvents });

  test('needs the stream, and takes events in order of time', async () => {
    await expect(put([{ timestamp: now(), message: 'x' }])).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await run('CreateLogStream', { logStreamName: 'mine' });
    await put([{ timestamp: now(), message: 'x' }]);
    await expect(
      put([
        { timestamp: now(), message: 'late' },
        { timestamp: now() - 1, message: 'early' },
      ]),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(run('CreateLogStream', { logStreamName: 'mine' })).rejects.toMatchObject({
      code: 'ResourceAlreadyExistsException',
    });
  });

  test('leaves out what is too old, and says so', async () => {
    await run('CreateLogStream', { logStreamName: 'mine' });
    expect(await put([{ timestamp: now() - 15 * DAY, message: 'x' }])).toMatchObject({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
    expect((await run<FilterLogEventsResponse>('FilterLogEvents', {})).events).toEqual([]);
  });
});

test('groups are described with retention; IAM is asked with and without the stream', async () => {
  const { logGroups } = await run<DescribeLogGroupsResponse>('DescribeLogGroups', { logGroupNamePrefix: '/aws/' });
  expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 30 }]);
  const needs = (name: string): unknown =>
    logsService.operations[name]?.needs({ logGroupName, logStreamName: 's' } as never, fake.account);
  const arn = `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}`;
  expect(needs('PutLogEvents')).toEqual([{ action: 'logs:PutLogEvents', resource: `${arn}:log-stream:s` }]);
  expect(needs('CreateLogStream')).toEqual([{ action: 'logs:CreateLogStream', resource: `${arn}:*` }]);
});
