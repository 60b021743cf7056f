import type { DescribeAddressesResult, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { describeAddresses } from '../../../../sandbox/services/ec2/describeAddresses.ts';
import { describeNetworkInterfaces } from '../../../../sandbox/services/ec2/describeNetworkInterfaces.ts';
import { misfitsOf } from '../../../../sandbox/world/check.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { runOn } from '../runOn.ts';

const host = 'i-0aaaaaaaaaaaaaaaa';
const [used, kept] = ['192.175.48.10', '192.175.48.11'] as const;
const worldOf = (elasticIps: readonly object[], ipSets: readonly object[] = []) =>
  worldSchema.parse({ instances: [{ ec2InstanceId: host }], elasticIps, ipSets });
const both = [{ address: used, instance: host, tags: { team: 'shop' } }, { address: kept }];

function opened() {
  const fake = fakeAccount();
  loadWorld(fake.account, worldOf(both));
  const run = runOn(fake);
  return {
    addresses: async (input: object = {}) =>
      (await run<DescribeAddressesResult>(describeAddresses, input)).Addresses ?? [],
    interfaces: async (Name: string, value: string) =>
      (
        await run<DescribeNetworkInterfacesResult>(describeNetworkInterfaces, {
          Filters: [{ Name, Values: [value] }],
        })
      ).NetworkInterfaces ?? [],
  };
}

it('an Elastic IP is described with who has it, and found by address, instance and tag', async () => {
  const { addresses } = opened();
  const [first, second] = await addresses();
  expect(first).toMatchObject({
    PublicIp: used,
    InstanceId: host,
    Domain: 'vpc',
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
  expect(second).toMatchObject({ PublicIp: kept, AllocationId: expect.stringMatching(/^eipalloc-[0-9a-f]{17}$/) });
  expect(second).not.toHaveProperty('AssociationId');
  const found = async (Name: string, value: string) =>
    (await addresses({ Filters: [{ Name, Values: [value] }] })).map(({ PublicIp }) => PublicIp);
  expect(await found('public-ip', kept)).toEqual([kept]);
  expect(await found('instance-id', host)).toEqual([used]);
  expect(await found('tag:team', 'shop')).toEqual([used]);
  await expect(addresses({ PublicIps: ['192.175.48.12'] })).rejects.toMatchObject({ code: 'InvalidAddress.NotFound' });
});

it('an interface shows the one that its host has, and is found by it', async () => {
  const { interfaces } = opened();
  expect(await interfaces('association.public-ip', used)).toMatchObject([{ Association: { PublicIp: used } }]);
  expect(await interfaces('association.public-ip', kept)).toEqual([]);
  expect(await interfaces('ipv6-addresses.ipv6-address', '2620:4f:8000::7')).toEqual([]);
});

it.each([
  [[{ address: used }, { address: used }], [], 'is there already'],
  [[{ address: used, instance: 'i-0aaaaaaaaaaaaaaab' }], [], 'is no instance of this file'],
  [[both[0] ?? {}, { address: kept, instance: host }], [], 'has an Elastic IP already'],
  [[], [{ name: 'a' }, { name: 'a' }], 'a (regional) is there already'],
  [[], [{ name: 'a', addresses: ['192.175.48.7'] }], 'write it like 198.51.100.7/32'],
  [[], [{ name: 'a', version: 'IPv6', addresses: ['192.175.48.7/32'] }], 'write it like 2001:db8::7/128'],
])('an account file with %j and %j does not fit', (elasticIps, ipSets, message) => {
  expect(misfitsOf(worldOf(elasticIps, ipSets)).map((one) => one.message)).toEqual([expect.stringContaining(message)]);
});
