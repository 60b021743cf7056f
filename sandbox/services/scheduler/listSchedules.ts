import type { ListSchedulesInput, ListSchedulesOutput } from '@aws-sdk/client-scheduler';
import { operation } from '../../account.ts';
import { pageOf, pageSize } from '../paging.ts';
import { scheduleArn, schedules } from './state.ts';

/** Schedules of a group, or of all of them, without what they give their targets. IAM does not scope it. */
export const listSchedules = operation<ListSchedulesInput, ListSchedulesOutput>(
  () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
  ({ GroupName, NamePrefix = '', State, MaxResults, NextToken }, { account }) => {
    const found = [...schedules(account).values()].filter(
      ({ group, name, state }) =>
        (GroupName === undefined || group === GroupName) &&
        name.startsWith(NamePrefix) &&
        (State === undefined || state === State),
    );
    const invalid = 'ValidationException';
    const page = pageOf(found, pageSize(MaxResults, 100, 100, invalid), NextToken, invalid);
    return {
      Schedules: page.items.map(({ group, name, state, createdAt, target }) => ({
        ...{ Arn: scheduleArn(account, group, name), GroupName: group, Name: name, State: state },
        CreationDate: new Date(createdAt),
        LastModificationDate: new Date(createdAt),
        Target: { Arn: target },
      })),
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    };
  },
);
