import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressResource,
  blockOf,
  canonicalAddress,
  canonicalBlock,
  isBlock,
  isPrivate,
  isWithin,
  notGlobal,
} from '../../shared/finding/address.ts';

describe('an address', () => {
  test.each([
    ['192.175.48.7', '192.175.48.7'],
    ['2620:4F:8000:0:0:0:0:7', '2620:4f:8000::7'],
    ['2620:004f:8000::0007', '2620:4f:8000::7'],
    ['::ffff:192.175.48.7', '::ffff:c0af:3007'],
  ])('%s is compared as %s', (given, canonical) => {
    expect(canonicalAddress(given)).toBe(canonical);
  });

  test.each(['', '192.175.48', '192.175.048.7', '192.175.48.7/32', 'example.com', 'fe80::1%eth0', '2620::4f::8', '*'])(
    '%j is none',
    (given) => {
      expect(canonicalAddress(given)).toBeNull();
    },
  );

  test('has one form, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV6(), (written) => {
        const canonical = canonicalAddress(written);
        expect(canonicalAddress(canonical ?? '')).toBe(canonical);
        expect(canonicalAddress(written.toUpperCase())).toBe(canonical);
      }),
    );
  });

  test('is told with its place', () => {
    expect(addressResource('192.175.48.7', { account: '123456789012', region: 'cn-north-1' })).toEqual({
      kind: 'address',
      id: '192.175.48.7',
      arn: 'arn:aws-cn:firebreak:cn-north-1:123456789012:address/192.175.48.7',
    });
    expect([blockOf('192.175.48.7'), blockOf('2620:4f:8000::7')]).toEqual(['192.175.48.7/32', '2620:4f:8000::7/128']);
  });
});

describe('that somebody on the internet has', () => {
  test.each(['192.175.48.7', '8.8.8.8', '100.63.255.255', '100.128.0.0', '169.253.0.1', '2620:4f:8000::7', '2a00::1'])(
    'is %s',
    (given) => {
      expect([notGlobal(given), isPrivate(given)]).toEqual([null, false]);
    },
  );

  test.each([
    ['0.1.2.3', 'this network'],
    ['100.64.0.1', 'carrier'],
    ['127.0.0.1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['192.0.0.8', 'protocols'],
    ['198.19.0.1', 'protocols'],
    ['192.0.2.1', 'documentation'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.7', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['::', 'global unicast'],
    ['::1', 'global unicast'],
    ['::ffff:c0af:3007', 'global unicast'],
    ['64:ff9b::c0af:3007', 'global unicast'],
    ['fc00::1', 'global unicast'],
    ['fe80::1', 'global unicast'],
    ['ff02::1', 'global unicast'],
    ['2001::1', 'protocols'],
    ['2001:db8::1', 'documentation'],
    ['3fff::1', 'documentation'],
    ['2002:c0af:3007::1', '6to4'],
  ])('is not %s (%s)', (given, why) => {
    expect(notGlobal(given)).toContain(why);
  });

  test.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'])('is not %s, which is private', (given) => {
    expect(isPrivate(given)).toBe(true);
  });

  test('is none of those beside the private ones', () => {
    expect(['172.32.0.1', '11.0.0.1', '192.169.0.1'].filter(isPrivate)).toEqual([]);
  });
});

describe('a block', () => {
  test.each(['0.0.0.0/0', '192.175.48.0/24', '2620:4f:8000::/48', '::/0'])('is %s', (given) => {
    expect(isBlock(given)).toBe(true);
  });

  test.each(['192.175.48.0', '192.175.48.0/33', '2620::/129', 'all', '192.175.48.0/24/1', '/8'])(
    'is not %s',
    (given) => {
      expect(isBlock(given)).toBe(false);
      expect(isWithin('192.175.48.7', given)).toBe(false);
    },
  );

  test('holds what has its first bits, and nothing of the other version', () => {
    expect(isWithin('192.175.48.7', '192.175.48.0/24')).toBe(true);
    expect(isWithin('192.175.49.7', '192.175.48.0/24')).toBe(false);
    expect(isWithin('2620:4f:8000::7', '2620:4f:8000::/48')).toBe(true);
    expect(isWithin('::ffff:192.175.48.7', '192.175.48.0/24')).toBe(false);
    expect(isWithin('192.175.48.7', '::/0')).toBe(false);
  });
});

describe('a block as EC2 keeps it', () => {
  test.each([
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['10.0.0.5/8', '10.0.0.0/8'],
    ['0.0.0.1/1', '0.0.0.0/1'],
    ['255.255.255.255/0', '0.0.0.0/0'],
    ['203.0.113.7/32', '203.0.113.7/32'],
    ['128.0.0.0/01', '128.0.0.0/1'],
    ['2001:DB8:0:0:1:2:3:4/32', '2001:db8::/32'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::1/0', '::/0'],
    ['::1/128', '::1/128'],
  ])('%s is %s', (given, canonical) => {
    expect(canonicalBlock(given)).toBe(canonical);
    expect(canonicalBlock(canonical)).toBe(canonical);
  });

  test.each(['10.0.0.0/99', '999.1.1.1/8', '::/200', '....../0', '10.0.0.0', '::%eth0/8'])('%s is none', (given) => {
    expect(canonicalBlock(given)).toBeNull();
  });

  test('begins with the first address that lies in it', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, length) => {
        const block = canonicalBlock(`${canonicalAddress(address)}/${length}`) ?? '';
        expect(canonicalBlock(block)).toBe(block);
        expect(isWithin(canonicalAddress(address) ?? '', block)).toBe(true);
      }),
    );
  });
});
