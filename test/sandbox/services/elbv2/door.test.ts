import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { clusters } from '../../../../sandbox/services/ecs/state.ts';
import { serviceTargets, targetGroupArn } from '../../../../sandbox/services/ecs/targets.ts';
import { elbv2Service } from '../../../../sandbox/services/elbv2/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { digest } from '../../world/digests.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const world = worldSchema.parse({
  region: 'eu-west-1',
  repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
  taskDefinitions: [{ family: 'web', revision: 1, containers: [{ name: 'run', image: 'app:prod' }] }],
  clusters: [
    {
      name: 'prod',
      services: [
        { name: 'web', taskDefinition: 'web:1', desiredCount: 2, targetGroup: 'web' },
        { name: 'idle', taskDefinition: 'web:1', desiredCount: 0, targetGroup: 'idle' },
        { name: 'job', taskDefinition: 'web:1', desiredCount: 1 },
      ],
    },
  ],
});

/** The groups `web`, with a target that is healthy and one that is not yet, and `idle` without any. */
function withTargets(use: (account: Account, elb: ElasticLoadBalancingV2Client) => Promise<void>): Promise<void> {
  return throughDoor([elbv2Service], async ({ account }) => {
    loadWorld(account, world);
    const [, second] = clusters(account).get('prod')?.tasks.values() ?? [];
    if (second !== undefined) second.targetHealthy = false;
    await use(account, new ElasticLoadBalancingV2Client(clientOptions(account)));
  });
}

it('lists target groups, by ARN, by name, page by page', () =>
  withTargets(async (account, elb) => {
    const [web, idle] = [targetGroupArn(account, 'web'), targetGroupArn(account, 'idle')];
    const names = async (input: object) =>
      (await elb.send(new DescribeTargetGroupsCommand(input))).TargetGroups?.map(
        ({ TargetGroupName }) => TargetGroupName,
      );
    expect(await names({})).toEqual(['web', 'idle']);
    expect(await names({ TargetGroupArns: [idle] })).toEqual(['idle']);
    expect(await names({ Names: ['idle', 'web'] })).toEqual(['idle', 'web']);
    const first = await elb.send(new DescribeTargetGroupsCommand({ PageSize: 1 }));
    expect(first.TargetGroups).toEqual([{ TargetGroupArn: web, TargetGroupName: 'web', TargetType: 'ip' }]);
    expect(await names({ Marker: first.NextMarker })).toEqual(['idle']);
  }));

it('says how each target of a group is', () =>
  withTargets(async (account, elb) => {
    const health = async (name: string, Targets?: { Id: string }[]) => {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn(account, name), Targets });
      const { TargetHealthDescriptions = [] } = await elb.send(command);
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
        Target?.Id,
        TargetHealth?.State,
        TargetHealth?.Reason,
      ]);
    };
    const [first = '', second = ''] = serviceTargets(account).map(({ id }) => id);
    const starting = [second, 'initial', 'Elb.InitialHealthChecking'];
    expect(await health('web')).toEqual([[first, 'healthy', undefined], starting]);
    expect(await health('web', [{ Id: second }, { Id: '10.9.9.9' }])).toEqual([
      starting,
      ['10.9.9.9', 'unused', 'Target.NotRegistered'],
    ]);
    expect(await health('idle')).toEqual([]);
  }));

it('takes a target out and in again', () =>
  withTargets(async (account, elb) => {
    const TargetGroupArn = targetGroupArn(account, 'web');
    const [{ id: Id = '' } = {}] = serviceTargets(account);
    const Targets = [{ Id }];
    const state = async () => {
      const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn, Targets }));
      return TargetHealthDescriptions?.[0]?.TargetHealth?.State;
    };
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    expect(await state()).toBe('draining');
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    expect(await state()).toBe('initial');
    const outside = new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '192.168.0.1' }] });
    await expect(elb.send(outside)).rejects.toMatchObject({ name: 'InvalidTargetException' });
  }));

it('refuses as AWS does', () =>
  withTargets(async (account, elb) => {
    const none = targetGroupArn(account, 'none');
    const missing = { name: 'TargetGroupNotFoundException' };
    const groups = (input: object) => elb.send(new DescribeTargetGroupsCommand(input));
    await expect(elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: none }))).rejects.toMatchObject(missing);
    await expect(groups({ TargetGroupArns: [none] })).rejects.toMatchObject(missing);
    await expect(groups({ Names: ['web', 'none'] })).rejects.toMatchObject(missing);
    await expect(groups({ LoadBalancerArn: 'arn:aws:x' })).rejects.toMatchObject({
      name: 'LoadBalancerNotFoundException',
    });
    await expect(groups({ Names: ['web'], TargetGroupArns: [none] })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(groups({ PageSize: 401 })).rejects.toMatchObject({ name: 'ValidationError' });
  }));
