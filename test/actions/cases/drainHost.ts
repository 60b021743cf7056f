import { createHash } from 'node:crypto';
import { ECSClient, UpdateContainerInstancesStateCommand } from '@aws-sdk/client-ecs';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { instanceThreat } from '../../system/instanceThreat.ts';
import type { ActionCase } from '../actionCase.ts';

const [cluster, family] = ['cases-hosts', 'cases-hosted'] as const;
const [id, other] = ['i-0ca5e500000000d7a', 'i-0ca5e500000000d7b'] as const;
const digest = `sha256:${'d7'.repeat(32)}`;

/** As the embedded account names the container instance of an instance. */
const containerOf = (instance: string): string => createHash('sha256').update(instance).digest('hex').slice(0, 32);
const set = (instance: string, status: 'ACTIVE' | 'DRAINING') => (ecs: ECSClient) =>
  ecs.send(new UpdateContainerInstancesStateCommand({ cluster, containerInstances: [containerOf(instance)], status }));

/** A host of two asks for a pool of miners: it has tasks of a service, one of a daemon, and nothing else. */
export const it: ActionCase = {
  action: 'ecs.drain-host',
  world: (tags) => ({
    repositories: [{ name: family, images: [{ digest, tags: ['1.0'] }] }],
    taskDefinitions: [{ family, revision: 2, containers: [{ name: 'app', image: `${family}:1.0` }] }],
    clusters: [
      {
        name: cluster,
        containerInstances: [{ ec2InstanceId: id, tags }, { ec2InstanceId: other }],
        services: [
          { name: 'web', taskDefinition: `${family}:2`, desiredCount: 2, launchType: 'EC2' },
          { name: 'logs', taskDefinition: `${family}:2`, schedulingStrategy: 'DAEMON' },
        ],
      },
    ],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'instance', id, account, region },
    arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  }),
  finding: (stage) => instanceThreat(stage, id),
  when: ['source: [guardduty]', `resource: { kind: [instance], id: [${id}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...(clusters(account).get(cluster)?.instances.values() ?? [])].map(({ ec2InstanceId, status }) => [
        `host ${ec2InstanceId}`,
        status,
      ]),
    ),
  changes: { of: `host ${id}`, from: 'ACTIVE', to: 'DRAINING' },
  byHand: (stage) => asAdministrator(stage, ECSClient, set(id, 'ACTIVE')),
  call: 'UpdateContainerInstancesState',
  elsewhere: { 'ecs:UpdateContainerInstancesState': [{ call: ({ ecs }) => set(other, 'DRAINING')(ecs) }] },
  hosts: [id],
  pages: 1,
};
