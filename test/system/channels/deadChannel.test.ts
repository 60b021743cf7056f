import { describe, expect, it } from 'vitest';
import { faults } from '../../../sandbox/faults/faults.ts';
import { ail, postsTo } from '../../../sandbox/services/outside/state.ts';
import { unused } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { alertsOf, pagerDuty } from './alerts.ts';
import { arrived, chat, hook, pager, soc, withChannels } from './stage.ts';

const subjects = (stage: Stage): readonly string[] =>
  stage.told().map(({ tier, subject }) => `${tier} ${subject.split(',')[0]}`);

/** One message for everybody: the containment of an image, as a page. */
const loud = `name: loud
when: { type: [ImageScan] }
do: [ecr.quarantine-image]
mode: enforce
page: { contained: page }
`;

async function loudStage(...channels: readonly string[]): Promise<Stage> {
  const stage = await openStage({ rules: { loud } });
  await withChannels(stage, ...channels);
  return stage;
}

describe('an endpoint that is down for an hour', () => {
  it('is told of through the topic and the other channel, once, with the text; afterwards nothing comes twice', async () => {
    await using stage = await loudStage(soc, pager);
    ail(stage.account, { host: pagerDuty, status: 'down', seconds: 3600 });
    stage.scan(unused);
    await stage.pass(7200);
    expect(subjects(stage)).toEqual([
      'page GET UP: payments/checkout-api contained',
      'page GET UP: channel pager is dead',
    ]);
    const [page, dead] = stage.told();
    expect(dead?.body).toContain(`What did not arrive\n${page?.body}`);
    expect(dead?.body.split('\n')[0]).toBe(
      'GET UP: channel pager is dead (pagerduty), a page did not arrive there. Firebreak dev',
    );
    expect(arrived(stage, hook).map(({ headline }) => headline)).toEqual([
      page?.body.split('\n')[0],
      dead?.body.split('\n')[0],
    ]);
    // Five attempts in six minutes, and never again: not of what tells of it either.
    const tried = postsTo(stage.account, pagerDuty).map(({ at }) => at);
    expect(tried).toHaveLength(5);
    expect((tried[4] ?? 0) - (tried[0] ?? 0)).toBeLessThan(7 * 60_000);
    expect(alertsOf(stage)).toEqual([]);
    expect(stage.queue('ChannelQueue').messages.size + stage.queue('ChannelDeadLetters').messages.size).toBe(0);
  });

  it('and another beside it: each is told of once for each message, and neither of what tells of the other', async () => {
    await using stage = await loudStage(soc, pager);
    for (const host of [pagerDuty, hook]) ail(stage.account, { host, status: 503, seconds: 3600 });
    stage.scan(unused);
    await stage.pass(7200);
    expect(subjects(stage).toSorted()).toEqual([
      'page GET UP: channel pager is dead',
      'page GET UP: channel soc is dead',
      'page GET UP: payments/checkout-api contained',
    ]);
  });

  it('of a digest is a notice: nobody is woken for it', async () => {
    await using stage = await openStage();
    await withChannels(stage, soc);
    ail(stage.account, { host: hook, status: 500, seconds: 3600 });
    stage.scan(unused);
    await stage.pass(3600);
    expect(subjects(stage)).toEqual([
      'digest NO ACTION: payments/checkout-api contained',
      'notice NO ACTION: channel soc is dead',
    ]);
  });
});

describe('an endpoint that ails for a while', () => {
  it.each([
    ['down', { status: 'down' as const, seconds: 50 }, 3],
    ['of status 500', { status: 500, seconds: 50 }, 3],
    ['busy, and says for how long', { status: 429, seconds: 50, retryAfter: 60 }, 2],
    ['slow, and answers when nobody waits any more', { status: 200, lateSeconds: 20, seconds: 50 }, 3],
  ])('%s: it gets the message once it is well, and the others do not wait for it', async (_name, ailment, tries) => {
    await using stage = await loudStage(soc, pager, chat);
    ail(stage.account, { host: pagerDuty, ...ailment });
    stage.scan(unused);
    await stage.pass(600);
    expect(subjects(stage)).toEqual(['page GET UP: payments/checkout-api contained', 'chat ']);
    expect(alertsOf(stage).filter(({ events }) => events.includes('trigger'))).toHaveLength(1);
    const tried = postsTo(stage.account, pagerDuty);
    expect(tried).toHaveLength(tries);
    const [heard, ...twice] = postsTo(stage.account, hook);
    expect(twice).toEqual([]);
    expect((heard?.at ?? 0) - (tried[0]?.at ?? 0)).toBeLessThan(2_000);
  });

  it('that takes a message and does not answer gets it again, by the same id and under the same key', async () => {
    await using stage = await loudStage(soc);
    ail(stage.account, { host: hook, status: 200, lateSeconds: 20, seconds: 10 });
    stage.scan(unused);
    await stage.pass(600);
    const ids = postsTo(stage.account, hook).map(({ headers }) => headers['firebreak-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([401, 403, 404, 410, 301])('and answers %s is not asked again: it is told at once', async (status) => {
    await using stage = await loudStage(soc);
    ail(stage.account, { host: hook, status, seconds: 3600 });
    stage.scan(unused);
    await stage.pass(60);
    expect(subjects(stage)).toEqual([
      'page GET UP: payments/checkout-api contained',
      'page GET UP: channel soc is dead',
    ]);
    expect(stage.told()[1]?.body).toContain(`It was tried once, it answered ${status}.`);
    expect(postsTo(stage.account, hook)).toHaveLength(1);
  });
});

describe('a message that is delivered twice', () => {
  it('by SQS, because the function died when it had sent the orders, opens no second alert', async () => {
    await using stage = await loudStage(pager);
    let died = 0;
    faults(stage.account).push(({ functionName, operation }) =>
      functionName === 'firebreak-dev-channel' && operation === 'SendMessageBatch' && ++died === 1
        ? 'crash-after'
        : undefined,
    );
    stage.scan(unused);
    await stage.pass(600);
    expect(died).toBe(2);
    expect(alertsOf(stage)).toMatchObject([{ events: ['trigger', 'trigger'] }]);
  });
});
