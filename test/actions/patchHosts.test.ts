import { describe, expect, it } from 'vitest';
import { patchHosts } from '../../shared/actions/patchHosts/patchHosts.ts';
import { params as shape } from '../../shared/actions/patchHosts/types.ts';
import { fitsSession } from '../../shared/actions/sessionPolicy.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { container, type HostWorld, host, hostAws, id, minutesAgo, worldOfHost } from './hostWorld.ts';

import { command, installed, params, patch } from './patchParts.ts';

const settings = { quietPullDays: 7 };

async function observe(change: Partial<HostWorld> = {}) {
  const { aws } = hostAws(worldOfHost(change));
  return patchHosts.observe(host, params, actContext(aws));
}
const plan = async (change: Partial<HostWorld> = {}, given: object = {}) =>
  patchHosts.plan(host, shape.parse(given), await observe(change), settings);

describe('a host is observed', () => {
  it('with its cluster, its agents, its patches, its group and its owner', async () => {
    const tags = [
      { Key: 'team', Value: 'platform' },
      { Key: 'aws:autoscaling:groupName', Value: 'web' },
    ];
    expect(await observe({ tags })).toMatchObject({
      ...{ status: 'ACTIVE', cluster: 'prod', container, connected: true, tasks: 3 },
      ...{ ping: 'Online', platform: 'Linux, Amazon Linux', operator: null, protectedBy: null },
      patches: { operation: 'Scan', missing: 2, failed: 0, pendingReboot: 0 },
      ...{ recent: true, failedLately: null, group: 'web', owner: 'platform (tag team)' },
    });
  });

  it('where Systems Manager and ECS know nothing of it', async () => {
    expect(await observe({ node: undefined, host: undefined })).toMatchObject({
      ...{
        status: null,
        cluster: null,
        container: null,
        connected: null,
        tasks: 0,
        ping: null,
        platform: null,
        patches: null,
      },
    });
  });

  it.each(['terminated', 'shutting-down'])('as gone when it is %s', async (state) => {
    await expect(observe({ state })).rejects.toMatchObject({ name: 'TargetGone' });
  });

  it('as running on when it is stopped: it comes back with what it lacks', async () => {
    expect(await observe({ state: 'stopped' })).toMatchObject({ cluster: 'prod' });
  });
});

