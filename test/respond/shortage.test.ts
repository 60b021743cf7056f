import { beforeEach, describe, expect, it } from 'vitest';
import type { Action, Verified } from '../../shared/actions/contract.ts';
import { undo } from '../../shared/respond/undo.ts';
import { Lab } from './model/lab.ts';
import { twoPartRules } from './model/world.ts';

let lab: Lab;
/** Of the plan "look, stop, start, shut". */
const [stop, start, shut] = [1, 2, 3];

const since = '2026-11-20T10:01:00.000Z';
const holds: Verified = { state: 'holds', seen: '2 of 2', absence: false };
const waits: Verified = { state: 'pending', seen: '0 of 2', absence: false };
const short: Verified = { ...waits, short: { since, todo: 'It lacks room. Add capacity.' } };

/** What the second step, and the undo, read from now on. */
function reads(read: Verified): void {
  const verify = async (): Promise<Verified> => read;
  const replaced = ({ parts = [], ...action }: Action): Action => {
    const [second] = parts;
    if (second === undefined) throw new Error('There is no second step');
    // As a service's: asked for at once, and contained without it.
    const execute: typeof second.execute = async (...given) => {
      await second.execute(...given);
      return { kind: 'done', did: 'Asked.' };
    };
    const facts = { ...second.facts, contains: false };
    return { ...action, verifyUndone: verify, parts: [{ ...second, facts, execute, verify }] };
  };
  lab.with({ catalogue: lab.effects.catalogue.map((one) => (one.name === 'fake.swap' ? replaced(one) : one)) });
}

const notSettled = { name: 'NotSettled' };
const ended = { name: 'ActionFailed' };

/** As the state machine does it, but for the second step, whose last read is still to come. */
async function begin(): Promise<void> {
  await lab.decide();
  for (const n of [0, stop]) {
    await lab.act(n);
    await lab.verify(n);
  }
  await lab.act(start);
}

async function finish(): Promise<void> {
  await lab.act(shut);
  await lab.verify(shut);
}

/** A round whose second step finds no place, twice. */
async function cutRound() {
  await begin();
  reads(short);
  await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
  lab.pass(60_000);
  await expect(lab.verify(start)).rejects.toMatchObject(ended);
  await finish();
  return lab.report();
}

const told = () => lab.world.published.map(({ tier, subject }) => [tier, subject.replace(/,[^,]*$/, '')]);
const page = ['page', 'GET UP: payments/checkout-api contained, NOT up again'];
const upAgain = ['notice', 'NO ACTION: payments/checkout-api contained, up again'];

beforeEach(async () => {
  lab = new Lab({ set: twoPartRules });
  await lab.takeIn();
  reads(waits);
});

