import { BlockList, isIP } from 'node:net';
import { composeArn, type Place } from './place.ts';
import type { AddressResource } from './resource.ts';

/** An address in the one form in which it is compared: IPv4 as it is written, IPv6 in the short form of RFC 5952; null for what is none. */
export function canonicalAddress(text: string): string | null {
  const version = isIP(text);
  if (version === 4) return text;
  if (version !== 6 || text.includes('%')) return null;
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

/** An address of the internet, as the one who is there. AWS has no ARN of one; this is ours. */
export const addressResource = (id: string, place: Place): AddressResource => ({
  kind: 'address',
  id,
  arn: composeArn('firebreak', place, `address/${id}`),
});

export const isIpv6 = (address: string): boolean => isIP(address) === 6;

/** The block of addresses that is this one alone. */
export const blockOf = (address: string): string => `${address}/${isIpv6(address) ? 128 : 32}`;

/** Whether a block is that of this address alone, in whichever of the ways of IPv6 it was written: WAF keeps it so. */
export function isBlockOf(block: string, address: string): boolean {
  const [first = '', length] = block.split('/');
  return canonicalAddress(first) === address && `${address}/${length}` === blockOf(address);
}

const shape = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/;

/** Whether a text is a block of addresses: `203.0.113.0/24`, `2001:db8::/32`. */
export function isBlock(text: string): boolean {
  const [, address = '', length = ''] = shape.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(length) <= (version === 6 ? 128 : 32);
}

/** The number that an address in canonical form is. */
function numberOf(address: string): bigint {
  if (!isIpv6(address)) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''));
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return groups.reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
}

function addressOf(number: bigint, bits: 32 | 128): string {
  const digits = number.toString(16).padStart(bits / 4, '0');
  if (bits === 32) return (digits.match(/../g) ?? []).map((part) => Number(`0x${part}`)).join('.');
  return canonicalAddress((digits.match(/.{4}/g) ?? []).join(':')) ?? '';
}

/**
 * A block by its first address, as EC2 keeps it: 100.68.0.18/18 is 100.68.0.0/18 (Amazon EC2 API reference, "IpRange"); null for what is none.
 */
export function canonicalBlock(text: string): string | null {
  const [written = '', length = ''] = text.split('/');
  const address = canonicalAddress(written);
  if (!isBlock(text) || address === null) return null;
  const bits = isIpv6(address) ? 128 : 32;
  const rest = BigInt(bits - Number(length));
  return `${addressOf((numberOf(address) >> rest) << rest, bits)}/${Number(length)}`;
}

/** Whether an address lies in a block; never where one of them is none, or they are of two versions. */
export function isWithin(address: string, block: string): boolean {
  const [, first = '', length = ''] = shape.exec(block) ?? [];
  const version = isIP(first);
  if (!isBlock(block) || isIP(address) !== version) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(first, Number(length), family);
  return list.check(address, family);
}

const rfc1918 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** IANA, "IPv4 Special-Purpose Address Registry": what is not globally reachable, and multicast. */
const specialIpv4: readonly (readonly [what: string, blocks: readonly string[]])[] = [
  ['of this network', ['0.0.0.0/8']],
  ['shared by a carrier’s customers', ['100.64.0.0/10']],
  ['loopback', ['127.0.0.0/8']],
  ['link-local', ['169.254.0.0/16']],
  ['reserved for protocols', ['192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15']],
  ['for documentation', ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24']],
  ['multicast', ['224.0.0.0/4']],
  ['reserved', ['240.0.0.0/4']],
];

/** IANA, "IPv6 Special-Purpose Address Registry": of global unicast (2000::/3), what is not reachable or stands for another address. */
const specialIpv6: readonly (readonly [what: string, blocks: readonly string[]])[] = [
  ['reserved for protocols', ['2001::/23']],
  ['for documentation', ['2001:db8::/32', '3fff::/20']],
  ['one that stands for an IPv4 address (6to4)', ['2002::/16']],
];

export const isPrivate = (address: string): boolean => rfc1918.some((block) => isWithin(address, block));

/**
 * Why nobody on the internet has this address, in words that follow `it is`; null for one that somebody may have. What is private (RFC 1918) is
 * asked about by itself (`isPrivate`).
 */
export function notGlobal(address: string): string | null {
  const special = isIpv6(address) ? specialIpv6 : specialIpv4;
  const found = special.find(([, blocks]) => blocks.some((block) => isWithin(address, block)));
  if (found !== undefined) return found[0];
  if (isIpv6(address) && !isWithin(address, '2000::/3')) return 'not global unicast';
  return null;
}