describe('the plan', () => {
  it('drains, patches and activates, and says what each undo promises', async () => {
    expect(await plan()).toMatchObject({
      kind: 'step',
      sentence: `Drain host ${id} of cluster prod: its services start their part of 3 tasks elsewhere.`,
      afterwards: { patch: expect.stringContaining('with a reboot if it needs one'), activate: expect.any(String) },
      undo: { possible: true },
      chosen: { cluster: 'prod', container, drains: true, after: minutesAgo(60).toISOString() },
    });
    expect(await plan({}, { reboot: 'never' })).toMatchObject({
      afterwards: { patch: expect.stringContaining('without a reboot') },
    });
    expect(patch.reversal).toMatchObject({ possible: false });
  });

  it('leaves a host drained that drains already', async () => {
    const draining = { ...worldOfHost().host, status: 'DRAINING' };
    const planned = await plan({ host: draining });
    expect(planned).toMatchObject({ undo: { possible: false }, chosen: { drains: false } });
    expect(planned.kind === 'step' && Object.keys(planned.afterwards ?? {})).toEqual(['patch']);
  });

  it('patches a host of no cluster', async () => {
    const planned = await plan({ host: undefined });
    expect(planned).toMatchObject({
      undo: { possible: false },
      chosen: { cluster: null, container: null, drains: false },
    });
  });

  it.each<[string, Partial<HostWorld>, string, RegExp]>([
    ['no agent', { node: undefined }, 'hold', /not managed by Systems Manager/],
    ['an agent that is silent', { node: { ...worldOfHost().node, PingStatus: 'Inactive' } }, 'hold', /does not answer/],
    ['a state of its own', { host: { ...worldOfHost().host, status: 'REGISTERING' } }, 'hold', /is REGISTERING/],
    [
      'no agent of ECS',
      { host: { ...worldOfHost().host, agentConnected: false } },
      'hold',
      /agent of ECS .* not connected/,
    ],
    ['a command that failed lately', { commands: [command('Failed')] }, 'hold', /c-1 ended as Failed, sent /],
    ['Bottlerocket', { node: { ...worldOfHost().node, PlatformName: 'Bottlerocket OS' } }, 'skip', /runs Bottlerocket/],
    ['a service that manages it', { principal: 'ecs.amazonaws.com' }, 'skip', /managed by ecs\.amazonaws\.com/],
    [
      'nothing to install',
      {
        patches: installed({ Operation: 'Scan' }),
      },
      'skip',
      /nothing is left/,
    ],
  ])('stops at %s', async (_what, change, kind, reason) => {
    expect(await plan(change)).toMatchObject({ kind, reason: expect.stringMatching(reason) });
  });

  it.each<[string, Partial<HostWorld>]>([
    ['a command that failed long ago', { commands: [command('Failed', { RequestedDateTime: minutesAgo(361) })] }],
    [
      'a command that failed before one that succeeded',
      { commands: [command('Failed', { RequestedDateTime: minutesAgo(30) }), command('Success')] },
    ],
    ['a command of somebody else that failed', { commands: [command('Failed', { Comment: 'nightly' })] }],
    [
      'a report that is older than a day',
      { patches: { ...worldOfHost().patches, MissingCount: 0, OperationEndTime: minutesAgo(1441) } },
    ],
    [
      'a reboot that is pending',
      { patches: { ...worldOfHost().patches, MissingCount: 0, InstalledPendingRebootCount: 1 } },
    ],
    ['a patch that failed', { patches: { ...worldOfHost().patches, MissingCount: 0, FailedCount: 1 } }],
    ['no report at all', { patches: undefined }],
  ])('goes on with %s', async (_what, change) => {
    expect(await plan(change)).toMatchObject({ kind: 'step' });
  });
});

describe('permissions', () => {
  const chosen: JsonObject = { cluster: 'prod', container, drains: true, after: null };
  it('are for this host, this document and this container instance, and fit a session', () => {
    const { read, write } = patchHosts.permissions(host, chosen);
    expect(write.map(({ action, resource }) => [action, resource])).toEqual([
      ['ssm:SendCommand', 'arn:aws:ssm:eu-central-1::document/AWS-RunPatchBaseline'],
      ['ssm:SendCommand', host.arn],
      ['ecs:UpdateContainerInstancesState', container],
    ]);
    expect(fitsSession([...read, ...write])).toBe(true);
  });

  it('have nothing of ECS to change for a host of no cluster', () => {
    const { write } = patchHosts.permissions(host, { ...chosen, cluster: null, container: null });
    expect(write.map(({ action }) => action)).toEqual(['ssm:SendCommand', 'ssm:SendCommand']);
  });

  it.each([
    ['another instance', { ...host, arn: host.arn.replace(/.$/, '1') }, chosen],
    ['every instance', { ...host, id: '*', arn: host.arn.replace(id, '*') }, chosen],
    ['another account', { ...host, account: '210987654321' }, chosen],
    ['another Region', { ...host, region: 'us-east-1' }, chosen],
    ['every container instance', host, { ...chosen, container: container.replace(/[0-9a-f]{32}$/, '*') }],
    ['a container instance elsewhere', host, { ...chosen, container: container.replace('eu-central-1', 'us-east-1') }],
    ['a cluster that is no name', host, { ...chosen, cluster: 'pr*d' }],
  ])('are given for no target that is %s', (_what, target, given) => {
    expect(() => patchHosts.permissions(target, given)).toThrow(/no permission is given/);
  });
});
