import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { isolateHost as action } from '../../shared/actions/isolateHost/isolateHost.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { begun, isolated, planned } from './hostIsolated.ts';
import {
  closed,
  eni,
  HostNetwork,
  host,
  ofTask,
  opening,
  own,
  refusal,
  second,
  target,
  vpc,
  web,
} from './hostNetwork.ts';

describe('what is planned', () => {
  it('is to close all interfaces, and what it cannot end is said', async () => {
    const net = new HostNetwork();
    net.interfaces.set(second, { groups: [own] });
    expect((await planned(net)).plan).toMatchObject({
      kind: 'step',
      sentence: `Cut host ${host} off the network: put its 2 network interfaces into a security group without rules, and end the connections that are open.`,
      chosen: { interfaces: { [eni]: vpc, [second]: vpc }, groups: [own, web], standsBy: null },
      remains: expect.stringContaining('through a NAT gateway'),
    });
  });

  it('is to let it stand by where it serves, and to say where it cannot', async () => {
    const net = new HostNetwork();
    net.scaling = { group: 'web', lifecycle: 'InService' };
    expect((await planned(net)).plan).toMatchObject({
      chosen: { standsBy: 'web' },
      sentence: expect.stringContaining('It stands by in Auto Scaling group web first'),
    });
    net.scaling = { group: 'web', lifecycle: 'Terminating:Wait' };
    expect((await planned(net)).plan).toMatchObject({
      chosen: { standsBy: null },
      remains: expect.stringContaining('is Terminating:Wait in Auto Scaling group web and cannot stand by'),
    });
  });

  it('leaves the interfaces of a service of AWS alone, and says so', async () => {
    const net = new HostNetwork();
    net.interfaces.set(ofTask, { groups: [own], theirs: true });
    expect((await planned(net)).plan).toMatchObject({
      chosen: { interfaces: { [eni]: vpc } },
      remains: expect.stringContaining(`${ofTask} on ${host} is of a service of AWS`),
    });
  });

  it('is to ask a person where nobody else may change it, or there is nothing that could be changed', async () => {
    const managed = new HostNetwork();
    managed.operator = { Managed: true, Principal: 'eks.amazonaws.com' };
    expect((await planned(managed)).plan).toMatchObject({
      kind: 'hold',
      reason: `${host} is managed by eks.amazonaws.com, so that nobody else may change its network`,
    });
    const none = new HostNetwork();
    none.interfaces.clear();
    expect((await planned(none)).plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('no network') });
    const many = new HostNetwork();
    for (let at = 0; at < 15; at += 1) many.interfaces.set(`eni-1${String(at).padStart(16, '0')}`, { groups: [web] });
    expect((await planned(many)).plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining('can name') });
  });

  it('is nothing where it is isolated, and the rest where its connections were not ended', async () => {
    const { net, observed } = await isolated();
    expect((await planned(net)).plan).toMatchObject({ kind: 'skip', reason: expect.stringContaining('already') });
    net.groups.get(net.idOf(closed))?.tags.pop();
    expect((await planned(net, observed)).plan).toMatchObject({ kind: 'step', chosen: { groups: [own, web] } });
  });
});

describe('what is observed', () => {
  it('is sorted, in its own order besides, and ours wherever it is on the way', async () => {
    const net = new HostNetwork();
    const { observed } = await planned(net);
    expect(observed).toMatchObject({ groups: { [eni]: `${own},${web}` }, order: { [eni]: [web, own] }, standby: null });
    for (const name of [closed, opening]) {
      net.interfaces.set(eni, { groups: [net.addOwn(name)] });
      expect((await planned(net, observed)).observed).toMatchObject({
        groups: { [eni]: 'isolated' },
        order: { [eni]: [web, own] },
      });
    }
    net.interfaces.set(eni, { groups: [net.idOf(closed), web] });
    expect((await planned(net)).observed).toMatchObject({ groups: { [eni]: `${net.idOf(closed)},${web}` } });
  });

  it('is what there was at the beginning, once begun: an interface that came later was taken from nothing', async () => {
    const net = new HostNetwork();
    net.scaling = { group: 'web', lifecycle: 'InService' };
    const { observed } = await isolated(net);
    net.interfaces.set(second, { groups: [own] });
    const again = await planned(net, observed);
    expect(again.observed).toMatchObject({ standby: true, serves: true });
    expect(again.observed['groups']).toEqual({ [eni]: 'isolated' });
    expect(again.plan).toMatchObject({ chosen: { standsBy: 'web' } });
  });
});

describe('reading back', () => {
  it('finds an interface that came later, one of a task, and one that was put elsewhere', async () => {
    const { net, observed, context } = await isolated();
    const verified = () => action.verify(target, {}, observed, context);
    net.interfaces.set(second, { groups: [own] });
    expect(await verified()).toMatchObject({ state: 'broken', seen: `${second} is in ${own}` });
    net.interfaces.set(second, { groups: [own], theirs: true });
    expect(await verified()).toMatchObject({ state: 'broken', seen: expect.stringContaining('Stop the tasks there') });
    // A trunk says nothing about whether there are tasks behind it.
    net.interfaces.set(second, { groups: [own], type: 'trunk' });
    expect(await verified()).toMatchObject({ state: 'holds' });
    net.groups.get(net.idOf(closed))?.tags.splice(0, 1);
    expect(await verified()).toMatchObject({ state: 'broken', seen: expect.stringContaining('not ours') });
    net.interfaces.clear();
    expect(await verified()).toMatchObject({ state: 'broken', seen: expect.stringContaining('shows no') });
  });
});

