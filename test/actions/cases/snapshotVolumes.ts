import { CreateSnapshotsCommand, CreateTagsCommand } from '@aws-sdk/client-ec2';
import type { Account } from '../../../sandbox/account.ts';
import { hosts } from '../../../sandbox/services/ec2/interfaces.ts';
import { snapshots } from '../../../sandbox/services/ec2/snapshots.ts';
import { type AttachedVolume, volumesOf } from '../../../sandbox/services/ec2/volumes.ts';
import { instanceThreat } from '../../system/instanceThreat.ts';
import type { ActionCase } from '../actionCase.ts';

const id = 'i-0ca5e50000000003c';
const other = 'i-0ca5e50000000004d';
const tagged = (Value: string) => [
  { ResourceType: 'snapshot' as const, Tags: [{ Key: 'firebreak:snapshot-of', Value }] },
];

/** Those that carry the id of its host. */
const ownOf = (account: Account, volume: AttachedVolume) =>
  [...snapshots(account).values()].filter(
    ({ volumeId, tags }) => volumeId === volume.id && tags['firebreak:snapshot-of'] === volume.host.ec2InstanceId,
  );

/** A host with two volumes that asks for a pool of miners, and another one beside it. */
export const it: ActionCase = {
  action: 'ec2.snapshot-volumes',
  world: (tags) => ({
    roles: [{ name: 'cases-disks' }],
    instances: [
      {
        ec2InstanceId: id,
        role: 'cases-disks',
        volumes: [{ device: '/dev/xvda' }, { device: '/dev/sdf', size: 100 }],
        tags,
      },
      { ec2InstanceId: other },
    ],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'instance', id, account, region },
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  }),
  finding: (stage) => instanceThreat(stage, id),
  when: ['source: [guardduty]', `resource: { kind: [instance], id: [${id}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      hosts(account).map((host) => [
        `snapshots of ${host.ec2InstanceId}`,
        volumesOf(host)
          .map((volume) => `${volume.device}: ${ownOf(account, volume).length}`)
          .join(', '),
      ]),
    ),
  changes: { of: `snapshots of ${id}`, from: '/dev/xvda: 0, /dev/sdf: 0', to: '/dev/xvda: 1, /dev/sdf: 1' },
  // Its miner works on: nothing is contained by it.
  pages: 1,
  elsewhere: {
    'ec2:CreateSnapshots': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new CreateSnapshotsCommand({
              InstanceSpecification: { InstanceId: other },
              TagSpecifications: tagged(id),
            }),
          ),
      },
      {
        call: ({ ec2 }) =>
          ec2.send(
            new CreateSnapshotsCommand({ InstanceSpecification: { InstanceId: id }, TagSpecifications: tagged(other) }),
          ),
      },
    ],
    'ec2:CreateTags': [
      {
        call: ({ ec2 }) =>
          ec2.send(
            new CreateTagsCommand({
              Resources: ['snap-0ca5e50000000000a'],
              Tags: [{ Key: 'firebreak:snapshot-of', Value: id }],
            }),
          ),
        refusal: /not authorized to perform: ec2:CreateTags .* because no identity-based policy allows/,
        roleMayNot: 'a snapshot that is there already would be evidence with the tag',
      },
    ],
  },
};
