import { createHash } from 'node:crypto';
import type { GroupIdentifier, NetworkInterface } from '@aws-sdk/client-ec2';
import type { Account } from '../../account.ts';
import { taskInterfaces } from '../ecs/network.ts';
import { clusters, type Ec2Instance, otherInstances } from '../ecs/state.ts';
import { balancerInterfaces, type LoadBalancer, writtenOn } from './balancers.ts';
import { elasticOf } from './elasticIps.ts';
import { named } from './ids.ts';
import { ec2Arn, SUBNET, securityGroups, VPC } from './vpc.ts';

/** The interface of a task, or the one of a host or of a load balancer. */
export interface Interface {
  readonly eniId: string;
  readonly privateIp: string;
  readonly subnetId: string;
  readonly macAddress: string;
  readonly securityGroups: readonly string[];
  /** Both are absent for a task's. */
  readonly host?: Ec2Instance;
  readonly balancer?: LoadBalancer;
}

/** All instances that there are: the hosts of ECS, and those of no cluster. */
export const hosts = (account: Account): readonly Ec2Instance[] => [
  ...[...clusters(account).values()].flatMap(({ instances }) => [...instances.values()]),
  ...otherInstances(account).values(),
];

/** Its ids follow from the instance's. */
export function interfaceOf(host: Ec2Instance): Interface {
  const hash = createHash('sha256').update(host.ec2InstanceId).digest('hex');
  const { privateIp, securityGroups: its } = host;
  return {
    eniId: `eni-${hash.slice(0, 17)}`,
    privateIp,
    subnetId: SUBNET,
    macAddress: `0a:${hash.slice(20, 30).match(/../g)?.join(':')}`,
    securityGroups: its,
    host,
  };
}

export const interfaces = (account: Account): readonly Interface[] => [
  ...taskInterfaces(account),
  ...hosts(account).map(interfaceOf),
  ...balancerInterfaces(account),
];

const kind = { code: 'InvalidNetworkInterfaceID', noun: 'networkInterface', prefix: 'eni' };

/** Throws AwsError InvalidNetworkInterfaceID.Malformed or InvalidNetworkInterfaceID.NotFound. */
export const interfacesNamed = (account: Account, ids: readonly string[]): readonly Interface[] =>
  named(interfaces(account), ids, ({ eniId }) => eniId, kind);

export const interfaceArn = (account: Account, eniId: string): string => ec2Arn(account, `network-interface/${eniId}`);

export const groupsShown = (account: Account, ids: readonly string[]): GroupIdentifier[] =>
  ids.map((GroupId) => ({ GroupId, GroupName: securityGroups(account).get(GroupId)?.name ?? '' }));

/** An interface as its owner sees it. That of a task is ECS's, and that of a load balancer Elastic Load Balancing's (`RequesterManaged`), and nobody else may change it. */
export const described = (account: Account, one: Interface): NetworkInterface => ({
  NetworkInterfaceId: one.eniId,
  OwnerId: account.id,
  SubnetId: one.subnetId,
  VpcId: VPC,
  AvailabilityZone: `${account.region}a`,
  MacAddress: one.macAddress,
  PrivateIpAddress: one.privateIp,
  PrivateIpAddresses: [{ PrivateIpAddress: one.privateIp, Primary: true }],
  InterfaceType: 'interface',
  RequesterManaged: one.host === undefined,
  Status: 'in-use',
  Groups: groupsShown(account, one.securityGroups),
  Attachment: attachment(account, one),
  ...associationOf(account, one),
  ...(one.balancer === undefined ? {} : writtenOn(one.balancer)),
});

function associationOf(account: Account, one: Interface): Pick<NetworkInterface, 'Association'> {
  const elastic = elasticOf(account, one);
  if (elastic === undefined) return {};
  const { allocationId, associationId, publicIp } = elastic;
  return {
    Association: {
      AllocationId: allocationId,
      AssociationId: associationId,
      IpOwnerId: account.id,
      PublicIp: publicIp,
    },
  };
}

const attachment = ({ id }: Account, { eniId, host }: Interface): NonNullable<NetworkInterface['Attachment']> => ({
  AttachmentId: `eni-attach-${eniId.slice('eni-'.length)}`,
  DeviceIndex: host === undefined ? 1 : 0,
  DeleteOnTermination: host !== undefined,
  Status: 'attached',
  ...(host === undefined ? {} : { InstanceId: host.ec2InstanceId, InstanceOwnerId: id }),
});
