import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient, UpdateImageStorageClassCommand } from '@aws-sdk/client-ecr';
import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { threatEvent } from '../../cli/demo/threat.ts';
import type { Credentials } from '../../sandbox/iam/credentials.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { actionCases, besides, worldOfCases } from '../actions/actionCase.ts';
import { embeddedTarget, worldOf } from '../actions/embeddedWorlds.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Stage } from './stage.ts';
import { miner } from './threats/threats.ts';

const theirs = worldOf('ecs-service');
const jobId = 'c8'.repeat(16);
const otherJobId = 'c9'.repeat(16);
const [oldHost, otherHost] = ['i-0ab12cd34ef567892', 'i-0ab12cd34ef567893'] as const;
const otherDigest = `sha256:${'7'.repeat(64)}`;
const [cluster] = theirs.clusters;
const arn = (resource: string): string => `arn:aws:ecs:${theirs.region}:${theirs.account}:${resource}`;
const running = (image: string) => ({ revision: 1, containers: [{ name: 'app', image }] });

/** A service, a job of no service, and beside each of them one that nobody accuses. */
const around = worldSchema.parse({
  ...theirs,
  repositories: [
    ...theirs.repositories,
    { name: 'other/ledger', images: [{ digest: otherDigest, tags: ['1.0'] }] },
    { name: 'other/job', images: [{ digest: `sha256:${'8'.repeat(64)}`, tags: ['1.0'] }] },
  ],
  taskDefinitions: [
    ...theirs.taskDefinitions,
    { family: 'job', ...running('other/job:1.0') },
    { family: 'ledger', ...running('other/ledger:1.0') },
  ],
  clusters: [
    {
      ...cluster,
      services: [
        ...(cluster?.services ?? []),
        { name: 'ledger', taskDefinition: 'ledger:1', desiredCount: 1, autoscaling: { min: 1, max: 3, target: 1 } },
      ],
      tasks: [jobId, otherJobId].map((id) => ({ id, taskDefinition: 'job:1' })),
    },
    { name: 'hosts', containerInstances: [{ ec2InstanceId: oldHost, ssm: { patches: [{ id: 'kernel.x86_64' }] } }] },
    {
      name: 'elsewhere',
      containerInstances: [{ ec2InstanceId: otherHost, ssm: {} }],
      tasks: [{ id: 'd0'.repeat(16), taskDefinition: 'job:1' }],
    },
  ],
});

export const world = besides(around, worldOfCases(actionCases, { account: theirs.account, region: theirs.region }));

/** GuardDuty finds a miner in the service's task and one in the job, and Systems Manager a host that lacks patches. */
export function find(stage: Stage): void {
  const now = new Date(stage.sandbox.clock.now());
  const seen = { ...miner, cluster: 'prod', firstSeenAt: new Date(now.getTime() - 60_000), lastSeenAt: now, count: 1 };
  const ofService = threatEvent(stage.account, now, {
    ...seen,
    id: '1'.repeat(32),
    service: 'checkout-api',
    task: embeddedTarget('ecs-task').arn,
    taskDefinition: arn('task-definition/checkout-api:42'),
    container: { name: 'app', image: 'payments/checkout-api:stable' },
    firstSeenAt: new Date(Date.parse('2026-11-20T01:10:00Z')),
  });
  const ofJob = threatEvent(stage.account, now, {
    ...seen,
    id: '2'.repeat(32),
    service: 'job',
    task: arn(`task/prod/${jobId}`),
    taskDefinition: arn('task-definition/job:1'),
    container: { name: 'app', image: 'other/job:1.0' },
  });
  for (const { finding } of actionCases) stage.deliver(finding(stage));
  const onHost = readFileSync(new URL('../../events/ssm-patch.json', import.meta.url), 'utf8');
  const ofHost = JSON.parse(onHost.replaceAll('i-0ab12cd34ef567890', oldHost).replaceAll('us-east-1', theirs.region));
  stage.deliver({ ...ofHost, time: `${now.toISOString().slice(0, 19)}Z` });
  stage.deliver(JSON.parse(JSON.stringify(ofService)));
  stage.deliver(JSON.parse(JSON.stringify(ofJob).replace('service:job', 'family:job')));
}

export interface Clients {
  readonly ecs: ECSClient;
  readonly ecr: ECRClient;
  readonly scaling: ApplicationAutoScalingClient;
  readonly ssm: SSMClient;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly secretsManager: SecretsManagerClient;
  readonly ec2: EC2Client;
  readonly autoScaling: AutoScalingClient;
  readonly balancing: ElasticLoadBalancingV2Client;
  readonly wafv2: WAFV2Client;
}

