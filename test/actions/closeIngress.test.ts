import { describe, expect, it } from 'vitest';
import { closeIngress as action } from '../../shared/actions/closeIngress/closeIngress.ts';
import { ActionFailed, TargetGone } from '../../shared/platform/errors.ts';
import { chosenOf, everything, groupOf, params, planOn, rule, target } from './closeIngressGround.ts';

const balancer = { Description: 'ELB app/shop/0123456789abcdef', RequesterId: 'amazon-elb' };
const interfaces = (count: number) => Array.from({ length: count }, () => ({ InterfaceType: 'interface' }));

/** Names of the rules that would be taken away, or why there is no step. */
async function outcomeOf(rules: Parameters<typeof groupOf>[0], given = {}, group = {}, its: readonly object[] = []) {
  const { planned } = await planOn(groupOf(rules, group, its), given);
  return planned.kind === 'step' ? chosenOf(planned)['closes'] : `${planned.kind}: ${planned.reason}`;
}

describe('what is taken away', () => {
  it('is what lets the world in to SSH and Remote Desktop, each rule by itself, and nothing else', async () => {
    const rules = [
      rule(22),
      rule(22, { CidrIpv6: '::/0' }),
      rule(3389),
      rule(3389, { IpProtocol: 'udp' }),
      rule(22, { CidrIpv4: '10.0.0.0/8' }),
      rule(22, { ReferencedGroupInfo: { GroupId: 'sg-0a1b2c3d' } }),
      rule(22, { PrefixListId: 'pl-0a1b2c3d' }),
      rule(443),
      rule(8, { IpProtocol: 'icmp' }),
      rule(22, { IsEgress: true }),
    ];
    expect(await outcomeOf(rules)).toEqual([
      ...['tcp 22 from 0.0.0.0/0', 'tcp 22 from ::/0', 'tcp 3389 from 0.0.0.0/0', 'udp 3389 from 0.0.0.0/0'],
    ]);
  });

  it.each([
    ['a range that meets the port', { ports: ['20-25'] }, [rule([21, 22])], ['tcp 21-22 from 0.0.0.0/0']],
    [
      'a port, and not the type of ICMP that has its number',
      { ports: [8] },
      [rule(8), rule(8, { IpProtocol: 'icmp' })],
      ['tcp 8 from 0.0.0.0/0'],
    ],
    ['several ports that make up a range', { ports: [23, 22] }, [rule([22, 23])], ['tcp 22-23 from 0.0.0.0/0']],
    [
      'whatever it is',
      { ports: 'all' },
      [everything, rule(443), rule(-1, { IpProtocol: 'icmp' }), rule(-1, { IpProtocol: '47' })],
      ['all traffic from 0.0.0.0/0', 'icmp from 0.0.0.0/0', 'protocol 47 from 0.0.0.0/0', 'tcp 443 from 0.0.0.0/0'],
    ],
    [
      'a half of the world, where it is named',
      { alsoFrom: ['0.0.0.0/1'] },
      [rule(22, { CidrIpv4: '0.0.0.0/1' })],
      ['tcp 22 from 0.0.0.0/1'],
    ],
    [
      'a prefix list, where it is named',
      { alsoFrom: ['pl-0a1b2c3d'] },
      [rule(22, { PrefixListId: 'pl-0a1b2c3d' })],
      ['tcp 22 from pl-0a1b2c3d'],
    ],
    [
      'more than the port, where the rule says so',
      { wider: true },
      [everything, rule([0, 65535])],
      ['all traffic from 0.0.0.0/0', 'tcp 0-65535 from 0.0.0.0/0'],
    ],
  ])('%s', async (_what, given, rules, names) => {
    expect(await outcomeOf(rules, given)).toEqual(names);
  });

  it.each([
    [
      'lets in more than the ports',
      [rule([22, 24])],
      {},
      /^hold: .*tcp 22-24 from 0\.0\.0\.0\/0 lets in more than to port 22, 3389: .* narrowed by a person/,
    ],
    ['has a gap between the ports', [rule([22, 24])], { ports: [22, 24] }, /^hold: .*lets in more/],
    ['begins before them', [rule([21, 22])], {}, /^hold: .*lets in more/],
    ['lets in everything', [rule(22), everything], {}, /^hold: .*all traffic from 0\.0\.0\.0\/0 lets in more/],
  ])('waits for a person where a rule %s', async (_what, rules, given, said) => {
    expect(await outcomeOf(rules, given)).toMatch(said);
  });

  it('is nothing where nobody comes in from everywhere', async () => {
    expect(await outcomeOf([rule(443), rule(22, { CidrIpv4: '10.0.0.0/8' })])).toBe(
      `skip: security group ${target.id} (web) lets nobody in from everywhere to port 22, 3389`,
    );
  });
});