describe('a step that has no place for what it starts', () => {
  it('ends for this round when a second read agrees a minute later, and not before', async () => {
    await begin();
    reads(short);
    await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
    lab.pass(59_999);
    await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
    lab.pass(1);
    await expect(lab.verify(start)).rejects.toMatchObject(ended);
    expect(await lab.receipt(start)).toMatchObject({
      verified: { state: 'pending', seen: '0 of 2' },
      short: { since, cut: true },
    });
  });

  it('is waited for as ever when something is on its way in between', async () => {
    await begin();
    for (const read of [short, waits, short]) {
      reads(read);
      await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
      lab.pass(59_000);
    }
    reads(holds);
    await lab.verify(start);
    expect(await lab.receipt(start)).not.toHaveProperty('short');
  });

  it('lets the other steps be done, is told by one page that says what to do, and is looked at again', async () => {
    expect(await cutRound()).toMatchObject({ more: true, outcome: null });
    expect(told()).toEqual([page]);
    const [{ body = '' } = {}] = lab.world.published;
    expect(body).toContain('It lacks room. Add capacity.');
    expect(body).toContain('Nobody is woken for it again.');
    expect(await lab.head()).toMatchObject({ state: 'running', round: 2, containedAt: expect.any(String) });
  });

  it('is waited for to the end in the next round, and told by nobody twice', async () => {
    await cutRound();
    await begin();
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
      lab.pass(60_000);
    }
    await finish();
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'degraded' });
    expect(told()).toEqual([page]);
    expect(await lab.head()).toMatchObject({ downTold: null });
  });

  it('is no second page when it has come up by then: one notice', async () => {
    await cutRound();
    await begin();
    reads(holds);
    await lab.verify(start);
    await finish();
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'contained' });
    expect(told()).toEqual([page, upAgain]);
    // The channels go by it: what people were woken for is not over because this is.
    expect(lab.world.published.map(({ about }) => about['outcome'])).toEqual(['degraded', '']);
  });

  it('is no second page when it has come up after the run, and says nothing more after that', async () => {
    await cutRound();
    await begin();
    await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
    await finish();
    await lab.report();
    for (const n of [1, 2]) {
      await lab.takeIn({ id: `news-${n}`, critical: 10 + n, second: n });
      await begin();
      reads(holds);
      await lab.verify(start);
      await finish();
      await lab.report();
    }
    expect(told()).toEqual([page, upAgain]);
  });

  it('does not keep quiet what else has happened since', async () => {
    await cutRound();
    await begin();
    reads(holds);
    await lab.verify(start);
    // The last step has no receipt.
    expect(await lab.report()).toMatchObject({ outcome: 'not-contained' });
    expect(told()).toEqual([page, ['page', 'GET UP: payments/checkout-api NOT contained']]);
  });

  it('goes on to no other round where something is not contained: somebody comes anyway', async () => {
    await begin();
    reads(short);
    await expect(lab.verify(start)).rejects.toMatchObject(notSettled);
    lab.pass(60_000);
    await expect(lab.verify(start)).rejects.toMatchObject(ended);
    expect(await lab.report()).toMatchObject({ more: false, outcome: 'not-contained' });
  });
});

describe('an undo that has no place for what it puts back', () => {
  const undoing = async (): Promise<number> => {
    await begin();
    reads(holds);
    await lab.verify(start);
    await finish();
    await lab.report();
    await undo(lab.effects, { incident: lab.incident, by: 'ana', reason: 'false alarm' });
    const { steps } = await lab.decide();
    expect(steps).toHaveLength(2);
    await lab.act(0);
    // What was shut is opened first, which takes a while.
    lab.pass(20 * 60_000);
    await lab.verify(0);
    await lab.act(1);
    return 1;
  };

  it('is undone when a second read agrees a minute later, and says what is missing', async () => {
    const n = await undoing();
    reads(short);
    await expect(lab.verify(n)).rejects.toMatchObject(notSettled);
    lab.pass(60_000);
    expect(await lab.verify(n)).toMatchObject({ outcome: 'holds' });
    expect((await lab.record()).changes).toEqual([]);
    expect((await lab.report()).outcome).toBe('undone');
    const { tier, subject, body } = lab.world.published.at(-1) ?? {};
    expect([tier, subject]).toEqual(['notice', expect.stringContaining('checkout-api undone, below its count')]);
    expect(body).toContain('It lacks room. Add capacity.');
  });

  it('is not undone while it waits for anything else', async () => {
    const n = await undoing();
    reads(waits);
    for (const _ of [1, 2]) {
      await expect(lab.verify(n)).rejects.toMatchObject(notSettled);
      lab.pass(60_000);
    }
    expect((await lab.report()).outcome).toBe('not-contained');
  });
});

describe('at the turn of a step that needs the workload gone', () => {
  it('a pull is explained until the tasks that were stopped had pulled, as their step has read it', async () => {
    const pulledUntil = '2026-11-20T10:03:00.000Z';
    const seen: unknown[] = [];
    const catalogue = lab.effects.catalogue.map((action): Action => {
      if (action.name === 'fake.swap') return { ...action, verify: async () => ({ ...holds, pulledUntil }) };
      if (action.name !== 'fake.shut') return action;
      return {
        ...action,
        observe: async (target, params, context) => {
          seen.push(context.accusation.pulledUntil);
          return action.observe(target, params, context);
        },
      };
    });
    lab.with({ catalogue });
    await begin();
    expect(await lab.receipt(stop)).toMatchObject({ pulledUntil });
    reads(holds);
    await lab.verify(start);
    await lab.act(shut);
    expect(seen).toEqual([null, pulledUntil]);
  });
});
