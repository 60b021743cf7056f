import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { isolateHost as action } from '../../shared/actions/isolateHost/isolateHost.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import {
  closed,
  eni,
  HostNetwork,
  host,
  ofTask,
  opening,
  otherVpc,
  own,
  refusal,
  second,
  target,
  vpc,
  web,
} from './hostNetwork.ts';

const settings = { quietPullDays: 7 };

async function planned(net: HostNetwork, before?: JsonObject) {
  const observed = await action.observe(target, {}, { ...net.context, ...(before === undefined ? {} : { before }) });
  return { observed, plan: action.plan(target, {}, observed, settings) };
}

/** What Act would have at hand. */
async function begun(net: HostNetwork) {
  const { observed, plan } = await planned(net);
  if (plan.kind !== 'step') throw new Error(plan.reason);
  return { observed, plan, context: { ...net.context, chosen: plan.chosen ?? {} } };
}

async function isolated(net = new HostNetwork()) {
  const { observed, context } = await begun(net);
  await action.execute(target, {}, observed, context);
  return { net, observed, context };
}

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

describe('the two steps', () => {
  it('come after it was closed, and leave it closed', async () => {
    const net = new HostNetwork();
    const open: string[] = [];
    net.after = (operation) => {
      if (net.isOpen) open.push(`${operation}: ${net.where()}`);
    };
    const { context, observed } = await isolated(net);
    expect(net.changes.filter((one) => one.startsWith('firebreak-'))).toEqual([closed, closed, opening, closed]);
    // From the one call that opens it to the one that closes it: only a read comes between.
    expect(open).toEqual([`ModifyNetworkInterfaceAttribute: ${opening} 4`, `DescribeNetworkInterfaces: ${opening} 4`]);
    expect(net.where()).toBe(`${closed} 0`);
    expect(net.idOf(opening)).toBe('');
    expect(await action.verify(target, {}, observed, context)).toMatchObject({ state: 'holds', absence: false });
  });

  it('take all interfaces, each with a group of its own VPC', async () => {
    const net = new HostNetwork();
    net.interfaces.set(second, { groups: [own], vpc: otherVpc });
    await isolated(net);
    expect([net.where(), net.where(second)]).toEqual([`${closed} 0`, `${closed} 0`]);
    expect(net.interfaces.get(eni)?.groups).not.toEqual(net.interfaces.get(second)?.groups);
  });

  const death = new Error('the function was killed');

  it.each([1, 2, 3, 4].map((nth) => [nth] as const))(
    'begin with closing when Act died at change %i of an interface, whatever the journal says',
    async (nth) => {
      for (const when of ['before', 'after'] as const) {
        const net = new HostNetwork();
        const { observed, context } = await begun(net);
        let count = 0;
        const dies = (operation: string): boolean => {
          if (operation !== 'ModifyNetworkInterfaceAttribute') return false;
          count += 1;
          return count === nth;
        };
        // Dead: none of its calls takes effect any more.
        let dead = false;
        net.refuse = (operation) => {
          if (when === 'before' && dies(operation)) dead = true;
          return dead ? death : undefined;
        };
        net.after = (operation) => {
          if (when === 'after' && dies(operation)) dead = true;
          if (dead) throw death;
        };
        await expect(action.execute(target, {}, observed, context)).rejects.toThrow('killed');
        net.refuse = () => undefined;
        net.after = () => undefined;
        const before = net.changes.length;
        await action.execute(target, {}, observed, context);
        expect(net.changes.slice(before).find((one) => one.startsWith('firebreak-'))).toBe(closed);
        expect(net.where()).toBe(`${closed} 0`);
        expect(await action.verify(target, {}, observed, context)).toMatchObject({ state: 'holds' });
      }
    },
  );

  const opensOnly = (net: HostNetwork) => (operation: string, asked: { readonly Groups?: readonly string[] }) =>
    operation === 'ModifyNetworkInterfaceAttribute' && net.isOpen && asked.Groups?.includes(net.idOf(closed));

  it('take the rules away where the way back is refused', async () => {
    const net = new HostNetwork();
    const { observed, context } = await begun(net);
    const isBack = opensOnly(net);
    net.refuse = (operation, asked) => (isBack(operation, asked) ? refusal('UnauthorizedOperation') : undefined);
    await expect(action.execute(target, {}, observed, context)).rejects.toThrow(ActionFailed);
    expect(net.isOpen).toBe(false);
    expect(net.where()).toBe(`${opening} 0`);
    expect(await action.verify(target, {}, observed, context)).toMatchObject({ state: 'broken' });
  });

  it.each([
    ['UnauthorizedOperation', ActionFailed],
    ['RequestLimitExceeded', Throttled],
  ])('say that the host is open where both ways back are refused with %s', async (name, kind) => {
    const net = new HostNetwork();
    const { observed, context } = await begun(net);
    const isBack = opensOnly(net);
    net.refuse = (operation, asked) =>
      isBack(operation, asked) || (net.isOpen && operation.startsWith('Revoke')) ? refusal(name) : undefined;
    const failed = action.execute(target, {}, observed, context);
    await expect(failed).rejects.toThrow(kind);
    await expect(failed).rejects.toThrow(`${host} IS OPEN to everything`);
  });

  it('close again where the opening is refused, and one interface more is closed though another is refused', async () => {
    const net = new HostNetwork();
    net.interfaces.set(second, { groups: [own] });
    const { observed, context } = await begun(net);
    net.refuse = (operation, { Groups }) =>
      operation === 'ModifyNetworkInterfaceAttribute' && Groups?.includes(net.idOf(opening))
        ? refusal('UnauthorizedOperation')
        : undefined;
    await expect(action.execute(target, {}, observed, context)).rejects.toThrow(ActionFailed);
    expect([net.where(), net.where(second)]).toEqual([`${closed} 0`, `${closed} 0`]);
    const left = net.groups.get(net.idOf(opening));
    expect([left?.in, left?.out]).toEqual([[], []]);
    const one = new HostNetwork();
    one.interfaces.set(second, { groups: [own] });
    const at = await begun(one);
    one.refuse = (operation, { NetworkInterfaceId }) =>
      operation === 'ModifyNetworkInterfaceAttribute' && NetworkInterfaceId === eni
        ? refusal('UnauthorizedOperation')
        : undefined;
    await expect(action.execute(target, {}, at.observed, at.context)).rejects.toThrow(ActionFailed);
    expect(one.where(second)).toBe(`${closed} 0`);
  });

  it('close again, and are taken again, where EC2 does not show that it was opened', async () => {
    const net = new HostNetwork();
    const { observed, context } = await begun(net);
    net.after = (operation) => {
      if (operation === 'ModifyNetworkInterfaceAttribute' && net.isOpen)
        net.interfaces.set(eni, { groups: [net.idOf(closed)] });
    };
    await expect(action.execute(target, {}, observed, context)).rejects.toThrow(Throttled);
    expect(net.where()).toBe(`${closed} 0`);
    expect(await action.verify(target, {}, observed, context)).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining('connections that were open may go on'),
    });
  });

  it('close again where it cannot be read that it was opened', async () => {
    const net = new HostNetwork();
    const { observed, context } = await begun(net);
    net.refuse = (operation) =>
      operation === 'DescribeNetworkInterfaces' && net.isOpen ? refusal('UnauthorizedOperation') : undefined;
    await expect(action.execute(target, {}, observed, context)).rejects.toThrow(ActionFailed);
    expect(net.where()).toBe(`${closed} 0`);
  });

  it('are not begun where a group of that name is not ours', async () => {
    const net = new HostNetwork();
    net.addOwn(closed, { tags: [] });
    const { observed, context } = await begun(net);
    await expect(action.execute(target, {}, observed, context)).rejects.toThrow('is not ours');
    expect(net.where()).toBe('web 2, own 1');
  });

  it('wait for a group that was made a moment ago', async () => {
    const net = new HostNetwork();
    const { observed, context } = await begun(net);
    net.refuse = (operation) => (operation === 'CreateSecurityGroup' ? refusal('InvalidGroup.Duplicate') : undefined);
    await expect(action.execute(target, {}, observed, context)).rejects.toThrow(Throttled);
  });

  it('are not taken again, and leave a rule that somebody gave the closed group', async () => {
    const { net, observed, context } = await isolated();
    const group = net.groups.get(net.idOf(closed));
    group?.in.push({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.1.2.3/32' }] });
    context.done.clear();
    await action.execute(target, {}, observed, context);
    expect(net.changes.filter((one) => one === opening)).toHaveLength(1);
    expect(net.where()).toBe(`${closed} 1`);
    expect(await action.verify(target, {}, observed, context)).toMatchObject({
      state: 'broken',
      seen: expect.stringContaining('which has 1 rules'),
    });
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