describe('who uses the group', () => {
  it('is said: interfaces, and the load balancers among them', async () => {
    const { planned } = await planOn(groupOf([rule(22)], {}, [...interfaces(2), balancer, balancer]));
    expect(planned).toMatchObject({
      sentence: `Close security group ${target.id} (web) to the world: take away its rule tcp 22 from 0.0.0.0/0. In the group: 4 network interfaces, of them load balancer app/shop.`,
    });
    const alone = await planOn(groupOf([rule(22), rule(3389)], {}, interfaces(1)));
    expect(alone.planned).toMatchObject({
      sentence: expect.stringMatching(
        /2 of its rules tcp 22 .*, tcp 3389 .*1 network interface, none of a load balancer\.$/,
      ),
    });
    const nothing = await planOn(groupOf([rule(22)]));
    expect(nothing.planned).toMatchObject({ sentence: expect.stringMatching(/Nothing is in the group\.$/) });
  });

  it.each([
    ['application', balancer, 'app/shop'],
    ['network', { Description: 'ELB net/shop/0123456789abcdef', InterfaceType: 'network_load_balancer' }, 'net/shop'],
    ['classic', { Description: 'ELB shop', RequesterId: 'amazon-elb' }, 'shop'],
    ['unnamed', { RequesterId: 'amazon-elb' }, 'without a name'],
  ])('an %s load balancer goes on to be asked by 80 and 443, which is said', async (_kind, one, name) => {
    const { planned } = await planOn(groupOf([rule(22), rule(443), rule(80)], {}, [one]), { ports: 'all' });
    expect(planned).toMatchObject({
      chosen: { closes: ['tcp 22 from 0.0.0.0/0'], stays: ['tcp 443 from 0.0.0.0/0', 'tcp 80 from 0.0.0.0/0'] },
      remains: `tcp 443 from 0.0.0.0/0, tcp 80 from 0.0.0.0/0 stays open: load balancer ${name} is asked by it.`,
    });
    expect(await outcomeOf([rule(443)], { ports: [443] }, {}, [one])).toMatch(/^skip: .*but for what serves/);
  });

  it('a rule that lets in 443 besides waits for a person, unless the rule says otherwise', async () => {
    for (const wide of [everything, rule([0, 65535]), rule([22, 80])]) {
      expect(await outcomeOf([wide], { ports: 'all' }, {}, [balancer])).toMatch(
        /^hold: .*80 or 443 as well.*app\/shop/,
      );
      const given = { ports: 'all', loadBalancerWeb: true };
      expect(await outcomeOf([wide], given, {}, [balancer])).toHaveLength(1);
    }
    expect(await outcomeOf([rule(443)], { ports: [443], loadBalancerWeb: true }, {}, [balancer])).toHaveLength(1);
  });

  it('80 and 443 are ports like any other where no load balancer is', async () => {
    expect(await outcomeOf([rule(443)], { ports: [443] }, {}, interfaces(1))).toEqual(['tcp 443 from 0.0.0.0/0']);
  });

  it('more interfaces than the rule allows wait for a person, and no fewer', async () => {
    expect(await outcomeOf([rule(22)], { maxInterfaces: 3 }, {}, interfaces(4))).toMatch(
      /^hold: .*it has 4 network interfaces, and maxInterfaces allows 3/,
    );
    expect(await outcomeOf([rule(22)], { maxInterfaces: 3 }, {}, interfaces(3))).toHaveLength(1);
    expect(await outcomeOf([rule(22)], {}, {}, interfaces(26))).toMatch(/^hold/);
  });

  it('all pages are read, of rules and of interfaces', async () => {
    const pages =
      (name: string, all: readonly object[]) =>
      ({ NextToken: token }: { readonly NextToken?: string }) =>
        token === undefined ? { [name]: all.slice(0, 1), NextToken: 'more' } : { [name]: all.slice(1) };
    const { observed } = await planOn({
      ...groupOf([]),
      DescribeSecurityGroupRules: pages('SecurityGroupRules', [rule(443), rule(22)]),
      DescribeNetworkInterfaces: pages('NetworkInterfaces', [...interfaces(1), balancer]),
    });
    expect(observed).toMatchObject({
      interfaces: 2,
      balancers: ['app/shop'],
      ids: { 'tcp 22 from 0.0.0.0/0': 'sgr-22-22' },
    });
  });
});

