import type { JsonObject } from '../../platform/json.ts';
import type { Permissions } from '../contract.ts';
import { anyRole, familyOf, passesOn, registersIn } from '../targets/definitionPermissions.ts';
import { fitted, readsDeployed, serviceArn } from '../targets/deployPermissions.ts';
import { type ClusterPlace, clusterOf } from '../targets/ecsTarget.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Chosen, chosenShape } from './types.ts';

/** What `ecs.fix-task-definition` needs on one service; once it has chosen, on one family and the roles of its revision. */
export function fixPermissions(target: ServiceTarget, chosen?: JsonObject): Permissions {
  const place = clusterOf(target);
  const { partition, account, region } = place;
  const way = chosen === undefined ? undefined : chosenShape.parse(chosen);
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
    { action: 'ecs:UpdateService', resource: serviceArn(place, target.service) },
    ...registersIn(place, way === undefined ? '*' : familyOf(way.definition)),
    ...roles.map(passesOn),
  ];
  return fitted({ read: [...readsDeployed(place, target.service), ...looks], write });
}

/** Those of the account and Region: of others nothing is asked. */
const ownIn = ({ partition, account, region }: ClusterPlace, { secrets = [] }: Chosen): readonly string[] =>
  secrets.filter((arn) => arn.startsWith(`arn:${partition}:secretsmanager:${region}:${account}:secret:`));
