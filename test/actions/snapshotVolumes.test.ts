import { describe, expect, it } from 'vitest';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import { snapshotHostVolumes as action } from '../../shared/actions/snapshotVolumes/snapshotVolumes.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';
import { host as target } from './hostWorld.ts';

const settings = { quietPullDays: 7 };
const [root, data] = ['vol-0000000000000000a', 'vol-0000000000000000b'] as const;
const refusal = (name: string): Error => Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });

interface Made {
  readonly SnapshotId: string;
  readonly VolumeId: string;
  State: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A host with volumes, in an account that answers a page with one thing each. */
class Disks {
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

async function begun(disks = new Disks(), given: JsonObject = {}) {
  const { observed, params } = await disks.planned(given);
  const execute = () => action.execute(target, params, observed, disks.context);
  const verify = () => action.verify(target, params, observed, disks.context);
  return { disks, observed, execute, verify };
}

describe('what is planned', () => {
  it('is all volumes at once, with how much they hold', async () => {
    const { plan, observed } = await new Disks().planned();
    expect(plan).toMatchObject({
      kind: 'step',
      sentence: `Snapshot the 2 volumes of host ${target.id} (100 GiB), all as of one moment.`,
      chosen: { volumes: [root, data] },
      undo: { possible: false },
    });
    expect(observed['seen']).toEqual([`${root}: 50 GiB, gp3`, `${data}: 50 GiB, gp3, encrypted`]);
  });

  it('is nothing where there is instance store alone, and says why', async () => {
    const disks = new Disks();
    disks.volumes = [];
    expect((await disks.planned()).plan).toMatchObject({
      kind: 'skip',
      reason: expect.stringContaining('instance store'),
    });
  });

  it('is a person’s where there are more volumes than the rule allows', async () => {
    expect((await new Disks().planned({ maxVolumes: 1 })).plan).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('2 volumes, more than maxVolumes (1)'),
    });
    expect((await new Disks().planned({ maxVolumes: 2 })).plan.kind).toBe('step');
  });

  it('is nothing for what is terminated, and the same for what is stopped', async () => {
    const disks = new Disks();
    disks.state = 'stopped';
    expect((await disks.planned()).plan.kind).toBe('step');
    disks.state = 'terminated';
    await expect(disks.planned()).rejects.toThrow(TargetGone);
  });

  it('is stale once another volume is attached, or somebody protects the host', async () => {
    const disks = new Disks();
    const before = (await disks.planned()).observed;
    disks.volumes = [...disks.volumes, 'vol-0000000000000000c'];
    disks.tags = [{ Key: 'firebreak:protected', Value: 'yes' }];
    const now = (await disks.planned()).observed;
    expect(action.decisive.map((field) => [field, now[field] === before[field]])).toEqual([
      ['volumes', false],
      ['protectedBy', false],
    ]);
  });
});

