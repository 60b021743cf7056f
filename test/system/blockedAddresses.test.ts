import { describe, expect, it } from 'vitest';
import { waf } from '../../sandbox/services/wafv2/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { addressThreat } from './addressThreat.ts';
import { environmentOf, firebreak } from './firebreak.ts';
import { openStage, type Stage } from './stage.ts';

const attacker = '192.175.48.7';
const theirs = '192.175.48.128/25';
const [host, other] = ['i-0a1b2c3d4e5f60718', 'i-0a1b2c3d4e5f60719'] as const;
const keyOf = (id: string): string => `instance/123456789012/us-east-1/${id}`;

const world = worldSchema.parse({
  instances: [{ ec2InstanceId: host }, { ec2InstanceId: other }],
  elasticIps: [{ address: '192.175.48.9', instance: other }],
  ipSets: [{ name: 'firebreak-blocked-ipv4', addresses: [theirs] }],
});
const block = `name: block
when:
  type: ["UnauthorizedAccess:EC2/SSHBruteForce"]
  status: [open]
do:
  - waf.block-address
lease: P2D
mode: enforce
page: { observed: notice }
`;
const opened = (settings?: string) =>
  openStage({ world, rules: { block }, ...(settings === undefined ? {} : { settings }) });

async function found(stage: Stage, from: string, on: string = host): Promise<void> {
  stage.deliver(addressThreat(stage, on, from, on === host ? 'a'.repeat(32) : 'b'.repeat(32)));
  await stage.settle();
}
const blocked = ({ account }: Stage): readonly string[] =>
  [...waf(account).sets.values()].flatMap(({ addresses }) => addresses);
const last = (stage: Stage) => stage.told().at(-1)?.body ?? '';

describe('an address that tries the passwords of a host', () => {
  it('is blocked on a lease, asked about, and let in by a release alone', async () => {
    await using stage = await opened();
    await found(stage, attacker);
    expect(blocked(stage)).toEqual([theirs, `${attacker}/32`]);
    expect(last(stage)).toContain('Its lease ends ');
    expect(stage.heads()).toMatchObject([{ outcome: 'observed', lease: { expiresAt: expect.any(String) } }]);
    const run = (...args: readonly string[]) => firebreak(args, { env: environmentOf(stage.account) });
    const said = ['--reason', 'a fix is built', '--by', 'ann'];
    await run('keep', keyOf(host), ...said);
    expect(await run('extend', keyOf(host), '--for', '1h', ...said)).toMatchObject({ exit: 0 });
    await stage.pass(2 * 3600);
    await stage.settle();
    expect(stage.told().map(({ subject }) => subject)).toContainEqual(expect.stringContaining('its lease'));
    expect(blocked(stage)).toContain(`${attacker}/32`);
    expect(await run('release', keyOf(host), ...said)).toMatchObject({ exit: 0 });
    await stage.settle();
    expect(blocked(stage)).toEqual([theirs]);
    expect(stage.heads()).toMatchObject([{ outcome: 'released' }]);
  });

  it('stays blocked while another incident needs it', async () => {
    await using stage = await opened();
    await found(stage, attacker);
    await found(stage, attacker, other);
    expect(blocked(stage)).toEqual([theirs, `${attacker}/32`]);
    await stage.undo(keyOf(host));
    await stage.settle();
    expect(blocked(stage)).toContain(`${attacker}/32`);
    await stage.undo(keyOf(other));
    await stage.settle();
    expect(blocked(stage)).toEqual([theirs]);
  });

  it.each([
    ['that the account has', '192.175.48.9', undefined, 'is our own'],
    ['that the settings name', attacker, 'ownAddresses: [192.175.48.0/24]\n', 'the settings name 192.175.48.0/24'],
    ['of a private network', '10.0.3.3', undefined, 'is private (RFC 1918)'],
  ])('is left alone where it is one %s, and that is told', async (_what, from, settings, why) => {
    await using stage = await opened(settings);
    await found(stage, from);
    expect(blocked(stage)).toEqual([theirs]);
    expect(last(stage)).toContain(why);
  });
});
