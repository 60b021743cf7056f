import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type TaskDefinition,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReadContext, Target } from '../../shared/actions/contract.ts';
import { fixTaskDefinition } from '../../shared/actions/fixTaskDefinition/fixTaskDefinition.ts';
import { hardeningOf } from '../../shared/actions/fixTaskDefinition/hardening.ts';
import { partOf } from '../../shared/actions/parts.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import { awsError } from '../account/awsError.ts';
import { actContext } from './actContext.ts';

const client = new ecs.ECSClient({ region: 'eu-central-1' });
const stub = mockClient(client);
const aws = { ecs: async () => ({ ...ecs, client, unrepeated: client }) } as unknown as Aws;

const arn = 'arn:aws:ecs:eu-central-1:123456789012';
const arnOf = (revision: number): string => `${arn}:task-definition/api:${revision}`;
const target = {
  ...{ kind: 'ecs-service', id: 'prod/api', cluster: 'prod', service: 'api', arn: `${arn}:service/prod/api` },
  ...{ account: '123456789012', region: 'eu-central-1' },
} as Target;

const revisionOf = (revision: number, privileged: boolean, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  taskDefinitionArn: arnOf(revision),
  family: 'api',
  revision,
  status: 'ACTIVE',
  containerDefinitions: [{ name: 'app', image: 'elsewhere.example/app:1.0', privileged }],
  ...more,
});

/** The account: revisions of the family, and what the service is like. */
let revisions: TaskDefinition[];
let service: { deploys: number; rollout: string; failed: number; runs: readonly number[]; desired: number };
const found = (name: string): TaskDefinition | undefined =>
  revisions.find(({ taskDefinitionArn, revision }) => [taskDefinitionArn, `api:${revision}`].includes(name)) ??
  (name === 'api' ? revisions.at(-1) : undefined);

beforeEach(() => {
  stub.reset();
  revisions = [revisionOf(7, true), revisionOf(8, false)];
  service = { deploys: 8, rollout: 'COMPLETED', failed: 0, runs: [8, 8], desired: 2 };
  stub.on(DescribeServicesCommand).callsFake(() => ({
    services: [
      {
        serviceArn: target.arn,
        status: 'ACTIVE',
        desiredCount: service.desired,
        taskDefinition: arnOf(service.deploys),
        deploymentController: { type: 'ECS' },
        events: [{ message: 'its tasks stop' }],
        deployments: [
          { id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: service.rollout, failedTasks: service.failed },
        ],
      },
    ],
  }));
  stub.on(DescribeServiceRevisionsCommand).resolves({ serviceRevisions: [] });
  stub.on(ListTasksCommand).callsFake(({ desiredStatus }) => ({
    taskArns: desiredStatus === 'RUNNING' ? service.runs.map((_, at) => `${arn}:task/prod/${at}`) : [],
  }));
  stub.on(DescribeTasksCommand).callsFake(() => ({
    tasks: service.runs.map((revision, at) => ({
      taskArn: `${arn}:task/prod/${at}`,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      taskDefinitionArn: arnOf(revision),
    })),
  }));
  stub.on(DescribeTaskDefinitionCommand).callsFake(({ taskDefinition }) => ({ taskDefinition: found(taskDefinition) }));
  stub.on(RegisterTaskDefinitionCommand).callsFake(({ family, containerDefinitions }) => {
    const revision = revisions.length + 7;
    revisions.push({ ...revisionOf(revision, false), family, containerDefinitions });
    return { taskDefinition: revisions.at(-1) };
  });
  stub.on(UpdateServiceCommand).callsFake(({ taskDefinition }) => {
    service = { ...service, deploys: Number(taskDefinition.split(':').at(-1)), rollout: 'IN_PROGRESS' };
    return {};
  });
});

const before = (): JsonObject =>
  ({ definition: arnOf(7), hardening: hardeningOf(revisionOf(7, true)), version: {} }) as unknown as JsonObject;
const chosen = { fixes: ['privileged'], definition: arnOf(7), roles: [] };
const contextOf = (more: object = {}) => ({ ...actContext(aws), chosen: { ...chosen, ...more } });
const verify = (context: ReadContext = contextOf()) => fixTaskDefinition.verify(target, {}, before(), context);
const settle = (more: object = {}) => {
  const part = partOf(fixTaskDefinition, { name: 'settle', at: 1, needsEarlier: false });
  if (part === undefined) throw new Error('There is no such part');
  return {
    execute: () => part.execute(target, {}, before(), contextOf(more)),
    verify: () => part.verify(target, {}, before(), contextOf(more)),
  };
};
const updates = () => stub.commandCalls(UpdateServiceCommand).map(({ args }) => args[0].input.taskDefinition);

