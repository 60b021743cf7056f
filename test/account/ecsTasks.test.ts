import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { readServiceTasks } from '../../shared/account/ecsTasks.ts';
import { readsWith } from '../../shared/account/reads.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';

const client = new ECSClient({ region: 'us-east-1' });
const stub = mockClient(client);
const aws = { ecs: async () => ({ ...ecs, client }) } as unknown as Aws;
beforeEach(() => stub.reset());

const minute = (n: number): Date => new Date(Date.UTC(2026, 10, 20, 10, n));
const iso = (n: number): string => minute(n).toISOString();

/** When a task had pulled, and since when it pulls, as it is read. */
async function pulls(task: Task): Promise<readonly [string | null, string | null]> {
  stub.on(ListTasksCommand).resolves({ taskArns: ['arn:t'] });
  stub.on(DescribeTasksCommand).resolves({ tasks: [{ taskArn: 'arn:t', createdAt: minute(0), ...task }] });
  const { live, stopped } = await readServiceTasks(readsWith(aws), 'prod', 'api');
  const [one] = [...live, ...stopped];
  if (one === undefined) throw new Error('No task was read');
  return [one.pulledAt, one.pullingSince];
}

describe('the pull of a task', () => {
  test('has an end once ECS shows one, or the task has started', async () => {
    const pulled = { lastStatus: 'RUNNING', pullStartedAt: minute(1), startedAt: minute(3) };
    expect(await pulls({ ...pulled, pullStoppedAt: minute(2) })).toEqual([iso(2), null]);
    expect(await pulls(pulled)).toEqual([iso(3), null]);
  });

  test('goes on until then: since it began, or since the task is there', async () => {
    expect(await pulls({ lastStatus: 'PENDING', pullStartedAt: minute(1) })).toEqual([null, iso(1)]);
    expect(await pulls({ lastStatus: 'PROVISIONING' })).toEqual([null, iso(0)]);
  });

  test('ends with the task that was stopped at it; one that never began is none', async () => {
    const cut = { lastStatus: 'STOPPED', pullStartedAt: minute(1), stoppedAt: minute(5) };
    expect(await pulls({ ...cut, executionStoppedAt: minute(4) })).toEqual([iso(4), null]);
    expect(await pulls(cut)).toEqual([iso(5), null]);
    expect(await pulls({ lastStatus: 'STOPPED', stoppedAt: minute(5) })).toEqual([null, null]);
  });
});
