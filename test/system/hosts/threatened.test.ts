import { describe, expect, it } from 'vitest';
import { misdeliver } from '../../../sandbox/services/eventbridge/bus.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { hostsRules, hostsWorld } from '../../faults/hostPlays.ts';
import { sampleEvent } from '../../finding/sampleEvent.ts';
import { environmentOf, firebreak } from '../firebreak.ts';
import { openStage, type Stage } from '../stage.ts';

const host = 'i-0ab12cd34ef567890';
const incident = `instance/123456789012/us-east-1/${host}`;
const world = { ...worldSchema.parse({}), ...hostsWorld() };

const secondsOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function deliver(stage: Stage, sample: string, change: (text: string) => string = (text) => text): void {
  const now = stage.sandbox.clock.now();
  const event = JSON.parse(change(JSON.stringify(sampleEvent(sample)))) as JsonObject;
  stage.deliver({ ...event, id: stage.account.random.uuid(), time: secondsOf(now) });
}

/** Systems Manager finds that the host lacks patches. */
const patch = (stage: Stage): void => deliver(stage, 'ssm-patch');
/** GuardDuty finds a miner on it, seen a minute ago. */
const threat = (stage: Stage): void =>
  deliver(stage, 'guardduty-instance-bitcoin-dns', (text) => {
    const seen = new Date(stage.sandbox.clock.now() - 60_000).toISOString();
    return text
      .replaceAll(/i-0[0-9a-f]{16}/g, host)
      .replaceAll(/("(?:eventLastSeen|updatedAt)":)"[^"]*"/g, `$1"${seen}"`);
  });

const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const pages = (stage: Stage): readonly string[] => heard(stage).filter((one) => one.startsWith('page '));

describe('a host on which GuardDuty has found a threat', () => {
  it('is not told as fixed, and its page is not closed, because it lacks patches too', async () => {
    await using stage = await openStage({ rules: { ...hostsRules, threat: anyThreat }, world });
    threat(stage);
    await stage.pass(60);
    patch(stage);
    await stage.pass(7200);
    expect(heard(stage).join('\n')).not.toContain('fixed');
    expect(stage.heads()).toMatchObject([{ incident, outcome: 'observed', page: { level: 0 } }]);
  });

  it('is no question whether it may be patched: nobody is woken a second time, and nothing is rebooted', async () => {
    await using stage = await openStage({ rules: {}, world });
    threat(stage);
    await stage.pass(600);
    patch(stage);
    await stage.pass(3600);
    expect(
      pages(stage),
      stage
        .told()
        .map(({ body }) => body)
        .join('====='),
    ).toHaveLength(1);
    expect(heard(stage).join('\n')).not.toContain('approval');
  });

  it('wakes somebody though its patch was approved before, and no event says that it is patched', async () => {
    await using stage = await openStage({ rules: {}, world });
    patch(stage);
    await stage.pass(60);
    const [, plan = ''] = /--plan ([0-9a-f]+)/.exec(stage.told()[0]?.body ?? '') ?? [];
    const said = ['approve', incident, '--plan', plan, '--by', 'ann'];
    expect(await firebreak(said, { env: environmentOf(stage.account) })).toMatchObject({ exit: 0 });
    threat(stage);
    await stage.pass(3);
    misdeliver(stage.account, { lostPercent: 100 });
    await stage.pass(7200);
    expect(pages(stage).length).toBeGreaterThan(0);
    expect(heard(stage).join('\n')).not.toContain('fixed');
  });

  it('wakes somebody while the patch goes on for an hour, and tells in the end what became of it', async () => {
    await using stage = await openStage({ rules: { ...hostsRules, threat: anyThreat }, world });
    patch(stage);
    await stage.pass(30);
    misdeliver(stage.account, { lostPercent: 100 });
    await stage.pass(60);
    misdeliver(stage.account, { lostPercent: 0 });
    threat(stage);
    await stage.pass(480);
    expect(stage.heads()).toMatchObject([{ incident, state: 'running' }]);
    expect(pages(stage)).toEqual([expect.stringContaining('a threat, NOT contained yet')]);
    await stage.pass(7200);
    expect(stage.heads()).toMatchObject([{ incident, state: 'resting', outcome: 'observed' }]);
    expect(heard(stage).at(-1)).toContain('seen, nothing done');
  });
});

const anyThreat = `name: threat
order: 10
when:
  source: [guardduty]
do:
  - evidence.capture
mode: enforce
`;
