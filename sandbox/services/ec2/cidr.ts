import { isIPv4, isIPv6 } from 'node:net';

/**
 * A block as EC2 keeps it: "Amazon Web Services canonicalizes IPv4 and IPv6 CIDRs. For example, if you specify 100.68.0.18/18 for the
 * CIDR block, Amazon Web Services canonicalizes the CIDR block to 100.68.0.0/18" (API reference, IpRange). Undefined for what is none.
 */
export function canonicalCidr(text: string, version: 4 | 6): string | undefined {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = version === 4 ? 32 : 128;
  const isAddress = version === 4 ? isIPv4(address) : isIPv6(address) && !address.includes('.');
  if (!isAddress || Number(length) > bits) return undefined;
  const kept = BigInt(bits - Number(length));
  const number = ((version === 4 ? numberOfV4(address) : numberOfV6(address)) >> kept) << kept;
  return `${version === 4 ? v4(number) : v6(number)}/${Number(length)}`;
}

const numberOfV4 = (address: string): bigint =>
  address.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n);

function numberOfV6(address: string): bigint {
  const [before = '', after] = address.split('::');
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const head = parts(before);
  const tail = after === undefined ? [] : parts(after);
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].reduce((number, part) => number * 0x10000n + BigInt(`0x${part}`), 0n);
}

const v4 = (number: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.');

/** In the short form, as a URL has it. */
function v6(number: bigint): string {
  const parts = Array.from({ length: 8 }, (_, at) => ((number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  return new URL(`http://[${parts.join(':')}]`).hostname.slice(1, -1);
}
