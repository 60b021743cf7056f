import type {
  DescribeNetworkInterfacesResult,
  DescribeSecurityGroupRulesResult,
  DescribeSecurityGroupsResult,
  NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { DescribeServicesResponse } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { describeNetworkInterfaces } from '../../../sandbox/services/ec2/describeNetworkInterfaces.ts';
import { describeSecurityGroupRules } from '../../../sandbox/services/ec2/describeSecurityGroupRules.ts';
import { describeSecurityGroups } from '../../../sandbox/services/ec2/describeSecurityGroups.ts';
import { described, interfaces } from '../../../sandbox/services/ec2/interfaces.ts';
import { DEFAULT_GROUP } from '../../../sandbox/services/ec2/vpc.ts';
import { describeServices } from '../../../sandbox/services/ecs/describeServices.ts';
import { updateService } from '../../../sandbox/services/ecs/updateService.ts';
import { misfitsOf } from '../../../sandbox/world/check.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { runOn } from '../services/runOn.ts';
import { digest } from './digests.ts';

const host = 'i-0aaaaaaaaaaaaaaaa';

const worldOf = ({
  cluster = {},
  ...more
}: {
  readonly cluster?: object;
  readonly securityGroups?: readonly object[];
  readonly loadBalancers?: readonly object[];
}) =>
  worldSchema.parse({
    region: 'eu-west-1',
    repositories: [{ name: 'app', images: [{ digest: digest('a'), tags: ['prod'] }] }],
    taskDefinitions: [{ family: 'api', revision: 1, containers: [{ name: 'web', image: 'app:prod' }] }],
    clusters: [{ name: 'prod', ...cluster }],
    ...more,
  });

function loaded(given: Parameters<typeof worldOf>[0]) {
  const fake = fakeAccount();
  loadWorld(fake.account, worldOf(given));
  return { ...fake, run: runOn(fake) };
}

describe('the security groups of an account file', () => {
  const securityGroups = [
    { name: 'front', id: 'sg-0123456789abcdef0', tags: { team: 'shop' } },
    {
      name: 'back',
      description: 'the databases',
      ingress: [
        { protocol: 'tcp', from: 5432, group: 'front' },
        { protocol: 'udp', from: 1, to: 9, cidr: '2001:db8::/32' },
      ],
      egress: [],
    },
  ];

  it('are there, with ids of their own or the given ones', async () => {
    const { run } = loaded({ securityGroups });
    const { SecurityGroups } = await run<DescribeSecurityGroupsResult>(describeSecurityGroups, {});
    expect(SecurityGroups).toMatchObject([
      { GroupId: DEFAULT_GROUP },
      {
        GroupId: 'sg-0123456789abcdef0',
        GroupName: 'front',
        Tags: [{ Key: 'team', Value: 'shop' }],
        IpPermissions: [],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
      {
        GroupId: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
        Description: 'the databases',
        IpPermissions: [
          { FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: 'sg-0123456789abcdef0' }] },
          { IpProtocol: 'udp', FromPort: 1, ToPort: 9, Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] },
        ],
        IpPermissionsEgress: [],
      },
    ]);
  });

  it('hold hosts, and the tasks of services, new ones too', async () => {
    const world = loaded({
      securityGroups,
      cluster: {
        containerInstances: [{ ec2InstanceId: host, securityGroups: ['front', 'default'] }],
        services: [{ name: 'api', taskDefinition: 'api:1', desiredCount: 1, securityGroups: ['front'] }],
        tasks: [{ id: 'job', taskDefinition: 'api:1' }],
      },
    });
    const { account, run, clock } = world;
    const groups = () =>
      interfaces(account)
        .map((each): NetworkInterface => described(account, each))
        .map(({ Groups, RequesterManaged }) => [RequesterManaged, ...(Groups ?? []).map(({ GroupName }) => GroupName)]);
    expect(groups()).toEqual([
      [true, 'front'],
      [true, 'default'],
      [false, 'front', 'default'],
    ]);
    await run(updateService, { cluster: 'prod', service: 'api', desiredCount: 2 });
    await clock.advance(60_000);
    expect(groups().filter(([, name]) => name === 'front')).toHaveLength(3);
    const { services } = await run<DescribeServicesResponse>(describeServices, { cluster: 'prod', services: ['api'] });
    expect(services?.[0]?.networkConfiguration?.awsvpcConfiguration).toMatchObject({
      securityGroups: ['sg-0123456789abcdef0'],
      assignPublicIp: 'DISABLED',
    });
  });

  it.each([
    [
      'default',
      [{ name: 'default' }],
      'securityGroups.0.name: default is there already, of the VPC; name it otherwise',
    ],
    [
      'one twice',
      [{ name: 'one' }, { name: 'one' }],
      'securityGroups.1.name: one is there already; change or remove one of the two',
    ],
    [
      'a rule for nobody',
      [{ name: 'one', ingress: [{}] }],
      'securityGroups.0.ingress.0.cidr: a rule has either cidr or group; write one of them',
    ],
    [
      'ports of all protocols',
      [{ name: 'one', ingress: [{ from: 1, cidr: '::/0' }] }],
      'securityGroups.0.ingress.0.from: all protocols have no ports; write tcp or udp, or take it out',
    ],
    [
      'tcp without ports',
      [{ name: 'one', egress: [{ protocol: 'tcp', cidr: '10.0.0.0/8' }] }],
      'securityGroups.0.egress.0.from: tcp needs the ports from and to, the lower first; write them',
    ],
    [
      'a block that is none',
      [{ name: 'one', ingress: [{ cidr: '10.0.0.0' }] }],
      'securityGroups.0.ingress.0.cidr: 10.0.0.0 is no block of addresses; write it like 10.0.0.0/16',
    ],
    [
      'a group that is not there',
      [{ name: 'one', ingress: [{ group: 'onn' }] }],
      'securityGroups.0.ingress.0.group: onn is not among the securityGroups; did you mean "one"?',
    ],
  ])('cannot be %s', (_what, given, said) => {
    const found = misfitsOf(worldOf({ securityGroups: given }));
    expect(found.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([said]);
  });

  it.each([
    ['a host', { containerInstances: [{ ec2InstanceId: host, securityGroups: ['front'] }] }],
    ['a service', { services: [{ name: 'api', taskDefinition: 'api:1', desiredCount: 0, securityGroups: ['front'] }] }],
  ])('must be there for %s to be in', (_what, cluster) => {
    expect(misfitsOf(worldOf({ cluster })).map(({ message }) => message)).toEqual([
      expect.stringContaining('front is not among the securityGroups'),
    ]);
  });
});

