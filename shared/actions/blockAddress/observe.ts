import type { Filter } from '@aws-sdk/client-ec2';
import { namedFailure } from '../../account/awsFailure.ts';
import { type Ownership, ownershipBy, ownerText, unlessItPasses } from '../../account/owner.ts';
import { everyPage, type Reads, readsWith } from '../../account/reads.ts';
import { blockOf, isIpv6, isPrivate, isWithin, notGlobal } from '../../finding/address.ts';
import type { ReadContext } from '../contract.ts';
import { coverOf, entryOf, readSet, type SetName, type SetNow, setsNamed, tagsOf, versionOf } from './ipSets.ts';
import { type AddressTarget, mostInSet, type Observed, type Params } from './types.ts';

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

/** Why it is never blocked; null where it may be. What cannot be read is thrown: then nothing is blocked. */
async function sparedBecause(target: AddressTarget, params: Params, context: ReadContext): Promise<string | null> {
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

interface Seen {
  readonly set: SetName;
  readonly now: SetNow;
}

/** Of several, the owner of the first that has one; protected where one of them is. */
async function ownership(sets: readonly Seen[], read: Reads): Promise<Ownership> {
  const all: Ownership[] = [];
  for (const { set } of sets) {
    const own = await ownershipBy(() => tagsOf(set, read));
    all.push(unlessItPasses(own, `Reading the tags of IP set ${set.Name}`));
  }
  const [first = { owner: null, foundBy: 'no IP set', protectedBy: null }] = all;
  const { owner, foundBy } = all.find((one) => one.owner !== null) ?? first;
  return { owner, foundBy, protectedBy: all.find((one) => one.protectedBy !== null)?.protectedBy ?? null };
}

const arnsOf = (some: readonly Seen[]): readonly string[] => some.map(({ set }) => set.arn);

/** Reads of AWS WAF in which sets the address stands, and of EC2 whether it is ours. @throws ActionFailed or Throttled */
export async function observeAddress(target: AddressTarget, params: Params, context: ReadContext): Promise<Observed> {
  const { id } = target;
  const read = readsWith(context.aws);
  const sets: Seen[] = [];
  for (const set of await setsNamed(params.ipSets, target, read)) {
    const now = await readSet(set, read);
    if (now !== undefined && now.version === versionOf(id)) sets.push({ set, now });
  }
  const own = await ownership(sets, read);
  const standing = new Map(sets.map(({ set, now }) => [set.arn, entryOf(now, id) !== undefined]));
  const saved = (context.before as Observed | undefined)?.blocked;
  // A set that is gone blocks nobody any more.
  const asked = saved === undefined ? arnsOf(sets) : Object.keys(saved);
  return {
    blocked: Object.fromEntries(asked.map((arn) => [arn, standing.get(arn) ?? false])),
    spared: await sparedBecause(target, params, context),
    covered: arnsOf(sets.filter(({ now }) => coverOf(now, id) !== undefined)),
    full: arnsOf(sets.filter(({ now }) => now.addresses.length >= mostInSet)),
    protectedBy: own.protectedBy,
    sizes: Object.fromEntries(sets.map(({ set, now }) => [set.arn, now.addresses.length])),
    owner: ownerText(own),
    seen: sets.map(({ set: { Name, Scope }, now }) => {
      const cover = coverOf(now, id);
      const has = entryOf(now, id) === undefined ? 'does not have' : 'has';
      const wider = cover === undefined ? '' : `, and has ${cover}, which holds it`;
      return `IP set ${Name} (${Scope}), ${now.addresses.length} of ${mostInSet} entries, ${has} ${blockOf(id)}${wider}`;
    }),
  };
}
