import type { Failure, RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs';
import { type Account, AwsError, operation } from '../../account.ts';
import { securityGroups as securityGroupsOf } from '../ec2/vpc.ts';
import { unresolved } from './deployment.ts';
import { describedTask } from './describe/task.ts';
import { launch } from './lifecycle.ts';
import { passedRoles } from './needs.ts';
import { type Placement, placesOf } from './placement.ts';
import { refuseUnknownPlatform, standsFor } from './platforms.ts';
import { oncePerToken } from './runTokens.ts';
import { NO_CAPACITY } from './shortage.ts';
import { type Cluster, clusterNamed, definitionNamed, ecsArn, lastPart, startableDefinition } from './state.ts';
import { tagsFrom } from './tagging.ts';
import { refuseOthers } from './unsupported.ts';

const KNOWN = [
  'clientToken',
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
    return oncePerToken(account, input, () => run(account, input));
  },
);

function run(account: Account, input: RunTaskRequest): RunTaskResponse {
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
  const securityGroups = groupsAsked(account, input);
  const { launchType = 'FARGATE', platformVersion = 'LATEST', startedBy, tags } = input;
  if (launchType === 'FARGATE') refuseUnknownPlatform(account, definition, platformVersion);
  const { places, shortage } = placesOf(cluster, definition, launchType === 'FARGATE' ? 'FARGATE' : 'EC2', count);
  const tasks = places.map(({ host }) =>
    launch(account, cluster, {
      definition,
      containers: unresolved(definition),
      group,
      ...(startedBy === undefined ? {} : { startedBy }),
      tags: tagsFrom(tags),
      host,
      platform: host === undefined ? standsFor(definition, platformVersion) : undefined,
      securityGroups,
    }),
  );
  return {
    tasks: tasks.map((task) => describedTask(account, cluster, task, true)),
    failures: failuresOf(cluster, shortage),
  };
}

/** One for each host that was considered, however many tasks found no place. */
function failuresOf(cluster: Cluster, shortage: Placement['shortage']): Failure[] {
  if (shortage === undefined) return [];
  if (shortage.reason === 'RESOURCE:FARGATE') return [{ reason: NO_CAPACITY }];
  if (shortage.reason === 'NO ACTIVE INSTANCES') return [{ reason: 'RESOURCE:*', arn: cluster.arn }];
  if (shortage.reason === 'RETIRED') return [{ reason: shortage.reason }];
  return shortage.hosts.map(({ host, reason }) => ({ arn: host.arn, reason }));
}

/** Throws AwsError InvalidParameterException for a group that is not there. */
function groupsAsked(account: Account, { networkConfiguration }: RunTaskRequest): readonly string[] | undefined {
  const { securityGroups } = networkConfiguration?.awsvpcConfiguration ?? {};
  if (securityGroups === undefined || securityGroups.length === 0) return undefined;
  const missing = securityGroups.find((id) => !securityGroupsOf(account).has(id));
  if (missing === undefined) return securityGroups;
  const message = `Error retrieving security group information for [${securityGroups.join(', ')}]: The security group '${missing}' does not exist (ErrorCode: InvalidGroup.NotFound)`;
  throw new AwsError('InvalidParameterException', message);
}
