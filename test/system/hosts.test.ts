import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { openStage, type Stage } from './stage.ts';
import { containing, openShop } from './threats/shop.ts';

/** Later than the samples say that they were seen, so that each is of a few minutes ago. */
const startAt = new Date('2026-11-20T10:30:00Z');
const shipped = { startAt, rules: {} };

const sample = (name: string): JsonObject => sampleEvent(name) as unknown as JsonObject;

/** Delivers events one after the other, each until nothing more happens. */
async function deliver(stage: Stage, ...events: readonly JsonObject[]): Promise<void> {
  for (const event of events) {
    stage.deliver(event);
    await stage.settle();
  }
}

const recorded = (stage: Stage): readonly string[] => stage.records().map(({ result }) => result);
const heard = (stage: Stage): readonly string[] =>
  stage.told().map(({ tier, subject }) => `${tier} ${subject.split(',')[0]}`);

const here = '123456789012/us-east-1';
const host = 'i-0a1b2c3d4e5f60718';
const resize = 'arn:aws:lambda:us-east-1:123456789012:function:img-resize';

describe('under the shipped rules, through the packaged template', () => {
  it.each<[sample: string, incident: string, told: string]>([
    ['inspector-finding-instance', `instance/${here}/${host}`, `notice NO ACTION: ${host} seen`],
    ['inspector-finding-instance-old-form', `instance/${here}/${host}`, `notice NO ACTION: ${host} seen`],
    ['inspector-finding-function', `function/${here}/${resize}`, 'notice NO ACTION: img-resize seen'],
    ['guardduty-sight-lost-ecs', `ecs-cluster/${here}/prod`, 'notice NO ACTION: prod seen'],
    ['guardduty-sight-lost-eks', `pod/${here}/prod-eks`, 'notice NO ACTION: prod-eks seen'],
    [
      'guardduty-sight-lost-instance',
      `instance/${here}/i-0ab12cd34ef567890`,
      'notice NO ACTION: i-0ab12cd34ef567890 seen',
    ],
    ['guardduty-sight-lost-unnamed', `other/${here}/unknown/not named`, 'notice NO ACTION: unknown/not named seen'],
    ['guardduty-s3-bucket', `other/${here}/S3Bucket/shop-invoices`, 'page GET UP: S3Bucket/shop-invoices seen'],
  ])('%s leaves a record, an incident and one message', async (name, incident, told) => {
    await using stage = await openStage(shipped);
    await deliver(stage, sample(name));
    expect(stage.records()).toMatchObject([{ id: sample(name)['id'], result: 'accepted', incident }]);
    expect(stage.heads()).toMatchObject([{ incident, state: 'resting', outcome: 'observed', outbox: [] }]);
    expect(heard(stage)).toEqual([told]);
    const [message] = stage.told();
    expect(message?.body).toContain(
      String((sampleEvent(name).detail['title'] as string) ?? 'GuardDuty does not see all'),
    );
  });

  it('what no rule takes is recorded and wakes nobody: a weakness in code, no known exploit', async () => {
    await using stage = await openStage(shipped);
    await deliver(stage, sample('inspector-finding-function-code'), sample('inspector-finding-instance-unexploited'));
    expect(recorded(stage)).toEqual(['accepted', 'accepted']);
    expect(stage.heads().map(({ incident, outcome }) => [incident, outcome])).toEqual([
      [`instance/${here}/${host}`, 'ignored'],
      [`function/${here}/${resize}`, 'ignored'],
    ]);
    expect(heard(stage)).toEqual([]);
  });

  it('what is not ours is not let in', async () => {
    await using stage = await openStage(shipped);
    const names = ['azure', 'azure-machine', 'repository', 'code-repository', 'closed', 'suppressed'];
    await deliver(stage, ...names.map((name) => sample(`inspector-finding-${name}`)));
    await deliver(stage, sample('inspector-scan-instance'), sample('inspector-scan-function'));
    expect(stage.records()).toEqual([]);
  });

  it('an instance, and a function, that cannot be one ends in the dead letters with its place', async () => {
    await using stage = await openStage(shipped);
    await deliver(
      stage,
      sample('inspector-finding-malformed-instance'),
      sample('inspector-finding-malformed-function'),
    );
    await deliver(stage, sample('guardduty-malformed-sight'));
    const at = 'detail.resources[0].id';
    const path = 'detail.resourceDetails.ecsClusterDetails.clusterName';
    expect(stage.records().map((record) => [record.result, record.path])).toEqual([
      ['invalid', at],
      ['invalid', at],
      ['invalid', path],
    ]);
    expect(stage.queue('ImageScanDeadLetters').messages.size).toBe(2);
    expect(stage.queue('ThreatFindingDeadLetters').messages.size).toBe(1);
  });
});