describe('a service that was pointed at a copy', () => {
  it('is fixed when all of its tasks run the copy', async () => {
    expect(await verify()).toMatchObject({ state: 'holds', absence: true });
  });

  it.each([
    ['a task of another revision runs still', { runs: [8, 8, 7] }],
    ['fewer run than are wanted', { runs: [8] }],
    ['its deployment is not over', { rollout: 'IN_PROGRESS' }],
  ])('is on its way while %s', async (_why, change) => {
    service = { ...service, ...change };
    expect(await verify()).toMatchObject({ state: 'pending' });
  });

  it.each([
    ['its deployment has failed', { rollout: 'FAILED' }, 'its tasks stop'],
    ['three of its tasks did not come up', { rollout: 'IN_PROGRESS', failed: 3 }, '3 of its tasks did not come up'],
    ['it went back', { deploys: 7, runs: [7, 7] }, 'went back to task-definition/api:7'],
  ])('is not fixed where %s', async (_why, change, seen) => {
    service = { ...service, ...change };
    expect(await verify()).toMatchObject({ state: 'broken', seen: expect.stringContaining(seen) });
  });

  it('is fixed, too, by what was stored by an earlier version, which named no variables but those of its rule', async () => {
    const environment = [{ name: 'LEVEL', value: 'info' }];
    revisions = revisions.map((one) => ({
      ...one,
      containerDefinitions: one.containerDefinitions?.map((container) => ({ ...container, environment })) ?? [],
    }));
    const old = { ...before(), hardening: hardeningOf(revisionOf(7, true)) } as unknown as JsonObject;
    expect(await fixTaskDefinition.verify(target, {}, old, contextOf())).toMatchObject({ state: 'holds' });
  });

  it('is given the time for more failures where more tasks are wanted', async () => {
    service = { ...service, rollout: 'IN_PROGRESS', failed: 3, desired: 20 };
    expect(await verify()).toMatchObject({ state: 'pending' });
  });

  it('is not fixed by a revision of the family that has the flaw, or is something else', async () => {
    revisions[1] = revisionOf(8, true);
    expect(await verify()).toMatchObject({ state: 'broken' });
    revisions[1] = revisionOf(8, false, { cpu: '1024' });
    expect(await verify()).toMatchObject({ state: 'broken', seen: expect.stringContaining('no copy') });
  });
});

