import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../cli/artifacts.ts';
import { threatEvent } from '../../cli/demo/threat.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { passedOn } from './passedOn.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';
import { containing, openShop, type Shop, serviceIncident } from './threats/shop.ts';
import { shell } from './threats/threats.ts';
import { accusedDigest, repositoryOf, shopWorld } from './threats/world.ts';

const incident = serviceIncident('desk');
const rule = (path: string): string => readFileSync(join(root, path), 'utf8');
const pagesOf = (told: Shop['told']): readonly string[] =>
  told().flatMap(({ tier, subject }) => (tier === 'page' ? [subject] : []));

interface Seen {
  readonly ago?: number;
  readonly count?: number;
}

/** A shell in a task of the desk, as GuardDuty itself sends it. */
async function shellIn(shop: Shop, { ago = 60, count = 1 }: Seen = {}): Promise<JsonObject> {
  const { stage } = shop;
  const [task] = (await shop.service('desk')).tasks;
  if (task === undefined) throw new Error('No task of the desk runs');
  const now = stage.sandbox.clock.now();
  const event = threatEvent(stage.account, new Date(now), {
    ...shell,
    ...{ id: 'a'.repeat(32), cluster: 'prod', service: 'desk', count },
    ...{ task: task.arn, taskDefinition: task.taskDefinition, container: task.container },
    firstSeenAt: new Date('2026-11-20T01:40:00Z'),
    lastSeenAt: new Date(now - ago * 1000),
  });
  return JSON.parse(JSON.stringify(event)) as JsonObject;
}

const recordsOf = (stage: Stage): unknown =>
  Object.fromEntries(stage.records().map(({ id, result, incident: about }) => [id, [result, about]]));

describe('a threat that comes directly and through Security Hub', () => {
  it.each([
    ['directly first, the other while it is contained', ['direct', 'hub'], 20],
    ['through Security Hub first, the other while it is contained', ['hub', 'direct'], 20],
    ['directly first, the other five hours later', ['direct', 'hub'], 5 * 3600],
    ['through Security Hub first, the other five hours later', ['hub', 'direct'], 5 * 3600],
  ])('%s, is one incident, one containment and one page', async (_what, order, gap) => {
    await using shop = await openShop([{ name: 'desk' }]);
    const { stage } = shop;
    const event = { ...(await shellIn(shop)), id: 'direct' };
    const by = { direct: event, hub: passedOn(event, 'hub') } as const;
    for (const way of order) {
      stage.deliver(by[way as keyof typeof by]);
      await stage.pass(gap);
    }
    await shop.settle();
    expect(stage.heads().map((head) => [head.incident, head.state, head.outcome])).toEqual([
      [incident, 'resting', 'contained'],
    ]);
    expect(pagesOf(shop.told)).toEqual([expect.stringContaining('desk contained')]);
    expect(stage.calls('ecs:StopTask')).toBe(1);
    // While it is contained it is decided with all that is known; once it is, how a task was launched is no reason to begin again.
    const second = order[0] === 'hub' && gap < 60 ? 'accepted' : 'duplicate';
    expect(recordsOf(stage)).toEqual({
      [order[0] ?? '']: ['accepted', incident],
      [order[1] ?? '']: [second, incident],
    });
    expect(stage.executions()).toHaveLength(1);
    const stored = stage.table().flatMap(({ sk, finding }) => (sk.startsWith('finding#') ? [finding] : []));
    expect(stored).toMatchObject([{ source: 'guardduty', resource: { launchType: 'FARGATE' } }]);
    expect(stored).not.toMatchObject([{ product: {} }]);
  });

  it('and again and again as people work on it there, says nothing new, however late', async () => {
    await using shop = await openShop([{ name: 'desk' }]);
    const { stage } = shop;
    const event = await shellIn(shop);
    stage.deliver(event);
    await shop.settle();
    expect(pagesOf(shop.told)).toHaveLength(1);
    const runs = stage.executions().length;
    const works = [
      { Workflow: { Status: 'NOTIFIED' } },
      { Workflow: { Status: 'RESOLVED' } },
      { RecordState: 'ARCHIVED' },
    ];
    for (const [n, changes] of works.entries()) {
      const time = `${new Date(stage.sandbox.clock.now()).toISOString().slice(0, 19)}Z`;
      stage.deliver(passedOn({ ...event, time }, `hub-${n}`, changes));
      await stage.pass(3600);
    }
    expect(recordsOf(stage)).toMatchObject({
      ...{ 'hub-0': ['duplicate', incident], 'hub-1': ['duplicate', incident], 'hub-2': ['duplicate', incident] },
    });
    expect(pagesOf(shop.told)).toEqual([]);
    expect(stage.executions()).toHaveLength(runs);
  });

  it('that goes on after it was contained is news once, whichever way it comes first', async () => {
    await using shop = await openShop([{ name: 'desk' }]);
    const { stage } = shop;
    const first = await shellIn(shop);
    stage.deliver(first);
    await shop.settle();
    expect(pagesOf(shop.told)).toHaveLength(1);
    await stage.pass(600);
    // The same task again, later than it was contained: of this, Security Hub tells first.
    const now = new Date(stage.sandbox.clock.now() - 5_000).toISOString();
    const detail = first['detail'] as JsonObject;
    const service = { ...(detail['service'] as JsonObject), eventLastSeen: now, count: 2 };
    const again = { ...first, id: 'again', time: now, detail: { ...detail, service } };
    stage.deliver(passedOn(again, 'again through Security Hub'));
    await shop.settle();
    stage.deliver(again);
    await shop.settle();
    expect(recordsOf(stage)).toMatchObject({
      ...{ 'again through Security Hub': ['accepted', incident], again: ['duplicate', incident] },
    });
    expect(stage.executions()).toHaveLength(2);
    // It was the task that is gone.
    expect(pagesOf(shop.told)).toEqual([]);
  });

  it('of which Security Hub names only the cluster is left to GuardDuty, with the reason', async () => {
    await using shop = await openShop([{ name: 'desk' }]);
    const { stage } = shop;
    const cluster = { Type: 'AwsEcsCluster', Id: 'arn:aws:ecs:us-east-1:123456789012:cluster/prod' };
    stage.deliver(passedOn(await shellIn(shop), 'hub', { Resources: [cluster] }));
    await shop.settle();
    expect(stage.records()).toMatchObject(
      [{ id: 'hub', result: 'ignored', reason: /^GuardDuty itself sends/ }].map(({ reason, ...record }) => ({
        ...record,
        reason: expect.stringMatching(reason),
      })),
    );
    expect(stage.heads()).toEqual([]);
  });
});

