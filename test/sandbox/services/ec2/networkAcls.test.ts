import type { DescribeNetworkAclsResult, DescribeVpcsResult, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../sandbox/account.ts';
import { authorise } from '../../../../sandbox/iam/authorise.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { createNetworkAclEntry } from '../../../../sandbox/services/ec2/createNetworkAclEntry.ts';
import { deleteNetworkAclEntry } from '../../../../sandbox/services/ec2/deleteNetworkAclEntry.ts';
import { describeNetworkAcls } from '../../../../sandbox/services/ec2/describeNetworkAcls.ts';
import { describeVpcs } from '../../../../sandbox/services/ec2/describeVpcs.ts';
import { DEFAULT_ACL } from '../../../../sandbox/services/ec2/networkAcls.ts';
import { SUBNET, VPC } from '../../../../sandbox/services/ec2/vpc.ts';
import { misfitsOf } from '../../../../sandbox/world/check.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';
import { policyOf } from '../throughDoor.ts';

const id = 'acl-0aaaaaaaaaaaaaaaa';
const other = 'acl-0bbbbbbbbbbbbbbbb';
const worldOf = (networkAcls: readonly object[]) => worldSchema.parse({ networkAcls });
const marked = { id, subnet: true, tags: { may: 'yes' } };

function opened(given: readonly object[] = [marked, { id: other }]) {
  const fake = fakeAccount();
  loadWorld(fake.account, worldOf(given));
  const run = runOn(fake);
  const described = async (input: object = {}) =>
    (await run<DescribeNetworkAclsResult>(describeNetworkAcls, input)).NetworkAcls ?? [];
  return {
    fake,
    run,
    described,
    entries: async (of: string, egress: boolean): Promise<readonly NetworkAclEntry[]> =>
      ((await described({ NetworkAclIds: [of] }))[0]?.Entries ?? []).filter(({ Egress }) => Egress === egress),
    add: (input: object) => run(createNetworkAclEntry, { ...entry, ...input }),
    take: (input: object) => run(deleteNetworkAclEntry, { NetworkAclId: id, RuleNumber: 100, Egress: false, ...input }),
  };
}

/** As a form carries it: numbers and booleans are text. */
const entry = {
  ...{ NetworkAclId: id, RuleNumber: '1', Egress: 'false', Protocol: '-1' },
  ...{ RuleAction: 'deny', CidrBlock: '192.175.48.7/32' },
};
const numbers = (some: readonly NetworkAclEntry[]) => some.map(({ RuleNumber }) => RuleNumber);

describe('network ACLs', () => {
  it('are described with their entries, the one at the end too, and found by what they are', async () => {
    const { described } = opened();
    const ids = async (Filters: readonly object[]) => (await described({ Filters })).map((acl) => acl.NetworkAclId);
    expect(await ids([])).toEqual([DEFAULT_ACL, id, other]);
    expect(await ids([{ Name: 'tag:may', Values: ['yes'] }])).toEqual([id]);
    expect(await ids([{ Name: 'association.subnet-id', Values: [SUBNET] }])).toEqual([id]);
    expect(await ids([{ Name: 'default', Values: ['true'] }])).toEqual([DEFAULT_ACL]);
    expect(await ids([{ Name: 'network-acl-id', Values: [other, 'acl-0cccccccccccccccc'] }])).toEqual([other]);
    expect(await described({ NetworkAclIds: [id] })).toMatchObject([
      {
        ...{ VpcId: VPC, IsDefault: false, OwnerId: '123456789012', Tags: [{ Key: 'may', Value: 'yes' }] },
        Associations: [{ NetworkAclId: id, SubnetId: SUBNET }],
        Entries: [
          { Egress: true, RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
          { Egress: true, RuleNumber: 32_767, RuleAction: 'deny' },
          { Egress: false, RuleNumber: 100 },
          { Egress: false, RuleNumber: 32_767 },
        ],
      },
    ]);
    await expect(described({ NetworkAclIds: ['acl-0cccccccccccccccc'] })).rejects.toMatchObject({
      code: 'InvalidNetworkAclID.NotFound',
    });
  });

  it('come in pages', async () => {
    const many = Array.from({ length: 6 }, (_, at) => ({ id: `acl-${String(at).padStart(17, '0')}` }));
    const { run } = opened(many);
    const first = await run<DescribeNetworkAclsResult>(describeNetworkAcls, { MaxResults: '5' });
    expect(first.NetworkAcls).toHaveLength(5);
    const { NextToken } = first;
    const rest = await run<DescribeNetworkAclsResult>(describeNetworkAcls, { MaxResults: '5', NextToken });
    expect(rest.NetworkAcls).toHaveLength(2);
  });

  it('get entries of both versions, in canonical form, and lose them by number and direction', async () => {
    const { add, take, entries } = opened();
    await add({ CidrBlock: '192.175.48.7/24' });
    await add({ RuleNumber: '2', CidrBlock: undefined, Ipv6CidrBlock: '2620:004f:8000::7/128', Egress: 'true' });
    await add({ RuleNumber: '3', Protocol: '6', PortRange: { From: '22', To: '22' } });
    expect(await entries(id, false)).toMatchObject([
      { RuleNumber: 1, CidrBlock: '192.175.48.0/24' },
      { RuleNumber: 3, Protocol: '6', PortRange: { From: 22, To: 22 } },
      { RuleNumber: 100 },
      { RuleNumber: 32_767 },
    ]);
    expect((await entries(id, true))[0]).toMatchObject({ RuleNumber: 2, Ipv6CidrBlock: '2620:4f:8000::7/128' });
    await take({});
    expect(numbers(await entries(id, false))).toEqual([1, 3, 32_767]);
    expect(numbers(await entries(id, true))).toEqual([2, 100, 32_767]);
  });

  it('refuse a number that is taken, whatever it says, each way for itself', async () => {
    const { add } = opened();
    await add({});
    await expect(add({})).rejects.toMatchObject({ code: 'NetworkAclEntryAlreadyExists' });
    await add({ Egress: 'true' });
    await expect(add({ CidrBlock: undefined, Ipv6CidrBlock: '2620:4f:8000::7/128' })).rejects.toMatchObject({
      code: 'NetworkAclEntryAlreadyExists',
    });
  });

  it('take 20 rules each way and for each version, with the one at the end', async () => {
    const { add } = opened();
    for (let number = 1; number <= 18; number += 1) await add({ RuleNumber: number });
    await expect(add({ RuleNumber: 19 })).rejects.toMatchObject({ code: 'NetworkAclEntryLimitExceeded' });
    await add({ RuleNumber: 19, CidrBlock: undefined, Ipv6CidrBlock: '::/0' });
    await add({ RuleNumber: 19, Egress: true });
  });

  it.each([
    [{ RuleNumber: 0 }, 'InvalidParameterValue'],
    [{ RuleNumber: 32_767 }, 'InvalidParameterValue'],
    [{ RuleNumber: undefined }, 'MissingParameter'],
    [{ RuleAction: 'drop' }, 'InvalidParameterValue'],
    [{ RuleAction: undefined }, 'MissingParameter'],
    [{ Protocol: 'tcp' }, 'InvalidParameterValue'],
    [{ Protocol: '6' }, 'MissingParameter'],
    [{ Protocol: '6', PortRange: { From: 22, To: 21 } }, 'InvalidParameterValue'],
    [{ Protocol: '1' }, 'UnsupportedOperation'],
    [{ CidrBlock: undefined }, 'InvalidParameterCombination'],
    [{ CidrBlock: '192.175.48.7' }, 'InvalidParameterValue'],
    [{ NetworkAclId: 'acl-1' }, 'InvalidNetworkAclID.Malformed'],
    [{ NetworkAclId: 'acl-0cccccccccccccccc' }, 'InvalidNetworkAclID.NotFound'],
    [{ DryRun: 'true' }, 'DryRunOperation'],
  ])('refuse an entry with %j: %s', async (input, code) => {
    await expect(opened().add(input)).rejects.toMatchObject({ code });
  });

  it.each([
    [{ RuleNumber: 7 }, 'InvalidNetworkAclEntry.NotFound'],
    [{ RuleNumber: 32_767 }, 'InvalidParameterValue'],
    [{ Egress: undefined }, 'MissingParameter'],
  ])('refuse to lose the entry of %j: %s', async (input, code) => {
    await expect(opened().take(input)).rejects.toMatchObject({ code });
  });
});

it.each([
  ['CreateNetworkAclEntry', createNetworkAclEntry],
  ['DeleteNetworkAclEntry', deleteNetworkAclEntry],
])('%s under a policy that names a tag may change what has it, and nothing else', (name, operation: Operation) => {
  const { account } = opened().fake;
  const resource = 'arn:aws:ec2:*:*:network-acl/*';
  const Condition = { StringEquals: { 'aws:ResourceTag/may': 'yes' } };
  createRole(account, {
    name: 'step',
    arn: `arn:aws:iam::${account.id}:role/step`,
    trust: policyOf({ Effect: 'Allow', Principal: { AWS: account.id }, Action: 'sts:AssumeRole' }),
    policies: [
      { name: 'own', document: policyOf({ Effect: 'Allow', Action: `ec2:${name}`, Resource: resource, Condition }) },
    ],
  });
  credentialsFor(account, 'step', 'test', []);
  const arn = `arn:aws:sts::${account.id}:assumed-role/step/test`;
  const caller = { kind: 'role', roleName: 'step', arn, sessionPolicies: [] } as const;
  const asking = (NetworkAclId: string) => () =>
    authorise(account, caller, operation.needs({ ...entry, NetworkAclId } as never, account));
  expect(asking(id)).not.toThrow();
  expect(asking(other)).toThrow('not authorized');
  expect(asking(DEFAULT_ACL)).toThrow('not authorized');
});

it('the VPC is described with its block', async () => {
  const { run } = opened();
  const { Vpcs = [] } = await run<DescribeVpcsResult>(describeVpcs, {});
  expect(Vpcs[0]?.CidrBlockAssociationSet).toMatchObject([
    { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
  ]);
});

it.each([
  [[{ id }, { id }], 'is there already'],
  [[{ id: DEFAULT_ACL }], 'is there already, of the VPC'],
  [[marked, { id: other, subnet: true }], `the one subnet has ${id} already`],
  [[{ id, ingress: [{ number: 1 }, { number: 1 }] }], '1 is there already'],
  [[{ id, ingress: [{ number: 1, cidr: '10.0.0.0' }] }], 'is no block of addresses'],
  [[{ id, egress: [{ number: 1, from: 22 }] }], 'all protocols have no ports'],
  [[{ id, egress: [{ number: 1, protocol: 'tcp', from: 22, to: 21 }] }], 'needs the ports from and to'],
])('an account file with %j does not fit', (given, message) => {
  expect(misfitsOf(worldOf(given)).map((misfit) => misfit.message)).toContainEqual(expect.stringContaining(message));
});
