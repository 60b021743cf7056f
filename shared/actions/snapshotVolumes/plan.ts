import { ownershipFrom, ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { Planned, ReadContext, UndoPromise } from '../contract.ts';
import { type InstanceTarget, readInstance } from '../targets/instanceTarget.ts';
import { idOf, readOwnSnapshots, readVolumes } from './reads.ts';
import { type Observed, type Params, tagNames } from './types.ts';

export const reversal: UndoPromise = {
  possible: false,
  why: `Evidence is kept, and its snapshots cost until they are deleted: whoever needs them no more deletes them, by their tag ${tagNames.of}.`,
};

/** Reads of EC2 which volumes a host has, and of which of ours there are snapshots. Throws TargetGone. */
export async function observeVolumes({ id }: InstanceTarget, { aws }: ReadContext): Promise<Observed> {
  const read = readsWith(aws);
  const instance = await readInstance(read, id);
  const volumes = await readVolumes(read, id);
  const earlier = await readOwnSnapshots(read, id);
  const own = ownershipFrom(instance.Tags ?? []);
  return {
    volumes: volumes.map(idOf),
    gibibytes: volumes.reduce((sum, { Size = 0 }) => sum + Size, 0),
    earlier: earlier.map(({ SnapshotId = '' }) => SnapshotId),
    protectedBy: own.protectedBy,
    owner: ownerText(own),
    seen: volumes.map(
      ({ VolumeId, Size, VolumeType, Encrypted }) =>
        `${VolumeId}: ${Size} GiB, ${VolumeType}${Encrypted === true ? ', encrypted' : ''}`,
    ),
  };
}

export function planSnapshots({ id }: InstanceTarget, { maxVolumes }: Params, observed: Observed): Planned {
  const { volumes, gibibytes, seen } = observed;
  if (volumes.length === 0) {
    return {
      kind: 'skip',
      reason: `${id} has no volume of EBS, and what lies on its instance store can be copied by nobody but itself`,
    };
  }
  if (volumes.length > maxVolumes) {
    const reason = `${id} has ${volumes.length} volumes, more than maxVolumes (${maxVolumes}) allows: whoever wants them makes the snapshots (aws ec2 create-snapshots)`;
    return { kind: 'hold', reason, seen };
  }
  const its = volumes.length === 1 ? 'volume' : `${volumes.length} volumes`;
  return {
    kind: 'step',
    sentence: `Snapshot the ${its} of host ${id} (${gibibytes} GiB), all as of one moment.`,
    undo: reversal,
    chosen: { volumes: [...volumes] },
  };
}
