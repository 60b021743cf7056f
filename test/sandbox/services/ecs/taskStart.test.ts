import type { RegisterTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../../sandbox/sandbox.ts';
import { registerTaskDefinition } from '../../../../sandbox/services/ecs/registerTaskDefinition.ts';
import { runTask } from '../../../../sandbox/services/ecs/runTask.ts';
import { clusters } from '../../../../sandbox/services/ecs/state.ts';
import { groupArn, logsState } from '../../../../sandbox/services/logs/groups.ts';
import { secretArn } from '../../../../sandbox/services/secretsManager/state.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { runOn } from '../runOn.ts';

const place = { id: '123456789012', region: 'us-east-1' };
const secret = secretArn(place, 'shop/db');
const allow = (Action: string, Resource: string) => [
  { name: 'own', document: { Statement: { Effect: 'Allow', Action, Resource } } },
];
const reads = allow('secretsmanager:GetSecretValue', secret);
const image = 'shop:1';

interface Given {
  readonly policies?: readonly object[];
  readonly kmsKeyId?: string;
}

/** An account in which one task of a definition is started, and what becomes of it. */
async function started(containerDefinitions: readonly object[], { policies = [], kmsKeyId }: Given) {
  const world = worldSchema.parse({
    roles: [{ name: 'shop', policies }],
    secrets: [{ name: 'shop/db', ...(kmsKeyId === undefined ? {} : { kmsKeyId }) }],
    repositories: [
      { name: 'shop', images: [{ digest: `sha256:${'a'.repeat(64)}`, tags: ['1'], prints: ['it runs'] }] },
    ],
    taskDefinitions: [{ family: 'other', revision: 1, containers: [{ name: 'app', image, logGroup: '/shop' }] }],
    clusters: [{ name: 'prod', services: [] }],
  });
  const { account, clock, close } = await openAccount({ world });
  const principal = { kind: 'root', arn: `arn:aws:iam::${account.id}:root` } as const;
  const park = <T>(promise: Promise<T>) => promise;
  const run = runOn({ call: () => ({ account, principal, requestId: 'request', park }) });
  const role = 'arn:aws:iam::123456789012:role/shop';
  try {
    const { taskDefinition } = await run<RegisterTaskDefinitionResponse>(registerTaskDefinition, {
      ...{ family: 'shop', networkMode: 'awsvpc', cpu: '256', memory: '512', requiresCompatibilities: ['FARGATE'] },
      ...{ taskRoleArn: role, executionRoleArn: role, containerDefinitions },
    });
    await run(runTask, {
      ...{ cluster: 'prod', launchType: 'FARGATE', taskDefinition: taskDefinition?.taskDefinitionArn },
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    });
    await clock.advance(300_000);
    const [task] = [...(clusters(account).get('prod')?.tasks.values() ?? [])];
    const { streams } = logsState(account).groups.get('/shop') ?? { streams: new Map() };
    const written = [...streams].map(
      ([name, { events }]) => `${name.replace(task?.id ?? '', 'ID')}: ${events[0]?.message}`,
    );
    return { status: task?.status, reason: task?.stoppedReason, written };
  } finally {
    await close();
  }
}

const uri = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1';
const given = [{ name: 'app', image: uri, secrets: [{ name: 'DB', valueFrom: `${secret}:password::` }] }];

describe('a task that is given a secret', () => {
  it('starts where its execution role may read that', async () => {
    expect(await started(given, { policies: reads })).toMatchObject({ status: 'RUNNING' });
  });

  it('does not start where that may not, or may not decrypt it', async () => {
    const refused = {
      status: 'STOPPED',
      reason: expect.stringContaining('ResourceInitializationError: unable to pull secrets'),
    };
    expect(await started(given, {})).toMatchObject(refused);
    expect(await started(given, { policies: reads, kmsKeyId: 'a1b2' })).toMatchObject(refused);
  });
});

describe('a log that is routed', () => {
  const options = { Name: 'cloudwatch_logs', log_group_name: '/shop', log_stream_prefix: 'shop/' };
  const routed = [
    { name: 'app', image: uri, logConfiguration: { logDriver: 'awsfirelens', options } },
    { name: 'router', image: uri, firelensConfiguration: { type: 'fluentbit' } },
  ];

  it('arrives where the task role may write it', async () => {
    const policies = allow('logs:PutLogEvents', `${groupArn(place as never, '/shop')}:*`);
    expect(await started(routed, { policies })).toMatchObject({
      status: 'RUNNING',
      written: ['shop/app-firelens-ID: it runs'],
    });
  });

  it('arrives nowhere where that may not, and the task runs on', async () => {
    expect(await started(routed, {})).toMatchObject({ status: 'RUNNING', written: [] });
  });
});
