import type { GetScheduleInput, GetScheduleOutput } from '@aws-sdk/client-scheduler';
import { AwsError, operation } from '../../account.ts';
import { scheduleArn, schedules } from './state.ts';

/** A schedule with its target. Throws AwsError ResourceNotFoundException. */
export const getSchedule = operation<GetScheduleInput, GetScheduleOutput>(
  ({ GroupName = 'default', Name = '' }, account) => [
    { action: 'scheduler:GetSchedule', resource: scheduleArn(account, GroupName, Name) },
  ],
  ({ GroupName = 'default', Name = '' }, { account }) => {
    const found = schedules(account).get(`${GroupName}/${Name}`);
    if (found === undefined) throw new AwsError('ResourceNotFoundException', `Schedule ${Name} does not exist.`, 404);
    const { group, name, state, expression, createdAt, target, roleArn, taskDefinitionArn, input } = found;
    return {
      ...{ Arn: scheduleArn(account, group, name), GroupName: group, Name: name, State: state },
      ScheduleExpression: expression,
      CreationDate: new Date(createdAt),
      LastModificationDate: new Date(createdAt),
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        ...{ Arn: target, RoleArn: roleArn },
        ...(taskDefinitionArn === undefined ? {} : { EcsParameters: { TaskDefinitionArn: taskDefinitionArn } }),
        ...(input === undefined ? {} : { Input: input }),
      },
    };
  },
);
