import { describes } from '../../account/workloadPermissions.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { fitsSession } from '../sessionPolicy.ts';
import { anyRole, familyOf, passesOn, registersIn } from '../targets/definitionPermissions.ts';
import { arnIn, type ClusterPlace, checkedName, clusterArn, clusterOf } from '../targets/ecsTarget.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Chosen, chosenShape } from './types.ts';

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
  const roles = way === undefined ? [anyRole(place)] : way.roles;
  const secrets =
    way === undefined ? [`arn:${partition}:secretsmanager:${region}:${account}:secret:*`] : ownIn(place, way);
  const looks = [
    ...secrets.flatMap((secret) =>
      // Never GetSecretValue: that a value is new is known by when its version was made.
      ['DescribeSecret', 'ListSecretVersionIds'].map((call) => ({
        action: `secretsmanager:${call}`,
        resource: secret,
      })),
    ),
    ...(secrets.length === 0 ? [] : roles.map((role) => ({ action: 'iam:SimulatePrincipalPolicy', resource: role }))),
  ];
  const write = [
    { action: 'ecs:UpdateService', resource: service },
    ...registersIn(place, way === undefined ? '*' : familyOf(way.definition)),
    ...roles.map(passesOn),
  ];
  // Names may be so long that no session policy holds them as often as this. Then what is changed stays narrow, and reads give way.
  const all = [...read, ...looks];
  if (fitsSession([...all, ...write])) return { read: all, write };
  return { read: [...new Set(all.map(({ action }) => action))].map(describes), write };
}

/** Those of the account and Region: of others nothing is asked. */
const ownIn = ({ partition, account, region }: ClusterPlace, { secrets = [] }: Chosen): readonly string[] =>
  secrets.filter((arn) => arn.startsWith(`arn:${partition}:secretsmanager:${region}:${account}:secret:`));
