import { describe, expect, it } from 'vitest';
import { patchHosts } from '../../shared/actions/patchHosts/patchHosts.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { container, type HostWorld, host, hostAws, hostContext, worldOfHost } from './hostWorld.ts';

import { activate, command, params } from './patchParts.ts';

describe('activating', () => {
  const drained = { ...worldOfHost().host, status: 'DRAINING', runningTasksCount: 0, pendingTasksCount: 0 };
  const away = { ...drained, agentConnected: false };
  const act = async (change: Partial<HostWorld>, more: object = {}) => {
    const { aws, sent } = hostAws(worldOfHost(change));
    const done = await activate.execute(host, params, {}, hostContext(aws, {}, more));
    return { done, changed: sent.filter(({ operation }) => operation.startsWith('Update')).map(({ input }) => input) };
  };

  it('gives the host tasks again', async () => {
    const { done, changed } = await act({ host: drained });
    expect([done.kind, changed]).toEqual([
      'done',
      [{ cluster: 'prod', containerInstances: [container], status: 'ACTIVE' }],
    ]);
  });

  it('asks for nothing where somebody has', async () => {
    expect((await act({})).changed).toEqual([]);
  });

  it('waits for the agent, and leaves the host drained when it does not come', async () => {
    await expect(act({ host: away })).rejects.toMatchObject({ name: 'Throttled' });
    await expect(act({ host: away }, { lastTry: true })).rejects.toThrow(/^It stays DRAINING/);
  });

  it('leaves a host drained that a command may yet reboot', async () => {
    const refused = act({ host: drained, commands: [command('InProgress')] });
    await expect(refused).rejects.toThrow(/c-1 is InProgress and may reboot it/);
  });

  it('fails where the host was taken out of its cluster', async () => {
    await expect(act({ host: undefined })).rejects.toMatchObject({ name: 'ActionFailed' });
  });

  it.each<[string, Partial<HostWorld>, string]>([
    ['it takes tasks', {}, 'holds'],
    ['its agent is away', { host: { ...away, status: 'ACTIVE' } }, 'pending'],
    ['it is drained', { host: drained }, 'broken'],
    ['it was taken out of its cluster', { host: undefined }, 'broken'],
  ])('is read back: %s', async (_what, change, state) => {
    const { aws } = hostAws(worldOfHost(change));
    expect(await activate.verify(host, params, {}, hostContext(aws, {}))).toMatchObject({ state });
  });
});

describe('an undo', () => {
  const before: JsonObject = { status: 'ACTIVE' };
  const undo = async (change: Partial<HostWorld>, chosen: object = {}, was = before) => {
    const { aws, sent } = hostAws(worldOfHost(change));
    await patchHosts.undo?.(host, params, was, hostContext(aws, chosen));
    return sent.flatMap(({ operation, input }) => (operation.startsWith('Update') ? [input['status']] : []));
  };

  it('lets the host take tasks again, though its agent is away', async () => {
    const away = { ...worldOfHost().host, status: 'DRAINING', agentConnected: false };
    expect(await undo({ host: away })).toEqual(['ACTIVE']);
  });

  it('leaves alone what drained before, and what is of no cluster', async () => {
    expect(await undo({}, {}, { status: 'DRAINING' })).toEqual([]);
    expect(await undo({}, { cluster: null, container: null })).toEqual([]);
  });

  it('gives no tasks to a host that a command may yet reboot', async () => {
    await expect(undo({ commands: [command('InProgress')] })).rejects.toThrow('may reboot it');
  });

  it.each([
    ['ACTIVE', 'holds'],
    ['DRAINING', 'broken'],
  ])('is read back: %s', async (status, state) => {
    const { aws } = hostAws(worldOfHost({ host: { ...worldOfHost().host, status } }));
    expect(await patchHosts.verifyUndone?.(host, params, before, hostContext(aws, {}))).toMatchObject({ state });
  });
});
