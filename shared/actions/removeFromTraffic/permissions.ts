import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { fitsSession } from '../sessionPolicy.ts';
import { arnIn, type ClusterPlace, checkedName, clusterArn, clusterOf } from '../targets/ecsTarget.ts';
import { chosenShape, type TaskTarget } from './types.ts';

/** What ECS answered goes into a policy: throws ActionFailed for what is no target group of the account of the task. */
function checkedGroup({ partition, account, region }: ClusterPlace, arn: string): string {
  const start = `arn:${partition}:elasticloadbalancing:${region}:${account}:targetgroup/`;
  if (arn.startsWith(start) && /^[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/.test(arn.slice(start.length))) return arn;
  throw new ActionFailed('A target group of the service is none of its account, so no permission is given for it', {
    evidence: { arn },
  });
}

const untilPlanned = 'Its target groups are not known before its service was read; the step names each of them';

/**
 * What `ecs.remove-from-traffic` needs on one task. IAM scopes the two changing calls to a target group, and to no target of it (Service
 * Authorization Reference, Elastic Load Balancing V2): which target is taken out, the step bounds, which holds one address and port that ECS says
 * are the task's.
 */
export function trafficPermissions(target: TaskTarget, chosen?: JsonObject): Permissions {
  const place = clusterOf(target);
  const { partition, account, region } = place;
  const targets = chosen === undefined ? undefined : chosenShape.parse(chosen).targets;
  const groups =
    targets === undefined
      ? [`arn:${partition}:elasticloadbalancing:${region}:${account}:targetgroup/*`]
      : [...new Set(targets.map(({ group }) => checkedGroup(place, group)))];
  const read = [
    // Those of other tasks that are accused do not count as healthy.
    { action: 'ecs:DescribeTasks', resource: arnIn(place, 'task', '*') },
    { action: 'ecs:DescribeServices', resource: arnIn(place, 'service', serviceOf(target)) },
    { action: 'ecs:DescribeClusters', resource: clusterArn(place) },
    // A task with an interface of its own is no target by its host.
    ...(targets === undefined || targets.some(({ id }) => id.startsWith('i-'))
      ? [{ action: 'ecs:DescribeContainerInstances', resource: arnIn(place, 'container-instance', '*') }]
      : []),
    describes('elasticloadbalancing:DescribeTargetHealth'),
    describes('elasticloadbalancing:DescribeTargetGroupAttributes'),
  ];
  const write = ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'].flatMap((action) =>
    groups.map((resource) => ({ action, resource, ...(targets === undefined ? { why: untilPlanned } : {}) })),
  );
  // Names may be so long, and groups so many, that no session policy holds them. Then what is changed stays narrow, and reads give way.
  return fitsSession([...read, ...write])
    ? { read, write }
    : { read: read.map(({ action }) => describes(action)), write };
}

const serviceOf = ({ service }: TaskTarget): string => (service === null ? '*' : checkedName(service));
