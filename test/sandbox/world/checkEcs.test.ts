import { describe, expect, it } from 'vitest';
import { misfitsOf } from '../../../sandbox/world/check.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { digest } from './digests.ts';

const host = 'i-0aaaaaaaaaaaaaaaa';

/** What does not fit in a cluster with these parts, each as `path: message`. */
function misfits({
  service,
  ...cluster
}: {
  readonly service?: object;
  readonly [key: string]: unknown;
}): readonly string[] {
  const world = worldSchema.parse({
    repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
    taskDefinitions: [
      { family: 'api', revision: 1, containers: [{ name: 'web', image: 'app:prod' }] },
      { family: 'agent', revision: 1, networkMode: 'host', containers: [{ name: 'web', image: 'app:prod' }] },
    ],
    clusters: [
      {
        name: 'prod',
        services: service === undefined ? [] : [{ name: 'api', taskDefinition: 'api:1', desiredCount: 1, ...service }],
        ...cluster,
      },
    ],
  });
  return misfitsOf(world).map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}

describe('what does not fit in a cluster', () => {
  it.each([
    ['a service on hosts', { service: { launchType: 'EC2' }, containerInstances: [{ ec2InstanceId: host }] }],
    [
      'a DAEMON without a count',
      { service: { desiredCount: undefined, schedulingStrategy: 'DAEMON', taskDefinition: 'agent:1' } },
    ],
    [
      'a history in its order',
      { service: { history: [{ taskDefinition: 'api:1', deployedAt: '2026-01-01T00:00:00Z' }] } },
    ],
    ['a digest that the repository no longer has', { service: { digests: { web: digest('f') } } }],
  ])('takes %s', (_what, cluster) => {
    expect(misfits(cluster)).toEqual([]);
  });

  it.each([
    [
      'a service without a count',
      { service: { desiredCount: undefined } },
      'services.0.desiredCount: is missing; write how many tasks it keeps',
    ],
    [
      'a DAEMON with a count',
      { service: { schedulingStrategy: 'DAEMON' } },
      'services.0.desiredCount: a DAEMON has one task for each container instance; take it out',
    ],
    [
      'a DAEMON on Fargate',
      { service: { schedulingStrategy: 'DAEMON', desiredCount: undefined, launchType: 'FARGATE' } },
      'services.0.launchType: a DAEMON is on EC2; write EC2 or take it out',
    ],
    [
      'a platform version on hosts',
      { service: { launchType: 'EC2', platformVersion: '1.4.0' }, containerInstances: [{ ec2InstanceId: host }] },
      'services.0.platformVersion: only Fargate has platform versions; take it out, or write launchType: FARGATE',
    ],
    [
      'tasks on another platform version than the one that is asked for',
      { service: { platformVersion: '1.4.0', runsOn: '1.3.0' } },
      'services.0.runsOn: only what LATEST stands for differs with time; take it out, or write platformVersion: LATEST',
    ],
    [
      'tasks on hosts that are not there',
      { service: { launchType: 'EC2' }, containerInstances: [{ ec2InstanceId: host, status: 'DRAINING' }] },
      'services.0.launchType: its tasks need a container instance that is ACTIVE; add one to the cluster',
    ],
    [
      'a network that Fargate has not',
      { service: { taskDefinition: 'agent:1' } },
      'services.0.taskDefinition: agent:1 has the network mode host, which Fargate has not; run it on EC2, or give it awsvpc',
    ],
    [
      'the same for a task of no service',
      { tasks: [{ id: 'one', taskDefinition: 'agent:1' }] },
      'tasks.0.taskDefinition: agent:1 has the network mode host, which Fargate has not; run it on EC2, or give it awsvpc',
    ],
    [
      'more names than tasks',
      { service: { taskIds: ['one', 'two'] } },
      'services.0.taskIds: there are only 1 tasks; leave some out',
    ],
    [
      'a name that another task has',
      { service: { taskIds: ['one'] }, tasks: [{ id: 'one', taskDefinition: 'api:1' }] },
      'services.0.taskIds: one is there already; change or remove one of the two',
    ],
    [
      'more protected than there are',
      { service: { protectedTasks: 2 } },
      'services.0.protectedTasks: there are only 1 tasks; write fewer',
    ],
    [
      'tasks of a service that was deleted',
      { service: { status: 'INACTIVE' } },
      'services.0.status: an INACTIVE service has no tasks; write desiredCount: 0',
    ],
    [
      'a digest of a container that is not there',
      { service: { digests: { wep: digest('a') } } },
      'services.0.digests.wep: api:1 has no container wep; did you mean "web"?',
    ],
    [
      'a history out of its order',
      {
        service: {
          deployedAt: '2026-01-02T00:00:00Z',
          history: [{ taskDefinition: 'api:1', deployedAt: '2026-01-03T00:00:00Z' }],
        },
      },
      'services.0.history: is not in the order of its times; write the oldest first, and all before deployedAt',
    ],
    [
      'a history of what is not there',
      { service: { history: [{ taskDefinition: 'api:2', deployedAt: '2026-01-01T00:00:00Z' }] } },
      'services.0.history.0.taskDefinition: api:2 is not among the taskDefinitions; did you mean "api:1"?',
    ],
    [
      'a deployment of what is not there',
      { service: { deploying: { taskDefinition: 'api:2' } } },
      'services.0.deploying.taskDefinition: api:2 is not among the taskDefinitions; did you mean "api:1"?',
    ],
    [
      'a deployment that is not by ECS',
      { service: { deploymentController: 'EXTERNAL', deploying: { taskDefinition: 'api:1' } } },
      'services.0.deploymentController: with EXTERNAL ECS deploys nothing; take out deploying and circuitBreaker',
    ],
    [
      'a host twice',
      { containerInstances: [{ ec2InstanceId: host }, { ec2InstanceId: host }] },
      `containerInstances.1.ec2InstanceId: ${host} is there already; change or remove one of the two`,
    ],
    [
      'a task on a host that is not there',
      { tasks: [{ id: 'one', taskDefinition: 'api:1', ec2InstanceId: host }] },
      `tasks.0.ec2InstanceId: ${host} is no container instance of the cluster; add it there`,
    ],
    [
      'a task that says it is of a service',
      { tasks: [{ id: 'one', taskDefinition: 'api:1', group: 'service:api' }] },
      'tasks.0.group: is of a service, which has its own tasks; name their ids in its taskIds',
    ],
  ])('refuses %s', (_what, cluster, message) => {
    expect(misfits(cluster)).toContain(message);
  });
});
