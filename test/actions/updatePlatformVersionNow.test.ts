import {
  DescribeClustersCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { partOf } from '../../shared/actions/parts.ts';
import { updatePlatformVersion as action } from '../../shared/actions/updatePlatformVersion/updatePlatformVersion.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import { actContext } from './actContext.ts';

const client = new ecs.ECSClient({ region: 'eu-central-1' });
const stub = mockClient(client);
const aws = { ecs: async () => ({ ...ecs, client, unrepeated: client }) } as unknown as Aws;

const arn = 'arn:aws:ecs:eu-central-1:123456789012';
const target = {
  ...{ kind: 'ecs-service', id: 'prod/docs', cluster: 'prod', service: 'docs', arn: `${arn}:service/prod/docs` },
  ...{ account: '123456789012', region: 'eu-central-1' },
} as Target;
const definition = `${arn}:task-definition/docs:3`;

/** Of a task: the deployment that started it, and what it runs on. */
type Runs = readonly [deployment: string, platformVersion: string];
let service: {
  version: string | undefined;
  primary: string;
  definition: string;
  rollout: string;
  failed: number;
  desired: number;
  runs: readonly Runs[];
  more: object;
};

beforeEach(() => {
  stub.reset();
  service = {
    version: 'LATEST',
    ...{ primary: 'new', definition, rollout: 'COMPLETED', failed: 0, desired: 2, more: {} },
    runs: [
      ['new', '1.4.0'],
      ['new', '1.4.0'],
    ],
  };
  stub.on(DescribeServicesCommand).callsFake(() => ({
    services: [
      {
        serviceArn: target.arn,
        status: 'ACTIVE',
        launchType: 'FARGATE',
        platformFamily: 'Linux',
        platformVersion: service.version,
        desiredCount: service.desired,
        taskDefinition: service.definition,
        events: [{ message: 'its tasks stop' }],
        deployments: [
          { id: service.primary, status: 'PRIMARY', rolloutState: service.rollout, failedTasks: service.failed },
        ],
        ...service.more,
      },
    ],
  }));
  stub.on(DescribeServiceRevisionsCommand).resolves({ serviceRevisions: [] });
  stub.on(DescribeClustersCommand).resolves({ clusters: [] });
  stub.on(ListTasksCommand).callsFake(({ desiredStatus }) => ({
    taskArns: desiredStatus === 'RUNNING' ? service.runs.map((_, at) => `${arn}:task/prod/${at}`) : [],
  }));
  stub.on(DescribeTasksCommand).callsFake(() => ({
    tasks: service.runs.map(([startedBy, platformVersion], at) => ({
      taskArn: `${arn}:task/prod/${at}`,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      taskDefinitionArn: service.definition,
      startedBy,
      platformVersion,
    })),
  }));
  stub.on(DescribeTaskDefinitionCommand).callsFake(({ taskDefinition }) => ({
    taskDefinition: {
      taskDefinitionArn: taskDefinition,
      status: 'ACTIVE',
      containerDefinitions: [{ name: 'app', image: 'elsewhere.example/app:1.0' }],
    },
  }));
  stub.on(UpdateServiceCommand).resolves({});
});

const stored = (version = '1.4.0'): JsonObject => ({
  ...{ version, primary: 'old', definition, platformFamily: 'Linux' },
});
const params = { latestLinuxVersion: '1.4.0', latestWindowsVersion: '1.0.0' };
const contextFor = (from = '1.4.0') => ({ ...actContext(aws), chosen: { from } });
const verify = (was = stored()) => action.verify(target, params, was, contextFor());
const settle = () => {
  const part = partOf(action, { name: 'settle', at: 1, needsEarlier: false });
  if (part === undefined) throw new Error('There is no such part');
  return {
    execute: () => part.execute(target, params, stored(), contextFor()),
    verify: () => part.verify(target, params, stored(), contextFor()),
  };
};
const updates = () =>
  stub.commandCalls(UpdateServiceCommand).map(({ args }) => {
    const { cluster: _cluster, service: _service, ...change } = args[0].input;
    return change;
  });

describe('a service that was set to LATEST', () => {
  it('has it when all of its tasks were started by a deployment on it', async () => {
    expect(await verify()).toMatchObject({
      state: 'holds',
      absence: true,
      seen: expect.stringContaining('on platform version LATEST, 0 of another deployment'),
    });
  });

  it.each<[string, Partial<typeof service>]>([
    [
      'a task of the deployment before runs still',
      { runs: [...['new', 'new'].map((at): Runs => [at, '1.4.0']), ['old', '1.4.0']] },
    ],
    ['fewer run than are wanted', { runs: [['new', '1.4.0']] }],
    ['its deployment is not over', { rollout: 'IN_PROGRESS' }],
  ])('is on its way while %s', async (_why, change) => {
    service = { ...service, ...change };
    expect(await verify()).toMatchObject({ state: 'pending' });
  });

  it.each<[string, Partial<typeof service>, string]>([
    ['its deployment has failed', { rollout: 'FAILED' }, 'its tasks stop'],
    ['three of its tasks did not come up', { rollout: 'IN_PROGRESS', failed: 3 }, '3 of its tasks did not come up'],
    ['a circuit breaker went back', { primary: 'old', version: '1.4.0' }, 'went back to the deployment before'],
    ['it went back, and shows LATEST', { primary: 'old' }, 'went back to the deployment before'],
    ['somebody has pinned it again', { primary: 'other', version: '1.4.0' }, 'went back'],
    ['somebody has pinned it to another', { primary: 'other', version: '1.4.1' }, 'is 1.4.1 by now'],
    [
      'its tasks run on an older version than LATEST is said to be',
      { runs: ['new', 'new'].map((at): Runs => [at, '1.3.0']) },
      'though LATEST is 1.4.0 as the rule says',
    ],
  ])('does not have it where %s', async (_why, change, seen) => {
    service = { ...service, ...change };
    expect(await verify()).toMatchObject({ state: 'broken', seen: expect.stringContaining(seen) });
  });

  it('has it with whatever its team has deployed meanwhile', async () => {
    service = { ...service, definition: `${arn}:task-definition/docs:4` };
    expect(await verify()).toMatchObject({ state: 'holds' });
  });
});

describe('what is asked of ECS', () => {
  const execute = (from: string, was = stored(from)) => action.execute(target, params, was, contextFor(from));

  it('is the version alone where it is pinned', async () => {
    await execute('1.4.0');
    expect(updates()).toEqual([{ platformVersion: 'LATEST' }]);
  });

  it('is a new deployment where it has LATEST, and not twice', async () => {
    service = { ...service, primary: 'old', runs: [['old', '1.3.0']] };
    await execute('LATEST');
    expect(updates()).toEqual([{ forceNewDeployment: true }]);
    service = { ...service, primary: 'new' };
    expect(await execute('LATEST')).toMatchObject({ did: 'prod/docs: it is deployed anew already' });
    expect(updates()).toHaveLength(1);
  });

  it('is nothing where somebody has pinned it to another version since the plan', async () => {
    await expect(execute('1.4.0', stored('1.5.0'))).rejects.toThrow('from 1.4.0 to 1.5.0: it is left as it is');
    expect(updates()).toEqual([]);
  });
});

describe('when the time is over', () => {
  it('what is up stays', async () => {
    expect(await settle().execute()).toMatchObject({ did: expect.stringContaining('its new tasks have come up') });
    expect(updates()).toEqual([]);
    expect(await settle().verify()).not.toHaveProperty('closes');
  });

  it('what is not is pinned again', async () => {
    service = { ...service, rollout: 'FAILED', runs: [['old', '1.4.0']] };
    await settle().execute();
    expect(updates()).toEqual([{ platformVersion: '1.4.0' }]);
    service = { ...service, version: '1.4.0', primary: 'third', rollout: 'COMPLETED' };
    service.runs = ['third', 'third'].map((at): Runs => [at, '1.4.0']);
    expect(await settle().verify()).toMatchObject({ state: 'holds', closes: expect.stringContaining('was put back') });
  });

  it('what its team deploys by then stays', async () => {
    service = { ...service, rollout: 'IN_PROGRESS', definition: `${arn}:task-definition/docs:4` };
    expect(await settle().execute()).toMatchObject({ did: expect.stringContaining('which stays') });
    expect(updates()).toEqual([]);
  });
});

describe('an undo', () => {
  const undo = () => action.undo?.(target, params, stored(), contextFor());

  it('pins it again, and names no task definition', async () => {
    await undo();
    expect(updates()).toEqual([{ platformVersion: '1.4.0' }]);
    expect(await action.verifyUndone?.(target, params, stored(), contextFor())).toMatchObject({ state: 'broken' });
  });

  it('of what is pinned already deploys nothing', async () => {
    service = { ...service, version: '1.4.0' };
    expect(await undo()).toMatchObject({ did: 'prod/docs: its platform version is 1.4.0 already' });
    expect(updates()).toEqual([]);
    expect(await action.verifyUndone?.(target, params, stored(), contextFor())).toMatchObject({ state: 'holds' });
  });

  it('that AWS refuses says so', async () => {
    const refused = Object.assign(new Error("The specified platform version doesn't exist."), {
      ...{ name: 'PlatformUnknownException', $metadata: { httpStatusCode: 400 } },
    });
    stub.on(UpdateServiceCommand).rejects(refused);
    await expect(undo()).rejects.toThrow(/PlatformUnknownException.*so that it stays on LATEST/);
  });

  it('that would start another image says so', async () => {
    stub.on(DescribeTaskDefinitionCommand).resolves({});
    await expect(undo()).rejects.toThrow('is not there any more');
    expect(updates()).toEqual([]);
  });
});

describe('what is observed', () => {
  const observe = (more = {}) => action.observe(target, params, { ...contextFor(), ...more });

  it('is what was asked for, and what tasks run on', async () => {
    service = {
      ...service,
      version: undefined,
      runs: [
        ['new', '1.4.0'],
        ['new', '1.3.0'],
        ['new', '1.4.0'],
      ],
    };
    expect(await observe()).toMatchObject({
      ...{ version: 'LATEST', runsOn: ['1.3.0', '1.4.0'], launch: 'FARGATE', deploying: false, against: [] },
      seen: [
        expect.stringContaining('has platform version LATEST, and its tasks run on 1.3.0, 1.4.0'),
        expect.anything(),
      ],
    });
  });

  it.each([
    ['FARGATE', ['FARGATE', 'FARGATE_SPOT']],
    ['hosts', ['hosts']],
    ['FARGATE, hosts', ['hosts', 'FARGATE']],
  ])('is where it runs, by its capacity providers: %s', async (launch, providers) => {
    const capacityProviderStrategy = providers.map((capacityProvider) => ({ capacityProvider }));
    service = { ...service, more: { launchType: undefined, capacityProviderStrategy } };
    expect(await observe()).toMatchObject({ launch });
  });

  it('is a deployment of somebody else, and one of our own is none', async () => {
    service = { ...service, rollout: 'IN_PROGRESS' };
    expect(await observe()).toMatchObject({ deploying: true });
    expect(await observe({ before: stored() })).toMatchObject({ deploying: false });
    expect(await observe({ before: { ...stored(), primary: 'new' } })).toMatchObject({ deploying: true });
  });

  it('is what speaks against a deployment', async () => {
    service = { ...service, rollout: 'FAILED', more: { deploymentConfiguration: { strategy: 'BLUE_GREEN' } } };
    expect(await observe()).toMatchObject({
      against: [expect.stringContaining('has failed'), expect.stringContaining('BLUE_GREEN')],
    });
  });
});