/** Clients on the credentials of one session. */
export function clientsOn(stage: Stage, { expiration: _virtual, ...credentials }: Credentials): Clients {
  const config = { region: stage.account.region, endpoint: stage.sandbox.door.endpoint, credentials, maxAttempts: 1 };
  return {
    ecs: new ECSClient(config),
    ecr: new ECRClient(config),
    scaling: new ApplicationAutoScalingClient(config),
    ssm: new SSMClient(config),
    lambda: new LambdaClient(config),
    iam: new IAMClient(config),
    secretsManager: new SecretsManagerClient(config),
    ec2: new EC2Client(config),
    autoScaling: new AutoScalingClient(config),
    balancing: new ElasticLoadBalancingV2Client(config),
    wafv2: new WAFV2Client(config),
  };
}

const stopTask = (of: string, task: string): Elsewhere => ({
  call: ({ ecs }) => ecs.send(new StopTaskCommand({ cluster: of, task })),
});
const unprotect = (of: string, task: string): Elsewhere => ({
  call: ({ ecs }) =>
    ecs.send(new UpdateTaskProtectionCommand({ cluster: of, tasks: [task], protectionEnabled: false })),
});
const registering =
  (family: string, role?: string): Elsewhere['call'] =>
  ({ ecs }) =>
    ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        containerDefinitions: [{ name: 'app', image: 'other/ledger:1.0', memory: 128 }],
        ...(role === undefined ? {} : { taskRoleArn: role }),
      }),
    );
const command = (DocumentName: string, id: string): Elsewhere => ({
  call: ({ ssm }) =>
    ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [id], Parameters: { Operation: ['Scan'] } })),
});
const hostOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

/** Of the actions that have no case of their own. */
const before: { readonly [action: string]: { readonly [change: string]: readonly Elsewhere[] } } = {
  'ecs.contain-service': {
    'ecs:UpdateService': [
      {
        call: ({ ecs }) => ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'ledger', desiredCount: 0 })),
      },
    ],
    'ecs:StopTask': [stopTask('elsewhere', 'd0'.repeat(16))],
    'ecs:UpdateTaskProtection': [unprotect('elsewhere', 'd0'.repeat(16))],
    'application-autoscaling:RegisterScalableTarget': [
      {
        call: ({ scaling }) =>
          scaling.send(
            new RegisterScalableTargetCommand({
              ServiceNamespace: 'ecs',
              ResourceId: 'service/prod/ledger',
              ScalableDimension: 'ecs:service:DesiredCount',
              MinCapacity: 0,
            }),
          ),
        // IAM cannot tell scalable targets apart; whoever registers needs the permissions on the service itself.
        refusal: /User is missing the following permissions: ecs:DescribeServices, ecs:UpdateService/,
      },
    ],
    'ecs:RegisterTaskDefinition': [{ call: registering('ledger') }],
    'ecs:TagResource': ['ledger:1', 'checkout-api:42'].map((definition) => ({
      call: ({ ecs }) =>
        ecs.send(
          new TagResourceCommand({
            resourceArn: arn(`task-definition/${definition}`),
            tags: [{ key: 'a', value: 'b' }],
          }),
        ),
      roleMayNot: 'The role itself tags only what it registers.',
      refusal: /not authorized to perform: ecs:TagResource .* because no identity-based policy allows/,
    })),
    'iam:PassRole': [{ call: registering('checkout-api', `arn:aws:iam::${theirs.account}:role/administrator`) }],
  },
  'ecs.stop-task': {
    'ecs:StopTask': [stopTask('prod', otherJobId), stopTask('elsewhere', 'd0'.repeat(16))],
    'ecs:UpdateTaskProtection': [unprotect('prod', otherJobId)],
  },
  'ssm.patch-hosts': {
    'ssm:SendCommand': [
      command('AWS-RunPatchBaseline', otherHost),
      {
        ...command('AWS-RunShellScript', oldHost),
        roleMayNot: 'The role itself sends no other document.',
        refusal: /not authorized to perform: ssm:SendCommand .* because no identity-based policy allows/,
      },
    ],
    'ecs:UpdateContainerInstancesState': [
      {
        call: ({ ecs }) =>
          ecs.send(
            new UpdateContainerInstancesStateCommand({
              cluster: 'elsewhere',
              containerInstances: [hostOf(otherHost)],
              status: 'DRAINING',
            }),
          ),
      },
    ],
  },
  'ecr.quarantine-image': {
    'ecr:UpdateImageStorageClass': [
      {
        call: ({ ecr }) =>
          ecr.send(
            new UpdateImageStorageClassCommand({
              repositoryName: 'other/ledger',
              imageId: { imageDigest: otherDigest },
              targetStorageClass: 'ARCHIVE',
            }),
          ),
      },
    ],
  },
};

/** By action, for every change that it declares: the same change of the nearest thing that is not its target. */
export const pointedElsewhere: typeof before = {
  ...before,
  ...Object.fromEntries(
    // What is asked of a cluster alone no session narrows: test/system/clusters.test.ts.
    actionCases.flatMap(({ action, elsewhere }) => (Object.keys(elsewhere).length === 0 ? [] : [[action, elsewhere]])),
  ),
};
