import type { RestRequest, Service } from '../../account.ts';
import { getSchedule } from './getSchedule.ts';
import { listSchedules } from './listSchedules.ts';

const PATH = /^\/schedules(?:\/(?<name>[^/]+))?$/;

/** Query parameters by the names that the API gives them (Scheduler API reference). */
function route({ method, path, query }: RestRequest) {
  const found = method === 'GET' ? PATH.exec(path) : null;
  if (found === null) return undefined;
  const { name } = found.groups ?? {};
  const given = (parameter: string, field: string) => {
    const value = query.get(parameter);
    return value === null ? {} : { [field]: field === 'MaxResults' ? Number(value) : value };
  };
  if (name !== undefined) {
    return { operation: 'GetSchedule', input: { Name: decodeURIComponent(name), ...given('groupName', 'GroupName') } };
  }
  return {
    operation: 'ListSchedules',
    input: {
      ...given('ScheduleGroup', 'GroupName'),
      ...given('NamePrefix', 'NamePrefix'),
      ...given('State', 'State'),
      ...given('MaxResults', 'MaxResults'),
      ...given('NextToken', 'NextToken'),
    },
  };
}

/** Amazon EventBridge Scheduler, as far as it shows what it would start. */
export const schedulerService: Service = {
  name: 'scheduler',
  protocol: 'rest-json',
  route,
  operations: { GetSchedule: getSchedule, ListSchedules: listSchedules },
};
