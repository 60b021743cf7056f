import { BlockList, isIP } from 'node:net';
import { onString, type ValueCondition } from './condition.ts';
import { PatternError } from './error.ts';

const familyOf = (address: string): 'ipv4' | 'ipv6' | null => {
  // A zone (`fe80::1%eth0`) names an interface of one machine, which a pattern cannot mean.
  if (address.includes('%')) return null;
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
};

/**
 * `cidr`, IPv4 and IPv6. A full-length mask (`/32`, `/128`) is one address: AWS's open-source matcher refuses it, the
 * EventBridge documentation does not.
 */
export function cidr(text: string, path: string): ValueCondition {
  const [address = '', mask = '', ...rest] = text.split('/');
  const family = familyOf(address);
  if (family === null || rest.length > 0 || !/^\d{1,3}$/.test(mask)) {
    throw new PatternError(path, `"${text}" is not a CIDR block`, 'write it as 10.0.0.0/24 or 2001:db8::/32');
  }
  const longest = family === 'ipv4' ? 32 : 128;
  if (Number(mask) > longest) {
    throw new PatternError(path, `the mask of "${text}" is longer than ${longest} bits`, `use /0 to /${longest}`);
  }
  const block = new BlockList();
  block.addSubnet(address, Number(mask), family);
  const contains = (value: string): boolean => {
    const its = familyOf(value);
    return its !== null && block.check(value, its);
  };
  return onString(['cidr', text], contains, `is within ${text}`, `is not within ${text}`);
}