describe('a host with forty exploitable packages', () => {
  it('is one incident and one message', async () => {
    await using stage = await openStage(shipped);
    const event = sampleEvent('inspector-finding-instance');
    for (let n = 0; n < 40; n += 1) {
      const findingArn = `${event.detail['findingArn']}${n}`;
      stage.deliver({ ...event, id: `cve-${n}`, detail: { ...event.detail, findingArn } } as unknown as JsonObject);
    }
    await stage.settle();
    expect(recorded(stage)).toEqual(Array(40).fill('accepted'));
    expect(stage.heads()).toMatchObject([{ incident: `instance/${here}/${host}`, state: 'resting', seq: 40 }]);
    expect(heard(stage)).toEqual([`notice NO ACTION: ${host} seen`]);
  });
});

describe('a loss of sight', () => {
  const again = (name: string, id: string, lastUpdatedAt: number): JsonObject => {
    const event = sampleEvent(name);
    const time = new Date(lastUpdatedAt).toISOString();
    return { ...event, id, time, detail: { ...event.detail, lastUpdatedAt } } as unknown as JsonObject;
  };
  const cluster = `ecs-cluster/${here}/prod`;

  it('that is over is resolved and told nobody; lost again, it is told again', async () => {
    await using stage = await openStage(shipped);
    await deliver(stage, sample('guardduty-sight-lost-ecs'), sample('guardduty-sight-restored-ecs'));
    expect(stage.heads()).toMatchObject([{ incident: cluster, state: 'resting', outcome: 'ignored' }]);
    expect(heard(stage)).toEqual(['notice NO ACTION: prod seen']);
    await deliver(stage, again('guardduty-sight-lost-ecs', 'lost-again', 1_795_170_500_000));
    expect(stage.heads()).toMatchObject([{ incident: cluster, state: 'resting', outcome: 'observed' }]);
    expect(recorded(stage)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(heard(stage)).toEqual(Array(2).fill('notice NO ACTION: prod seen'));
  });

  it('that is delivered after its end is superseded', async () => {
    await using stage = await openStage(shipped);
    await deliver(stage, sample('guardduty-sight-restored-ecs'), sample('guardduty-sight-lost-ecs'));
    expect(recorded(stage).toSorted()).toEqual(['accepted', 'duplicate']);
    expect(heard(stage)).toEqual([]);
  });

  it('accuses nobody, even under a rule that contains whatever is found on clusters', async () => {
    await using shop = await openShop([{ name: 'checkout' }], { rules: { containing } });
    const before = await shop.service('checkout');
    shop.stage.deliver(again('guardduty-sight-lost-ecs', 'lost', shop.stage.sandbox.clock.now()));
    await shop.settle();
    expect(shop.stage.heads()).toMatchObject([{ incident: cluster, state: 'resting' }]);
    expect(shop.stage.calls('ecs:StopTask')).toBe(0);
    expect(shop.stage.calls('ecs:UpdateService')).toBe(0);
    expect(await shop.service('checkout')).toEqual(before);
  });
});

describe("a member's finding that comes by the administrator's account as well", () => {
  it.each(['guardduty-instance-bitcoin-dns', 'inspector-finding-instance', 'guardduty-sight-lost-ecs'])(
    '%s: one finding, one incident, one message; the second is a duplicate',
    async (name) => {
      const own = sample(name);
      const copy: JsonObject = {
        ...own,
        id: `${own['id']}-copy`,
        account: '999900001111',
        time: '2026-11-20T09:21:00Z',
      };
      for (const order of [
        [own, copy],
        [copy, own],
      ]) {
        await using stage = await openStage(shipped);
        await deliver(stage, ...order);
        const results = new Map(stage.records().map(({ id, result }) => [id, result]));
        expect(order.map(({ id }) => results.get(String(id)))).toEqual(['accepted', 'duplicate']);
        expect(stage.heads()).toHaveLength(1);
        expect(stage.heads()[0]?.incident).toContain(`/${here}/`);
        expect(stage.executions()).toHaveLength(1);
        expect(stage.told()).toHaveLength(1);
      }
    },
  );
});
