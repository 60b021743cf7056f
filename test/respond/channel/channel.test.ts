import { describe, expect, it } from 'vitest';
import { channelsName, channelWorld, chat, keyName, notification, pager, soc, worldWith } from './channelWorld.ts';

const names = (orders: readonly string[]): readonly string[] => orders.map((order) => JSON.parse(order).channel);

describe('a message of a topic', () => {
  it('becomes an order for each channel that hears of its tier', async () => {
    const world = worldWith(soc('[page]'), pager('[page]'), chat('[notice]'));
    expect(await world.receive([notification()])).toBe(0);
    expect(names(world.orders)).toEqual(['soc', 'pager']);
    expect(world.posts).toEqual([]);
  });

  it('goes to nobody where there are no channels, and nothing is asked of anybody else', async () => {
    const world = channelWorld();
    expect(await world.receive([notification()])).toBe(0);
    expect([world.orders, world.posts, world.chats, world.published]).toEqual([[], [], [], []]);
  });

  it('that is there as HTML, too, goes so to webhooks alone, one order at a time', async () => {
    const world = worldWith(soc(), chat('[digest]'));
    const Message = JSON.stringify({ firebreak: 'html', text: 'NO ACTION: x', html: '<p>x</p>' });
    let calls = 0;
    const { send } = world.effects.orders;
    Object.assign(world.effects.orders, {
      send: (bodies: readonly string[]) => {
        calls += 1;
        return send(bodies);
      },
    });
    await world.receive([notification({}, { TopicArn: 'arn:digest', Message })]);
    expect(world.orders.map((order) => JSON.parse(order).message.html)).toEqual(['<p>x</p>', undefined]);
    expect(calls).toBe(2);
  });

  it('that ends an alert goes to PagerDuty, whatever its tier', async () => {
    const world = worldWith(pager('[page]'));
    await world.receive([notification({ outcome: 'undone' }, { TopicArn: 'arn:notice' })]);
    await world.receive([notification({ outcome: 'held' }, { TopicArn: 'arn:notice' })]);
    expect(names(world.orders)).toEqual(['pager']);
  });

  it('goes to who comes later once it has gone on so often, and what ends an alert in any case', async () => {
    const world = worldWith(soc('[page]'), pager('[page]', ', escalation: 2'));
    await world.receive([notification({ escalation: '0' })]);
    await world.receive([notification({ escalation: '1' })]);
    await world.receive([notification({ escalation: 'x' })]);
    expect(names(world.orders)).toEqual(['soc', 'soc', 'soc']);
    await world.receive([notification({ escalation: '2' })]);
    expect(names(world.orders).slice(3)).toEqual(['soc', 'pager']);
    await world.receive([notification({ outcome: 'undone' }, { TopicArn: 'arn:notice' })]);
    expect(names(world.orders).slice(5)).toEqual(['pager']);
  });

  it('that tells of a dead channel does not go to that one', async () => {
    const world = worldWith(soc(), pager());
    await world.receive([notification({ telling: 'soc' })]);
    expect(names(world.orders)).toEqual(['pager']);
  });

  it('comes again where the orders could not be given, or the channels not be read', async () => {
    const world = worldWith(soc());
    world.fails.send = new Error('SQS');
    expect(await world.receive([notification()])).toBe(1);
    const unread = worldWith(soc());
    unread.fails.read = new Error('SSM');
    expect(await unread.receive([notification()])).toBe(1);
  });

  it.each([
    ['of another topic', notification({}, { TopicArn: 'arn:elsewhere' })],
    ['that is none', '{"Type":"Notification"}'],
    ['that is no JSON', 'x'],
    ['that is a list', '[]'],
  ])('%s is kept for the dead letters, and keeps no other of its batch', async (_name, body) => {
    const world = worldWith(soc());
    expect(await world.receive([body, notification()])).toBe(1);
    expect(names(world.orders)).toEqual(['soc']);
  });
});

async function order(world: ReturnType<typeof worldWith>, body = notification()): Promise<string> {
  await world.receive([body]);
  return world.orders.splice(0)[0] ?? '';
}

