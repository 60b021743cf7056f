import type {
  DescribeAssociationExecutionsResult,
  DescribeAssociationExecutionTargetsResult,
  DescribeAssociationResult,
  DescribeInstanceAssociationsStatusResult,
  ListAssociationsResult,
} from '@aws-sdk/client-ssm';
import {
  AssociationDoesNotExist,
  DescribeAssociationCommand,
  DescribeAssociationExecutionsCommand,
  SSMClient,
  StartAssociationsOnceCommand,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ssmService } from '../../../../../sandbox/services/ssm/service.ts';
import { misfitsOf } from '../../../../../sandbox/world/check.ts';
import { loadWorld } from '../../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../../fakeAccount.ts';
import { invoke } from '../../../invoke.ts';
import { openWire } from '../../openWire.ts';

const [host, other, offline] = ['i-0ab12cd34ef567890', 'i-0ab12cd34ef567891', 'i-0ab12cd34ef567892'] as const;
const [one, all] = ['5c1f7a2e-8d34-4b6f-9e02-7a61d4c8b35f', '9d20b6c4-51e7-4f3a-8c19-3e8f0a7d6b21'] as const;
const missing = '00000000-0000-4000-8000-000000000000';

const worldOf = (associations: readonly object[]) =>
  worldSchema.parse({
    instances: [
      { ec2InstanceId: host, tags: { stage: 'prod' }, ssm: {} },
      { ec2InstanceId: other, ssm: {} },
      { ec2InstanceId: offline, tags: { stage: 'prod' }, ssm: { pingStatus: 'ConnectionLost' } },
    ],
    associations,
  });
const usual = [
  { id: one, name: 'inventory', targets: [{ key: 'InstanceIds', values: [host] }], failed: [host] },
  {
    id: all,
    document: 'AWS-UpdateSSMAgent',
    parameters: { version: ['latest'] },
    targets: [{ key: 'tag:stage', values: ['prod'] }],
    failsOn: [host],
  },
];

function stageOf(associations: readonly object[] = usual) {
  const fake = fakeAccount();
  loadWorld(fake.account, worldOf(associations));
  const run = <O>(name: string, input: object): Promise<O> => invoke<O>(ssmService, name, input, fake.call());
  return {
    run,
    pass: () => fake.clock.advance(60_000),
    start: (...ids: readonly string[]) => run('StartAssociationsOnce', { AssociationIds: ids }),
    on: async (id: string) =>
      (await run<DescribeInstanceAssociationsStatusResult>('DescribeInstanceAssociationsStatus', { InstanceId: id }))
        .InstanceAssociationStatusInfos,
    executions: async (id: string, Filters: readonly object[] = []) =>
      (
        await run<DescribeAssociationExecutionsResult>('DescribeAssociationExecutions', {
          AssociationId: id,
          ...(Filters.length === 0 ? {} : { Filters }),
        })
      ).AssociationExecutions ?? [],
    targets: async (id: string, ExecutionId: string | undefined, Filters?: readonly object[]) =>
      (
        await run<DescribeAssociationExecutionTargetsResult>('DescribeAssociationExecutionTargets', {
          ...{ AssociationId: id, ExecutionId },
          ...(Filters === undefined ? {} : { Filters }),
        })
      ).AssociationExecutionTargets,
  };
}

