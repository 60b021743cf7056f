import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { rotateSecret as action } from '../../shared/actions/rotateSecret.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('secret');
const settings = { quietPullDays: 7 };
const rotator = `arn:aws:lambda:${target.region}:${target.account}:function:rotate-database`;
const definition = `arn:aws:ecs:${target.region}:${target.account}:task-definition/checkout:1`;
const service = `arn:aws:ecs:${target.region}:${target.account}:service/prod/checkout`;

const refusal = (name: string): Error => Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
const throwing = (name: string) => () => {
  throw refusal(name);
};

const secret = {
  RotationEnabled: true,
  RotationLambdaARN: rotator,
  LastRotatedDate: new Date('2026-01-05T02:00:00Z'),
  Tags: [{ Key: 'team', Value: 'payments' }],
  VersionIdsToStages: { old: ['AWSPREVIOUS'], now: ['AWSCURRENT', 'AWSPENDING'] },
};
const answers = (valueFrom: string, of: object = secret): Answers => ({
  DescribeSecret: () => of,
  RotateSecret: () => ({}),
  ListClusters: () => ({ clusterArns: ['prod'] }),
  ListServices: () => ({ serviceArns: [service] }),
  DescribeServices: () => ({ services: [{ serviceArn: service, status: 'ACTIVE', taskDefinition: definition }] }),
  DescribeTaskDefinition: () => ({
    taskDefinition: { containerDefinitions: [{ name: 'app' }, { secrets: [{ name: 'DATABASE', valueFrom }] }] },
  }),
});
const observing = (of: Answers) => action.observe(target, {}, actContext(answeringAws(of).aws));
const observed = async (more: object = {}) => ({ ...(await observing(answers(target.arn))), ...more });

describe('what is observed of a secret', () => {
  it('is its rotation, its versions and whose it is, never its value', async () => {
    const { aws, sent } = answeringAws(answers(target.arn));
    expect(await action.observe(target, {}, actContext(aws))).toMatchObject({
      by: rotator,
      version: 'now',
      begun: null,
      rotatedAt: '2026-01-05T02:00:00.000Z',
      owner: 'payments (tag team)',
      services: ['service/prod/checkout'],
      unread: [],
    });
    expect(sent.map(({ operation }) => operation)).not.toContain('GetSecretValue');
  });

  it.each([
    ['in full', target.arn],
    ['with a key of it', `${target.arn}:password::`],
    ['without the six characters', target.arn.replace(/-.{6}$/, '')],
  ])('names a service that was given it, %s', async (_how, valueFrom) => {
    expect(await observing(answers(valueFrom))).toMatchObject({ services: ['service/prod/checkout'] });
  });

  it.each([`${target.arn.replace(/-.{6}$/, '')}-of-another-a1B2c3`, `${target.arn.slice(0, -1)}4`, 'database', ''])(
    'names nobody who was given another: %s',
    async (valueFrom) => {
      expect(await observing(answers(valueFrom))).toMatchObject({ services: [] });
    },
  );

  it('says which services could not be asked', async () => {
    const seen = await observing({ ...answers(target.arn), ListServices: throwing('AccessDeniedException') });
    expect(seen).toMatchObject({ services: [], unread: [expect.stringContaining('ECS services of prod: not read')] });
    expect(action.plan(target, {}, seen, settings)).toMatchObject({
      kind: 'step',
      remains: expect.stringContaining('Not every service could be asked'),
    });
  });

  it('is a rotation that was begun where the pending version is not the one that is given out', async () => {
    const VersionIdsToStages = { now: ['AWSCURRENT'], next: ['AWSPENDING'] };
    expect(await observing(answers(target.arn, { ...secret, VersionIdsToStages }))).toMatchObject({ begun: 'next' });
  });

  it('is no function where rotation is switched off', async () => {
    expect(await observing(answers(target.arn, { ...secret, RotationEnabled: false }))).toMatchObject({ by: null });
  });

  it.each([
    ['ResourceNotFoundException', TargetGone],
    ['ThrottlingException', Throttled],
    ['AccessDeniedException', ActionFailed],
  ])('is told as what it means when AWS answers %s', async (name, error) => {
    await expect(observing({ ...answers(target.arn), DescribeSecret: throwing(name) })).rejects.toThrow(error);
  });
});

