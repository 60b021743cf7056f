import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../../../sandbox/account.ts';
import { securityGroups } from '../../../sandbox/services/ec2/vpc.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const [group, other] = ['sg-0ca5e50000000001a', 'sg-0ca5e50000000001b'] as const;
const [name, otherName] = ['cases-open', 'cases-as-open'] as const;
const [description, tags] = ['until the VPN is there', { ticket: 'OPS-1', who: 'ana' }] as const;
const fromOffice = { protocol: 'tcp', from: 443, cidr: '10.0.0.0/16' };
const openRule = { protocol: 'tcp', from: 22, cidr: '0.0.0.0/0' };
const ssh = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description: description }],
};
const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const ruleOfOther = (ec2: EC2Client) =>
  ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: [ssh] }));

const tagging =
  (id: string) =>
  ({ ec2 }: { readonly ec2: EC2Client }) =>
    ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
const refusal = /not authorized to perform: ec2:CreateTags/;
const roleMayNot = 'The role, too, may tag nothing but rules, and none that is there already';

const accountGroups = (account: Account) =>
  [...securityGroups(account).values()].filter(({ name }) => !name.startsWith('firebreak-'));

/** A group with SSH open to the world, for which there once was a reason. */
export const it: ActionCase = {
  action: 'vpc.close-ingress',
  world: (its) => ({
    securityGroups: [
      { name, id: group, tags: its, ingress: [{ ...openRule, description, tags }, fromOffice] },
      { name: otherName, id: other, ingress: [openRule, fromOffice] },
    ],
    loadBalancers: [{ name: 'cases-door', securityGroups: [otherName] }],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'security-group', id: group, account, region },
    arn: `arn:aws:ec2:${region}:${account}:security-group/${group}`,
  }),
  finding: (stage) => configFinding(stage, 'config-security-group', group),
  when: ['compliance: { rule: [restricted-ssh] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      // What isolates a host is told of that host.
      accountGroups(account).map((one) => [
        `ingress of ${one.name}`,
        one.rules
          .filter(({ isEgress }) => !isEgress)
          .map((rule) =>
            [rule.fromPort, rule.peer.value, rule.description, Object.entries(rule.tags)].flat(2).join(' '),
          )
          .toSorted()
          .join(', '),
      ]),
    ),
  changes: {
    of: `ingress of ${name}`,
    from: '22 0.0.0.0/0 until the VPN is there ticket OPS-1 who ana, 443 10.0.0.0/16 ',
    to: '443 10.0.0.0/16 ',
  },
  byHand: (stage) =>
    asAdministrator(stage, EC2Client, (ec2) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: group,
          IpPermissions: [ssh],
          TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }],
        }),
      ),
    ),
  call: 'AuthorizeSecurityGroupIngress',
  elsewhere: {
    'ec2:RevokeSecurityGroupIngress': [{ call: ({ ec2 }) => ruleOfOther(ec2) }],
    'ec2:AuthorizeSecurityGroupIngress': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new AuthorizeSecurityGroupIngressCommand({
              GroupId: other,
              IpPermissions: [{ ...ssh, FromPort: 23, ToPort: 23 }],
            }),
          ),
      },
    ],
    // Whoever may only tag what they make tags nothing that is there.
    'ec2:CreateTags': [
      { call: tagging(other), refusal, roleMayNot },
      { call: tagging(group), refusal, roleMayNot },
    ],
  },
};
