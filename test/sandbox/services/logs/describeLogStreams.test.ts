import type { DescribeLogStreamsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendLog } from '../../../../sandbox/services/logs/append.ts';
import { createLogGroup, createStream } from '../../../../sandbox/services/logs/groups.ts';
import { logsService } from '../../../../sandbox/services/logs/service.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

const logGroupName = '/ecs/shop';
let fake: FakeAccount;
let began: number;
beforeEach(async () => {
  fake = fakeAccount();
  began = fake.clock.now();
  const group = createLogGroup(fake.account, { name: logGroupName });
  appendLog(fake.account, logGroupName, 'b', ['early']);
  await fake.clock.advance(1000);
  appendLog(fake.account, logGroupName, 'a/1', ['late']);
  await fake.clock.advance(1000);
  appendLog(fake.account, logGroupName, 'b', ['latest']);
  createStream(fake.account, group, 'a/empty');
});

const streams = (input: object): Promise<DescribeLogStreamsResponse> =>
  invoke(logsService, 'DescribeLogStreams', { logGroupName, ...input }, fake.call());
const names = async (input: object): Promise<unknown> =>
  (await streams(input)).logStreams?.map(({ logStreamName }) => logStreamName);

describe('DescribeLogStreams', () => {
  it('says when a stream was made, written to first and last', async () => {
    const { logStreams } = await streams({});
    expect(logStreams?.[2]).toEqual({
      logStreamName: 'b',
      creationTime: began,
      firstEventTimestamp: began,
      lastEventTimestamp: began + 2000,
      lastIngestionTime: began + 2000,
      arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/shop:log-stream:b',
      storedBytes: 0,
    });
    expect(logStreams?.[1]).not.toHaveProperty('lastEventTimestamp');
  });

  it('orders by name or last event, either way round', async () => {
    expect(await names({})).toEqual(['a/1', 'a/empty', 'b']);
    expect(await names({ descending: true })).toEqual(['b', 'a/empty', 'a/1']);
    expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['b', 'a/1', 'a/empty']);
    expect(await names({ logStreamNamePrefix: 'a/' })).toEqual(['a/1', 'a/empty']);
  });

  it('takes the group by ARN, and pages', async () => {
    const logGroupIdentifier = `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}`;
    const first = await streams({ logGroupName: undefined, logGroupIdentifier, limit: 2 });
    expect(first.logStreams).toHaveLength(2);
    expect(await names({ limit: 2, nextToken: first.nextToken })).toEqual(['b']);
  });

  it.each([
    [{ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' }, 'InvalidParameterException'],
    [{ orderBy: 'Size' }, 'InvalidParameterException'],
    [{ limit: 51 }, 'InvalidParameterException'],
    [{ limit: 0 }, 'InvalidParameterException'],
    [{ nextToken: '-1' }, 'InvalidParameterException'],
    [{ logGroupName: 'none' }, 'ResourceNotFoundException'],
  ])('refuses %j', async (input, code) => {
    await expect(streams(input)).rejects.toMatchObject({ code });
  });
});