describe('the room of hosts in an account file', () => {
  const onHosts = (desiredCount: number, ...containerInstances: readonly object[]) =>
    loaded({
      cluster: {
        containerInstances,
        services: [{ name: 'api', taskDefinition: 'api:1', desiredCount, launchType: 'EC2' }],
      },
    });
  const [one, two] = [{ ec2InstanceId: host, cpu: 512, memory: 1024 }, { ec2InstanceId: 'i-0bbbbbbbbbbbbbbbb' }];

  it('is kept to: what does not fit on one is on another', () => {
    const { account } = onHosts(5, one, two);
    const at = (id: string) => interfaces(account).filter(({ host: its }) => its?.ec2InstanceId === id);
    expect(at(host)).toHaveLength(1);
    expect(onHosts(2, one)).toBeDefined();
  });

  it('must do for the tasks that run at the start', () => {
    expect(() => onHosts(3, one)).toThrow(
      'account file: the hosts of prod have no room for task 3 of api; give them more cpu and memory, or the service fewer tasks',
    );
  });
});

describe('the load balancers of an account file', () => {
  const securityGroups = [
    {
      name: 'door',
      ingress: [{ ...{ protocol: 'tcp', from: 443, cidr: '0.0.0.0/0' }, description: 'all', tags: { a: 'b' } }],
    },
  ];
  const loadBalancers = (['application', 'network', 'classic'] as const).map((type) => ({
    name: `door-${type}`,
    type,
    securityGroups: ['door'],
  }));

  it('each have a network interface in their groups, on which its kind and name are written', async () => {
    const { account, run } = loaded({ securityGroups, loadBalancers });
    const all = interfaces(account).map((one) => described(account, one));
    expect(all).toMatchObject([
      { Description: expect.stringMatching(/^ELB app\/door-application\/[0-9a-f]{16}$/), InterfaceType: 'interface' },
      { Description: expect.stringMatching(/^ELB net\/door-network\//), InterfaceType: 'network_load_balancer' },
      { Description: 'ELB door-classic', RequesterId: 'amazon-elb', RequesterManaged: true },
    ]);
    expect(new Set(all.flatMap((one) => [one.NetworkInterfaceId, one.PrivateIpAddress])).size).toBe(6);
    const { SecurityGroups = [] } = await run<DescribeSecurityGroupsResult>(describeSecurityGroups, {});
    const door = SecurityGroups.find(({ GroupName }) => GroupName === 'door');
    expect(all.map(({ Groups }) => Groups?.[0]?.GroupId)).toEqual(Array(3).fill(door?.GroupId));
    expect(door?.IpPermissions?.[0]?.IpRanges).toEqual([{ CidrIp: '0.0.0.0/0', Description: 'all' }]);
    const { SecurityGroupRules } = await run<DescribeSecurityGroupRulesResult>(describeSecurityGroupRules, {
      Filters: [{ Name: 'tag:a', Values: ['b'] }],
    });
    expect(SecurityGroupRules).toMatchObject([{ Description: 'all', Tags: [{ Key: 'a', Value: 'b' }] }]);
    const filtered = await run<DescribeNetworkInterfacesResult>(describeNetworkInterfaces, {
      Filters: [{ Name: 'interface-type', Values: ['network_load_balancer'] }],
    });
    expect(filtered.NetworkInterfaces).toHaveLength(1);
  });

  it('are in groups that are there, each by a name of its own', () => {
    const [first] = loadBalancers;
    const twice = worldOf({
      loadBalancers: [
        { ...first, securityGroups: ['door'] },
        { ...first, securityGroups: ['default'] },
      ],
    });
    expect(misfitsOf(twice).map(({ path }) => path.join('.'))).toEqual([
      'loadBalancers.1.name',
      'loadBalancers.0.securityGroups',
    ]);
  });
});