describe('standby', () => {
  const scaled = (): HostNetwork => {
    const net = new HostNetwork();
    net.scaling = { group: 'web', lifecycle: 'InService' };
    return net;
  };

  it('comes before the network, with another in its place, and is read back', async () => {
    const net = scaled();
    const { observed, context } = await isolated(net);
    expect(net.changes[0]).toBe('EnterStandby');
    expect(net.sent.find(({ operation }) => operation === 'EnterStandby')?.input).toEqual({
      AutoScalingGroupName: 'web',
      InstanceIds: [host],
      ShouldDecrementDesiredCapacity: false,
    });
    expect(await action.verify(target, {}, observed, context)).toMatchObject({ state: 'holds' });
    net.scaling = { group: 'web', lifecycle: 'InService' };
    expect(await action.verify(target, {}, observed, context)).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining('which may terminate it'),
    });
  });

  it.each([
    ['AccessDenied', ActionFailed, 'is cut off the network, but it does not stand by'],
    ['Throttling', Throttled, ''],
  ])('that is refused with %s does not keep the network open', async (name, kind, text) => {
    const net = scaled();
    const { observed, context } = await begun(net);
    net.refuse = (operation) => (operation === 'EnterStandby' ? refusal(name) : undefined);
    const failed = action.execute(target, {}, observed, context);
    await expect(failed).rejects.toThrow(kind);
    await expect(failed).rejects.toThrow(text);
    expect(net.where()).toBe(`${closed} 0`);
  });

  it('that is there already though the call was refused is enough', async () => {
    const net = scaled();
    const { observed, context } = await begun(net);
    net.refuse = (operation) => {
      if (operation !== 'EnterStandby') return undefined;
      net.scaling = { group: 'web', lifecycle: 'Standby' };
      return refusal('ValidationError');
    };
    expect(await action.execute(target, {}, observed, context)).toMatchObject({ kind: 'done' });
  });

  it('ends with an undo, once it is there', async () => {
    const net = scaled();
    const { observed, context } = await isolated(net);
    const undo = (lastTry = false) => action.undo?.(target, {}, observed, { ...context, lastTry });
    await expect(undo()).rejects.toThrow(Throttled);
    expect(net.where()).toBe('web 2, own 1');
    await expect(undo(true)).rejects.toThrow('has its network back, but stays out of service');
    net.scaling = { group: 'web', lifecycle: 'Standby' };
    await undo();
    expect(await action.verifyUndone?.(target, {}, observed, context)).toMatchObject({ state: 'pending' });
    net.scaling = { group: 'web', lifecycle: 'InService' };
    expect(await action.verifyUndone?.(target, {}, observed, context)).toMatchObject({ state: 'holds' });
  });
});

describe('an undo', () => {
  it('gives the groups back in their order, and leaves none of ours', async () => {
    const { net, observed, context } = await isolated();
    expect(await action.verifyUndone?.(target, {}, observed, context)).toMatchObject({ state: 'pending' });
    await action.undo?.(target, {}, observed, context);
    expect(net.interfaces.get(eni)?.groups).toEqual([web, own]);
    expect([...net.groups.keys()]).toEqual([web, own]);
    expect(await action.verifyUndone?.(target, {}, observed, context)).toMatchObject({ state: 'holds' });
  });

  it('goes on where an interface is gone, and says which group it leaves', async () => {
    const { net, observed, context } = await isolated();
    net.interfaces.delete(eni);
    net.refuse = (operation) => (operation === 'DeleteSecurityGroup' ? refusal('DependencyViolation') : undefined);
    expect(await action.undo?.(target, {}, observed, context)).toMatchObject({
      did: expect.stringContaining('is left behind, without a rule'),
    });
    expect(await action.verifyUndone?.(target, {}, observed, context)).toMatchObject({
      absence: true,
      partlyGone: true,
    });
  });

  it('is what a release does, and onto no version', async () => {
    const { net, observed, context } = await isolated();
    const plan = (to: string | null) => action.release?.plan(target, {}, observed, to, context);
    expect(await plan('sha256:1')).toMatchObject({ kind: 'elsewhere' });
    expect(await plan(null)).toMatchObject({ kind: 'release', chosen: context.chosen });
    expect(action.release?.intended(target, observed, {})).toEqual({
      groups: { [eni]: `${own},${web}` },
      standby: null,
    });
    await action.release?.execute(target, {}, observed, context);
    expect(net.where()).toBe('web 2, own 1');
  });
});

describe('permissions', () => {
  const chosen = { interfaces: { [eni]: vpc }, groups: [web], standsBy: 'web' };

  it.each([
    ['a name that is a wildcard', { standsBy: '*' }],
    ['a name with a colon', { standsBy: 'web:*' }],
    ['an interface', { interfaces: { '*': vpc } }],
    ['a VPC', { interfaces: { [eni]: '*' } }],
    ['a security group', { groups: ['*'] }],
  ])('are given on nothing but ids and names: not on %s', (_what, more) => {
    expect(() => action.permissions(target, chosen)).not.toThrow();
    expect(() => action.permissions(target, { ...chosen, ...more })).toThrow(ActionFailed);
  });

  it.each([['*'], ['arn:aws:ec2:eu-west-1:123456789012:instance/i-0ab12cd34ef567890']])('are given on no %s', (arn) => {
    expect(() => action.permissions({ ...target, arn } as Target)).toThrow(ActionFailed);
  });

  it('reach no group of another host, once a step has chosen', () => {
    const { write } = action.permissions(target, chosen);
    const wide = write.filter(({ resource }) => resource.endsWith('security-group/*'));
    expect(wide).not.toEqual([]);
    for (const { condition } of wide)
      expect(Object.values(condition?.['StringEquals'] ?? {})).toEqual([
        expect.stringMatching(`^(?:${host}|CreateSecurityGroup)$`),
      ]);
  });
});
