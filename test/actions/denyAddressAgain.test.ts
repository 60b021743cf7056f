import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/platform/json.ts';
import {
  type AclWorld,
  acl,
  aclOf,
  aclWorld,
  action,
  attacker,
  contents,
  egress,
  entry,
  ingress,
  mine,
  plannedIn,
  second,
  usual,
  withMine,
} from './aclWorld.ts';

const all = '100 allow 0.0.0.0/0';
const undenied = { blocked: { [ingress]: false, [egress]: false } };

interface Step {
  readonly sentence: string;
  readonly remains: string;
  readonly chosen: JsonObject;
}
const stepIn = async (world: AclWorld, before?: JsonObject, chosen?: JsonObject): Promise<Step> => {
  const { planned } = await plannedIn(world, attacker, {}, before, chosen);
  expect(planned).toMatchObject({ kind: 'step' });
  return planned as unknown as Step;
};
const deny = ({ context }: AclWorld, chosen: JsonObject) =>
  action.execute(attacker, usual, undenied as never, context(chosen));
const undo = ({ context }: AclWorld, chosen: JsonObject, before = undenied) =>
  action.undo?.(attacker, usual, before as never, context(chosen));

/** EC2 has taken the entry for what goes out, and refused the one for what comes in. */
async function halfDone(its = aclOf()) {
  const refuses: { [call: string]: string } = { 'CreateNetworkAclEntry ingress': 'NetworkAclEntryLimitExceeded' };
  const world = aclWorld([its], { refuses });
  const { chosen } = await stepIn(world);
  await expect(deny(world, chosen)).rejects.toThrow('NetworkAclEntryLimitExceeded');
  delete refuses['CreateNetworkAclEntry ingress'];
  expect([contents(its), contents(its, true)]).toEqual([[all], withMine(1)]);
  return { its, world, chosen };
}

describe('a denial that was half done, and is planned again', () => {
  it('keeps the number of what stands, so that an undo takes it out', async () => {
    const { its, world, chosen } = await halfDone();
    const again = await stepIn(world, undenied, chosen);
    expect(again.sentence).toContain(`${acl} (egress) as number 1, ${acl} (ingress) as number 1`);
    await deny(world, again.chosen);
    expect([contents(its), contents(its, true)]).toEqual([withMine(1), withMine(1)]);
    await undo(world, again.chosen);
    expect([contents(its), contents(its, true)]).toEqual([[all], [all]]);
  });

  it.each([
    ['the quota is used up by it', Array.from({ length: 17 }, (_, at) => `${at + 2} deny 11.0.0.${at}/32`)],
    ['the quota is used up without it', Array.from({ length: 18 }, (_, at) => `${at + 2} deny 11.0.0.${at}/32`)],
    ['no other number is free', ['2 allow 192.175.48.0/24']],
    ['somebody denies a wider block', ['2 deny 192.175.48.0/24']],
  ])('keeps its place where %s', async (_what, more) => {
    const { its, world, chosen } = await halfDone();
    its.entries.push(...more.map((text) => entry(text, true)));
    const again = await stepIn(world, undenied, chosen);
    await undo(world, again.chosen);
    expect(contents(its, true)).not.toContainEqual(expect.stringContaining(mine));
  });

  it('keeps its number where a lower one is free by now', async () => {
    const its = aclOf({ out: ['1 deny 11.0.0.0/8', all] });
    const world = aclWorld([its]);
    const { chosen } = await stepIn(world);
    await deny(world, chosen);
    its.entries = its.entries.filter(({ CidrBlock }) => CidrBlock !== '11.0.0.0/8');
    const again = await stepIn(world, undenied, chosen);
    expect(again.sentence).toContain(`${acl} (egress) as number 2`);
    await undo(world, again.chosen);
    expect([contents(its), contents(its, true)]).toEqual([[all], [all]]);
  });

  it.each([
    ['its tag was taken off', { tags: {} }],
    ['no subnet has it any more', { subnets: 0 }],
  ])('keeps on record what stands where %s, and is planned without a place that lacks it', async (_what, change) => {
    const { its, chosen } = await halfDone();
    const world = aclWorld([{ ...its, ...change }]);
    const again = await stepIn(world, undenied, chosen);
    expect(again.sentence).toContain(`Deny ${mine} in network ACL ${acl} (egress) as number 1: for all`);
    expect(again.remains).toContain(
      `${acl} (ingress) is not marked any more, no subnet has it any more, or it is gone`,
    );
    await undo(world, again.chosen);
    expect(world.acls.map((one) => contents(one, true))).toEqual([[all]]);
  });

  it('is held where nothing of it stands, and nothing may be changed', async () => {
    const { chosen } = await halfDone();
    for (const acls of [[aclOf({ tags: {} })], [aclOf({ id: second })], []]) {
      const { planned } = await plannedIn(aclWorld(acls), attacker, {}, undenied, chosen);
      expect(planned).toMatchObject({ kind: 'hold', reason: expect.stringContaining('is not marked any more') });
    }
  });

  it('does not take for ours what somebody had denied before', async () => {
    const { its, world, chosen } = await halfDone();
    const before = { blocked: { [ingress]: false, [egress]: true } };
    const again = await stepIn(world, before, chosen);
    expect(again.sentence).not.toContain('egress');
    await undo(world, again.chosen, before);
    expect(contents(its, true)).toEqual(withMine(1));
  });
});
