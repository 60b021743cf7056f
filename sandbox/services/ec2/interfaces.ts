import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Account } from '../../account.ts';
import { type TaskInterface, taskInterfaces } from '../ecs/network.ts';
import { named } from './ids.ts';

const kind = { code: 'InvalidNetworkInterfaceID', noun: 'networkInterface', prefix: 'eni' };

/** Throws AwsError InvalidNetworkInterfaceID.Malformed or InvalidNetworkInterfaceID.NotFound. */
export const interfacesNamed = (account: Account, ids: readonly string[]): readonly TaskInterface[] =>
  named(taskInterfaces(account), ids, ({ eniId }) => eniId, kind);

export const interfaceArn = (account: Account, eniId: string): string =>
  `arn:aws:ec2:${account.region}:${account.id}:network-interface/${eniId}`;

/** The interface of a task as its owner sees it: it is ECS's (`RequesterManaged`), and nobody else may change it. */
export const described = (account: Account, { eniId, privateIp, subnetId }: TaskInterface): NetworkInterface => ({
  NetworkInterfaceId: eniId,
  OwnerId: account.id,
  SubnetId: subnetId,
  PrivateIpAddress: privateIp,
  PrivateIpAddresses: [{ PrivateIpAddress: privateIp, Primary: true }],
  InterfaceType: 'interface',
  RequesterManaged: true,
  Status: 'in-use',
  Attachment: {
    AttachmentId: `eni-attach-${eniId.slice('eni-'.length)}`,
    DeviceIndex: 1,
    DeleteOnTermination: false,
    Status: 'attached',
  },
});
