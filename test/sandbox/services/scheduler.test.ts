import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { credentialsFor, rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { openAccount } from '../../../sandbox/sandbox.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';

const arn = (name: string): string => `arn:aws:scheduler:us-east-1:123456789012:schedule/${name}`;
const allowed = (Action: string, Resource: string) => ({
  name: 'allowed',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
});

async function opened() {
  const world = worldSchema.parse({
    roles: [
      { name: 'lists', policies: [allowed('scheduler:ListSchedules', '*')] },
      { name: 'reads', policies: [allowed('scheduler:GetSchedule', arn('jobs/*'))] },
    ],
    taskDefinitions: [
      { family: 'report', revision: 3, containers: [{ name: 'app', image: 'public.ecr.aws/nginx/nginx:1.27' }] },
    ],
    clusters: [
      {
        name: 'prod',
        taskSchedules: [
          { name: 'nightly', taskDefinition: 'report:3' },
          { name: 'monthly', group: 'jobs', state: 'DISABLED', taskDefinition: 'report' },
          { name: 'by-call', group: 'jobs', taskDefinition: 'report', universal: true },
        ],
      },
    ],
  });
  const { account, door, close } = await openAccount({ world });
  const client = (role?: string) => {
    const { expiration: _virtual, ...own } =
      role === undefined ? { expiration: 0 } : credentialsFor(account, role, 't');
    const credentials = role === undefined ? rootCredentials(account) : (own as ReturnType<typeof rootCredentials>);
    return new SchedulerClient({ region: account.region, endpoint: door.endpoint, credentials, maxAttempts: 1 });
  };
  return { client, [Symbol.asyncDispose]: close };
}

describe('EventBridge Scheduler', () => {
  it('lists the schedules of all groups, page after page, or those that are asked for', async () => {
    await using at = await opened();
    const names = async (input: object) => {
      const { Schedules = [], NextToken } = await at.client().send(new ListSchedulesCommand(input));
      return { names: Schedules.map(({ Name }) => Name), NextToken };
    };
    const first = await names({ MaxResults: 2 });
    expect(first.names).toEqual(['nightly', 'monthly']);
    expect(await names({ MaxResults: 2, NextToken: first.NextToken })).toEqual({ names: ['by-call'] });
    expect((await names({ GroupName: 'jobs' })).names).toEqual(['monthly', 'by-call']);
    expect((await names({ State: 'DISABLED' })).names).toEqual(['monthly']);
    expect((await names({ NamePrefix: 'by' })).names).toEqual(['by-call']);
    await expect(names({ MaxResults: 101 })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('shows what a schedule starts: in its target, or in the input of the call', async () => {
    await using at = await opened();
    const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/prod';
    const get = (Name: string, GroupName?: string) => at.client().send(new GetScheduleCommand({ Name, GroupName }));
    expect(await get('nightly')).toMatchObject({
      ...{ Arn: arn('default/nightly'), GroupName: 'default', State: 'ENABLED', ScheduleExpression: 'rate(1 day)' },
      Target: {
        Arn: cluster,
        EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/report:3' },
      },
    });
    expect((await get('by-call', 'jobs')).Target).toMatchObject({
      Arn: 'arn:aws:scheduler:::aws-sdk:ecs:runTask',
      Input: '{"Cluster":"prod","TaskDefinition":"report"}',
    });
    await expect(get('monthly')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('lets a role list or read as IAM allows it', async () => {
    await using at = await opened();
    const denied = { name: 'AccessDeniedException' };
    const get = (role: string, Name: string, GroupName?: string) =>
      at.client(role).send(new GetScheduleCommand({ Name, GroupName }));
    expect((await at.client('lists').send(new ListSchedulesCommand())).Schedules).toHaveLength(3);
    await expect(at.client('reads').send(new ListSchedulesCommand())).rejects.toMatchObject(denied);
    expect((await get('reads', 'monthly', 'jobs')).Name).toBe('monthly');
    await expect(get('reads', 'nightly')).rejects.toMatchObject(denied);
  });
});