describe('an order', () => {
  it('is posted with the key that its parameter holds, which is nowhere else', async () => {
    const world = worldWith(pager('[page]', ', region: eu'));
    expect(await world.receive([await order(world)])).toBe(0);
    expect(world.posts.map(({ url, body }) => [url, JSON.parse(body).routing_key])).toEqual([
      ['https://events.eu.pagerduty.com/v2/enqueue', 'pager-key'],
    ]);
    expect(JSON.stringify([world.logged, world.published, world.parameter(channelsName)])).not.toContain('pager-key');
  });

  it('for chat is published, and no key is read', async () => {
    const world = worldWith(chat());
    await world.receive([await order(world)]);
    expect(world.chats.map((text) => JSON.parse(text).metadata.threadId)).toEqual(['t']);
  });

  it('for a channel that somebody has taken out meanwhile is over', async () => {
    const world = worldWith(soc());
    const given = await order(world);
    world.put(channelsName, 'channels: []');
    world.pass(31);
    expect(await world.receive([given])).toBe(0);
    expect(world.posts).toEqual([]);
  });

  it.each([
    ['an answer of 500', 500],
    ['an answer of 429', 429],
    ['an answer of 408', 408],
    ['no answer', new Error('ECONNREFUSED https://hooks.example.com/a')],
  ])(
    'that fails by %s comes again, later each time; the fifth failure is told, with the text',
    async (_name, answer) => {
      const world = worldWith(soc());
      const given = await order(world);
      for (const nth of [1, 2, 3, 4]) {
        world.answers.push(answer);
        expect(await world.receive([given], nth)).toBe(1);
      }
      expect(world.hidden.map(([, seconds]) => seconds)).toEqual([15, 45, 90, 180]);
      expect(world.published).toEqual([]);
      world.answers.push(answer);
      expect(await world.receive([given], 5)).toBe(0);
      expect(world.published).toMatchObject([
        {
          tier: 'page',
          subject: 'GET UP: channel soc is dead, Firebreak prod',
          body: expect.stringContaining('What did not arrive\nGET UP: x NOT contained.\n\nWhat happened'),
          about: { id: 'i/r/not-contained-1/not-by/soc', thread: 't', telling: 'soc', outcome: 'not-contained' },
        },
      ]);
      expect(JSON.stringify([world.published, world.logged])).not.toContain('hooks.example.com');
    },
  );

  it('waits as long as it is asked to, and no longer than five minutes', async () => {
    const world = worldWith(soc());
    const given = await order(world);
    world.answers.push(
      { status: 429, retryAfter: 120 },
      { status: 503, retryAfter: 86_400 },
      { status: 503, retryAfter: -5 },
    );
    for (const nth of [1, 2, 3]) await world.receive([given], nth);
    expect(world.hidden.map(([, seconds]) => seconds)).toEqual([120, 300, 90]);
  });

  it.each([400, 401, 403, 404, 410, 302])('that is refused with %s is told at once', async (status) => {
    const world = worldWith(soc());
    const given = await order(world);
    world.answers.push(status);
    expect(await world.receive([given])).toBe(0);
    expect(world.hidden).toEqual([]);
    expect(world.published[0]?.body).toContain(`It was tried once, it answered ${status}.`);
  });

  it('of what tells of another dead channel is told of no further', async () => {
    const world = worldWith(soc(), pager());
    const given = await order(world, notification({ telling: 'pager' }));
    world.answers.push(404);
    expect(await world.receive([given])).toBe(0);
    expect(world.published).toEqual([]);
  });

  it('of a notice or a digest that fails is a notice', async () => {
    for (const topic of ['arn:notice', 'arn:digest']) {
      const world = worldWith(soc());
      const given = await order(world, notification({}, { TopicArn: topic, Message: 'NO ACTION: x', Subject: '' }));
      world.answers.push(404);
      await world.receive([given]);
      expect(world.published).toMatchObject([
        { tier: 'notice', subject: 'NO ACTION: channel soc is dead, Firebreak prod' },
      ]);
    }
  });

  it('comes again where nobody can be told of it', async () => {
    const world = worldWith(soc());
    const given = await order(world);
    world.answers.push(404);
    world.fails.publish = new Error('SNS');
    expect(await world.receive([given])).toBe(1);
  });

  it('for chat that SNS does not take comes again', async () => {
    const world = worldWith(chat());
    const given = await order(world);
    world.fails.chat = new Error('throttled');
    expect(await world.receive([given])).toBe(1);
  });

  it('whose key is not there is told in the end, by the name of the parameter', async () => {
    const world = worldWith(soc());
    world.remove(keyName('soc'));
    const given = await order(world);
    expect(await world.receive([given])).toBe(1);
    expect(await world.receive([given], 5)).toBe(0);
    expect(world.published[0]?.body).toContain('its key, the parameter /firebreak-keys/prod/soc, is not there');
  });

  it('that ends an alert is not sent later than a minute: it might end the next', async () => {
    const world = worldWith(pager());
    const given = await order(world, notification({ outcome: 'undone' }, { TopicArn: 'arn:notice' }));
    world.pass(61);
    expect(await world.receive([given], 2)).toBe(0);
    expect([world.posts, world.published]).toEqual([[], []]);
  });

  it('that opens one is sent however late', async () => {
    const world = worldWith(pager());
    const given = await order(world);
    world.pass(86_400);
    await world.receive([given]);
    expect(world.posts).toHaveLength(1);
  });

  it('keeps no other of its batch waiting, nor failing', async () => {
    const world = worldWith(soc(), pager());
    await world.receive([notification()]);
    world.answers.push(new Error('down'), 202);
    expect(await world.receive([...world.orders])).toBe(1);
    expect(world.posts).toHaveLength(2);
  });
});
