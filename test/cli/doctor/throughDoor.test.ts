import { expect, it } from 'vitest';
import type { Check } from '../../../cli/doctor/check.ts';
import { alarms } from '../../../cli/doctor/checks/alarms.ts';
import { roles } from '../../../cli/doctor/checks/roles.ts';
import { subscriptions } from '../../../cli/doctor/checks/subscriptions.ts';
import type { Place } from '../../../cli/doctor/place.ts';
import type { Account, Service } from '../../../sandbox/account.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { createAlarm } from '../../../sandbox/services/cloudwatch/alarms.ts';
import { monitoringService } from '../../../sandbox/services/cloudwatch/service.ts';
import { iamService } from '../../../sandbox/services/iam/service.ts';
import { snsService } from '../../../sandbox/services/sns/service.ts';
import { createTopic, subscribe } from '../../../sandbox/services/sns/topics.ts';
import { clientOptions, throughDoor } from '../../sandbox/services/throughDoor.ts';

/** One check on an account with one service, in which the stack made one resource. */
function look(check: Check, service: Service, type: string, id: string, make: (account: Account) => void, topic = id) {
  return throughDoor([service], async ({ account }) => {
    make(account);
    const { region, endpoint, credentials } = clientOptions(account);
    const topics = { page: topic, notice: topic, digest: topic };
    const effects = { clock: { now: () => new Date(account.clock.now()) } };
    const stage = { stage: 'prod', region, config: { region, endpoint, credentials }, topics, effects };
    const resource = { logicalId: 'It', id, type, status: 'CREATE_COMPLETE' };
    seen = await check.look({ stage, stack: async () => [resource] } as unknown as Place);
  });
}
let seen: Awaited<ReturnType<Check['look']>>;

it('a role that trusts one that is gone is out of reach', async () => {
  const trusting = (AWS: string) => (account: Account) => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'sts:AssumeRole',
    };
    const document = (Statement: object) => ({ Version: '2012-10-17', Statement: [Statement] });
    const arn = 'arn:aws:iam::123456789012:role/responder';
    const role = createRole(account, { name: 'responder', arn, trust: document(statement), policies: [] } as never);
    // As IAM shows it once who was trusted is gone; nobody can write that.
    Object.assign(role.written, { trust: document({ ...statement, Principal: { AWS } }) });
  };
  await look(roles, iamService, 'AWS::IAM::Role', 'responder', trusting('arn:aws:iam::123456789012:role/act'));
  expect(seen).toEqual({ state: 'ok', seen: '1 roles are there, and in reach.', todo: '' });
  await look(roles, iamService, 'AWS::IAM::Role', 'responder', trusting('AROAEXAMPLEEXAMPLE123'));
  expect(seen).toMatchObject({ state: 'broken', seen: expect.stringContaining('trusts AROAEXAMPLEEXAMPLE123') });
  await look(roles, iamService, 'AWS::IAM::Role', 'gone', trusting('123456789012'));
  expect(seen).toMatchObject({ state: 'broken', seen: 'Gone: It.' });
});

it('an alarm that was muted tells nobody', async () => {
  const muted = (actionsEnabled: boolean) => (account: Account) => {
    const name = 'an-alarm';
    const arn = `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`;
    const metric = { namespace: 'mine', metricName: 'm', dimensions: {}, statistic: 'Sum' } as const;
    const when = { periodSeconds: 60, evaluationPeriods: 1, threshold: 0 };
    const alarm = createAlarm(account, { name, arn, ...metric, ...when, comparisonOperator: 'GreaterThanThreshold' });
    alarm.actionsEnabled = actionsEnabled;
  };
  await look(alarms, monitoringService, 'AWS::CloudWatch::Alarm', 'an-alarm', muted(true));
  expect(seen).toMatchObject({ state: 'ok' });
  await look(alarms, monitoringService, 'AWS::CloudWatch::Alarm', 'an-alarm', muted(false));
  expect(seen).toMatchObject({ state: 'broken', seen: expect.stringContaining('actions are disabled: an-alarm.') });
});

it('a subscription counts once it is confirmed', async () => {
  const arn = 'arn:aws:sns:eu-west-1:123456789012:page';
  const subscribed = (confirmed: boolean) => (account: Account) => {
    createTopic(account, { name: 'page', arn });
    subscribe(account, arn, { protocol: 'email', endpoint: 'a@example.com' }).confirmed = confirmed;
  };
  await look(subscriptions('page'), snsService, 'AWS::SNS::Topic', arn, subscribed(true));
  expect(seen).toEqual({ state: 'ok', seen: '1 confirmed.', todo: '' });
  await look(subscriptions('page'), snsService, 'AWS::SNS::Topic', arn, subscribed(false));
  expect(seen).toMatchObject({ state: 'broken', seen: expect.stringContaining('Not confirmed: a@example.com.') });
});

it('the queue of our own channels is nobody who hears', async () => {
  const arn = 'arn:aws:sns:eu-west-1:123456789012:page';
  const subscribed = (account: Account) => {
    createTopic(account, { name: 'page', arn });
    subscribe(account, arn, { protocol: 'sqs', endpoint: 'arn:aws:sqs:eu-west-1:123456789012:channels' });
  };
  const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/channels';
  await look(subscriptions('page'), snsService, 'AWS::SQS::Queue', url, subscribed, arn);
  expect(seen).toMatchObject({ state: 'broken', seen: expect.stringContaining('Nobody is subscribed') });
  await look(subscriptions('page'), snsService, 'AWS::SQS::Queue', `${url}-of-others`, subscribed, arn);
  expect(seen).toMatchObject({ state: 'ok' });
});