describe('an association', () => {
  it('is described with what it is applied to, and how the last time went', async () => {
    const { run } = stageOf();
    const { AssociationDescription } = await run<DescribeAssociationResult>('DescribeAssociation', {
      AssociationId: all,
    });
    expect(AssociationDescription).toMatchObject({
      Name: 'AWS-UpdateSSMAgent',
      AssociationVersion: '1',
      Parameters: { version: ['latest'] },
      Targets: [{ Key: 'tag:stage', Values: ['prod'] }],
      Overview: { Status: 'Success', AssociationStatusAggregatedCount: { Success: 2 } },
    });
    expect(AssociationDescription).not.toHaveProperty('AssociationName');
  });

  it('stands on each node as its newest execution there went; a node of none has none', async () => {
    const { on, run } = stageOf();
    expect(await on(host)).toMatchObject([
      { AssociationId: one, AssociationName: 'inventory', Status: 'Failed', ErrorCode: 'Failed' },
      { AssociationId: all, Name: 'AWS-UpdateSSMAgent', Status: 'Success' },
    ]);
    expect(await on(other)).toEqual([]);
    const asked = { InstanceId: 'i-0ab12cd34ef567899' };
    await expect(run('DescribeInstanceAssociationsStatus', asked)).rejects.toMatchObject({ code: 'InvalidInstanceId' });
  });

  it('is applied once more to all that it targets, which takes a while, and stays Pending where the agent does not answer', async () => {
    const { start, pass, executions, targets, on } = stageOf();
    expect(await start(all)).toEqual({});
    const [begun] = await executions(all);
    expect(begun).toMatchObject({ Status: 'Pending', ResourceCountByStatus: '{Pending=2}' });
    await pass();
    expect(await targets(all, begun?.ExecutionId)).toMatchObject([
      { ResourceId: host, ResourceType: 'ManagedInstance', Status: 'Failed' },
      { ResourceId: offline, Status: 'Pending' },
    ]);
    expect((await on(host))?.[1]).toMatchObject({ AssociationId: all, Status: 'Failed' });
    expect(await targets(all, begun?.ExecutionId, [{ Key: 'ResourceId', Value: offline }])).toHaveLength(1);
  });

  it('stands well where it did not, once it was applied', async () => {
    const { start, pass, on, executions } = stageOf();
    await start(one);
    await pass();
    const [stands] = (await on(host)) ?? [];
    const [last, first] = await executions(one);
    expect(stands).toMatchObject({ Status: 'Success' });
    expect(stands?.ExecutionDate?.getTime()).toBeGreaterThan(last?.CreatedTime?.getTime() ?? Number.NaN);
    expect(first).toMatchObject({ Status: 'Failed' });
  });

  it('has its executions filtered by when they began', async () => {
    const { start, pass, executions } = stageOf();
    await pass();
    await start(one);
    const [last, first] = await executions(one);
    const since = (Type: string) => [{ Key: 'CreatedTime', Value: first?.CreatedTime?.toISOString(), Type }];
    expect(await executions(one, since('GREATER_THAN'))).toEqual([last]);
    expect(await executions(one, since('EQUAL'))).toEqual([first]);
    expect(await executions(one, since('LESS_THAN'))).toEqual([]);
    await expect(executions(one, [{ Key: 'Status', Value: 'Failed', Type: 'LESS_THAN' }])).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  it('is listed by node, document and how it stands, page after page', async () => {
    const { run } = stageOf();
    const list = async (more: object) => await run<ListAssociationsResult>('ListAssociations', more);
    const idsOf = async (key: string, value: string) =>
      (await list({ AssociationFilterList: [{ key, value }] })).Associations?.map(({ AssociationId }) => AssociationId);
    expect(await idsOf('InstanceId', offline)).toEqual([all]);
    expect(await idsOf('Name', 'AWS-GatherSoftwareInventory')).toEqual([one]);
    expect(await idsOf('AssociationStatusName', 'Failed')).toEqual([one]);
    const { Associations, NextToken } = await list({ MaxResults: 1 });
    expect(Associations).toHaveLength(1);
    expect((await list({ MaxResults: 1, NextToken })).Associations).toMatchObject([{ AssociationId: all }]);
  });

  it.each([
    ['StartAssociationsOnce', { AssociationIds: [one, missing] }, 'AssociationDoesNotExist'],
    ['StartAssociationsOnce', { AssociationIds: [] }, 'ValidationException'],
    ['StartAssociationsOnce', { AssociationIds: Array.from({ length: 11 }, () => one) }, 'ValidationException'],
    ['StartAssociationsOnce', { AssociationIds: ['inventory'] }, 'ValidationException'],
    ['DescribeAssociation', { AssociationId: missing }, 'AssociationDoesNotExist'],
    ['DescribeAssociation', { AssociationId: one, AssociationVersion: '2' }, 'InvalidAssociationVersion'],
    ['DescribeAssociationExecutions', { AssociationId: missing }, 'AssociationDoesNotExist'],
    [
      'DescribeAssociationExecutionTargets',
      { AssociationId: one, ExecutionId: missing },
      'AssociationExecutionDoesNotExist',
    ],
  ])('%s refuses %j as %s, and applies nothing', async (operation, input, code) => {
    const { run, executions } = stageOf();
    await expect(run(operation, input)).rejects.toMatchObject({ code });
    expect(await executions(one)).toHaveLength(1);
  });
});

it('the SDK reads what it is answered, and its errors are its own', async () => {
  const wire = await openWire(ssmService);
  loadWorld(wire.account, worldOf(usual));
  const client = new SSMClient(wire.config);
  await client.send(new StartAssociationsOnceCommand({ AssociationIds: [one] }));
  const { AssociationExecutions } = await client.send(new DescribeAssociationExecutionsCommand({ AssociationId: one }));
  expect(AssociationExecutions?.map(({ CreatedTime }) => CreatedTime instanceof Date)).toEqual([true, true]);
  const asked = client.send(new DescribeAssociationCommand({ AssociationId: missing }));
  await expect(asked).rejects.toBeInstanceOf(AssociationDoesNotExist);
  client.destroy();
  await wire.close();
});

it('an account file names an association once, and fails it on nodes that there are', () => {
  const [first] = usual;
  expect(misfitsOf(worldOf([first ?? {}, first ?? {}]))).toMatchObject([{ path: ['associations', 1, 'id'] }]);
  const unknown = { ...first, failed: ['i-0ab12cd34ef567899'] };
  expect(misfitsOf(worldOf([unknown]))).toMatchObject([{ path: ['associations', 0, 'failed', 0] }]);
});
