import { createHash } from 'node:crypto';
import { type Account, slice } from '../../account.ts';
import { SUBNET } from './vpc.ts';

/** A load balancer, as far as EC2 knows it: by its network interface. */
export interface LoadBalancer {
  readonly name: string;
  readonly type: 'application' | 'network' | 'classic';
  readonly privateIp: string;
  readonly securityGroups: readonly string[];
}

/** By name. */
export const loadBalancers = slice('ec2.loadBalancers', () => new Map<string, LoadBalancer>());

/** Its ids follow from the name. */
export function balancerInterface(balancer: LoadBalancer) {
  const hash = createHash('sha256').update(`load balancer ${balancer.name}`).digest('hex');
  const { privateIp, securityGroups } = balancer;
  return {
    eniId: `eni-${hash.slice(0, 17)}`,
    privateIp,
    subnetId: SUBNET,
    macAddress: `0a:${hash.slice(20, 30).match(/../g)?.join(':')}`,
    securityGroups,
    balancer,
  };
}

export const balancerInterfaces = (account: Account) => [...loadBalancers(account).values()].map(balancerInterface);

/**
 * What Elastic Load Balancing writes on an interface of its own. That it does is in AWS's answers to questions about finding the interfaces of a
 * load balancer; the exact values are from descriptions of such interfaces, not from a reference.
 */
export function writtenOn({ name, type }: LoadBalancer) {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 16);
  const described = { application: `ELB app/${name}/${id}`, network: `ELB net/${name}/${id}`, classic: `ELB ${name}` };
  return {
    Description: described[type],
    InterfaceType: type === 'network' ? ('network_load_balancer' as const) : ('interface' as const),
    RequesterId: 'amazon-elb',
  };
}
