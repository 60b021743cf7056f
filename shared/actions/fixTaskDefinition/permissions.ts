import { describes } from '../../account/workloadPermissions.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { fitsSession } from '../sessionPolicy.ts';
import { anyRole, familyOf, passesOn, registersIn } from '../targets/definitionPermissions.ts';
import { arnIn, checkedName, clusterArn, clusterOf } from '../targets/ecsTarget.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { chosenShape } from './types.ts';

/** What `ecs.fix-task-definition` needs on one service; once it has chosen, on one family and the roles of its revision. */
export function fixPermissions(target: ServiceTarget, chosen?: JsonObject): Permissions {
  const place = clusterOf(target);
  const { partition, account, region } = place;
  const service = arnIn(place, 'service', checkedName(target.service));
  const way = chosen === undefined ? undefined : chosenShape.parse(chosen);
  const read = [
    { action: 'ecs:DescribeServices', resource: service },
    { action: 'ecs:DescribeClusters', resource: clusterArn(place) },
    { action: 'ecs:DescribeServiceRevisions', resource: service },
    { action: 'ecs:DescribeServiceRevisions', resource: arnIn(place, 'service-revision', `${target.service}/*`) },
    // AWS authorises ListTasks on the container instances of the cluster, on Fargate too.
    { action: 'ecs:ListTasks', resource: arnIn(place, 'container-instance', '*') },
    { action: 'ecs:DescribeTasks', resource: arnIn(place, 'task', '*') },
    describes('ecs:DescribeTaskDefinition'),
    // Its images may be of any repository of the account.
    { action: 'ecr:DescribeImages', resource: `arn:${partition}:ecr:${region}:${account}:repository/*` },
  ];
  const write = [
    { action: 'ecs:UpdateService', resource: service },
    ...registersIn(place, way === undefined ? '*' : familyOf(way.definition)),
    ...(way === undefined ? [anyRole(place)] : way.roles).map(passesOn),
  ];
  // Names may be so long that no session policy holds them as often as this. Then what is changed stays narrow, and reads give way.
  return fitsSession([...read, ...write])
    ? { read, write }
    : { read: read.map(({ action }) => describes(action)), write };
}
