import { describe, expect, it } from 'vitest';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import {
  account,
  acl,
  aclOf,
  aclWorld,
  action,
  addressed,
  attacker,
  chosenAt,
  egress,
  type FakeAcl,
  ingress,
  mark,
  mine,
  plannedIn,
  region,
  second,
} from './aclWorld.ts';

const all = '100 allow 0.0.0.0/0';
const planned = async (acls: FakeAcl[], asked = {}, target = attacker) =>
  (await plannedIn(aclWorld(acls), target, asked)).planned;
const many = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at} deny 11.0.0.${at}/32`);

const lowest = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('an address that attacks', () => {
  it('is denied both ways in what is marked, by the lowest free number', async () => {
    expect(await planned([aclOf({ in: ['1 deny 11.0.0.0/8', '3 deny 12.0.0.0/8', all] })])).toMatchObject({
      kind: 'step',
      chosen: {
        entries: [
          { place: egress, numbers: lowest(80) },
          { place: ingress, numbers: [2, ...lowest(82).slice(3)] },
        ],
      },
      sentence: expect.stringContaining(
        `Deny ${mine} in network ACL ${acl} (egress) as number 1, ${acl} (ingress) as number 2`,
      ),
    });
  });

  it('gets numbers before the first entry that lets it through, and before no other', async () => {
    const given = ['1 deny 11.0.0.0/8', '2 allow 10.0.0.0/8', '5 allow 192.175.48.0/24 6', all];
    expect(await planned([aclOf({ in: given })])).toMatchObject({
      chosen: { entries: [{ place: egress }, { place: ingress, numbers: [3, 4] }] },
    });
  });

  it('of IPv6 gets an entry of IPv6, whose number is none that IPv4 has', async () => {
    const given = ['1 deny 11.0.0.0/8', all, '101 allow ::/0', '32768 deny ::/0'];
    const plan = await planned([aclOf({ in: given, out: given })], {}, addressed('2620:4f:8000::7'));
    expect(plan).toMatchObject({
      chosen: { entries: [{ numbers: lowest(81).slice(1) }, { numbers: lowest(81).slice(1) }] },
    });
    expect(plan).toHaveProperty('sentence', expect.stringContaining('2620:4f:8000::7/128'));
  });

  it.each([
    ['is not marked', { tags: {} }],
    ['is marked by another value', { tags: { 'firebreak:block': 'no' } }],
    ['no subnet has', { subnets: 0 }],
    ['another account owns', { owner: '210987654321' }],
  ])('is held where there is nothing but an ACL that %s', async (_what, more) => {
    expect(await planned([aclOf(more)])).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('is marked by the tag firebreak:block: allowed'),
    });
    const plan = await planned([aclOf(), aclOf({ id: second, ...more })]);
    expect(JSON.stringify(plan)).not.toContain(second);
  });

  it('is held where more are marked than the rule allows', async () => {
    const acls = [aclOf(), aclOf({ id: second })];
    expect(await planned(acls, { maxNetworkAcls: 1 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining(
        'more network ACLs are marked by firebreak:block than the 1 that the rule allows',
      ),
    });
    expect(await planned(acls, { maxNetworkAcls: 2 })).toMatchObject({ kind: 'step' });
  });

  it.each([
    ['alone', [`7 deny ${mine}`, all]],
    ['in a wider block', ['7 deny 192.175.48.0/24', all]],
    ['because nothing lets it through', ['7 allow 10.0.0.0/8']],
  ])('is skipped where it is denied already, %s', async (_how, given) => {
    expect(await planned([aclOf({ in: given, out: given })])).toMatchObject({
      kind: 'skip',
      reason: expect.stringContaining('is denied already, by what others have put into'),
    });
  });

  it.each([
    ['after an entry that lets it through', [all, `101 deny ${mine}`]],
    ['for one protocol', [`1 deny ${mine} 6`, all]],
  ])('is not denied by an entry %s', async (_how, given) => {
    expect(await planned([aclOf({ in: given })])).toMatchObject({
      kind: 'step',
      chosen: { entries: [{ place: egress }, { place: ingress }] },
    });
  });

  it('is held where no number is free before what lets it through', async () => {
    for (const given of [['1 allow 0.0.0.0/0'], ['1 deny 11.0.0.0/8', '2 allow 192.175.48.0/24', all]]) {
      expect(await planned([aclOf({ in: given, out: given })])).toMatchObject({
        kind: 'hold',
        reason: expect.stringContaining('has no free number before the first entry that lets it through'),
      });
    }
  });

  it('is held where the quota is used up, with the rule at the end, and goes by what the rule says it is', async () => {
    const full = [...many(1, 18), all];
    expect(await planned([aclOf({ in: full, out: full })])).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('has 20 rules or more, which is the quota'),
    });
    expect(await planned([aclOf({ in: full, out: full })], { quota: 21 })).toMatchObject({ kind: 'step' });
    const almost = [...many(1, 17), all];
    expect(await planned([aclOf({ in: almost, out: almost })])).toMatchObject({ kind: 'step' });
  });

  it('fits on record with as many ACLs as a rule may allow', async () => {
    const acls = Array.from({ length: 8 }, (_, at) => aclOf({ id: `acl-0a1b2c3d4e5f6070${at}` }));
    const plan = await planned(acls, { maxNetworkAcls: 8 });
    expect(plan).toMatchObject({ kind: 'step' });
    expect(JSON.stringify(plan).length).toBeLessThan(8000);
  });

  it('is denied one way where the other has no room, and that is told', async () => {
    expect(await planned([aclOf({ out: ['1 allow 0.0.0.0/0'] })])).toMatchObject({
      chosen: { entries: [{ place: ingress }] },
      remains: expect.stringContaining(`${acl} (egress) has no free number`),
    });
  });

  it('waits for a person where an ACL is protected, and tells whose it is', async () => {
    const tags = { ...mark, team: 'network', 'firebreak:protected': 'yes' };
    const { observed } = await plannedIn(aclWorld([aclOf(), aclOf({ id: second, tags })]));
    expect(observed).toMatchObject({ protectedBy: 'tag firebreak:protected', owner: 'network (tag team)' });
  });
});

describe('never denied is', () => {
  const reasonFor = async (id: string, own = {}, asked = {}) => {
    const { planned: plan } = await plannedIn(aclWorld([aclOf()], own), addressed(id), asked);
    return plan.kind === 'skip' ? plan.reason : plan.kind;
  };

  it('what is never blocked anywhere', async () => {
    expect(await reasonFor('10.9.0.7')).toContain('is private (RFC 1918)');
    expect(await reasonFor('127.0.0.1')).toContain('loopback');
    expect(await reasonFor(attacker.id, { elastic: [attacker.id] })).toContain('is an Elastic IP of account');
  });

  it.each([
    ['its own block', { VpcId: 'vpc-1', CidrBlock: '192.175.48.0/24' }, attacker.id],
    [
      'a second block',
      {
        ...{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' },
        CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16' }, { CidrBlock: '192.175.48.0/24' }],
      },
      attacker.id,
    ],
    [
      'a block of IPv6',
      { VpcId: 'vpc-1', Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2620:4f:8000::/56' }] },
      '2620:4f:8000::7',
    ],
  ])('what is within a VPC, by %s', async (_what, vpc, id) => {
    expect(await reasonFor(id, { vpcs: [vpc] })).toMatch(/is our own: it is within .*, a block of vpc-1/);
  });

  it('what is within a VPC, though the rule blocks private addresses, and then no other', async () => {
    expect(await reasonFor('10.0.1.7', {}, { private: true })).toContain('within 10.0.0.0/16, a block of vpc-1');
    expect(await reasonFor('10.1.1.7', {}, { private: true })).toBe('step');
  });

  it.each(['DescribeVpcs', 'DescribeNetworkAcls'])(
    'what cannot be known because of %s: then nothing is done',
    async (call) => {
      const world = aclWorld([aclOf()], { refuses: { [call]: 'UnauthorizedOperation' } });
      await expect(plannedIn(world)).rejects.toMatchObject({ name: 'ActionFailed' });
    },
  );
});

describe('its session', () => {
  const arn = `arn:aws:ec2:${region}:${account}:network-acl`;
  const condition = { StringEquals: { 'aws:ResourceTag/firebreak:block': 'allowed' } };
  const changes = ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry'];

  it('may change what was chosen and has the tag, and no other', () => {
    expect(action.permissions(attacker, chosenAt(ingress, egress)).write).toEqual(
      changes.map((name) => ({ action: name, resource: `${arn}/${acl}`, condition })),
    );
  });

  it('is of a role that may change nothing without the tag', () => {
    expect(action.permissions(attacker).write).toMatchObject(
      changes.map((name) => ({ action: name, resource: `${arn}/*`, condition })),
    );
  });

  it.each(['acl-*/ingress', `${acl}/both`, `${acl}`, `vpc-1/ingress`])('is refused for %s', (place) => {
    expect(() => action.permissions(attacker, chosenAt(place))).toThrow('The plan names no network ACL');
  });

  it.each([{}, { entries: [] }, { entries: [{ place: ingress, numbers: [] }] }])(
    'is refused, and not of every network ACL, of a choice that says nothing: %j',
    (chosen) => {
      expect(() => action.permissions(attacker, chosen)).toThrow();
    },
  );

  it('names as many as a rule may allow', () => {
    const places = Array.from({ length: 8 }, (_, at) => `acl-0a1b2c3d4e5f6070${at}`).flatMap((id) => [
      `${id}/ingress`,
      `${id}/egress`,
    ]);
    const { read, write } = action.permissions(attacker, chosenAt(...places));
    expect(sessionPolicy([...read, ...write]).length).toBeLessThanOrEqual(2048);
  });
});

it.each([{ maxNetworkAcls: 0 }, { maxNetworkAcls: 9 }, { quota: 19 }, { quota: 41 }, { private: 'yes' }, { acl: 1 }])(
  'parameters %j are refused',
  (given) => {
    expect(action.params.safeParse(given).success).toBe(false);
  },
);
