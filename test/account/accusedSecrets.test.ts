import { expect, test } from 'vitest';
import { accusedBy } from '../../shared/account/accused.ts';
import type { SeenTask } from '../../shared/account/workload.ts';
import { shell, task, threatFinding } from '../plan/threats.ts';

const [account, region] = ['123456789012', 'us-east-1'];
const secret = (name: string, place = `${region}:${account}`): string =>
  `arn:aws:secretsmanager:${place}:secret:${name}-a1B2c3`;

const seen = (secrets?: readonly string[]): SeenTask => ({
  ...{ arn: task.arn, state: 'running', group: null, service: null, taskDefinition: null, launchType: null },
  ...{ containers: [], role: null, pulledAt: null },
  ...(secrets === undefined ? {} : { secrets }),
});
const accused = (...tasks: readonly SeenTask[]) =>
  accusedBy(threatFinding(shell), { tasks, services: [], owner: 'shop', unread: [] });

test('the secrets of a finding are those that its tasks were given, each once, of its own account and Region', () => {
  const [mine, other] = [secret('shop/db'), secret('shop/key')];
  const elsewhere = [secret('far', `eu-west-1:${account}`), secret('foreign', `${region}:210987654321`)];
  expect(accused(seen([mine, ...elsewhere]), seen([mine, other])).secretTargets).toEqual([
    { kind: 'secret', id: 'shop/db-a1B2c3', arn: mine, account, region },
    { kind: 'secret', id: 'shop/key-a1B2c3', arn: other, account, region },
  ]);
});

test('a task that is given none has none', () => {
  expect(accused(seen())).not.toHaveProperty('secretTargets');
});