/** A finding of Trivy on the image of a service, or of what nothing runs. */
function trivy(name: string, id: string): JsonObject {
  const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repositoryOf(name)}@${accusedDigest(name)}`;
  const event = sampleEvent('hub-aqua-image');
  const [finding] = event.detail['findings'] as readonly JsonObject[];
  const Resources = [{ Type: 'Container', Id: image, Details: { Container: { ImageName: image } } }];
  return JSON.parse(JSON.stringify({ ...event, id, detail: { findings: [{ ...finding, Resources }] } })) as JsonObject;
}

const { repositories, ...services } = shopWorld([{ name: 'desk' }]);
/** The image of `unused` is there, and nothing runs it. */
const world = worldSchema.parse({
  ...services,
  repositories: [
    ...repositories,
    { name: repositoryOf('unused'), images: [{ digest: accusedDigest('unused'), tags: ['2.0'] }] },
  ],
});

describe('a finding of another product', () => {
  it.each([
    ['is told, as the rule is shipped', rule('rules/partner-image.yaml'), 'observed', 'ACTIVE'],
    [
      'is contained, once a team enforces it',
      rule('examples/rules/partner-image-enforced.yaml')
        .replace(/product: .*\n/, '')
        .replace('name: partner-image-enforced', 'name: partner-image'),
      'contained',
      'ARCHIVED',
    ],
  ])('on an image that nothing runs %s', async (_what, partner, outcome, status) => {
    await using stage = await openStage({ world, rules: { 'partner-image': partner } });
    stage.deliver(trivy('unused', 'trivy'));
    await stage.settle();
    await stage.pass(600);
    expect(stage.heads().map((head) => head.outcome)).toEqual([outcome]);
    expect(stage.statuses(repositoryOf('unused'))[accusedDigest('unused')]).toBe(status);
  });

  it('in a task is contained by the example rule, for the product that it names and for no other', async () => {
    await using shop = await openShop([{ name: 'desk' }], {
      rules: {
        'partner-threat': rule('examples/rules/partner-threat.yaml'),
        'partner-threats': rule('rules/partner-threats.yaml'),
      },
    });
    const { stage } = shop;
    const seen = await shellIn(shop);
    const sysdig = (product: string): JsonObject =>
      passedOn(seen, product, { Id: product, ProductArn: `arn:aws:securityhub:us-east-1::product/${product}` });
    stage.deliver(sysdig('aquasecurity/aquasecurity'));
    await shop.settle();
    expect(stage.heads().map((head) => head.outcome)).toEqual(['observed']);
    stage.deliver(sysdig('sysdig/sysdig-secure-for-cloud'));
    await shop.settle();
    expect(stage.heads().map((head) => head.outcome)).toEqual(['contained']);
    expect(stage.calls('ecs:StopTask')).toBe(1);
  });

  it('with markup, commands and line breaks in all its texts is told as text', async () => {
    await using stage = await openStage({ rules: { 'partner-threats': rule('rules/partner-threats.yaml') } });
    stage.deliver(sampleEvent('hub-hostile') as unknown as JsonObject);
    await stage.settle();
    await stage.pass(600);
    const told = stage.told().filter(({ tier }) => tier === 'page');
    expect(told).toHaveLength(1);
    for (const { subject, body } of told) {
      expect(subject).toMatch(/^[ -~]{1,100}$/);
      expect(subject).not.toMatch(/onerror|Subject/);
      for (const hidden of ['\r', '\u202e', '\0']) expect(body).not.toContain(hidden);
    }
  });
});

describe('a custom action in Security Hub', () => {
  const asked = rule('rules/asked-for.yaml');

  it('is a wish: the rules decide on what was chosen, whatever is set there, and who pressed it is answered', async () => {
    await using shop = await openShop([{ name: 'desk' }], { rules: { containing, 'asked-for': asked } });
    const { stage } = shop;
    const action = { 'detail-type': 'Security Hub Findings - Custom Action' };
    const put = { Workflow: { Status: 'NOTIFIED' } };
    const event = passedOn(await shellIn(shop), 'wish', put);
    stage.deliver({
      ...event,
      ...action,
      detail: { ...(event['detail'] as JsonObject), actionName: 'Firebreak contain' },
    });
    stage.deliver({ ...(sampleEvent('hub-action') as unknown as JsonObject), id: 'another wish' });
    await shop.settle();
    expect(stage.heads().find((head) => head.incident === incident)?.outcome).toBe('contained');
    expect(
      stage
        .records()
        .map(({ id, result }) => [id, result])
        .toSorted(),
    ).toEqual([
      ['another wish', 'accepted'],
      ['wish', 'accepted'],
    ]);
    const notices = stage.told().filter(({ tier }) => tier === 'notice');
    expect(notices.map(({ subject }) => subject)).toEqual([expect.stringContaining('payments/checkout-api')]);
  });

  it('acts where a team has a rule for it', async () => {
    const wished = enforcing
      .replace(/^when:[\s\S]*?^do:/m, 'when: { product: { action: [Firebreak contain] } }\ndo:')
      .replace('name: enforcing', 'name: wished');
    await using stage = await openStage({ world, rules: { wished, 'asked-for': asked } });
    const event = trivy('unused', 'wish');
    const action = { 'detail-type': 'Security Hub Findings - Custom Action' };
    stage.deliver(trivy('unused', 'by itself'));
    await stage.settle();
    expect(stage.statuses(repositoryOf('unused'))[accusedDigest('unused')]).toBe('ACTIVE');
    stage.deliver({
      ...event,
      ...action,
      detail: { ...(event['detail'] as JsonObject), actionName: 'Firebreak contain' },
    });
    await stage.settle();
    await stage.pass(600);
    expect(stage.statuses(repositoryOf('unused'))[accusedDigest('unused')]).toBe('ARCHIVED');
  });

  it('for another tool is not even let in', async () => {
    await using stage = await openStage({ rules: { 'asked-for': asked } });
    stage.deliver(sampleEvent('hub-action-other') as unknown as JsonObject);
    await stage.settle();
    expect(stage.records()).toEqual([]);
  });

  it('with twenty findings is one record, and each has its incident', async () => {
    await using stage = await openStage({ rules: { 'asked-for': asked } });
    const event = sampleEvent('hub-action');
    const [, , shown] = event.detail['findings'] as readonly JsonObject[];
    const findings = Array.from({ length: 20 }, (_, n) => ({
      ...shown,
      Id: `sysdig/${n}`,
      Resources: [{ Type: 'AwsEc2Instance', Id: `i-0ab12cd34ef5678${String(n).padStart(2, '0')}` }],
    }));
    stage.deliver(JSON.parse(JSON.stringify({ ...event, detail: { ...event.detail, findings } })));
    await stage.settle();
    expect(stage.records()).toMatchObject([{ result: 'accepted', incidents: { length: 20 } }]);
    expect(stage.heads().filter((head) => head.incident.startsWith('instance/'))).toHaveLength(20);
  });
});
