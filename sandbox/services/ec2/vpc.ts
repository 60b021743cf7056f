import { type Account, slice } from '../../account.ts';

/** The one VPC, which is not a default one, and its one subnet, which is as large. */
export const VPC = 'vpc-0a1b2c3d4e5f60718';
export const SUBNET = 'subnet-0a1b2c3d4e5f60718';
export const CIDR = '10.0.0.0/16';
/** Id of the security group `default` of the VPC. */
export const DEFAULT_GROUP = 'sg-0a1b2c3d4e5f60718';

export interface Tags {
  readonly [key: string]: string;
}

/** Where a rule lets traffic come from, or go to. */
export interface Peer {
  readonly kind: 'CidrIpv4' | 'CidrIpv6' | 'PrefixListId' | 'GroupId';
  readonly value: string;
}

export interface StoredRule {
  readonly id: string;
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, the number of another, or `-1` for all. */
  readonly protocol: string;
  /** -1 for all. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: Peer;
  readonly description?: string;
  tags: Tags;
}

export interface StoredGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  rules: readonly StoredRule[];
  tags: Tags;
}

/** What a new group has: everything may go out ("the security group has a default outbound rule", VPC user guide). */
export const allOut = (id: string): StoredRule => ({
  id,
  isEgress: true,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: { kind: 'CidrIpv4', value: '0.0.0.0/0' },
  tags: {},
});

/** By id. From the beginning there is the VPC's own, whose members may reach each other. */
export const securityGroups = slice(
  'ec2.securityGroups',
  () =>
    new Map<string, StoredGroup>([
      [
        DEFAULT_GROUP,
        {
          id: DEFAULT_GROUP,
          name: 'default',
          description: 'default VPC security group',
          rules: [
            {
              ...allOut('sgr-0a1b2c3d4e5f60718'),
              isEgress: false,
              peer: { kind: 'GroupId', value: DEFAULT_GROUP },
            },
            allOut('sgr-0a1b2c3d4e5f60719'),
          ],
          tags: {},
        },
      ],
    ]),
);

export const ec2Arn = (account: Account, rest: string): string => `arn:aws:ec2:${account.region}:${account.id}:${rest}`;

export const groupArn = (account: Account, id: string): string => ec2Arn(account, `security-group/${id}`);
