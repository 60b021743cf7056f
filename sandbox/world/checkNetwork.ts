import { closest } from '../../shared/rules/closest.ts';
import { canonicalCidr } from '../services/ec2/cidr.ts';
import { type Misfit, type Path, repeated } from './misfit.ts';
import type { World } from './schema.ts';

type Rule = World['securityGroups'][number]['ingress'][number];

/** What does not fit in the security groups and load balancers of a world. */
export function inSecurityGroups(world: World): Misfit[] {
  const { securityGroups, loadBalancers } = world;
  return [
    ...repeated(securityGroups, ['securityGroups'], 'name', ({ name }) => name),
    ...repeated(loadBalancers, ['loadBalancers'], 'name', ({ name }) => name),
    ...loadBalancers.flatMap(({ securityGroups: its }, at) =>
      inGroupNames(world, its, ['loadBalancers', at, 'securityGroups']),
    ),
    ...securityGroups.flatMap(({ name, ingress, egress = [] }, at): Misfit[] => {
      const path = ['securityGroups', at];
      const taken = { path: [...path, 'name'], message: 'default is there already, of the VPC; name it otherwise' };
      return [
        ...(name === 'default' ? [taken] : []),
        ...ingress.flatMap((rule, index) => inRule(world, rule, [...path, 'ingress', index])),
        ...egress.flatMap((rule, index) => inRule(world, rule, [...path, 'egress', index])),
      ];
    }),
  ];
}

/** Every Elastic IP is there once, an instance has one at most, and is in the file. */
export function inElasticIps({ elasticIps, instances, clusters }: World): Misfit[] {
  const known = [...instances, ...clusters.flatMap(({ containerInstances }) => containerInstances)].map(
    ({ ec2InstanceId }) => ec2InstanceId,
  );
  const given = elasticIps.flatMap(({ instance }, at) => (instance === undefined ? [] : [{ instance, at }]));
  return [
    ...repeated(elasticIps, ['elasticIps'], 'address', ({ address }) => address),
    ...given.flatMap(({ instance, at }, index): Misfit[] => {
      const path = ['elasticIps', at, 'instance'];
      if (!known.includes(instance)) {
        return [{ path, message: `${instance} is no instance of this file; ${closest(instance, known)}` }];
      }
      const isSecond = given.slice(0, index).some((one) => one.instance === instance);
      return isSecond ? [{ path, message: `${instance} has an Elastic IP already; take one of the two out` }] : [];
    }),
  ];
}

function inRule(world: World, { protocol, from, to = from, cidr, group }: Rule, path: Path): Misfit[] {
  const misfit = (key: string, message: string): Misfit[] => [{ path: [...path, key], message }];
  if ((cidr === undefined) === (group === undefined))
    return misfit('cidr', 'a rule has either cidr or group; write one of them');
  if (protocol === 'all' && from !== undefined)
    return misfit('from', 'all protocols have no ports; write tcp or udp, or take it out');
  if (protocol !== 'all' && (from === undefined || to === undefined || to < from)) {
    return misfit('from', `${protocol} needs the ports from and to, the lower first; write them`);
  }
  if (group !== undefined) return inGroupNames(world, [group], [...path, 'group']);
  return canonicalCidr(cidr ?? '', 4) === undefined && canonicalCidr(cidr ?? '', 6) === undefined
    ? misfit('cidr', `${cidr} is no block of addresses; write it like 10.0.0.0/16`)
    : [];
}

/** Every group that something is in must be there. */
export function inGroupNames(world: World, names: readonly string[], path: Path): Misfit[] {
  const known = ['default', ...world.securityGroups.map(({ name }) => name)];
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, message: `${name} is not among the securityGroups; ${closest(name, known)}` }));
}
