import { createHash } from 'node:crypto';
import type { EbsInstanceBlockDevice, InstanceBlockDeviceMapping, Volume } from '@aws-sdk/client-ec2';
import type { Account } from '../../account.ts';
import type { HostVolume } from '../ecs/hostVolume.ts';
import type { Ec2Instance } from '../ecs/state.ts';
import { named } from './ids.ts';
import { hosts } from './interfaces.ts';
import { shown } from './tagging.ts';
import { ec2Arn } from './vpc.ts';

/** A volume of EBS, which is attached to a host as long as that is there. */
export interface AttachedVolume extends HostVolume {
  readonly id: string;
  readonly host: Ec2Instance;
}

/** Ids follow from the instance's, where the account file gives none. */
export const volumesOf = (host: Ec2Instance): readonly AttachedVolume[] =>
  host.volumes.map((volume) => {
    const hash = createHash('sha256').update(`${host.ec2InstanceId} ${volume.device}`).digest('hex');
    return { ...volume, id: volume.id ?? `vol-${hash.slice(0, 17)}`, host };
  });

export const volumes = (account: Account): readonly AttachedVolume[] => hosts(account).flatMap(volumesOf);

const kind = { code: 'InvalidVolume', noun: 'volume', prefix: 'vol' };

/** Throws AwsError InvalidVolume.Malformed or InvalidVolume.NotFound. */
export const volumesNamed = (account: Account, ids: readonly string[]): readonly AttachedVolume[] =>
  named(volumes(account), ids, ({ id }) => id, kind);

export const volumeArn = (account: Account, id: string): string => ec2Arn(account, `volume/${id}`);

/** The first is the root volume, and goes with its instance. */
const isRoot = ({ host, device }: AttachedVolume): boolean => host.volumes[0]?.device === device;

const attachment = (
  volume: AttachedVolume,
): Required<Pick<EbsInstanceBlockDevice, 'AttachTime' | 'DeleteOnTermination'>> => ({
  AttachTime: new Date(volume.host.registeredAt),
  DeleteOnTermination: isRoot(volume),
});

/** As DescribeInstances shows them. */
export const mappingsOf = (host: Ec2Instance): InstanceBlockDeviceMapping[] =>
  volumesOf(host).map((volume) => ({
    DeviceName: volume.device,
    Ebs: { ...attachment(volume), Status: 'attached', VolumeId: volume.id },
  }));

export const describedVolume = (account: Account, volume: AttachedVolume): Volume => ({
  Attachments: [
    {
      ...attachment(volume),
      Device: volume.device,
      InstanceId: volume.host.ec2InstanceId,
      State: 'attached',
      VolumeId: volume.id,
    },
  ],
  AvailabilityZone: `${account.region}a`,
  CreateTime: new Date(volume.host.registeredAt),
  Encrypted: volume.kmsKey !== undefined,
  ...(volume.kmsKey === undefined ? {} : { KmsKeyId: volume.kmsKey }),
  Size: volume.size,
  State: 'in-use',
  Tags: shown(volume.tags),
  VolumeId: volume.id,
  VolumeType: volume.type,
});
