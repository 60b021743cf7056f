import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addFaults } from '../../../sandbox/faults/set.ts';
import type { FaultSpec } from '../../../sandbox/faults/spec.ts';
import { snapshots } from '../../../sandbox/services/ec2/snapshots.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { environmentOf, firebreak } from '../firebreak.ts';
import { instanceThreat } from '../instanceThreat.ts';
import { openStage, type Stage } from '../stage.ts';

const host = 'i-0ab12cd34ef567890';
const incident = `instance/123456789012/us-east-1/${host}`;
const [root, data] = ['vol-0ab12cd34ef567891', 'vol-0ab12cd34ef567892'] as const;
const world = worldSchema.parse({
  roles: [{ name: 'ecsInstanceRole' }],
  instances: [
    {
      ec2InstanceId: host,
      role: 'ecsInstanceRole',
      autoScalingGroup: 'web',
      volumes: [
        { device: '/dev/xvda', id: root },
        { device: '/dev/sdf', id: data, size: 500 },
      ],
    },
  ],
});
const shipped = readFileSync(join(import.meta.dirname, '../../../rules/threat-host.yaml'), 'utf8');
const rules = { 'threat-host': shipped.replace(/^mode: observe$/m, 'mode: enforce') };

/** The rule of the pack, let act, on a host with two volumes. */
const opened = (of: typeof rules = rules): Promise<Stage> => openStage({ rules: of, world });

async function found(stage: Stage, times = 1): Promise<void> {
  stage.deliver(instanceThreat(stage, host), times);
  await stage.settle();
}

const kept = ({ account }: Stage): readonly string[] =>
  [...snapshots(account).values()].map(({ volumeId }) => volumeId).sort();
const both = [root, data].sort();

const closing = 'ec2:ModifyNetworkInterfaceAttribute';
/** Those that came through, in their order. */
const changes = ({ account }: Stage): readonly string[] =>
  account.trail
    .filter(({ action, result }) => ['ec2:CreateSnapshots', closing].includes(action) && result === 'ok')
    .map(({ action }) => action);

const fault = (stage: Stage, spec: Partial<FaultSpec>): number =>
  addFaults(stage.account, [
    { service: 'ec2', operation: 'CreateSnapshots', function: 'act', times: 1, ...spec } as FaultSpec,
  ]);

describe('the volumes of a host that is to be cut off', () => {
  it('are kept before it is, all as of one moment, with whose evidence they are', async () => {
    await using stage = await opened();
    await found(stage);
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'contained' }]);
    expect(changes(stage)[0]).toBe('ec2:CreateSnapshots');
    expect(changes(stage)).toContain(closing);
    expect(kept(stage)).toEqual(both);
    const all = [...snapshots(stage.account).values()];
    expect(new Set(all.map(({ startedAt }) => startedAt)).size).toBe(1);
    for (const { tags } of all) {
      expect(tags).toMatchObject({ 'firebreak:snapshot-of': host, 'firebreak:incident': incident });
      expect(Date.parse(tags['firebreak:keep-until'] ?? '')).toBeGreaterThan(stage.account.clock.now());
    }
    expect(stage.told().at(-1)?.body).toMatch(/ec2\.snapshot-volumes: snap-[0-9a-f]+, snap-[0-9a-f]+ were begun/);
  });

  it('are kept once, however often the finding comes, and whatever else is found', async () => {
    await using stage = await opened();
    await found(stage, 2);
    await found(stage);
    await stage.pass(3600);
    await found(stage);
    expect(kept(stage)).toEqual(both);
    expect(stage.calls('ec2:CreateSnapshots')).toBe(1);
  });

  it('stay when it was a false alarm, and the message says so', async () => {
    await using stage = await opened();
    await found(stage);
    expect(await stage.undo(incident)).toMatchObject({ kind: 'opened' });
    await stage.settle();
    expect(kept(stage)).toEqual(both);
    expect(stage.told().at(-1)).toMatchObject({
      subject: expect.stringContaining(' undone, '),
      body: expect.stringMatching(/ec2\.snapshot-volumes on i-\S+ cannot be put back: Evidence is kept/),
    });
  });

  it('are kept after a pause, and before it is cut off', async () => {
    await using stage = await opened();
    const said = ['pause', '--for', '1h', '--reason', 'a migration', '--by', 'ann'];
    expect(await firebreak(said, { env: environmentOf(stage.account) })).toMatchObject({ exit: 0 });
    await found(stage);
    expect(changes(stage)).toEqual([]);
    await stage.pass(2 * 3600);
    expect(changes(stage)[0]).toBe('ec2:CreateSnapshots');
    expect(changes(stage)).toContain(closing);
  });

  it('are not kept where the rule only observes', async () => {
    await using stage = await opened({ 'threat-host': shipped });
    await found(stage);
    expect(stage.heads()).toMatchObject([{ outcome: 'observed' }]);
    expect(stage.calls('ec2:CreateSnapshots')).toBe(0);
    expect(stage.told().at(-1)?.body).toContain('Snapshot the 2 volumes of host');
  });
});

describe('where they cannot be kept', () => {
  it.each([
    ['denied', { fault: 'denied' }],
    ['refused', { fault: 'refused', code: 'SnapshotLimitExceeded', message: 'too many' }],
    [
      'refused for the whole minute',
      { fault: 'refused', code: 'ConcurrentSnapshotLimitExceeded', message: 'x', times: 99 },
    ],
  ] as const)('%s: the host is cut off all the same, and what is missing is told', async (_how, spec) => {
    await using stage = await opened();
    fault(stage, spec as Partial<FaultSpec>);
    await found(stage);
    expect(changes(stage)).toContain(closing);
    expect(kept(stage)).toEqual([]);
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'degraded' }]);
    expect(stage.told().at(-1)?.body).toMatch(/FAILED ec2\.snapshot-volumes: /);
  });
});

describe('a call that goes wrong', () => {
  it.each([
    ['is lost after it took effect', { fault: 'lost-after' }],
    ['is lost before', { fault: 'lost-before' }],
    ['is throttled', { fault: 'throttled', times: 2 }],
    ['comes too soon', { fault: 'refused', code: 'SnapshotCreationPerVolumeRateExceeded', message: 'x', times: 2 }],
    ['kills its function after it took effect', { fault: 'killed-after' }],
  ] as const)('%s: there is one set, and the host is cut off', async (_how, spec) => {
    await using stage = await opened();
    fault(stage, spec as Partial<FaultSpec>);
    await found(stage);
    expect(kept(stage)).toEqual(both);
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'contained' }]);
  });
});
