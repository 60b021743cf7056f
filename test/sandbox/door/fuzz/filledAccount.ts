import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { createAccount, type RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { createTable } from '../../../../sandbox/services/dynamodb/tables.ts';
import { createRule } from '../../../../sandbox/services/eventbridge/rules.ts';
import { appendLog } from '../../../../sandbox/services/logs/append.ts';
import { createLogGroup } from '../../../../sandbox/services/logs/groups.ts';
import { createBucket } from '../../../../sandbox/services/s3/buckets.ts';
import { createTopic, subscribe } from '../../../../sandbox/services/sns/topics.ts';
import { createQueue } from '../../../../sandbox/services/sqs/queue.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { createStateMachine } from '../../../../sandbox/services/states/machines.ts';
import { startExecution } from '../../../../sandbox/services/states/start.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { readWorld } from '../../../../sandbox/world/read.ts';
import { incidentsTable } from '../../services/dynamodb/table.ts';
import { policyOf } from '../../services/throughDoor.ts';

const worldFile = fileURLToPath(new URL('../../../system/addresses/everything.account.yaml', import.meta.url));
const worldText = readFileSync(worldFile, 'utf8')
  .replaceAll('210987654321', '123456789012')
  .replaceAll('eu-central-1', 'eu-west-1');
const world = readWorld(worldText, worldFile);

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

/** An account with one of each thing that the inputs of `operationInputs.ts` name, and more. Close it. */
export function filledAccount(): RunningAccount {
  const startAtMs = Date.parse('2026-11-24T08:00:00.000Z');
  const running = createAccount({ id: '123456789012', region: 'eu-west-1', seed: 1, startAtMs });
  const { account } = running;
  loadWorld(account, world);
  createRole(account, {
    name: 'responder',
    arn: 'arn:aws:iam::123456789012:role/responder',
    trust: policyOf({
      Effect: 'Allow',
      Principal: { AWS: '*', Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
    policies: [{ name: 'own', document: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }],
  });
  createTable(account, incidentsTable);
  const queueArn = arn('sqs', 'intake');
  createQueue(account, { name: 'intake', arn: queueArn, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 3600 });
  createTopic(account, { name: 'page', arn: arn('sns', 'page') });
  subscribe(account, arn('sns', 'page'), { protocol: 'sqs', endpoint: queueArn });
  const targets = [{ id: 'queue', arn: queueArn }];
  createRule(account, { name: 'scans', arn: arn('events', 'rule/scans'), eventPattern: { source: ['shop'] }, targets });
  createLogGroup(account, { name: '/ecs/shop' });
  appendLog(account, '/ecs/shop', 'app/1', ['{"level":"ERROR"}', 'plain']);
  createBucket(account, { name: 'evidence' });
  putParameter(account, { name: '/shop/one', value: '1' });
  createStateMachine(account, {
    name: 'machine',
    arn: arn('states', 'stateMachine:machine'),
    roleName: 'responder',
    definition: { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } },
    type: 'STANDARD',
  });
  startExecution(account, arn('states', 'stateMachine:machine'), '{}', 'one');
  return running;
}
