import type {
  DescribeTargetGroupAttributesOutput,
  DescribeTargetHealthOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { stopTask } from '../../../../sandbox/services/ecs/stopTask.ts';
import { targetGroupArn } from '../../../../sandbox/services/ecs/targets.ts';
import { deregisterTargets } from '../../../../sandbox/services/elbv2/deregisterTargets.ts';
import { describeTargetGroupAttributes } from '../../../../sandbox/services/elbv2/describeTargetGroupAttributes.ts';
import { describeTargetHealth } from '../../../../sandbox/services/elbv2/describeTargetHealth.ts';
import { registerTargets } from '../../../../sandbox/services/elbv2/registerTargets.ts';
import { watched } from '../ecs/watched.ts';
import { workloads } from '../ecs/workloads.ts';

function behindShop() {
  const world = workloads({ api: { targetGroup: 'shop', desiredCount: 1 } });
  const TargetGroupArn = targetGroupArn(world.account, 'shop');
  const health = async (...ips: readonly string[]) => {
    const Targets = ips.length === 0 ? {} : { Targets: ips.map((Id) => ({ Id })) };
    const answer = await world.run<DescribeTargetHealthOutput>(describeTargetHealth, { TargetGroupArn, ...Targets });
    return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
      Target?.Id,
      TargetHealth?.State,
      TargetHealth?.Reason,
    ]);
  };
  const [task] = watched(world).tasks();
  return {
    ...world,
    TargetGroupArn,
    task,
    ip: task?.network?.privateIp ?? '',
    health,
    register: (Id: string) => world.run(registerTargets, { TargetGroupArn, Targets: [{ Id }] }),
    deregister: (Id: string) => world.run(deregisterTargets, { TargetGroupArn, Targets: [{ Id }] }),
  };
}

describe('a target that is deregistered', () => {
  it('drains for five minutes, is none then, and ECS does not register its task again', async () => {
    const { ip, health, deregister, clock, ...world } = behindShop();
    await deregister(ip);
    expect(await health()).toEqual([[ip, 'draining', 'Target.DeregistrationInProgress']]);
    await clock.advance(299_000);
    await deregister(ip);
    expect(await health()).toHaveLength(1);
    await clock.advance(2_000);
    expect(await health()).toEqual([]);
    expect(await health(ip)).toEqual([[ip, 'unused', 'Target.NotRegistered']]);
    await clock.advance(86_400_000);
    expect(await health()).toEqual([]);
    expect(watched({ clock, ...world }).wanted()).toHaveLength(1);
  });

  it('gives way to the target of the task that replaces its own', async () => {
    const { ip, health, deregister, clock, run, task, ...world } = behindShop();
    await deregister(ip);
    await run(stopTask, { cluster: 'prod', task: task?.id });
    await clock.advance(400_000);
    const [fresh] = watched({ clock, ...world }).wanted();
    expect(await health()).toEqual([[fresh?.network?.privateIp, 'healthy', undefined]]);
  });

  it('is healthy again some time after it is registered again', async () => {
    const { ip, health, register, deregister, clock } = behindShop();
    await deregister(ip);
    await register(ip);
    expect(await health()).toEqual([[ip, 'initial', 'Elb.InitialHealthChecking']]);
    await clock.advance(21_000);
    expect(await health()).toEqual([[ip, 'healthy', undefined]]);
  });
});

describe('a target that is registered', () => {
  it('stays as it is when it is one already', async () => {
    const { ip, health, register } = behindShop();
    await register(ip);
    expect(await health()).toEqual([[ip, 'healthy', undefined]]);
  });

  it('does not answer where nothing has its address', async () => {
    const { ip, health, register, deregister, clock } = behindShop();
    await register('10.0.200.200');
    expect(await health('10.0.200.200')).toEqual([['10.0.200.200', 'initial', 'Elb.InitialHealthChecking']]);
    await clock.advance(21_000);
    expect(await health()).toEqual([
      [ip, 'healthy', undefined],
      ['10.0.200.200', 'unhealthy', 'Target.Timeout'],
    ]);
    await deregister('10.0.200.200');
    await clock.advance(301_000);
    expect(await health()).toEqual([[ip, 'healthy', undefined]]);
  });

  it('goes with its task, however it was registered', async () => {
    const { ip, health, register, deregister, clock, run, task } = behindShop();
    await deregister(ip);
    await register(ip);
    await clock.advance(21_000);
    await run(stopTask, { cluster: 'prod', task: task?.id });
    expect(task?.status).toBe('DEACTIVATING');
    expect(await health(ip)).toEqual([[ip, 'draining', 'Target.DeregistrationInProgress']]);
    await clock.advance(60_000);
    expect(await health(ip)).toEqual([[ip, 'unused', 'Target.NotRegistered']]);
  });
});

