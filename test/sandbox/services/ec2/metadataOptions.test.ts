import type { GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch';
import type { DescribeInstancesResult, ModifyInstanceMetadataOptionsResult } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { getMetricStatistics } from '../../../../sandbox/services/cloudwatch/getMetricStatistics.ts';
import { describeInstances } from '../../../../sandbox/services/ec2/describeInstances.ts';
import { modifyInstanceMetadataOptions } from '../../../../sandbox/services/ec2/modifyInstanceMetadataOptions.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';

const [old, young] = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'] as const;
const day = 86_400_000;

function opened() {
  const fake = fakeAccount();
  const metadata = { tokens: 'optional', hopLimit: 1, withoutTokenPerDay: 24 };
  const instances = [
    { ec2InstanceId: old, launchedAt: '2026-01-01T00:00:00Z', metadata },
    { ec2InstanceId: young, metadata },
  ];
  loadWorld(fake.account, worldSchema.parse({ instances }));
  const run = runOn(fake);
  return {
    fake,
    options: async (id: string) => {
      const answer = await run<DescribeInstancesResult>(describeInstances, { InstanceIds: [id] });
      return answer.Reservations?.[0]?.Instances?.[0]?.MetadataOptions;
    },
    modify: (input: object) => run<ModifyInstanceMetadataOptionsResult>(modifyInstanceMetadataOptions, input),
    count: async (id: string, more: object = {}) => {
      const now = fake.account.clock.now();
      const answer = await run<GetMetricStatisticsOutput>(getMetricStatistics, {
        ...{ Namespace: 'AWS/EC2', MetricName: 'MetadataNoToken', Statistics: ['Sum'], Period: 86_400 },
        Dimensions: [{ Name: 'InstanceId', Value: id }],
        ...{ StartTime: (now - 2 * day) / 1000, EndTime: now / 1000 },
        ...more,
      });
      return (answer.Datapoints ?? []).map(({ Sum }) => Sum);
    },
  };
}

describe('the metadata service of a host', () => {
  it('is described, changed, and in force a little later', async () => {
    const { fake, options, modify } = opened();
    expect(await options(old)).toMatchObject({ State: 'applied', HttpTokens: 'optional', HttpPutResponseHopLimit: 1 });
    const { InstanceMetadataOptions } = await modify({ InstanceId: old, HttpTokens: 'required' });
    expect(InstanceMetadataOptions).toMatchObject({
      State: 'pending',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
    });
    expect(await options(young)).toMatchObject({ HttpTokens: 'optional' });
    await fake.clock.advance(6000);
    expect(await options(old)).toMatchObject({ State: 'applied', HttpTokens: 'required' });
  });

  it.each([
    [{}, 'MissingParameter'],
    [{ InstanceId: old }, 'InvalidParameterCombination'],
    [{ InstanceId: 'i-0cccccccccccccccc', HttpTokens: 'required' }, 'InvalidInstanceID.NotFound'],
    [{ InstanceId: old, HttpTokens: 'never' }, 'InvalidParameterValue'],
    [{ InstanceId: old, HttpEndpoint: 'off' }, 'InvalidParameterValue'],
    [{ InstanceId: old, HttpPutResponseHopLimit: 65 }, 'InvalidParameterValue'],
    [{ InstanceId: old, HttpTokens: 'required', HttpProtocolIpv6: 'enabled' }, 'UnsupportedOperation'],
  ])('refuses %j: %s', async (input, code) => {
    await expect(opened().modify(input)).rejects.toMatchObject({ code });
  });
});

describe('what CloudWatch counts of it', () => {
  it('is how often it was asked without a token, for each period in which the host ran', async () => {
    const { count, modify } = opened();
    expect(await count(old)).toEqual([24, 24]);
    expect(await count(young)).toEqual([]);
    expect(await count('i-0cccccccccccccccc')).toEqual([]);
    await modify({ InstanceId: old, HttpTokens: 'required' });
    expect(await count(old)).toEqual([0, 0]);
  });

  it.each([
    [{ Period: 90 }, 'InvalidParameterValueException'],
    [{ Statistics: ['Median'] }, 'InvalidParameterValueException'],
    [{ StartTime: Date.parse('2027-01-01T00:00:00Z') / 1000 }, 'InvalidParameterValueException'],
    [{ Period: 60, StartTime: Date.parse('2026-11-01T00:00:00Z') / 1000 }, 'InvalidParameterCombinationException'],
    [{ MetricName: '' }, 'MissingRequiredParameterException'],
  ])('is refused for %j: %s', async (more, code) => {
    await expect(opened().count(old, more)).rejects.toMatchObject({ code });
  });

  it('has nothing of another metric of EC2', async () => {
    expect(await opened().count(old, { MetricName: 'CPUUtilization' })).toEqual([]);
  });
});
