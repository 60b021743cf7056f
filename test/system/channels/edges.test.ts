import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../sandbox/account.ts';
import { faults } from '../../../sandbox/faults/faults.ts';
import { logsState } from '../../../sandbox/services/logs/groups.ts';
import { ail, postsTo } from '../../../sandbox/services/outside/state.ts';
import { snsState } from '../../../sandbox/services/sns/state.ts';
import { createTopic, publish, subscribe, undeliveredOf } from '../../../sandbox/services/sns/topics.ts';
import { unused } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { alertsOf, pagerDuty, pagesOf } from './alerts.ts';
import {
  arrived,
  channelsStatus,
  chat,
  editChannels,
  hook,
  pager,
  routingKey,
  soc,
  webhookKey,
  withChannels,
} from './stage.ts';

const topic = (stage: Stage, tier: string): string => `arn:aws:sns:us-east-1:${stage.account.id}:firebreak-dev-${tier}`;

/** The image is archived, and that is a page. */
const loud = `name: loud
when: { type: [ImageScan] }
do: [ecr.quarantine-image]
mode: enforce
page: { contained: page }
`;

describe('without channels', () => {
  it('nothing is sent anywhere, nothing more is told, and nothing is left in a queue', async () => {
    await using stage = await openStage();
    stage.scan(unused);
    await stage.pass(600);
    expect(stage.told()).toHaveLength(1);
    expect(postsTo(stage.account)).toEqual([]);
    expect(stage.queue('ChannelQueue').messages.size + stage.queue('ChannelDeadLetters').messages.size).toBe(0);
    expect(channelsStatus(stage)).toBe('');
  });
});

describe('the queue of the channels', () => {
  it('lets in the topics of the stage, and no other', async () => {
    await using stage = await openStage();
    await withChannels(stage, soc);
    const arn = topic(stage, 'other');
    createTopic(stage.account, { name: 'firebreak-dev-other', arn });
    subscribe(stage.account, arn, { protocol: 'sqs', endpoint: stage.queue('ChannelQueue').arn });
    publish(stage.account, { topicArn: arn, message: 'GET UP: a lie' });
    publish(stage.account, { topicArn: topic(stage, 'page'), message: 'a test' });
    await stage.pass(60);
    expect(undeliveredOf(stage.account).map(({ reason }) => reason)).toEqual([expect.stringContaining('does not let')]);
    expect(arrived(stage, hook).map(({ headline }) => headline)).toEqual(['GET UP: a test']);
  });
});

