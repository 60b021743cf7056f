import type { Snapshot } from '@aws-sdk/client-ec2';
import { type Account, AwsError, type Needed, slice } from '../../account.ts';
import { named } from './ids.ts';
import { compared, shown } from './tagging.ts';
import type { Tags } from './vpc.ts';

export interface StoredSnapshot {
  readonly id: string;
  readonly volumeId: string;
  readonly size: number;
  readonly kmsKey?: string;
  readonly description: string;
  /** Virtual milliseconds. */
  readonly startedAt: number;
  readonly completedAt: number;
  /** It ends, or has ended, in `error`: a test says so. */
  failed?: true;
  tags: Tags;
}

/** By id. */
export const snapshots = slice('ec2.snapshots', () => new Map<string, StoredSnapshot>());

/** Without an account: snapshots may be another's (Service Authorization Reference, Amazon EC2). */
export const snapshotArn = ({ region }: Account, id: string): string => `arn:aws:ec2:${region}::snapshot/${id}`;

/** What a call on a snapshot needs: its tags may decide. */
export const onSnapshot = (account: Account, action: string, id: string): Needed => ({
  action,
  resource: snapshotArn(account, id),
  ...compared('aws:ResourceTag', snapshots(account).get(id)?.tags ?? {}),
});

type State = 'pending' | 'completed' | 'error';

export function stateOf({ clock }: Account, { completedAt, failed }: StoredSnapshot): State {
  if (clock.now() < completedAt) return 'pending';
  return failed === true ? 'error' : 'completed';
}

/** `42%`, by the time that has passed. */
function progressOf({ clock }: Account, { startedAt, completedAt }: StoredSnapshot): string {
  const part = (clock.now() - startedAt) / Math.max(1, completedAt - startedAt);
  return `${Math.floor(Math.min(1, part) * 100)}%`;
}

const kind = { code: 'InvalidSnapshot', noun: 'snapshot', prefix: 'snap' };

/** Throws AwsError InvalidSnapshot.Malformed or InvalidSnapshot.NotFound. */
export const snapshotsNamed = (account: Account, ids: readonly string[]): readonly StoredSnapshot[] =>
  named([...snapshots(account).values()], ids, ({ id }) => id, kind);

/** What CreateSnapshots and DescribeSnapshots tell alike. */
export const describedSnapshot = (account: Account, one: StoredSnapshot) =>
  ({
    Description: one.description,
    Encrypted: one.kmsKey !== undefined,
    OwnerId: account.id,
    Progress: progressOf(account, one),
    SnapshotId: one.id,
    StartTime: new Date(one.startedAt),
    State: stateOf(account, one),
    Tags: shown(one.tags),
    VolumeId: one.volumeId,
    VolumeSize: one.size,
  }) satisfies Snapshot;

/** "It's a best practice to wait 15 seconds between create-snapshot API requests for the same volume" (re:Post, "ebs-snapshot-stuck"). */
const apartMs = 15_000;
/** "A single gp2, io1, io2, or Magnetic volume can have up to five concurrent pending snapshots. A single st1 or sc1 volume can have one" (same). */
const pendingOf = (type: string): number => (['st1', 'sc1'].includes(type) ? 1 : 5);

/** Throws AwsError SnapshotCreationPerVolumeRateExceeded or ConcurrentSnapshotLimitExceeded. */
export function refuseTooMany(account: Account, volume: { readonly id: string; readonly type: string }): void {
  const its = [...snapshots(account).values()].filter(({ volumeId }) => volumeId === volume.id);
  if (its.some(({ startedAt }) => account.clock.now() - startedAt < apartMs)) {
    throw new AwsError(
      'SnapshotCreationPerVolumeRateExceeded',
      'The maximum per volume CreateSnapshot request rate has been exceeded. Use an increasing or variable sleep interval between requests.',
    );
  }
  if (its.filter((one) => stateOf(account, one) !== 'completed').length < pendingOf(volume.type)) return;
  throw new AwsError(
    'ConcurrentSnapshotLimitExceeded',
    'Maximum allowed in-progress snapshots for a single volume exceeded.',
  );
}
