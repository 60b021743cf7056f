import { createHash } from 'node:crypto';
import type { Account } from '../account.ts';
import { loadBalancers } from '../services/ec2/balancers.ts';
import { canonicalCidr } from '../services/ec2/cidr.ts';
import { elasticIps } from '../services/ec2/elasticIps.ts';
import { allOut, DEFAULT_GROUP, type Peer, type StoredRule, securityGroups } from '../services/ec2/vpc.ts';
import { newHostAddress } from '../services/ecs/network.ts';
import type { World } from './schema.ts';

type Given = World['securityGroups'][number];
type Rule = Given['ingress'][number];

const hashOf = (...what: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 17);

const groupIdOf = ({ id, name }: Given): string => id ?? `sg-${hashOf('security group', name)}`;

/** Ids of security groups for their names in the file. */
export const groupIds = ({ securityGroups: given }: World, names: readonly string[]): readonly string[] => {
  const ids = new Map([['default', DEFAULT_GROUP], ...given.map((each) => [each.name, groupIdOf(each)] as const)]);
  return names.flatMap((name) => ids.get(name) ?? []);
};

export function loadSecurityGroups(account: Account, world: World): void {
  for (const given of world.securityGroups) {
    const id = groupIdOf(given);
    const { name, description, tags, ingress, egress } = given;
    const rules = [
      ...ingress.map((rule, at) => stored(world, rule, false, hashOf(id, 'in', at))),
      ...(egress?.map((rule, at) => stored(world, rule, true, hashOf(id, 'out', at))) ?? [
        allOut(`sgr-${hashOf(id, 'out')}`),
      ]),
    ];
    securityGroups(account).set(id, { id, name, description, rules, tags });
  }
}

const stored = (world: World, rule: Rule, isEgress: boolean, hash: string): StoredRule => ({
  id: `sgr-${hash}`,
  isEgress,
  protocol: rule.protocol === 'all' ? '-1' : rule.protocol,
  fromPort: rule.from ?? -1,
  toPort: rule.to ?? rule.from ?? -1,
  peer: peerOf(world, rule),
  ...(rule.description === undefined ? {} : { description: rule.description }),
  tags: rule.tags,
});

export function loadLoadBalancers(account: Account, world: World): void {
  for (const { name, type, securityGroups: its } of world.loadBalancers) {
    loadBalancers(account).set(name, {
      name,
      type,
      privateIp: newHostAddress(account),
      securityGroups: groupIds(world, its),
    });
  }
}

/** Ids follow from the address. */
export function loadElasticIps(account: Account, world: World): void {
  for (const { address: publicIp, instance, tags } of world.elasticIps) {
    const hash = hashOf('elastic ip', publicIp);
    elasticIps(account).set(publicIp, {
      publicIp,
      allocationId: `eipalloc-${hash}`,
      associationId: `eipassoc-${hash}`,
      instance,
      tags,
    });
  }
}

function peerOf(world: World, { cidr = '', group }: Rule): Peer {
  if (group !== undefined) return { kind: 'GroupId', value: groupIds(world, [group])[0] ?? '' };
  const v4 = canonicalCidr(cidr, 4);
  return v4 === undefined ? { kind: 'CidrIpv6', value: canonicalCidr(cidr, 6) ?? '' } : { kind: 'CidrIpv4', value: v4 };
}
