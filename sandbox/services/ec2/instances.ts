import type { Instance, InstanceMetadataOptionsResponse } from '@aws-sdk/client-ec2';
import type { Account } from '../../account.ts';
import type { Ec2Instance } from '../ecs/state.ts';
import { named } from './ids.ts';
import { profileOf } from './instanceProfiles.ts';
import { described, groupsShown, hosts, interfaceOf } from './interfaces.ts';
import { mappingsOf } from './volumes.ts';
import { SUBNET, VPC } from './vpc.ts';

const kind = { code: 'InvalidInstanceID', noun: 'instance', prefix: 'i' };
export const idOf = ({ ec2InstanceId }: Ec2Instance): string => ec2InstanceId;

/** Throws AwsError InvalidInstanceID.Malformed or InvalidInstanceID.NotFound. */
export const hostsNamed = (account: Account, ids: readonly string[]): readonly Ec2Instance[] =>
  named(hosts(account), ids, idOf, kind);

const tagsOf = ({ instanceTags }: Ec2Instance): Pick<Instance, 'Tags'> => {
  const Tags = Object.entries(instanceTags).map(([Key, Value]) => ({ Key, Value }));
  return Tags.length === 0 ? {} : { Tags };
};

function profileShown(account: Account, { roleArn }: Ec2Instance): Pick<Instance, 'IamInstanceProfile'> {
  if (roleArn === undefined) return {};
  const { arn, id } = profileOf(account, roleArn);
  return { IamInstanceProfile: { Arn: arn, Id: id } };
}

function rootOf({ volumes: [root] }: Ec2Instance): Pick<Instance, 'RootDeviceName'> {
  return root === undefined ? {} : { RootDeviceName: root.device };
}

/** When the account file says; otherwise when the account got to know it. */
export const launchedAt = ({ launchedAt: at, registeredAt }: Ec2Instance): number => at ?? registeredAt;

/** As `ModifyInstanceMetadataOptions` answers it, too. */
export function metadataShown(account: Account, { metadata }: Ec2Instance): InstanceMetadataOptionsResponse {
  const { tokens, endpoint, hopLimit, appliedAt = 0 } = metadata;
  return {
    State: account.clock.now() < appliedAt ? 'pending' : 'applied',
    HttpTokens: tokens,
    HttpPutResponseHopLimit: hopLimit,
    HttpEndpoint: endpoint,
    HttpProtocolIpv6: 'disabled',
    InstanceMetadataTags: 'disabled',
  };
}

export function describedInstance(account: Account, host: Ec2Instance): Instance {
  const { Attachment, ...one } = described(account, interfaceOf(host));
  const { InstanceId: _itself, InstanceOwnerId: _owner, ...attachment } = Attachment ?? {};
  const { AvailabilityZone, RequesterManaged: _managed, ...shown } = one;
  return {
    InstanceId: host.ec2InstanceId,
    State: { Code: 16, Name: 'running' },
    LaunchTime: new Date(launchedAt(host)),
    ...tagsOf(host),
    ...profileShown(account, host),
    Operator: host.operator === undefined ? { Managed: false } : { Managed: true, Principal: host.operator },
    Placement: { ...(AvailabilityZone === undefined ? {} : { AvailabilityZone }) },
    PrivateIpAddress: host.privateIp,
    SubnetId: SUBNET,
    VpcId: VPC,
    RootDeviceType: host.volumes.length === 0 ? 'instance-store' : 'ebs',
    ...rootOf(host),
    BlockDeviceMappings: mappingsOf(host),
    MetadataOptions: metadataShown(account, host),
    SecurityGroups: groupsShown(account, host.securityGroups),
    NetworkInterfaces: [{ ...shown, Attachment: attachment } as NonNullable<Instance['NetworkInterfaces']>[number]],
  };
}
