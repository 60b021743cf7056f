import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { isBlockOf, isIpv6, isWithin } from '../../finding/address.ts';

/**
 * So many numbers are chosen for one entry: whoever takes the first of them meanwhile leaves the next. No more entries fit: 40 of each version (Amazon VPC
 * quotas), so that of several addresses that are planned at once none runs out of numbers before the ACL is full.
 */
const mostNumbers = 80;

export const blockIn = ({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): string => CidrBlock ?? Ipv6CidrBlock ?? '';
const numberOf = ({ RuleNumber = 0 }: NetworkAclEntry): number => RuleNumber;
const isDeny = ({ RuleAction, Protocol }: NetworkAclEntry): boolean => RuleAction === 'deny' && Protocol === '-1';

/** Whether an entry says exactly what we write: that this address alone is denied, whatever the protocol. */
export const deniesAlone = (entry: NetworkAclEntry, address: string): boolean =>
  isDeny(entry) && isBlockOf(blockIn(entry), address);

export const entryAt = (entries: readonly NetworkAclEntry[], number: number): NetworkAclEntry | undefined =>
  entries.find((entry) => numberOf(entry) === number);

/** How one direction of a network ACL stands to an address. */
export interface Standing {
  /** The number of the entry that denies the address alone, before any that lets it through; undefined where there is none. */
  readonly alone: number | undefined;
  /** Denied by another entry, or because nothing lets it through, in words; undefined where it is not. */
  readonly otherwise: string | undefined;
  /** The lowest numbers that no entry has, before the first that lets it through. */
  readonly free: readonly number[];
  /** Whether a number is free and comes before that; one may be chosen, and not be among the lowest any more. */
  readonly isFree: (number: number) => boolean;
  /** Rules of the address's version, with the one that stands at the end: what the quota counts. */
  readonly rules: number;
}

/**
 * "Rules are evaluated starting with the lowest numbered rule. As soon as a rule matches traffic, it's applied regardless of any higher-numbered rule
 * that might contradict it" (VPC user guide, "Network ACL rules"). Some traffic of an address is let through by the first entry that allows any of it; until
 * then, what denies all of it counts. Numbers are shared by IPv4 and IPv6, and go from 1 to 32766 (EC2 API reference, CreateNetworkAclEntry).
 * @param entries of one direction
 */
export function standingOf(entries: readonly NetworkAclEntry[], address: string): Standing {
  const ordered = entries.toSorted((one, other) => numberOf(one) - numberOf(other));
  const ofIt = ordered.filter((entry) => isWithin(address, blockIn(entry)));
  const allowed = ofIt.find(({ RuleAction }) => RuleAction === 'allow');
  const end = allowed === undefined ? Number.POSITIVE_INFINITY : numberOf(allowed);
  const denies = ofIt.filter((entry) => isDeny(entry) && numberOf(entry) < end);
  const alone = denies.find((entry) => deniesAlone(entry, address));
  const wider = denies.find((entry) => !deniesAlone(entry, address));
  const taken = new Set(entries.map(numberOf));
  const isFree = (number: number): boolean => number < end && !taken.has(number);
  const free: number[] = [];
  for (let number = 1; number < 32_767 && free.length < mostNumbers; number += 1) {
    if (isFree(number)) free.push(number);
  }
  return {
    alone: alone === undefined ? undefined : numberOf(alone),
    otherwise:
      wider === undefined
        ? allowed === undefined
          ? 'nothing lets it through'
          : undefined
        : `number ${numberOf(wider)} denies ${blockIn(wider)}`,
    free,
    isFree,
    rules: entries.filter((entry) => isIpv6(blockIn(entry).split('/')[0] ?? '') === isIpv6(address)).length,
  };
}
