import { describes } from '../../account/workloadPermissions.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permission, Permissions, Target } from '../contract.ts';
import { fitsSession } from '../sessionPolicy.ts';
import { anyRole, familyOf, passesOn, registersIn } from '../targets/definitionPermissions.ts';
import { arnIn, checkedName, clusterArn, clusterOf } from '../targets/ecsTarget.ts';
import { chosenShape, releaseShape, type ServiceTarget } from './types.ts';

/**
 * What a rollback needs besides the service: to pass on the roles of the definitions between which it goes, and, where the
 * tags have moved, to register a copy that names its images by digest.
 */
function rollbackPermissions(target: ServiceTarget, chosen: JsonObject | undefined): readonly Permission[] {
  const place = clusterOf(target);
  const register = (family: string): readonly Permission[] => registersIn(place, family);
  const way = chosen === undefined ? undefined : chosenShape.parse(chosen);
  const named = releaseShape.safeParse(chosen).data?.release;
  if (named !== undefined) {
    const copies = Object.keys(named.pins).length > 0 ? register(familyOf(named.taskDefinition)) : [];
    return [...copies, ...named.roles.map(passesOn)];
  }
  if (way === undefined) return [...register('*'), passesOn(anyRole(place))];
  if (way.how !== 'rollback') return [];
  const passes = way.passes.map(passesOn);
  const copied = [way.clean, way.from].filter(({ pins }) => Object.keys(pins).length > 0);
  const families = new Set(copied.map(({ taskDefinition }) => familyOf(taskDefinition)));
  return [...[...families].flatMap(register), ...passes];
}

const ofItsCluster =
  "A task's ARN names its cluster and not its service, and new tasks start meanwhile; only tasks of the service's group are stopped";

/** What `ecs.contain-service` needs on one service. */
export function servicePermissions(target: Target<'ecs-service'>, chosen?: JsonObject): Permissions {
  const cluster = clusterOf(target);
  const service = arnIn(cluster, 'service', checkedName(target.service));
  const tasks = arnIn(cluster, 'task', '*');
  const { partition, account, region } = cluster;
  const needed: Permissions = {
    read: [
      { action: 'ecs:DescribeServices', resource: service },
      { action: 'ecs:DescribeClusters', resource: clusterArn(cluster) },
      { action: 'ecs:ListServiceDeployments', resource: service },
      { action: 'ecs:DescribeServiceRevisions', resource: service },
      { action: 'ecs:DescribeServiceRevisions', resource: arnIn(cluster, 'service-revision', `${target.service}/*`) },
      // AWS authorises ListTasks on the container instances of the cluster, on Fargate too.
      { action: 'ecs:ListTasks', resource: arnIn(cluster, 'container-instance', '*') },
      { action: 'ecs:DescribeTasks', resource: tasks },
      { action: 'ecs:GetTaskProtection', resource: tasks },
      describes('ecs:DescribeTaskDefinition'),
      describes('application-autoscaling:DescribeScalableTargets'),
      // The clean version may be of any repository of the account.
      { action: 'ecr:DescribeImages', resource: `arn:${partition}:ecr:${region}:${account}:repository/*` },
    ],
    write: [
      { action: 'ecs:UpdateService', resource: service },
      { action: 'ecs:StopTask', resource: tasks, why: ofItsCluster },
      { action: 'ecs:UpdateTaskProtection', resource: tasks, why: ofItsCluster },
      {
        action: 'application-autoscaling:RegisterScalableTarget',
        resource: `arn:${partition}:application-autoscaling:${region}:${account}:scalable-target/*`,
        condition: { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } },
        why: 'A scalable target has an id that AWS makes up; the namespace bounds it to services of ECS',
      },
      ...rollbackPermissions(target, chosen),
    ],
  };
  return withinSession(needed);
}

/** Names may be so long that no session policy holds them as often as this. Then what is changed stays narrow, and reads give way. */
const withinSession = ({ read, write }: Permissions): Permissions =>
  fitsSession([...read, ...write]) ? { read, write } : { read: read.map(({ action }) => describes(action)), write };
