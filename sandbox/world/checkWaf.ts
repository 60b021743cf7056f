import { isEntry } from '../services/wafv2/state.ts';
import { type Misfit, repeated } from './misfit.ts';
import type { World } from './schema.ts';

/** What does not fit in the IP sets of a world. */
export const inIpSets = ({ ipSets }: World): Misfit[] => [
  ...repeated(ipSets, ['ipSets'], 'name', ({ name, scope }) => `${name} (${scope})`),
  ...ipSets.flatMap(({ addresses, version }, at) =>
    addresses.flatMap((entry, index) =>
      isEntry(entry, version === 'IPv4' ? 'IPV4' : 'IPV6')
        ? []
        : [
            {
              path: ['ipSets', at, 'addresses', index],
              message: `${entry} is no block of ${version}; write it like ${version === 'IPv4' ? '198.51.100.7/32' : '2001:db8::7/128'}`,
            },
          ],
    ),
  ),
];
