import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import {
  differsInFixesAlone,
  hardeningOf,
  inWords,
  logTo,
  mended,
  mendedContent,
  sameHardening,
} from '../../shared/actions/fixTaskDefinition/hardening.ts';
import { againstRouter, type Firelens, routerName } from '../../shared/actions/fixTaskDefinition/router.ts';
import { params } from '../../shared/actions/fixTaskDefinition/types.ts';
import { contentOf } from '../../shared/actions/targets/definitionCopy.ts';

const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const image = `${registry}/fluent-bit@sha256:${'f'.repeat(64)}`;
const firelens: Firelens = {
  image,
  options: { Name: 'cloudwatch_logs', log_group_name: '/shop', region: 'eu-central-1' },
};
const given = { logGroup: '/ecs/router', firelens };
const log = logTo('/ecs/router', 'eu-central-1', 'shop');

const app: ContainerDefinition = { name: 'app', image: 'app:1.0', essential: true };
const proxy: ContainerDefinition = {
  name: 'proxy',
  image: 'proxy:1.0',
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/proxy' } },
};
const router: ContainerDefinition = { name: 'logs', image: 'bit:1', firelensConfiguration: { type: 'fluentbit' } };
const definitionOf = (containerDefinitions: ContainerDefinition[], more: Partial<TaskDefinition> = {}) =>
  ({ family: 'shop', networkMode: 'awsvpc', memory: '512', containerDefinitions, ...more }) satisfies TaskDefinition;
const copyOf = (was: TaskDefinition, how = given) =>
  mendedContent(contentOf(was), mended(hardeningOf(was), ['logs'], how), log, how) as TaskDefinition;

describe('a copy whose log is routed', () => {
  it('has a log router that writes its own log, and what wrote none goes through that', () => {
    const was = definitionOf([app, proxy]);
    const [one, other, added, ...more] = copyOf(was).containerDefinitions ?? [];
    expect(one).toEqual({
      ...app,
      dependsOn: [{ containerName: routerName, condition: 'START' }],
      logConfiguration: { logDriver: 'awsfirelens', options: firelens.options },
    });
    expect(other).toEqual(proxy);
    expect(added).toMatchObject({
      ...{ name: routerName, image, essential: true, memoryReservation: 64 },
      firelensConfiguration: { type: 'fluentbit' },
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/router' } },
    });
    expect(more).toEqual([]);
  });

  it('adds no container that other rules would find: not privileged, no root, a root file system that is read only', () => {
    const was = definitionOf([app]);
    expect(copyOf(was).containerDefinitions?.[1]).toMatchObject({ user: '24224', readonlyRootFilesystem: true });
    expect(copyOf(was).containerDefinitions?.[1]?.privileged).toBeUndefined();
    const how = { ...given, firelens: { ...firelens, user: '0', writableRoot: true, memoryReservation: 100 } as const };
    const [, added] = copyOf(was, how).containerDefinitions ?? [];
    expect(added).toMatchObject({ user: '0', memoryReservation: 100 });
    expect(added?.readonlyRootFilesystem).toBeUndefined();
  });

  it('uses the router that is there, and gives that a log of its own where it has none', () => {
    const [one, there, ...more] = copyOf(definitionOf([app, router])).containerDefinitions ?? [];
    expect(one).toMatchObject({
      dependsOn: [{ containerName: 'logs', condition: 'START' }],
      logConfiguration: { logDriver: 'awsfirelens' },
    });
    expect(there).toEqual({ ...router, logConfiguration: log });
    expect(more).toEqual([]);
  });

  it('keeps what a container waits for, and waits once', () => {
    const waits: ContainerDefinition = { ...app, dependsOn: [{ containerName: 'logs', condition: 'HEALTHY' }] };
    expect(copyOf(definitionOf([waits, router])).containerDefinitions?.[0]?.dependsOn).toEqual(waits.dependsOn);
    const other: ContainerDefinition = { ...app, dependsOn: [{ containerName: 'proxy', condition: 'START' }] };
    expect(copyOf(definitionOf([other, proxy])).containerDefinitions?.[0]?.dependsOn).toEqual([
      { containerName: 'proxy', condition: 'START' },
      { containerName: routerName, condition: 'START' },
    ]);
  });

  it('adds no router where every container has a log', () => {
    expect(copyOf(definitionOf([proxy])).containerDefinitions).toEqual([proxy]);
  });

  it.each([
    [[app, proxy]],
    [[app, router]],
    [[router, { ...app, dependsOn: [{ containerName: 'logs', condition: 'START' }] }]],
  ])('is known again by what it is a copy of, and reads as it should: %#', (containers) => {
    const was = definitionOf(containers as ContainerDefinition[]);
    const now = copyOf(was);
    expect(differsInFixesAlone(was, now)).toBe(true);
    expect(sameHardening(hardeningOf(now), mended(hardeningOf(was), ['logs'], given))).toBe(true);
  });

  it('is told from what somebody else deployed', () => {
    const was = definitionOf([app, proxy]);
    const now = copyOf(was);
    const [one = {}, other = {}, added = {}] = now.containerDefinitions ?? [];
    const deployed = (containerDefinitions: ContainerDefinition[]) => ({ ...now, containerDefinitions });
    expect(differsInFixesAlone(was, deployed([one, { ...other, logConfiguration: log }, added]))).toBe(false);
    expect(differsInFixesAlone(was, deployed([one, other, { ...added, name: 'metrics' }]))).toBe(false);
    expect(differsInFixesAlone(was, deployed([one, other, added, app]))).toBe(false);
    const waits: ContainerDefinition = { ...one, dependsOn: [{ containerName: 'proxy', condition: 'START' }] };
    expect(differsInFixesAlone(was, deployed([waits, other, added]))).toBe(false);
  });

  it('is said in words', () => {
    const from = hardeningOf(definitionOf([app, proxy]));
    expect(inWords(from, mended(from, ['logs'], given), given)).toEqual([
      'app with a log through FireLens to cloudwatch_logs',
      `a log router beside them (${image}), with its own log in /ecs/router`,
    ]);
  });
});