describe('whose the group is', () => {
  it.each([
    ['by its name', { GroupName: 'firebreak-prod-door' }],
    ['by the stack that made it', { Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'firebreak-prod' }] }],
  ])('one of Firebreak itself, told %s, is never changed', async (_how, group) => {
    expect(await outcomeOf([rule(22)], {}, group)).toMatch(/^hold: .*it is of Firebreak itself$/);
  });

  it('one that another account shares is never changed', async () => {
    expect(await outcomeOf([rule(22)], {}, { OwnerId: '210987654321' })).toMatch(
      /^hold: .*it is of account 210987654321, which shares it$/,
    );
  });

  it('one that is kept as code is closed, and the code is named', async () => {
    const Tags = [
      { Key: 'aws:cloudformation:stack-name', Value: 'shop-net' },
      { Key: 'team', Value: 'shop' },
      { Key: 'firebreak:protected', Value: 'yes' },
    ];
    const { planned, observed } = await planOn(groupOf([rule(22)], { Tags }));
    expect(planned).toMatchObject({
      remains: 'The stack shop-net made the group: its template opens it again unless it is changed there, too.',
    });
    expect(observed).toMatchObject({ owner: 'shop (tag team)', protectedBy: 'tag firebreak:protected' });
  });

  it('one that is not there is gone', async () => {
    const gone = { ...groupOf([]), DescribeSecurityGroups: () => ({ SecurityGroups: [] }) };
    await expect(planOn(gone)).rejects.toThrow(TargetGone);
  });

  it.each([
    ['another group', { id: 'sg-0a1b2c3d' }],
    ['a wildcard', { arn: 'arn:aws:ec2:eu-central-1:123456789012:security-group/*', id: '*' }],
    ['another account', { account: '210987654321' }],
    ['another Region', { region: 'eu-west-1' }],
  ])('no permission is given for an ARN of %s', (_what, change) => {
    expect(() => action.permissions({ ...target, ...change } as never)).toThrow(ActionFailed);
  });
});

it.each([
  ['a port that there is not', { ports: [65536] }],
  ['a range the wrong way round', { ports: ['25-20'] }],
  ['words', { ports: ['ssh'] }],
  ['no port', { ports: [] }],
  ['a name for a block', { alsoFrom: ['office'] }],
])('%s is refused', (_what, given) => {
  expect(action.params.safeParse(given).success).toBe(false);
});

it.each([
  ['10.0.0.0/99', /^"10.0.0.0\/99" is no block of addresses: write it as EC2 shows it, such as/],
  ['999.1.1.1/8', /is no block of addresses/],
  ['::/200', /is no block of addresses/],
  ['....../0', /is no block of addresses/],
  ['0.0.0.1/1', /^"0.0.0.1\/1" is no block as EC2 shows it: write 0.0.0.0\/1.$/],
  ['128.0.0.0/01', /write 128.0.0.0\/1.$/],
  ['10.0.0.5/8', /write 10.0.0.0\/8.$/],
  ['2001:db8:0::/32', /write 2001:db8::\/32.$/],
])('%s, which no rule of EC2 ever shows, is refused as a block, in one sentence', (block, sentence) => {
  const { error } = action.params.safeParse({ alsoFrom: [block] });
  expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(sentence)]);
});

describe('calls by which somebody opens it again', () => {
  const calls = action.changedBy?.(target as never, {} as never) ?? [];
  const by = (eventName: string, asked: object) =>
    calls.some((call) => call.eventName === eventName && call.isOn(asked as never, {}));
  it('are told by the group that they name', () => {
    expect(by('AuthorizeSecurityGroupIngress', { groupId: target.id })).toBe(true);
    expect(by('AuthorizeSecurityGroupIngress', { groupId: 'sg-0a1b2c3d' })).toBe(false);
    expect(by('ModifySecurityGroupRules', { ModifySecurityGroupRulesRequest: { GroupId: target.id } })).toBe(true);
    expect(by('AuthorizeSecurityGroupIngress', { groupName: 'web' })).toBe(false);
  });
});

it('a rule without what EC2 may leave out is read as what that means', async () => {
  const { observed } = await planOn(groupOf([{ SecurityGroupRuleId: 'sgr-1', CidrIpv4: '0.0.0.0/0' }]), {
    wider: true,
  });
  expect(observed.rules).toMatchObject({ 'all traffic from 0.0.0.0/0': { protocol: '-1', from: -1, to: -1 } });
  expect(params()).toMatchObject({ ports: [22, 3389], maxInterfaces: 25, wider: false, loadBalancerWeb: false });
});
