import { beforeEach, describe, expect, it } from 'vitest';
import { canaryKey } from '../../shared/finding/canary.ts';
import type { Head } from '../../shared/incident/items.ts';
import { waitingIn } from '../../shared/incident/outbox.ts';
import { raise } from '../../shared/incident/raise.ts';
import type { Table } from '../../shared/incident/table.ts';
import { digestText } from '../../shared/report/digestText.ts';
import { gatherDigest, headsForDigests, mostHeads } from '../../shared/respond/digestModel.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import { undo } from '../../shared/respond/undo.ts';
import { digest, hour, labOf, messagesOf, setWith } from './digestLab.ts';
import { Lab } from './model/lab.ts';

let lab: Lab;

async function contained(...what: Parameters<typeof labOf>): Promise<void> {
  lab = await labOf(...what);
}

const told = () => lab.world.published;
const messages = () => messagesOf(lab);
async function sweepAfter(ms: number): Promise<void> {
  lab.pass(ms);
  await sweep(lab.effects);
}

describe('a message for the morning', () => {
  beforeEach(() => contained('digest', { digest }));

  it('is told in the digest of the hour, once, and is kept as told by it', async () => {
    expect(told()).toEqual([]);
    expect((await lab.head()).outbox).toMatchObject([{ collected: true, notBefore: '2026-11-20T12:00:00.000Z' }]);
    await sweepAfter(2 * hour);
    expect(told()).toEqual([]);
    await sweepAfter(hour);
    for (const again of [0, 0.1, 1, 5]) await sweepAfter(again * hour);
    expect(told()).toMatchObject([
      {
        tier: 'digest',
        subject: 'NO ACTION: morning digest, 1 contained, Firebreak test',
        about: { id: 'digest/-/2026-11-20' },
      },
    ]);
    expect(told()[0]?.body).toContain('contained 2026-11-20T09:');
    expect((await lab.head()).outbox).toEqual([]);
    expect(await messages()).toMatchObject([{ sent: true, collected: true, toldIn: 'digest/-/2026-11-20' }]);
  });

  it('leaves one line for the next day, when nothing comes', async () => {
    await sweepAfter(3 * hour);
    await sweepAfter(24 * hour);
    expect(told()[1]?.body).toMatch(/^NO ACTION: morning digest, a quiet night, Firebreak test: nothing since \S+\.$/);
  });

  it('of days that were missed is told once', async () => {
    await sweepAfter(75 * hour);
    await sweepAfter(0);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatchObject({ about: { id: 'digest/-/2026-11-23' } });
  });

  it('is told by the one that comes after it, also after its hour', async () => {
    lab.pass(4 * hour);
    const [first] = (await lab.head()).outbox;
    expect(waitingIn((await lab.head()).outbox, lab.effects.clock.now())).toEqual([first]);
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'a false alarm' });
    await lab.playPlan();
    await lab.report();
    expect((await lab.head()).outbox).toEqual([]);
    expect((await messages()).filter(({ sent }) => sent === false)).toMatchObject([{ id: first?.id }]);
    await sweep(lab.effects);
    expect(told().map(({ subject }) => subject)).toEqual([
      expect.stringContaining('undone'),
      'NO ACTION: morning digest, nothing waits, Firebreak test',
    ]);
    expect(told()[1]?.body).toContain('Undone or released (1)');
  });

  it('and says what it said before is told once', async () => {
    await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
    await lab.playPlan();
    await lab.report();
    expect((await lab.head()).outbox).toHaveLength(1);
  });
});

