import { describe, expect, it } from 'vitest';
import { drainHost as action } from '../../shared/actions/drainHost/drainHost.ts';
import { params as shape } from '../../shared/actions/drainHost/types.ts';
import { commentBegins } from '../../shared/actions/targets/patchCommands.ts';
import { now } from './actContext.ts';
import { type DrainWorld, drainAws, drainContext, itself, ofService, worldOf } from './drainHostWorld.ts';
import { container, host } from './hostWorld.ts';

const before = { status: 'ACTIVE' };
const set = (status: string) => ({ cluster: 'prod', containerInstances: [container], status });
const draining = (more: object = {}) => itself({ status: 'DRAINING', ...more });
const empty = { tasks: [], host: draining({ runningTasksCount: 0 }) };
const minutesAgo = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

function on(change: Partial<DrainWorld>, more: object = {}) {
  const { aws, sent } = drainAws(worldOf(change));
  const changed = () => sent.flatMap(({ operation, input }) => (operation.startsWith('Update') ? [input] : []));
  return { context: drainContext(aws, more), changed, sent };
}

describe('draining', () => {
  const act = async (change: Partial<DrainWorld> = {}, given: object = {}) => {
    const { context, changed, sent } = on(change);
    const done = await action.execute(host, shape.parse(given), before, context);
    expect(sent.map(({ operation }) => operation)).not.toContain('StopTask');
    return { done, changed: changed() };
  };

  it('sets the host so, and waits for the event that it is empty', async () => {
    const { done, changed } = await act();
    expect(changed).toEqual([set('DRAINING')]);
    expect(done).toMatchObject({ kind: 'waiting', correlation: container, atMostSeconds: 900 });
    expect(done.did).toContain('2 tasks to leave: web (2)');
  });

  it('asks for nothing where somebody has meanwhile, and waits for nobody where it is empty', async () => {
    expect((await act({ host: draining() })).changed).toEqual([]);
    const none = await act({ tasks: [], host: itself({ runningTasksCount: 0 }) });
    expect([none.done.kind, none.changed]).toEqual(['done', [set('DRAINING')]]);
  });

  it('waits for no event where tasks of no service are left, for which none comes', async () => {
    const tasks = [ofService('a1', 'web'), { id: 'b1' }];
    expect((await act({ tasks })).done).toMatchObject({
      kind: 'done',
      did: expect.stringContaining('1 task of no service'),
    });
    expect((await act({ tasks }, { standaloneTasks: 'wait' })).done).toMatchObject({ kind: 'waiting' });
  });

  it('fails where the host was taken out of its cluster', async () => {
    await expect(act({ host: undefined })).rejects.toThrow('not in its cluster any more');
  });
});

describe('a drain is read back', () => {
  const verified = async (change: Partial<DrainWorld>, given: object = {}, begunAt = minutesAgo(1)) =>
    action.verify(host, shape.parse(given), before, on(change, { begunAt }).context);

  it('holds when no task is left there: two reads must agree', async () => {
    expect(await verified(empty)).toMatchObject({ state: 'holds', absence: true });
  });

  it('holds with a task of no service, which is named, unless it is waited for', async () => {
    const change = { tasks: [{ id: 'b1' }], host: draining({ runningTasksCount: 1 }) };
    expect(await verified(change)).toMatchObject({
      state: 'holds',
      seen: expect.stringContaining('1 task of no service is left there, and not stopped: b1'),
    });
    expect(await verified(change, { standaloneTasks: 'wait' })).toMatchObject({ state: 'pending' });
  });

  it('is pending while tasks of services are there, those that stop and those that no list shows yet', async () => {
    expect(await verified({ host: draining() })).toMatchObject({
      state: 'pending',
      seen: expect.stringContaining('web (2)'),
    });
    const stopping = { tasks: [], ending: [ofService('a1', 'web')], host: draining({ runningTasksCount: 1 }) };
    expect(await verified(stopping)).toMatchObject({ state: 'pending' });
    const unlisted = { tasks: [], host: draining({ runningTasksCount: 0, pendingTasksCount: 1 }) };
    expect(await verified(unlisted)).toMatchObject({ state: 'pending', seen: expect.stringContaining('1 not listed') });
  });

  it('is broken once its time is over, with what is left and why', async () => {
    const late = await verified({ host: draining({ agentConnected: false }) }, {}, minutesAgo(15));
    expect(late).toMatchObject({ state: 'broken', absence: false });
    expect(late.seen).toMatch(/not empty after 900 s, 2 tasks left: web \(2\)\. Its agent is not connected/);
    expect(await verified({ host: draining() }, { drainTimeoutSeconds: 1200 }, minutesAgo(15))).toMatchObject({
      state: 'pending',
    });
  });

  it('is broken where somebody lets it take tasks, or has taken it out of its cluster', async () => {
    expect(await verified({ tasks: [], host: itself({ runningTasksCount: 0 }) })).toMatchObject({ state: 'broken' });
    expect(await verified({ host: undefined })).toMatchObject({ state: 'broken' });
  });

  it('is over where the instance is gone, as one of Spot that was interrupted', async () => {
    await expect(verified({ state: 'shutting-down' })).rejects.toMatchObject({ name: 'TargetGone' });
  });
});

describe('an undo', () => {
  const undo = async (change: Partial<DrainWorld>, was: object = before, more: object = {}) => {
    const { context, changed } = on(change, more);
    await action.undo?.(host, shape.parse({}), { ...was }, context);
    return changed();
  };

  it('lets the host take tasks again', async () => {
    expect(await undo(empty)).toEqual([set('ACTIVE')]);
  });

  it('leaves alone what drained before, and what somebody has let take tasks', async () => {
    expect(await undo(empty, { status: 'DRAINING' })).toEqual([]);
    expect(await undo({})).toEqual([]);
  });

  it('waits for the agent, which one that is cut off does not have, and leaves the host drained without it', async () => {
    const away = { host: draining({ agentConnected: false }) };
    await expect(undo(away)).rejects.toMatchObject({ name: 'Throttled' });
    await expect(undo(away, before, { lastTry: true })).rejects.toThrow(/^It stays DRAINING/);
  });

  it('gives no tasks to a host that a patch may yet reboot', async () => {
    const commands = [{ CommandId: 'c-1', Comment: `${commentBegins}x`, Status: 'InProgress', RequestedDateTime: now }];
    await expect(undo({ ...empty, commands })).rejects.toThrow('may reboot it');
  });

  it.each([
    ['ACTIVE', 'holds'],
    ['DRAINING', 'broken'],
  ])('is read back: %s', async (status, state) => {
    const { context } = on({ host: itself({ status }) });
    expect(await action.verifyUndone?.(host, shape.parse({}), before, context)).toMatchObject({ state });
  });
});