describe('both calls', () => {
  it.each([
    ['no group', { TargetGroupArn: undefined }, 'ValidationError'],
    ['a group that is not there', { TargetGroupArn: 'arn:aws:x' }, 'TargetGroupNotFound'],
    ['no target', { Targets: [] }, 'ValidationError'],
  ])('refuse %s', async (_what, more, code) => {
    const { run, TargetGroupArn } = behindShop();
    const input = { TargetGroupArn, Targets: [{ Id: '10.0.1.1' }], ...more };
    await expect(run(registerTargets, input)).rejects.toMatchObject({ code });
    await expect(run(deregisterTargets, input)).rejects.toMatchObject({ code });
  });

  it.each([
    ['i-0aaaaaaaaaaaaaaaa', 'ValidationError'],
    ['192.168.0.1', 'InvalidTarget'],
  ])('differ over %s: it cannot be registered, and is no target to take away', async (ip, code) => {
    const { register, deregister, health } = behindShop();
    await expect(register(ip)).rejects.toMatchObject({ code });
    await deregister(ip);
    expect(await health()).toHaveLength(1);
  });

  it('ask IAM for the target group', () => {
    const { account, TargetGroupArn } = behindShop();
    const needs = [registerTargets, deregisterTargets].map(({ needs: of }) => of({ TargetGroupArn } as never, account));
    expect(needs).toEqual([
      [{ action: 'elasticloadbalancing:RegisterTargets', resource: TargetGroupArn }],
      [{ action: 'elasticloadbalancing:DeregisterTargets', resource: TargetGroupArn }],
    ]);
  });
});

describe('tasks without an interface of their own', () => {
  const hosts = [{ ec2InstanceId: 'i-0aaaaaaaaaaaaaaaa' }];
  const behindHost = (networkMode: 'bridge' | 'host', desiredCount: number) => {
    const world = workloads({
      hosts,
      definitions: [{ family: 'web', revision: 1, networkMode, containers: [{ name: 'web', image: 'app:prod' }] }],
      services: [{ name: 'web', taskDefinition: 'web:1', launchType: 'EC2', desiredCount, targetGroup: 'web' }],
    });
    const TargetGroupArn = targetGroupArn(world.account, 'web');
    const health = async (...Targets: readonly object[]) => {
      const which = Targets.length === 0 ? {} : { Targets };
      const input = { TargetGroupArn, ...which };
      const answer = await world.run<DescribeTargetHealthOutput>(describeTargetHealth, input);
      return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
        Target?.Id,
        Target?.Port,
        TargetHealth?.State,
      ]);
    };
    return { ...world, TargetGroupArn, health, ...watched(world, 'web') };
  };
  const id = 'i-0aaaaaaaaaaaaaaaa';

  it('are targets by their host, each with a port of it that is free', async () => {
    const { health, run, TargetGroupArn } = behindHost('bridge', 2);
    expect(await health()).toEqual([
      [id, 32_768, 'healthy'],
      [id, 32_769, 'healthy'],
    ]);
    await run(deregisterTargets, { TargetGroupArn, Targets: [{ Id: id, Port: 32_769 }] });
    expect(await health()).toEqual([
      [id, 32_768, 'healthy'],
      [id, 32_769, 'draining'],
    ]);
    // Without a port, it would be the one of the group.
    await run(deregisterTargets, { TargetGroupArn, Targets: [{ Id: id }] });
    expect(await health({ Id: id })).toEqual([[id, 80, 'unused']]);
    expect(await health({ Id: id, Port: 32_768 })).toEqual([[id, 32_768, 'healthy']]);
  });

  it('have the port of their container in the network of their host', async () => {
    expect(await behindHost('host', 1).health()).toEqual([[id, 80, 'healthy']]);
  });

  it('cannot be registered by an instance that is not there', async () => {
    const { run, TargetGroupArn } = behindHost('bridge', 1);
    const input = { TargetGroupArn, Targets: [{ Id: 'i-0bbbbbbbbbbbbbbbb' }] };
    await expect(run(registerTargets, input)).rejects.toMatchObject({ code: 'InvalidTarget' });
  });
});

it('the attributes of a group say how long it lets go of a target', async () => {
  const { run, TargetGroupArn } = behindShop();
  const { Attributes } = await run<DescribeTargetGroupAttributesOutput>(describeTargetGroupAttributes, {
    TargetGroupArn,
  });
  expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '300' });
  const other = run(describeTargetGroupAttributes, { TargetGroupArn: 'arn:aws:x' });
  await expect(other).rejects.toMatchObject({ code: 'TargetGroupNotFound' });
  await expect(run(describeTargetGroupAttributes, {})).rejects.toMatchObject({ code: 'ValidationError' });
});
