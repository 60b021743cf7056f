import { describe, expect, it } from 'vitest';
import { patchHosts } from '../../shared/actions/patchHosts/patchHosts.ts';
import { commentFor } from '../../shared/actions/patchHosts/reads.ts';
import { params as shape } from '../../shared/actions/patchHosts/types.ts';
import { awsError } from '../platform/awsAnswers.ts';
import { container, type HostWorld, host, hostAws, hostContext, id, minutesAgo, worldOfHost } from './hostWorld.ts';

import { command, installed, own, params, patch } from './patchParts.ts';

describe('draining', () => {
  const drain = async (change: Partial<HostWorld> = {}, chosen: object = {}) => {
    const { aws, sent } = hostAws(worldOfHost(change));
    const done = await patchHosts.execute(host, params, {}, hostContext(aws, chosen));
    return { done, changed: sent.filter(({ operation }) => operation.startsWith('Update')).map(({ input }) => input) };
  };

  it('asks once, and waits for the host to be told empty', async () => {
    const { done, changed } = await drain();
    expect(done).toMatchObject({ kind: 'waiting', correlation: container, atMostSeconds: 900 });
    expect(changed).toEqual([{ cluster: 'prod', containerInstances: [container], status: 'DRAINING' }]);
  });

  it('waits for nobody on a host that is empty, nor on one of no cluster', async () => {
    const empty = { ...worldOfHost().host, runningTasksCount: 0, pendingTasksCount: 0 };
    expect((await drain({ host: empty })).done).toMatchObject({ kind: 'done' });
    expect((await drain({}, { cluster: null, container: null })).done).toMatchObject({ kind: 'done' });
  });

  it('asks for nothing where somebody drains it', async () => {
    const { done, changed } = await drain({ host: { ...worldOfHost().host, status: 'DRAINING' } }, { drains: false });
    expect([done.kind, changed]).toEqual(['waiting', []]);
  });

  it.each([
    ['MISSING', 'TargetGone'],
    ['INACTIVE', 'ActionFailed'],
  ])('that ECS answers with %s ends as %s', async (failure, name) => {
    await expect(drain({ failure })).rejects.toMatchObject({ name });
  });

  const verify = async (change: Partial<HostWorld>, more: object = {}) => {
    const { aws } = hostAws(worldOfHost(change));
    return patchHosts.verify(host, params, {}, hostContext(aws, {}, more));
  };
  const draining = (runningTasksCount: number) => ({
    host: { ...worldOfHost().host, status: 'DRAINING', runningTasksCount, pendingTasksCount: 0 },
  });

  it('holds when nothing is left, which two reads must agree on', async () => {
    expect(await verify(draining(0))).toMatchObject({ state: 'holds', absence: true });
  });

  it('is pending within its time, and broken after it', async () => {
    expect(await verify(draining(1), { begunAt: minutesAgo(14).toISOString() })).toMatchObject({ state: 'pending' });
    expect(await verify(draining(1))).toMatchObject({ state: 'pending' });
    expect(await verify(draining(1), { begunAt: minutesAgo(15).toISOString() })).toMatchObject({ state: 'broken' });
  });

  it('is broken where the host takes tasks, unless it was patched since', async () => {
    expect(await verify({})).toMatchObject({ state: 'broken', seen: expect.stringContaining('is ACTIVE') });
    expect(await verify({ patches: installed() })).toMatchObject({ state: 'holds' });
    expect(await verify({ patches: installed({ Operation: 'Scan' }) })).toMatchObject({ state: 'broken' });
    expect(await verify({ patches: installed({ FailedCount: 1 }) })).toMatchObject({ state: 'broken' });
    expect(await verify({ patches: installed({ OperationEndTime: minutesAgo(60) }) })).toMatchObject({
      state: 'broken',
    });
  });

  it('is broken where the host was taken out of its cluster', async () => {
    expect(await verify({ host: undefined })).toMatchObject({ state: 'broken' });
  });
});

