import {
  GetScheduleCommand,
  ListSchedulesCommand,
  type SchedulerClient,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-scheduler';
import type { AwsStub } from 'aws-sdk-client-mock';
import { awsError } from './awsError.ts';
import { account, page, refused, region, type TestSchedule, type World } from './mockAccount.ts';

type SchedulerStub = AwsStub<ServiceInputTypes, ServiceOutputTypes, SchedulerClient['config']>;

const targetOf = ({ target = `arn:aws:ecs:${region}:${account}:cluster/prod` }: TestSchedule): string => target;

/** EventBridge Scheduler of the test's world. */
export function mockScheduler(stub: SchedulerStub, world: World): void {
  const all = (): readonly TestSchedule[] => world.schedules ?? [];

  stub.on(ListSchedulesCommand).callsFake((input) => {
    refused(world, 'ListSchedules', input);
    const { part, next } = page(world, all(), input.NextToken);
    return {
      Schedules: part.map((one) => ({
        ...{ GroupName: one.group ?? 'default', Name: one.name, State: one.state ?? 'ENABLED' },
        Target: { Arn: targetOf(one) },
      })),
      NextToken: next,
    };
  });

  stub.on(GetScheduleCommand).callsFake((input) => {
    refused(world, 'GetSchedule', input);
    const found = all().find(({ name, group = 'default' }) => name === input.Name && group === input.GroupName);
    if (found === undefined || found.gone === true) throw awsError('ResourceNotFoundException', 404);
    const { definition, input: Input } = found;
    const TaskDefinitionArn = `arn:aws:ecs:${region}:${account}:task-definition/${definition}`;
    return {
      Target: {
        Arn: targetOf(found),
        ...(definition === undefined ? {} : { EcsParameters: { TaskDefinitionArn } }),
        ...(Input === undefined ? {} : { Input }),
      },
    };
  });
}