describe('when the time is over', () => {
  it('a copy that is up stays', async () => {
    expect(await settle().execute()).toMatchObject({ did: expect.stringContaining('has come up, and stays') });
    expect(updates()).toEqual([]);
    expect(await settle().verify()).toMatchObject({ state: 'holds' });
    expect(await settle().verify()).not.toHaveProperty('closes');
  });

  it.each([
    { rollout: 'IN_PROGRESS', runs: [7, 7] },
    { rollout: 'FAILED', runs: [7, 7] },
    { rollout: 'IN_PROGRESS', failed: 9, runs: [7] },
  ])('one that is not is put back: %o', async (change) => {
    service = { ...service, ...change };
    expect(await settle().execute()).toMatchObject({ did: expect.stringContaining('pointed it at') });
    expect(updates()).toEqual([arnOf(7)]);
    expect(await settle().verify()).toMatchObject({ state: 'pending' });
    service = { ...service, rollout: 'COMPLETED', runs: [7, 7] };
    expect(await settle().verify()).toMatchObject({
      state: 'holds',
      closes: expect.stringContaining('was put back onto task-definition/api:7'),
    });
  });

  it('one that is not is put back onto the copy that ran before, which goes on standing', async () => {
    revisions.push(revisionOf(9, false, { cpu: '1' }));
    service = { ...service, deploys: 8, rollout: 'FAILED', runs: [9, 9] };
    const { execute, verify } = settle({ from: arnOf(9) });
    expect(await execute()).toMatchObject({
      did: expect.stringContaining('pointed it at task-definition/api:9 again'),
    });
    expect(updates()).toEqual([arnOf(9)]);
    service = { ...service, rollout: 'COMPLETED', runs: [9, 9] };
    const verified = await verify();
    expect(verified).toMatchObject({ state: 'holds', goesOn: true });
    expect(verified).not.toHaveProperty('closes');
  });

  it('what somebody has deployed stays', async () => {
    revisions.push(revisionOf(9, true, { cpu: '1024' }));
    service = { ...service, deploys: 9, runs: [9, 9] };
    expect(await settle().execute()).toMatchObject({ did: expect.stringContaining('api:9 by now, which stays') });
    expect(updates()).toEqual([]);
  });

  it('is not put back onto what would start something else', async () => {
    service = { ...service, rollout: 'IN_PROGRESS' };
    revisions = revisions.filter(({ revision }) => revision === 8);
    stub.on(DescribeTaskDefinitionCommand).callsFake(({ taskDefinition }) => {
      if (taskDefinition !== arnOf(7)) return { taskDefinition: found(taskDefinition) };
      const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1.0';
      return {
        taskDefinition: {
          ...revisionOf(7, true),
          status: 'INACTIVE',
          containerDefinitions: [{ name: 'app', image, privileged: true }],
        },
      };
    });
    revisions[0] = {
      ...revisionOf(8, false),
      containerDefinitions: [
        { name: 'app', image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1.0', privileged: false },
      ],
    };
    const was = { ...before(), version: { app: `sha256:${'a'.repeat(64)}` } };
    const part = partOf(fixTaskDefinition, { name: 'settle', at: 1, needsEarlier: false });
    await expect(part?.execute(target, {}, was, contextOf())).rejects.toThrow('would not start what it ran');
    expect(updates()).toEqual([]);
  });
});

describe('a copy', () => {
  const deploy = (context = contextOf()) => fixTaskDefinition.execute(target, {}, before(), context);

  it('is in the journal before the service is pointed at it', async () => {
    revisions = [revisionOf(7, true)];
    const context = contextOf();
    stub.on(UpdateServiceCommand).rejects(awsError('AccessDeniedException'));
    await expect(deploy(context)).rejects.toThrow('Updating service prod/api');
    expect([...context.done.entries()]).toEqual([['register', arnOf(8)]]);
  });

  it('is taken where one was registered by a call whose answer was lost, though another revision came after it', async () => {
    revisions.push(revisionOf(9, true, { cpu: '1024' }));
    await deploy();
    expect(stub.commandCalls(RegisterTaskDefinitionCommand)).toHaveLength(0);
    expect(updates()).toEqual([arnOf(8)]);
  });

  it('is not taken where it was deregistered, or has more in it', async () => {
    revisions = [revisionOf(7, true), revisionOf(8, false, { status: 'INACTIVE' }), revisionOf(9, false, { cpu: '1' })];
    await deploy();
    expect(stub.commandCalls(RegisterTaskDefinitionCommand)).toHaveLength(1);
    expect(updates()).toEqual([arnOf(10)]);
  });

  it('is not the revision itself, where the rule has nothing for what another rule had fixed', async () => {
    const made = { ...contextOf(), chosen: { ...chosen, fixes: ['logs'] } };
    await expect(deploy(made)).rejects.toThrow(
      'changes nothing about task-definition/api:7: prod/api is left as it is',
    );
    expect(updates()).toEqual([]);
  });

  it('is not asked for where it could not be registered', async () => {
    revisions = [revisionOf(7, true)];
    stub.on(RegisterTaskDefinitionCommand).rejects(awsError('AccessDeniedException'));
    await expect(deploy()).rejects.toThrow('runs task-definition/api:7 as before');
    expect(updates()).toEqual([]);
  });
});

it('an undo of what went back already deploys nothing', async () => {
  service = { ...service, deploys: 7, runs: [7, 7] };
  await fixTaskDefinition.undo?.(target, {}, before(), contextOf());
  expect(updates()).toEqual([]);
  expect(await fixTaskDefinition.verifyUndone?.(target, {}, before(), contextOf())).toMatchObject({ state: 'holds' });
});

it('an undo is not over while a task of the copy runs', async () => {
  service = { ...service, deploys: 7, runs: [7, 7, 8] };
  expect(await fixTaskDefinition.verifyUndone?.(target, {}, before(), contextOf())).toMatchObject({ state: 'pending' });
});
