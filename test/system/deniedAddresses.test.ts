import { CreateNetworkAclEntryCommand, DeleteNetworkAclEntryCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { networkAcls } from '../../sandbox/services/ec2/networkAcls.ts';
import { waf } from '../../sandbox/services/wafv2/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { addressThreat } from './addressThreat.ts';
import { asAdministrator } from './asAdministrator.ts';
import { environmentOf, firebreak } from './firebreak.ts';
import { openStage, type Stage } from './stage.ts';

const attacker = '192.175.48.7';
const [host, other] = ['i-0a1b2c3d4e5f60718', 'i-0a1b2c3d4e5f60719'] as const;
const acl = 'acl-0a1b2c3d4e5f60720';
const keyOf = (id: string): string => `instance/123456789012/us-east-1/${id}`;
const mark = { 'firebreak:block': 'allowed' };

const worldWith = (more: object = {}) =>
  worldSchema.parse({
    instances: [{ ec2InstanceId: host }, { ec2InstanceId: other }],
    elasticIps: [{ address: '192.175.48.9', instance: other }],
    ipSets: [{ name: 'firebreak-blocked-ipv4' }],
    networkAcls: [{ id: acl, subnet: true, tags: mark, ...more }],
  });
const ruleOf = (...actions: readonly string[]): string => `name: block
when:
  type: ["UnauthorizedAccess:EC2/SSHBruteForce"]
  status: [open]
do:
${actions.map((action) => `  - ${action}`).join('\n')}
lease: P2D
mode: enforce
page: { observed: notice }
`;
const opened = (more: object = {}, block = ruleOf('vpc.block-address')) =>
  openStage({ world: worldWith(more), rules: { block } });

async function found(stage: Stage, from: string, on: string = host): Promise<void> {
  stage.deliver(addressThreat(stage, on, from, on === host ? 'a'.repeat(32) : 'b'.repeat(32)));
  await stage.settle();
}
const denied = ({ account }: Stage, isEgress = false): readonly string[] =>
  (networkAcls(account).get(acl)?.entries ?? [])
    .filter(({ egress, action, number }) => egress === isEgress && action === 'deny' && number < 32_767)
    .map(({ number, cidr }) => `${number} ${cidr}`);
const last = (stage: Stage) => stage.told().at(-1)?.body ?? '';

describe('an address that tries the passwords of a host', () => {
  it('is denied on a lease, asked about, and let in by a release alone', async () => {
    await using stage = await opened();
    await found(stage, attacker);
    expect([denied(stage), denied(stage, true)]).toEqual([[`1 ${attacker}/32`], [`1 ${attacker}/32`]]);
    expect(last(stage)).toContain('Its lease ends ');
    expect(stage.heads()).toMatchObject([{ outcome: 'observed', lease: { expiresAt: expect.any(String) } }]);
    await stage.pass(2 * 86_400 + 3600);
    await stage.settle();
    expect(stage.told().map(({ subject }) => subject)).toContainEqual(expect.stringContaining('its lease'));
    expect(denied(stage)).toEqual([`1 ${attacker}/32`]);
    const run = await firebreak(['release', keyOf(host), '--reason', 'the port is closed', '--by', 'ann'], {
      env: environmentOf(stage.account),
    });
    expect(run).toMatchObject({ exit: 0 });
    await stage.settle();
    expect([denied(stage), denied(stage, true)]).toEqual([[], []]);
    expect(stage.heads()).toMatchObject([{ outcome: 'released' }]);
  });

  it('stays denied, by one entry each way, while another incident needs it', async () => {
    await using stage = await opened();
    await found(stage, attacker);
    await found(stage, attacker, other);
    expect(denied(stage)).toEqual([`1 ${attacker}/32`]);
    await stage.undo(keyOf(host));
    await stage.settle();
    expect(denied(stage)).toEqual([`1 ${attacker}/32`]);
    await stage.undo(keyOf(other));
    await stage.settle();
    expect([denied(stage), denied(stage, true)]).toEqual([[], []]);
  });

  it('gets a number of its own beside another, and an undo takes out that one alone', async () => {
    await using stage = await opened();
    await found(stage, attacker);
    await found(stage, '192.175.48.8', other);
    expect(denied(stage)).toEqual([`1 ${attacker}/32`, '2 192.175.48.8/32']);
    await stage.undo(keyOf(host));
    await stage.settle();
    expect(denied(stage)).toEqual(['2 192.175.48.8/32']);
  });

  it('is denied beside seven others that are found at once, each by a number of its own', async () => {
    await using stage = await opened();
    const all = Array.from({ length: 8 }, (_, at) => `192.175.48.${at + 10}`);
    all.forEach((from, at) => {
      stage.deliver(addressThreat(stage, host, from, `${at}`.repeat(32)));
    });
    await stage.settle();
    for (const entries of [denied(stage), denied(stage, true)]) {
      expect(entries.map((text) => text.split(' ')[1]).toSorted()).toEqual(all.map((from) => `${from}/32`));
    }
    expect(stage.heads()).toMatchObject([{ outcome: 'observed' }]);
    await stage.undo(keyOf(host));
    await stage.settle();
    expect([denied(stage), denied(stage, true)]).toEqual([[], []]);
  });

  it('that EC2 had room for one way only is denied both ways by the next finding, and an undo takes out both', async () => {
    const full = [
      ...Array.from({ length: 18 }, (_, at) => ({ number: at + 10, action: 'deny', cidr: `11.0.0.${at}/32` })),
      { number: 100 },
    ];
    await using stage = await opened({ ingress: full }, ruleOf('vpc.block-address: { quota: 40 }'));
    await found(stage, attacker);
    expect([denied(stage).length, denied(stage, true)]).toEqual([18, [`1 ${attacker}/32`]]);
    await asAdministrator(stage, EC2Client, (client) =>
      client.send(new DeleteNetworkAclEntryCommand({ NetworkAclId: acl, RuleNumber: 10, Egress: false })),
    );
    await found(stage, attacker, other);
    expect([denied(stage).at(-1), denied(stage, true)]).toEqual([`1 ${attacker}/32`, [`1 ${attacker}/32`]]);
    for (const id of [host, other]) {
      await stage.undo(keyOf(id));
      await stage.settle();
    }
    expect([denied(stage).length, denied(stage, true)]).toEqual([17, []]);
  });

  it('is blocked in AWS WAF, too, where the rule says both, and an undo takes back both', async () => {
    await using stage = await opened({}, ruleOf('waf.block-address', 'vpc.block-address'));
    const inWaf = () => [...waf(stage.account).sets.values()].flatMap(({ addresses }) => addresses);
    await found(stage, attacker);
    expect([denied(stage), inWaf()]).toEqual([[`1 ${attacker}/32`], [`${attacker}/32`]]);
    await stage.undo(keyOf(host));
    await stage.settle();
    expect([denied(stage), inWaf()]).toEqual([[], []]);
  });

  it.each([
    ['that the account has', '192.175.48.9', {}, 'is our own'],
    ['of a private network', '10.0.3.3', {}, 'is private (RFC 1918)'],
    ['and no network ACL is marked', attacker, { tags: {} }, 'is marked by the tag firebreak:block: allowed'],
    [
      'and number 1 lets it through',
      attacker,
      { ingress: [{ number: 1 }], egress: [{ number: 1 }] },
      'has no free number',
    ],
  ])('is left alone where it is one %s, and that is told', async (_what, from, more, why) => {
    await using stage = await opened(more);
    await found(stage, from);
    expect(denied(stage)).toEqual([]);
    expect(last(stage)).toContain(why);
  });

  it('that somebody has let in again by hand is no entry of ours any more: an undo leaves what stands there', async () => {
    await using stage = await opened();
    await found(stage, attacker);
    const its = { NetworkAclId: acl, RuleNumber: 1 };
    await asAdministrator(stage, EC2Client, async (client) => {
      await client.send(new DeleteNetworkAclEntryCommand({ ...its, Egress: false }));
      await client.send(
        new CreateNetworkAclEntryCommand({
          ...{ ...its, Egress: false, Protocol: '-1' },
          ...{ RuleAction: 'deny', CidrBlock: '192.175.49.0/24' },
        }),
      );
    });
    await stage.undo(keyOf(host));
    await stage.settle();
    expect([denied(stage), denied(stage, true)]).toEqual([['1 192.175.49.0/24'], []]);
  });
});
