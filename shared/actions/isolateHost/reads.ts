import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { everyPage, type Reads } from '../../account/reads.ts';
import { closedName, cutTag, groupTag, isolated, openName } from './types.ts';

/** A network interface that is attached to an instance. */
export interface Attached {
  readonly id: string;
  readonly vpc: string;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** A service of AWS has attached it, and nobody else may change it. */
  readonly isTheirs: boolean;
  /** The trunk, behind which tasks have interfaces of their own. */
  readonly isTrunk: boolean;
}

/** All interfaces of an instance, the secondary ones too, in the order of their ids. */
export async function readInterfaces(read: Reads, instance: string): Promise<readonly Attached[]> {
  const { client, DescribeNetworkInterfacesCommand } = await read.aws.ec2();
  const Filters = [{ Name: 'attachment.instance-id', Values: [instance] }];
  const pages = await everyPage(
    (NextToken) => client.send(new DescribeNetworkInterfacesCommand({ Filters, NextToken }), read.call),
    ({ NextToken }) => NextToken,
  );
  return pages
    .flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces)
    .map(({ NetworkInterfaceId: id = '', VpcId: vpc = '', Groups = [], RequesterManaged, InterfaceType }) => ({
      id,
      vpc,
      groups: Groups.map(({ GroupId = '', GroupName = '' }) => ({ id: GroupId, name: GroupName })),
      isTheirs: RequesterManaged === true || InterfaceType === 'trunk',
      isTrunk: InterfaceType === 'trunk',
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const isAlone = ({ groups }: Attached, name: string): boolean => groups.length === 1 && groups[0]?.name === name;

export const isClosed = (one: Attached, instance: string): boolean => isAlone(one, closedName(instance));
export const isOpened = (one: Attached, instance: string): boolean => isAlone(one, openName(instance));

/** By the names that EC2 gives with the interface itself: a list of groups may not show yet what was made moments ago. */
export const groupsText = (one: Attached, instance: string): string =>
  isClosed(one, instance) || isOpened(one, instance)
    ? isolated
    : one.groups
        .map(({ id }) => id)
        .toSorted()
        .join();

/** The security groups that were made for an instance: of each VPC a closed one, and while connections are ended one that is open. */
export async function readOwnGroups(read: Reads, instance: string): Promise<readonly SecurityGroup[]> {
  const { client, DescribeSecurityGroupsCommand } = await read.aws.ec2();
  const Filters = [{ Name: 'group-name', Values: [closedName(instance), openName(instance)] }];
  const pages = await everyPage(
    (NextToken) => client.send(new DescribeSecurityGroupsCommand({ Filters, NextToken }), read.call),
    ({ NextToken }) => NextToken,
  );
  return pages.flatMap(({ SecurityGroups = [] }) => SecurityGroups);
}

export const isOurs = ({ Tags = [] }: SecurityGroup, instance: string): boolean =>
  Tags.some(({ Key, Value }) => Key === groupTag && Value === instance);

/** Whether the connections that were open when its members came into it have been ended. */
export const isCut = ({ Tags = [] }: SecurityGroup): boolean => Tags.some(({ Key }) => Key === cutTag);

export const rulesOf = ({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): number =>
  IpPermissions.length + IpPermissionsEgress.length;

export interface Membership {
  readonly group: string;
  /** `InService`, `EnteringStandby`, `Standby`, `Terminating:Wait`. */
  readonly lifecycle: string;
}

/** The Auto Scaling group of an instance; undefined for one of none. */
export async function readMembership(read: Reads, instance: string): Promise<Membership | undefined> {
  const { client, DescribeAutoScalingInstancesCommand } = await read.aws.autoScaling();
  const { AutoScalingInstances = [] } = await client.send(
    new DescribeAutoScalingInstancesCommand({ InstanceIds: [instance] }),
    read.call,
  );
  const found = AutoScalingInstances.find(({ InstanceId }) => InstanceId === instance);
  if (found?.AutoScalingGroupName === undefined) return undefined;
  return { group: found.AutoScalingGroupName, lifecycle: found.LifecycleState ?? 'unknown' };
}

/** Out of service, or on its way there while a load balancer lets go of it. */
export const standsBy = ({ lifecycle }: Membership): boolean =>
  lifecycle === 'Standby' || lifecycle === 'EnteringStandby';
