import { defineAction } from '../contract.ts';
import { snapshotVolumes, verifySnapshots } from './changes.ts';
import { snapshotPermissions } from './permissions.ts';
import { observeVolumes, planSnapshots, reversal } from './plan.ts';
import { type Observed, type Params, params } from './types.ts';

/** Keeps the volumes of a host as they are, before anything about it is changed. Nothing waits for it, and a miss stops nothing. */
export const snapshotHostVolumes = defineAction<Params, Observed, 'instance'>({
  name: 'ec2.snapshot-volumes',
  summary: 'Snapshot all volumes of a host as they are at one moment',
  targets: ['instance'],
  declines: {
    'managed-instance': 'it is no EC2 instance, so that its disks are not of EBS: copy them where it stands.',
  },
  params,
  example: '- ec2.snapshot-volumes: { maxVolumes: 8, keepDays: 180 }',
  permissions: snapshotPermissions,
  facts: {
    phase: 'evidence',
    // Snapshots are made and paid for: a rule that observes makes none, and a pause stops it.
    changes: true,
    destroysEvidence: false,
    needsWorkloadGone: false,
    issuesFreshCredentials: false,
    contains: false,
  },
  decisive: ['volumes', 'protectedBy'],
  restores: [],
  volatile: ['gibibytes', 'earlier', 'owner', 'seen'],
  reversal,
  limits: [
    'Crash-consistent: all volumes as of one moment, with what had been written to them. What the operating system or a program holds in memory is not in it (EBS user guide).',
    'Memory and instance store are not copied: nothing outside of the host can read them.',
    'It counts as done once EC2 shows a snapshot of every volume, though its blocks may be copied for hours: what it holds was fixed when it was asked for. One that ends in `error` later is told by EC2 alone (EventBridge, “EBS Multi-Volume Snapshots Completion Status”).',
    'Nobody deletes what it makes: `firebreak:keep-until` says until when it is to be kept (`keepDays`, 90 days unless the rule says otherwise), and `firebreak:snapshot-of` finds it. Until then each costs for the blocks that it holds, in us-east-1 about 0.05 USD per GiB and month (standard tier; EBS pricing page, from memory).',
    'A snapshot of an encrypted volume is encrypted with the same key (EBS user guide): without that key it says nothing. AWS names no permission of KMS for making one, and none is asked for.',
    'One set for an incident: what is written to the volumes after it is in none.',
    'A volume takes one snapshot in 15 seconds, and at most five (of st1 and sc1, one) at a time: a call that comes too soon is made again for about a minute, and then the step has failed. What comes after it waits so long.',
    'At most 16 volumes, because a session policy has no room for more; a host with more is held.',
    'Tags of the volumes are not copied to the snapshots, so that nothing deletes them by such a tag.',
    'Whoever may delete snapshots in the account may delete these: lock them (`aws ec2 lock-snapshot`) or copy them to another account.',
  ],
  timeoutSeconds: 330,
  observe: (target, _params, context) => observeVolumes(target, context),
  plan: planSnapshots,
  intended: () => ({}),
  execute: snapshotVolumes,
  verify: (target, _params, before, context) => verifySnapshots(target, before, context),
});
