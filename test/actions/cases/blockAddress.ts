import { GetIPSetCommand, UpdateIPSetCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { type IpSet, setIdOf, waf } from '../../../sandbox/services/wafv2/state.ts';
import { addressResource } from '../../../shared/finding/address.ts';
import { addressThreat } from '../../system/addressThreat.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import type { ActionCase } from '../actionCase.ts';

const host = 'i-0ca5e5000000000aa';
/** Of AS112, where nobody is: an address that is reachable, and nobody's who attacks (RFC 7534). */
const address = '192.175.48.7';
const name = 'firebreak-blocked-ipv4';
const other = 'firebreak-blocked-ipv4-not';
const theirs = '192.175.48.128/25';

const scopes = ['REGIONAL', 'CLOUDFRONT'] as const;
const named = (Name: string, Scope: IpSet['scope']) => ({ Name, Scope, Id: setIdOf(Scope, Name) });
const contents = (sets: readonly IpSet[]): string =>
  sets.map(({ scope, addresses }) => `${scope} ${addresses.join(', ')}`).join('; ');

async function takeOut(waf2: WAFV2Client, set: ReturnType<typeof named>): Promise<void> {
  const { IPSet, LockToken } = await waf2.send(new GetIPSetCommand(set));
  const Addresses = (IPSet?.Addresses ?? []).filter((entry) => entry !== `${address}/32`);
  await waf2.send(new UpdateIPSetCommand({ ...set, LockToken, Addresses, Description: IPSet?.Description }));
}

/** Somebody tries the passwords of a host, from an address that is in no IP set yet. */
export const it: ActionCase = {
  action: 'waf.block-address',
  world: (tags) => ({
    instances: [{ ec2InstanceId: host }],
    ipSets: [
      { name, tags, description: 'what attacks us', addresses: [theirs] },
      { name, tags, scope: 'cloudfront', addresses: [theirs] },
      { name: 'firebreak-blocked-ipv6', version: 'IPv6', addresses: ['2620:4f:8000::/48'] },
      { name: other, addresses: [theirs] },
    ],
  }),
  target: ({ account, region }) => ({ ...addressResource(address, { account, region }), account, region }),
  incident: ({ account, region }) => `instance/${account}/${region}/${host}`,
  finding: (stage) => addressThreat(stage, host, address),
  when: ['source: [guardduty]', `resource: { kind: [instance], id: [${host}] }`, 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...Map.groupBy(waf(account).sets.values(), (set) => set.name)].map(([its, sets]) => [its, contents(sets)]),
    ),
  changes: {
    of: name,
    from: `REGIONAL ${theirs}; CLOUDFRONT ${theirs}`,
    to: `REGIONAL ${theirs}, ${address}/32; CLOUDFRONT ${theirs}, ${address}/32`,
  },
  byHand: async (stage) => {
    // AWS WAF takes one change in a second.
    await stage.pass(2);
    await asAdministrator(stage, WAFV2Client, async (client) => {
      for (const scope of scopes) await takeOut(client, named(name, scope));
    });
  },
  call: 'UpdateIPSet',
  // Whoever is at that address is not put out of the host by it.
  pages: 1,
  elsewhere: {
    'wafv2:UpdateIPSet': [
      {
        call: ({ wafv2 }) =>
          wafv2.send(new UpdateIPSetCommand({ ...named(other, 'REGIONAL'), LockToken: 'any', Addresses: [] })),
      },
    ],
  },
};
