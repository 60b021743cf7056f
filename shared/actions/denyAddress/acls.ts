import type { Filter, NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { failureOf, namedFailure, unlessRefused } from '../../account/awsFailure.ts';
import type { Tag } from '../../account/owner.ts';
import { everyPage, type Reads } from '../../account/reads.ts';
import { blockOf, isIpv6, isWithin } from '../../finding/address.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';

/** By this tag a team says that entries may be added to a network ACL. IAM lets nobody of us change another one. */
export const markTag = 'firebreak:block';
export const markValue = 'allowed';

export const directions = ['ingress', 'egress'] as const;
type Direction = (typeof directions)[number];

/** Where an entry stands: one direction of one network ACL. */
export interface Place {
  readonly acl: string;
  readonly direction: Direction;
}

export const nameOf = ({ acl, direction }: Place): string => `${acl}/${direction}`;
export const inWords = (place: string): string => place.replace('/', ' (').concat(')');

const shape = /^(acl-[0-9a-f]{8,17})\/(ingress|egress)$/;

/** What is named goes into a policy: throws ActionFailed for what could widen it. */
export function placeOf(name: string): Place {
  const [, acl, direction] = shape.exec(name) ?? [];
  if (acl !== undefined && (direction === 'ingress' || direction === 'egress')) return { acl, direction };
  throw new ActionFailed('The plan names no network ACL', { evidence: { name } });
}

/** A network ACL as it is now. */
export interface AclNow {
  readonly id: string;
  readonly tags: readonly Tag[];
  readonly subnets: number;
  readonly marked: boolean;
  readonly entries: { readonly [direction in Direction]: readonly NetworkAclEntry[] };
}

/** Of another account's, which shares its VPC, nothing is changed. */
const ofAccount = ({ OwnerId }: NetworkAcl, { account }: AddressTarget): boolean => OwnerId === account;

const nowOf = ({ NetworkAclId: id = '', Tags = [], Associations = [], Entries = [] }: NetworkAcl): AclNow => ({
  id,
  tags: Tags,
  subnets: Associations.length,
  marked: Tags.some(({ Key, Value }) => Key === markTag && Value === markValue),
  entries: {
    ingress: Entries.filter(({ Egress }) => Egress !== true),
    egress: Entries.filter(({ Egress }) => Egress === true),
  },
});

async function aclsWith(Filters: Filter[], target: AddressTarget, read: Reads): Promise<readonly AclNow[]> {
  try {
    const { client, DescribeNetworkAclsCommand } = await read.aws.ec2();
    const pages = await everyPage(
      (NextToken) => client.send(new DescribeNetworkAclsCommand({ Filters, MaxResults: 1000, NextToken }), read.call),
      ({ NextToken }) => NextToken,
    );
    return pages
      .flatMap(({ NetworkAcls = [] }) => NetworkAcls)
      .filter((acl) => ofAccount(acl, target))
      .map(nowOf)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  } catch (error) {
    throw namedFailure(error, 'Reading the network ACLs of the VPCs');
  }
}

/** Those that a team has marked, and that a subnet has: one without lets through and stops nothing. @throws ActionFailed or Throttled */
export async function markedAcls(target: AddressTarget, read: Reads): Promise<readonly AclNow[]> {
  const found = await aclsWith([{ Name: `tag:${markTag}`, Values: [markValue] }], target, read);
  return found.filter(({ marked, subnets }) => marked && subnets > 0);
}

/** Those of these ids that are there, by a filter, which refuses none that is gone. @throws ActionFailed or Throttled */
export const aclsOf = async (ids: readonly string[], target: AddressTarget, read: Reads): Promise<readonly AclNow[]> =>
  ids.length === 0 ? [] : await aclsWith([{ Name: 'network-acl-id', Values: [...new Set(ids)] }], target, read);

/** The VPC of the account and Region in whose blocks an address lies, in words; undefined where it lies in none. @throws ActionFailed or Throttled */
export async function vpcAround({ id }: AddressTarget, read: Reads): Promise<string | undefined> {
  try {
    const { client, DescribeVpcsCommand } = await read.aws.ec2();
    const pages = await everyPage(
      (NextToken) => client.send(new DescribeVpcsCommand({ MaxResults: 1000, NextToken }), read.call),
      ({ NextToken }) => NextToken,
    );
    for (const {
      VpcId,
      CidrBlock,
      CidrBlockAssociationSet: v4 = [],
      Ipv6CidrBlockAssociationSet: v6 = [],
    } of pages.flatMap(({ Vpcs = [] }) => Vpcs)) {
      const blocks = [CidrBlock, ...v4.map((one) => one.CidrBlock), ...v6.map((one) => one.Ipv6CidrBlock)];
      const around = blocks.find((block) => block !== undefined && isWithin(id, block));
      if (around !== undefined) return `${around}, a block of ${VpcId}`;
    }
    return undefined;
  } catch (error) {
    throw namedFailure(error, `Reading whether ${id} is within a VPC`);
  }
}

/**
 * Adds the entry that denies an address, whatever the protocol. EC2 has no token for it: a number that is taken is refused.
 * @returns false where somebody has taken the number since
 * @throws ActionFailed or Throttled
 */
export async function addEntry(
  { acl, direction }: Place,
  address: string,
  number: number,
  read: Reads,
): Promise<boolean> {
  const block = isIpv6(address) ? { Ipv6CidrBlock: blockOf(address) } : { CidrBlock: blockOf(address) };
  try {
    const { client, CreateNetworkAclEntryCommand } = await read.aws.ec2();
    const said = { Protocol: '-1', RuleAction: 'deny', Egress: direction === 'egress', ...block } as const;
    await client.send(new CreateNetworkAclEntryCommand({ NetworkAclId: acl, RuleNumber: number, ...said }), read.call);
    return true;
  } catch (error) {
    if (failureOf(error)?.name === 'NetworkAclEntryAlreadyExists') return false;
    throw namedFailure(error, `Adding number ${number} to ${inWords(nameOf({ acl, direction }))}`);
  }
}

/** Takes an entry out by its number: EC2 does not ask what it says. One that is gone is as good as taken out. */
export async function takeOutEntry({ acl, direction }: Place, number: number, read: Reads): Promise<void> {
  const { client, DeleteNetworkAclEntryCommand } = await read.aws.ec2();
  const asked = { NetworkAclId: acl, RuleNumber: number, Egress: direction === 'egress' };
  await unlessRefused(['InvalidNetworkAclEntry.NotFound', 'InvalidNetworkAclID.NotFound'], () =>
    client.send(new DeleteNetworkAclEntryCommand(asked), read.call),
  );
}
