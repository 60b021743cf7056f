import type { IpPermission } from '@aws-sdk/client-ec2';
import { type Account, AwsError } from '../../account.ts';
import { canonicalCidr } from './cidr.ts';
import { groupWithId } from './groups.ts';
import type { Peer, StoredRule } from './vpc.ts';

/** A rule as it is asked for: each range, list and group of a permission is one of its own. */
export type AskedRule = Omit<StoredRule, 'id' | 'isEgress' | 'tags'>;

/** The short form of a call, for one IPv4 range. */
interface Short {
  readonly IpPermissions?: readonly IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: unknown;
  readonly ToPort?: unknown;
  readonly CidrIp?: string | undefined;
}

/** What a call asks for, in the long form or the short one; undefined when it names no permission. Throws AwsError. */
export function rulesAsked(account: Account, input: Short): readonly AskedRule[] | undefined {
  if (input.IpPermissions !== undefined) {
    return input.IpPermissions.flatMap((each) => rulesOf(account, each));
  }
  if (input.IpProtocol === undefined && input.CidrIp === undefined) return undefined;
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  return rulesOf(account, { IpProtocol, FromPort: port(FromPort), ToPort: port(ToPort), IpRanges: [{ CidrIp }] });
}

/** A form carries numbers as text. */
const port = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

function rulesOf(account: Account, permission: IpPermission): readonly AskedRule[] {
  const protocol = protocolOf(permission.IpProtocol);
  const { fromPort, toPort } = portsOf(protocol, permission);
  const peers = peersOf(account, permission);
  if (peers.length === 0) throw invalid('A rule needs a range, a prefix list or a security group.');
  return peers.map(({ description, ...peer }) => ({
    protocol,
    fromPort,
    toPort,
    peer,
    ...(description === undefined ? {} : { description }),
  }));
}

const NUMBERS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6', all: '-1' };

function protocolOf(asked = ''): string {
  const protocol = NUMBERS[asked.toLowerCase()] ?? asked.toLowerCase();
  if (/^(?:tcp|udp|icmp|icmpv6|-1)$/.test(protocol) || (/^\d{1,3}$/.test(protocol) && Number(protocol) < 256))
    return protocol;
  throw invalid(`Invalid value '${asked}' for IP protocol. Unknown protocol.`);
}

/** Ports of TCP and UDP, type and code of ICMP; all of any other. */
function portsOf(protocol: string, permission: IpPermission): { readonly fromPort: number; readonly toPort: number } {
  if (!/^(?:tcp|udp|icmp|icmpv6)$/.test(protocol)) return { fromPort: -1, toPort: -1 };
  const [fromPort, toPort] = [port(permission.FromPort), port(permission.ToPort)];
  const isIcmp = protocol.startsWith('icmp');
  if (fromPort === undefined || toPort === undefined) {
    if (isIcmp) return { fromPort: fromPort ?? -1, toPort: toPort ?? -1 };
    throw invalid(`Invalid value for portRange. Must specify both from and to ports with TCP/UDP.`);
  }
  const [least, most] = isIcmp ? [-1, 255] : [0, 65535];
  if (fromPort < least || toPort < least || fromPort > most || toPort > most) {
    throw invalid(`Invalid value '${fromPort}-${toPort}' for portRange.`);
  }
  if (!isIcmp && fromPort > toPort) throw invalid(`Invalid TCP/UDP port range (${fromPort}:${toPort})`);
  return { fromPort, toPort };
}

function peersOf(account: Account, permission: IpPermission): readonly (Peer & { description?: string | undefined })[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp, Description: description }) => ({
      kind: 'CidrIpv4' as const,
      value: cidr(CidrIp, 4),
      description,
    })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description: description }) => ({
      kind: 'CidrIpv6' as const,
      value: cidr(CidrIpv6, 6),
      description,
    })),
    ...PrefixListIds.map(({ PrefixListId = '', Description: description }) => ({
      kind: 'PrefixListId' as const,
      value: PrefixListId,
      description,
    })),
    ...UserIdGroupPairs.map(({ GroupId = '', Description: description }) => ({
      kind: 'GroupId' as const,
      value: groupWithId(account, GroupId).id,
      description,
    })),
  ];
}

function cidr(asked = '', version: 4 | 6): string {
  const found = canonicalCidr(asked, version);
  if (found === undefined) throw invalid(`CIDR block ${asked} is malformed`);
  return found;
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

/** Whether two rules are one for EC2: the description does not count. */
export const isSame = (one: AskedRule, other: AskedRule): boolean =>
  one.protocol === other.protocol &&
  one.fromPort === other.fromPort &&
  one.toPort === other.toPort &&
  one.peer.kind === other.peer.kind &&
  one.peer.value === other.peer.value;
