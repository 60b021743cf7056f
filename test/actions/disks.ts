import { snapshotHostVolumes as action } from '../../shared/actions/snapshotVolumes/snapshotVolumes.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';
import { host as target } from './hostWorld.ts';

const settings = { quietPullDays: 7 };
export const [root, data] = ['vol-0000000000000000a', 'vol-0000000000000000b'] as const;
export const refusal = (name: string): Error =>
  Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });

interface Made {
  readonly SnapshotId: string;
  readonly VolumeId: string;
  State: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A host with volumes, in an account that answers a page with one thing each. */
export class Disks {
  state = 'running';
  tags: { Key: string; Value: string }[] = [];
  volumes: string[] = [root, data];
  made: Made[] = [];
  /** What CreateSnapshots is refused with, and whether it has its effect all the same. */
  refused: { readonly with: Error; readonly effect: boolean } | undefined;
  /** Whether EC2 shows what was made. */
  shows = true;
  readonly given = answeringAws({
    DescribeInstances: () => ({
      Reservations: [{ Instances: [{ InstanceId: target.id, State: { Name: this.state }, Tags: this.tags }] }],
    }),
    DescribeVolumes: (asked: Paged) =>
      paged(
        'Volumes',
        this.volumes.map((VolumeId) => ({ VolumeId, Size: 50, VolumeType: 'gp3', Encrypted: VolumeId === data })),
        asked,
      ),
    DescribeSnapshots: ({
      Filters: [
        {
          Name,
          Values: [value],
        },
      ],
      ...asked
    }: Filtered) =>
      paged(
        'Snapshots',
        (this.shows ? this.made : []).filter(({ Tags }) =>
          Tags.some(({ Key, Value }) => `tag:${Key}` === Name && Value === value),
        ),
        asked,
      ),
    CreateSnapshots: (asked: Asked) => this.create(asked),
  });
  readonly context = actContext(this.given.aws);

  create({ TagSpecifications: [{ Tags }] }: Asked): object {
    if (this.refused?.effect === false) throw this.refused.with;
    const its = this.volumes.map((VolumeId, at) => ({
      ...{ SnapshotId: `snap-${this.made.length + at}`, VolumeId, State: 'pending', Tags },
      ...{ Progress: '7%', StartTime: new Date('2026-11-24T12:00:00Z') },
    }));
    this.made.push(...its);
    if (this.refused !== undefined) throw this.refused.with;
    return { Snapshots: its };
  }

  /** What was asked of CreateSnapshots. */
  created() {
    return this.given.sent.filter(({ operation }) => operation === 'CreateSnapshots').map(({ input }) => input);
  }

  async planned(params: JsonObject = {}) {
    const all = action.params.parse(params);
    const observed = await action.observe(target, all, this.context);
    return { observed, params: all, plan: action.plan(target, all, observed, settings) };
  }
}

interface Paged {
  readonly NextToken?: string;
}
interface Filtered extends Paged {
  readonly Filters: readonly [{ readonly Name: string; readonly Values: readonly string[] }];
}
interface Asked {
  readonly TagSpecifications: readonly [{ readonly Tags: Made['Tags'] }];
}

const paged = (name: string, all: readonly unknown[], { NextToken = '0' }: Paged): object => {
  const at = Number(NextToken);
  return { [name]: all.slice(at, at + 1), ...(at + 1 < all.length ? { NextToken: String(at + 1) } : {}) };
};
