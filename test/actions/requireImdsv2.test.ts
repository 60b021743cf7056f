import { describe, expect, it } from 'vitest';
import { requireImdsv2 as action } from '../../shared/actions/requireImdsv2.ts';
import { awsError } from '../account/awsError.ts';
import { actContext, now } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('instance');
const settings = { quietPullDays: 7 };
const day = 86_400_000;

/** A data point for each hour, of which the last has `sum`. */
const hourly = (hours: number, sum = 0) =>
  Array.from({ length: hours }, (_, at) => ({ Sum: at === hours - 1 ? sum : 0 }));

const described = (options: object, more: object = {}): Answers => ({
  DescribeInstances: () => ({
    Reservations: [
      {
        Instances: [
          {
            InstanceId: target.id,
            State: { Name: 'running' },
            LaunchTime: new Date(now.getTime() - 30 * day),
            MetadataOptions: { State: 'applied', HttpTokens: 'optional', HttpEndpoint: 'enabled', ...options },
            ...more,
          },
        ],
      },
    ],
  }),
  GetMetricStatistics: ({ StartTime, EndTime }: { readonly StartTime: Date; readonly EndTime: Date }) => ({
    Datapoints: hourly((EndTime.getTime() - StartTime.getTime()) / 3_600_000),
  }),
});
const counting = (answer: () => unknown): Answers => ({ ...described({}), GetMetricStatistics: answer });

const planned = async (answers: Answers, quietDays = 7) => {
  const { aws, sent } = answeringAws(answers);
  const observed = await action.observe(target, { quietDays }, actContext(aws));
  return { observed, sent, plan: action.plan(target, { quietDays }, observed, settings) };
};

describe('what is planned', () => {
  it('is to require tokens where nothing has asked without one for as long as the rule says', async () => {
    const { plan, sent, observed } = await planned(described({ HttpPutResponseHopLimit: 2 }), 14);
    expect(plan).toMatchObject({ kind: 'step', undo: { possible: true } });
    expect(observed).toMatchObject({ tokens: 'optional', hopLimit: 2, quiet: true });
    expect(sent.find(({ operation }) => operation === 'GetMetricStatistics')?.input).toMatchObject({
      ...{ Namespace: 'AWS/EC2', MetricName: 'MetadataNoToken', Statistics: ['Sum'] },
      Dimensions: [{ Name: 'InstanceId', Value: target.id }],
      ...{ StartTime: new Date(now.getTime() - 14 * day), EndTime: now },
    });
  });

  it('says what a hop limit of 1 means', async () => {
    const { plan } = await planned(described({ HttpPutResponseHopLimit: 1 }));
    expect(plan).toMatchObject({ kind: 'step', sentence: expect.stringContaining('Its hop limit is 1') });
  });

  it.each([
    ['it answers with a token alone', { HttpTokens: 'required' }, {}, 'answers with a token alone already'],
    ['it answers nobody', { HttpEndpoint: 'disabled' }, {}, 'is switched off'],
    [
      'AWS manages it',
      {},
      { Operator: { Managed: true, Principal: 'ecs.amazonaws.com' } },
      'is managed by ecs.amazonaws.com',
    ],
  ])('is nothing where %s', async (_what, options, more, reason) => {
    const { plan } = await planned(described(options, more));
    expect(plan).toMatchObject({ kind: 'skip', reason: expect.stringContaining(reason) });
  });

  it.each([
    [
      'something has asked without one',
      counting(() => ({ Datapoints: hourly(168, 3) })),
      'asked 3 times without a token in 7 days',
    ],
    [
      'CloudWatch has no figures',
      counting(() => ({ Datapoints: [] })),
      'CloudWatch has figures of 0 of these 168 hours',
    ],
    [
      'it was stopped for a day',
      counting(() => ({ Datapoints: hourly(144) })),
      'CloudWatch has figures of 144 of these',
    ],
    ['it does not run', described({}, { State: { Name: 'stopped' } }), 'it is stopped: what asks'],
    [
      'the figures may not be read',
      counting(() => {
        throw awsError('AccessDenied');
      }),
      'is not known: access denied (AccessDenied)',
    ],
    [
      'it has not run that long',
      described({}, { LaunchTime: new Date(now.getTime() - 6 * day) }),
      'it has not run for 7 days yet',
    ],
    ['nobody knows since when it runs', described({}, { LaunchTime: undefined }), 'nobody knows since when'],
    ['EC2 does not say what it asks for', described({ HttpTokens: undefined }), 'is not known (unknown)'],
  ])('is to ask a person where %s', async (_what, answers, reason) => {
    const { plan } = await planned(answers);
    expect(plan).toMatchObject({ kind: 'hold', reason: expect.stringContaining(reason) });
  });

  it('waits where CloudWatch asks us to slow down', async () => {
    const slow = counting(() => {
      throw awsError('ThrottlingException');
    });
    await expect(planned(slow)).rejects.toMatchObject({ name: 'Throttled' });
  });
});

describe('what is read back', () => {
  it.each([
    [{ HttpTokens: 'required' }, 'holds'],
    [{ HttpTokens: 'required', State: 'pending' }, 'pending'],
    [{ HttpTokens: 'optional' }, 'pending'],
  ])('%j: %s', async (options, state) => {
    const { aws } = answeringAws(described(options));
    expect(await action.verify(target, { quietDays: 7 }, {}, actContext(aws))).toMatchObject({ state });
  });
});

it.each([{ quietDays: 0 }, { quietDays: 15 }, { quietDays: '7' }, { days: 7 }])(
  'refuses the parameters %j',
  (given) => {
    expect(action.params.safeParse(given).success).toBe(false);
  },
);

it('a policy of a step is for this host alone', () => {
  expect(action.permissions(target).write).toEqual([
    {
      action: 'ec2:ModifyInstanceMetadataOptions',
      resource: `arn:aws:ec2:${target.region}:${target.account}:instance/${target.id}`,
    },
  ]);
  expect(() => action.permissions({ ...target, arn: `${target.arn.slice(0, -2)}*` })).toThrow();
});