describe('no log is routed', () => {
  const against = (definition: TaskDefinition, how: Partial<Firelens> = {}, registries?: readonly string[]) =>
    againstRouter(definition, { ...firelens, ...how }, registries);

  it.each([
    ['in the network of its host', definitionOf([app], { networkMode: 'host' })],
    ['it has no network', definitionOf([app], { networkMode: 'none' })],
    ['that is no log router', definitionOf([{ ...app, name: routerName }])],
    ['user 24224', definitionOf([{ ...app, user: '24224:1000' }])],
    ['port 24224', definitionOf([{ ...app, portMappings: [{ containerPort: 24_224 }] }])],
    ['ECS takes no more', definitionOf(Array.from({ length: 10 }, (_, at) => ({ ...app, name: `app-${at}` })))],
    ['is Fluentd', definitionOf([app, { ...router, firelensConfiguration: { type: 'fluentd' } }])],
    [
      'waits for other containers',
      definitionOf([app, { ...router, dependsOn: [{ containerName: 'app', condition: 'START' }] }]),
    ],
    ['48 MiB that no container has reserved', definitionOf([{ ...app, memoryReservation: 464, memory: 512 }])],
    ['it has no task role', definitionOf([app], { requiresCompatibilities: ['FARGATE'] })],
    ['0 MiB that no container has reserved', definitionOf([{ ...app, memory: 512 }])],
  ])('where %s', (why, definition) => {
    expect(against(definition)).toContain(why);
  });

  it('by an image from a registry that nobody approved', () => {
    expect(against(definitionOf([app]), {}, ['docker.io/library/*'])).toContain('no approved registry');
    expect(against(definitionOf([app]), {}, [registry])).toBeNull();
    expect(against(definitionOf([app]))).toBeNull();
  });

  it('but what has room for one is', () => {
    const onFargate = definitionOf([app], { requiresCompatibilities: ['FARGATE'] });
    expect(against({ ...onFargate, taskRoleArn: 'arn:aws:iam::123456789012:role/shop' })).toBeNull();
    expect(against(onFargate, { options: { Name: 'http' } })).toBeNull();
    expect(against(definitionOf([{ ...app, memoryReservation: 448 }]))).toBeNull();
    const { memory: _none, ...unsized } = definitionOf([{ ...app, memory: 4096 }]);
    expect(against(unsized)).toBeNull();
    expect(against(definitionOf([app, router]))).toBeNull();
  });
});

describe('the parameters', () => {
  const problems = (change: object, more: object = { logGroup: '/ecs/router' }): string =>
    params
      .safeParse({ ...more, firelens: { ...firelens, ...change } })
      .error?.issues.map(({ message }) => message)
      .join() ?? '';

  it('take a router', () => {
    expect(problems({})).toBe('');
    expect(
      problems({ image: `public.ecr.aws/aws-observability/aws-for-fluent-bit:3.0@sha256:${'a'.repeat(64)}` }),
    ).toBe('');
  });

  it.each([
    ['its digest', { image: `${registry}/fluent-bit:3.0` }],
    ['its digest', { image: `fluent-bit@sha256:${'a'.repeat(64)}` }],
    ['must have Name', { options: { region: 'eu-central-1' } }],
    ['must not hold a secret', { options: { Name: 'datadog', apikey: 'x' } }],
    ['must not hold a secret', { options: { Name: 'http', http_Passwd: 'x' } }],
    ['in one line', { options: { Name: 'http\n[OUTPUT]' } }],
    ['names of options', { options: { Name: 'http', 'a b': 'x' } }],
    ['must not hold a secret', { options: { Name: 'nrlogs', licenseKey: 'x' } }],
    ['must not hold a secret', { options: { Name: 'http', Header: 'Authorization Bearer x' } }],
    ['UID, UID:GID or UID:GROUP', { user: 'nobody' }],
    ['UID, UID:GID or UID:GROUP', { user: 'a b' }],
  ])('say what is wrong: %s', (message, change) => {
    expect(problems(change)).toContain(message);
  });

  it('take no router without a log of its own', () => {
    expect(problems({}, {})).toContain('goes with logGroup alone');
  });
});
