import type { Snapshot } from '@aws-sdk/client-ec2';
import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { Throttled } from '../../platform/errors.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import type { InstanceTarget } from '../targets/instanceTarget.ts';
import { readOwnSnapshots } from './reads.ts';
import { type Observed, type Params, tagNames } from './types.ts';

/**
 * One snapshot of each volume, by one call. It knows no client token: EC2 is asked first for what has come with the host's tag since this step
 * began, and a call that was lost is not made again.
 */
export async function snapshotVolumes(
  { id }: InstanceTarget,
  params: Params,
  { earlier }: Observed,
  context: ActContext,
): Promise<Executed> {
  const read = readsWith(context.aws);
  const doing = `Making snapshots of the volumes of ${id}`;
  try {
    const made = await readOwnSnapshots(read, id, earlier);
    if (made.length > 0) return { kind: 'done', did: `${idsOf(made)} had been made of ${id} already` };
    const ids = await context.journal.once('CreateSnapshots', () => create(read, id, params, context));
    return { kind: 'done', did: `${ids} were begun of ${id}` };
  } catch (error) {
    throw tooSoon(error, doing) ?? namedFailure(error, doing);
  }
}

const idsOf = (some: readonly Snapshot[]): string => some.map(({ SnapshotId }) => SnapshotId).join(', ');

async function create(read: Reads, id: string, params: Params, context: ActContext): Promise<string> {
  const { unrepeated, CreateSnapshotsCommand } = await read.aws.ec2();
  const { Snapshots = [] } = await unrepeated.send(
    new CreateSnapshotsCommand({
      InstanceSpecification: { InstanceId: id },
      Description: `Evidence of ${id}, taken by Firebreak`,
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: tagsOf(id, params, context) }],
    }),
    read.call,
  );
  return idsOf(Snapshots);
}

const dayMs = 86_400_000;

/** What a tag of EC2 may hold, at most 255 characters ("Tag your Amazon EC2 resources"). */
const written = (text: string): string => text.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 255);

/** Tags of the volumes are not copied: what deletes by them (a lifecycle policy, a clean-up of a team) would delete evidence. */
function tagsOf(id: string, { keepDays }: Params, { incident, run, clock }: ActContext) {
  const keepUntil = new Date(clock.now().getTime() + keepDays * dayMs).toISOString().slice(0, 10);
  return [
    { Key: tagNames.of, Value: id },
    { Key: tagNames.incident, Value: written(incident) },
    { Key: tagNames.run, Value: written(run) },
    { Key: tagNames.keepUntil, Value: keepUntil },
  ];
}

/** A volume takes one in 15 seconds, and some of them wait for each other. */
const passing = ['SnapshotCreationPerVolumeRateExceeded', 'ConcurrentSnapshotLimitExceeded'];

/** Waited for as a throttle is: as often as the state machine calls Act again, and no longer. */
function tooSoon(error: unknown, doing: string): Throttled | undefined {
  const failure = failureOf(error);
  if (failure === null || !passing.includes(failure.name)) return undefined;
  return new Throttled(`${doing}: EC2 takes no other one of a volume yet (${failure.name})`, { cause: error });
}

/**
 * Every volume has a snapshot of this step. That one is `pending` says that its blocks are still being copied: it holds what had been written when
 * it was asked for, whatever becomes of the volume (EBS user guide, "Create Amazon EBS snapshots"), which may take hours. `error` is none.
 */
export async function verifySnapshots(
  { id }: InstanceTarget,
  { volumes, earlier }: Observed,
  { aws }: ReadContext,
): Promise<Verified> {
  const made = await readOwnSnapshots(readsWith(aws), id, earlier);
  const wrong = [
    ...volumes.filter((volume) => !made.some(({ VolumeId }) => VolumeId === volume)).map((one) => `none of ${one}`),
    ...made.filter(({ State }) => State !== 'pending' && State !== 'completed').map(said),
  ];
  if (wrong.length > 0) return { state: 'broken', seen: `snapshots of ${id}: ${wrong.join('; ')}`, absence: false };
  return { state: 'holds', seen: made.map(said).join(', '), absence: false };
}

const said = ({ SnapshotId, VolumeId, State, Progress, StartTime }: Snapshot): string =>
  `${SnapshotId} of ${VolumeId} as of ${StartTime?.toISOString()} (${State === 'pending' ? `being copied, ${Progress ?? '0%'}` : State})`;