describe('what is planned', () => {
  it('is a rotation, with who keeps the value before', async () => {
    expect(action.plan(target, {}, await observed(), settings)).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('rotate-database makes a new value'),
      remains: expect.stringMatching(/^service\/prod\/checkout keeps the value before/),
      undo: { possible: false },
    });
    const [one, two] = ['api', 'web'].map(
      (name) => `aws ecs update-service --cluster prod --service ${name} --force-new-deployment`,
    );
    expect(
      action.plan(target, {}, await observed({ services: ['service/prod/api', 'service/prod/web'] }), settings),
    ).toMatchObject({ remains: expect.stringContaining(`until started anew (${one}; ${two}).`) });
    // An ARN of the old form does not say the cluster.
    expect(action.plan(target, {}, await observed({ services: ['service/api'] }), settings)).toMatchObject({
      remains: expect.stringContaining('(each by a new deployment of the same version, in its cluster: '),
    });
    const many = Array.from({ length: 12 }, (_none, at) => `service/prod/s${at}`);
    expect(action.plan(target, {}, await observed({ services: many }), settings)).toMatchObject({
      remains: expect.stringContaining(' and 2 more keep '),
    });
    expect(action.plan(target, {}, await observed({ services: [] }), settings)).not.toHaveProperty('remains');
  });

  it('is to ask its owner where no function rotates it', async () => {
    expect(action.plan(target, {}, await observed({ by: null }), settings)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('has no rotation function'),
    });
  });

  it('is to ask a person where a rotation has not ended', async () => {
    expect(action.plan(target, {}, await observed({ begun: 'next' }), settings)).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('was begun and has not ended'),
    });
  });

  it('is nothing where it is to be deleted', async () => {
    const plan = action.plan(target, {}, await observed({ deletedAt: '2026-11-19T00:00:00.000Z' }), settings);
    expect(plan).toMatchObject({ kind: 'skip' });
  });
});

describe('a rotation', () => {
  const rotating = async (aws: ReturnType<typeof answeringAws>, key = 'secrets.rotate s') =>
    action.execute(target, {}, await observed(), { ...actContext(aws.aws), key });

  it('is asked for with the token of its step, so that a repeat makes no second version', async () => {
    const aws = answeringAws(answers(target.arn));
    await rotating(aws);
    await rotating(aws);
    await rotating(aws, 'secrets.rotate another');
    const tokens = aws.sent.flatMap(({ operation, input }) =>
      operation === 'RotateSecret' ? [String(input['ClientRequestToken'])] : [],
    );
    expect(tokens[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  it.each([
    ['another version is given out', { next: ['AWSCURRENT', 'AWSPENDING'], now: ['AWSPREVIOUS'] }, 'holds'],
    ['the one before still is', { now: ['AWSCURRENT'], next: ['AWSPENDING'] }, 'pending'],
    ['none is', { next: ['AWSPENDING'] }, 'pending'],
  ])('is read back: %s', async (_when, VersionIdsToStages, state) => {
    const { aws } = answeringAws(answers(target.arn, { ...secret, VersionIdsToStages }));
    expect(await action.verify(target, {}, await observed(), actContext(aws))).toMatchObject({ state, absence: false });
  });
});

describe('its permissions', () => {
  it('are on this secret alone', () => {
    expect(action.permissions(target).write).toEqual([{ action: 'secretsmanager:RotateSecret', resource: target.arn }]);
  });

  it.each(['*', target.arn.replace('database', '*'), target.arn.replace(target.account, '999999999999')])(
    'are none for %s',
    (arn) => {
      expect(() => action.permissions({ ...target, arn } as Target)).toThrow(ActionFailed);
    },
  );
});
