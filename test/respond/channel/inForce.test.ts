import { describe, expect, it } from 'vitest';
import { channelsName, chat, edit, keyName, notification, pager, soc, worldWith } from './channelWorld.ts';

const status = '/firebreak/prod/channels-status';
const broken = 'channels:\n  - { name: soc, kind: webhok }\n';

describe('an edit of the channels', () => {
  it('that can be used is said in the status, and told nobody', async () => {
    const world = worldWith(soc(), chat());
    expect(await world.receive([edit])).toBe(0);
    expect(world.parameter(status)).toBe(
      'In use is version 1:\nsoc (webhook): page, notice, digest\nchat (chat): page',
    );
    expect(world.published).toEqual([]);
  });

  it('that cannot be used is told once, however often it is looked at, and the last that can goes on', async () => {
    const world = worldWith(soc());
    world.put(channelsName, broken);
    for (let n = 0; n < 3; n += 1) {
      await world.receive([edit]);
      await world.receive([notification()]);
      world.pass(60);
    }
    expect(world.published).toMatchObject([
      { tier: 'notice', subject: 'NO ACTION: channels cannot be used, Firebreak prod' },
    ]);
    expect(world.published[0]?.body).toContain(
      'Version 2 of the channels cannot be used. Line 2: "channels[0].kind" must be one of pagerduty, webhook, chat.',
    );
    expect(world.published[0]?.body).toContain('In use is version 1:\nsoc (webhook)');
    expect(world.orders).toHaveLength(3);
  });

  it('of which no event came is told with the first message, which goes by the last that can be used', async () => {
    const world = worldWith(soc());
    world.put(channelsName, broken);
    await world.receive([notification(), notification()]);
    await world.receive([notification()]);
    expect([world.published.length, world.orders.length]).toEqual([1, 3]);
  });

  it('that is another slip is told again; mended, it is in use, and no longer told', async () => {
    const world = worldWith(soc());
    for (const text of [broken, `${broken}x`, `channels:\n${pager()}`]) {
      world.put(channelsName, text);
      await world.receive([edit]);
    }
    expect(world.published).toHaveLength(2);
    expect(world.parameter(status)).toBe('In use is version 4:\npager (pagerduty): page');
  });

  it('where no version can be used leaves nobody but those who are subscribed, and says so', async () => {
    const world = worldWith();
    world.put(channelsName, 'x');
    world.put(channelsName, broken);
    world.remove(channelsName);
    world.put(channelsName, broken);
    expect(await world.receive([edit, notification()])).toBe(0);
    expect(world.parameter(status)).toContain('No channel is in use');
    expect(world.orders).toEqual([]);
  });

  it('decides within half a minute, also where its event was lost', async () => {
    const world = worldWith(soc());
    await world.receive([notification()]);
    world.put(channelsName, `channels:\n${chat()}`);
    world.pass(31);
    await world.receive([notification()]);
    expect(world.orders.map((text) => JSON.parse(text).channel)).toEqual(['soc', 'chat']);
  });

  it('names a key that is not there, and one that anybody may read, and shows none', async () => {
    const world = worldWith(soc(), pager());
    world.remove(keyName('soc'));
    world.put(keyName('pager'), 'in the open', false);
    await world.receive([edit]);
    await world.receive([edit]);
    expect(world.published).toHaveLength(1);
    expect(world.parameter(status)?.split('\n').slice(0, 2)).toEqual([
      'soc has no key: there is no parameter /firebreak-keys/prod/soc.',
      'The key of pager can be read by whoever may read parameters: write /firebreak-keys/prod/pager anew as a SecureString.',
    ]);
    expect(JSON.stringify([world.published, world.logged, world.parameter(status)])).not.toContain('in the open');
  });

  it('decides of the messages that come in the same batch', async () => {
    const world = worldWith(soc());
    await world.receive([notification()]);
    world.put(channelsName, `channels:\n${chat()}`);
    await world.receive([notification(), edit]);
    expect(world.orders.map((text) => JSON.parse(text).channel)).toEqual(['soc', 'chat']);
  });

  it('that cannot be told comes again', async () => {
    const world = worldWith(soc());
    world.put(channelsName, broken);
    world.fails.publish = new Error('SNS');
    expect(await world.receive([edit])).toBe(1);
    delete world.fails.publish;
    expect(await world.receive([edit])).toBe(0);
    expect(world.published).toHaveLength(1);
  });
});

describe('a message, while a slip cannot be told', () => {
  it('reaches the channels all the same', async () => {
    const world = worldWith(soc());
    world.put(channelsName, broken);
    world.fails.publish = new Error('SNS');
    expect(await world.receive([notification()])).toBe(0);
    expect(world.orders).toHaveLength(1);
  });
});
