import { expect, it } from 'vitest';
import { canonicalCidr } from '../../../../sandbox/services/ec2/cidr.ts';

it.each([
  ['100.68.0.18/18', 4, '100.68.0.0/18'],
  ['10.1.2.3/32', 4, '10.1.2.3/32'],
  ['255.255.255.255/1', 4, '128.0.0.0/1'],
  ['10.0.0.0/0', 4, '0.0.0.0/0'],
  ['2001:0DB8::1:0:0:1/64', 6, '2001:db8::/64'],
  ['2001:db8:1:2:3:4:5:6/128', 6, '2001:db8:1:2:3:4:5:6/128'],
  ['::1/0', 6, '::/0'],
  ['10.0.0.0', 4, undefined],
  ['10.0.0.0/33', 4, undefined],
  ['10.0.0/8', 4, undefined],
  ['010.0.0.0/8', 4, undefined],
  ['10.0.0.0/8', 6, undefined],
  ['::/0', 4, undefined],
  ['::/129', 6, undefined],
  ['1::2::3/64', 6, undefined],
  ['', 4, undefined],
] as const)('keeps %s (IPv%i) as %s', (text, version, kept) => {
  expect(canonicalCidr(text, version)).toBe(kept);
});