describe('its snapshots', () => {
  it('are made by one call, with the host, the incident, the run and how long to keep them', async () => {
    const { disks, execute, verify } = await begun(new Disks(), { keepDays: 10 });
    expect(await execute()).toEqual({ kind: 'done', did: `snap-0, snap-1 were begun of ${target.id}` });
    expect(disks.created()).toEqual([
      {
        InstanceSpecification: { InstanceId: target.id },
        Description: `Evidence of ${target.id}, taken by Firebreak`,
        TagSpecifications: [
          {
            ResourceType: 'snapshot',
            Tags: [
              { Key: 'firebreak:snapshot-of', Value: target.id },
              { Key: 'firebreak:incident', Value: disks.context.incident },
              { Key: 'firebreak:run', Value: 'run-1' },
              { Key: 'firebreak:keep-until', Value: '2026-12-04' },
            ],
          },
        ],
      },
    ]);
    expect(await verify()).toMatchObject({
      state: 'holds',
      seen: `snap-0 of ${root} as of 2026-11-24T12:00:00.000Z (being copied, 7%), snap-1 of ${data} as of 2026-11-24T12:00:00.000Z (being copied, 7%)`,
    });
  });

  it('are made once, however often the step is begun again', async () => {
    const { disks, execute } = await begun();
    await execute();
    disks.context.done.clear();
    expect(await execute()).toMatchObject({ kind: 'done', did: expect.stringContaining('had been made') });
    expect(disks.created()).toHaveLength(1);
  });

  it('are made once though EC2 does not show them yet', async () => {
    const { disks, execute } = await begun();
    await execute();
    disks.shows = false;
    await execute();
    expect(disks.created()).toHaveLength(1);
  });

  it('are found where the answer to the call was lost', async () => {
    const { disks, execute, verify } = await begun();
    const lost = Object.assign(new Error('lost'), { name: 'TimeoutError', $metadata: {} });
    disks.refused = { with: lost, effect: true };
    await expect(execute()).rejects.toThrow(Throttled);
    disks.refused = undefined;
    await execute();
    expect(disks.created()).toHaveLength(1);
    expect((await verify()).state).toBe('holds');
  });

  it('of an earlier incident are none of this one', async () => {
    const disks = new Disks();
    await (await begun(disks)).execute();
    disks.context.done.clear();
    const later = await begun(disks);
    expect(later.observed['earlier']).toEqual(['snap-0', 'snap-1']);
    expect(await later.verify()).toMatchObject({ state: 'broken', seen: expect.stringContaining(`none of ${root}`) });
    await later.execute();
    expect(disks.created()).toHaveLength(2);
    expect((await later.verify()).state).toBe('holds');
  });

  it.each(['SnapshotCreationPerVolumeRateExceeded', 'ConcurrentSnapshotLimitExceeded'])(
    'are tried again where EC2 takes none yet (%s)',
    async (name) => {
      const { disks, execute } = await begun();
      disks.refused = { with: refusal(name), effect: false };
      await expect(execute()).rejects.toThrow(Throttled);
      disks.refused = undefined;
      expect(await execute()).toMatchObject({ kind: 'done' });
    },
  );

  it('have failed where EC2 refuses them for good', async () => {
    const { disks, execute, verify } = await begun();
    disks.refused = { with: refusal('SnapshotLimitExceeded'), effect: false };
    await expect(execute()).rejects.toThrow(ActionFailed);
    expect((await verify()).state).toBe('broken');
  });

  it('hold while they are copied and when they are complete; none of a volume, and one in error, are none', async () => {
    const { disks, execute, verify } = await begun();
    await execute();
    const [one, other] = disks.made;
    if (one === undefined || other === undefined) throw new Error('There are not two');
    one.State = 'completed';
    expect(await verify()).toMatchObject({ state: 'holds', seen: expect.stringContaining('(completed)') });
    other.State = 'error';
    expect(await verify()).toMatchObject({ state: 'broken', seen: expect.stringContaining('(error)') });
    disks.made = [one];
    expect(await verify()).toMatchObject({ state: 'broken', seen: `snapshots of ${target.id}: none of ${data}` });
  });

  it('have no tag that EC2 would refuse, whatever the incident is called', async () => {
    const { disks, execute } = await begun();
    Object.assign(disks.context, { incident: `image/x*"<${'é'.repeat(400)}` });
    await execute();
    const incident = disks.made[0]?.Tags.find(({ Key }) => Key === 'firebreak:incident')?.Value ?? '';
    expect(incident).toMatch(/^image\/x___é+$/);
    expect(incident).toHaveLength(255);
  });
});

describe('its session', () => {
  it('has room for as many volumes as a rule may allow, in the longest of Regions', () => {
    const region = 'ap-southeast-7';
    const arn = `arn:aws-us-gov:ec2:${region}:123456789012:instance/${target.id}`;
    const volumes = Array.from({ length: 16 }, (_, at) => `vol-${String(at).padStart(17, '0')}`);
    const { read, write } = action.permissions({ ...target, region, arn }, { volumes });
    expect(() => sessionPolicy([...read, ...write])).not.toThrow();
    expect(action.params.safeParse({ maxVolumes: 16 }).success).toBe(true);
    expect(action.params.safeParse({ maxVolumes: 17 }).success).toBe(false);
  });

  it('names each volume, and none that is no volume', () => {
    const { write } = action.permissions(target, { volumes: [root] });
    expect(write.filter(({ resource }) => resource.includes(':volume/'))).toEqual([
      { action: 'ec2:CreateSnapshots', resource: `arn:aws:ec2:eu-central-1:123456789012:volume/${root}` },
    ]);
    expect(() => action.permissions(target, { volumes: ['vol-*'] })).toThrow(ActionFailed);
  });

  it('makes snapshots that carry the id of its own host, and tags nothing that is there already', () => {
    const { write } = action.permissions(target, { volumes: [root] });
    expect(write.map(({ action: name, condition }) => [name, condition])).toEqual([
      ['ec2:CreateSnapshots', undefined],
      ['ec2:CreateSnapshots', undefined],
      ['ec2:CreateSnapshots', { StringEquals: { 'aws:RequestTag/firebreak:snapshot-of': target.id } }],
      ['ec2:CreateTags', { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } }],
    ]);
  });
});
