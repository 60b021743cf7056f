import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { clusters, ecsArn } from '../../../sandbox/services/ecs/state.ts';
import { secretArn } from '../../../sandbox/services/secretsManager/state.ts';
import type { Place } from '../../../shared/finding/place.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const [cluster, family, other] = ['cases-hardened', 'cases-privileged', 'cases-as-privileged'] as const;
const secretName = 'cases/privileged';
const execution = 'cases-privileged-execution';
const secretIn = ({ account: id, region }: Place): string => secretArn({ id, region }, secretName);
const [role, otherRole] = ['cases-privileged', 'cases-as-privileged'] as const;
const roleArn = (of: string): string => `arn:aws:iam::123456789012:role/${of}`;
const reads = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
const host = (ec2InstanceId: string) => ({ ec2InstanceId, cpu: 4096, memory: 8192 });
const deploy = (service: string, taskDefinition: string) => (ecs: ECSClient) =>
  ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
const definition = (of: string, taskRole: string) => ({
  family: of,
  revision: 7,
  taskRoleArn: taskRole,
  executionRoleArn: execution,
  registeredAt: '2026-01-01T00:00:00Z',
  networkMode: 'bridge',
  tags: { team: 'payments' },
  containers: [
    { name: 'app', image: `${of}:1.0`, privileged: true, environment: { DB_PASSWORD: 'correct-horse' } },
    { name: 'proxy', image: `${of}:1.0` },
  ],
});

/** A service whose containers may do on their host what root may, with a password in plain text, and another of that kind. */
export const it: ActionCase = {
  action: 'ecs.fix-task-definition',
  world: (tags) => ({
    repositories: [family, other].map((name) => ({
      name,
      images: [{ digest: `sha256:${'7'.repeat(64)}`, tags: ['1.0'] }],
    })),
    roles: [
      ...[role, otherRole].map((name) => ({ name })),
      { name: execution, policies: [{ name: 'reads', document: { Statement: reads } }] },
    ],
    secrets: [{ name: secretName }],
    taskDefinitions: [definition(family, role), definition(other, otherRole)],
    clusters: [
      {
        name: cluster,
        containerInstances: [host('i-0ca5e50000000002a'), host('i-0ca5e50000000002b')],
        services: [
          { name: family, taskDefinition: `${family}:7`, desiredCount: 2, launchType: 'EC2', tags },
          { name: other, taskDefinition: `${other}:7`, desiredCount: 1, launchType: 'EC2' },
        ],
      },
    ],
  }),
  params: (place) => ({ references: [{ variable: 'DB_PASSWORD', secret: secretIn(place) }] }),
  target: ({ account, region }) => ({
    ...{ kind: 'ecs-service', id: `${cluster}/${family}`, cluster, service: family, account, region },
    arn: `arn:aws:ecs:${region}:${account}:service/${cluster}/${family}`,
  }),
  incident: ({ account, region }) => `ecs-task-definition/${account}/${region}/${family}:7`,
  accusation: ({ account, region }) => ({
    complaints: ['ecs-containers-nonprivileged', 'ecs-no-environment-secrets'].map((rule) => ({
      ...{ definition: `arn:aws:ecs:${region}:${account}:task-definition/${family}:7`, rule },
    })),
  }),
  finding: (stage) =>
    configFinding(stage, 'config-task-definition', ecsArn(stage.account, `task-definition/${family}:7`)),
  when: ['compliance: { rule: [ecs-containers-nonprivileged] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...clusters(account).values()].flatMap(({ name, services }) =>
        [...services.values()]
          .filter(() => name === cluster)
          .map((one) => [
            `privileges of ${one.name}`,
            one.definition.containers.map((each) => `${each.name} ${each.privileged === true}`).join(', '),
          ]),
      ),
    ),
  changes: { of: `privileges of ${family}`, from: 'app true, proxy false', to: 'app false, proxy false' },
  byHand: (stage) => asAdministrator(stage, ECSClient, deploy(family, `${family}:7`)),
  call: 'UpdateService',
  services: [family],
  elsewhere: {
    'ecs:UpdateService': [{ call: ({ ecs }) => deploy(other, `${other}:7`)(ecs) }],
    'ecs:RegisterTaskDefinition': [
      {
        call: ({ ecs }) =>
          ecs.send(
            new RegisterTaskDefinitionCommand({
              family: other,
              taskRoleArn: roleArn(role),
              containerDefinitions: [{ name: 'app', image: 'app:1.0', memory: 128 }],
            }),
          ),
      },
    ],
    'ecs:TagResource': [other, family].map((of) => ({
      call: ({ ecs }: { readonly ecs: ECSClient }) =>
        ecs.send(
          new TagResourceCommand({
            resourceArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/${of}:7`,
            tags: [{ key: 'a', value: 'b' }],
          }),
        ),
      roleMayNot: 'The role itself tags only what it registers.',
      refusal: /not authorized to perform: ecs:TagResource .* because no identity-based policy allows/,
    })),
    'iam:PassRole': [
      {
        call: ({ ecs }) =>
          ecs.send(
            new RegisterTaskDefinitionCommand({
              family,
              taskRoleArn: roleArn(otherRole),
              containerDefinitions: [{ name: 'app', image: 'app:1.0', memory: 128 }],
            }),
          ),
      },
    ],
  },
};
