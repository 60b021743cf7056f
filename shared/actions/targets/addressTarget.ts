import type { Filter } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { namedFailure } from '../../account/awsFailure.ts';
import { everyPage, type Reads, readsWith } from '../../account/reads.ts';
import { describes } from '../../account/workloadPermissions.ts';
import { isIpv6, isPrivate, isWithin, notGlobal } from '../../finding/address.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { ReadContext, Target } from '../contract.ts';
import type { ReleasePlanned } from '../release.ts';

export type AddressTarget = Target<'address'>;

/** What every action that blocks addresses takes: whether those of RFC 1918 are blocked, too. */
export const blocksPrivate = { private: z.boolean().default(false) };

/** What `sparedBecause` reads. */
export const ownAddressReads = [describes('ec2:DescribeNetworkInterfaces'), describes('ec2:DescribeAddresses')];

/** What each of them says about whom it hits. */
export const addressLimits = {
  inbound:
    'Only addresses that came in are blocked: of a connection that came in, a probe, a login, a call of an API. Where the resource reached out, nobody comes from there. Of a probe of ports that names several addresses, the first alone.',
  own: 'Our own addresses are those of network interfaces and Elastic IPs in the account and Region of the finding, and `ownAddresses` of the settings: name there those of other accounts and Regions, offices and partners.',
  another:
    'Somebody with a second address comes back at once. Of IPv6 the one address is blocked (/128), though a network mostly has a /64 of them.',
  lease: 'Nothing lifts it by itself: at the end of its lease a person is asked, and a release takes it out.',
};

/** What a release says before it lets an address in: it is put on no version. */
export const planLettingIn = ({ id }: AddressTarget, to: string | null, chosen: JsonObject): ReleasePlanned =>
  to === null
    ? { kind: 'release', sentence: `Let ${id} in again.`, chosen, runs: [], named: false }
    : { kind: 'elsewhere', reason: `${id} stays blocked: an address is not put on a version. Leave out --to.` };

/** A network interface of the account that has the address; undefined where none has. @throws ActionFailed or Throttled */
async function interfaceWith({ id }: AddressTarget, read: Reads): Promise<string | undefined> {
  const filters = isIpv6(id)
    ? ['ipv6-addresses.ipv6-address']
    : ['association.public-ip', ...(isPrivate(id) ? ['addresses.private-ip-address'] : [])];
  try {
    const { client, DescribeNetworkInterfacesCommand } = await read.aws.ec2();
    for (const Name of filters) {
      const Filters: Filter[] = [{ Name, Values: [id] }];
      const pages = await everyPage(
        (NextToken) =>
          client.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 1000, NextToken }), read.call),
        ({ NextToken }) => NextToken,
      );
      const [found] = pages.flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces);
      if (found !== undefined) return found.NetworkInterfaceId ?? 'a network interface';
    }
    return undefined;
  } catch (error) {
    throw namedFailure(error, `Reading whether ${id} is an address of the account`);
  }
}

/** Whether the account holds it as an Elastic IP, in use or not. @throws ActionFailed or Throttled */
async function isElastic({ id }: AddressTarget, read: Reads): Promise<boolean> {
  if (isIpv6(id)) return false;
  try {
    const { client, DescribeAddressesCommand } = await read.aws.ec2();
    const asked = new DescribeAddressesCommand({ Filters: [{ Name: 'public-ip', Values: [id] }] });
    return ((await client.send(asked, read.call)).Addresses ?? []).length > 0;
  } catch (error) {
    throw namedFailure(error, `Reading whether ${id} is an Elastic IP of the account`);
  }
}

/**
 * Why an address is never blocked, wherever it would be, in words that follow the address: it is private, nobody's on the internet, or our own. Null where it
 * may be. What cannot be read is thrown: then nothing is blocked.
 * @throws ActionFailed or Throttled
 */
export async function sparedBecause(
  target: AddressTarget,
  params: { readonly private: boolean },
  context: ReadContext,
): Promise<string | null> {
  const { id } = target;
  if (isPrivate(id) && !params.private) return 'is private (RFC 1918), and the rule does not say `private: true`';
  const nobodys = notGlobal(id);
  if (nobodys !== null) return `is no address that somebody on the internet has: it is ${nobodys}`;
  const own = context.settings.ownAddresses?.find((block) => isWithin(id, block));
  if (own !== undefined) return `is our own: the settings name ${own} (ownAddresses)`;
  const read = readsWith(context.aws);
  const its = await interfaceWith(target, read);
  if (its !== undefined) return `is our own: ${its} of account ${target.account} has it`;
  return (await isElastic(target, read)) ? `is our own: it is an Elastic IP of account ${target.account}` : null;
}