describe('patching', () => {
  const send = async (commands: HostWorld['commands'], given: object = {}) => {
    const world = worldOfHost({ commands });
    const { aws, sent } = hostAws(world);
    const context = hostContext(aws, {});
    const done = await patch.execute(host, shape.parse(given), {}, context);
    return { done, world, context, sent: sent.filter(({ operation }) => operation === 'SendCommand') };
  };

  it('sends one command, with a mark, and waits for its end longer than Systems Manager may take', async () => {
    const { done, sent } = await send([], { reboot: 'never', patchTimeoutSeconds: 1200 });
    expect(done).toMatchObject({ kind: 'waiting', correlation: 'c-0', atMostSeconds: 1920 });
    expect(sent.map(({ input }) => input)).toEqual([
      {
        DocumentName: 'AWS-RunPatchBaseline',
        InstanceIds: [id],
        Parameters: { Operation: ['Install'], RebootOption: ['NoReboot'], StepTimeoutSeconds: ['1200'] },
        TimeoutSeconds: 600,
        Comment: own,
      },
    ]);
    expect(own.length).toBeLessThanOrEqual(100);
  });

  it('sends none again that was written down', async () => {
    const { context, world } = await send([]);
    world.commands = world.commands.map((one) => ({ ...one, Status: 'Failed' }));
    await patch.execute(host, params, {}, context);
    expect(world.commands).toHaveLength(1);
  });

  it.each(['Pending', 'InProgress', 'Cancelling'])('goes on with its own command that is %s', async (status) => {
    const { done, sent } = await send([
      command('Success', { Comment: 'nightly', CommandId: 'theirs' }),
      command(status),
    ]);
    expect([done, sent]).toMatchObject([{ correlation: 'c-1' }, []]);
  });

  it('does not wait for its own command that has succeeded: no event of it comes any more', async () => {
    const { done, sent } = await send([command('Success')]);
    expect([done, sent]).toMatchObject([{ kind: 'done' }, []]);
  });

  it.each([
    ['that failed', command('Failed')],
    ['of an earlier patch', command('Success', { Comment: commentFor(host, null) })],
    [
      'of another host',
      command('InProgress', { Comment: commentFor({ ...host, id: 'i-1' }, minutesAgo(60).toISOString()) }),
    ],
  ])('goes on with no command %s', async (_what, known) => {
    expect((await send([known])).sent).toHaveLength(1);
  });

  it('says what AWS refused', async () => {
    const { aws } = hostAws(worldOfHost({ refusals: { SendCommand: awsError('InvalidInstanceId', 400) } }));
    await expect(patch.execute(host, params, {}, hostContext(aws, {}))).rejects.toMatchObject({
      name: 'InvalidInstanceId',
    });
  });

  const verify = async (change: Partial<HostWorld>) => {
    const { aws } = hostAws(worldOfHost(change));
    return patch.verify(host, params, {}, hostContext(aws, {}));
  };
  const away = { ...worldOfHost().host, agentConnected: false };

  it.each<[string, Partial<HostWorld>, string, RegExp]>([
    ['the command goes on', { commands: [command('InProgress')] }, 'pending', /c-1 is InProgress/],
    [
      'the host is not back',
      { commands: [command('Success')], host: away, patches: installed() },
      'pending',
      /not back/,
    ],
    ['it failed and the host is not back', { commands: [command('Failed')], host: away }, 'pending', /not back/],
    ['nothing is reported yet', { commands: [command('Success')] }, 'pending', /not reported yet/],
    [
      'the report is older than the command',
      { commands: [command('Success')], patches: installed({ OperationEndTime: minutesAgo(11) }) },
      'pending',
      /not reported yet/,
    ],
    [
      'the command failed',
      { commands: [command('Failed', { StatusDetails: 'Undeliverable' })] },
      'broken',
      /Failed \(Undeliverable\)/,
    ],
    [
      'a patch is missing',
      { commands: [command('Success')], patches: installed({ MissingCount: 1 }) },
      'broken',
      /Not patched/,
    ],
    [
      'a patch failed',
      { commands: [command('Success')], patches: installed({ FailedCount: 1 }) },
      'broken',
      /Not patched/,
    ],
    [
      'a reboot is pending',
      { commands: [command('Success')], patches: installed({ InstalledPendingRebootCount: 1 }) },
      'broken',
      /^A reboot is pending/,
    ],
    ['all is installed', { commands: [command('Success')], patches: installed() }, 'holds', /0 missing, 0 failed/],
    [
      'an earlier try failed and a later one succeeded',
      {
        commands: [command('Failed', { RequestedDateTime: minutesAgo(30) }), command('Success')],
        patches: installed(),
      },
      'holds',
      /Success/,
    ],
    ['somebody else has patched it', { patches: installed() }, 'holds', /Somebody has patched it/],
    ['nobody has', {}, 'broken', /No command of ours/],
  ])('is read back: %s', async (_what, change, state, seen) => {
    expect(await verify(change)).toMatchObject({ state, seen: expect.stringMatching(seen) });
  });

  it('is over where the host is gone', async () => {
    await expect(verify({ state: 'terminated' })).rejects.toMatchObject({ name: 'TargetGone' });
  });
});
