import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/platform/json.ts';
import {
  type AclWorld,
  acl,
  aclOf,
  aclWorld,
  action,
  addressed,
  attacker,
  chosenAt,
  contents,
  egress,
  entry,
  type FakeAcl,
  ingress,
  mine,
  plannedIn,
  second,
  usual,
  withMine,
} from './aclWorld.ts';

const before = (places: { readonly [place: string]: boolean }) => ({ blocked: places });
const undenied = before({ [ingress]: false, [egress]: false });
const all = '100 allow 0.0.0.0/0';

const deny = ({ context }: AclWorld, chosen = chosenAt(ingress, egress), target = attacker) =>
  action.execute(target, usual, undenied, context(chosen));
const undo = ({ context }: AclWorld, was: object = undenied, chosen = chosenAt(ingress, egress)) =>
  action.undo?.(attacker, usual, was as never, context(chosen));
const undone = ({ context }: AclWorld, was: object = undenied) =>
  action.verifyUndone?.(attacker, usual, was as never, context());
const both = (one: FakeAcl) => [contents(one), contents(one, true)];
const created = ({ sent }: AclWorld) => sent.filter(({ operation }) => operation === 'CreateNetworkAclEntry');

const lowest = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('denying', () => {
  it('adds one entry each way, and leaves all others', async () => {
    const its = aclOf({ in: ['2 deny 11.0.0.0/8', all] });
    const world = aclWorld([its]);
    expect(await deny(world)).toEqual({
      kind: 'done',
      did: `${mine}: denied in ${acl} (ingress), denied in ${acl} (egress)`,
    });
    expect(both(its)).toEqual([[`1 deny ${mine}`, '2 deny 11.0.0.0/8', all], withMine(1)]);
    expect(await action.verify(attacker, usual, undenied, world.context())).toMatchObject({
      state: 'holds',
      seen: expect.stringContaining(`is denied in ${acl} (ingress) by number 1, ${acl} (egress) by number 1`),
    });
  });

  it('of IPv6 writes a block of IPv6', async () => {
    const its = aclOf({ in: [all, '101 allow ::/0'] });
    await deny(aclWorld([its]), chosenAt(ingress), addressed('2620:4f:8000::7'));
    expect(contents(its)[0]).toBe('1 deny 2620:4f:8000::7/128');
  });

  it('writes nothing where it is there by now: a repeat after a crash, too', async () => {
    const its = aclOf({ in: withMine(2), out: withMine(1) });
    const world = aclWorld([its]);
    await deny(world);
    expect(created(world)).toEqual([]);
  });

  it('takes the next number where somebody was faster, and never one that is taken', async () => {
    const writes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(writes, async (numbers) => {
        const its = aclOf();
        const left = [...new Set(numbers)];
        const world = aclWorld([its], {}, () => {
          const number = left.shift();
          if (number !== undefined && !contents(its).some((text) => text.startsWith(`${number} `)))
            its.entries.push(entry(`${number} deny 11.0.0.${number}/32`));
        });
        await deny(world, chosenAt(ingress));
        const now = contents(its);
        expect(now.filter((text) => text.endsWith(mine))).toHaveLength(1);
        expect(new Set(now.map((text) => text.split(' ')[0])).size).toBe(now.length);
      }),
    );
  });

  it('of eight addresses that are planned at once denies each, by a number of its own', async () => {
    const its = aclOf();
    const world = aclWorld([its]);
    const attackers = lowest(8).map((n) => addressed(`192.175.48.${n}`));
    const plans = await Promise.all(attackers.map((one) => plannedIn(world, one)));
    await Promise.all(
      plans.map(({ planned }, at) =>
        deny(world, (planned as unknown as { chosen: JsonObject }).chosen, attackers[at] ?? attacker),
      ),
    );
    for (const now of both(its)) {
      const denied = now.filter((text) => text.includes(' deny ')).map((text) => text.split(' '));
      expect(denied.map(([number]) => Number(number))).toEqual(lowest(8));
      expect(new Set(denied.map(([, , block]) => block)).size).toBe(8);
    }
  });

  it('takes a number that was chosen, though lower ones are free by now', async () => {
    const its = aclOf();
    await deny(aclWorld([its]), { entries: [{ place: ingress, numbers: [95] }] });
    expect(contents(its)).toEqual(withMine(95));
  });

  it('fails where each of its numbers is taken, and adds the other way all the same', async () => {
    const its = aclOf({ in: [...[1, 2, 3].map((n) => `${n} deny 11.0.0.${n}/32`), all] });
    await expect(deny(aclWorld([its]))).rejects.toThrow(
      /has an entry by each of the 3 numbers that were chosen.*What was done/,
    );
    expect(contents(its)).not.toContainEqual(expect.stringContaining(mine));
    expect(contents(its, true)).toEqual(withMine(1));
  });

  it('writes no entry behind one that lets it through by now', async () => {
    const its = aclOf({ in: ['1 allow 192.175.48.0/24', all] });
    await expect(deny(aclWorld([its]), chosenAt(ingress))).rejects.toThrow(/or one that lets it through before them/);
    expect(contents(its)).toEqual(['1 allow 192.175.48.0/24', all]);
  });

  it('tells that EC2 takes no more, and what was done beside it', async () => {
    const its = aclOf();
    const refuses = { 'CreateNetworkAclEntry ingress': 'NetworkAclEntryLimitExceeded' };
    await expect(deny(aclWorld([its], { refuses }))).rejects.toThrow(
      /AWS refused \(NetworkAclEntryLimitExceeded\)\. What was done before or beside it: denied in .* \(egress\)/,
    );
    expect(both(its)).toEqual([[all], withMine(1)]);
  });

  it('is tried again later where EC2 says each time that the number is taken, and shows none', async () => {
    const refuses = { CreateNetworkAclEntry: 'NetworkAclEntryAlreadyExists' };
    const world = aclWorld([aclOf()], { refuses });
    await expect(deny(world)).rejects.toMatchObject({ name: 'Throttled' });
    expect(created(world)).toHaveLength(10);
  });

  it('changes the other ACL where one of them is gone, and has failed', async () => {
    const its = aclOf();
    const world = aclWorld([its]);
    const chosen = chosenAt(`${second}/ingress`, ingress);
    await expect(deny(world, chosen)).rejects.toThrow(/is not there any more.*What was done/);
    expect(contents(its)).toEqual(withMine(1));
    expect(await action.verify(attacker, usual, undenied, world.context(chosen))).toMatchObject({ state: 'broken' });
  });

  it('is read back by what decides: not where an entry before it lets the address through', async () => {
    const its = aclOf({ in: withMine(2), out: withMine(1) });
    const world = aclWorld([its]);
    expect(await action.verify(attacker, usual, undenied, world.context())).toMatchObject({ state: 'holds' });
    its.entries.push(entry('1 allow 192.175.48.0/24'));
    expect(await action.verify(attacker, usual, undenied, world.context())).toMatchObject({
      state: 'pending',
      seen: `${mine} is not denied first in ${acl} (ingress)`,
    });
  });
});

