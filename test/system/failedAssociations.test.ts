import { describe, expect, it } from 'vitest';
import { associations, type StoredAssociation, standingOn } from '../../sandbox/services/ssm/associations/state.ts';
import { managedNodes } from '../../sandbox/services/ssm/nodes/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { configFinding } from './configFinding.ts';
import { justBefore } from './orders.ts';
import { openStage, type Stage } from './stage.ts';

const [host, other] = ['i-0ab12cd34ef567890', 'i-0ab12cd34ef567891'] as const;
const [first, second] = ['1c1f7a2e-8d34-4b6f-9e02-7a61d4c8b35f', '2d20b6c4-51e7-4f3a-8c19-3e8f0a7d6b21'] as const;
const on = (...values: readonly string[]) => [{ key: 'InstanceIds', values }];
const inventory = { id: first, name: 'inventory', targets: on(host), failed: [host] };
const agent = { id: second, name: 'agent', document: 'AWS-UpdateSSMAgent', targets: on(host), failed: [host] };

const worldWith = (all: readonly object[], ssm: object = {}) =>
  worldSchema.parse({
    instances: [
      { ec2InstanceId: host, tags: { team: 'platform' }, ssm },
      { ec2InstanceId: other, ssm: {} },
    ],
    associations: all,
  });

const enforced = (params = '') => ({
  reapply: `name: reapply
when:
  compliance: { rule: [ec2-managedinstance-association-compliance-status-check] }
  status: [open]
do:
  - ssm.reapply-association${params}
mode: enforce
page: { held: notice }
`,
});

/** AWS Config finds that something has failed on the host. */
async function found(stage: Stage): Promise<void> {
  stage.deliver(configFinding(stage, 'config-association', `AWS::SSM::ManagedInstanceInventory/${host}`));
  await stage.settle();
}

const standings = ({ account }: Stage, node: string = host) =>
  [...associations(account).values()].map((one) => standingOn(one, node)?.status);
const started = (stage: Stage): number => stage.calls('ssm:StartAssociationsOnce');
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const subject = (words: string): string => `NO ACTION: ${host} ${words}, us-east-1 123456789012`;

describe('a host on which associations have failed', () => {
  it('is told with what would be applied again and where, under the shipped rules, and left as it is', async () => {
    await using stage = await openStage({ rules: {}, world: worldWith([inventory]) });
    await found(stage);
    expect(heard(stage)).toEqual([`digest ${subject('seen, nothing done')}`]);
    expect(stage.told()[0]?.body).toContain(
      `Apply association inventory (AWS-GatherSoftwareInventory) again on ${host}, the only host that it targets.`,
    );
    expect(started(stage)).toBe(0);
  });

  it('has them applied again one after the other where a rule enforces it, the next once the one before succeeded', async () => {
    await using stage = await openStage({ rules: enforced(), world: worldWith([inventory, agent]) });
    await found(stage);
    expect(standings(stage)).toEqual(['Success', 'Success']);
    expect(heard(stage)).toEqual([`digest ${subject('fixed')}`]);
    const ends = standingOn(associations(stage.account).get(first) as StoredAssociation, host)?.at;
    const [next] = associations(stage.account).get(second)?.executions ?? [];
    expect(next?.createdAt).toBeGreaterThan(ends ?? Number.POSITIVE_INFINITY);
    expect(started(stage)).toBe(2);
  });

  it('keeps the second from being applied where the first fails again; that waits for working hours', async () => {
    const failing = { ...inventory, failsOn: [host] };
    await using stage = await openStage({ rules: enforced(), world: worldWith([failing, agent]) });
    await found(stage);
    expect(standings(stage)).toEqual(['Failed', 'Failed']);
    expect(started(stage)).toBe(1);
    expect(stage.told().map(({ tier }) => tier)).toEqual(['notice']);
    expect(stage.told()[0]?.body).toContain(`Failed (Failed) on ${host}`);
  });

  it('is held, with the other hosts that would be reached, unless the rule allows as many', async () => {
    const wide = { ...inventory, targets: on(host, other) };
    await using held = await openStage({ rules: enforced(), world: worldWith([wide]) });
    await found(held);
    expect(started(held)).toBe(0);
    expect(held.heads()).toMatchObject([{ outcome: 'held' }]);
    expect(held.told()[0]?.body).toContain(`is applied to 1 other host with this one (${other})`);

    await using allowed = await openStage({ rules: enforced(': { maxOtherHosts: 1 }'), world: worldWith([wide]) });
    await found(allowed);
    expect([standings(allowed), standings(allowed, other)]).toEqual([['Success'], ['Success']]);
    expect(allowed.told()[0]?.body).toContain(`is asked to be applied again to ${host} and, with it, ${other}`);
  });

  it('is left where its agent does not answer, and where what failed installs patches', async () => {
    await using silent = await openStage({
      rules: enforced(),
      world: worldWith([inventory], { pingStatus: 'ConnectionLost' }),
    });
    await found(silent);
    expect(silent.told()[0]?.body).toContain(`${host} does not answer Systems Manager (ConnectionLost)`);

    const patching = { ...inventory, document: 'AWS-RunPatchBaseline', parameters: { Operation: ['Install'] } };
    await using left = await openStage({
      rules: enforced(': { documents: [AWS-RunPatchBaseline] }'),
      world: worldWith([patching]),
    });
    await found(left);
    expect(left.told()[0]?.body).toContain('ssm.patch-hosts does that, with the host emptied first');
    expect(started(silent) + started(left)).toBe(0);
  });

  it('is planned anew where a host has joined since the plan was made', async () => {
    const byTag = { ...inventory, targets: [{ key: 'tag:team', values: ['platform'] }] };
    await using stage = await openStage({ rules: enforced(), world: worldWith([byTag]) });
    const node = managedNodes(stage.account).get(other);
    if (node === undefined) throw new Error('It is not there');
    // The first call of Act: its session, when the plan is stored already.
    justBefore(stage, 'firebreak-dev-act', 'AssumeRole', () => {
      managedNodes(stage.account).set(other, { ...node, tags: { team: 'platform' } });
    });
    await found(stage);
    expect(stage.receipts().map(({ state }) => state)).toContain('stale');
    expect(started(stage)).toBe(0);
    expect(stage.heads()).toMatchObject([{ outcome: 'held' }]);
  });
});
