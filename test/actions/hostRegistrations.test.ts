import { describe, expect, it } from 'vitest';
import { readsWith } from '../../shared/account/reads.ts';
import { drainHost } from '../../shared/actions/drainHost/drainHost.ts';
import { params as drainShape } from '../../shared/actions/drainHost/types.ts';
import { patchHosts } from '../../shared/actions/patchHosts/patchHosts.ts';
import { findHosts } from '../../shared/actions/targets/hostRegistrations.ts';
import { differing } from '../../shared/respond/restored.ts';
import { actContext } from './actContext.ts';
import { drainAws, drainContext, itself, worldOf } from './drainHostWorld.ts';
import { container, type Elsewhere, host, hostAws, hostContext, id, stale, worldOfHost } from './hostWorld.ts';
import { params, patch } from './patchParts.ts';

const settings = { quietPullDays: 7 };
const drainParams = drainShape.parse({});
/** Nine tasks run on the host, by its registration in `prod`. */
const full = { ...worldOfHost().host, runningTasksCount: 9, pendingTasksCount: 0 };
const gone = stale({ status: 'INACTIVE' });
/** An agent that has lost its state registers the host in the cluster that it is in. */
const twice: Elsewhere = {
  cluster: 'prod',
  instance: { ...stale().instance, containerInstanceArn: container.replace(/[0-9a-f]{32}$/, 'b'.repeat(32)) },
};

/** Either action on a host that is registered so besides, as it is when a step for that of `prod` is at its turn or is planned. */
const actions = [
  [
    'ssm.patch-hosts',
    patchHosts,
    params,
    (elsewhere: readonly Elsewhere[], draining = false) => {
      const { aws } = hostAws(worldOfHost({ host: draining ? { ...full, status: 'DRAINING' } : full, elsewhere }));
      return { planning: actContext(aws), acting: hostContext(aws, {}) };
    },
  ],
  [
    'ecs.drain-host',
    drainHost,
    drainParams,
    (elsewhere: readonly Elsewhere[], draining = false) => {
      const its = itself({ runningTasksCount: 9, ...(draining ? { status: 'DRAINING' } : {}) });
      const { aws } = drainAws(worldOf({ host: its, elsewhere }));
      return { planning: actContext(aws), acting: drainContext(aws) };
    },
  ],
] as const;

describe.each(actions)('%s on a host that is registered twice', (_name, action, given, on) => {
  const observing = (elsewhere: readonly Elsewhere[]) => action.observe(host, given, on(elsewhere).planning);
  const planned = async (elsewhere: readonly Elsewhere[]) =>
    action.plan(host, given, await observing(elsewhere), settings);

  it('asks a person, and names both, with their tasks, and what to do', async () => {
    const old = `in cluster aa-old as ${'a'.repeat(32)} (ACTIVE, agent not connected, 0 tasks)`;
    const now = `in cluster prod as ${'0123456789abcdef'.repeat(2)} (ACTIVE, agent connected, 9 tasks)`;
    expect(await planned([stale()])).toMatchObject({
      kind: 'hold',
      reason: `${id} is registered with ECS 2 times, ${old} and ${now}, and to drain one of them would leave the tasks of the others on it: deregister what is stale (aws ecs deregister-container-instance)`,
    });
  });

  it.each([
    ['whose agent is connected', stale({ agentConnected: true })],
    ['that drains', stale({ status: 'DRAINING' })],
  ])('asks about one %s, too', async (_what, elsewhere) => {
    expect(await planned([elsewhere])).toMatchObject({ kind: 'hold', reason: expect.stringContaining('2 times') });
  });

  it('goes on where the other one is not a host any more', async () => {
    expect(await planned([gone])).toMatchObject({ kind: 'step', chosen: { cluster: 'prod', container } });
  });

  it('is decided again where one comes between the plan and its turn', async () => {
    const before = await observing([]);
    const now = await action.observe(host, given, on([stale()]).acting);
    expect(now).toMatchObject({ cluster: 'prod', container });
    expect(differing(now, before, action.decisive)).toBe('registrations');
  });

  it('sees the one that was chosen, for an undo and for whoever reads it back', async () => {
    const seen = await action.observe(host, given, on([stale()], true).acting);
    expect(seen).toMatchObject({ cluster: 'prod', container, status: 'DRAINING' });
  });
});

describe('the registrations of a host', () => {
  const found = async (elsewhere: readonly Elsewhere[], its: object | undefined = full) => {
    const hosts = await findHosts(readsWith(hostAws(worldOfHost({ host: its, elsewhere })).aws), id);
    return hosts.map(({ cluster, instance }) => `${cluster} ${instance.status}`);
  };

  it('are those of all clusters, and two of one', async () => {
    expect(await found([twice, stale()])).toEqual(['aa-old ACTIVE', 'prod ACTIVE', 'prod ACTIVE']);
  });

  it('are without what is INACTIVE, unless there is nothing else', async () => {
    expect(await found([gone])).toEqual(['prod ACTIVE']);
    expect(await found([gone], { ...full, status: 'INACTIVE' })).toEqual(['aa-old INACTIVE']);
  });
});

describe('the command of a patch', () => {
  const patching = async (elsewhere: readonly Elsewhere[], chosen: object = {}) => {
    const { aws, sent } = hostAws(worldOfHost({ elsewhere }));
    const done = patch.execute(host, params, {}, hostContext(aws, chosen));
    return { done, commands: () => sent.filter(({ operation }) => operation === 'SendCommand').length };
  };

  it('is not sent to a host that was registered anew while it was drained', async () => {
    const { done, commands } = await patching([stale()]);
    await expect(done).rejects.toThrow(/registered in cluster aa-old .* which was not drained: deregister/);
    expect(commands()).toBe(0);
  });

  it('is not sent to a host of no cluster that has become one', async () => {
    const { done, commands } = await patching([], { cluster: null, container: null });
    await expect(done).rejects.toThrow(/registered in cluster prod/);
    expect(commands()).toBe(0);
  });

  it('is sent where what was there besides is no host any more', async () => {
    const { done, commands } = await patching([gone]);
    expect(await done).toMatchObject({ kind: 'waiting' });
    expect(commands()).toBe(1);
  });
});
