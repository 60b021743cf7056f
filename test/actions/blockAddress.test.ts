import { describe, expect, it } from 'vitest';
import { mostInSet } from '../../shared/actions/blockAddress/types.ts';
import { action, addressed, arnOf, arnV4, attacker, plannedIn, setV4, wafWorld } from './addressWorld.ts';

const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `11.${n >> 16}.${(n >> 8) & 255}.${n & 255}/32`);

describe('an address that attacks', () => {
  it('is put into the sets of its version that have the names of the rule, of CloudFront too', async () => {
    const ofCloudFront = setV4(['11.0.0.0/8'], { scope: 'CLOUDFRONT' });
    const others = [setV4([], { name: 'another' }), setV4([], { name: 'firebreak-blocked-ipv6', version: 'IPV6' })];
    const { planned } = await plannedIn(wafWorld([setV4(), ofCloudFront, ...others]));
    expect(planned).toMatchObject({
      kind: 'step',
      chosen: { sets: [arnV4, arnOf('firebreak-blocked-ipv4', 'CLOUDFRONT')].toSorted() },
      remains: expect.stringContaining('SSH'),
    });
  });

  it('of IPv6 is put into those of IPv6', async () => {
    const world = wafWorld([setV4(), setV4([], { name: 'firebreak-blocked-ipv6', version: 'IPV6' })]);
    const { planned } = await plannedIn(world, addressed('2620:4f:8000::7'));
    expect(planned).toMatchObject({ kind: 'step', chosen: { sets: [arnOf('firebreak-blocked-ipv6')] } });
    expect(planned).toHaveProperty('sentence', expect.stringContaining('2620:4f:8000::7/128'));
  });

  it('is held where no set has a name of the rule', async () => {
    const { planned } = await plannedIn(wafWorld([setV4([], { name: 'another' })]));
    expect(planned).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('no IP set of AWS WAF for IPv4 is called firebreak-blocked-ipv4 or'),
    });
  });

  it('is skipped where it is in there already, alone or in a wider block', async () => {
    for (const entry of ['192.175.48.7/32', '192.175.48.0/24']) {
      const { planned } = await plannedIn(wafWorld([setV4([entry])]));
      expect(planned).toMatchObject({ kind: 'skip', reason: expect.stringContaining('is blocked already') });
    }
    const v6 = setV4(['2620:004F:8000:0:0:0:0:7/128'], { name: 'firebreak-blocked-ipv6', version: 'IPV6' });
    expect((await plannedIn(wafWorld([v6]), addressed('2620:4f:8000::7'))).planned.kind).toBe('skip');
  });

  it('is held where the set is full, and told where one of two is', async () => {
    const full = setV4(many(mostInSet));
    expect((await plannedIn(wafWorld([full]))).planned).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('is full (10000 entries)'),
    });
    const { planned } = await plannedIn(wafWorld([full, setV4(many(mostInSet - 1), { scope: 'CLOUDFRONT' })]));
    expect(planned).toMatchObject({
      kind: 'step',
      chosen: { sets: [arnOf('firebreak-blocked-ipv4', 'CLOUDFRONT')] },
      remains: expect.stringContaining('firebreak-blocked-ipv4 (REGIONAL) is full'),
    });
  });

  it('waits for a person where a set is protected, and tells whose it is', async () => {
    const tags = { team: 'security', 'firebreak:protected': 'yes' };
    const { observed } = await plannedIn(wafWorld([setV4([], { tags }), setV4([], { scope: 'CLOUDFRONT' })]));
    expect(observed).toMatchObject({ protectedBy: 'tag firebreak:protected', owner: 'security (tag team)' });
  });
});

describe('never blocked is', () => {
  const reasonFor = async (id: string, own = {}, asked = {}, settings = {}) => {
    const { planned } = await plannedIn(wafWorld([setV4()], own), addressed(id), asked, settings);
    return planned.kind === 'skip' ? planned.reason : planned.kind;
  };

  it.each([
    ['127.0.0.1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['100.64.1.1', 'carrier'],
    ['198.51.100.7', 'documentation'],
    ['10.0.1.7', 'is private (RFC 1918)'],
  ])('%s', async (id, why) => {
    expect(await reasonFor(id)).toContain(why);
  });

  it('a private address, unless the rule says so and no interface has it', async () => {
    expect(await reasonFor('10.0.1.7', {}, { private: true })).toBe('step');
    expect(await reasonFor('127.0.0.1', {}, { private: true })).toContain('loopback');
    const ours = { interfaces: { 'addresses.private-ip-address': 'eni-1' } };
    expect(await reasonFor('10.0.1.7', ours, { private: true })).toContain('eni-1 of account 123456789012 has it');
  });

  it('what the settings name', async () => {
    expect(await reasonFor(attacker.id, {}, {}, { ownAddresses: ['11.0.0.0/8', '192.175.48.0/24'] })).toContain(
      'the settings name 192.175.48.0/24 (ownAddresses)',
    );
    expect(await reasonFor(attacker.id, {}, {}, { ownAddresses: ['11.0.0.0/8'] })).toBe('step');
  });

  it('a public address of an interface, and an Elastic IP that nothing has', async () => {
    const ofNat = { interfaces: { 'association.public-ip': 'eni-2' } };
    expect(await reasonFor(attacker.id, ofNat)).toContain('is our own: eni-2');
    expect(await reasonFor(attacker.id, { elastic: [attacker.id] })).toContain('it is an Elastic IP of account');
    const ofV6 = { interfaces: { 'ipv6-addresses.ipv6-address': 'eni-3' } };
    expect(await reasonFor('2620:4f:8000::7', ofV6)).toContain('is our own: eni-3');
  });

  it('what cannot be told from our own: then nothing is done', async () => {
    await expect(plannedIn(wafWorld([setV4()], { unread: true }))).rejects.toMatchObject({ name: 'ActionFailed' });
  });
});

describe('its session', () => {
  const resources = (some: readonly { readonly resource: string }[]) => some.map(({ resource }) => resource);

  it('may change the sets that were chosen, and no other', () => {
    expect(resources(action.permissions(attacker, { sets: [arnV4] }).write)).toEqual([arnV4]);
  });

  it.each([
    ['another account', arnV4.replace('123456789012', '210987654321')],
    ['another Region', arnV4.replace('eu-central-1', 'eu-west-1')],
    ['any set', arnV4.replace(/[^/]*$/, '*')],
    ['a web ACL', arnV4.replace('ipset', 'webacl')],
  ])('is refused for %s', (_what, arn) => {
    expect(() => action.permissions(attacker, { sets: [arn] })).toThrow('no IP set of this account and Region');
  });

  it('asks for none of CloudFront where a partition has none', () => {
    const { read } = action.permissions({ ...attacker, region: 'us-gov-west-1' });
    expect(resources(read).filter((one) => one.includes(':global/'))).toEqual([]);
  });
});

it.each([{ ipSets: [] }, { ipSets: ['a b'] }, { ipSets: ['arn:aws:wafv2:x'] }, { private: 'yes' }, { ipSet: ['a'] }])(
  'parameters %j are refused',
  (given) => {
    expect(action.params.safeParse(given).success).toBe(false);
  },
);