describe('without a digest in the settings any more', () => {
  it('what was collected goes out by itself at its hour', async () => {
    await contained('digest', { digest });
    lab.with({ ruleSets: new Lab({ set: setWith('digest', {}) }).effects.ruleSets });
    await sweepAfter(2 * hour);
    expect(told()).toEqual([]);
    await sweepAfter(hour);
    expect(told()).toMatchObject([{ tier: 'digest', subject: expect.not.stringContaining('morning') }]);
    expect((await lab.head()).outbox).toEqual([]);
  });

  it('nor a readable rule set, it goes out a day late', async () => {
    await contained('digest', { digest });
    lab.world.rulesUnreadable = true;
    await sweepAfter(26 * hour);
    expect(told()).toEqual([]);
    await sweepAfter(2 * hour);
    expect(told()).toHaveLength(1);
  });

  it('it goes out at once', async () => {
    await contained('digest', {});
    expect(told()).toMatchObject([{ tier: 'digest' }]);
  });
});

it('a page and a notice wait for no digest', async () => {
  for (const tier of ['page', 'notice'] as const) {
    await contained(tier, { digest });
    expect(told()).toMatchObject([{ tier }]);
    await sweepAfter(3 * hour);
    expect(told()[1]?.body).toContain(`told by ${tier}`);
  }
});

describe('each team', () => {
  const teams = [{ name: 'payments', owns: [{ id: [{ exists: true }] }] }];

  it('is told of its own, at its hour', async () => {
    await contained('digest', { digest, teams: teams.map((one) => ({ ...one, digest: { ...digest, at: '11:00' } })) });
    await sweepAfter(2 * hour);
    expect(told()).toMatchObject([{ about: { team: 'payments' }, subject: expect.stringContaining('1 contained') }]);
    await sweepAfter(hour);
    expect(told()[1]).toMatchObject({ about: { team: '' }, subject: expect.stringContaining('a quiet night') });
  });

  it('has what was a team’s before told with what is nobody’s', async () => {
    await contained('digest', { digest, teams });
    lab.with({ ruleSets: new Lab({ set: setWith('digest', { digest }) }).effects.ruleSets });
    await sweepAfter(3 * hour);
    expect(told()).toMatchObject([{ about: { team: '' }, subject: expect.stringContaining('1 contained') }]);
  });
});

it('says which rules would have acted', async () => {
  await contained('digest', { digest }, 'observe');
  await sweepAfter(3 * hour);
  expect(told()[0]?.body).toContain('Rules that only observe would have acted (1)\n- shut-critical: in 1 incident');
});

it('takes no notice that waits for working hours, and counts it', async () => {
  await contained('notice', { digest, workingHours: { timeZone: 'UTC', from: '15:00', to: '18:00' } });
  await sweepAfter(3 * hour);
  expect(told()[0]?.body).toContain('Sent: 0 pages, 1 notice, 0 for the morning');
  expect((await lab.head()).outbox).toMatchObject([{ tier: 'notice' }]);
  await sweepAfter(3 * hour);
  expect(told()).toMatchObject([{ tier: 'digest' }, { tier: 'notice' }]);
});

it('names exemptions that end soon, to whom they belong', async () => {
  const exemption = (name: string, owner: string, expires: string) => ({ name, owner, expires, reason: 'r', when: {} });
  const exemptions = [
    exemption('soon', 'Payments', '2026-11-26T12:00:00.000Z'),
    exemption('later', 'payments', '2026-11-28T12:00:00.000Z'),
    exemption('over', 'payments', '2026-11-20T11:00:00.000Z'),
    exemption('others', 'ops', '2026-11-21T12:00:00.000Z'),
  ];
  lab = new Lab({ set: { ...setWith('digest', { digest, teams: [{ name: 'payments' }] }), exemptions } });
  await sweep(lab.effects);
  await sweepAfter(3 * hour);
  const [nobodys, theirs] = told().map(({ body }) => body.match(/^- .* of .*$/gm));
  expect(nobodys).toEqual(['- others of ops: 2026-11-21T12:00:00Z. r']);
  expect(theirs).toEqual(['- soon of Payments: 2026-11-26T12:00:00Z. r']);
});

