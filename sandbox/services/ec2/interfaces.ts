import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { type Account, AwsError } from '../../account.ts';
import { type TaskInterface, taskInterfaces } from '../ecs/network.ts';

const ID = /^eni-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Throws AwsError InvalidNetworkInterfaceID.Malformed or InvalidNetworkInterfaceID.NotFound. */
export function interfacesNamed(account: Account, ids: readonly string[]): readonly TaskInterface[] {
  const malformed = ids.find((id) => !ID.test(id));
  if (malformed !== undefined) {
    throw new AwsError('InvalidNetworkInterfaceID.Malformed', `Invalid id: "${malformed}" (expecting "eni-...")`);
  }
  const all = taskInterfaces(account);
  const missing = ids.filter((id) => !all.some(({ eniId }) => eniId === id));
  if (missing.length > 0) {
    const [which, verb] = missing.length === 1 ? ['ID', 'does'] : ['IDs', 'do'];
    throw new AwsError(
      'InvalidNetworkInterfaceID.NotFound',
      `The networkInterface ${which} '${missing.join(', ')}' ${verb} not exist`,
    );
  }
  return all.filter(({ eniId }) => ids.includes(eniId));
}

export const interfaceArn = (account: Account, eniId: string): string =>
  `arn:aws:ec2:${account.region}:${account.id}:network-interface/${eniId}`;

/** The interface of a Fargate task as its owner sees it: it is ECS's (`RequesterManaged`), and nobody else may change it. */
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
