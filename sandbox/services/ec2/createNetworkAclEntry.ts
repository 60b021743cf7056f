import type { CreateNetworkAclEntryRequest } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { canonicalCidr } from './cidr.ts';
import { refuseDryRun } from './dryRun.ts';
import { entryAsked, invalid } from './networkAclEntry.ts';
import { type AclEntry, isV6, onAcl, type StoredAcl } from './networkAcls.ts';
import { refuseOthers } from './unsupported.ts';

/**
 * "Rules per network ACL: 20", "a one-way quota", "enforced separately for IPv4 rules and IPv6 rules", which "includes the default deny rules"
 * (VPC quotas). Nobody has asked for more here.
 */
const MOST = 20;

const KNOWN = [
  ...['NetworkAclId', 'RuleNumber', 'Egress', 'Protocol', 'RuleAction'],
  ...['CidrBlock', 'Ipv6CidrBlock', 'PortRange', 'DryRun'],
];

/** Adds an entry: a number that an entry of the same direction has is refused, whatever it says. */
export const createNetworkAclEntry = operation<CreateNetworkAclEntryRequest, object>(
  (input, account) => [onAcl(account, 'ec2:CreateNetworkAclEntry', input.NetworkAclId)],
  (input, { account }) => {
    refuseDryRun(input);
    const { acl, number, egress } = entryAsked(account, input);
    refuseOthers(input, KNOWN);
    const entry = { number, egress, ...saidBy(input) };
    refuseTaken(acl, entry);
    acl.entries = [...acl.entries, entry];
    return {};
  },
);

function refuseTaken({ entries }: StoredAcl, entry: AclEntry): void {
  const there = entries.filter(({ egress }) => egress === entry.egress);
  if (there.some(({ number }) => number === entry.number)) {
    throw new AwsError(
      'NetworkAclEntryAlreadyExists',
      `The network acl entry identified by ${entry.number} already exists.`,
    );
  }
  if (there.filter((one) => isV6(one) === isV6(entry)).length < MOST) return;
  throw new AwsError('NetworkAclEntryLimitExceeded', 'The maximum number of network acl entries has been reached.');
}

function saidBy(input: CreateNetworkAclEntryRequest): Pick<AclEntry, 'action' | 'protocol' | 'cidr' | 'ports'> {
  const { RuleAction: action, Protocol: protocol, CidrBlock, Ipv6CidrBlock } = input;
  if (action === undefined) throw missing('ruleAction');
  if (action !== 'allow' && action !== 'deny') throw invalid('ruleAction', action);
  if (protocol === undefined) throw missing('protocol');
  if ((CidrBlock === undefined) === (Ipv6CidrBlock === undefined)) {
    throw new AwsError('InvalidParameterCombination', 'Exactly one of cidrBlock and ipv6CidrBlock must be specified.');
  }
  const given = CidrBlock ?? Ipv6CidrBlock ?? '';
  const cidr = canonicalCidr(given, CidrBlock === undefined ? 6 : 4);
  if (cidr === undefined) throw invalid('cidrBlock', given);
  return { action, protocol, cidr, ...portsOf(protocol, input) };
}

/** "PortRange: TCP or UDP protocols: the range of ports the rule applies to. Required if specifying protocol 6 (TCP) or 17 (UDP)." */
function portsOf(protocol: string, { PortRange }: CreateNetworkAclEntryRequest): Pick<AclEntry, 'ports'> {
  if (!/^(?:-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255) throw invalid('protocol', protocol);
  if (protocol === '1' || protocol === '58') {
    throw new AwsError('UnsupportedOperation', 'The sandbox knows no entries of ICMP.');
  }
  if (protocol !== '6' && protocol !== '17') return {};
  // A form carries numbers as text.
  const [from, to] = [Number(PortRange?.From), Number(PortRange?.To)];
  if (PortRange === undefined) throw missing('portRange');
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= 65_535)) {
    throw invalid('portRange', `${PortRange.From}-${PortRange.To}`);
  }
  return { ports: { from, to } };
}

const missing = (name: string): AwsError =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
