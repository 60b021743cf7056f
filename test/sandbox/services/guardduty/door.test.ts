import {
  type CoverageFilterCriterion,
  CreateSampleFindingsCommand,
  GetDetectorCommand,
  GuardDutyClient,
  ListCoverageCommand,
  ListDetectorsCommand,
} from '@aws-sdk/client-guardduty';
import { expect, it } from 'vitest';
import { guardDuty } from '../../../../sandbox/services/guardduty/detector.ts';
import { guarddutyService } from '../../../../sandbox/services/guardduty/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { type World, worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, throughDoor } from '../throughDoor.ts';

/** What an account file says of GuardDuty, asked by the SDK's client. */
function asked(guardDutyIs: object | undefined, use: (client: GuardDutyClient, id: string) => Promise<void>) {
  const clusters = ['a', 'b', 'c'].map((name) => ({ name }));
  const given = { region: 'eu-west-1', clusters, ...(guardDutyIs === undefined ? {} : { guardDuty: guardDutyIs }) };
  return throughDoor([guarddutyService], async ({ account }) => {
    loadWorld(account, worldSchema.parse(given) satisfies World);
    await use(new GuardDutyClient(clientOptions(account)), guardDuty(account).detector?.id ?? 'none');
  });
}

it('has no detector at first', () =>
  asked(undefined, async (client) => {
    expect((await client.send(new ListDetectorsCommand({}))).DetectorIds).toEqual([]);
    await expect(client.send(new GetDetectorCommand({ DetectorId: 'abc' }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('not owned by the current account'),
      $metadata: { httpStatusCode: 400 },
    });
  }));

it('tells of its detector, and of runtime monitoring with the agents that GuardDuty manages', () =>
  asked({ managedAgents: ['EC2'] }, async (client, id) => {
    expect((await client.send(new ListDetectorsCommand({}))).DetectorIds).toEqual([id]);
    const { Status, Features = [], UpdatedAt } = await client.send(new GetDetectorCommand({ DetectorId: id }));
    expect({ id, Status, UpdatedAt }).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      Status: 'ENABLED',
      UpdatedAt: '2026-11-24T08:00:00.000Z',
    });
    const updated = { UpdatedAt: new Date('2026-11-24T08:00:00.000Z') };
    expect(Features.find(({ Name }) => Name === 'RUNTIME_MONITORING')).toEqual({
      Name: 'RUNTIME_MONITORING',
      Status: 'ENABLED',
      ...updated,
      AdditionalConfiguration: [
        { Name: 'EKS_ADDON_MANAGEMENT', Status: 'DISABLED', ...updated },
        { Name: 'ECS_FARGATE_AGENT_MANAGEMENT', Status: 'DISABLED', ...updated },
        { Name: 'EC2_AGENT_MANAGEMENT', Status: 'ENABLED', ...updated },
      ],
    });
  }));

it('covers each cluster, page by page, and says of which it cannot', () =>
  asked({ uncovered: [{ cluster: 'b' }] }, async (client, id) => {
    const list = async (input: object) => {
      const { Resources = [], NextToken } = await client.send(new ListCoverageCommand({ DetectorId: id, ...input }));
      return { names: Resources.map(({ ResourceId }) => ResourceId), Resources, NextToken };
    };
    const filtered = (...FilterCriterion: CoverageFilterCriterion[]) => list({ FilterCriteria: { FilterCriterion } });
    expect((await list({})).names).toEqual(['a', 'b', 'c']);
    const first = await list({ MaxResults: 2 });
    expect(first.names).toEqual(['a', 'b']);
    expect((await list({ MaxResults: 2, NextToken: first.NextToken })).names).toEqual(['c']);
    const unhealthy: CoverageFilterCriterion = {
      CriterionKey: 'COVERAGE_STATUS',
      FilterCondition: { Equals: ['UNHEALTHY'] },
    };
    const { Resources } = await filtered(unhealthy);
    expect(Resources).toEqual([
      {
        ResourceId: 'b',
        DetectorId: id,
        AccountId: '123456789012',
        CoverageStatus: 'UNHEALTHY',
        Issue: 'Agent not reporting',
        UpdatedAt: new Date('2026-11-24T08:00:00.000Z'),
        ResourceDetails: {
          ResourceType: 'ECS',
          EcsClusterDetails: {
            ClusterName: 'b',
            FargateDetails: { Issues: ['Agent not reporting'], ManagementType: 'AUTO_MANAGED' },
          },
        },
      },
    ]);
    const notB: CoverageFilterCriterion = { CriterionKey: 'ECS_CLUSTER_NAME', FilterCondition: { NotEquals: ['b'] } };
    expect((await filtered(notB)).names).toEqual(['a', 'c']);
    expect((await filtered(unhealthy, notB)).names).toEqual([]);
    await expect(filtered({ CriterionKey: 'AGENT_VERSION', FilterCondition: { Equals: ['1'] } })).rejects.toMatchObject(
      { name: 'BadRequestException', message: expect.stringContaining('AGENT_VERSION') },
    );
    await expect(list({ MaxResults: 51 })).rejects.toMatchObject({ name: 'BadRequestException' });
  }));

it('covers nothing while it does not watch', () =>
  asked({ runtimeMonitoring: false }, async (client, id) => {
    expect((await client.send(new ListCoverageCommand({ DetectorId: id }))).Resources).toEqual([]);
  }));

it('makes up a finding of an instance that nobody has, within five minutes, and tells of it on the bus', () =>
  asked({}, async (client, id) => {
    const FindingTypes = ['CryptoCurrency:EC2/BitcoinTool.B!DNS'];
    await client.send(new CreateSampleFindingsCommand({ DetectorId: id, FindingTypes }));
    for (const wrong of [['Execution:Runtime/ReverseShell'], []]) {
      await expect(
        client.send(new CreateSampleFindingsCommand({ DetectorId: id, FindingTypes: wrong })),
      ).rejects.toMatchObject({ name: 'BadRequestException' });
    }
    await expect(
      client.send(new CreateSampleFindingsCommand({ DetectorId: 'abc', FindingTypes })),
    ).rejects.toMatchObject({ message: expect.stringContaining('not owned by the current account') });
  }));
