import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostInSet } from '../../shared/actions/blockAddress/types.ts';
import {
  action,
  addressed,
  arnOf,
  arnV4,
  attacker,
  type FakeSet,
  plannedIn,
  setV4,
  usual,
  wafWorld,
  writtenByOthers,
} from './addressWorld.ts';

const mine = `${attacker.id}/32`;
const before = (sets: { readonly [arn: string]: boolean }) => ({ blocked: sets });
const unblocked = before({ [arnV4]: false });
type World = ReturnType<typeof wafWorld>;

const block = ({ context }: World, target = attacker, chosen = [arnV4]) =>
  action.execute(target, usual, unblocked, context(chosen));
const undo = ({ context }: World, was: object = unblocked, chosen = [arnV4]) =>
  action.undo?.(attacker, usual, was as never, context(chosen));
const contents = (set: FakeSet) => [...set.addresses].sort();

describe('blocking', () => {
  it('adds one entry, and keeps all others and the description', async () => {
    const set = setV4(['11.0.0.0/8']);
    const world = wafWorld([set]);
    expect(await block(world)).toEqual({ kind: 'done', did: `${mine}: in IP set firebreak-blocked-ipv4` });
    expect([contents(set), set.description]).toEqual([['11.0.0.0/8', mine], 'what attacks us']);
    expect(await action.verify(attacker, usual, unblocked, world.context())).toMatchObject({ state: 'holds' });
  });

  it('writes nothing where it is there by now', async () => {
    const world = wafWorld([setV4([mine])]);
    await block(world);
    expect(world.sent.filter(({ operation }) => operation === 'UpdateIPSet')).toEqual([]);
  });

  it('loses no entry of anybody, whoever writes between our read and our write', async () => {
    const entry = fc.ipV4().map((address) => `${address}/32`);
    const write = fc.record({ add: fc.array(entry, { maxLength: 3 }), dropFirst: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), fc.array(write, { maxLength: 7 }), async (given, writes) => {
        const set = setV4([...new Set(given)]);
        const left = [...writes];
        let expected = [...set.addresses];
        const world = wafWorld([set], {}, () => {
          const next = left.shift();
          if (next === undefined) return;
          expected = [...new Set([...set.addresses.slice(next.dropFirst ? 1 : 0), ...next.add])];
          writtenByOthers(set, expected);
        });
        await block(world);
        expect(contents(set)).toEqual([...new Set([...expected, mine])].sort());
      }),
    );
  });

  it('of several addresses at once puts all of them in, in whatever order AWS answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, count) => {
        const set = setV4(['11.0.0.0/8']);
        const world = wafWorld([set], {}, () => scheduler.schedule(Promise.resolve()));
        const targets = Array.from({ length: count }, (_, n) => addressed(`192.175.48.${n + 1}`));
        const all = Promise.all(targets.map((target) => block(world, target)));
        await scheduler.waitFor(all);
        expect(contents(set)).toEqual(['11.0.0.0/8', ...targets.map(({ id }) => `${id}/32`)].sort());
      }),
    );
  });

  it('is tried again later where others are faster each time', async () => {
    const set = setV4();
    const world = wafWorld([set], {}, () => writtenByOthers(set, [...set.addresses]));
    await expect(block(world)).rejects.toMatchObject({ name: 'Throttled' });
    expect(contents(set)).toEqual([]);
  });

  it('takes nothing out of a set that has filled up since, and says so', async () => {
    const set = setV4(Array.from({ length: mostInSet }, (_, n) => `11.${n >> 8}.${n & 255}.1/32`));
    await expect(block(wafWorld([set]))).rejects.toThrow(/is full: it has 10000 entries, and none is taken out/);
    expect(set.addresses).toHaveLength(mostInSet);
  });

  it('changes the other set where one of them is gone, and has failed', async () => {
    const set = setV4();
    const gone = arnOf('firebreak-blocked-ipv4', 'CLOUDFRONT');
    const world = wafWorld([set]);
    await expect(block(world, attacker, [gone, arnV4])).rejects.toThrow(/not there any more.*What was done/);
    expect(contents(set)).toEqual([mine]);
    expect(await action.verify(attacker, usual, unblocked, world.context([gone, arnV4]))).toMatchObject({
      state: 'broken',
    });
  });

  it('is read back by what is in the set', async () => {
    const world = wafWorld([setV4(['192.175.48.70/32'])]);
    expect(await action.verify(attacker, usual, unblocked, world.context())).toMatchObject({
      state: 'pending',
      seen: `${mine} is not in firebreak-blocked-ipv4 (REGIONAL)`,
    });
  });
});

describe('an undo', () => {
  it('takes out the one entry, and keeps all others', async () => {
    const set = setV4(['11.0.0.0/8', mine, '192.175.48.70/32']);
    const world = wafWorld([set]);
    expect(await action.verifyUndone?.(attacker, usual, unblocked as never, world.context())).toMatchObject({
      state: 'pending',
    });
    await undo(world);
    expect(contents(set)).toEqual(['11.0.0.0/8', '192.175.48.70/32']);
    expect(await action.verifyUndone?.(attacker, usual, unblocked as never, world.context())).toMatchObject({
      state: 'holds',
      absence: true,
    });
  });

  it('leaves what was there before us', async () => {
    const set = setV4([mine]);
    await undo(wafWorld([set]), before({ [arnV4]: true }));
    expect(contents(set)).toEqual([mine]);
  });

  it('has nothing to do where the set is gone', async () => {
    const world = wafWorld([]);
    expect(await undo(world)).toMatchObject({ kind: 'done' });
    expect(await action.verifyUndone?.(attacker, usual, unblocked as never, world.context())).toMatchObject({
      state: 'holds',
    });
  });

  it('goes by what was saved: a set of that name that came later is no part of it', async () => {
    const later = setV4([], { scope: 'CLOUDFRONT' });
    const { context } = wafWorld([setV4([mine]), later]);
    const observed = await action.observe(attacker, usual, { ...context(), before: unblocked });
    expect(observed).toMatchObject({ blocked: { [arnV4]: true } });
    expect(Object.keys((observed as unknown as typeof unblocked).blocked)).toEqual([arnV4]);
  });
});

it('a release is the same, and is put on no version', async () => {
  const set = setV4([mine]);
  const { context } = wafWorld([set]);
  const planned = await action.release?.plan(attacker, usual, unblocked as never, null, context());
  expect(planned).toMatchObject({ kind: 'release', sentence: 'Let 192.175.48.7 in again.', chosen: { sets: [arnV4] } });
  expect(await action.release?.plan(attacker, usual, unblocked as never, 'v2', context())).toMatchObject({
    kind: 'elsewhere',
  });
  await action.release?.execute(attacker, usual, unblocked as never, context());
  expect(contents(set)).toEqual([]);
});

it('somebody who changed a set of it is asked about, whatever the address', async () => {
  const { observed } = await plannedIn(wafWorld([setV4()]));
  const [call] = action.changedBy?.(attacker, observed) ?? [];
  expect(call?.isOn({ id: 'id-of-firebreak-blocked-ipv4' }, {})).toBe(true);
  expect(call?.isOn({ id: 'another' }, {})).toBe(false);
});
