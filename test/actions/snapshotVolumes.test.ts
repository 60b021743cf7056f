import { describe, expect, it } from 'vitest';
import type { ActContext } from '../../shared/actions/contract.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import { snapshotHostVolumes as action } from '../../shared/actions/snapshotVolumes/snapshotVolumes.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { Disks, data, refusal, root } from './disks.ts';
import { host as target } from './hostWorld.ts';

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

  it('are asked for by a client that does not repeat the call by itself', async () => {
    const disks = new Disks();
    const { observed, params } = await disks.planned();
    const ec2 = await disks.given.aws.ec2();
    const repeats = {
      send: (command: object) =>
        command instanceof ec2.CreateSnapshotsCommand
          ? Promise.reject(new Error('It would be sent again where its answer is lost'))
          : ec2.client.send(command as never),
    };
    const aws = { ...disks.given.aws, ec2: async () => ({ ...ec2, client: repeats as never }) };
    const context: ActContext = { ...disks.context, aws };
    expect(await action.execute(target, params, observed, context)).toMatchObject({ kind: 'done' });
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
