import type { Account } from '../account.ts';
import { setArn, setIdOf, uuidOf, waf } from '../services/wafv2/state.ts';
import type { World } from './schema.ts';

/** Ids and first tokens follow from the names. */
export function loadIpSets(account: Account, { ipSets }: World): void {
  for (const { name, scope: given, version, description, addresses, tags } of ipSets) {
    const scope = given === 'regional' ? 'REGIONAL' : 'CLOUDFRONT';
    const id = setIdOf(scope, name);
    waf(account).sets.set(setArn(account, scope, name, id), {
      ...{ name, id, scope, tags, description },
      version: version === 'IPv4' ? 'IPV4' : 'IPV6',
      addresses: [...new Set(addresses)],
      token: uuidOf(`token of ${scope} ${name}`),
    });
  }
}
