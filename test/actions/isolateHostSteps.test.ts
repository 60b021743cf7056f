import { describe, expect, it } from 'vitest';
import { isolateHost as action } from '../../shared/actions/isolateHost/isolateHost.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { begun, isolated } from './hostIsolated.ts';
import { closed, eni, HostNetwork, host, opening, otherVpc, own, refusal, second, target } from './hostNetwork.ts';

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
