import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { securityGroups } from '../../sandbox/services/ec2/vpc.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { asAdministrator } from './asAdministrator.ts';
import { configFinding } from './configFinding.ts';
import { openStage, type Stage } from './stage.ts';

const group = 'sg-0a1b2c3d4e5f60721';
const host = 'i-0a1b2c3d4e5f60718';
const keyOf = (kind: string, id: string): string => `${kind}/123456789012/us-east-1/${id}`;
const [ofGroup, ofHost] = [keyOf('security-group', group), keyOf('instance', host)];
const ssh = { protocol: 'tcp', from: 22, cidr: '0.0.0.0/0', description: 'on call', tags: { ticket: 'OPS-1' } };
const web = { protocol: 'tcp', from: 443, cidr: '0.0.0.0/0' };
const inside = { protocol: 'tcp', from: 22, group: 'default' };

const worldWith = (ingress: readonly object[] = [ssh, web, inside], more: object = {}) =>
  worldSchema.parse({
    securityGroups: [{ name: 'door', id: group, tags: { team: 'shop' }, ingress }],
    instances: [{ ec2InstanceId: host, securityGroups: ['door'], ssm: {} }],
    ...more,
  });

const enforced = (params = '') => ({
  close: `name: close
when:
  $or:
    - compliance: { rule: [restricted-ssh] }
    - type: [NETWORK_REACHABILITY]
  status: [open]
do:
  - vpc.close-ingress${params}
mode: enforce
page: { held: notice }
`,
});

/** AWS Config finds that the world comes in to the group. */
async function found(stage: Stage): Promise<void> {
  stage.deliver(configFinding(stage, 'config-security-group', group));
  await stage.settle();
}

/** Inspector finds the same of an instance that is in it. */
function reachable({ account }: Stage): JsonObject {
  const event = sampleEvent('inspector-finding-instance-reachable');
  const now = new Date(account.clock.now());
  const text = JSON.stringify(event)
    .replaceAll('sg-0a1b2c3d4e5f60718', group)
    .replace(/("(?:firstObservedAt|lastObservedAt|updatedAt)":)"[^"]*"/g, `$1"${now.toISOString()}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.toISOString().slice(0, 19)}Z` };
}

/** Somebody opens a port to the world. */
const opens = (stage: Stage, port: number) =>
  asAdministrator(stage, EC2Client, (ec2) =>
    ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    ),
  );

const ingress = ({ account }: Stage): readonly string[] =>
  (securityGroups(account).get(group)?.rules ?? [])
    .filter(({ isEgress }) => !isEgress)
    .map(({ fromPort, peer, description = '' }) => `${fromPort} ${peer.value} ${description}`.trim())
    .toSorted();
const idOfSsh = ({ account }: Stage): string | undefined =>
  securityGroups(account)
    .get(group)
    ?.rules.find(({ fromPort, peer }) => fromPort === 22 && peer.kind === 'CidrIpv4')?.id;
const member = '22 sg-0a1b2c3d4e5f60718';
const all = ['22 0.0.0.0/0 on call', member, '443 0.0.0.0/0'];
const closed = [member, '443 0.0.0.0/0'];
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const last = (stage: Stage) => stage.told().at(-1)?.body ?? '';

describe('a security group that is open to the world', () => {
  it('is told with what would be taken away and who is in it, under the shipped rules, and left as it is', async () => {
    await using stage = await openStage({ rules: {}, world: worldWith() });
    await found(stage);
    expect(heard(stage)).toEqual([`digest NO ACTION: ${group} seen, nothing done, us-east-1 123456789012`]);
    expect(last(stage)).toContain(
      `Close security group ${group} (door) to the world: take away its rule tcp 22 from 0.0.0.0/0. In the group: 1 network interface, none of a load balancer.`,
    );
    expect(ingress(stage)).toEqual(all);
  });

  it('loses exactly that rule where a team enforces it; an undo makes the same again, under another id', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith() });
    const id = idOfSsh(stage);
    await found(stage);
    expect(ingress(stage)).toEqual(closed);
    expect(heard(stage)).toEqual([`digest NO ACTION: ${group} fixed, us-east-1 123456789012`]);
    await stage.undo(ofGroup);
    await stage.settle();
    expect(ingress(stage)).toEqual(all);
    expect(idOfSsh(stage)).not.toBe(id);
    const rules = securityGroups(stage.account).get(group)?.rules ?? [];
    expect(rules.find((one) => one.id === idOfSsh(stage))?.tags).toEqual({ ticket: 'OPS-1' });
  });

  it('is held for a person where a load balancer is asked by the same rule, or where more share it than may', async () => {
    const wide = { ...web, from: 0, to: 65535 };
    const door = { loadBalancers: [{ name: 'door', securityGroups: ['door'] }] };
    for (const [params, rules, more, why] of [
      [': { wider: true }', [wide], door, 'by which load balancer app/door is asked'],
      [': { maxInterfaces: 0 }', [ssh], {}, 'it has 1 network interfaces, and maxInterfaces allows 0'],
    ] as const) {
      await using stage = await openStage({ rules: enforced(params), world: worldWith(rules, more) });
      const before = ingress(stage);
      await found(stage);
      expect(ingress(stage)).toEqual(before);
      expect(stage.heads()).toMatchObject([{ outcome: 'held' }]);
      expect(last(stage)).toContain(why);
      expect(stage.calls('ec2:RevokeSecurityGroupIngress')).toBe(0);
    }
  });

  it('that somebody opens otherwise afterwards is told, with who did it, and left so', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith() });
    await found(stage);
    await opens(stage, 3389);
    await stage.pass(3600);
    await found(stage);
    await stage.pass(3600);
    expect(ingress(stage)).toEqual(['22 sg-0a1b2c3d4e5f60718', '3389 0.0.0.0/0', '443 0.0.0.0/0']);
    expect(last(stage)).toContain('Somebody has changed back what was contained');
    expect(last(stage)).toContain('tcp 3389 from 0.0.0.0/0');
    expect(stage.calls('ec2:RevokeSecurityGroupIngress')).toBe(1);
  });
});

describe('an instance that the internet reaches', () => {
  it('has the group closed that its finding names, in its own incident', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith() });
    stage.deliver(reachable(stage));
    await stage.settle();
    expect(ingress(stage)).toEqual(closed);
    expect(stage.heads()).toMatchObject([{ incident: ofHost, outcome: 'contained' }]);
    await stage.undo(ofHost);
    await stage.settle();
    expect(ingress(stage)).toEqual(all);
  });

  it('shares the group with the finding of AWS Config: it is closed once, and an undo of one alone opens nothing', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith() });
    stage.deliver(reachable(stage));
    await stage.settle();
    await found(stage);
    expect(
      stage
        .heads()
        .map(({ incident }) => incident)
        .toSorted(),
    ).toEqual([ofHost, ofGroup].toSorted());
    expect(stage.calls('ec2:RevokeSecurityGroupIngress')).toBe(1);
    await stage.undo(ofHost);
    await stage.settle();
    expect(ingress(stage)).toEqual(closed);
  });
});
