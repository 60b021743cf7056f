import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Permission, Permissions } from '../contract.ts';
import { type InstanceTarget, placeOfInstance } from '../targets/instanceTarget.ts';
import { type Chosen, chosenShape, groupTag } from './types.ts';

const ids = {
  'network-interface': /^eni-[0-9a-f]{8,17}$/,
  'security-group': /^sg-[0-9a-f]{8,17}$/,
  vpc: /^vpc-[0-9a-f]{8,17}$/,
};

/** What EC2 and Auto Scaling answered goes into a policy: throws ActionFailed for what could widen it. */
function checked(kind: keyof typeof ids, id: string): string {
  if (ids[kind].test(id)) return id;
  throw new ActionFailed(`There is no valid id of a ${kind}, so no permission is given for it`, { evidence: { id } });
}

/** In the name of a group may stand anything; in an ARN it must be no wildcard, no variable and no end. */
function checkedGroup(name: string): string {
  if (/^[^*?$:\p{Cc}]{1,255}$/u.test(name)) return name;
  throw new ActionFailed('The Auto Scaling group has a name that no permission can be bound to');
}

const untilPlanned = 'Its interfaces and groups are not known before they were read; the step names each of them';

const bounded = 'The group has no id before it is made; its tag bounds it to this one host';

const changing = 'ec2:ModifyNetworkInterfaceAttribute';

/** What `ec2.isolate` needs on one host. A group of ours is bound by its tag to this one instance. */
export function isolatePermissions(target: InstanceTarget, given?: JsonObject): Permissions {
  const { partition, account, region } = placeOfInstance(target);
  const ec2 = (rest: string): string => `arn:${partition}:ec2:${region}:${account}:${rest}`;
  const anyGroup = ec2('security-group/*');
  // The role is for every host, a step for one.
  const [operator, tagged] = given === undefined ? ['StringLike', 'i-*'] : ['StringEquals', target.id];
  const onOurs = (key: string) => ({ [operator]: { [`${key}/${groupTag}`]: tagged } });
  const ours: readonly Permission[] = [
    // Before the plan has chosen, it stands with all groups below.
    ...(given === undefined ? [] : [changing]),
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:CreateTags',
    'ec2:DeleteSecurityGroup',
    'ec2:RevokeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupIngress',
  ].map((action) => ({ action, resource: anyGroup, condition: onOurs('aws:ResourceTag'), why: bounded }));
  return {
    read: [
      describes('ec2:DescribeInstances'),
      describes('ec2:DescribeNetworkInterfaces'),
      describes('ec2:DescribeSecurityGroups'),
      describes('autoscaling:DescribeAutoScalingInstances'),
    ],
    write: [
      ...ours,
      { action: 'ec2:CreateSecurityGroup', resource: anyGroup, condition: onOurs('aws:RequestTag'), why: bounded },
      // A tag on a group that is there already would bind it to us.
      {
        action: 'ec2:CreateTags',
        resource: anyGroup,
        condition: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } },
        why: bounded,
      },
      ...(given === undefined
        ? unknown(ec2, `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup`)
        : named(ec2, `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup`, chosenShape.parse(given))),
    ],
  };
}

type Arn = (rest: string) => string;

/** Before the plan has chosen: any. */
const unknown = (ec2: Arn, scaling: string): readonly Permission[] => [
  { action: changing, resource: ec2('network-interface/*'), why: untilPlanned },
  { action: changing, resource: ec2('security-group/*'), why: untilPlanned },
  { action: 'ec2:CreateSecurityGroup', resource: ec2('vpc/*'), why: untilPlanned },
  ...standby(`${scaling}:*:autoScalingGroupName/*`, untilPlanned),
];

const named = (ec2: Arn, scaling: string, { interfaces, groups, standsBy }: Chosen): readonly Permission[] => [
  ...Object.keys(interfaces).map((id) => ({
    action: changing,
    resource: ec2(`network-interface/${checked('network-interface', id)}`),
  })),
  ...groups.map((id) => ({ action: changing, resource: ec2(`security-group/${checked('security-group', id)}`) })),
  ...[...new Set(Object.values(interfaces))].map((id) => ({
    action: 'ec2:CreateSecurityGroup',
    resource: ec2(`vpc/${checked('vpc', id)}`),
  })),
  // The id of a group of Auto Scaling stands before its name, which is unique in the Region.
  ...(standsBy === null ? [] : standby(`${scaling}:*:autoScalingGroupName/${checkedGroup(standsBy)}`)),
];

const standby = (resource: string, why?: string): readonly Permission[] =>
  ['autoscaling:EnterStandby', 'autoscaling:ExitStandby'].map((action) => ({
    action,
    resource,
    ...(why === undefined ? {} : { why }),
  }));
