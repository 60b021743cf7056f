import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { clusters, ecsArn } from '../../../sandbox/services/ecs/state.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const [cluster, pinned, other] = ['cases-pinned', 'cases-pinned', 'cases-as-pinned'] as const;
const set = (service: string, platformVersion: string) => (ecs: ECSClient) =>
  ecs.send(new UpdateServiceCommand({ cluster, service, platformVersion }));
const serviceOf = (name: string) => ({
  ...{ name, taskDefinition: `${pinned}:3`, desiredCount: 2, platformVersion: '1.4.0' },
});

/** A service that somebody has pinned to a platform version, and another of that kind. */
export const it: ActionCase = {
  action: 'ecs.update-platform-version',
  world: (tags) => ({
    repositories: [{ name: pinned, images: [{ digest: `sha256:${'6'.repeat(64)}`, tags: ['1.0'] }] }],
    taskDefinitions: [{ family: pinned, revision: 3, containers: [{ name: 'app', image: `${pinned}:1.0` }] }],
    clusters: [{ name: cluster, services: [{ ...serviceOf(pinned), tags }, serviceOf(other)] }],
  }),
  target: ({ account, region }) => ({
    ...{ kind: 'ecs-service', id: `${cluster}/${pinned}`, cluster, service: pinned, account, region },
    arn: `arn:aws:ecs:${region}:${account}:service/${cluster}/${pinned}`,
  }),
  finding: (stage) => configFinding(stage, 'config-service', ecsArn(stage.account, `service/${cluster}/${pinned}`)),
  when: ['compliance: { rule: [ecs-fargate-latest-platform-version] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...(clusters(account).get(cluster)?.services.values() ?? [])].map(({ name, revision }) => [
        `platform version of ${name}`,
        revision.platform?.asked ?? 'none',
      ]),
    ),
  changes: { of: `platform version of ${pinned}`, from: '1.4.0', to: 'LATEST' },
  byHand: (stage) => asAdministrator(stage, ECSClient, set(pinned, '1.4.0')),
  call: 'UpdateService',
  services: [pinned],
  elsewhere: { 'ecs:UpdateService': [{ call: ({ ecs }) => set(other, 'LATEST')(ecs) }] },
};
