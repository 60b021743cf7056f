import { AutoScalingClient, EnterStandbyCommand, ExitStandbyCommand } from '@aws-sdk/client-auto-scaling';
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../../../sandbox/account.ts';
import { groupOf, lifecycleOf } from '../../../sandbox/services/autoScaling/state.ts';
import { hosts, interfaceOf } from '../../../sandbox/services/ec2/interfaces.ts';
import { securityGroups, VPC } from '../../../sandbox/services/ec2/vpc.ts';
import type { Ec2Instance } from '../../../sandbox/services/ecs/state.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { instanceThreat } from '../../system/instanceThreat.ts';
import type { ActionCase } from '../actionCase.ts';

const id = 'i-0ca5e50000000001a';
const other = 'i-0ca5e50000000002b';
const [own, web, db] = ['sg-0ca5e5000000000a1', 'sg-0ca5e5000000000b2', 'sg-0ca5e5000000000c3'] as const;
/** What isolates the other host. */
const theirs = 'sg-0ca5e5000000000d4';
const tag = (Value: string) => ({ Key: 'firebreak:isolates', Value });
const eni = (instance: string): string => interfaceOf({ ec2InstanceId: instance } as Ec2Instance).eniId;

/** In the order in which it is in them; `closed` where it is in one alone and that has no rule. */
function network(account: Account, { securityGroups: ids }: Ec2Instance): string {
  const groups = ids.map((each) => securityGroups(account).get(each));
  const [first] = groups;
  if (groups.length === 1 && first?.rules.length === 0)
    return `closed in a group for ${first.tags['firebreak:isolates']}`;
  return groups.map((group) => group?.name ?? 'gone').join(', ');
}

function service(account: Account, host: Ec2Instance): string {
  if (groupOf(host) === undefined) return 'of no Auto Scaling group';
  return ['Standby', 'EnteringStandby'].includes(lifecycleOf(account, host.ec2InstanceId)) ? 'standing by' : 'serving';
}

/** No security group may be left that lets everything in and out, whatever becomes of a step. */
const opened = (account: Account): string =>
  [...securityGroups(account).values()]
    .filter(({ name, rules }) => name.startsWith('firebreak-') && rules.length > 0)
    .map(({ name }) => name)
    .join(', ');

/** A host of an Auto Scaling group that asks for a pool of miners. */
export const it: ActionCase = {
  action: 'ec2.isolate',
  world: (tags) => ({
    securityGroups: [
      { name: 'cases-web', id: web, ingress: [{ protocol: 'tcp', from: 443, cidr: '0.0.0.0/0' }] },
      { name: 'cases-db', id: db },
      { name: 'cases-own', id: own },
      { name: 'cases-theirs', id: theirs, tags: { 'firebreak:isolates': other } },
    ],
    roles: [{ name: 'cases-host' }],
    instances: [
      {
        ec2InstanceId: id,
        // Not in the order of their ids.
        securityGroups: ['cases-web', 'cases-own'],
        autoScalingGroup: 'cases-web',
        role: 'cases-host',
        tags,
      },
      { ec2InstanceId: other, securityGroups: ['cases-db'], autoScalingGroup: 'cases-db' },
    ],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'instance', id, account, region },
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  }),
  finding: (stage) => instanceThreat(stage, id),
  when: ['source: [guardduty]', `resource: { kind: [instance], id: [${id}] }`, 'status: [open]'],
  truth: (account) => ({
    ...Object.fromEntries(
      hosts(account).map((host) => [
        `network of ${host.ec2InstanceId}`,
        `${network(account, host)}; ${service(account, host)}`,
      ]),
    ),
    'groups of ours that are open': opened(account),
  }),
  changes: {
    of: `network of ${id}`,
    from: 'cases-web, cases-own; serving',
    to: `closed in a group for ${id}; standing by`,
  },
  byHand: async (stage) => {
    // What is still on its way to stand by cannot leave it.
    await stage.sandbox.clock.advance(30_000);
    await asAdministrator(stage, AutoScalingClient, (scaling) =>
      scaling.send(new ExitStandbyCommand({ AutoScalingGroupName: 'cases-web', InstanceIds: [id] })),
    );
    await asAdministrator(stage, EC2Client, (ec2) =>
      ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni(id), Groups: [web, own] })),
    );
  },
  call: 'ModifyNetworkInterfaceAttribute',
  elsewhere: {
    'ec2:ModifyNetworkInterfaceAttribute': [
      {
        call: ({ ec2 }) =>
          ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni(other), Groups: [web] })),
      },
      {
        call: ({ ec2 }) =>
          ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni(id), Groups: [db] })),
      },
    ],
    'ec2:AuthorizeSecurityGroupIngress': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new AuthorizeSecurityGroupIngressCommand({
              GroupId: theirs,
              IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
            }),
          ),
      },
    ],
    'ec2:AuthorizeSecurityGroupEgress': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new AuthorizeSecurityGroupEgressCommand({
              GroupId: theirs,
              IpPermissions: [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
            }),
          ),
      },
    ],
    'ec2:RevokeSecurityGroupIngress': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new RevokeSecurityGroupIngressCommand({
              GroupId: theirs,
              IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
            }),
          ),
      },
    ],
    'ec2:RevokeSecurityGroupEgress': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new RevokeSecurityGroupEgressCommand({
              GroupId: theirs,
              IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
            }),
          ),
      },
    ],
    'ec2:CreateSecurityGroup': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new CreateSecurityGroupCommand({
              GroupName: 'cases-new',
              Description: 'with the tag of another host',
              VpcId: VPC,
              TagSpecifications: [{ ResourceType: 'security-group', Tags: [tag(other)] }],
            }),
          ),
      },
    ],
    'ec2:CreateTags': [
      { call: ({ ec2 }) => ec2.send(new CreateTagsCommand({ Resources: [theirs], Tags: [tag(id)] })) },
      {
        call: ({ ec2 }) => ec2.send(new CreateTagsCommand({ Resources: [web], Tags: [tag(id)] })),
        refusal: /not authorized to perform: ec2:CreateTags .* because no identity-based policy allows/,
        roleMayNot: 'a group that is there already would be ours with the tag',
      },
    ],
    'ec2:DeleteSecurityGroup': [{ call: ({ ec2 }) => ec2.send(new DeleteSecurityGroupCommand({ GroupId: theirs })) }],
    'autoscaling:EnterStandby': [
      {
        call: ({ autoScaling }) =>
          autoScaling.send(
            new EnterStandbyCommand({
              AutoScalingGroupName: 'cases-db',
              InstanceIds: [other],
              ShouldDecrementDesiredCapacity: false,
            }),
          ),
      },
    ],
    'autoscaling:ExitStandby': [
      {
        call: ({ autoScaling }) =>
          autoScaling.send(new ExitStandbyCommand({ AutoScalingGroupName: 'cases-db', InstanceIds: [other] })),
      },
    ],
  },
  // Its miner is contained; what was taken of its role works on.
  pages: 1,
};
