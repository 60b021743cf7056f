import { CreateNetworkAclEntryCommand, DeleteNetworkAclEntryCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DEFAULT_ACL, networkAcls, type StoredAcl } from '../../../sandbox/services/ec2/networkAcls.ts';
import { addressResource } from '../../../shared/finding/address.ts';
import { addressThreat } from '../../system/addressThreat.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import type { Elsewhere } from '../../system/elsewhere.ts';
import type { ActionCase } from '../actionCase.ts';

const host = 'i-0dea1000000000aaa';
/** Of AS112, where nobody is: an address that is reachable, and nobody's who attacks (RFC 7534). */
const address = '192.175.48.11';
const marked = 'acl-0dea1000000000aaa';
/** Its entries may be changed, too; no subnet has it. */
const beside = 'acl-0dea1000000000ccc';
/** Nobody has said that its entries may be changed. */
const unmarked = 'acl-0dea1000000000bbb';

const all = { number: 100, action: 'allow', protocol: 'all', cidr: '0.0.0.0/0' } as const;
const theirs = { number: 1, action: 'deny', protocol: 'all', cidr: '192.175.48.128/25' } as const;

const contents = ({ entries }: StoredAcl): string =>
  [false, true]
    .map((egress) =>
      entries
        .filter((entry) => entry.egress === egress)
        .toSorted((one, other) => one.number - other.number)
        .map(({ number, action, cidr }) => `${number} ${action} ${cidr}`)
        .join(', '),
    )
    .join('; ');

const [ends, allowed] = ['32767 deny 0.0.0.0/0', '100 allow 0.0.0.0/0'];
const before = [`1 deny ${theirs.cidr}, ${allowed}, ${ends}`, `${allowed}, ${ends}`];
const after = [
  `1 deny ${theirs.cidr}, 2 deny ${address}/32, ${allowed}, ${ends}`,
  `1 deny ${address}/32, ${allowed}, ${ends}`,
];

const own = { NetworkAclId: marked, RuleNumber: 2, Egress: false };

const adding =
  (NetworkAclId: string): Elsewhere['call'] =>
  ({ ec2 }) => {
    const said = { Protocol: '-1', RuleAction: 'deny', CidrBlock: `${address}/32` } as const;
    return ec2.send(new CreateNetworkAclEntryCommand({ ...said, NetworkAclId, RuleNumber: 1, Egress: false }));
  };
const takingOut =
  (NetworkAclId: string, RuleNumber: number): Elsewhere['call'] =>
  ({ ec2 }) =>
    ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress: false }));
const unlessMarked = {
  refusal: /because no identity-based policy allows the ec2:(?:Create|Delete)NetworkAclEntry action/,
  roleMayNot: 'Without the tag, not even the role may change it',
};

/** Somebody tries the passwords of a host, from an address that its network ACL lets through. */
export const it: ActionCase = {
  action: 'vpc.block-address',
  world: (tags) => ({
    instances: [{ ec2InstanceId: host }],
    networkAcls: [
      {
        id: marked,
        subnet: true,
        tags: { 'firebreak:block': 'allowed', ...tags },
        ingress: [theirs, all],
        egress: [all],
      },
      { id: beside, tags: { 'firebreak:block': 'allowed' }, ingress: [{ ...theirs, number: 7 }, all], egress: [all] },
      { id: unmarked, tags: { 'firebreak:block': 'no' }, ingress: [{ ...theirs, number: 7 }, all], egress: [all] },
    ],
  }),
  target: ({ account, region }) => ({ ...addressResource(address, { account, region }), account, region }),
  incident: ({ account, region }) => `instance/${account}/${region}/${host}`,
  finding: (stage) => addressThreat(stage, host, address),
  when: ['source: [guardduty]', `resource: { kind: [instance], id: [${host}] }`, 'status: [open]'],
  truth: (account) => Object.fromEntries([...networkAcls(account).values()].map((acl) => [acl.id, contents(acl)])),
  changes: { of: marked, from: before.join('; '), to: after.join('; ') },
  byHand: (stage) =>
    asAdministrator(stage, EC2Client, async (client) => {
      await client.send(new DeleteNetworkAclEntryCommand(own));
      await client.send(new DeleteNetworkAclEntryCommand({ ...own, RuleNumber: 1, Egress: true }));
    }),
  call: 'DeleteNetworkAclEntry',
  // Whoever is at that address is not put out of the host by it.
  pages: 1,
  elsewhere: {
    'ec2:CreateNetworkAclEntry': [
      { call: adding(beside) },
      ...[unmarked, DEFAULT_ACL].map((id) => ({ call: adding(id), ...unlessMarked })),
    ],
    'ec2:DeleteNetworkAclEntry': [
      { call: takingOut(beside, 7) },
      { call: takingOut(unmarked, 7), ...unlessMarked },
      { call: takingOut(DEFAULT_ACL, 100), ...unlessMarked },
    ],
  },
};
