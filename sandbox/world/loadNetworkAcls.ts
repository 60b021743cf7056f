import type { Account } from '../account.ts';
import { canonicalCidr } from '../services/ec2/cidr.ts';
import { type AclEntry, lastRules, networkAcls } from '../services/ec2/networkAcls.ts';
import type { World } from './schema.ts';

type Entry = World['networkAcls'][number]['ingress'][number];

const protocols = { all: '-1', tcp: '6', udp: '17' } as const;

const stored = ({ number, action, protocol, from, to = from, cidr }: Entry, egress: boolean): AclEntry => ({
  ...{ number, egress, action },
  protocol: protocols[protocol],
  cidr: canonicalCidr(cidr, 4) ?? canonicalCidr(cidr, 6) ?? cidr,
  ...(from === undefined || to === undefined ? {} : { ports: { from, to } }),
});

/** One that the subnet has takes the place of the default one there. */
export function loadNetworkAcls(account: Account, { networkAcls: given }: World): void {
  const all = networkAcls(account);
  for (const { id, subnet, ingress, egress, tags } of given) {
    const entries = [...ingress.map((one) => stored(one, false)), ...egress.map((one) => stored(one, true))];
    if (subnet) for (const other of all.values()) other.subnet = false;
    all.set(id, { id, isDefault: false, subnet, entries: [...entries, ...lastRules], tags });
  }
}
