import type { Failure, RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs';
import { type Account, AwsError, operation } from '../../account.ts';
import { unresolved } from './deployment.ts';
import { describedTask } from './describe/task.ts';
import { launch } from './lifecycle.ts';
import { passedRoles } from './needs.ts';
import { leastLoaded } from './placement.ts';
import {
  type Cluster,
  clusterNamed,
  definitionNamed,
  ecsArn,
  lastPart,
  type StoredTaskDefinition,
  startableDefinition,
} from './state.ts';
import { tagsFrom } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';

const KNOWN = [
  'cluster',
  'taskDefinition',
  'count',
  'launchType',
  'group',
  'startedBy',
  'tags',
  'networkConfiguration',
  'platformVersion',
];

/** Starts tasks of no service. Each resolves its tags when it is pulled. */
export const runTask = operation<RunTaskRequest, RunTaskResponse>(
  (input, account) => {
    const definition = definitionNamed(account, input.taskDefinition ?? '');
    const tags = input.tags ?? [];
    const tasks = ecsArn(account, `task/${lastPart(input.cluster ?? 'default')}/*`);
    return [
      {
        action: 'ecs:RunTask',
        resource: definition?.arn ?? ecsArn(account, `task-definition/${input.taskDefinition}`),
      },
      ...(tags.length === 0
        ? []
        : [{ action: 'ecs:TagResource', resource: tasks, context: { 'ecs:CreateAction': 'RunTask' } }]),
      ...passedRoles(definition?.settings, account),
    ];
  },
  (input, { account }) => {
    refuseOthers(input, KNOWN);
    const cluster = clusterNamed(account, input.cluster);
    const definition = startableDefinition(account, input.taskDefinition);
    const { count = 1, group = `family:${definition.family}` } = input;
    if (!Number.isInteger(count) || count < 1 || count > 10) {
      throw new AwsError('InvalidParameterException', 'Count must be from 1 to 10.');
    }
    if (group.startsWith('service:')) {
      throw new AwsError(
        'InvalidParameterException',
        "Invalid namespace for group. Groups that begin with 'service:' are of services.",
      );
    }
    const started = Array.from({ length: count }, () => start(account, cluster, definition, { ...input, group }));
    const tasks = started.flatMap((task) => (task === undefined ? [] : [describedTask(account, cluster, task, true)]));
    const failures: Failure[] = tasks.length < count ? [{ reason: 'RESOURCE:*', arn: cluster.arn }] : [];
    return { tasks, failures };
  },
);

/** Undefined where there is no host for it. */
function start(
  account: Account,
  cluster: Cluster,
  definition: StoredTaskDefinition,
  { launchType = 'FARGATE', group, startedBy, tags }: RunTaskRequest & { readonly group: string },
) {
  const host = launchType === 'FARGATE' ? undefined : leastLoaded(cluster);
  if (launchType !== 'FARGATE' && host === undefined) return undefined;
  return launch(account, cluster, {
    definition,
    containers: unresolved(definition),
    group,
    ...(startedBy === undefined ? {} : { startedBy }),
    tags: tagsFrom(tags),
    host,
  });
}