describe('a fix that failed', () => {
  const told = async (incident: string, fields: Partial<Head>): Promise<string> => {
    await contained('digest', { digest });
    const now = lab.effects.clock.now();
    const openedAt = new Date(now.getTime() - 50 * hour).toISOString();
    const long = { openedAt, restedAt: openedAt, runAt: openedAt, plan: null, outbox: [] };
    const head: Head = { ...(await lab.head()), ...long, ...fields, incident };
    const since = new Date(now.getTime() - 24 * hour).toISOString();
    const { model } = await gatherDigest(lab.effects, {
      ...{ team: null, since, now, heads: [head], unread: 0 },
      set: setWith('digest', { digest }),
    });
    return digestText(model);
  };
  const failed = { outcome: 'degraded', containedAt: null } as const;

  it.each([
    ['instance/123456789012/us-east-1/i-1', 'Hosts that are not patched (1)\n- i-1 '],
    ['managed-instance/123456789012/us-east-1/mi-1', 'Hosts that are not patched (1)\n- mi-1 '],
    ['ecr-repository/123456789012/us-east-1/shop/web', 'Others that are not fixed (1)\n- shop/web '],
    ['image/123456789012/us-east-1/shop/web@sha256:1', 'Images that are accused and not quarantined (1)\n- shop/web@'],
    ['role/123456789012/us-east-1/deployer', 'Others that are not fixed (1)\n- deployer '],
  ])('is told each morning until it is done, with since when: %s', async (incident, line) => {
    const text = await told(incident, failed);
    expect(text).toMatch(/^NO ACTION: morning digest, 1 not fixed, Firebreak /);
    expect(text).toContain(line);
    expect(text).toContain(': NOT fixed, a step failed, for 2 days');
    // What was contained though a step failed is not among them.
    const done = await told(incident, { ...failed, containedAt: '2026-11-18T07:00:00.000Z' });
    expect(done).toContain('a quiet night');
  });

  it('is not the only thing told of a repository: what is only seen is, as an image or a host is', async () => {
    const seen = { outcome: 'observed', containedAt: null } as const;
    const text = await told('ecr-repository/123456789012/us-east-1/shop/web', seen);
    expect(text).toContain('Others that are not fixed (1)\n- shop/web (us-east-1): seen, nothing done, for 2 days');
    expect(await told('ecs-service/123456789012/us-east-1/prod/cart', seen)).toContain('a quiet night');
  });
});

describe('what a digest reads', () => {
  it('has an end, and says so', async () => {
    await contained('digest', { digest });
    const others = Array.from({ length: mostHeads + 4 }, (_, n) => `other/${n}`);
    const canary = canaryKey('123456789012', 'us-east-1');
    let reads = 0;
    const get: Table['get'] = (key) => {
      reads += 1;
      return lab.world.table.get(key);
    };
    expect(await headsForDigests({ ...lab.world.table, get }, [canary, lab.incident, ...others])).toMatchObject({
      heads: [{ incident: lab.incident }],
      unread: 5,
    });
    expect(reads).toBe(mostHeads);
  });

  it('leaves out the canary, which is no incident', async () => {
    const canary = canaryKey('123456789012', 'us-east-1');
    lab = new Lab();
    await raise(lab.world.table, canary, { run: 'r', now: lab.effects.clock.now() });
    expect(await headsForDigests(lab.world.table, [canary])).toEqual({ heads: [], unread: 0 });
  });
});

it('says so of what is contained, also while a later run looks at it', async () => {
  await contained('digest', { digest });
  await lab.takeIn({ id: 'event-2', critical: 9, second: 5 });
  await sweepAfter(3 * hour);
  expect(told()[0]?.body).toContain('contained 2026-11-20T09:');
  expect(told()[0]?.body).toContain(
    'Not contained (1)\n- payments/checkout-api@sha256:111111111111 (us-east-1): under way for 3 hours.',
  );
});

it('is told though one plan cannot be read', async () => {
  await contained('digest', { digest }, 'observe');
  lab.with({ bodies: { put: () => Promise.reject(new Error('S3')), get: () => Promise.reject(new Error('S3')) } });
  await sweepAfter(3 * hour);
  expect(told()[0]?.body).toContain('Told here (1)\n- payments/checkout-api seen, nothing done');
});