describe('a message as large as SNS takes', () => {
  it('reaches each channel, cut to what it shows', async () => {
    await using stage = await openStage();
    await withChannels(stage, soc, pager, chat);
    publish(stage.account, { topicArn: topic(stage, 'page'), subject: 'GET UP: large', message: '"'.repeat(262_144) });
    await stage.pass(60);
    expect(alertsOf(stage)).toMatchObject([{ summary: 'GET UP: large', events: ['trigger'] }]);
    const [heard] = arrived(stage, hook);
    expect(String(heard?.['text'])).toMatch(/^"{20000}[\s\S]*\(cut: all of it is in the mail/);
    const [shown] = stage.told().filter(({ tier }) => tier === 'chat');
    expect(JSON.parse(shown?.body ?? '').content.description).toHaveLength(8_000);
    expect(pagesOf(stage)).toHaveLength(1);
  });
});

describe('an alert', () => {
  it('is opened by the page and resolved by the undo', async () => {
    await using stage = await openStage({ rules: { loud } });
    await withChannels(stage, pager);
    stage.scan(unused);
    await stage.settle();
    expect(alertsOf(stage)).toMatchObject([{ status: 'triggered', severity: 'error' }]);
    await stage.undo(unused);
    await stage.settle();
    expect(alertsOf(stage)).toMatchObject([{ status: 'resolved', events: ['trigger', 'resolve'] }]);
  });

  it('that cannot be resolved within a minute stays open, and nobody is told', async () => {
    await using stage = await openStage({ rules: { loud } });
    await withChannels(stage, pager);
    stage.scan(unused);
    await stage.settle();
    const told = stage.told().length;
    await stage.undo(unused);
    ail(stage.account, { host: pagerDuty, status: 500, seconds: 1_800 });
    await stage.pass(3_600);
    expect(alertsOf(stage)).toMatchObject([{ status: 'triggered' }]);
    expect(stage.told()).toHaveLength(told + 1);
  });
});

describe('what the channels need of AWS', () => {
  it('that SNS throttles what tells of a dead one costs time, and nothing else', async () => {
    await using stage = await openStage({ rules: { loud } });
    await withChannels(stage, soc);
    ail(stage.account, { host: hook, status: 410, seconds: 3_600 });
    let left = 7;
    faults(stage.account).push(({ functionName, operation }) =>
      functionName === 'firebreak-dev-channel' && operation === 'Publish' && left-- > 0
        ? new AwsError('Throttled', 'Rate exceeded', 400)
        : undefined,
    );
    stage.scan(unused);
    await stage.pass(3_600);
    expect(pagesOf(stage).map((subject) => subject.split(',')[0])).toEqual([
      'GET UP: payments/checkout-api contained',
      'GET UP: channel soc is dead',
    ]);
  });

  it('a chat topic that somebody has deleted is a dead channel', async () => {
    await using stage = await openStage({ rules: { loud } });
    await withChannels(stage, chat);
    snsState(stage.account).topics.delete(topic(stage, 'chat'));
    stage.scan(unused);
    await stage.pass(1_200);
    expect(stage.told().at(-1)).toMatchObject({
      tier: 'page',
      subject: 'GET UP: channel slack is dead, Firebreak dev',
      body: expect.stringContaining('It was tried 5 times, SNS did not take it (NotFoundException).'),
    });
  });

  it('while Parameter Store cannot be read a message waits, and then arrives once', async () => {
    await using stage = await openStage({ rules: { loud } });
    await withChannels(stage, soc);
    await stage.pass(60);
    const until = stage.account.clock.now() + 600_000;
    faults(stage.account).push(({ functionName, service }) =>
      functionName === 'firebreak-dev-channel' && service === 'ssm' && stage.account.clock.now() < until
        ? new AwsError('InternalServerError', 'down', 500)
        : undefined,
    );
    stage.scan(unused);
    await stage.pass(1_800);
    expect(arrived(stage, hook)).toHaveLength(1);
    expect(pagesOf(stage)).toHaveLength(1);
  });
});

describe('an edit that cannot be used', () => {
  it('is told once, by mail; the channels that were in use before hear of what comes', async () => {
    await using stage = await openStage({ rules: { loud } });
    await withChannels(stage, soc);
    editChannels(stage.account, 'channels:\n  - kind: pagerdutty\n');
    await stage.pass(30);
    stage.scan(unused);
    await stage.pass(600);
    expect(stage.told().map(({ tier, subject }) => `${tier} ${subject.split(',')[0]}`)).toEqual([
      'notice NO ACTION: channels cannot be used',
      'page GET UP: payments/checkout-api contained',
    ]);
    expect(arrived(stage, hook).map(({ tier }) => tier)).toEqual(['notice', 'page']);
    expect(channelsStatus(stage)).toMatch(/^Version 2 of the channels cannot be used\. Line 2: /);
  });
});

it('no key and no address is in the log of the function, in a message or in the status', async () => {
  await using stage = await openStage({ rules: { loud } });
  await withChannels(stage, soc, pager);
  for (const host of [hook, pagerDuty]) ail(stage.account, { host, status: 'down', seconds: 600 });
  stage.scan(unused);
  await stage.pass(1_200);
  const streams = logsState(stage.account).groups.get('/aws/lambda/firebreak-dev-channel')?.streams ?? new Map();
  const log = JSON.stringify([...streams.values()].map(({ events }) => events));
  expect(log).toContain('A channel did not take a message');
  const said = log + JSON.stringify(stage.told()) + channelsStatus(stage);
  for (const secret of [routingKey, webhookKey, `https://${hook}`, '/firebreak"']) expect(said).not.toContain(secret);
});
