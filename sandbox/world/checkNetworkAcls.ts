import { canonicalCidr } from '../services/ec2/cidr.ts';
import { DEFAULT_ACL } from '../services/ec2/networkAcls.ts';
import { type Misfit, repeated } from './misfit.ts';
import type { World } from './schema.ts';

type Entry = World['networkAcls'][number]['ingress'][number];

/** What does not fit in the network ACLs of a world: every id and number is there once, and the one subnet has one ACL. */
export function inNetworkAcls({ networkAcls }: World): Misfit[] {
  const [first, second] = networkAcls.flatMap(({ subnet, id }, at) => (subnet ? [{ id, at }] : []));
  return [
    ...repeated(networkAcls, ['networkAcls'], 'id', ({ id }) => id),
    ...networkAcls.flatMap(({ id, ingress, egress }, at): Misfit[] => [
      ...(id === DEFAULT_ACL
        ? [{ path: ['networkAcls', at, 'id'], message: `${id} is there already, of the VPC; give another id` }]
        : []),
      ...inEntries(ingress, ['networkAcls', at, 'ingress']),
      ...inEntries(egress, ['networkAcls', at, 'egress']),
    ]),
    ...(first === undefined || second === undefined
      ? []
      : [
          {
            path: ['networkAcls', second.at, 'subnet'],
            message: `the one subnet has ${first.id} already; take one of the two out`,
          },
        ]),
  ];
}

function inEntries(entries: readonly Entry[], path: readonly (string | number)[]): Misfit[] {
  const numbers = repeated(entries, [...path], 'number', ({ number }) => String(number));
  return [...numbers, ...entries.flatMap((entry, index) => inEntry(entry, [...path, index]))];
}

function inEntry({ protocol, from, to = from, cidr }: Entry, path: (string | number)[]): Misfit[] {
  if (canonicalCidr(cidr, 4) === undefined && canonicalCidr(cidr, 6) === undefined)
    return [{ path: [...path, 'cidr'], message: `${cidr} is no block of addresses; write it like 10.0.0.0/16` }];
  if (protocol === 'all' && from !== undefined)
    return [{ path: [...path, 'from'], message: 'all protocols have no ports; write tcp or udp, or take it out' }];
  if (protocol !== 'all' && (from === undefined || to === undefined || to < from))
    return [
      { path: [...path, 'from'], message: `${protocol} needs the ports from and to, the lower first; write them` },
    ];
  return [];
}
