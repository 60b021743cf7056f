import type { IPSet, IPSetSummary, Scope } from '@aws-sdk/client-wafv2';
import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { everyPage, type Reads } from '../../account/reads.ts';
import { isBlockOf, isIpv6, isWithin } from '../../finding/address.ts';
import { partitionOf } from '../../finding/partition.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';

/** What AWS WAF asks for to name an IP set. */
export interface SetName {
  readonly arn: string;
  readonly Name: string;
  readonly Id: string;
  readonly Scope: Scope;
}

const shape =
  /^arn:aws(?:-[a-z]+)*:wafv2:([a-z0-9-]+):(\d{12}):(regional|global)\/ipset\/([A-Za-z0-9_-]+)\/([A-Za-z0-9_-]+)$/;

/** The IP set of an ARN. Throws ActionFailed for one of another account or Region than the target's, or of none. */
export function setOf(arn: string, { account, region }: AddressTarget): SetName {
  const [, ofRegion, ofAccount, scope, Name, Id] = shape.exec(arn) ?? [];
  const itsRegion = scope === 'global' ? cloudFrontRegion : region;
  if (Name === undefined || Id === undefined || ofAccount !== account || ofRegion !== itsRegion) {
    throw new ActionFailed('The plan names no IP set of this account and Region', { evidence: { arn } });
  }
  return { arn, Name, Id, Scope: scope === 'global' ? 'CLOUDFRONT' : 'REGIONAL' };
}

/** Where IP sets of CloudFront are, wherever what they protect is asked from. */
export const cloudFrontRegion = 'us-east-1';

/** IP sets of both scopes: CloudFront takes those of its own, which AWS has in the commercial partition alone. */
export const scopesOf = (region: string): readonly Scope[] =>
  partitionOf(region) === 'aws' ? ['REGIONAL', 'CLOUDFRONT'] : ['REGIONAL'];

async function wafFor({ aws }: Reads, scope: Scope) {
  const { client, cloudFront, ...commands } = await aws.wafv2();
  return { ...commands, client: scope === 'CLOUDFRONT' ? cloudFront : client };
}

async function listed(read: Reads, Scope: Scope): Promise<readonly IPSetSummary[]> {
  const { client, ListIPSetsCommand } = await wafFor(read, Scope);
  const pages = await everyPage(
    (NextMarker) => client.send(new ListIPSetsCommand({ Scope, Limit: 100, NextMarker }), read.call),
    // WAF may give a marker with the last page, and then a page of nothing.
    ({ NextMarker, IPSets = [] }) => (IPSets.length === 0 ? undefined : NextMarker),
  );
  return pages.flatMap(({ IPSets = [] }) => IPSets);
}

/** The IP sets of these names in the target's Region, and of CloudFront. @throws ActionFailed or Throttled */
export async function setsNamed(
  names: readonly string[],
  target: AddressTarget,
  read: Reads,
): Promise<readonly SetName[]> {
  try {
    const all: IPSetSummary[] = [];
    for (const scope of scopesOf(target.region)) all.push(...(await listed(read, scope)));
    return all
      .flatMap(({ Name = '', ARN }) => (ARN === undefined || !names.includes(Name) ? [] : [setOf(ARN, target)]))
      .toSorted((one, other) => (one.arn < other.arn ? -1 : 1));
  } catch (error) {
    throw namedFailure(error, 'Listing the IP sets of AWS WAF');
  }
}

/** An IP set as AWS WAF has it now, with the token that its next change has to carry. */
export interface SetNow {
  readonly addresses: readonly string[];
  readonly version: IPSet['IPAddressVersion'];
  readonly description: string | undefined;
  readonly token: string;
}

/** Undefined where it is not there any more. @throws ActionFailed or Throttled */
export async function readSet({ Name, Id, Scope }: SetName, read: Reads): Promise<SetNow | undefined> {
  try {
    const { client, GetIPSetCommand } = await wafFor(read, Scope);
    const { IPSet, LockToken } = await client.send(new GetIPSetCommand({ Name, Id, Scope }), read.call);
    if (IPSet === undefined || LockToken === undefined)
      throw new ActionFailed(`IP set ${Name} was answered without its contents`);
    const { Addresses = [], IPAddressVersion, Description } = IPSet;
    return { addresses: Addresses, version: IPAddressVersion, description: Description, token: LockToken };
  } catch (error) {
    const named = namedFailure(error, `Reading IP set ${Name}`);
    if (named instanceof Error && named.name === 'TargetGone') return undefined;
    throw named;
  }
}

/** What whoever made it wrote on an IP set. @throws ActionFailed or Throttled */
export async function tagsOf({ arn, Scope }: SetName, read: Reads) {
  const { client, ListTagsForResourceCommand } = await wafFor(read, Scope);
  const asked = new ListTagsForResourceCommand({ ResourceARN: arn, Limit: 100 });
  return (await client.send(asked, read.call)).TagInfoForResource?.TagList ?? [];
}

export const versionOf = (address: string): IPSet['IPAddressVersion'] => (isIpv6(address) ? 'IPV6' : 'IPV4');

/** The entry that is this address alone, as it is written; undefined where there is none. */
export const entryOf = ({ addresses }: SetNow, address: string): string | undefined =>
  addresses.find((entry) => isBlockOf(entry, address));

/** A wider block that holds it, as it is written. */
export const coverOf = ({ addresses }: SetNow, address: string): string | undefined =>
  addresses.find((entry) => !isBlockOf(entry, address) && isWithin(address, entry));

/**
 * Writes all entries of a set, as they shall be: WAF replaces the whole list, so that `token` must be of the read that they were made from.
 * @returns false where somebody else has changed the set since
 */
export async function writeSet(
  { Name, Id, Scope }: SetName,
  { token, description }: SetNow,
  addresses: readonly string[],
  read: Reads,
): Promise<boolean> {
  try {
    const { client, UpdateIPSetCommand } = await wafFor(read, Scope);
    const said = description === undefined || description === '' ? {} : { Description: description };
    const asked = { Name, Id, Scope, Addresses: [...addresses], LockToken: token, ...said };
    await client.send(new UpdateIPSetCommand(asked), read.call);
    return true;
  } catch (error) {
    if (failureOf(error)?.name === 'WAFOptimisticLockException') return false;
    throw namedFailure(error, `Changing IP set ${Name}`);
  }
}