describe('an undo', () => {
  it('takes out the two entries, and keeps all others', async () => {
    const its = aclOf({ in: ['1 deny 11.0.0.0/8', `2 deny ${mine}`, all], out: withMine(1) });
    const world = aclWorld([its]);
    expect(await undone(world)).toMatchObject({ state: 'pending' });
    await undo(world);
    expect(both(its)).toEqual([['1 deny 11.0.0.0/8', all], [all]]);
    expect(await undone(world)).toMatchObject({ state: 'holds', absence: true });
  });

  it('leaves what was there before us', async () => {
    const its = aclOf({ in: withMine(1), out: withMine(1) });
    await undo(aclWorld([its]), before({ [ingress]: true, [egress]: false }));
    expect(both(its)).toEqual([withMine(1), [all]]);
  });

  it.each([
    ['lets it through', '1 allow 192.175.48.7/32'],
    ['denies more', '1 deny 192.175.48.0/24'],
    ['denies one protocol', `1 deny ${mine} 6`],
    ['denies another', '1 deny 192.175.48.8/32'],
  ])('leaves an entry by our number that %s by now, and says so', async (_what, text) => {
    const its = aclOf({ in: [text, all], out: withMine(1) });
    const world = aclWorld([its]);
    expect(await undo(world)).toMatchObject({
      did: expect.stringContaining(`${acl} (ingress) has no such entry any more, number 1 taken out of`),
    });
    expect(both(its)).toEqual([[text, all], [all]]);
    const said = `number 1 of ${acl} (ingress) says something else, and stays`;
    const isAboutIt = !text.includes('192.175.48.8/');
    expect(await undone(world)).toMatchObject({
      state: 'holds',
      seen: isAboutIt ? expect.stringContaining(said) : expect.not.stringContaining(said),
    });
  });

  it('leaves the same by a number that was none of ours, and says that it is denied all the same', async () => {
    const its = aclOf({ in: [`1 deny ${mine}`, `7 deny ${mine}`, all], out: withMine(1) });
    const world = aclWorld([its]);
    await undo(world);
    expect(contents(its)).toEqual([`7 deny ${mine}`, all]);
    expect(await undone(world)).toMatchObject({
      state: 'holds',
      seen: expect.stringContaining('denies it all the same (number 7), and not by us'),
    });
  });

  it('has nothing to do where the ACL is gone, or goes meanwhile', async () => {
    expect(await undo(aclWorld([]))).toMatchObject({ kind: 'done' });
    expect(await undone(aclWorld([]))).toMatchObject({ state: 'holds' });
    for (const gone of ['InvalidNetworkAclEntry.NotFound', 'InvalidNetworkAclID.NotFound']) {
      const world = aclWorld([aclOf({ in: withMine(1) })], { refuses: { DeleteNetworkAclEntry: gone } });
      expect(await undo(world)).toMatchObject({ kind: 'done' });
    }
  });

  it('says the same where it is repeated after a crash, and does not say that they had gone', async () => {
    const world = aclWorld([aclOf({ in: withMine(1), out: withMine(2) })]);
    const done = new Map();
    const did = `${mine}: number 1 taken out of ${acl} (ingress), number 2 taken out of ${acl} (egress)`;
    for (const _time of [1, 2]) {
      const its = world.context(chosenAt(ingress, egress), {}, done);
      expect(await action.undo?.(attacker, usual, undenied as never, its)).toMatchObject({ did });
    }
  });

  it('takes out each that is ours, where somebody let the address through before the first of them', async () => {
    const its = aclOf({ in: [`1 deny ${mine}`, `3 deny ${mine}`, all] });
    const world = aclWorld([its]);
    await undo(world);
    expect(contents(its)).toEqual([all]);
    expect(await undone(world)).toMatchObject({ state: 'holds' });
  });

  it('fails where the tag was taken off, so that IAM refuses it', async () => {
    const world = aclWorld([aclOf({ in: withMine(1) })], {
      refuses: { DeleteNetworkAclEntry: 'UnauthorizedOperation' },
    });
    await expect(undo(world)).rejects.toThrow(/access denied \(UnauthorizedOperation\)/);
  });

  it('goes by what was saved: an ACL that was marked later is no part of it, one that is not marked any more is', async () => {
    const its = aclOf({ in: withMine(1), tags: {} });
    const { observed } = await plannedIn(aclWorld([its, aclOf({ id: second })]), attacker, {}, undenied);
    expect(observed).toMatchObject({ blocked: { [ingress]: true, [egress]: false } });
    expect(Object.keys((observed as unknown as typeof undenied).blocked)).toEqual([ingress, egress]);
  });
});

it('a release is the same, and is put on no version', async () => {
  const its = aclOf({ in: withMine(1), out: withMine(1) });
  const { context } = aclWorld([its]);
  const planned = await action.release?.plan(attacker, usual, undenied as never, null, context());
  expect(planned).toMatchObject({ kind: 'release', sentence: 'Let 192.175.48.7 in again.' });
  expect(await action.release?.plan(attacker, usual, undenied as never, 'v2', context())).toMatchObject({
    kind: 'elsewhere',
  });
  await action.release?.execute(attacker, usual, undenied as never, context());
  expect(both(its)).toEqual([[all], [all]]);
});

it.each(['DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'CreateNetworkAclEntry'])(
  'somebody who made a %s on one of its ACLs is asked about',
  (name) => {
    const call = action.changedBy?.(attacker, undenied as never).find(({ eventName }) => eventName === name);
    expect(call?.isOn({ networkAclId: acl }, {})).toBe(true);
    expect(call?.isOn({ networkAclId: second }, {})).toBe(false);
  },
);
