import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { PortRange } from './types.ts';

/** A rule that lets something in, with all that it is made of: so it is saved, and made again. Its id is AWS's to give. */
export type Rule = {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, the number of another one, or `-1` for all. */
  readonly protocol: string;
  /** Ports of TCP and UDP, type and code of ICMP; -1 for all. */
  readonly from: number;
  readonly to: number;
  /** A block of addresses, or the id of a prefix list. */
  readonly peer: string;
  readonly description: string | null;
  /** Name and value, in order of their names. */
  readonly tags: readonly (readonly [string, string])[];
};

/** Rules by what makes two of them the same for EC2, in words: `tcp 22 from 0.0.0.0/0`. */
export type Rules = { readonly [name: string]: Rule };

/** A rule as EC2 shows it now. */
export interface Shown {
  readonly name: string;
  readonly id: string;
  readonly rule: Rule;
}

/** Nobody but AWS gives these. */
const ofAws = /^aws:/i;

/** Null for what lets in another security group: that stays, whatever it says. */
function shownOf(given: SecurityGroupRule): Shown | null {
  const { SecurityGroupRuleId: id, CidrIpv4, CidrIpv6, PrefixListId, Description, Tags = [] } = given;
  const peer = CidrIpv4 ?? CidrIpv6 ?? PrefixListId;
  if (id === undefined || peer === undefined) return null;
  const [protocol, from, to] = [given.IpProtocol ?? '-1', given.FromPort ?? -1, given.ToPort ?? -1];
  const tags = Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const).filter(([name]) => !ofAws.test(name));
  const rule: Rule = {
    ...{ protocol, from, to, peer },
    description: Description ?? null,
    tags: tags.toSorted(([one], [other]) => (one < other ? -1 : 1)),
  };
  return { name: nameOf(rule), id, rule };
}

export const shownRules = (given: readonly SecurityGroupRule[]): readonly Shown[] =>
  given.flatMap((one) => shownOf(one) ?? []);

const hasPorts = ({ protocol }: Rule): boolean => protocol === 'tcp' || protocol === 'udp';
const isAll = ({ protocol }: Rule): boolean => protocol === '-1';

export function nameOf(rule: Rule): string {
  const { protocol, from, to, peer } = rule;
  return `${traffic(rule, protocol, from, to)} from ${peer}`;
}

function traffic(rule: Rule, protocol: string, from: number, to: number): string {
  if (isAll(rule)) return 'all traffic';
  if (hasPorts(rule)) return `${protocol} ${wordsOf([from, to])}`;
  if (!protocol.startsWith('icmp')) return `protocol ${protocol}`;
  return from === -1 ? protocol : `${protocol} ${from}/${to}`;
}

const wordsOf = ([from, to]: PortRange): string => (from === to ? String(from) : `${from}-${to}`);

const inWords = (ranges: readonly PortRange[]): string => ranges.map(wordsOf).join(', ');

const everywhere: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Which ports are asked about; null: whatever it is. */
export type Ports = readonly PortRange[] | null;

export const portsInWords = (ports: Ports): string => (ports === null ? 'any port' : `port ${inWords(ports)}`);

const meets = (rule: Rule, ports: readonly PortRange[]): boolean =>
  isAll(rule) || (hasPorts(rule) && ports.some(([from, to]) => rule.from <= to && from <= rule.to));

/** Whether it lets the world in to one of these ports. */
export const isOpen = (rule: Rule, ports: Ports, alsoFrom: readonly string[]): boolean =>
  (everywhere.includes(rule.peer) || alsoFrom.includes(rule.peer)) && (ports === null || meets(rule, ports));

/** Whether it lets in more than to these ports, so that to take it away takes more. */
export function isWider(rule: Rule, ports: Ports): boolean {
  if (ports === null) return false;
  // All traffic begins and ends at -1, which no port covers.
  let covered = rule.from;
  for (const [from, to] of ports.toSorted(([one], [other]) => one - other)) {
    if (from <= covered && covered <= to) covered = to + 1;
  }
  return covered <= rule.to;
}

const web: readonly PortRange[] = [
  [80, 80],
  [443, 443],
];

/** 80 and 443, by which load balancers are asked. */
export const servesWeb = (rule: Rule): boolean => meets(rule, web);
export const servesWebAlone = (rule: Rule): boolean => hasPorts(rule) && !isWider(rule, web);

/** What EC2 is asked for to make it again. */
export function permissionOf({ protocol, from, to, peer, description }: Rule): IpPermission {
  const said = description === null ? {} : { Description: description };
  const ports = /^(?:tcp|udp|icmp|icmpv6)$/.test(protocol) ? { FromPort: from, ToPort: to } : {};
  return { IpProtocol: protocol, ...ports, ...peerOf(peer, said) };
}

function peerOf(peer: string, said: { readonly Description?: string }): IpPermission {
  if (peer.startsWith('pl-')) return { PrefixListIds: [{ PrefixListId: peer, ...said }] };
  return peer.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: peer, ...said }] } : { IpRanges: [{ CidrIp: peer, ...said }] };
}
