import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { clusters, type StoredService } from '../../../../sandbox/services/ecs/state.ts';
import { serviceTargets, targetGroupArn } from '../../../../sandbox/services/ecs/targets.ts';
import { elbv2Service } from '../../../../sandbox/services/elbv2/service.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

const target = (targetGroup: string, ip: string, healthy: boolean) => ({
  targetGroup,
  ip,
  taskArn: `task/${ip}`,
  healthy,
});

function addService(account: Account, targetGroup: string): void {
  const service = { name: targetGroup, targetGroup } as StoredService;
  clusters(account).set(targetGroup, {
    arn: '',
    name: targetGroup,
    services: new Map([[targetGroup, service]]),
    tasks: new Map(),
  });
}

/** The groups `web`, with a target that is healthy and one that is not yet, and `idle` without any. */
function withTargets(use: (account: Account, elb: ElasticLoadBalancingV2Client) => Promise<void>): Promise<void> {
  return throughDoor([elbv2Service], async ({ account }) => {
    for (const targetGroup of ['web', 'idle']) addService(account, targetGroup);
    serviceTargets(account).push(target('web', '10.0.1.1', true), target('web', '10.0.1.2', false));
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
    const starting = ['10.0.1.2', 'initial', 'Elb.InitialHealthChecking'];
    expect(await health('web')).toEqual([['10.0.1.1', 'healthy', undefined], starting]);
    expect(await health('web', [{ Id: '10.0.1.2' }, { Id: '10.9.9.9' }])).toEqual([
      starting,
      ['10.9.9.9', 'unused', 'Target.NotRegistered'],
    ]);
    expect(await health('idle')).toEqual([]);
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
