import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { type Account, type Needed, slice } from '../../account.ts';
import { named } from './ids.ts';
import { compared, shown } from './tagging.ts';
import { ec2Arn, SUBNET, type Tags, VPC } from './vpc.ts';

/** An entry (a rule) of a network ACL; the lowest number that matches a packet decides. */
export interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** `6` (TCP), `17` (UDP), or `-1` for all. */
  readonly protocol: string;
  /** A block of IPv4 or IPv6. */
  readonly cidr: string;
  /** Of TCP and UDP. */
  readonly ports?: { readonly from: number; readonly to: number };
}

export interface StoredAcl {
  readonly id: string;
  readonly isDefault: boolean;
  /** Whether the one subnet has it. */
  subnet: boolean;
  /** With the rule that stands at the end (`*`). */
  entries: readonly AclEntry[];
  readonly tags: Tags;
}

/** Id of the default network ACL of the VPC. */
export const DEFAULT_ACL = 'acl-0a1b2c3d4e5f60718';

const everything = { protocol: '-1', cidr: '0.0.0.0/0' } as const;

/** "This quota includes the default deny rules (rule number 32767 for IPv4 and 32768 for IPv6)" (VPC quotas); the VPC has no IPv6 block. */
export const lastRules: readonly AclEntry[] = [false, true].map((egress) => ({
  ...{ ...everything, egress },
  ...{ number: 32_767, action: 'deny' },
}));

/** "By default, it allows all inbound and outbound IPv4 traffic" (VPC user guide, "Default network ACL"). */
const allAllowed: readonly AclEntry[] = [false, true].map((egress) => ({
  ...{ ...everything, egress },
  ...{ number: 100, action: 'allow' },
}));

/** By id. From the beginning there is the VPC's own, which the subnet has until another one takes its place. */
export const networkAcls = slice(
  'ec2.networkAcls',
  () =>
    new Map<string, StoredAcl>([
      [
        DEFAULT_ACL,
        { id: DEFAULT_ACL, isDefault: true, subnet: true, entries: [...allAllowed, ...lastRules], tags: {} },
      ],
    ]),
);

/** Those of these ids. Throws AwsError `InvalidNetworkAclID.Malformed` or `InvalidNetworkAclID.NotFound`. */
export const aclsNamed = (account: Account, ids: readonly string[]): readonly StoredAcl[] =>
  named([...networkAcls(account).values()], ids, ({ id }) => id, {
    code: 'InvalidNetworkAclID',
    noun: 'networkAcl',
    prefix: 'acl',
  });

/** What a changing call on a network ACL needs: its tags may decide. */
export const onAcl = (account: Account, action: string, id = ''): Needed => ({
  action,
  resource: ec2Arn(account, `network-acl/${id}`),
  ...compared('aws:ResourceTag', networkAcls(account).get(id)?.tags ?? {}),
});

export const isV6 = ({ cidr }: Pick<AclEntry, 'cidr'>): boolean => cidr.includes(':');

/** In order of direction and number, as EC2 lists them. */
export const describedAcl = (account: Account, { id, isDefault, subnet, entries, tags }: StoredAcl): NetworkAcl => ({
  NetworkAclId: id,
  VpcId: VPC,
  OwnerId: account.id,
  IsDefault: isDefault,
  Associations: subnet
    ? [{ NetworkAclAssociationId: `aclassoc-${id.slice('acl-'.length)}`, NetworkAclId: id, SubnetId: SUBNET }]
    : [],
  Entries: entries
    .toSorted((one, other) => Number(other.egress) - Number(one.egress) || one.number - other.number)
    .map((entry) => ({
      RuleNumber: entry.number,
      Egress: entry.egress,
      Protocol: entry.protocol,
      RuleAction: entry.action,
      ...(isV6(entry) ? { Ipv6CidrBlock: entry.cidr } : { CidrBlock: entry.cidr }),
      ...(entry.ports === undefined ? {} : { PortRange: { From: entry.ports.from, To: entry.ports.to } }),
    })),
  Tags: shown(tags),
});
